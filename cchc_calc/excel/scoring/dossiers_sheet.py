"""The sheet "Hồ sơ": the points of single dossiers, which the sheet of points averages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.excel.scoring.dossier_grid import COUNTED, MOST_DOSSIERS, NOT_SCORED, DossierLine, DossierPart
from cchc_calc.excel.scoring.dossier_lines import NO_LINE, DossierFormulas
from cchc_calc.excel.scoring.point_cells import points_rule, put_points
from cchc_calc.excel.scoring.unit_keys import formula_key
from cchc_calc.excel.sheets.sheet_parts import add_sheet, protect, put_merged, put_text, set_paper
from cchc_calc.excel.sheets.styles import DIFFERENT_LOOK, INVALID_LOOK, NOTE_SIZE, TEXT_SIZE
from cchc_calc.excel.sheets.text_fitting import row_height
from cchc_calc.scoring.headings import DOSSIERS_SHEET
from cchc_calc.scoring.records import NOT_APPLICABLE_TEXT, NoPoints
from cchc_calc.states import UNDECIDED_TEXT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.excel.scoring.dossier_grid import DossierGrid
    from cchc_calc.excel.scoring.looks import Looks
    from cchc_calc.excel.scoring.point_reading import Stored
    from cchc_calc.excel.scoring.scale_cells import ScaleCells
    from cchc_calc.excel.scoring.score_grid import ScoreGrid
    from cchc_calc.excel.scoring.written_scores import WrittenScores
    from cchc_calc.excel.sheets.styles import Styles
    from cchc_calc.scoring.averages import UnitDossier

_PIXELS: Final = {
    DossierPart.UNIT: 210,
    DossierPart.CODE: 210,
    DossierPart.GIVEN: 84,
    DossierPart.MESSAGE: 330,
}
_HELPER_PIXELS: Final = 70
_LEAST_PRINTED: Final = 40
_HINT: Final = (
    "Chỉ dùng khi chấm từng hồ sơ: mỗi hồ sơ một dòng, tên đơn vị như ở trang Chấm điểm. Ô tiêu chí để trống ở trang "
    "Chấm điểm sẽ lấy điểm bình quân các hồ sơ của đơn vị; hồ sơ ghi “Không áp dụng” không tính vào bình quân."
)
_BLANK: Final = "Chưa chấm: để trống."
_ALL_LINES: Final = range(1, MOST_DOSSIERS + 1)


@dataclass(frozen=True, slots=True)
class DossiersSheet:
    """Writes the sheet."""

    book: Workbook
    styles: Styles
    looks: Looks
    grid: DossierGrid
    points: ScoreGrid
    scale: ScaleCells
    scores: WrittenScores

    def write(self) -> None:
        """Add the sheet."""
        sheet = add_sheet(self.book, DOSSIERS_SHEET)
        self._write_frame(sheet)
        dossiers = self.scores.dossiers
        for place in range(MOST_DOSSIERS):
            self._write_typed(sheet, DossierLine.FIRST + place, dossiers[place] if place < len(dossiers) else None)
        self._write_computed(sheet)
        self._write_counts(sheet)
        self._mark_conditions(sheet)
        printed = max(_LEAST_PRINTED, len(dossiers))
        sheet.print_area(0, 0, DossierLine.HEADER + printed, self.grid.column(DossierPart.MESSAGE))
        protect(sheet)

    def _write_frame(self, sheet: Worksheet) -> None:
        grid, last = self.grid, self.grid.column(DossierPart.MESSAGE)
        set_paper(sheet)
        for part in DossierPart:
            for column in grid.columns(part):
                options = {} if part in _PIXELS else {"level": 1, "hidden": True}
                sheet.set_column_pixels(column, column, _PIXELS.get(part, _HELPER_PIXELS), None, options)
        sheet.set_column(
            grid.column(DossierPart.REPEATED) + 1,
            grid.column(DossierPart.REPEATED) + 1,
            None,
            None,
            {"collapsed": True},
        )
        put_merged(sheet, DossierLine.TITLE, (0, last), "ĐIỂM TỪNG HỒ SƠ", self.styles["title"])
        put_merged(sheet, DossierLine.NOTE, (0, last), self.scores.note, self.styles["mark"])
        put_merged(sheet, DossierLine.HINT, (0, last), _HINT, self.styles["note"])
        width = sum(_PIXELS[part] * len(grid.columns(part)) for part in _PIXELS)
        sheet.set_row(DossierLine.HINT, row_height([(_HINT, width)], NOTE_SIZE))
        for column, heading in grid.headings(tuple(criterion.number for criterion in grid.criteria)).items():
            is_side = column > last
            put_text(sheet, DossierLine.HEADER, column, heading, self.styles["side header" if is_side else "header"])
        sheet.repeat_rows(DossierLine.HEADER)
        sheet.freeze_panes(DossierLine.FIRST, 1)
        sheet.print_black_and_white()
        for place, criterion in enumerate(grid.criteria):
            column, cell = grid.column(DossierPart.GIVEN, place), grid.cell(DossierPart.GIVEN, DossierLine.FIRST, place)
            rule = points_rule(criterion, cell, _BLANK)
            sheet.data_validation(DossierLine.FIRST, column, DossierLine.LAST, column, rule)

    def _write_typed(self, sheet: Worksheet, line: int, row: UnitDossier | None) -> None:
        unit, code = ("", "") if row is None else (row.unit, row.dossier.code)
        put_text(sheet, line, self.grid.column(DossierPart.UNIT), unit, self.looks.name)
        put_text(sheet, line, self.grid.column(DossierPart.CODE), code, self.looks.code)
        for at, criterion in enumerate(self.grid.criteria):
            points = NoPoints.BLANK if row is None else row.dossier.points.get(criterion.number, NoPoints.BLANK)
            put_points(sheet, line, self.grid.column(DossierPart.GIVEN, at), points, self.looks.points)
        if row is not None:
            fitted = [(unit, _PIXELS[DossierPart.UNIT]), (code, _PIXELS[DossierPart.CODE])]
            sheet.set_row(line, row_height(fitted, TEXT_SIZE))

    def _write_computed(self, sheet: Worksheet) -> None:
        formulas = DossierFormulas(self.grid, self.points, self.scale)
        results = self.scores.dossier_results(self.grid)
        names = [row.unit for row in self.scores.dossiers]
        codes = [row.dossier.code for row in self.scores.dossiers]
        first_line = {code: line for line, code in reversed([*enumerate(codes, start=1)])}
        first = [first_line[code] if code else NO_LINE for code in codes]
        times = Counter(first)
        spare = [NO_LINE] * (MOST_DOSSIERS - len(first))
        for place in range(len(self.grid.criteria)):
            self._write_array(
                sheet, DossierPart.READ, formulas.read(place), [line.read[place] for line in results], place
            )
        places = [place + 1 for place in self.scores.dossier_places]
        self._write_array(sheet, DossierPart.KEY, formulas.key(), [formula_key(name) for name in names])
        self._write_array(sheet, DossierPart.PLACE, formulas.place(), places)
        self._write_array(sheet, DossierPart.FIRST, formulas.first(), first + spare)
        self._write_array(sheet, DossierPart.TIMES, formulas.times(), [times[line] for line in _ALL_LINES])
        self._write_array(sheet, DossierPart.REPEATED, formulas.repeated(), [int(line.is_repeated) for line in results])
        self._write_array(sheet, DossierPart.MESSAGE, formulas.message(), [line.message for line in results])

    def _write_array(
        self, sheet: Worksheet, part: DossierPart, formula: str, results: Sequence[Stored], place: int = 0
    ) -> None:
        column = self.grid.column(part, place)
        look = self.styles["side" if part is DossierPart.MESSAGE else "helper"]
        top = results[0] if results else ""
        sheet.write_array_formula(DossierLine.FIRST, column, DossierLine.LAST, column, formula, look, top)
        for line in range(DossierLine.FIRST + 1, DossierLine.LAST + 1):
            at = line - DossierLine.FIRST
            result = results[at] if at < len(results) else ""
            if isinstance(result, str):
                put_text(sheet, line, column, result, look)
            else:
                sheet.write_number(line, column, result, look)

    def _write_counts(self, sheet: Worksheet) -> None:
        results = self.scores.dossier_results(self.grid)
        for place in range(len(self.grid.criteria)):
            read, area = [line.read[place] for line in results], self.grid.lines(DossierPart.READ, place)
            column, look = self.grid.column(DossierPart.READ, place), self.styles["helper"]
            for content, line in COUNTED.items():
                sheet.write_formula(line, column, f'=COUNTIF({area},"{content}")', look, read.count(content))
            counts = [
                f"COUNT({area})",
                *(f'COUNTIF({area},"{text}")' for text in (NOT_APPLICABLE_TEXT, UNDECIDED_TEXT)),
            ]
            scored = len(read) - read.count(NOT_SCORED)
            sheet.write_formula(DossierLine.HINT, column, f"={'+'.join(counts)}", look, scored)

    def _mark_conditions(self, sheet: Worksheet) -> None:
        grid, first = self.grid, DossierLine.FIRST
        for place in range(len(grid.criteria)):
            test = f'={grid.cell(DossierPart.READ, first, place)}="{UNDECIDED_TEXT}"'
            self._mark(sheet, grid.column(DossierPart.GIVEN, place), test, INVALID_LOOK)
        message = grid.cell(DossierPart.MESSAGE, first)
        self._mark(sheet, grid.column(DossierPart.MESSAGE), f'={message}<>""', DIFFERENT_LOOK)

    def _mark(self, sheet: Worksheet, column: int, test: str, look: dict[str, Any]) -> None:
        rule: dict[str, Any] = {"type": "formula", "criteria": test, "format": self.styles.condition(look)}
        sheet.conditional_format(DossierLine.FIRST, column, DossierLine.LAST, column, rule)
