"""A document understood as quality objectives: a plan, or a report of what was reached."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from cchc_calc.document import Paragraph
from cchc_calc.objectives import table_columns as column
from cchc_calc.objectives.attainments import read_result, read_totals
from cchc_calc.objectives.declared_summary import read_summary
from cchc_calc.objectives.figures_table import find_figures, read_figures
from cchc_calc.objectives.planned_rows import read_objective
from cchc_calc.objectives.planned_time import whole_year
from cchc_calc.objectives.records import ObjectiveReport
from cchc_calc.objectives.report_head import SUBJECT, read_head
from cchc_calc.objectives.requirements import check_objective
from cchc_calc.objectives.row_checks import check_rows, distinct, repeated_numbers
from cchc_calc.objectives.table_rows import find_tables
from cchc_calc.outcomes import refusal
from cchc_calc.spelling import comparison_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.document import Document
    from cchc_calc.objectives.figures_table import Figures
    from cchc_calc.objectives.records import Objective, Result
    from cchc_calc.objectives.table_rows import ObjectiveTable


def recognise_objectives(document: Document) -> ObjectiveReport:
    """Turn a document into quality objectives with what is reported of them.

    Tables are known by their headings; rows and tables that page breaks parted are joined. In our own workbook the
    sheet of figures gives what is asked for and what was reached in numbers. What cannot be read is left open, and
    ``findings`` say so.

    Raises SourceRefusedError: S10 for a document without a table of objectives, S02 for a workbook with two of a kind.
    """
    figures_sheet = find_figures(document)
    # Whatever the headings of our sheet of figures are taken for, it is no table of objectives.
    blocks = tuple(block for block in document.blocks if block is not figures_sheet)
    tables = find_tables(replace(document, blocks=blocks), whole=figures_sheet is not None)
    planned, reported = _planned_and_reported(document, tables)
    is_reported = any(row.text(column.ATTAINED) for row in reported.rows)
    sheets = distinct(reported, planned) if is_reported else distinct(planned, reported)
    around = tuple(text for table in sheets for text in table.around)
    head = read_head(around)
    unclear = repeated_numbers(planned)
    objectives = tuple(read_objective(row, whole_year(head.period)) for row in planned.rows)
    figures = read_figures(figures_sheet, {one.number: one for one in objectives if one.number not in unclear})
    objectives = tuple(_with_figures(objective, figures) for objective in objectives)
    results = _results(reported, figures, unclear | repeated_numbers(reported))
    texts = (*around, *(Paragraph(result.text, result.where) for result in results.values()))
    wording = (finding for objective in objectives for finding in check_objective(objective))
    return ObjectiveReport(
        source=document.source,
        objectives=objectives,
        results=MappingProxyType(results),
        unit=head.unit,
        period=head.period,
        number=head.number,
        issued=head.issued,
        title=head.title,
        totals=tuple(total for text in texts for total in read_totals(text.text, text.where)),
        declared=next(filter(None, (read_summary(text.text, text.where) for text in texts)), None),
        findings=(*check_rows(planned, reported), *wording, *figures.findings),
        asks_causes=bool(reported.columns & {column.CAUSE, column.REMEDY}),
    )


def _planned_and_reported(
    document: Document, tables: tuple[ObjectiveTable, ...]
) -> tuple[ObjectiveTable, ObjectiveTable]:
    """Choose the table of the plan and that of the results, which may be one."""
    if not tables or not any(SUBJECT in comparison_key(text) for text in _all_texts(document)):
        raise refusal(
            document.source,
            "S10",
            "không tìm thấy bảng mục tiêu chất lượng: không có bảng nào mang cột “Mục tiêu chất lượng” cùng cột “Cách "
            "đo lường”, “Biện pháp thực hiện” hoặc “Thực tế đạt được”.",
            "Mở đúng tệp kế hoạch hoặc báo cáo kết quả mục tiêu chất lượng, giữ nguyên dòng tiêu đề của bảng.",
        )
    reported = [table for table in tables if column.ATTAINED in table.columns]
    planned = [table for table in tables if table not in reported]
    if max(len(planned), len(reported)) > 1:
        sheets = " và ".join(f"“{table.name}”" for table in tables)
        message = f"bảng mục tiêu chất lượng có ở nhiều trang: {sheets}; không rõ trang nào là của kỳ này."
        raise refusal(document.source, "S02", message, "Chỉ giữ lại trang của kỳ này trong tệp, rồi nộp lại.")
    return (planned or reported)[0], (reported or planned)[0]


def _results(reported: ObjectiveTable, figures: Figures, unclear: frozenset[str]) -> dict[str, Result]:
    results: dict[str, Result] = {}
    for row in reported.rows:
        attained, cause, remedy = (row.text(name) for name in (column.ATTAINED, column.CAUSE, column.REMEDY))
        if row.number not in unclear and (attained or cause or remedy):
            where = row.where(column.ATTAINED)
            results[row.number] = read_result(attained, cause=cause, remedy=remedy, where=where)
    for number, attainments in figures.attainments.items():
        results[number] = replace(results.get(number, read_result("")), attainments=attainments)
    return results


def _with_figures(objective: Objective, figures: Figures) -> Objective:
    requirements = figures.requirements.get(objective.number)
    return objective if requirements is None else replace(objective, requirements=requirements)


def _all_texts(document: Document) -> Iterator[str]:
    yield from (paragraph.text for paragraph in document.paragraphs)
    yield from (cell.text for table in document.tables for row in table.rows for cell in row)
