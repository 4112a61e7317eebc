"""What the cells of a sheet hold, as a formula sees it: a date is a number there, and so is a percentage."""

from __future__ import annotations

import warnings
from datetime import date, time, timedelta
from typing import TYPE_CHECKING, Any

from cchc_calc.outcomes import SEND_AGAIN, refusal

if TYPE_CHECKING:
    from collections.abc import Collection

    from cchc_calc.excel.binding.sheet_cells import Place
    from cchc_calc.excel.cell_reading import Typed
    from cchc_calc.excel.readers.workbook_parts import WorkbookParts
    from cchc_calc.package import Package


def read_typed(package: Package, parts: WorkbookParts, sheet: str, places: Collection[Place]) -> dict[Place, Typed]:
    """Read these cells of a sheet; the result of a formula is what was stored, a blank cell is left out.

    Raises SourceRefusedError F05 for a workbook that the library cannot open.
    """
    # The import takes a tenth of a second, and most commands need none of it.
    from openpyxl import load_workbook

    wanted = set(places)
    names = (name for name in parts.names if name in package)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of every extension that it does not read; only values are read here.
            warnings.simplefilter("ignore")
            book = load_workbook(package.repack(names), read_only=True, data_only=True, keep_links=False)
            # What a sheet says about its own size is a claim, and may be a lie.
            book[sheet].reset_dimensions()
            lines = enumerate(book[sheet].iter_rows(values_only=True), start=1)
            return {
                (row, column): _as_formula_sees(value, book.epoch)
                for row, values in lines
                for column, value in enumerate(values, start=1)
                if value is not None and (row, column) in wanted
            }
    except Exception:  # noqa: BLE001 - whatever a broken file makes the library raise, the file is at fault
        raise refusal(package.source, "F05", "cấu trúc tệp Excel bị hỏng.", SEND_AGAIN) from None


# The stubs of openpyxl do not know the values of its read-only mode, hence Any.
def _as_formula_sees(value: Any, epoch: Any) -> Typed:
    if isinstance(value, date | time | timedelta):
        from openpyxl.utils.datetime import to_excel

        number: float = to_excel(value, epoch)  # type: ignore[no-untyped-call]  # the stubs leave it bare
        return number
    typed: Typed = value
    return typed
