"""The consolidated forms of a tally: the sums of its units, level by level."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from cchc_calc.consolidation.consolidating import consolidate
from cchc_calc.consolidation.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cchc_calc.catalogue import Form
    from cchc_calc.consolidation.register import Register
    from cchc_calc.consolidation.result import Consolidation
    from cchc_calc.consolidation.submissions import Submission
    from cchc_calc.dossiers.tally import Tally
    from cchc_calc.dossiers.unit_counts import UnitTally
    from cchc_calc.periods import Period

_LEVEL_ABOVE: Final = {"commune": "city", "district": "province"}
_REMEDY: Final = (
    "Ghi cấp của đơn vị vào danh sách đơn vị, rồi đếm lại; nếu số liệu đã nằm trong đơn vị khác thì bỏ qua."
)


@dataclass(frozen=True, slots=True)
class TallyTotals:
    """The consolidation of each level that has units, and the units that are in none of them, with the reason."""

    of_level: Mapping[str, Consolidation]
    left_out: tuple[Refusal, ...]


def totals_of(tally: Tally, form: Form, sources: Sequence[str], register: Register | None = None) -> TallyTotals:
    """Add up the units of a tally: the communes for the city, the districts for the province, never both in one sum.

    ``sources`` names the file of each unit. A unit of another level, or of none that is known, is in no sum; it is
    refused by name. With a ``register`` its units that have no dossier are named as missing.
    """
    sent: dict[str, list[Submission]] = {level: [] for level in _LEVEL_ABOVE if level in form.levels}
    outside: list[Refusal] = []
    for unit, source in zip(tally.units, sources, strict=True):
        if unit.unit.level in sent:
            sent[unit.unit.level].append(_submission(unit, form, tally.period, source, register))
        else:
            outside.append(_refusal(unit, source))
    made: dict[str, Consolidation] = {}
    for level, submissions in sent.items():
        if submissions:
            made[level] = consolidate(
                submissions,
                register=register,
                level=_LEVEL_ABOVE[level],
                period=tally.period,
                form=form,
                refused=() if made else outside,
            )
    refused = (*outside, *(one for total in made.values() for one in total.refused))
    return TallyTotals(made, tuple(dict.fromkeys(refused)))


def _submission(tallied: UnitTally, form: Form, period: Period, source: str, register: Register | None) -> Submission:
    submission = tallied.submission(form, period, source)
    if register is None or register.find(tallied.unit.name, period.end).unit is not None:
        return submission
    # A name that several units bear says nothing to the register; the code does.
    known = register.find(tallied.unit.key, period.end).unit
    return submission if known is None else replace(submission, unit=known.code)


def _refusal(tallied: UnitTally, source: str) -> Refusal:
    unit = tallied.unit
    message = f"“{unit.name}” {unit.level_said}, nên số liệu không được cộng vào tệp tổng hợp."
    return Refusal(source, "X03", message, _REMEDY, unit=unit.name)
