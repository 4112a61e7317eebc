"""The counts of units: those of one unit's several spellings together, and the rows of the form they make."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from cchc_calc.computation import compute_contents
from cchc_calc.consolidation.submissions import Submission
from cchc_calc.consolidation.unit_names import natural_order
from cchc_calc.dossiers.counts import Counts, total
from cchc_calc.dossiers.field_classes import class_of
from cchc_calc.dossiers.form_rows import form_rows
from cchc_calc.dossiers.units import unit_of
from cchc_calc.states import Content, State

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from cchc_calc.catalogue import Form
    from cchc_calc.consolidation.register import Register
    from cchc_calc.dossiers.units import NamedUnit
    from cchc_calc.periods import Period


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


class UnitCounts:
    """The counts of units and fields, gathered as they come; ``used`` are the rows that were counted."""

    def __init__(self, day: date, register: Register | None, *, by_field: bool) -> None:
        """Begin with nothing; the ``register`` of the ``day`` says which names are one unit."""
        self.used = 0
        self._by_field = by_field
        self._key_of = cache(lambda name: self._met(unit_of(name, day, register)))
        self._units: dict[str, NamedUnit] = {}
        self._used: dict[str, dict[str, list[Counts]]] = {}
        self._refused: Counter[tuple[str, str]] = Counter()

    def add(self, name: str, of_field: str, counts: Counts) -> None:
        """Add the counts of a field of a unit; ``name`` is that of the export."""
        self.used += counts.used
        if not name:
            return
        key, of = self._key_of(name), of_field if self._by_field else class_of(of_field)
        added = self._used[key].setdefault(of, [])
        if counts.used:
            added.append(counts)
        else:
            # Most groups are those of faulty rows, of which nothing else is counted.
            self._refused[key, of] += counts.read

    def units(self) -> tuple[UnitTally, ...]:
        """Give the units of which a row was used, in the order of their names."""
        made = (self._tallied(unit) for key, unit in self._units.items() if self._is_used(key))
        return tuple(sorted(made, key=lambda one: (natural_order(one.unit.name), one.unit.key)))

    def unused(self) -> list[str]:
        """Name the units of which no row was used: mostly numbers and sums that stand among the rows."""
        return sorted(unit.name for key, unit in self._units.items() if not self._is_used(key))

    def _met(self, unit: NamedUnit) -> str:
        # Of several spellings the same is kept, whatever the order of the rows.
        self._units[unit.key] = min(unit, self._units.get(unit.key, unit), key=lambda one: one.name)
        self._used.setdefault(unit.key, {})
        return unit.key

    def _is_used(self, key: str) -> bool:
        return any(self._used[key].values())

    def _tallied(self, unit: NamedUnit) -> UnitTally:
        used = self._used[unit.key]
        fields = {of: total((*used[of], Counts(read=self._refused[unit.key, of]))) for of in sorted(used)}
        classes = _by_class(fields) if self._by_field else fields
        return UnitTally(unit, total(fields.values()), fields, form_rows(unit.level, classes))


def _by_class(fields: Mapping[str, Counts]) -> dict[str, Counts]:
    names = sorted({class_of(name) for name in fields})
    return {name: total(counts for of, counts in fields.items() if class_of(of) == name) for name in names}
