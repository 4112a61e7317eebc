"""The charts of the overview, and beside the printed page the few cells they are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.excel.sheets.chart_parts import NAMES_AXIS, ORANGE, PIXELS_A_LINE, SMALL, set_title, value_axis
from cchc_calc.excel.sheets.form_figures import stored_value
from cchc_calc.excel.sheets.form_grid import OVERVIEW_SHEET, Column
from cchc_calc.excel.sheets.rate_table import HEADERS, Field
from cchc_calc.excel.sheets.sheet_parts import put_text
from cchc_calc.excel.sheets.styles import BLUE
from cchc_calc.rounding import format_number, round_half_up
from cchc_calc.states import State

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.excel.sheets.form_figures import FormFigures
    from cchc_calc.excel.sheets.form_grid import FormGrid
    from cchc_calc.excel.sheets.overview import Overview, RateLine, Split
    from cchc_calc.excel.sheets.styles import Styles

NO_VALUE: Final = "chưa có số"

_DATA: Final = len(Field) + 1
_LABEL_LETTER: Final = "N"
_GREEN: Final = "#70AD47"
_PIXELS_A_RATE: Final = 28
_PIXELS_A_BAR: Final = 46
_PIXELS_AROUND: Final = 130
_GAP: Final = 12
_WIDTH: Final = sum(pixels for _, pixels in HEADERS.values())


@dataclass(frozen=True, slots=True)
class OverviewCharts:
    """Draws the charts under the table of rates, whose header stands in line ``top``."""

    book: Workbook
    sheet: Worksheet
    styles: Styles
    grid: FormGrid
    figures: FormFigures
    overview: Overview
    top: int

    def draw(self) -> int:
        """Write the cells and the charts; return the last line a chart covers."""
        self.sheet.set_column_pixels(_DATA, _DATA, 260)
        self.sheet.set_column_pixels(_DATA + 1, _DATA + 2, 80)
        put_text(self.sheet, self.top, _DATA, "Số liệu của biểu đồ", self.styles["side header"])
        for place, line in enumerate(self.overview.rates):
            self._write_label(self.top + 1 + place, line)
        data = at = self.top + len(self.overview.rates) + 2
        # A chart that runs over the end of a page is cut in two.
        self.sheet.set_h_pagebreaks([at])
        if self.overview.rates:
            at = self._draw_rates(at)
        width = _WIDTH // max(1, len(self.overview.splits))
        height = max((_PIXELS_A_BAR * len(split.bars) for split in self.overview.splits), default=0) + _PIXELS_AROUND
        for place, split in enumerate(self.overview.splits):
            self._write_split(data, split)
            chart = self._split_chart(data, split)
            self._finish(chart, split.title, width - _GAP, height)
            self.sheet.insert_chart(at, 0, chart, {"object_position": 2, "x_offset": place * width})
            data += len(split.bars) + 2
        return at + _lines(height)

    def _write_label(self, at: int, line: RateLine) -> None:
        name, rate = Field.NAME.cell(at), Field.RATE.cell(at)
        shown = f'IF(ISNUMBER({rate}),ROUND({rate}*100,2)&"%",IF({rate}="","{NO_VALUE}",{rate}))'
        content = self.figures.used(line.row.address)
        if isinstance(content, State):
            text = str(stored_value(content)) or NO_VALUE
        else:
            text = f"{format_number(round_half_up(Fraction(content) * 100, 2).normalize())}%"
        self.sheet.write_formula(at, _DATA, f'={name}&": "&{shown}', self.styles["side"], f"{line.name}: {text}")

    def _draw_rates(self, at: int) -> int:
        first, last = self.top + 1, self.top + len(self.overview.rates)
        chart: Any = self.book.add_chart({"type": "bar"})
        categories = [OVERVIEW_SHEET, first, _DATA, last, _DATA]
        for name, field, colour in (("Tỷ lệ hiện nay", Field.RATE, BLUE), ("Mục tiêu", Field.TARGET, ORANGE)):
            chart.add_series(
                {
                    "name": name,
                    "categories": categories,
                    "values": [OVERVIEW_SHEET, first, field, last, field],
                    "fill": {"color": colour},
                    "gap": 60,
                }
            )
        chart.set_x_axis(
            value_axis("Tỷ lệ phần trăm", label_position="high", num_format="0%", min=0, max=1, major_unit=0.2)
        )
        height = _PIXELS_A_RATE * (last - first + 1) + _PIXELS_AROUND
        self._finish(chart, "Tỷ lệ đạt được so với mục tiêu", _WIDTH, height)
        self.sheet.insert_chart(at, 0, chart, {"object_position": 2})
        return at + _lines(height)

    def _write_split(self, at: int, split: Split) -> None:
        for place, text in enumerate((split.unit, split.part, split.rest)):
            put_text(self.sheet, at, _DATA + place, text, self.styles["side header"])
        for below, bar in enumerate(split.bars, start=1):
            part, whole = (self.grid.abroad(address, Column.USED) for address in (bar.part, bar.whole))
            contents = [self.figures.used(address) for address in (bar.part, bar.whole)]
            known = [0 if content is State.NOT_ARISING else content for content in contents]
            both = f"AND(ISNUMBER({part}),ISNUMBER({whole}))"
            stored: tuple[Any, Any] = ("", "")
            if not any(isinstance(content, State) for content in known):
                stored = (known[0], known[1] - known[0])  # type: ignore[operator]  # narrowed by hand
            put_text(self.sheet, at + below, _DATA, bar.name, self.styles["side"])
            self.sheet.write_formula(at + below, _DATA + 1, f'=IF({both},{part},"")', self.styles["side"], stored[0])
            self.sheet.write_formula(
                at + below, _DATA + 2, f'=IF({both},{whole}-{part},"")', self.styles["side"], stored[1]
            )

    def _split_chart(self, data: int, split: Split) -> Any:
        first, last = data + 1, data + len(split.bars)
        chart: Any = self.book.add_chart({"type": "bar", "subtype": "stacked"})
        for place, (name, colour) in enumerate(((split.part, _GREEN), (split.rest, ORANGE)), start=1):
            chart.add_series(
                {
                    "name": name,
                    "categories": [OVERVIEW_SHEET, first, _DATA, last, _DATA],
                    "values": [OVERVIEW_SHEET, first, _DATA + place, last, _DATA + place],
                    "fill": {"color": colour},
                    # A label 0 beside an empty bar says nothing.
                    "data_labels": {"value": True, "num_format": "#,##0;;", "font": SMALL},
                    "gap": 50,
                }
            )
        chart.set_x_axis(value_axis(split.unit, label_position="high", num_format="#,##0", min=0))
        return chart

    def _finish(self, chart: Any, title: str, width: int, height: int) -> None:
        set_title(chart, title)
        chart.set_y_axis(NAMES_AXIS)
        chart.set_legend({"position": "bottom", "font": SMALL})
        chart.set_size({"width": width, "height": height})


def _lines(pixels: int) -> int:
    """Count the lines of usual height that a chart covers, and one to part it from what follows."""
    return pixels // PIXELS_A_LINE + 2
