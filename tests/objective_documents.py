"""Documents of quality objectives made for the tests: texts, Word files and workbooks."""

from __future__ import annotations

import io
from dataclasses import replace

import docx
import xlsxwriter

from cchc_calc.document import Table
from cchc_calc.gate import admit_bytes
from cchc_calc.objectives.headings import (
    FIGURES_SHEET,
    PLAN_SHEET,
    RESULTS_SHEET,
    FiguresHeading,
    PlanHeading,
    ResultsHeading,
)
from cchc_calc.objectives.recognition import recognise_objectives
from cchc_calc.sources import read_admitted

PLAN_ROW = ("STT", "Mục tiêu chất lượng", "Cách đo lường", "Biện pháp thực hiện", "Bắt đầu", "Hoàn thành")
RESULTS_ROW = ("STT", "Mục tiêu chất lượng", "Mức đo lường", "Thực tế đạt được", "Nguyên nhân", "Hướng giải quyết")


def text_of(*lines):
    """A text of paragraphs and, where a line is a tuple, rows of tables."""
    return "\n".join(line if isinstance(line, str) else "\t".join(line) for line in lines)


def read_text(*lines):
    return recognise_objectives(read_admitted(admit_bytes("muc-tieu.txt", text_of(*lines).encode())))


def word_of(document):
    """The same blocks in a Word file; between tables stands an empty paragraph, as Word needs it."""
    word = docx.Document()
    for block in document.blocks:
        if isinstance(block, Table):
            table = word.add_table(len(block.rows), max(map(len, block.rows)))
            for row, cells in enumerate(block.rows):
                for column, cell in enumerate(cells):
                    table.cell(row, column).text = cell.text
        word.add_paragraph("" if isinstance(block, Table) else block.text)
    target = io.BytesIO()
    word.save(target)
    return target.getvalue()


def sheet_of(document):
    """The same blocks on one sheet, the tables without the blank lines between their pages."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Mục tiêu")
        line = 0
        for place, block in enumerate(document.blocks):
            if isinstance(block, Table):
                for cells in block.rows:
                    for column, cell in enumerate(cells):
                        sheet.write_string(line, column, cell.text)
                    line += 1
            else:
                line += isinstance(document.blocks[place - 1], Table)
                sheet.write_string(line, 0, block.text)
                line += 1
    return target.getvalue()


def own_workbook(plan=(), figures=(), results=()):
    """Our workbook with these lines under its headings; a figure is a number, anything else a text."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        for name, headings, lines in (
            (RESULTS_SHEET, ResultsHeading, results),
            (PLAN_SHEET, PlanHeading, plan),
            (FIGURES_SHEET, FiguresHeading, figures),
        ):
            sheet = book.add_worksheet(name)
            sheet.write_string(0, 0, "BÁO CÁO KẾT QUẢ THỰC HIỆN MỤC TIÊU CHẤT LƯỢNG NĂM 2023")
            sheet.write_string(1, 0, "UBND XÃ LỘC AN")
            sheet.write_row(3, 0, [heading.value for heading in headings])
            for place, line in enumerate(lines):
                sheet.write_row(4 + place, 0, line)
    return target.getvalue()


def figures_line(**cells):
    """A line of the figures by the names of its headings, in lower case."""
    return [cells.get(heading.name.lower()) for heading in FiguresHeading]


def read_workbook(**sheets):
    return recognise_objectives(read_admitted(admit_bytes("muc-tieu.xlsx", own_workbook(**sheets))))


def without_places(report):
    """All of a report that does not depend on the kind of its file."""
    return replace(
        report,
        source="",
        objectives=tuple(replace(one, where="", measuring_where="") for one in report.objectives),
        results={number: _result(result) for number, result in report.results.items()},
        totals=tuple(replace(total, where="") for total in report.totals),
        declared=report.declared and replace(report.declared, where=""),
        findings=tuple(finding.rule for finding in report.findings),
    )


def _result(result):
    attainments = tuple(replace(one, where="") for one in result.attainments)
    return replace(result, where="", attainments=attainments)
