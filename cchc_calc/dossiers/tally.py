"""A tally: the figures of every unit for a period, counted from one row a dossier."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cchc_calc.dossiers.counts import total
from cchc_calc.dossiers.fault_names import Fault
from cchc_calc.dossiers.findings import about_counts, about_names, about_unused, nothing_in_period, refused_rows
from cchc_calc.dossiers.options import Options
from cchc_calc.dossiers.unit_counts import UnitCounts
from cchc_calc.findings import finding_json

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from cchc_calc.consolidation.register import Register
    from cchc_calc.dossiers.counts import Counts
    from cchc_calc.dossiers.unit_counts import UnitTally
    from cchc_calc.findings import Finding
    from cchc_calc.periods import Period

_BALANCE = ("received", "carried_over", "resolved", "pending", "withdrawn", "refused")


@dataclass(frozen=True, slots=True)
class Tally:
    """The figures of all units. ``read`` rows are ``used`` and refused ones, always; ``faults`` say why.

    Units stand in the order of their names, those alone of which a row was used. ``used`` rows include dossiers that
    the period does not concern.
    """

    period: Period
    options: Options
    read: int
    used: int
    faults: Mapping[Fault, int]
    units: tuple[UnitTally, ...]
    findings: tuple[Finding, ...] = ()

    @property
    def refused(self) -> int:
        """Count the rows that were not used."""
        return self.read - self.used

    @property
    def counts(self) -> Counts:
        """Add up the counts of all units."""
        return total(unit.counts for unit in self.units)

    def by_field(self) -> dict[str, Counts]:
        """Add up the counts of all units field by field, in the order of the fields' names."""
        names = sorted({name for unit in self.units for name in unit.fields})
        return {name: total(unit.fields[name] for unit in self.units if name in unit.fields) for name in names}

    def to_json(self) -> dict[str, Any]:
        """Return the tally with the fixed keys of the project's JSON."""
        return {
            "read": self.read,
            "used": self.used,
            "refused": self.refused,
            "period": self.period.to_json(),
            "options": self.options.to_json(),
            "units": [_unit_json(unit, self.options) for unit in self.units],
            "findings": [finding_json(finding) for finding in self.findings],
        }


def tally(
    frame: Any,
    period: Period,
    *,
    options: Options | None = None,
    register: Register | None = None,
    as_of: date | None = None,
    by_field: bool = False,
    codes_are_unique: bool = False,
    broken_rows: Callable[[], int] | None = None,
) -> Tally:
    """Count the dossiers of a table for a period: one row a dossier, the columns those of ``schema.COLUMNS``.

    ``frame`` is a DataFrame or LazyFrame of polars, a DataFrame of pandas or PySpark, or a relation of DuckDB. The
    ``register`` says which names are one unit and its level; without it the name does. After the day ``as_of`` lies
    the future. ``by_field`` keeps the counts of every field. Of rows with one code the newest counts; that they are
    looked for costs two passes over the codes, unless ``codes_are_unique``. ``broken_rows`` tells, when all has been
    read, how many rows could not be cut into cells: they are read and refused.

    Raises ``TableError`` for a table of another kind, or without a required column.
    """
    from cchc_calc.dossiers.engines import standard_table
    from cchc_calc.dossiers.grouping import groups_of
    from cchc_calc.dossiers.repeated_codes import groups_of_unique_codes

    options = options or Options()
    table = standard_table(frame)
    faults: Counter[Fault] = Counter()
    counted = (
        groups_of(table, period, options, as_of)
        if codes_are_unique
        else groups_of_unique_codes(table, period, options, as_of, faults)
    )
    counted_units = UnitCounts(period.end, register, by_field=by_field)
    for group in counted:
        counted_units.add(group.unit, group.field, group.counts)
        if group.fault is not None:
            faults[group.fault] += group.counts.read
    faults[Fault.BROKEN_ROW] += broken_rows() if broken_rows else 0
    faults = +faults
    units = counted_units.units()
    counts = total(unit.counts for unit in units)
    return Tally(
        period=period,
        options=options,
        read=counted_units.used + faults.total(),
        used=counted_units.used,
        faults=faults,
        units=units,
        findings=(
            *refused_rows(faults),
            *about_unused(counted_units.unused() if units else ()),
            *nothing_in_period(counted_units.used, counts),
            *about_names(unit.unit for unit in units),
            *about_counts(counts),
        ),
    )


def _unit_json(tallied: UnitTally, options: Options) -> dict[str, Any]:
    on_time, whole = tallied.counts.on_time_pair(options.base)
    return {
        "unit": tallied.unit.name,
        "rows": dict(tallied.rows),
        "balance": {name: getattr(tallied.counts, name) for name in _BALANCE},
        "on_time": {"base": options.base.value, "numerator": on_time, "denominator": whole},
    }
