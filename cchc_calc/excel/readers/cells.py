"""What a spreadsheet stores in a cell, turned into what an official sees there."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Final, TypeAlias

from cchc_calc.document import BOOLEAN_FAULT, DATE_FAULT, Cell
from cchc_calc.excel.readers.number_formats import GENERAL, figure_text, stored_figure

Stored: TypeAlias = str | bool | int | float | date | time | timedelta | None
"""A value as the spreadsheet libraries give it; datetime is a date."""

TIME_FAULT: Final = "ô thời gian"
NO_RESULT: Final = "công thức chưa có kết quả: mở bằng Excel rồi lưu lại"
FROM_ANOTHER_FILE: Final = "công thức lấy số liệu từ tệp khác"


def error_fault(error: str) -> str:
    """Say that a cell holds an error value.

    >>> error_fault("#DIV/0!")
    'lỗi #DIV/0!'
    """
    return f"lỗi {error}"


def make_cell(
    stored: Stored, where: str, *, number_format: str = GENERAL, fault: str = "", computed: bool = False
) -> Cell | None:
    """Make the cell of a stored value, or None where there is nothing to see.

    A value that is no figure of an official gets a fault of its own; ``fault`` is what is already known.

    >>> make_cell(0.997, "A!D5", number_format="0.0%")
    Cell(text='99,7%', where='A!D5', fault='', computed=False, number=Decimal('0.997'))
    """
    if stored is None or stored == "":
        return Cell("", where, fault, computed) if fault or computed else None
    if isinstance(stored, str):
        return Cell(stored, where, fault, computed)
    if isinstance(stored, bool):
        return Cell("TRUE" if stored else "FALSE", where, fault or BOOLEAN_FAULT, computed)
    if isinstance(stored, int | float):
        number = stored_figure(stored, computed=computed)
        return Cell(figure_text(number, number_format), where, fault, computed, number)
    is_time = isinstance(stored, time | timedelta)
    return Cell(moment_text(stored), where, fault or (TIME_FAULT if is_time else DATE_FAULT), computed)


def moment_text(stored: date | time | timedelta) -> str:
    """Write a date, with its time of the day if it has one, a time or a duration, as an official reads it.

    >>> moment_text(datetime(2023, 3, 15, 7, 30)), moment_text(timedelta(hours=36))
    ('15/03/2023 07:30', '36:00')
    """
    if isinstance(stored, datetime) and (stored.hour or stored.minute):
        return f"{stored:%d/%m/%Y %H:%M}"
    if isinstance(stored, date):
        return f"{stored:%d/%m/%Y}"
    return f"{stored:%H:%M}" if isinstance(stored, time) else _duration(stored)


def _duration(stored: timedelta) -> str:
    minutes = int(stored.total_seconds()) // 60
    return f"{minutes // 60}:{minutes % 60:02}"
