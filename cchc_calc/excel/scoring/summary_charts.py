"""The charts of the summary, and beside the printed page the units by rank from which one of them is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from xlsxwriter.utility import xl_col_to_name

from cchc_calc.excel.scoring.line_standing import native_class
from cchc_calc.excel.scoring.looks import POINTS_FORMAT, class_look
from cchc_calc.excel.scoring.point_reading import as_number, rounded
from cchc_calc.excel.scoring.score_grid import MOST_UNITS, Part
from cchc_calc.excel.scoring.summary_cells import HELPERS, TABLE_HEADER, TABLE_PIXELS
from cchc_calc.excel.sheets.chart_parts import NAMES_AXIS, PIXELS_A_LINE, SMALL, set_title, value_axis
from cchc_calc.excel.sheets.sheet_parts import put_text
from cchc_calc.excel.sheets.styles import BLUE
from cchc_calc.scoring.headings import SUMMARY_SHEET

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.excel.scoring.scale_cells import ScaleCells
    from cchc_calc.excel.scoring.score_grid import ScoreGrid
    from cchc_calc.excel.scoring.summary_cells import SummaryCells
    from cchc_calc.excel.scoring.written_scores import WrittenScores
    from cchc_calc.excel.sheets.styles import Styles

MOST_SHOWN: Final = 30
"""Units in the chart; more could not be read."""

LIST: Final = HELPERS + 4
"""The first column of the units by rank."""

_HEADINGS: Final = (
    ("Thứ tự", 60),
    ("Đơn vị theo thứ hạng", 220),
    ("Điểm", 70),
    ("Loại", 110),
    ("Hạng", 60),
)
_PIXELS_A_UNIT: Final = 19
_PIXELS_AROUND: Final = 110
_LEAST_PIXELS: Final = 330
_GROUPS_SHARE: Final = 0.4
_GAP: Final = 12
_BELOW_BREAK: Final = 4


@dataclass(frozen=True, slots=True)
class SummaryCharts:
    """Writes the list and draws the charts."""

    book: Workbook
    sheet: Worksheet
    styles: Styles
    grid: ScoreGrid
    cells: SummaryCells
    scale: ScaleCells
    scores: WrittenScores

    def write_list(self) -> None:
        """Write the units by rank, equal ones in the order of their lines."""
        for place, (heading, pixels) in enumerate(_HEADINGS):
            self.sheet.set_column_pixels(LIST + place, LIST + place, pixels)
            put_text(self.sheet, TABLE_HEADER, LIST + place, heading, self.styles["side header"])
        ranked, points = self._ranked(), xl_col_to_name(LIST + 2)
        for order in range(1, MOST_UNITS + 1):
            line = TABLE_HEADER + order
            found = f"MATCH({order},{self.grid.area(Part.ORDER)},0)"
            known = f"{order}<={self.cells.total}"
            cell = f"{points}{line + 1}"
            formulas = {
                Part.ORDER: f'=IF({known},{order},"")',
                Part.UNIT: f'=IF({known},INDEX({self.grid.area(Part.UNIT)},{found}),"")',
                Part.POINTS: f'=IF({known},INDEX({self.grid.area(Part.POINTS)},{found}),"")',
                Part.CLASS: native_class(self.scale, cell),
                Part.RANK: f'=IF({known},RANK({cell},{self.grid.area(Part.POINTS)}),"")',
            }
            results = ranked[order - 1] if order <= len(ranked) else {}
            for column, (part, formula) in enumerate(formulas.items(), start=LIST):
                self.sheet.write_formula(line, column, formula, self._look(part), results.get(part, ""))

    def draw(self, top: int) -> int:
        """Draw the charts from a line on; return the last line that they cover."""
        units = len(self._ranked())
        shown = min(units, MOST_SHOWN) if self.scores.units else MOST_SHOWN
        height = max(_LEAST_PIXELS, _PIXELS_A_UNIT * shown + _PIXELS_AROUND)
        width = int(TABLE_PIXELS * _GROUPS_SHARE)
        self._insert(self._groups(), "Số đơn vị theo xếp loại", (top, 0), (width - _GAP, _LEAST_PIXELS))
        is_whole = 0 < units <= MOST_SHOWN
        title = "Điểm của các đơn vị" if is_whole else f"Điểm của các đơn vị ({MOST_SHOWN} đơn vị cao nhất)"
        self._insert(self._units(max(1, shown)), title, (top, width), (TABLE_PIXELS - width, height))
        return top + height // PIXELS_A_LINE + 1

    def _groups(self) -> Any:
        chart: Any = self.book.add_chart({"type": "column"})
        classes, first = self.cells.classes, self.cells.line(0)
        points = [
            {"fill": {"color": class_look(place, classes)["bg_color"]}, "border": {"color": "#7F7F7F"}}
            for place in range(classes)
        ]
        chart.add_series(
            {
                "name": "Số đơn vị",
                "categories": [SUMMARY_SHEET, first, 0, first + classes - 1, 0],
                "values": [SUMMARY_SHEET, first, 2, first + classes - 1, 2],
                "points": points,
                "data_labels": {"value": True, "font": SMALL},
                "gap": 60,
            }
        )
        chart.set_y_axis(value_axis("Số đơn vị", num_format="0", min=0))
        chart.set_x_axis({"num_font": SMALL})
        return chart

    def _units(self, shown: int) -> Any:
        chart: Any = self.book.add_chart({"type": "bar"})
        first, last = TABLE_HEADER + 1, TABLE_HEADER + shown
        chart.add_series(
            {
                "name": "Điểm",
                "categories": [SUMMARY_SHEET, first, LIST + 1, last, LIST + 1],
                "values": [SUMMARY_SHEET, first, LIST + 2, last, LIST + 2],
                "fill": {"color": BLUE},
                # A label 0 beside an empty bar says nothing.
                "data_labels": {"value": True, "num_format": "0.00;;", "font": SMALL},
                "gap": 40,
            }
        )
        highest = as_number(self.scores.scale.highest)
        chart.set_x_axis(value_axis("Điểm", num_format="0", min=0, max=highest, label_position="high"))
        # Room for the names on the left, and on the right for the label of a bar as long as the axis.
        chart.set_plotarea({"layout": {"x": 0.31, "y": 0.1, "width": 0.6, "height": 0.78}})
        chart.set_y_axis(NAMES_AXIS)
        return chart

    def _insert(self, chart: Any, title: str, at: tuple[int, int], size: tuple[int, int]) -> None:
        set_title(chart, title)
        chart.set_legend({"none": True})
        chart.set_size({"width": size[0], "height": size[1]})
        self.sheet.insert_chart(at[0], 0, chart, {"object_position": 2, "x_offset": at[1], "y_offset": _BELOW_BREAK})

    def _ranked(self) -> list[dict[Part, float | int | str]]:
        known = [
            (score.standing.rank, place, score)
            for place, score in enumerate(self.scores.units)
            if score.standing.rank is not None
        ]
        return [
            {
                Part.ORDER: order,
                Part.UNIT: self.scores.names[place],
                Part.POINTS: "" if score.standing.points is None else rounded(score.standing.points),
                Part.CLASS: score.standing.class_name or "",
                Part.RANK: rank,
            }
            for order, (rank, place, score) in enumerate(sorted(known, key=lambda item: item[:2]), start=1)
        ]

    def _look(self, part: Part) -> Any:
        return self.styles.value(POINTS_FORMAT) if part is Part.POINTS else self.styles["side"]
