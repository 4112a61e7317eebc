"""The sheet "Chấm điểm": what is typed for every unit, and beside it points, class and rank."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.excel.builds import Build
from cchc_calc.excel.scoring.line_reading import LineState
from cchc_calc.excel.scoring.looks import FROM_DOSSIERS_LOOK, LACKING_LOOK, class_look
from cchc_calc.excel.scoring.point_cells import points_rule, total_rule
from cchc_calc.excel.scoring.point_lines import PointLines
from cchc_calc.excel.scoring.point_reading import as_number
from cchc_calc.excel.scoring.score_grid import FIRST_HIDDEN, MOST_UNITS, Line, Part
from cchc_calc.excel.sheets.macro_buttons import BUTTONS_OF_ONE_OFFICE, write_buttons
from cchc_calc.excel.sheets.sheet_parts import add_sheet, protect, put_merged, put_text, set_paper
from cchc_calc.excel.sheets.styles import (
    DIFFERENT_LOOK,
    INVALID_LOOK,
    MISSING_LOOK,
    NOT_ARISING_LOOK,
    NOTE_SIZE,
    TEXT_SIZE,
)
from cchc_calc.excel.sheets.text_fitting import row_height
from cchc_calc.scoring.headings import POINTS_SHEET
from cchc_calc.scoring.records import NOT_APPLICABLE_TEXT, NoPoints
from cchc_calc.states import UNDECIDED_TEXT

if TYPE_CHECKING:
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.excel.scoring.dossier_grid import DossierGrid
    from cchc_calc.excel.scoring.looks import Looks
    from cchc_calc.excel.scoring.scale_cells import ScaleCells
    from cchc_calc.excel.scoring.score_grid import ScoreGrid
    from cchc_calc.excel.scoring.written_scores import WrittenScores
    from cchc_calc.excel.sheets.styles import Styles

TITLE: Final = "KẾT QUẢ CHẤM ĐIỂM, XẾP HẠNG CÁC ĐƠN VỊ"
OFFICE_LABEL: Final = "Cơ quan chấm điểm:"
YEAR_LABEL: Final = "Năm chấm điểm:"

_PIXELS: Final = {
    Part.NUMBER: 42,
    Part.UNIT: 190,
    Part.TOTAL: 66,
    Part.MAXIMUM: 66,
    Part.POINTS: 70,
    Part.CLASS: 110,
    Part.RANK: 60,
    Part.GAP: 14,
    Part.ONE_MORE: 150,
    Part.BOUNDS: 200,
    Part.MESSAGE: 330,
    Part.USED: 62,
}
_HELPER_PIXELS: Final = 80
_ALL_CRITERIA_PIXELS: Final = 576
_CRITERION_PIXELS: Final = (48, 84)
_SIDE: Final = (Part.ONE_MORE, Part.BOUNDS, Part.MESSAGE)
_BLANK: Final = "Chưa chấm: để trống; có điểm ở trang Hồ sơ thì ô trống lấy điểm bình quân."
_MORE_LINES: Final = (
    f"Có đủ {MOST_UNITS} dòng; dòng chưa dùng đang ẩn. Cần thêm: bấm số của dòng cuối đang thấy, kéo xuống chữ ký, "
    "bấm chuột phải rồi chọn Unhide (Bỏ ẩn). Bớt dòng trống khi in: Hide (Ẩn)."
)
_LEFT_SIGNATURE: Final = ((0, "NGƯỜI LẬP BIỂU", "signature"), (1, "(Ký, ghi rõ họ tên)", "signature note"))
_RIGHT_SIGNATURE: Final = (
    (0, "TM. ỦY BAN NHÂN DÂN", "signature"),
    (1, "CHỦ TỊCH", "signature"),
    (2, "(Ký tên, đóng dấu)", "signature note"),
)
_SIGNATURES: Final = Line.LAST + 2
_TWO_LINES: Final = "Không\náp dụng"
_ROOM_TO_SIGN: Final = 60.0


@dataclass(frozen=True, slots=True)
class PointsSheet:
    """Writes the sheet; ``shown`` lines are to be seen and printed."""

    book: Workbook
    styles: Styles
    looks: Looks
    grid: ScoreGrid
    dossiers: DossierGrid
    scale: ScaleCells
    scores: WrittenScores
    build: Build
    shown: int

    def write(self) -> None:
        """Add the sheet."""
        sheet = add_sheet(self.book, POINTS_SHEET)
        self._set_up(sheet)
        self._write_head(sheet)
        self._write_header(sheet)
        PointLines(
            sheet, self.styles, self.looks, self.grid, self.scale, self.dossiers, self.scores, self.build
        ).write()
        self._set_heights(sheet)
        self._write_signatures(sheet)
        self._set_rules(sheet)
        self._mark_conditions(sheet)
        if self.build is Build.MACROS:
            write_buttons(sheet, Line.TITLE, self.grid.column(Part.ONE_MORE), BUTTONS_OF_ONE_OFFICE)

    def _pixels(self, part: Part) -> int:
        if part is Part.GIVEN and self.grid.numbers:
            least, most = _CRITERION_PIXELS
            return max(least, min(most, _ALL_CRITERIA_PIXELS // len(self.grid.numbers)))
        return _PIXELS.get(part, _HELPER_PIXELS)

    @property
    def _printed_pixels(self) -> int:
        parts = list(Part)[: list(Part).index(Part.RANK) + 1]
        return sum(self._pixels(part) * len(self.grid.columns(part)) for part in parts)

    def _set_up(self, sheet: Worksheet) -> None:
        hidden = list(Part)[list(Part).index(FIRST_HIDDEN) :]
        for part in Part:
            options = {"level": 1, "hidden": True} if part in hidden else {}
            for column in self.grid.columns(part):
                sheet.set_column_pixels(column, column, self._pixels(part), None, options)
        behind = self.grid.column(hidden[-1]) + 1
        sheet.set_column(behind, behind, None, None, {"collapsed": True})
        set_paper(sheet)
        sheet.repeat_rows(Line.HEADER)
        sheet.print_black_and_white()
        sheet.print_area(Line.TITLE, 0, _SIGNATURES + len(_RIGHT_SIGNATURE), self.grid.last_printed)
        sheet.freeze_panes(Line.FIRST, self.grid.column(Part.UNIT) + 1)
        sheet.set_selection(self.grid.cell(Part.UNIT, Line.FIRST))
        protect(sheet)

    def _write_head(self, sheet: Worksheet) -> None:
        scale, last, side = self.scores.scale, self.grid.last_printed, self.grid.column(Part.ONE_MORE)
        put_merged(sheet, Line.TITLE, (0, last), TITLE, self.styles["open title"])
        subtitle = f"{scale.title} ({scale.source})"
        put_merged(sheet, Line.SCALE, (0, last), subtitle, self.styles["subtitle"])
        fitted = [(subtitle, self._printed_pixels), (_MORE_LINES, sum(_PIXELS[part] for part in _SIDE))]
        sheet.set_row(Line.SCALE, row_height(fitted, NOTE_SIZE))
        for line, label, value in (
            (Line.OFFICE, OFFICE_LABEL, self.scores.scoring.office),
            (Line.YEAR, YEAR_LABEL, self.scores.scoring.year),
        ):
            put_merged(sheet, line, (0, 1), label, self.styles["bold"])
            put_merged(sheet, line, (2, last), value, self.looks.head)
        put_merged(sheet, Line.NOTE, (0, last), self.scores.note, self.looks.note)
        if self.scores.note:
            sheet.set_row(Line.NOTE, row_height([(self.scores.note, self._printed_pixels)], TEXT_SIZE))
        # Not beside the office or the year: a reader takes what stands in their lines for theirs.
        put_merged(sheet, Line.SCALE, (side, side + 2), _MORE_LINES, self.styles["note"])
        names = self.grid.area(Part.UNIT)
        hidden = f"COUNTA({names})-SUBTOTAL(103,{names})"
        warning = f'=IF({hidden}>0,"Có "&({hidden})&" đơn vị ở các dòng đang ẩn, sẽ không được in","")'
        put_merged(sheet, Line.NOTE, (side, side + 2), "", self.styles["mark"])
        sheet.write_formula(Line.NOTE, side, warning, self.styles["mark"], "")
        for place, column in enumerate(self.grid.columns(Part.READ)):
            known = bool(self.grid.numbers)
            formula = f"={self.scale.maximum(place) if known else self.scale.highest}"
            most = self.grid.criteria[place].maximum if known else scale.highest
            sheet.write_formula(Line.SCALE, column, formula, self.styles["helper"], as_number(most))

    def _write_header(self, sheet: Worksheet) -> None:
        headings = self.grid.headings(self.grid.numbers)
        for column, heading in headings.items():
            is_side = column > self.grid.last_printed
            if heading:
                put_text(sheet, Line.HEADER, column, heading, self.styles["side header" if is_side else "header"])
        printed = [
            (headings[column], self._pixels(part))
            for part in Part
            for column in self.grid.columns(part)
            if column <= self.grid.last_printed
        ]
        sheet.set_row(Line.HEADER, row_height(printed, TEXT_SIZE, bold=True))

    def _set_heights(self, sheet: Worksheet) -> None:
        for place in range(MOST_UNITS):
            line = Line.FIRST + place
            if place >= self.shown:
                sheet.set_row(line, None, None, {"hidden": True})
            elif place < len(self.scores.names):
                sheet.set_row(line, self._height(place))

    def _height(self, place: int) -> float:
        texts = [(self.scores.names[place], _PIXELS[Part.UNIT])]
        if NoPoints.NOT_APPLICABLE in self.scores.units[place].given.points.values():
            texts.append((_TWO_LINES, self._printed_pixels))
        results = self.scores.results(place)
        stored = {} if results is None else results.stored()
        sides = [(str(stored.get(part, "")), _PIXELS[part]) for part in _SIDE]
        return max(row_height(texts, TEXT_SIZE), row_height(sides, NOTE_SIZE))

    def _write_signatures(self, sheet: Worksheet) -> None:
        for below, text, style in _LEFT_SIGNATURE:
            put_merged(sheet, _SIGNATURES + below, (0, 1), text, self.styles[style])
        columns = (self.grid.column(Part.MAXIMUM), self.grid.column(Part.RANK))
        for below, text, style in _RIGHT_SIGNATURE:
            put_merged(sheet, _SIGNATURES + below, columns, text, self.styles[style])
        sheet.set_row(_SIGNATURES + len(_RIGHT_SIGNATURE), _ROOM_TO_SIGN)

    def _set_rules(self, sheet: Worksheet) -> None:
        for place, criterion in enumerate(self.grid.criteria):
            column = self.grid.column(Part.GIVEN, place)
            rule = points_rule(criterion, self.grid.cell(Part.GIVEN, Line.FIRST, place), _BLANK)
            sheet.data_validation(Line.FIRST, column, Line.LAST, column, rule)
        if self.scores.has_typed_total:
            column = self.grid.column(Part.TOTAL)
            rule = total_rule(self.scores.scale.highest, self.grid.cell(Part.TOTAL, Line.FIRST))
            sheet.data_validation(Line.FIRST, column, Line.LAST, column, rule)

    def _mark_conditions(self, sheet: Worksheet) -> None:
        cell = self.grid.cell
        state = f"${cell(Part.STATE, Line.FIRST)}"
        for place in range(len(self.grid.numbers)):
            read, given = cell(Part.READ, Line.FIRST, place), cell(Part.GIVEN, Line.FIRST, place)
            column = self.grid.column(Part.GIVEN, place)
            self._mark(sheet, column, f'{read}="{UNDECIDED_TEXT}"', INVALID_LOOK)
            self._mark(sheet, column, f'{read}="{NOT_APPLICABLE_TEXT}"', NOT_ARISING_LOOK)
            self._mark(sheet, column, f'AND(TRIM({given})="",ISNUMBER({read}))', FROM_DOSSIERS_LOOK)
            lacking = f'AND(TRIM({given})="",{read}="",OR({state}="{LineState.LACKING}",{state}="{UNDECIDED_TEXT}"))'
            self._mark(sheet, column, lacking, LACKING_LOOK)
        classes = self.scores.scale.classes
        for place, point_class in enumerate(classes):
            # By its name and not by the cell of the scale: old versions know no other sheet here.
            test = f'{cell(Part.CLASS, Line.FIRST)}="{point_class.name}"'
            self._mark(sheet, self.grid.column(Part.CLASS), test, class_look(place, len(classes)))
        for part in (Part.TOTAL, Part.POINTS, Part.CLASS, Part.RANK):
            test = f'{cell(part, Line.FIRST)}="{UNDECIDED_TEXT}"'
            self._mark(sheet, self.grid.column(part), test, INVALID_LOOK)
        message = self.grid.column(Part.MESSAGE)
        self._mark(sheet, message, f'OR({state}="{UNDECIDED_TEXT}",{state}="{LineState.REPEATED}")', INVALID_LOOK)
        self._mark(sheet, message, f'{cell(Part.MESSAGE, Line.FIRST)}<>""', DIFFERENT_LOOK)
        self._mark(sheet, self.grid.column(Part.BOUNDS), f'{state}="{LineState.WHOLE}"', MISSING_LOOK)

    def _mark(self, sheet: Worksheet, column: int, test: str, look: dict[str, Any]) -> None:
        rule: dict[str, Any] = {"type": "formula", "criteria": f"={test}", "format": self.styles.condition(look)}
        sheet.conditional_format(Line.FIRST, column, Line.LAST, column, rule)
