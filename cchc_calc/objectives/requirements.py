"""What an objective asks for, read from its text and from the column that says how it is measured."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cchc_calc.findings import Finding, make_finding
from cchc_calc.objectives.bare_numbers import is_same_number, names_no_bound
from cchc_calc.objectives.clause_readings import read_clauses
from cchc_calc.objectives.measuring_column import read_measuring_column
from cchc_calc.objectives.records import BASE_TEXTS
from cchc_calc.objectives.time_parts import LATE
from cchc_calc.spelling import with_plain_signs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.objectives.clause_readings import ClauseReading
    from cchc_calc.objectives.measuring_column import MeasuringColumn
    from cchc_calc.objectives.records import Base, Objective, Requirement
    from cchc_calc.targets import Target


def read_requirements(text: str, measuring: str = "") -> tuple[Requirement, ...]:
    """Read what an objective asks for, in the order written; ``measuring`` is the column beside it.

    Joint conditions come in groups of their own, alternatives in one. A target that cannot be read is ``None``, as is
    that of a task without a number; ``check_objective`` tells them apart. The column decides on which dossiers a rate
    stands, and gives the target where the text has no number at all. A text without words asks for nothing.

    >>> for one in read_requirements("Trễ hạn dưới 1,5%. Đối với lĩnh vực đất đai, hộ tịch, trễ hạn không quá 2%"):
    ...     print(one.group, one.scope, one.target.comparator, one.target.value)
    1 chung < 3/200
    2 đất đai <= 1/50
    3 hộ tịch <= 1/50
    >>> [one.base for one in read_requirements("Hồ sơ trực tuyến đạt 30%", "hồ sơ trực tuyến/tổng số hồ sơ tiếp nhận")]
    [<Base.RECEIVED: 'received'>]
    """
    readings = read_clauses(text)
    column = read_measuring_column(measuring)
    target = _target_of_column(readings, column)
    return tuple(
        replace(one, base=base or one.base, target=one.target or target)
        for reading, base in zip(readings, _bases_of_column(readings, column), strict=True)
        for one in reading.requirements
    )


def check_objective(objective: Objective) -> Iterator[Finding]:
    """Yield what is wrong with the wording of an objective and of the column that says how it is measured.

    Targets that cannot be read (unless its requirements have targets from elsewhere), targets that differ between
    text and column, and rates that the two put on different dossiers.
    """
    readings = read_clauses(objective.text)
    column = read_measuring_column(objective.measuring)
    if any(requirement.target is None for requirement in objective.requirements):
        faults = (reading.fault for reading in readings if reading.fault)
        yield from (_unreadable(objective, fault, objective.where) for fault in faults)
    yield from (_unreadable(objective, fault, _beside(objective)) for fault in column.faults)
    if len(readings) == len(column.targets) == 1 and not readings[0].main.target:
        [target] = column.targets
        if _may_be_the_most(readings[0], target):
            fault = f"“{target.text}” không nói là nhiều nhất hay ít nhất: ghi “dưới” hoặc “không quá”"
            yield _unreadable(objective, fault, _beside(objective))
    yield from _differing_targets(objective, readings, column)
    yield from _differing_bases(objective, readings, column)


def _unreadable(objective: Objective, fault: str, where: str) -> Finding:
    message = f"Mục tiêu {objective.number} ({where}): {fault}. Mức này chưa được đánh giá."
    return make_finding("target_unreadable", message, rows=(objective.number,), where=where, found=objective.text)


def _differing_targets(
    objective: Objective, readings: tuple[ClauseReading, ...], column: MeasuringColumn
) -> Iterator[Finding]:
    by_group: dict[int, list[Target]] = {}
    for reading in readings:
        if reading.main.target is not None:
            by_group.setdefault(reading.main.group, []).append(reading.main.target)
    in_text = {_bound(target) for targets in by_group.values() for target in targets}
    if in_text == {_bound(target) for target in column.targets}:
        return
    # The column names the main targets, in the order of the text.
    for printed, targets in zip(column.targets, by_group.values(), strict=False):
        is_told = any(_bound(printed) == _bound(target) or is_same_number(printed, target) for target in targets)
        if not is_told:
            where = _beside(objective)
            message = (
                f"Mục tiêu {objective.number}: câu mục tiêu ({objective.where}) ghi “{targets[0].text}”, cột đo lường "
                f"({where}) ghi “{with_plain_signs(printed.text)}”; mức trong câu mục tiêu được dùng để đánh giá."
            )
            yield make_finding(
                "objective_texts_conflict",
                message,
                rows=(objective.number,),
                where=where,
                found=with_plain_signs(printed.text),
                expected=targets[0].text,
            )


def _differing_bases(
    objective: Objective, readings: tuple[ClauseReading, ...], column: MeasuringColumn
) -> Iterator[Finding]:
    for reading, base in zip(readings, _bases_of_column(readings, column), strict=True):
        if base is None or reading.main.base in {None, base}:
            continue
        said = BASE_TEXTS[reading.main.base]
        where = _beside(objective)
        message = (
            f"Mục tiêu {objective.number}: câu mục tiêu ({objective.where}) tính trên {said}, cách đo lường ({where}) "
            f"tính trên {BASE_TEXTS[base]}; tỷ lệ được tính theo cách đo lường."
        )
        yield make_finding(
            "objective_base_differs",
            message,
            rows=(objective.number,),
            where=where,
            found=said,
            expected=BASE_TEXTS[base],
        )


def _bound(target: Target) -> tuple[str, object]:
    return target.comparator, target.value


def _beside(objective: Objective) -> str:
    return objective.measuring_where or objective.where


def _target_of_column(readings: tuple[ClauseReading, ...], column: MeasuringColumn) -> Target | None:
    """Take the one target of the column for an objective of one clause without a figure."""
    if len(readings) == len(column.targets) == 1 and not readings[0].main.target and not readings[0].fault:
        target = column.targets[0]
        return None if _may_be_the_most(readings[0], target) else target
    return None


def _may_be_the_most(reading: ClauseReading, target: Target) -> bool:
    """Tell whether a number alone stands beside something of which less is better."""
    return reading.main.quantity == LATE and bool(target.value) and names_no_bound(target)


def _bases_of_column(readings: tuple[ClauseReading, ...], column: MeasuringColumn) -> Iterator[Base | None]:
    """Tell for each clause on which dossiers the column puts it: one by one, or all that measure the same."""
    if len(column.bases) == len(readings):
        yield from (base for base, _ in column.bases)
        return
    described = column.bases[0] if len(column.bases) == 1 else None
    groups: set[int] = set()
    for reading in readings:
        # Of alternatives the column describes the first.
        is_first = reading.main.group not in groups
        groups.add(reading.main.group)
        fits = described is not None and is_first and described[1] in {"", reading.main.quantity}
        yield described[0] if described is not None and fits else None
