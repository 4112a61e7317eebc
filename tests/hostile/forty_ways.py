"""Forty files of which none may count, each for a reason of its own: containers, sheets, cells, units and periods."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from hostile.cases import BUILDERS, CASES
from hostile.cell_cases import NAMED, built
from hostile.many_files import (
    COLLECTIONS,
    FORM_2025,
    QUARTER_BEFORE,
    changed_after_the_seal,
    in_thousands,
    sent,
    written,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from benchmarks.made_units import MadeUnit

_FILES = (
    "bomb-150MB", "size-too-small", "overlapping-parts", "million-rows", "2001-parts", "password", "xls-renamed",
    "xlsb-renamed", "ods-renamed", "html-renamed", "csv-renamed", "pdf-renamed", "empty", "cut-in-half",
    "flipped-byte-in-the-sheet", "part-twice", "part-above-the-package", "excel-4-macro-sheet", "embedded-object",
    "data-connection", "billion-laughs", "xxe-file", "rows-in-another-namespace", "form-sheet-missing",
    "form-on-two-sheets", "edition-not-held", "header-missing", "rows-disordered", "cell-outside-the-grid",
    "string-out-of-range",
)  # fmt: skip
_CELLS = ("76 NaN", "87 kết quả cũ của công thức toàn số", "90 DDE")
_UNITS: dict[str, tuple[str, Callable[[MadeUnit], bytes]]] = {
    "quý khác": ("X01", lambda unit: sent(unit, QUARTER_BEFORE).data),
    "số liệu tính bằng nghìn": ("X01", lambda unit: in_thousands(unit).data),
    "hai phường một tệp": ("X01", lambda _: COLLECTIONS["two-wards-in-one-workbook"]().files["hai phường.xlsx"].data),
    "đơn vị lạ": ("X03", lambda unit: sent(replace(unit, name="UBND phường Không Tên")).data),
    "thành phố lẫn với phường": ("X04", lambda unit: written(replace(unit, name="UBND thành phố Tân An")).data),
    "biểu mẫu bản khác": ("X05", lambda unit: written(unit, form=FORM_2025).data),
    "sửa sau khi chốt": ("X07", lambda unit: changed_after_the_seal(unit).data),
}


def forty_files(unit: MadeUnit) -> dict[str, tuple[bytes, str]]:
    """Make the files by name, each with the code under which it is refused; ``unit`` fills those that are forms.

    The unit has to be in the register, and to have sent nothing else.
    """
    files = {name: (BUILDERS[name](), CASES[name]["code"]) for name in _FILES}
    files |= {
        name: (built(NAMED[name], NAMED[name].get("bases", ["office"])[0]), NAMED[name]["code"]) for name in _CELLS
    }
    files |= {name: (make(unit), code) for name, (code, make) in _UNITS.items()}
    return {f"hỏng {number:02d} {name}.xlsx": one for number, (name, one) in enumerate(files.items(), 1)}
