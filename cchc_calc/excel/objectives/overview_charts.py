"""The charts of the overview, and beside the printed page the few cells they are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from cchc_calc.excel.objectives.line_formulas import native_figure
from cchc_calc.excel.objectives.line_readings import native_value, target_reading, trimmed
from cchc_calc.excel.objectives.line_results import figure_in_words
from cchc_calc.excel.objectives.tables import FiguresColumn
from cchc_calc.excel.objectives.time_table import PIXELS, Field
from cchc_calc.excel.sheets.chart_parts import NAMES_AXIS, ORANGE, PIXELS_A_LINE, SMALL, set_title, value_axis
from cchc_calc.excel.sheets.form_figures import stored_value
from cchc_calc.excel.sheets.form_grid import OVERVIEW_SHEET
from cchc_calc.excel.sheets.overview_charts import NO_VALUE
from cchc_calc.excel.sheets.sheet_parts import put_text
from cchc_calc.excel.sheets.styles import BLUE, RATE_FORMAT
from cchc_calc.objectives.records import Status
from cchc_calc.rounding import round_half_up
from cchc_calc.states import State
from cchc_calc.targets import RATE

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.excel.objectives.line_results import LineResult
    from cchc_calc.excel.objectives.tables import Tables
    from cchc_calc.excel.objectives.workbook_results import WorkbookResults
    from cchc_calc.excel.sheets.styles import Styles

STATUS_COLOURS: Final = {
    Status.MET: "#70AD47",
    Status.PARTLY: "#FFC000",
    Status.NOT_MET: "#C00000",
    Status.NOT_DUE: "#8FAADC",
    Status.NOT_ARISING: "#BFBFBF",
    Status.UNDECIDED: "#7F7F7F",
}
_RATES_OF_AN_EMPTY_PLAN: Final = 12
_MOST_RATES: Final = 24
"""More bars make a chart that is taller than a page."""
_WIDTH: Final = sum(PIXELS.values())
_PIXELS_A_RATE: Final = 22
_PIXELS_AROUND: Final = 104
_BELOW: Final = 6
"""The line around a chart at the very top of a page would be drawn at the foot of the one before."""
_DATA: Final = len(Field) + 1
_LINE, _LABEL, _ACTUAL, _TARGET = range(_DATA, _DATA + 4)
_C = FiguresColumn


@dataclass(frozen=True, slots=True)
class OverviewCharts:
    """Draws the charts of the sheet."""

    book: Workbook
    sheet: Worksheet
    styles: Styles
    tables: Tables
    results: WorkbookResults

    def draw_statuses(self, first: int, last: int, column: int) -> None:
        """Draw how many objectives there are of each status, beside the lines that count them."""
        chart: Any = self.book.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": "Số mục tiêu",
                "categories": [OVERVIEW_SHEET, first, Field.NUMBER, last, Field.NUMBER],
                "values": [OVERVIEW_SHEET, first, Field.START, last, Field.START],
                "points": [{"fill": {"color": colour}} for colour in STATUS_COLOURS.values()],
                "data_labels": {"value": True, "num_format": "0;;", "font": SMALL},
                "gap": 40,
            }
        )
        chart.set_legend({"none": True})
        chart.set_x_axis({"visible": False, "min": 0, "major_gridlines": {"visible": False}})
        chart.set_y_axis(NAMES_AXIS)
        set_title(chart, "Số mục tiêu theo kết quả đánh giá")
        width = sum(pixels for field, pixels in PIXELS.items() if field >= column)
        chart.set_size({"width": width - 16, "height": 232})
        self.sheet.insert_chart(first - 1, column, chart, {"object_position": 2, "x_offset": 8, "y_offset": 4})

    @property
    def rates_height(self) -> int:
        """Return the height of the chart of rates in pixels."""
        return _PIXELS_A_RATE * self._count_bars() + _PIXELS_AROUND

    def draw_rates(self, top: int) -> int:
        """Draw the rates beside their targets from line ``top`` on; return the last line the chart covers."""
        self.sheet.set_column_pixels(_LINE, _LINE, 40)
        self.sheet.set_column_pixels(_LABEL, _LABEL, 300)
        self.sheet.set_column_pixels(_ACTUAL, _TARGET, 80)
        for column, text in ((_LINE, "Dòng"), (_LABEL, "Số liệu của biểu đồ"), (_ACTUAL, "Thực tế"), (_TARGET, "Mức")):
            put_text(self.sheet, top, column, text, self.styles["side header"])
        bars = self._count_bars()
        for place in range(bars):
            self._write_rate(top + 1 + place, place + 1)
        chart: Any = self.book.add_chart({"type": "bar"})
        for name, column, colour in (("Thực tế", _ACTUAL, BLUE), ("Mức phải đạt", _TARGET, ORANGE)):
            chart.add_series(
                {
                    "name": name,
                    "categories": [OVERVIEW_SHEET, top + 1, _LABEL, top + bars, _LABEL],
                    "values": [OVERVIEW_SHEET, top + 1, column, top + bars, column],
                    "fill": {"color": colour},
                    "gap": 60,
                }
            )
        chart.set_x_axis(value_axis(num_format="0%", min=0, max=1, major_unit=0.2, label_position="high"))
        chart.set_y_axis(NAMES_AXIS)
        chart.set_legend({"position": "bottom", "font": SMALL})
        set_title(chart, "Tỷ lệ thực tế so với mức phải đạt")
        chart.set_size({"width": _WIDTH, "height": self.rates_height})
        self.sheet.insert_chart(top, 0, chart, {"object_position": 2, "y_offset": _BELOW})
        return top + (self.rates_height + _BELOW) // PIXELS_A_LINE + 1

    def _count_bars(self) -> int:
        if not self.results.total:
            return _RATES_OF_AN_EMPTY_PLAN
        return min(_MOST_RATES, max([1, *filter(None, self.results.ranks)]))

    def _write_rate(self, at: int, number: int) -> None:
        figures, line = self.tables.figures, xl_rowcol_to_cell(at, _LINE)

        def of(column: FiguresColumn) -> str:
            return f"INDEX({figures.whole_abroad(column)},{line})"

        percent = f'{native_figure(f"ROUND({of(_C.ACTUAL)}*100,2)")}&"{RATE}"'
        shown = f'IF(ISNUMBER({of(_C.ACTUAL)}),{percent},IF({of(_C.ACTUAL)}="","{NO_VALUE}",{of(_C.ACTUAL)}))'
        label = f'TRIM({of(_C.NUMBER)})&". "&{of(_C.NAME)}&": "&{shown}'
        formulas = {
            _LINE: f'=IFERROR(MATCH({number},{figures.whole_abroad(_C.RANK)},0),"")',
            _LABEL: f'=IF({line}="","",{label})',
            _ACTUAL: f'=IF({line}="","",IF(ISNUMBER({of(_C.ACTUAL)}),{of(_C.ACTUAL)},""))',
            _TARGET: f'=IF({line}="","",{native_value(of(_C.VALUE))})',
        }
        stored = self._stored_rate(number)
        for column, formula in formulas.items():
            look = self.styles.value(RATE_FORMAT) if column in {_ACTUAL, _TARGET} else self.styles["side"]
            self.sheet.write_formula(at, column, formula, look, stored[column])

    def _stored_rate(self, number: int) -> dict[int, int | float | str]:
        if number not in self.results.ranks:
            return dict.fromkeys((_LINE, _LABEL, _ACTUAL, _TARGET), "")
        place = self.results.ranks.index(number)
        line, typed = self.results.lines[place], self.results.typed.requirements[place]
        target = target_reading(typed.comparator, typed.value, typed.unit)
        return {
            _LINE: place + 1,
            _LABEL: f"{trimmed(typed.number)}. {line.name}: {_shown(line)}",
            _ACTUAL: "" if isinstance(line.actual, State) else float(line.actual),
            _TARGET: "" if target is None else float(target[1]),
        }


def _shown(line: LineResult) -> str:
    if isinstance(line.actual, State):
        return str(stored_value(line.actual)) or NO_VALUE
    return f"{figure_in_words(round_half_up(Fraction(line.actual) * 100, 2))}{RATE}"
