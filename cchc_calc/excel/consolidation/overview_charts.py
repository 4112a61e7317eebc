"""The charts of the overview, and beside the printed page the few cells they are drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from cchc_calc.excel.sheets.chart_parts import NAMES_AXIS, ORANGE, PIXELS_A_LINE, SMALL, set_title, value_axis
from cchc_calc.excel.sheets.form_grid import OVERVIEW_SHEET
from cchc_calc.excel.sheets.sheet_parts import put_text
from cchc_calc.excel.sheets.styles import BLUE
from cchc_calc.spelling import cut

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.consolidation.ranking import Ranked, Ranking
    from cchc_calc.excel.consolidation.book_parts import BookParts

MOST_SHOWN: Final = 20
"""Units in a chart; of more the first and the last are shown."""

Table: TypeAlias = "tuple[tuple[int, int], tuple[int, int]]"
"""The first and the last line of a table, and its columns of names and of values."""

_PIXELS_A_UNIT: Final = 20
_PIXELS_AROUND: Final = 100
_LEAST_PIXELS: Final = 300
_LONGEST_NAME: Final = 40
_PAGE_PIXELS: Final = 740
_GAP: Final = 12
_ROOM_FOR_LABELS: Final = 1.1
"""The axis ends behind 100 %, for the label of a bar as long as that."""
_GREEN: Final = "#70AD47"


@dataclass(frozen=True, slots=True)
class OverviewCharts:
    """Draws the charts to a width; the cells for them begin in column ``data``."""

    parts: BookParts
    sheet: Worksheet
    width: int
    data: int

    def draw(self, top: int, statuses: Table, rates: Table) -> int:
        """Draw from line ``top`` on, two charts beside each other; return the last line that they cover."""
        rankings = [ranking for ranking in self.parts.consolidation.rankings if ranking.units]
        status_chart = self._bars(statuses, "Số đơn vị", ORANGE, value_axis("Số đơn vị", num_format="0", min=0), "0;;")
        charts = [("Tình hình nộp", status_chart, 0)]
        if self.parts.consolidation.rankings:
            charts.append(("Tỷ lệ chung của các đơn vị", self._bars(rates, "Tỷ lệ chung", BLUE, _shares(), "0.0%"), 0))
        at = 0
        self.sheet.set_column_pixels(self.data, self.data, 240)
        for ranking in rankings:
            chosen = _chosen(ranking.units)
            table = self._write_units(at, ranking, chosen)
            part = "" if len(ranking.units) <= MOST_SHOWN else f": {MOST_SHOWN // 2} đầu, {MOST_SHOWN // 2} cuối"
            chart = self._bars(table, ranking.address, _GREEN, _shares(), "0.0%")
            charts.append((f"{self.parts.short_name(ranking)}{part}", chart, len(chosen)))
            at += len(chosen) + 2
        return self._insert(top, charts)

    def _write_units(self, at: int, ranking: Ranking, chosen: list[Ranked]) -> Table:
        styles = self.parts.styles
        put_text(self.sheet, at, self.data, f"Biểu đồ dòng {ranking.address}", styles["side header"])
        for line, one in enumerate(chosen, start=at + 1):
            put_text(self.sheet, line, self.data, cut(one.unit, _LONGEST_NAME), styles["side"])
            self.sheet.write_number(line, self.data + 1, float(one.content), styles.reported("0.00%"))
        return (at + 1, at + len(chosen)), (self.data, self.data + 1)

    def _bars(self, table: Table, name: str, colour: str, axis: dict[str, Any], labels: str) -> Any:
        (first, last), (names, values) = table
        chart: Any = self.parts.book.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": name,
                "categories": [OVERVIEW_SHEET, first, names, last, names],
                "values": [OVERVIEW_SHEET, first, values, last, values],
                "fill": {"color": colour},
                "data_labels": {"value": True, "num_format": labels, "font": SMALL},
                "gap": 40,
            }
        )
        chart.set_x_axis(axis | {"label_position": "high"})
        chart.set_y_axis(NAMES_AXIS)
        chart.set_legend({"none": True})
        return chart

    def _insert(self, top: int, charts: list[tuple[str, Any, int]]) -> int:
        breaks, used = [top], 0
        for place in range(0, len(charts), 2):
            pair = charts[place : place + 2]
            height = max(_LEAST_PIXELS, _PIXELS_A_UNIT * max(bars for _, _, bars in pair) + _PIXELS_AROUND)
            used += height + 2 * PIXELS_A_LINE
            if used > _PAGE_PIXELS:
                # A chart that runs over the end of a page is cut in two.
                breaks.append(top)
                used = height + 2 * PIXELS_A_LINE
            for beside, (title, chart, _) in enumerate(pair):
                set_title(chart, title)
                chart.set_size({"width": self.width // 2 - _GAP, "height": height})
                options = {"object_position": 2, "x_offset": beside * (self.width // 2), "y_offset": 4}
                self.sheet.insert_chart(top, 0, chart, options)
            top += height // PIXELS_A_LINE + 2
        self.sheet.set_h_pagebreaks(breaks)
        return top - 1


def _shares() -> dict[str, Any]:
    return value_axis("Tỷ lệ phần trăm", num_format="0%", min=0, max=_ROOM_FOR_LABELS, major_unit=0.2)


def _chosen(units: tuple[Ranked, ...]) -> list[Ranked]:
    if len(units) <= MOST_SHOWN:
        return list(units)
    return [*units[: MOST_SHOWN // 2], *units[-(MOST_SHOWN // 2) :]]
