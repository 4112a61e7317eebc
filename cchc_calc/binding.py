"""Functions bound into an office's own template: a new file, and a list of what was done."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from cchc_calc.atomic import replacing
from cchc_calc.errors import CchcError
from cchc_calc.outcomes import refusal
from cchc_calc.sources import admit_source, read_admitted

if TYPE_CHECKING:
    from cchc_calc.excel.binding.result import Binding

OUTPUT_SUFFIXES: Final = {"xlsx": (".xlsx", ".xlsm"), "xlsm": (".xlsm",)}
"""What a template of a kind may become: macros can be added, and are never taken away."""

_WITH_MACROS: Final = ".xlsm"


def bind_template(
    template: str | Path, output: str | Path, *, sheet: str = "", functions: str = "python", replace: bool = False
) -> Binding:
    """Write a copy of an office's template whose computed cells compute themselves.

    ``sheet`` names the sheet to bind where several hold the form. ``functions`` is "python" for calls of the
    CCHC_* functions, "excel" for native formulas. An output that ends in .xlsm gets the macros that carry the
    calls to Python; in an .xlsx they need a host that brings the functions. Formulas of the office stay unless
    ``replace`` is set. The template is never written; the output is written aside and renamed.

    Raises SourceRefusedError for a template that cannot be bound (F00 to F14, B01, B02, B03, S02, S10, S13 to
    S19), CchcError for an output of another kind or in the template's own place and for macros that cannot be
    added, OSError for a folder that cannot be written.
    """
    template, output = Path(template), Path(output)
    if output.resolve() == template.resolve():
        msg = "tệp kết quả trùng tệp mẫu; hãy đặt tên khác, tệp mẫu không bao giờ bị ghi đè."
        raise CchcError(msg)
    admitted = admit_source(template)
    if admitted.kind not in OUTPUT_SUFFIXES:
        message = "chỉ gắn được hàm vào tệp .xlsx hoặc .xlsm."
        remedy = "Mở tệp bằng Excel, chọn Lưu thành (Save As), loại Excel Workbook (.xlsx), rồi làm lại."
        raise refusal(admitted.name, "F04", message, remedy)
    if output.suffix.lower() not in OUTPUT_SUFFIXES[admitted.kind]:
        allowed = " hoặc ".join(OUTPUT_SUFFIXES[admitted.kind])
        msg = f"tệp mẫu là .{admitted.kind} nên tệp kết quả phải có đuôi {allowed}."
        raise CchcError(msg)
    macros = output.suffix.lower() == _WITH_MACROS and functions == "python"
    if admitted.kind == "xlsx" and output.suffix.lower() == _WITH_MACROS and not macros:
        msg = "công thức thường của Excel không cần macro: hãy ghi ra tệp .xlsx, hoặc gắn bằng --functions python."
        raise CchcError(msg)
    from cchc_calc.excel.binding.patched_package import bind_package

    document = read_admitted(admitted)
    data, binding = bind_package(admitted, document, sheet=sheet, functions=functions, replace=replace, macros=macros)
    with replacing(output) as part:
        part.write_bytes(data)
    return binding
