"""The sheet "Tổng hợp": the groups, the best and the worst, the paragraph for the report, and the charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from cchc_calc.excel.scoring.line_standing import class_formula, native_class
from cchc_calc.excel.scoring.looks import POINTS_FORMAT, class_look
from cchc_calc.excel.scoring.point_reading import Stored, rounded
from cchc_calc.excel.scoring.points_sheet import OFFICE_LABEL, YEAR_LABEL
from cchc_calc.excel.scoring.score_grid import Line, Part
from cchc_calc.excel.scoring.summary_cells import (
    COLUMN_PIXELS,
    FACTS,
    HELPERS,
    LAST_COLUMN,
    TABLE_HEADER,
    TABLE_PIXELS,
    SummaryCells,
)
from cchc_calc.excel.scoring.summary_charts import SummaryCharts
from cchc_calc.excel.scoring.summary_paragraph import (
    BEST_POINTS,
    MEAN,
    MEAN_CLASS,
    WORST_POINTS,
    ParagraphFormulas,
    count_text,
    paragraph_results,
    points_text,
    share_text,
)
from cchc_calc.excel.sheets.sheet_parts import add_sheet, protect, put_merged, put_text, set_paper
from cchc_calc.excel.sheets.styles import RATE_FORMAT, TEXT_SIZE
from cchc_calc.excel.sheets.text_fitting import row_height
from cchc_calc.rounding import format_number
from cchc_calc.scoring import paragraph
from cchc_calc.scoring.headings import POINTS_SHEET, SUMMARY_SHEET
from cchc_calc.scoring.scales import class_of

if TYPE_CHECKING:
    from fractions import Fraction

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.excel.builds import Build
    from cchc_calc.excel.scoring.scale_cells import ScaleCells
    from cchc_calc.excel.scoring.score_grid import ScoreGrid
    from cchc_calc.excel.scoring.written_scores import WrittenScores
    from cchc_calc.excel.sheets.styles import Styles

_TITLE: Final = "TỔNG HỢP KẾT QUẢ CHẤM ĐIỂM, XẾP HẠNG"
_GROUP_HEADERS: Final = ("Xếp loại", "Khoảng điểm", "Số đơn vị", "Tỷ lệ")
_TOTAL: Final = "Cộng"
_MEAN_DECIMALS: Final = 6
"""The mean is of points rounded to nine: beyond six decimals it may differ from the exact one."""
_WRAPPED_LINES: Final = 2


class _Fact(NamedTuple):
    name: str
    formula: str
    value: Stored
    style: str = "count"


@dataclass(frozen=True, slots=True)
class SummarySheet:
    """Writes the sheet in a build of the workbook."""

    book: Workbook
    styles: Styles
    grid: ScoreGrid
    scale: ScaleCells
    scores: WrittenScores
    build: Build

    def write(self) -> None:
        """Add the sheet."""
        sheet, cells = add_sheet(self.book, SUMMARY_SHEET), SummaryCells(len(self.scores.scale.classes))
        set_paper(sheet)
        for column, pixels in enumerate(COLUMN_PIXELS):
            sheet.set_column_pixels(column, column, pixels)
        sheet.set_column_pixels(HELPERS - 1, HELPERS - 1, 20)
        sheet.set_column_pixels(HELPERS, HELPERS + 2, 80)
        self._write_head(sheet)
        for line in range(TABLE_HEADER, cells.paragraph):
            sheet.set_row(line, row_height([("", TABLE_PIXELS)], TEXT_SIZE))
        self._write_groups(sheet, cells)
        self._write_facts(sheet, cells)
        self._write_paragraph(sheet, cells)
        charts = SummaryCharts(self.book, sheet, self.styles, self.grid, cells, self.scale, self.scores)
        charts.write_list()
        # A chart that runs over the end of a page is cut in two.
        sheet.set_h_pagebreaks([cells.after + 1])
        last = charts.draw(cells.after + 1)
        sheet.print_area(0, 0, last, LAST_COLUMN)
        protect(sheet)

    def _write_head(self, sheet: Worksheet) -> None:
        scoring, note = self.scores.scoring, self.scores.note
        put_merged(sheet, 0, (0, LAST_COLUMN), _TITLE, self.styles["title"])
        office, year = (f"'{POINTS_SHEET}'!$C${line + 1}" for line in (Line.OFFICE, Line.YEAR))
        known = [(OFFICE_LABEL, scoring.office), (YEAR_LABEL, scoring.year)]
        shown = "; ".join(f"{label} {value}" for label, value in known if value)
        formula = (
            f'=IF({office}="","","{OFFICE_LABEL} "&{office})&IF(OR({office}="",{year}=""),"","; ")'
            f'&IF({year}="","","{YEAR_LABEL} "&{year})'
        )
        self._write_merged(sheet, 1, formula, "subtitle", shown)
        cell = f"'{POINTS_SHEET}'!$A${Line.NOTE + 1}"
        self._write_merged(sheet, 2, f'=IF({cell}="","",{cell})', "mark", note)

    def _write_merged(self, sheet: Worksheet, line: int, formula: str, style: str, shown: str) -> None:
        put_merged(sheet, line, (0, LAST_COLUMN), "", self.styles[style])
        sheet.write_formula(line, 0, formula, self.styles[style], shown)
        sheet.set_row(line, row_height([(shown, TABLE_PIXELS)], TEXT_SIZE))

    def _write_groups(self, sheet: Worksheet, cells: SummaryCells) -> None:
        scoring, classes = self.scores.scoring, self.scores.scale.classes
        for column, heading in enumerate(_GROUP_HEADERS):
            put_text(sheet, TABLE_HEADER, column, heading, self.styles["header"])
        for column, heading in enumerate(("Viết số", "Viết tỷ lệ", "Viết điểm")):
            put_text(sheet, TABLE_HEADER, HELPERS + column, heading, self.styles["side header"])
        scored, area = sum(group.count for group in scoring.groups), self.grid.area(Part.POINTS)
        for place, (group, point_class) in enumerate(zip(scoring.groups, classes, strict=True)):
            line, share = cells.line(place), group.share
            count = f'=COUNTIF({area},">="&{self.scale.low(place)})' + (
                f"-SUM({cells.count(0)}:{cells.count(place - 1)})" if place else ""
            )
            put_text(sheet, line, 0, point_class.name, self.styles.sample(class_look(place, len(classes))))
            put_text(sheet, line, 1, paragraph.bounds_text(point_class, scoring.scale), self.styles["centred cell"])
            sheet.write_formula(line, 2, count, self.styles["count"], group.count)
            self._write_share(sheet, cells, place, "" if share is None else float(share))
            text = "" if share is None else paragraph.share_text(share)
            share_formula = f'=IF({cells.total}=0,"",{share_text(cells.count(place), cells.total)})'
            sheet.write_formula(line, HELPERS + 1, share_formula, self.styles["helper"], text)
        put_merged(sheet, cells.total_line, (0, 1), _TOTAL, self.styles["bold centred cell"])
        total = f"=SUM({cells.count(0)}:{cells.count(cells.classes - 1)})"
        sheet.write_formula(cells.total_line, 2, total, self.styles["count"], scored)
        self._write_share(sheet, cells, cells.classes, 1 if scored else "")
        for place, number in enumerate((*(group.count for group in scoring.groups), scored)):
            formula = f"={count_text(cells.count(place))}"
            sheet.write_formula(cells.line(place), HELPERS, formula, self.styles["helper"], f"{number:02}")

    def _write_share(self, sheet: Worksheet, cells: SummaryCells, place: int, share: Stored) -> None:
        formula = f'=IF({cells.total}=0,"",{cells.count(place)}/{cells.total})'
        sheet.write_formula(cells.line(place), 3, formula, self.styles.value(RATE_FORMAT), share)

    def _write_facts(self, sheet: Worksheet, cells: SummaryCells) -> None:
        for place, fact in enumerate(self._facts(cells)):
            line = TABLE_HEADER + place
            put_text(sheet, line, FACTS, fact.name, self.styles["bold cell"])
            look = self.styles.value(POINTS_FORMAT) if fact.style == POINTS_FORMAT else self.styles[fact.style]
            sheet.write_formula(line, FACTS + 1, fact.formula, look, fact.value)
        points, scoring = self._points(), self.scores.scoring
        shown = {BEST_POINTS: max(points, default=None), WORST_POINTS: min(points, default=None)}
        shown[MEAN] = scoring.mean
        mean_class = "" if scoring.mean is None else class_of(scoring.mean, scoring.scale)
        native = native_class(self.scale, cells.fact(MEAN))
        sheet.write_formula(TABLE_HEADER + MEAN_CLASS, HELPERS + 2, native, self.styles["helper"], mean_class)
        for place, value in shown.items():
            text = "" if value is None else format_number(value, 2)
            formula = f'=IF({cells.total}=0,"",{points_text(cells.fact(place))})'
            sheet.write_formula(TABLE_HEADER + place, HELPERS + 2, formula, self.styles["helper"], text)

    def _facts(self, cells: SummaryCells) -> tuple[_Fact, ...]:
        scoring, points, area = self.scores.scoring, self._points(), self.grid.area(Part.POINTS)
        named = sum(map(bool, self.scores.names))
        waiting = {score.given.unit for score in scoring.units if score.standing.points is None and score.given.unit}
        best, worst = (rounded(pick(points)) if points else "" for pick in (max, min))
        mean = "" if scoring.mean is None else rounded(scoring.mean, _MEAN_DECIMALS)
        mean_class = "" if scoring.mean is None else class_of(scoring.mean, scoring.scale)
        return (
            _Fact("Số dòng có tên đơn vị", f"=COUNT({self.grid.area(Part.NUMBER)})", named),
            _Fact("Đơn vị đã xếp loại", f"=COUNT({area})", len(points)),
            _Fact("Đơn vị chưa đủ điểm", f"=SUM({self.grid.area(Part.WAITING)})", len(waiting)),
            _Fact("Điểm cao nhất", f'=IF(COUNT({area})=0,"",MAX({area}))', best, POINTS_FORMAT),
            _Fact("Điểm thấp nhất", f'=IF(COUNT({area})=0,"",MIN({area}))', worst, POINTS_FORMAT),
            _Fact(
                "Điểm bình quân",
                f'=IF(COUNT({area})=0,"",ROUND(AVERAGE({area}),{_MEAN_DECIMALS}))',
                mean,
                POINTS_FORMAT,
            ),
            _Fact(
                "Điểm bình quân xếp loại",
                class_formula(self.scale, self.build, cells.fact(MEAN)),
                mean_class,
                "centred cell",
            ),
        )

    def _write_paragraph(self, sheet: Worksheet, cells: SummaryCells) -> None:
        put_merged(sheet, cells.paragraph, (0, LAST_COLUMN), paragraph.HEADING, self.styles["heading"])
        formulas = ParagraphFormulas(cells, self.grid).lines()
        results = paragraph_results(self.scores.scoring)
        numbered = enumerate(zip(formulas, results, strict=True), start=cells.paragraph + 1)
        for line, (formula, text) in numbered:
            put_merged(sheet, line, (0, LAST_COLUMN), "", self.styles["plain"])
            sheet.write_formula(line, 0, formula, self.styles["plain"], text)
            sheet.set_row(line, row_height([(text, TABLE_PIXELS)], TEXT_SIZE))
        if not self.scores.units:
            self._leave_room(sheet, cells)

    def _leave_room(self, sheet: Worksheet, cells: SummaryCells) -> None:
        """Leave two lines where names will be listed: merged cells do not grow."""
        room = row_height([("\n" * (_WRAPPED_LINES - 1), TABLE_PIXELS)], TEXT_SIZE)
        for place in (cells.classes, cells.classes + 1, cells.classes + 3):
            sheet.set_row(cells.paragraph + 1 + place, room)

    def _points(self) -> list[Fraction]:
        standings = (score.standing.points for score in self.scores.units)
        return [points for points in standings if points is not None]
