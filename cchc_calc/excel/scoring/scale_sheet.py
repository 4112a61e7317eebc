"""The sheet "Thang điểm": the classes with their bounds, and the criteria with what earns their points, all sourced."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.excel.scoring.point_reading import as_number
from cchc_calc.excel.scoring.scale_cells import HIGHEST_LINE, ID_LINE, ScaleCells
from cchc_calc.excel.sheets.cover import vietnamese_date
from cchc_calc.excel.sheets.sheet_parts import add_sheet, protect, put_merged, put_text, set_paper
from cchc_calc.excel.sheets.styles import TEXT_SIZE
from cchc_calc.excel.sheets.text_fitting import row_height
from cchc_calc.scoring.criteria import DOSSIER, UNIT
from cchc_calc.scoring.headings import SCALE_ID, SCALE_SHEET
from cchc_calc.scoring.notation import points_text
from cchc_calc.scoring.paragraph import bounds_text

if TYPE_CHECKING:
    from fractions import Fraction

    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.excel.sheets.styles import Styles
    from cchc_calc.scoring.criteria import Criterion
    from cchc_calc.scoring.scales import Scale

_PIXELS: Final = (150, 76, 330, 120, 130, 360)
_LAST: Final = len(_PIXELS) - 1
_TITLE_LINE: Final = 0
_HINT_LINE: Final = 1
_HINT: Final = (
    "Thang điểm là dữ liệu của phần mềm: mỗi mốc ghi nguồn và mức chắc chắn. Mốc nào chưa kiểm chứng thì đối chiếu với "
    "văn bản trước khi dùng."
)
_MARKS: Final = {
    "V": "Đã kiểm chứng",
    "V-code": "Theo mã nguồn công khai",
    "M": "Theo trí nhớ, chưa đối chiếu",
    "I": "Suy luận",
}
_LEVELS: Final = ((DOSSIER, "từng hồ sơ"), (UNIT, "cả đơn vị"))
_CLASS_HEADERS: Final = ("Xếp loại", "Từ (điểm)", "Khoảng điểm", "", "Mức chắc chắn", "Nguồn")
_CRITERION_HEADERS: Final = ("Tiêu chí", "Điểm tối đa", "Nội dung", "Chấm theo", "Mức chắc chắn", "Nguồn")
_BAND_HEADERS: Final = ("Tiêu chí", "Điểm", "Mức đạt được", "", "Mức chắc chắn", "Nguồn")


def write_scale_sheet(book: Workbook, styles: Styles, scale: Scale, note: str) -> None:
    """Add the sheet; what it says is read out of the scale."""
    sheet, cells = add_sheet(book, SCALE_SHEET), ScaleCells(scale)
    set_paper(sheet)
    for column, pixels in enumerate(_PIXELS):
        sheet.set_column_pixels(column, column, pixels)
    put_merged(sheet, _TITLE_LINE, (0, _LAST), "THANG ĐIỂM", styles["title"])
    put_merged(sheet, _HINT_LINE, (0, _LAST), _HINT, styles["note"])
    sheet.set_row(_HINT_LINE, row_height([(_HINT, sum(_PIXELS))], TEXT_SIZE))
    _write_facts(sheet, styles, scale)
    _write_header(sheet, styles, cells.first_class - 1, "Xếp loại theo điểm", _CLASS_HEADERS)
    for at, point_class in enumerate(scale.classes, start=cells.first_class):
        texts = (point_class.name, "", bounds_text(point_class, scale), "", point_class.mark, point_class.source)
        _write_line(sheet, styles, at, texts, point_class.low)
    at = cells.first_class + len(scale.classes)
    if scale.criteria:
        _write_header(sheet, styles, cells.first_criterion - 1, "Các tiêu chí", _CRITERION_HEADERS)
        for at, criterion in enumerate(scale.criteria, start=cells.first_criterion):
            texts = (_name(criterion), "", criterion.name, _levels(criterion), criterion.mark, criterion.source)
            _write_line(sheet, styles, at, texts, criterion.maximum)
        at = _write_bands(sheet, styles, at + 3, scale)
    if note:
        put_merged(sheet, at + 1, (0, _LAST), note, styles["mark"])
        at += 1
    sheet.print_area(0, 0, at, _LAST)
    protect(sheet)


def _write_facts(sheet: Worksheet, styles: Styles, scale: Scale) -> None:
    until = "" if scale.valid_to is None else f" đến {vietnamese_date(scale.valid_to)}"
    rule = scale.not_applicable
    inapplicable = f"Điểm = tổng điểm × {points_text(scale.highest)} : điểm tối đa của các tiêu chí áp dụng"
    facts: tuple[tuple[str, Fraction | str], ...] = (
        (SCALE_ID, scale.id),
        ("Tên thang điểm", scale.title),
        ("Nguồn", scale.source),
        ("Áp dụng", f"từ {vietnamese_date(scale.valid_from)}{until}"),
        ("Thấp nhất", scale.lowest),
        ("Cao nhất", scale.highest),
        ("Tiêu chí không áp dụng", f"{inapplicable}. {rule.source}"),
    )
    for at, (name, value) in enumerate(facts, start=ID_LINE):
        put_text(sheet, at, 0, name, styles["bold cell"])
        put_merged(sheet, at, (1, _LAST), "", styles["cell"])
        if isinstance(value, str):
            put_text(sheet, at, 1, value, styles["cell"])
            sheet.set_row(at, row_height([(name, _PIXELS[0]), (value, sum(_PIXELS[1:]))], TEXT_SIZE, bold=True))
        else:
            sheet.write_number(at, 1, as_number(value), styles["cell"])
            sheet.set_row(at, row_height([(name, _PIXELS[0])], TEXT_SIZE))
    assert facts[HIGHEST_LINE - ID_LINE][0] == "Cao nhất"  # noqa: S101 - formulas read this cell


def _write_bands(sheet: Worksheet, styles: Styles, top: int, scale: Scale) -> int:
    """Write what earns the points of criteria, from below the line ``top`` on; return the last line."""
    bands = [(criterion, band) for criterion in scale.criteria for band in criterion.bands]
    rates = [(criterion, criterion.threshold) for criterion in scale.criteria if criterion.threshold is not None]
    if not bands and not rates:
        return top - 3
    _write_header(sheet, styles, top, "Mức điểm của từng tiêu chí", _BAND_HEADERS)
    at = top
    for criterion, band in bands:
        at += 1
        _write_line(sheet, styles, at, (_name(criterion), "", band.condition, "", band.mark, band.source), band.points)
    for criterion, threshold in rates:
        at += 1
        _write_line(
            sheet,
            styles,
            at,
            (_name(criterion), "", _rate(criterion.maximum, threshold), "", criterion.mark, criterion.source),
            criterion.maximum,
        )
    return at


def _write_header(sheet: Worksheet, styles: Styles, at: int, title: str, names: tuple[str, ...]) -> None:
    put_merged(sheet, at - 1, (0, _LAST), title, styles["heading"])
    for column, name in enumerate(names):
        put_text(sheet, at, column, name, styles["header"])
    if not names[3]:
        put_merged(sheet, at, (2, 3), names[2], styles["header"])


def _write_line(sheet: Worksheet, styles: Styles, at: int, texts: tuple[str, ...], points: Fraction) -> None:
    name, _, content, level, mark, source = texts
    put_text(sheet, at, 0, name, styles["bold cell"])
    sheet.write_number(at, 1, as_number(points), styles["centred cell"])
    if level:
        put_text(sheet, at, 2, content, styles["cell"])
        put_text(sheet, at, 3, level, styles["centred cell"])
    else:
        put_merged(sheet, at, (2, 3), content, styles["cell"])
    put_text(sheet, at, 4, _MARKS[mark], styles["centred cell"])
    put_text(sheet, at, 5, source, styles["cell"])
    room = _PIXELS[2] if level else _PIXELS[2] + _PIXELS[3]
    sizes = [(name, _PIXELS[0]), (content, room), (level, _PIXELS[3]), (_MARKS[mark], _PIXELS[4]), (source, _PIXELS[5])]
    sheet.set_row(at, row_height(sizes, TEXT_SIZE))


def _name(criterion: Criterion) -> str:
    return f"Tiêu chí {criterion.number}"


def _levels(criterion: Criterion) -> str:
    return " hoặc ".join(name for level, name in _LEVELS if level in criterion.levels)


def _rate(maximum: Fraction, threshold: Fraction) -> str:
    full = f"{points_text(threshold * 100)}%"
    return f"Tỷ lệ từ {full} trở lên: đủ điểm; thấp hơn: tỷ lệ × {points_text(maximum)} : {full}"
