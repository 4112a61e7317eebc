"""The builds of one workbook: who computes its cells, and whether it brings macros along."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

from cchc_calc.errors import FormError

if TYPE_CHECKING:
    from pathlib import Path

MACRO_SUFFIX: Final = ".xlsm"


class Build(Enum):
    """Native formulas; calls of the CCHC_* functions; such calls with the macros that carry them to Python."""

    NATIVE = "excel"
    CALLS = "python"
    MACROS = "macros"

    @property
    def calls_python(self) -> bool:
        """Tell whether the computed cells of the form call the functions."""
        return self is not Build.NATIVE


def build_for(path: Path, functions: str | None) -> Build:
    """Choose the build of a file: .xlsm has macros and calls, .xlsx has native formulas unless calls are asked for.

    ``functions`` is "excel", "python", or ``None`` for what the name of the file says. Raises ``FormError``
    for macros with native formulas, which would have nothing to do, and for another name.

    >>> from pathlib import Path
    >>> build_for(Path("bieu-mau.xlsx"), None), build_for(Path("bieu-mau.xlsm"), None)
    (<Build.NATIVE: 'excel'>, <Build.MACROS: 'macros'>)
    """
    if functions not in {None, "excel", "python"}:
        raise FormError(f"không có bản biểu mẫu với hàm {functions!r}; chỉ có “excel” và “python”")
    if path.suffix.lower() != MACRO_SUFFIX:
        return Build.CALLS if functions == "python" else Build.NATIVE
    if functions == "excel":
        raise FormError("tệp .xlsm luôn gọi hàm Python; muốn công thức thường của Excel thì ghi ra tệp .xlsx")
    return Build.MACROS
