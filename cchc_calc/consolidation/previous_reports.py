"""What the units reported in the period before: the weight of those that are missing now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cchc_calc.consolidation.unit_names import name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from cchc_calc.consolidation.register import Register
    from cchc_calc.consolidation.submissions import Submission
    from cchc_calc.states import Content


@dataclass(frozen=True, slots=True)
class PreviousReports:
    """The reports of the period before by unit key; several where units were merged into one since."""

    names: Mapping[str, str]
    contents: Mapping[str, Sequence[Mapping[str, Content]]]
    fingerprints: Mapping[str, frozenset[str]]


def previous_reports(submissions: Iterable[Submission], register: Register | None, day: date) -> PreviousReports:
    """Gather the reports of the period before under the units of a day; a unit the register does not know is left out.

    Of two reports of one unit, by the same name, the first counts.
    """
    names: dict[str, str] = {}
    contents: defaultdict[str, list[Mapping[str, Content]]] = defaultdict(list)
    fingerprints: defaultdict[str, set[str]] = defaultdict(set)
    seen: set[str] = set()
    for submission in submissions:
        printed = name_key(submission.unit)
        unit = None if register is None else register.find(submission.unit, day).unit
        if printed in seen or not printed or (register is not None and unit is None):
            continue
        seen.add(printed)
        key = printed if unit is None else unit.code
        names.setdefault(key, submission.unit if unit is None else unit.name)
        contents[key].append(submission.contents)
        fingerprints[key].add(submission.fingerprint())
    return PreviousReports(names, contents, {key: frozenset(found) for key, found in fingerprints.items()})
