"""The sheet "Xếp hạng": the rank of every unit by each headline rate; equal rates share a rank (1, 1, 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from xlsxwriter.utility import xl_rowcol_to_cell

from cchc_calc.excel.consolidation.headings import RANKING_SHEET, UNITS_SHEET
from cchc_calc.excel.sheets.sheet_parts import add_streamed_sheet, put_merged, put_text, set_paper
from cchc_calc.excel.sheets.styles import NOTE_SIZE, TEXT_SIZE
from cchc_calc.excel.sheets.text_fitting import row_height

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.consolidation.ranking import Ranked, Ranking
    from cchc_calc.excel.consolidation.book_parts import BookParts

_UNIT_COLUMNS: Final = (("STT", 46), ("Mã đơn vị", 84), ("Đơn vị", 230))
_RATE_COLUMNS: Final = (("Tỷ lệ", 122), ("Hạng", 56))
_FIRST_RATE: Final = len(_UNIT_COLUMNS)
_HINT: Final = (
    "Bằng tỷ lệ thì đồng hạng, hạng sau bỏ trống (1, 1, 3). Đơn vị không có tỷ lệ thì không xếp hạng. Bấm mũi tên ở "
    "cột Hạng để lọc hoặc sắp xếp."
)
_NO_RATE: Final = "Không có tỷ lệ nào để xếp hạng."


def write_ranking_sheet(parts: BookParts) -> None:
    """Add the sheet; beyond the units that have columns of their own, ranks are written without formulas."""
    sheet, rankings = add_streamed_sheet(parts.book, RANKING_SHEET), parts.consolidation.rankings
    set_paper(sheet)
    for column, (_, pixels) in enumerate(_UNIT_COLUMNS + _RATE_COLUMNS * len(rankings)):
        sheet.set_column_pixels(column, column, pixels)
    width = sum(pixels for _, pixels in _UNIT_COLUMNS + _RATE_COLUMNS * max(2, len(rankings)))
    last = _FIRST_RATE + len(_RATE_COLUMNS) * max(2, len(rankings)) - 1
    at = parts.write_head(sheet, "XẾP HẠNG CÁC ĐƠN VỊ THEO TỪNG TỶ LỆ", _HINT, (last, width))
    if not rankings:
        put_merged(sheet, at, (0, last), _NO_RATE, parts.styles["italic"])
        return
    _RankingSheet(sheet, parts, at).write()


@dataclass(frozen=True, slots=True)
class _RankingSheet:
    sheet: Worksheet
    parts: BookParts
    at: int

    def write(self) -> None:
        consolidation = self.parts.consolidation
        rankings = consolidation.rankings
        self._write_names(rankings)
        top = self.at + 1
        ranked = [{(one.unit, one.code): one for one in ranking.units} for ranking in rankings]
        reasons = [{(one.unit, one.code): one.reason for one in ranking.unranked} for ranking in rankings]
        reporting = {(unit.unit, unit.code): place for place, unit in enumerate(consolidation.units)}
        names = [(standing.unit, standing.code) for standing in consolidation.standings]
        for place, (name, code) in enumerate(names):
            line, styles = top + 1 + place, self.parts.styles
            self.sheet.write_number(line, 0, place + 1, styles["centred cell"])
            put_text(self.sheet, line, 1, code, styles["centred cell"])
            put_text(self.sheet, line, 2, name, styles["cell"])
            for number, ranking in enumerate(rankings):
                column = _FIRST_RATE + len(_RATE_COLUMNS) * number
                one = ranked[number].get((name, code))
                if one is None:
                    put_text(self.sheet, line, column, reasons[number].get((name, code), ""), styles["centred cell"])
                    put_text(self.sheet, line, column + 1, "", styles["count"])
                else:
                    area = (top + 1, top + len(names))
                    self._write_rate(line, column, ranking, one, reporting, area)
        last_line, last_column = top + len(names), _FIRST_RATE + len(_RATE_COLUMNS) * len(rankings) - 1
        self.sheet.autofilter(top, 0, last_line, last_column)
        self.sheet.freeze_panes(top + 1, _FIRST_RATE)
        self.sheet.repeat_rows(self.at, top)
        self.sheet.print_area(0, 0, last_line, last_column)

    def _write_rate(
        self,
        line: int,
        column: int,
        ranking: Ranking,
        one: Ranked,
        reporting: Mapping[tuple[str, str], int],
        lines: tuple[int, int],
    ) -> None:
        layout, styles, rate = self.parts.layout, self.parts.styles, float(one.content)
        if layout.has_lines:
            self.sheet.write_number(line, column, rate, styles["rate"])
            self.sheet.write_number(line, column + 1, one.rank, styles["count"])
            return
        source = xl_rowcol_to_cell(
            *layout.cell(ranking.address, reporting[one.unit, one.code]), row_abs=True, col_abs=True
        )
        self.sheet.write_formula(line, column, f"='{UNITS_SHEET}'!{source}", styles["rate"], rate)
        first, last = (xl_rowcol_to_cell(end, column, row_abs=True) for end in lines)
        own = xl_rowcol_to_cell(line, column)
        formula = f'=IF(ISNUMBER({own}),RANK({own},{first}:{last}),"")'
        self.sheet.write_formula(line, column + 1, formula, styles["count"], one.rank)

    def _write_names(self, rankings: tuple[Ranking, ...]) -> None:
        sheet, styles = self.sheet, self.parts.styles
        put_merged(sheet, self.at, (0, _FIRST_RATE - 1), "", styles["side header"])
        pixels = sum(width for _, width in _RATE_COLUMNS)
        titles = [f"{ranking.address}. {self.parts.short_name(ranking)}" for ranking in rankings]
        for number, title in enumerate(titles):
            column = _FIRST_RATE + len(_RATE_COLUMNS) * number
            put_merged(sheet, self.at, (column, column + len(_RATE_COLUMNS) - 1), title, styles["side header"])
        sheet.set_row(self.at, row_height([(title, pixels) for title in titles], NOTE_SIZE, bold=True))
        names = [name for name, _ in _UNIT_COLUMNS]
        names += [f"{name} {ranking.address}" for ranking in rankings for name, _ in _RATE_COLUMNS]
        for column, name in enumerate(names):
            put_text(sheet, self.at + 1, column, name, styles["header"])
        sheet.set_row(self.at + 1, row_height([("Hạng 3.4.3", _RATE_COLUMNS[-1][1])], TEXT_SIZE, bold=True))
