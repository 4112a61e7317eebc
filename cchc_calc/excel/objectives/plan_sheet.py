"""The sheet "Kế hoạch": the objectives, how each is measured, who does what, and from when to when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.excel.objectives.days import FIRST_DAY, LAST_DAY, last_day_of, serial
from cchc_calc.excel.objectives.input_rules import PLAN_RULES
from cchc_calc.excel.objectives.line_formulas import native_key
from cchc_calc.excel.objectives.line_results import key_of
from cchc_calc.excel.objectives.looks import DAY_FORMAT, MONTH_FORMAT, TEXT_FORMAT, fit
from cchc_calc.excel.objectives.sheet_columns import set_columns, set_rules, write_header, write_title
from cchc_calc.excel.objectives.tables import PlanColumn
from cchc_calc.excel.sheets.sheet_parts import add_sheet, protect, put_text, set_paper
from cchc_calc.objectives.headings import PLAN_SHEET, RESULTS_SHEET, PlanHeading
from cchc_calc.periods.period import last_day

if TYPE_CHECKING:
    from datetime import date

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.excel.objectives.looks import Looks
    from cchc_calc.excel.objectives.tables import Tables
    from cchc_calc.excel.objectives.typed_lines import ObjectiveLine, TypedWorkbook
    from cchc_calc.excel.sheets.styles import Styles

HEADINGS: Final = {PlanColumn[heading.name]: heading.value for heading in PlanHeading}
_PIXELS: Final = {
    PlanColumn.NUMBER: 44,
    PlanColumn.TEXT: 250,
    PlanColumn.MEASURING: 190,
    PlanColumn.MEASURES: 380,
    PlanColumn.RESPONSIBLE: 130,
    PlanColumn.START: 84,
    PlanColumn.FINISH: 94,
}
_CENTRED: Final = frozenset({PlanColumn.NUMBER, PlanColumn.START, PlanColumn.FINISH})
_HINT: Final = (
    "Ghi vào ô vàng, mỗi mục tiêu một dòng. Mức phải đạt bằng số thì ghi ở trang “Số liệu”; báo cáo kết quả ở trang "
    "“Kết quả” tự lấy lời của mục tiêu từ đây."
)
_TITLE: Final = ("BÁO CÁO KẾT QUẢ", "KẾ HOẠCH")


def write_plan_sheet(
    book: Workbook, styles: Styles, looks: Looks, tables: Tables, typed: TypedWorkbook, titles: tuple[str, str]
) -> None:
    """Add the sheet; ``titles`` are the two lines above the report of results."""
    sheet = add_sheet(book, PLAN_SHEET)
    set_columns(sheet, _PIXELS, range(PlanColumn.KEY, PlanColumn.LAST_DAY + 1), PlanColumn.KEY - 1)
    set_paper(sheet)
    last = PlanColumn.FINISH
    own_title = titles[0].replace(*_TITLE)
    formulas = (f'=SUBSTITUTE(\'{RESULTS_SHEET}\'!A1,"{_TITLE[0]}","{_TITLE[1]}")', f"='{RESULTS_SHEET}'!A2")
    write_title(
        sheet, styles, ((formulas[0], own_title), (formulas[1], titles[1])), _HINT, (last, sum(_PIXELS.values()))
    )
    write_header(sheet, styles, tables.plan.first - 1, HEADINGS, _PIXELS)
    for place, objective in enumerate(typed.objectives):
        _write_line(sheet, styles, looks, tables, place, objective)
    set_rules(sheet, tables.plan, PLAN_RULES, HEADINGS)
    sheet.repeat_rows(tables.plan.first - 1)
    sheet.print_area(0, 0, tables.plan.last, last)
    sheet.print_black_and_white()
    sheet.freeze_panes(tables.plan.first, PlanColumn.MEASURING)
    sheet.set_selection(tables.plan.cell(PlanColumn.NUMBER, 0))
    protect(sheet)


def _write_line(
    sheet: Worksheet, styles: Styles, looks: Looks, tables: Tables, place: int, objective: ObjectiveLine
) -> None:
    plan, line = tables.plan, tables.plan.first + place
    texts = {
        PlanColumn.NUMBER: objective.number,
        PlanColumn.TEXT: objective.text,
        PlanColumn.MEASURING: objective.measuring,
        PlanColumn.MEASURES: objective.measures,
        PlanColumn.RESPONSIBLE: objective.responsible,
    }
    size, height = fit([(text, _PIXELS[column]) for column, text in texts.items()])
    for column, text in texts.items():
        put_text(sheet, line, column, text, looks.typed(TEXT_FORMAT, centred=column in _CENTRED, size=size))
    for column, day in ((PlanColumn.START, objective.start), (PlanColumn.FINISH, objective.finish)):
        if day is None:
            sheet.write_blank(line, column, None, looks.typed(MONTH_FORMAT, centred=True, size=size))
        else:
            look = looks.typed(_format_of(day, column), centred=True, size=size)
            sheet.write_number(line, column, serial(day), look)
    sheet.set_row(line, height)
    number, finish = plan.cell(PlanColumn.NUMBER, place), plan.cell(PlanColumn.FINISH, place)
    sheet.write_formula(line, PlanColumn.KEY, f"={native_key(number)}", styles["helper"], key_of(objective.number))
    known = "" if objective.finish is None else serial(last_day_of(objective.finish))
    sheet.write_formula(line, PlanColumn.LAST_DAY, f"={_native_last_day(finish)}", looks.head(DAY_FORMAT), known)


def _format_of(day: date, column: PlanColumn) -> str:
    edge = 1 if column is PlanColumn.START else last_day(day.year, day.month).day
    return MONTH_FORMAT if day.day in {1, edge} else DAY_FORMAT


def _native_last_day(finish: str) -> str:
    month = f"DATE(YEAR({finish}),MONTH({finish})+1,0)"
    is_day = f"AND({finish}>={serial(FIRST_DAY)},{finish}<={serial(LAST_DAY)})"
    return f'IF(ISNUMBER({finish}),IF({is_day},IF(DAY({finish})=1,{month},INT({finish})),""),"")'
