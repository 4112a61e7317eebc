"""What a line of the sheet of figures says: a requirement of its objective, and what was reached of it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from cchc_calc.findings import Finding, make_finding
from cchc_calc.objectives.figures_line import DECIMALS
from cchc_calc.objectives.headings import FiguresHeading
from cchc_calc.objectives.records import BASE_TEXTS, Attainment, Objective, Requirement
from cchc_calc.objectives.wording import quantity_of
from cchc_calc.rounding import decimals_needed, format_number
from cchc_calc.spelling import comparison_key
from cchc_calc.states import State
from cchc_calc.targets import RATE

if TYPE_CHECKING:
    from cchc_calc.objectives.figures_line import FiguresLine
    from cchc_calc.targets import Target

_H: Final = FiguresHeading
_BASES: Final = {comparison_key(text): base for base, text in BASE_TEXTS.items()}
_OF_DOSSIERS: Final = frozenset({"late", "on_time", "online", "dossiers"})


def read_requirement(line: FiguresLine, objective: Objective) -> tuple[Requirement, tuple[Finding, ...]]:
    """Read what a line asks for; its words are those of the clause of the objective that has the same scope."""
    scope = line.text(_H.SCOPE)
    target, fault = line.target()
    clause = next((one for one in objective.requirements if comparison_key(one.scope) == comparison_key(scope)), None)
    requirement = Requirement(
        text=clause.text if clause else scope or objective.text,
        scope=scope,
        target=target,
        quantity=(clause.quantity if clause else quantity_of(scope)) or quantity_of(objective.text),
        base=_BASES.get(comparison_key(line.text(_H.BASE))),
    )
    conflict = _conflict(line, objective, target, clause.target if clause else None)
    return requirement, tuple(filter(None, (fault, conflict)))


def read_attainment(
    line: FiguresLine, requirement: Requirement, place: int
) -> tuple[Attainment | None, tuple[Finding, ...]]:
    """Read what was reached; ``None`` where nothing is filled in. ``place`` is that of the requirement.

    A count that cannot be read leaves the result without figures, so that nothing else is put in its stead.
    """
    numerator, numerator_fault = line.numerator()
    denominator, denominator_fault = line.count(_H.DENOMINATOR)
    declared, declared_fault = line.rate(_H.DECLARED)
    faults = tuple(filter(None, (numerator_fault, denominator_fault, declared_fault)))
    if numerator is denominator is declared is State.BLANK:
        return None, faults
    where = line.where(_H.NUMERATOR)
    if State.UNDECIDED in (numerator, denominator):
        return Attainment("", requirement.scope, requirement.quantity, where=where, requirement=place), faults
    if numerator is State.NOT_ARISING and denominator is State.BLANK:
        denominator = 0
    amount = numerator if isinstance(numerator, Fraction) else None
    part, whole = None if isinstance(numerator, Fraction) else _number(numerator), _number(denominator)
    attainment = Attainment(
        text=_in_words(amount if part is None else part, whole, requirement),
        scope=requirement.scope,
        quantity=requirement.quantity,
        numerator=part,
        denominator=whole,
        declared=None if isinstance(declared, State) else declared,
        declared_text=line.text(_H.DECLARED) if not isinstance(declared, State) else "",
        base=requirement.base,
        not_arising=part is whole is None and amount is None and declared is State.NOT_ARISING,
        where=where,
        requirement=place,
        amount=amount,
    )
    contradiction = _part_exceeds_whole(line, part, whole, requirement.target)
    return attainment, (*faults, *filter(None, (contradiction,)))


def _conflict(line: FiguresLine, objective: Objective, target: Target | None, in_text: Target | None) -> Finding | None:
    if target is None or in_text is None or (target.comparator, target.value) == (in_text.comparator, in_text.value):
        return None
    where = line.where(_H.VALUE)
    message = (
        f"{where} (mục tiêu {objective.number}): trang Số liệu ghi “{target.text}”, câu mục tiêu ({objective.where}) "
        f"ghi “{in_text.text}”; mức ở trang Số liệu được dùng để đánh giá."
    )
    remedy = "Sửa câu mục tiêu hoặc mức ở trang Số liệu cho khớp nhau."
    return make_finding(
        "objective_texts_conflict",
        message,
        rows=(objective.number,),
        where=where,
        found=target.text,
        expected=in_text.text,
        remedy=remedy,
    )


def _part_exceeds_whole(
    line: FiguresLine, part: int | None, whole: int | None, target: Target | None
) -> Finding | None:
    is_rate = target is None or target.unit == RATE
    if part is None or whole is None or part <= whole or not is_rate:
        return None
    where = line.where(_H.NUMERATOR)
    message = (
        f"{where} (mục tiêu {line.number}): tử số {format_number(part)} lớn hơn mẫu số {format_number(whole)} "
        f"({line.where(_H.DENOMINATOR)})."
    )
    return make_finding("part_exceeds_whole", message, rows=(line.number,), where=where, found=f"{part}/{whole}")


def _number(count: int | State) -> int | None:
    """Take "không phát sinh" among counts for 0, as the cells do."""
    return 0 if count is State.NOT_ARISING else None if isinstance(count, State) else count


def _in_words(part: int | Fraction | None, whole: int | None, requirement: Requirement) -> str:
    known = [Fraction(number) for number in (part, whole) if number is not None]
    counts = "/".join(format_number(number, decimals_needed(number, DECIMALS)) for number in known)
    target = requirement.target
    if target is not None and target.unit != RATE:
        return f"{counts} {target.unit}" if counts else ""
    is_of_dossiers = requirement.base is not None or requirement.quantity in _OF_DOSSIERS
    return f"{counts} hồ sơ" if counts and is_of_dossiers else counts
