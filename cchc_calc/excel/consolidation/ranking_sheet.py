"""The sheet "Xếp hạng": the rank of every unit by each headline rate; equal rates share a rank (1, 1, 3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from xlsxwriter.utility import xl_rowcol_to_cell

from cchc_calc.consolidation.ranking import Ranked
from cchc_calc.excel.consolidation.headings import RANKING_SHEET, UNITS_SHEET
from cchc_calc.excel.sheets.sheet_parts import add_streamed_sheet, put_merged, put_text, set_paper
from cchc_calc.excel.sheets.styles import NOTE_SIZE, TEXT_SIZE
from cchc_calc.excel.sheets.text_fitting import row_height

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.consolidation.ranking import Ranking, Unranked
    from cchc_calc.excel.consolidation.book_parts import BookParts

_UNIT_COLUMNS: Final = (("STT", 46), ("Mã đơn vị", 84), ("Đơn vị", 230))
_RATE_COLUMNS: Final = (("Tỷ lệ", 122), ("Hạng", 56))
_FIRST_RATE: Final = len(_UNIT_COLUMNS)
_HINT: Final = (
    "Bằng tỷ lệ thì đồng hạng, hạng sau bỏ trống (1, 1, 3). Đơn vị không có tỷ lệ thì không xếp hạng. Bấm mũi tên ở "
    "cột Hạng để lọc hoặc sắp xếp."
)
_Key: TypeAlias = tuple[str, str]
"""The name and the code of a unit."""

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
        standings, rankings = self.parts.consolidation.standings, self.parts.consolidation.rankings
        self._write_names(rankings)
        first, last = self.at + 2, self.at + 1 + len(standings)
        places = {(unit.unit, unit.code): place for place, unit in enumerate(self.parts.consolidation.units)}
        columns = [
            _RateColumns(
                self.sheet,
                self.parts,
                _FIRST_RATE + len(_RATE_COLUMNS) * number,
                (first, last),
                ranking.address,
                _by_unit(ranking),
                places,
            )
            for number, ranking in enumerate(rankings)
        ]
        for line, standing in enumerate(standings, start=first):
            self.sheet.write_number(line, 0, line - first + 1, self.parts.styles["centred cell"])
            put_text(self.sheet, line, 1, standing.code, self.parts.styles["centred cell"])
            put_text(self.sheet, line, 2, standing.unit, self.parts.styles["cell"])
            for rate in columns:
                rate.write(line, (standing.unit, standing.code))
        last_column = _FIRST_RATE + len(_RATE_COLUMNS) * len(rankings) - 1
        self.sheet.autofilter(first - 1, 0, last, last_column)
        self.sheet.freeze_panes(first, _FIRST_RATE)
        self.sheet.repeat_rows(self.at, first - 1)
        self.sheet.print_area(0, 0, last, last_column)

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


def _by_unit(ranking: Ranking) -> dict[_Key, Ranked | Unranked]:
    every: list[Ranked | Unranked] = [*ranking.units, *ranking.unranked]
    return {(one.unit, one.code): one for one in every}


@dataclass(frozen=True, slots=True)
class _RateColumns:
    """The two columns of a ranking, between the first and the last of ``lines``; ``places`` are the units' cells."""

    sheet: Worksheet
    parts: BookParts
    column: int
    lines: tuple[int, int]
    address: str
    units: Mapping[_Key, Ranked | Unranked]
    places: Mapping[_Key, int]

    def write(self, line: int, key: _Key) -> None:
        """Write the rate of a unit and its rank, or why it has none."""
        one, styles = self.units.get(key), self.parts.styles
        if not isinstance(one, Ranked):
            put_text(self.sheet, line, self.column, "" if one is None else one.reason, styles["centred cell"])
            put_text(self.sheet, line, self.column + 1, "", styles["count"])
        elif self.parts.layout.has_lines:
            self.sheet.write_number(line, self.column, float(one.content), styles["rate"])
            self.sheet.write_number(line, self.column + 1, one.rank, styles["count"])
        else:
            self._write_formulas(line, one, self.places[key])

    def _write_formulas(self, line: int, one: Ranked, place: int) -> None:
        styles = self.parts.styles
        source = xl_rowcol_to_cell(*self.parts.layout.cell(self.address, place), row_abs=True, col_abs=True)
        self.sheet.write_formula(line, self.column, f"='{UNITS_SHEET}'!{source}", styles["rate"], float(one.content))
        first, last = (xl_rowcol_to_cell(end, self.column, row_abs=True) for end in self.lines)
        own = xl_rowcol_to_cell(line, self.column)
        formula = f'=IF(ISNUMBER({own}),RANK({own},{first}:{last}),"")'
        self.sheet.write_formula(line, self.column + 1, formula, styles["count"], one.rank)
