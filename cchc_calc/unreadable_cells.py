"""Why a value cell gives no figure: the fault by its code, what was probably meant, and what is wanted there."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

from cchc_calc.document import ERROR_VALUES
from cchc_calc.findings import Finding, make_finding
from cchc_calc.numerals import parse_figures
from cchc_calc.periods.dates import make_date
from cchc_calc.rounding import format_number

if TYPE_CHECKING:
    from decimal import Decimal

    from cchc_calc.catalogue import Row
    from cchc_calc.numerals import NumberReading

LONGEST_CELL: Final = 32_767
"""A spreadsheet keeps no more letters in a cell and cuts the rest off."""
NAME_ERROR: Final = "#NAME?"

_SHOWN: Final = 80
_ADD_IN: Final = (
    "Máy chưa có hàm mà ô này gọi: cài add-in CCHC (lệnh cchc install-excel), hoặc dùng biểu mẫu .xlsx dùng công thức "
    "thường, rồi lưu lại; hoặc ghi một con số vào ô."
)
_SEND_RESULT: Final = "Mở tệp bằng Excel, nhấn F9 để tính lại, lưu rồi nộp lại; hoặc ghi thẳng con số vào ô."
_PLACEHOLDERS: Final = frozenset({"-", "–", "—", "x", "không", "/", "."})
_TRUTH_VALUES: Final = frozenset({"true", "false"})
_DATE = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})")
_ERROR_OF_LIBREOFFICE = re.compile(r"err:\d{3}", re.IGNORECASE)
_NUMBER = r"\d+(?:[.,]\d+)*%?"
_TWO_FIGURES = re.compile(rf"{_NUMBER} ?(?:[(\[;+&–>→=-]|-&gt;|->) ?{_NUMBER} ?[)\]]?", re.ASCII)
_YEARS: Final = range(1900, 2101)


def place_of(row: Row, where: str) -> str:
    """Name a row and its cell at the beginning of a message."""
    return f"Chỉ tiêu {row.address} ({where})" if where else f"Chỉ tiêu {row.address}"


def shorten(text: str) -> str:
    """Cut a text for a message, and show what cannot be seen.

    >>> shorten("8" * 40_000)[-30:]
    '88888888888888… (40.000 ký tự)'
    """
    seen = "".join("�" if unicodedata.category(letter) == "Cc" else letter for letter in text[:_SHOWN])
    return seen if len(text) <= _SHOWN else f"{seen}… ({format_number(len(text))} ký tự)"


def unreadable(
    row: Row, text: str, where: str, why: str, cause: str, code: str, *, expected: str = "", remedy: str = ""
) -> Finding:
    """Make the finding for a cell that gives no figure."""
    wanted = expected or ("một số nguyên không âm" if row.kind == "count" else "một con số không âm")
    shown = f"ô ghi “{shorten(text)}”: {why}" if text else why
    return make_finding(
        "unreadable_value",
        f"{place_of(row, where)}: {shown}{'' if shown.endswith('?') else '.'} Cần {wanted}. Ô này là KXĐ.",
        rows=(row.address,),
        where=where,
        found=shorten(text) or why,
        expected=wanted,
        cause=cause,
        remedy=remedy,
        code=code,
    )


def faulty_cell(row: Row, text: str, where: str, fault: str, code: str, number: Decimal | None) -> Finding:
    """Make the finding for a cell in which the file holds something that is not the official's figure."""
    why = fault
    if code == "C13" and number is not None:
        why = f"{fault}, số ở phía sau là {format_number(number)}"
    remedies = {"C19": _SEND_RESULT, "C11": _ADD_IN if NAME_ERROR in text else ""}
    return unreadable(row, text, where, why, "cell_fault", code or "C09", remedy=remedies.get(code, ""))


def too_long(row: Row, text: str, where: str) -> Finding | None:
    """Make the finding for a text that was probably cut off, or that hides control characters."""
    if len(text) >= LONGEST_CELL:
        return unreadable(row, text, where, "chữ trong ô quá dài, có thể đã bị cắt bớt", "text_cut", "C15")
    if not text.isprintable() and any(map(_is_control, text)):
        return unreadable(row, text, where, "trong ô có ký tự điều khiển không nhìn thấy", "control_character", "C15")
    return None


def unreadable_number(row: Row, text: str, where: str, number: NumberReading) -> Finding:
    """Make the finding for a text that should be a number and is none, or is two.

    >>> from cchc_calc.form_files import load_form
    >>> from cchc_calc.numerals import read_number
    >>> row = load_form("thong-ke-cchc", "2023").row("3.4.3.b")
    >>> [unreadable_number(row, text, "D57", read_number(text)).code for text in ("#N/A", "٣", "120 (118)", "ba")]
    ['C11', 'C08', 'C17', 'C09']
    """
    why, cause, code = special_text(text) or _several_readings(number) or _no_number(text, number)
    remedy = _ADD_IN if code == "C11" and text.upper() == NAME_ERROR else ""
    return unreadable(row, text, where, why, cause, code, remedy=remedy)


def _is_control(letter: str) -> bool:
    return unicodedata.category(letter) == "Cc" and not letter.isspace()


def special_text(text: str) -> tuple[str, str, str] | None:
    """Recognise what is no attempt at a number at all: errors, truth values, dates, marks.

    The result says why, names the cause, and gives the code.

    >>> special_text("31/02/2026")
    ('ngày không có thật (tháng 2 năm 2026 không có ngày 31)', 'date_impossible', 'C14')
    """
    folded = text.casefold()
    if text.upper() in ERROR_VALUES or _ERROR_OF_LIBREOFFICE.fullmatch(text):
        return f"chữ báo lỗi {text} của bảng tính", "error_value", "C11"
    if folded in _TRUTH_VALUES:
        return "chữ TRUE/FALSE", "truth_value", "C12"
    if (dated := _DATE.fullmatch(text)) is not None:
        return _date(dated)
    if folded in _PLACEHOLDERS:
        why = f"dấu “{text}” không cho biết là 0, là để trống hay là không phát sinh"
        return why, "placeholder", "C01"
    return None


def _date(dated: re.Match[str]) -> tuple[str, str, str]:
    day, month, year = dated[1], dated[3], dated[4]
    made, fault = make_date(day, month, year)
    if len(year) == 2:
        return f"giống ngày tháng nhưng {fault}", "two_readings", "C06"
    if made is None or made.year not in _YEARS:
        return f"ngày không có thật ({fault or f'năm {year}'})", "date_impossible", "C14"
    return "ghi ngày tháng", "date_in_value", "C13"


def _several_readings(number: NumberReading) -> tuple[str, str, str] | None:
    if len(number.readings) < 2:
        return None
    both = " hay ".join(str(reading).replace(".", ",") for reading in number.readings)
    return f"có hai cách hiểu ({both})", "two_readings", "C06"


def _no_number(text: str, number: NumberReading) -> tuple[str, str, str]:
    if any(letter.isdigit() and not letter.isascii() for letter in text):
        return "có chữ số khác các chữ số 0–9 thông thường", "foreign_digits", "C08"
    if _TWO_FIGURES.fullmatch(text):
        return "ô có hai con số, không rõ số nào là số liệu", "two_figures", "C17"
    figures = [figure for figure in parse_figures(text[:_SHOWN]) if figure.value is not None]
    has_letters = any(letter.isalpha() for letter in text)
    if has_letters and "đứng ở chỗ" in number.note:
        return number.note, "text_in_value", "C09"
    why = "có chữ trong ô số liệu" if has_letters else "không phải một con số"
    if len(figures) > 1:
        why += ", với các số " + "; ".join(figure.text for figure in figures[:5])
    elif figures:
        why += f"; có phải là {format_number(figures[0].value)}?" if figures[0].value is not None else ""
    return why, "text_in_value" if has_letters else "not_a_number", "C09"
