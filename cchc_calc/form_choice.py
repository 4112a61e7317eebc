"""Which table of a document holds the form, and of which edition it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.form_files import editions, form_ids, load_form
from cchc_calc.letterhead import find_unit
from cchc_calc.outcomes import refusal
from cchc_calc.row_matching import Matching, match_rows
from cchc_calc.spelling import comparison_key
from cchc_calc.table_layout import find_header

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cchc_calc.catalogue import Form
    from cchc_calc.document import Document
    from cchc_calc.periods import Period
    from cchc_calc.stamp import Stamp
    from cchc_calc.table_layout import Layout

_SMALLEST_SHARE: Final = 4
"""A table of which less than one row in so many is the form's is another table."""
_ONE_UNIT: Final = "Lưu biểu mẫu của mỗi đơn vị thành một tệp riêng, rồi nộp lại từng tệp."
_ONE_TABLE: Final = "Chỉ giữ lại bảng của kỳ báo cáo này trong tệp, rồi nộp lại."


@dataclass(frozen=True, slots=True)
class FormChoice:
    """The table that holds the form, with its lines matched. ``fits`` tells that the stamp, if any, is right."""

    form: Form
    layout: Layout
    matching: Matching
    fits: bool = True

    @property
    def is_whole(self) -> bool:
        """Tell whether every line has its row and every row its line."""
        return not self.matching.unknown and self.missing == 0

    @property
    def missing(self) -> int:
        """Count the rows of the form without a line."""
        return len(self.form.rows) - len(self.matching.lines) - len(self.matching.refused)

    @property
    def figures(self) -> dict[str, str]:
        """Return what stands in the cells of figures, by address."""
        lines = self.matching.lines | self.matching.refused
        cells = ((address, line.value) for address, line in lines.items())
        return {address: cell.text or cell.fault for address, cell in cells if cell.text or cell.fault}

    @property
    def place(self) -> str:
        """Name the table in a message."""
        return f"“{self.layout.name}”" if self.layout.name else self.layout.lines[0].where


def choose_form(
    document: Document, layouts: tuple[Layout, ...], stamp: Stamp | None, period: Period | None
) -> FormChoice | None:
    """Choose the table that holds the form, or give ``None``; a second one has to be empty or say the same.

    The stamp decides the edition, unless the lines are plainly those of another one.

    Raises SourceRefusedError: X01 for the forms of two units; S02 for two tables with different figures, or a second
    sheet whose name differs in blanks alone; S09 for an edition that is not held here; S10 for two columns of figures.
    """
    if stamp is not None and not stamp.is_known:
        raise refusal(
            document.source,
            "S09",
            f"biểu mẫu {stamp.form} năm {stamp.edition} ({stamp.where}) là phiên bản mà phần mềm chưa có; "
            f"đang có các năm {', '.join(editions(stamp.form))}.",
            "Cập nhật phần mềm, hoặc chép số liệu sang biểu mẫu của năm đang áp dụng (lệnh cchc new) rồi nộp lại.",
        )
    found = [choice for layout in layouts if (choice := _of_edition(layout, stamp, period)) is not None]
    filled = [choice for choice in found if choice.figures] or found
    if not filled:
        return None
    chosen = filled[0]
    _refuse_several_units(document, filled)
    if any(other.figures != chosen.figures for other in filled):
        places = " và ".join(dict.fromkeys(other.place for other in filled))
        message = f"biểu mẫu có ở nhiều nơi với số liệu khác nhau: {places}; không rõ nơi nào là của kỳ báo cáo này."
        raise refusal(document.source, "S02", message, _ONE_TABLE)
    _refuse_twin_sheet(document, chosen.layout.name)
    if rivals := chosen.layout.rivals:
        names = " và ".join(f"“{name}”" for name in rivals)
        message = f"biểu mẫu có nhiều cột số liệu: {names}; không rõ cột nào là của kỳ báo cáo này."
        remedy = "Đặt tên “Số liệu” cho cột của kỳ báo cáo này, đổi tên hoặc xóa cột kia, rồi nộp lại."
        raise refusal(document.source, "S10", message, remedy)
    return chosen


def _refuse_several_units(document: Document, filled: Sequence[FormChoice]) -> None:
    """Refuse sheets with the forms of several units: one of them would count, and the others be lost."""
    units: dict[str, str] = {}
    for choice in filled:
        if unit := _unit_above(document, choice.layout.name):
            units.setdefault(unit, choice.place)
    if len(units) > 1:
        named = " và ".join(f"{unit} ({place})" for unit, place in units.items())
        message = f"tệp có biểu mẫu của {len(units)} đơn vị: {named}."
        raise refusal(document.source, "X01", message, _ONE_UNIT)


def _unit_above(document: Document, sheet: str) -> str:
    """Name the unit in the title above the form of a sheet."""
    for table in document.tables:
        header = find_header(table) if sheet and table.name == sheet else None
        above = table.rows[: header[0]] if header is not None else ()
        for cell in (cell for row in above for cell in row if cell.text):
            if unit := find_unit(cell.text, (), ()):
                return unit
    return ""


def _refuse_twin_sheet(document: Document, sheet: str) -> None:
    """Refuse a second sheet, also a hidden one, whose name an official cannot tell from that of the form."""
    key = comparison_key(sheet)
    sheets = (*document.workbook.sheets, *document.workbook.hidden_sheets)
    twins = [name for name in sheets if comparison_key(name) == key]
    if len(twins) > 1:
        names = " và ".join(f"“{name}”" for name in twins)
        message = (
            f"tệp có các trang tên gần như giống hệt nhau: {names} (có thể có trang bị ẩn); không rõ trang nào đúng."
        )
        raise refusal(document.source, "S02", message, _ONE_TABLE)


def _of_edition(layout: Layout, stamp: Stamp | None, period: Period | None) -> FormChoice | None:
    if stamp is None:
        return _best_edition(layout, _all_forms(), period)
    stamped = _best_edition(layout, [load_form(stamp.form, stamp.edition)], period)
    if stamped is not None and not stamped.matching.unknown:
        return stamped
    other = _best_edition(layout, _all_forms(), period)
    if other is not None and other.is_whole:
        return FormChoice(other.form, other.layout, other.matching, fits=False)
    return stamped


def _all_forms() -> list[Form]:
    return [load_form(name, edition) for name in form_ids() for edition in editions(name)]


def _best_edition(layout: Layout, forms: list[Form], period: Period | None) -> FormChoice | None:
    """Choose the edition of a table: the one that has a place for every line.

    Between editions that have, the period decides, so that a ward of 2023 that deleted the district's rows
    is told which rows are missing.
    """
    candidates = []
    for form in forms:
        choice = FormChoice(form, layout, match_rows(form, layout.lines))
        if (len(form.rows) - choice.missing) * _SMALLEST_SHARE < len(form.rows):
            continue
        valid = _is_valid(form, period)
        if valid and choice.is_whole:
            return choice
        candidates.append(((choice.matching.unknown, not valid, choice.missing), choice))
    return min(candidates, key=lambda candidate: candidate[0])[1] if candidates else None


def _is_valid(form: Form, period: Period | None) -> bool:
    if period is None:
        return True
    return form.valid_from <= period.end and (form.valid_to is None or period.start <= form.valid_to)
