"""What the units reported in the period before: the weight of those that are missing now, and what all is held to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cchc_calc.consolidation.totals import Totals
from cchc_calc.consolidation.unit_contents import UnitContents
from cchc_calc.consolidation.unit_names import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cchc_calc.catalogue import Form
    from cchc_calc.consolidation.frames import Frame
    from cchc_calc.consolidation.submissions import Submission


@dataclass(frozen=True, slots=True)
class PreviousReports:
    """The reports of the period before by unit key; several where units were merged into one since.

    ``places`` are theirs among ``submissions``, which may be read anew each time. ``totals`` are those of the edition
    that most units used; ``None`` without any report.
    """

    names: Mapping[str, str]
    submissions: Sequence[Submission]
    places: Mapping[str, Sequence[int]]
    fingerprints: Mapping[str, frozenset[str]]
    totals: Totals | None

    def of_unit(self, key: str) -> tuple[Submission, ...]:
        """Look up what a unit reported."""
        return tuple(self.submissions[place] for place in self.places.get(key, ()))

    def contents(self) -> dict[str, UnitContents]:
        """Give the contents by unit key, to be looked up when they are asked for."""
        return {key: UnitContents(self.submissions, places) for key, places in self.places.items()}


def previous_reports(submissions: Iterable[Submission], frame: Frame) -> PreviousReports:
    """Gather the reports of the period before under the units of a frame; those of other units are left out.

    Of two reports of one unit, by the same name, the first counts.
    """
    kept = submissions if isinstance(submissions, Sequence) else list(submissions)
    names: dict[str, str] = {}
    places: defaultdict[str, list[int]] = defaultdict(list)
    fingerprints: defaultdict[str, set[str]] = defaultdict(set)
    totals: dict[Form, Totals] = {}
    seen: set[str] = set()
    for place, submission in enumerate(kept):
        printed = name_key(submission.unit)
        found = _unit(submission, frame)
        if found is None or printed in seen:
            continue
        seen.add(printed)
        key, name = found
        names.setdefault(key, name)
        places[key].append(place)
        fingerprints[key].add(submission.fingerprint())
        if submission.form not in totals:
            totals[submission.form] = Totals(submission.form)
        totals[submission.form].add(submission)
    return PreviousReports(
        names, kept, places, {key: frozenset(of_unit) for key, of_unit in fingerprints.items()}, _most(totals)
    )


def _unit(submission: Submission, frame: Frame) -> tuple[str, str] | None:
    """Give the key and the name of the unit whose report it is today."""
    if frame.register is None:
        key = name_key(submission.unit)
        return (key, submission.unit) if key and submission.level == frame.level else None
    unit = frame.register.find(submission.unit, frame.day).unit
    return None if unit is None or unit.level != frame.level else (unit.code, unit.name)


def _most(totals: Mapping[Form, Totals]) -> Totals | None:
    return max(totals.values(), key=lambda of_form: (of_form.units, of_form.form.edition), default=None)
