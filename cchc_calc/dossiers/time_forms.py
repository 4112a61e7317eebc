"""The forms in which exports write a time, and those of them that are surely one."""

from __future__ import annotations

from datetime import datetime
from typing import Final

UNREADABLE: Final = "unreadable"
"""The column that tells which time of a row cannot be read."""

UNREADABLE_TEXT: Final = "unreadable_text"
"""The column beside the standard ones that holds what such a time says, as it stands in the file; else nothing."""

FIRST: Final = datetime.fromisoformat("1990-01-01")
AFTER: Final = datetime.fromisoformat("2201-01-01")
"""The first time that is read, and the first one that is too late."""

BLANKS: Final = (
    " \t\n\x0b\f\r\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u200b"
    "\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
)
"""What is taken for a blank: the blanks of Unicode, and marks that take no room."""

SPACES: Final = f"[{BLANKS}]+"
SOMETHING: Final = f"[^{BLANKS}]"
"""Blanks, and what is none, as patterns."""

_MORNING: Final = "[Ss][Aa]|[Aa][Mm]"
_AFTERNOON: Final = "[Cc][Hh]|[Pp][Mm]"
HALF_OF_DAY: Final = f" ?(?:{_MORNING}|{_AFTERNOON})"
"""Which half of the day an hour is of: SA (sáng) and CH (chiều), as Vietnamese Windows writes them, or AM and PM."""

MORNING_MARK: Final = "[SsAa]"
AFTERNOON_MARK: Final = "[CcPp]"
"""A letter that tells the half of the day in a text of a known shape."""

HALF_HOURS: Final = 12

FRACTION: Final = f"(:[0-9]{{1,2}}:[0-9]{{1,2}})[.,][0-9]{{1,9}}(|{HALF_OF_DAY})$"
"""A time of day with a fraction of a second, and what stands around that."""

_CLOCK: Final = "(?:[01]?[0-9]|2[0-3]):[0-5]?[0-9](?::[0-5]?[0-9])?"
_YEAR: Final = "(?:199[0-9]|2[01][0-9]{2}|2200)"
_DAY_FIRST: Final = f"[0-9]{{1,2}}/[0-9]{{1,2}}/{_YEAR}"
_YEAR_FIRST: Final = f"{_YEAR}/[0-9]{{1,2}}/[0-9]{{1,2}}"
_CLOCK_OF_HALF: Final = f"{_CLOCK}(?:{HALF_OF_DAY})?"
SHAPE: Final = (
    f"^(?:{_DAY_FIRST}(?: {_CLOCK_OF_HALF})?|{_CLOCK_OF_HALF} {_DAY_FIRST}|{_YEAR_FIRST}(?: {_CLOCK_OF_HALF})?"
    f"|{_YEAR}[0-9]{{4}}(?:[0-9]{{6}})?)$"
)
"""What a text brought into one form looks like where it may be a time; the day itself is left to the parser."""

FORMS: Final = {
    "%/%/____ %:%:%": "%d/%m/%Y %H:%M:%S",
    "%/%/____ %:%": "%d/%m/%Y %H:%M",
    "%:%:% %/%/____": "%H:%M:%S %d/%m/%Y",
    "%:% %/%/____": "%H:%M %d/%m/%Y",
    "%/%/____": "%d/%m/%Y",
    "____/%/% %:%:%": "%Y/%m/%d %H:%M:%S",
    "____/%/% %:%": "%Y/%m/%d %H:%M",
    "____/%/%": "%Y/%m/%d",
    "______________": "%Y%m%d%H%M%S",
    "________": "%Y%m%d",
}
"""The forms of these texts without a half of the day, by the patterns of SQL that tell them apart in this order."""

ZERO: Final = datetime.fromisoformat("1899-12-30")
"""Day 0 of spreadsheets."""

DAY_SECONDS: Final = 86_400
SERIAL: Final = "^[0-9]{5,6}(?:[.,][0-9]{1,15})?$"
"""A day as spreadsheets count them, and the part of it that is over."""
