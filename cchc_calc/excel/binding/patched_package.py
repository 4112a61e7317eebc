"""A workbook with functions bound into its form: the package of the office, with a few parts changed."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Final

from cchc_calc.errors import CchcError
from cchc_calc.excel.binding.bound_form import BoundForm
from cchc_calc.excel.binding.form_places import find_form
from cchc_calc.excel.binding.inputs import look_at_inputs
from cchc_calc.excel.binding.macro_sheets import VISIBLE_SHEETS, macro_project, macro_sheets
from cchc_calc.excel.binding.new_cells import with_new_cells
from cchc_calc.excel.binding.office_formulas import read_office_formulas
from cchc_calc.excel.binding.operand_sheet import OPERAND_SHEET
from cchc_calc.excel.binding.rate_styles import read_styles
from cchc_calc.excel.binding.result import Binding
from cchc_calc.excel.binding.sheet_cells import first_place, read_sheet_cells
from cchc_calc.excel.binding.typed_cells import read_typed
from cchc_calc.excel.binding.workbook_lists import is_calculated_by_hand, plan_sheets, with_sheets
from cchc_calc.excel.patching.packages import patched
from cchc_calc.excel.patching.parts import is_signed
from cchc_calc.excel.readers.workbook_parts import read_workbook_parts
from cchc_calc.excel.vba.workbook_package import with_project
from cchc_calc.outcomes import RESAVE, refusal
from cchc_calc.package import Package

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from cchc_calc.document import Document
    from cchc_calc.excel.binding.form_places import FormPlaces
    from cchc_calc.excel.binding.result import LeftCell
    from cchc_calc.excel.binding.workbook_lists import AddedSheet
    from cchc_calc.gate import Admitted

_UTF_8_STARTS: Final = (b"<", b"\xef\xbb\xbf<")
_ENCODING = re.compile(rb"""(?:\xef\xbb\xbf)?<\?xml[^>]*?encoding\s*=\s*["']([^"'>]*)["']""")


def bind_package(
    admitted: Admitted, document: Document, *, sheet: str, functions: str, replace: bool, macros: bool
) -> tuple[bytes, Binding]:
    """Bind the functions into a workbook that was read as ``document``; give the new file and what was done.

    Parts that need no change are kept byte for byte. ``sheet`` names the sheet of the form, or is empty where
    only one holds it. ``functions`` is "python" or "excel"; ``replace`` lets formulas of the office be replaced;
    ``macros`` adds the macros that carry the calls to Python.

    Raises SourceRefusedError: B01 for a signed workbook, B02 where no cell can be bound, B03 for our own
    template, S02 and S10 as ``find_form`` does, F05 and F12 for parts that cannot be changed safely; CchcError
    for macros of the workbook that ours cannot stand beside.
    """
    places = find_form(document, sheet)
    _refuse_our_own(places)
    # The readers may have turned a part into UTF-8 for themselves; what is written has to be the original.
    package = Package(admitted.name, admitted.data)
    _refuse_signed(package)
    parts = read_workbook_parts(admitted.parts)
    sheet_part = next(one.part for one in parts.sheets if one.is_visible and one.name == places.sheet)
    for part in (sheet_part, parts.styles, parts.workbook):
        _require_utf_8(package, part)
    project = macro_project(package) if macros else None
    sheets = {OPERAND_SHEET: b""} | (macro_sheets() if project is not None else {})
    added = plan_sheets(package, parts.workbook, {name: name not in VISIBLE_SHEETS for name in sheets})
    _require_names(package, added, sheets)
    cells = read_sheet_cells(package.source, places.sheet, package.read(sheet_part))
    styles = read_styles(package.source, package.read(parts.styles))
    typed = read_typed(admitted.parts, parts, places.sheet, {*places.cells.values(), *map(first_place, cells.merged)})
    form = BoundForm.of(places, cells, styles, typed, added=added[0].name, functions=functions)
    left = form.left(replace=replace)
    if form.has_typed_formulas:
        left = form.left_in_circle(left, read_office_formulas(admitted.parts, parts))
    bound = form.bound(left)
    if not bound:
        raise _nothing_bound(package, left)
    new_styles, copies = styles.with_formats(form.wanted_formats(bound))
    sheets[OPERAND_SHEET] = form.hidden_sheet(bound)
    changes = with_sheets(package, parts.workbook, added)
    changes |= {sheet.part: xml for sheet, xml in zip(added, sheets.values(), strict=True)}
    changes[sheet_part] = with_new_cells(cells, form.new_cells(bound, copies))
    if copies:
        changes[parts.styles] = new_styles
    data = patched(package, changes)
    names = tuple(sheet.name for sheet in added)
    binding = Binding(
        package.source,
        places.form,
        places.sheet,
        names,
        functions,
        bound,
        tuple(left.values()),
        look_at_inputs(form),
        is_calculated_by_hand(package, parts.workbook),
    )
    return (data if project is None else with_project(Package(package.source, data), project)), binding


def _nothing_bound(package: Package, left: Mapping[str, LeftCell]) -> Exception:
    reasons = Counter(one.reason for one in left.values())
    told = "; ".join(f"{count} ô: {reason}" for reason, count in reasons.most_common())
    message = f"không gắn được hàm vào ô nào trong {len(left)} ô tính ({told})."
    return refusal(package.source, "B02", message, "Sửa biểu theo lý do đã nêu rồi làm lại; tệp gốc vẫn nguyên.")


def _require_names(package: Package, added: Sequence[AddedSheet], names: Iterable[str]) -> None:
    """Refuse a workbook with a sheet of a name that a program looks for; only the first may have another."""
    taken = [name for sheet, name in zip(added, names, strict=True) if sheet.name != name and sheet != added[0]]
    if taken:
        msg = f"{package.source}: đã có trang “{taken[0]}”, nên không thêm được macro; hãy gắn ra tệp .xlsx."
        raise CchcError(msg)


def _refuse_our_own(places: FormPlaces) -> None:
    if places.report.is_stamped:
        message = "tệp này là biểu mẫu của cchc, các ô tính đã có sẵn công thức hoặc hàm."
        remedy = "Cứ dùng luôn; muốn đổi giữa công thức và hàm thì chạy: cchc fill TỆP -o TỆP_MỚI.xlsx hoặc .xlsm."
        raise refusal(places.report.source, "B03", message, remedy)


def _refuse_signed(package: Package) -> None:
    if is_signed(package):
        message = "tệp có chữ ký số; thêm hàm vào sẽ làm chữ ký mất hiệu lực."
        raise refusal(package.source, "B01", message, "Dùng bản chưa ký, gắn hàm xong rồi mới ký.")


def _require_utf_8(package: Package, part: str) -> None:
    xml = package.read(part) if part in package else b""
    declared = _ENCODING.match(xml)
    if not xml.startswith(_UTF_8_STARTS) or (declared is not None and declared[1].lower() != b"utf-8"):
        message = f"phần {part or 'định dạng'} trong tệp không có, hoặc không ghi bằng mã UTF-8."
        raise refusal(package.source, "F12", message, RESAVE)
