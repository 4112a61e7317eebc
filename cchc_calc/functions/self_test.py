"""The function that says in its cell whether the functions work here, and with which version."""

from __future__ import annotations

import sys
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from cchc_calc.functions.cell_values import is_blank
from cchc_calc.functions.grids import one_cell, quoted
from cchc_calc.functions.rates import rate
from cchc_calc.rounding import format_percent
from cchc_calc.version import VERSION

if TYPE_CHECKING:
    from cchc_calc.functions.grids import Cells

_KNOWN: Final = Fraction(424, 425)


def self_test(made_with: Cells | None = None) -> str:
    """Compute a known answer and name the versions; warn when the workbook was made with another version.

    >>> self_test()[:4], self_test("9.9")[:18]
    ('Đạt:', 'Phiên bản khác nha')
    """
    answer = rate("on_time_rate", [float(_KNOWN.numerator), float(_KNOWN.denominator)])
    python = ".".join(map(str, sys.version_info[:3]))
    if answer != float(_KNOWN):
        return f"Không đạt: 424/425 tính ra {answer}. Hãy cài lại cchc_calc (đang là bản {VERSION}, Python {python})."
    workbook = None if made_with is None else one_cell(made_with, "Phiên bản")
    if not is_blank(workbook) and _release(str(workbook)) != _release(VERSION):
        return (
            f"Phiên bản khác nhau: tệp này làm bằng cchc_calc {quoted(workbook)}, máy đang dùng bản {VERSION}. "
            "Hãy tải mẫu mới, hoặc cài đúng bản đó, rồi mở lại tệp."
        )
    return f"Đạt: cchc_calc {VERSION}, Python {python}, 424/425 = {format_percent(_KNOWN)}"


def _release(version: str) -> list[str]:
    """Return the part of a version within which workbooks and functions fit each other."""
    return version.strip().split(".")[:2]
