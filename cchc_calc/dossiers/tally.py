"""A tally: the figures of every unit for a period, counted from one row a dossier."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from cchc_calc.computation import compute_contents
from cchc_calc.consolidation.submissions import Submission
from cchc_calc.consolidation.unit_names import natural_order
from cchc_calc.dossiers.counts import total
from cchc_calc.dossiers.fault_names import Fault
from cchc_calc.dossiers.field_classes import class_of
from cchc_calc.dossiers.findings import about_counts, about_names, about_unused, nothing_in_period, refused_rows
from cchc_calc.dossiers.form_rows import form_rows
from cchc_calc.dossiers.options import Options
from cchc_calc.dossiers.units import unit_of
from cchc_calc.findings import finding_json
from cchc_calc.states import Content, State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from cchc_calc.catalogue import Form
    from cchc_calc.consolidation.register import Register
    from cchc_calc.dossiers.counts import Counts
    from cchc_calc.dossiers.units import NamedUnit
    from cchc_calc.findings import Finding
    from cchc_calc.periods import Period

_BALANCE = ("received", "carried_over", "resolved", "pending", "withdrawn", "refused")


@dataclass(frozen=True, slots=True)
class UnitTally:
    """What was counted of one unit: all its ``counts``, those of its ``fields``, and the ``rows`` of the form.

    ``fields`` are the names as exported, or where they were not asked for the classes of ``class_of``; an empty text
    stands for a field without a name.
    """

    unit: NamedUnit
    counts: Counts
    fields: Mapping[str, Counts]
    rows: Mapping[str, int]

    def contents(self, form: Form) -> dict[str, Content]:
        """Give the rows that the form has, ready for ``compute_contents``; what is not known is left out."""
        return {address: value for address, value in self.rows.items() if address in form.inputs}

    def submission(self, form: Form, period: Period, source: str) -> Submission:
        """Make the submission of the unit, so that it can be consolidated with those of files.

        Its level is empty where nobody knows it; such a unit is refused by name when it is consolidated.
        """
        contents = compute_contents(form, self.contents(form)).contents
        return Submission(
            source=source,
            unit=self.unit.name,
            form_id=form.id,
            edition=form.edition,
            contents={address: content for address, content in contents.items() if content is not State.BLANK},
            level=self.unit.level,
            period=period,
        )


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
    groups = _Groups(period.end, register, by_field=by_field)
    for group in counted:
        groups.add(group.unit, group.field, group.counts)
        if group.fault is not None:
            faults[group.fault] += group.counts.read
    faults[Fault.BROKEN_ROW] += broken_rows() if broken_rows else 0
    faults = +faults
    units = groups.units()
    counts = total(unit.counts for unit in units)
    return Tally(
        period=period,
        options=options,
        read=groups.used + faults.total(),
        used=groups.used,
        faults=faults,
        units=units,
        findings=(
            *refused_rows(faults),
            *about_unused(groups.unused() if units else ()),
            *nothing_in_period(groups.used, counts),
            *about_names(unit.unit for unit in units),
            *about_counts(counts),
        ),
    )


class _Groups:
    """The counts of units and fields as they come, those of one unit's several spellings together."""

    def __init__(self, day: date, register: Register | None, *, by_field: bool) -> None:
        self.used = 0
        self._by_field = by_field
        self._unit_of = cache(lambda name: unit_of(name, day, register))
        self._units: dict[str, NamedUnit] = {}
        self._counts: dict[str, dict[str, Counts]] = {}

    def add(self, name: str, of_field: str, counts: Counts) -> None:
        self.used += counts.used
        if not name:
            return
        unit = self._unit_of(name)
        # Of several spellings the same is kept, whatever the order of the rows.
        self._units[unit.key] = min(unit, self._units.get(unit.key, unit), key=lambda one: one.name)
        key = of_field if self._by_field else class_of(of_field)
        fields = self._counts.setdefault(unit.key, {})
        fields[key] = total((fields[key], counts)) if key in fields else counts

    def units(self) -> tuple[UnitTally, ...]:
        made = (self._tallied(unit, self._counts[key]) for key, unit in self._units.items() if self._is_used(key))
        return tuple(sorted(made, key=lambda one: (natural_order(one.unit.name), one.unit.key)))

    def unused(self) -> list[str]:
        """Name the units of which no row was used: mostly numbers and sums that stand among the rows."""
        return sorted(unit.name for key, unit in self._units.items() if not self._is_used(key))

    def _is_used(self, key: str) -> bool:
        return any(counts.used for counts in self._counts[key].values())

    def _tallied(self, unit: NamedUnit, counts: Mapping[str, Counts]) -> UnitTally:
        fields = {name: counts[name] for name in sorted(counts)}
        classes = _by_class(fields) if self._by_field else fields
        return UnitTally(unit, total(fields.values()), fields, form_rows(unit.level, classes))


def _by_class(fields: Mapping[str, Counts]) -> dict[str, Counts]:
    names = sorted({class_of(name) for name in fields})
    return {name: total(counts for of, counts in fields.items() if class_of(of) == name) for name in names}


def _unit_json(tallied: UnitTally, options: Options) -> dict[str, Any]:
    on_time, whole = tallied.counts.on_time_pair(options.base)
    return {
        "unit": tallied.unit.name,
        "rows": dict(tallied.rows),
        "balance": {name: getattr(tallied.counts, name) for name in _BALANCE},
        "on_time": {"base": options.base.value, "numerator": on_time, "denominator": whole},
    }
