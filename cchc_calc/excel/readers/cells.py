"""What a spreadsheet stores in a cell, turned into what an official sees there."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Final, TypeAlias

from cchc_calc.document import BOOLEAN_FAULT, DATE_FAULT, Cell
from cchc_calc.excel.readers.number_formats import GENERAL, figure_text, stored_figure

Stored: TypeAlias = str | bool | int | float | date | time | timedelta | None
"""A value as the spreadsheet libraries give it; datetime is a date."""

TIME_FAULT: Final = "ô thời gian"
NO_RESULT: Final = "công thức chưa có kết quả: mở bằng Excel rồi lưu lại"
FROM_ANOTHER_FILE: Final = "công thức lấy số liệu từ tệp khác"
FROM_LOST_PLACE: Final = "công thức lấy số liệu từ nơi đã mất (#REF!)"
STRUCK: Final = "số hoặc chữ trong ô bị gạch ngang"
_ERROR: Final = "lỗi "
_CODES: Final = {
    BOOLEAN_FAULT: "C12", DATE_FAULT: "C13", TIME_FAULT: "C13", NO_RESULT: "C19", FROM_ANOTHER_FILE: "S16",
    FROM_LOST_PLACE: "S16", STRUCK: "C17",
}  # fmt: skip
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_SECONDS_A_DAY: Final = 86_400
_DAY_ZERO: Final = date(1899, 12, 30)
_DAY_ZERO_1904: Final = date(1904, 1, 1)


def error_fault(error: str) -> str:
    """Say that a cell holds an error value.

    >>> error_fault("#DIV/0!")
    'lỗi #DIV/0!'
    """
    return f"{_ERROR}{error}"


def fault_code(fault: str) -> str:
    """Give the numbered outcome of a fault of a cell, or "" where there is none.

    >>> fault_code(error_fault("#DIV/0!")), fault_code(NO_RESULT), fault_code("")
    ('C11', 'C19', '')
    """
    return _CODES.get(fault, "C11" if fault.startswith(_ERROR) else "")


def unescaped(text: str) -> str:
    r"""Give the letters that a workbook writes by their numbers, which are those that XML cannot hold.

    >>> unescaped("12_x000D_")
    '12\r'
    """
    return _ESCAPED.sub(_letter, text) if "_x" in text else text


def make_cell(
    stored: Stored,
    where: str,
    *,
    number_format: str = GENERAL,
    fault: str = "",
    computed: bool = False,
    formula: str = "",
    since_1904: bool = False,
) -> Cell | None:
    """Make the cell of a stored value, or None where there is nothing to see.

    A value that is no figure of an official gets a fault of its own; ``fault`` is what is already known.
    ``since_1904`` tells that the workbook counts its days from that year.

    >>> cell = make_cell(0.997, "A!D5", number_format="0.0%")
    >>> cell.text, cell.number
    ('99,7%', Decimal('0.997'))
    """
    number: Decimal | None = None
    if stored is None or stored == "":
        if not (fault or computed):
            return None
        text = ""
    elif isinstance(stored, str):
        text = stored
    elif isinstance(stored, bool):
        text, fault = "TRUE" if stored else "FALSE", fault or BOOLEAN_FAULT
    elif isinstance(stored, int | float):
        number = stored_figure(stored, computed=computed)
        text = figure_text(number, number_format)
    else:
        is_time = isinstance(stored, time | timedelta)
        text, fault = moment_text(stored), fault or (TIME_FAULT if is_time else DATE_FAULT)
        number = number_behind(stored, since_1904=since_1904)
    return Cell(text, where, fault, computed, number, fault_code(fault), formula)


def number_behind(stored: date | time | timedelta, *, since_1904: bool = False) -> Decimal:
    """Give the number that a cell shows as a date, a time or a duration.

    >>> number_behind(datetime(2023, 3, 15, 12)), number_behind(time(6))
    (Decimal('45000.5'), Decimal('0.25'))
    """
    if isinstance(stored, timedelta):
        return _in_days(stored.days, stored.seconds)
    if isinstance(stored, time):
        return _in_days(0, stored.hour * 3600 + stored.minute * 60 + stored.second)
    moment = stored if isinstance(stored, datetime) else datetime.combine(stored, time())
    seconds = moment.hour * 3600 + moment.minute * 60 + moment.second
    return _in_days((moment.date() - (_DAY_ZERO_1904 if since_1904 else _DAY_ZERO)).days, seconds)


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


def _letter(escaped: re.Match[str]) -> str:
    number = int(escaped[1], 16)
    # Half of a letter is none.
    return "\ufffd" if 0xD800 <= number <= 0xDFFF else chr(number)


def _in_days(days: int, seconds: int) -> Decimal:
    return days + (Decimal(seconds) / _SECONDS_A_DAY).quantize(Decimal("1e-9")).normalize()


def _duration(stored: timedelta) -> str:
    minutes = int(stored.total_seconds()) // 60
    return f"{minutes // 60}:{minutes % 60:02}"
