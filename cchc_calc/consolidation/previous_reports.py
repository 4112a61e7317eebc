"""What the units reported in the period before: the weight of those that are missing now, and what all is held to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.consolidation.reporting_periods import stands_for
from cchc_calc.consolidation.totals import Totals
from cchc_calc.consolidation.unit_contents import UnitContents
from cchc_calc.consolidation.unit_names import name_key
from cchc_calc.findings import make_finding
from cchc_calc.shortened_lists import shortened_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cchc_calc.catalogue import Form
    from cchc_calc.consolidation.frames import Frame
    from cchc_calc.consolidation.submissions import Submission
    from cchc_calc.findings import Finding
    from cchc_calc.periods import Period

_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class PreviousReports:
    """The reports of the period before by unit key; several where units were merged into one since.

    ``places`` are theirs among ``submissions``, which may be read anew each time. ``totals`` are those of the edition
    that most units used; ``None`` without any report. ``not_before`` names the files of this period or a later one.
    """

    names: Mapping[str, str]
    submissions: Sequence[Submission]
    places: Mapping[str, Sequence[int]]
    fingerprints: Mapping[str, frozenset[str]]
    totals: Totals | None
    not_before: tuple[str, ...] = ()

    def of_unit(self, key: str) -> tuple[Submission, ...]:
        """Look up what a unit reported."""
        return tuple(self.submissions[place] for place in self.places.get(key, ()))

    def findings(self) -> Iterator[Finding]:
        """Yield what is wrong with taking these reports for those of the period before."""
        if self.not_before:
            named = shortened_list(self.not_before, _NAMED, "tệp")
            message = (
                f"tệp đưa vào làm kỳ trước không phải của kỳ trước: {named}; "
                "phần so sánh và các mức thấp nhất, cao nhất dựa vào tệp này không dùng được."
            )
            yield make_finding("previous_not_before", message, where=self.not_before[0], found=named)

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
    not_before = []
    for place, submission in enumerate(kept):
        printed = name_key(submission.unit)
        found = _unit(submission, frame)
        if found is None or printed in seen:
            continue
        seen.add(printed)
        if not _is_before(submission.period, frame.period):
            not_before.append(submission.source)
        key, name = found
        names.setdefault(key, name)
        places[key].append(place)
        fingerprints[key].add(submission.fingerprint())
        if submission.form not in totals:
            totals[submission.form] = Totals(submission.form)
        totals[submission.form].add(submission)
    known = {key: frozenset(of_unit) for key, of_unit in fingerprints.items()}
    return PreviousReports(names, kept, places, known, _most(totals), tuple(not_before))


def _is_before(period: Period | None, current: Period | None) -> bool:
    # A quarter is before the half that it opens.
    return period is None or current is None or stands_for(period).end < stands_for(current).end


def _unit(submission: Submission, frame: Frame) -> tuple[str, str] | None:
    """Give the key and the name of the unit whose report it is today."""
    if frame.register is None:
        key = name_key(submission.unit)
        return (key, submission.unit) if key and submission.level == frame.level else None
    unit = frame.register.find(submission.unit, frame.day).unit
    return None if unit is None or unit.level != frame.level else (unit.code, unit.name)


def _most(totals: Mapping[Form, Totals]) -> Totals | None:
    return max(totals.values(), key=lambda of_form: (of_form.units, of_form.form.edition), default=None)
