"""An evaluation as it is typed into the workbook, so that the cells come to the same judgement."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from xlsxwriter.utility import xl_col_to_name

from cchc_calc.excel.objectives.line_counts import is_count
from cchc_calc.excel.objectives.line_results import line_result
from cchc_calc.excel.objectives.typed_lines import ObjectiveLine, RequirementLine, TypedWorkbook
from cchc_calc.excel.sheets.cover import Cover, vietnamese_date
from cchc_calc.letterhead import level_of
from cchc_calc.objectives.headings import COMPARATOR_WORDS
from cchc_calc.objectives.measurements import printed_percent
from cchc_calc.objectives.records import BASE_TEXTS, Attainment, Status
from cchc_calc.rounding import round_half_up
from cchc_calc.spelling import clean
from cchc_calc.states import NOT_ARISING_TEXT, UNDECIDED_TEXT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal
    from fractions import Fraction

    from cchc_calc.objectives.evaluation import ObjectiveEvaluation
    from cchc_calc.objectives.records import Judgement, ObjectiveOutcome, ObjectiveReport

_SUBJECT: Final = re.compile(r"mục tiêu chất lượng\s+(?P<subject>.{1,60}?)\s*(?:\b(?:của|tại)\b.*)?\Z", re.IGNORECASE)
_DECIMALS: Final = 8
_LONGEST_CELL: Final = 32767
_LONGEST_NAME: Final = 200
# The result of a formula stands in the file as it is, and no XML takes these letters.
_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_ANYTHING: Final = "trường hợp"
"""The unit of a count whose objective names none."""


def typed_workbook(evaluation: ObjectiveEvaluation) -> TypedWorkbook:
    """Type an evaluation into the lines of a workbook: as many as it needs."""
    report, judged = evaluation.report, evaluation.results
    cover = Cover(_text(report.unit, _LONGEST_NAME), level=level_of(report.unit))
    if not judged.is_plan:
        cover = replace(cover, period=judged.period, number=_text(judged.number, _LONGEST_NAME), issued=judged.issued)
    named = _SUBJECT.search(clean(_text(report.title, _LONGEST_NAME)))
    year = f"năm {report.period.start.year}" if report.period is not None else ""
    return TypedWorkbook(
        cover,
        named["subject"] if named is not None else year,
        tuple(_objective_line(outcome) for outcome in evaluation.outcomes),
        tuple(line for outcome in evaluation.outcomes for line in _requirement_lines(outcome)),
        evaluation.findings,
        _named(judged) if evaluation.results_source else "",
    )


def _named(report: ObjectiveReport) -> str:
    """Name a report by its number and day, or by its file."""
    if not report.number:
        return _text(report.source, _LONGEST_NAME)
    day = f" ngày {vietnamese_date(report.issued)}" if report.issued is not None else ""
    return f"Báo cáo số {_text(report.number, _LONGEST_NAME)}{day}"


def _objective_line(outcome: ObjectiveOutcome) -> ObjectiveLine:
    objective, result = outcome.objective, outcome.result
    return ObjectiveLine(
        number=_text(objective.number),
        text=_text(objective.text),
        measuring=_text(objective.measuring),
        measures=_text(objective.measures),
        responsible=_text(objective.responsible),
        start=objective.start,
        finish=objective.finish,
        attained="" if result is None else _text(result.text),
        cause="" if result is None else _text(result.cause),
        remedy="" if result is None else _text(result.remedy),
    )


def _requirement_lines(outcome: ObjectiveOutcome) -> Iterator[RequirementLine]:
    given = outcome.result.attainments if outcome.result is not None else ()
    groups = list(dict.fromkeys(judgement.requirement.group for judgement in outcome.judgements))
    for place, judgement in enumerate(outcome.judgements):
        letter = xl_col_to_name(groups.index(judgement.requirement.group)).lower()
        asked = _asked(outcome.objective.number, letter, judgement)
        own = [attained for attained in given if attained.requirement == place]
        yield _with_figures(asked, judgement, own)


def _asked(number: str, group: str, judgement: Judgement) -> RequirementLine:
    requirement = judgement.requirement
    target = requirement.target
    decisive = judgement.measurements[0].base if judgement.measurements else None
    base = decisive or requirement.base
    line = RequirementLine(
        number=_text(number),
        scope=_text(requirement.scope or requirement.text),
        group=group,
        base="" if base is None else BASE_TEXTS[base],
    )
    if target is None:
        return line
    word, unit = COMPARATOR_WORDS[target.comparator], _text(target.unit or _ANYTHING, _LONGEST_NAME)
    return replace(line, comparator=word, value=_decimal(target.value), unit=unit)


def _with_figures(line: RequirementLine, judgement: Judgement, own: list[Attainment]) -> RequirementLine:
    filled = _measured(line, judgement)
    if judgement.status is Status.NOT_ARISING:
        return replace(line, numerator=NOT_ARISING_TEXT)
    if judgement.status is not Status.UNDECIDED or judgement.requirement.target is None:
        return filled
    if own:
        filled = _reported(line, own[0])
    # What could not be used must not be read as something else when it is written again.
    is_usable = line_result(filled, 0, is_due=True, is_planned=True).status is not Status.UNDECIDED
    is_lost = bool(judgement.where) and filled == line
    return replace(line, numerator=UNDECIDED_TEXT) if is_usable or is_lost else filled


def _measured(line: RequirementLine, judgement: Judgement) -> RequirementLine:
    printed = printed_percent(Attainment("", declared_text=judgement.declared_text))
    declared = None if printed is None or not 0 <= printed <= 100 else printed / 100
    if not judgement.measurements:
        return line
    measurement = judgement.measurements[0]
    if measurement.has_counts:
        return replace(line, numerator=measurement.numerator, denominator=measurement.denominator, declared=declared)
    value = _decimal(measurement.value)
    return replace(line, numerator=value) if is_count(line.unit) else replace(line, declared=value)


def _reported(line: RequirementLine, attained: Attainment) -> RequirementLine:
    declared = None if attained.declared is None else _decimal(attained.declared)
    numerator = attained.numerator if attained.amount is None else _decimal(attained.amount)
    return replace(line, numerator=numerator, denominator=attained.denominator, declared=declared)


def _text(text: str, longest: int = _LONGEST_CELL) -> str:
    return _NOT_IN_XML.sub("", text)[:longest]


def _decimal(number: Fraction) -> Decimal:
    return round_half_up(number, _DECIMALS).normalize()
