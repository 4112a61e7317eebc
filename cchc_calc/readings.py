"""What stands in a value cell, read for the kind of row it belongs to; nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.findings import Finding, make_finding
from cchc_calc.legends import parse_legend
from cchc_calc.numerals import read_number
from cchc_calc.rounding import format_number
from cchc_calc.spelling import clean, comparison_key
from cchc_calc.states import NOT_ARISING_TEXT, UNDECIDED_TEXT, Content, State
from cchc_calc.unreadable_cells import (
    faulty_cell,
    place_of,
    shorten,
    special_text,
    too_long,
    unreadable,
    unreadable_number,
)

if TYPE_CHECKING:
    from decimal import Decimal

    from cchc_calc.catalogue import Row
    from cchc_calc.legends import Legend
    from cchc_calc.numerals import NumberReading

LARGEST_COUNT: Final = 10**9
"""No unit of Vietnam handles as many cases; a larger figure is a slip of the hand."""
LARGEST_AMOUNT: Final = 10**15

_LONGEST_CODE: Final = 10
_NOT_ARISING: Final = frozenset(map(comparison_key, (NOT_ARISING_TEXT, "Chưa phát sinh", "Không có phát sinh")))
_RATIO = re.compile(r"(?<![\d.,/])(\d{1,9}) ?/ ?(\d{1,9})(?![\d/]|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Declared:
    """What a report prints in a computed row.

    ``value`` is the number as printed (a percentage for a rate: 99.7) with ``decimals`` places, and
    ``numerator``/``denominator`` the counts printed beside it. ``state`` is set when the cell says
    "Không phát sinh" or "KXĐ" instead. ``stored`` is the number a spreadsheet keeps, 0.997 under "99,7%".
    """

    text: str
    value: Decimal | None = None
    decimals: int = 0
    numerator: int | None = None
    denominator: int | None = None
    state: State | None = None
    stored: Decimal | None = None


def read_input(
    row: Row, text: str, where: str, fault: str = "", number: Decimal | None = None, code: str = ""
) -> tuple[Content, Finding | None]:
    """Read the cell of a row that an official fills; ``number`` is what a spreadsheet keeps behind the text.

    ``fault`` says what the file holds in place of a figure, and ``code`` is the numbered outcome of that.
    Blank gives ``State.BLANK``; "Không phát sinh" its own state; what cannot be read, or can be read in two
    honest ways, gives ``State.UNDECIDED`` with a finding that says why.

    >>> from cchc_calc.form_files import load_form
    >>> row = load_form("thong-ke-cchc", "2023").row("7.7.5.e")
    >>> read_input(row, "786.000", "D150")
    (Decimal('786000'), None)
    """
    if fault:
        return State.UNDECIDED, faulty_cell(row, text, where, fault, code, number)
    # Most cells hold a plain count; the ways round it are long. The number behind a text says what its dots part.
    digits = text if number is None else text.replace(".", "")
    if digits.isascii() and digits.isdigit() and len(digits) < 10 and row.kind == "count":
        count = int(digits)
        if number is None or number == count:
            return count, None
    if (cut := too_long(row, text, where)) is not None:
        return State.UNDECIDED, cut
    text = clean(text)
    if not text:
        return State.BLANK, None
    if row.legend is not None:
        return _read_code(row, row.legend, text, where)
    if says_not_arising(text):
        return State.NOT_ARISING, None
    if row.unit and comparison_key(text) == comparison_key(row.unit):
        return State.BLANK, _unit_only(row, text, where)
    if row.kind == "text":
        return State.BLANK, None
    return _read_quantity(row, text, where, number)


def read_declared(
    row: Row, text: str, where: str, fault: str = "", number: Decimal | None = None, code: str = ""
) -> tuple[Declared | None, Finding | None]:
    """Read what a report prints in a computed row: a number, a rate with its counts, or a state.

    >>> from cchc_calc.form_files import load_form
    >>> row = load_form("thong-ke-cchc", "2023").row("3.4.3")
    >>> declared, _ = read_declared(row, "99,7% (446/447)", "D55")
    >>> declared.value, declared.decimals, declared.numerator, declared.denominator
    (Decimal('99.7'), 1, 446, 447)
    """
    if fault:
        return None, faulty_cell(row, text, where, fault, code, number)
    if (cut := too_long(row, text, where)) is not None:
        return None, cut
    text = clean(text)
    if not text:
        return None, None
    if says_not_arising(text):
        return Declared(text, state=State.NOT_ARISING), None
    if text == UNDECIDED_TEXT:
        return Declared(text, state=State.UNDECIDED), None
    if comparison_key(text) in {comparison_key(row.unit), "%"}:
        return None, _unit_only(row, text, where)
    ratio = _RATIO.search(text) if row.kind == "rate" else None
    numerator, denominator = (int(ratio[1]), int(ratio[2])) if ratio else (None, None)
    rest = clean(_RATIO.sub("", text).replace("()", "")) if ratio else text
    reading = read_number(rest)
    value = whole_reading(reading, rest) if row.kind == "sum" else reading.value
    if row.kind == "sum" and number is not None and number != number.to_integral_value():
        return None, _not_whole(row, text, where, number)
    if value is None and not (ratio and not rest):
        return None, unreadable_number(row, text, where, reading)
    decimals = reading.decimals if value == reading.value else 0
    return Declared(text, value, decimals, numerator, denominator, stored=number), None


def _read_quantity(row: Row, text: str, where: str, stored: Decimal | None) -> tuple[Content, Finding | None]:
    number = read_number(text)
    whole_only = row.kind == "count" or row.whole
    value = whole_reading(number, text) if whole_only else number.value
    # A number is what it is, however many of its digits the cell shows; but 1,234 cases may be 1.234 of them.
    if stored is not None and (value is not None or (number.readings and not whole_only)):
        value = stored
    largest = LARGEST_COUNT if row.kind == "count" else LARGEST_AMOUNT
    # What a spreadsheet keeps says more about a number that is none here than how the cell shows it.
    known = value if stored is None else stored
    if known is not None and known > largest:
        why = f"số quá lớn (hơn {format_number(largest)})"
        return State.UNDECIDED, unreadable(row, text, where, why, "too_large", "V02")
    if stored is not None and not number.unit and whole_only and stored != stored.to_integral_value():
        return State.UNDECIDED, _not_whole(row, text, where, stored)
    if value is None or number.unit:
        return State.UNDECIDED, unreadable_number(row, text, where, number)
    if value < 0:
        return State.UNDECIDED, unreadable(row, text, where, "số âm", "negative", "V01")
    if whole_only and value != value.to_integral_value():
        return State.UNDECIDED, _not_whole(row, text, where, value)
    return (int(value) if row.kind == "count" else value), None


def _not_whole(row: Row, text: str, where: str, value: Decimal) -> Finding:
    why = f"số lẻ, trong khi đơn vị tính là {row.unit or 'số lượng'}"
    # 1.234 typed where the dot parts decimals is kept as 1,234.
    thousand = value * 1000
    if value > 0 and thousand == thousand.to_integral_value() and value * 100 != (value * 100).to_integral_value():
        why += f"; có phải {format_number(thousand.to_integral_value())}?"
    return unreadable(row, text, where, why, "not_whole", "C05")


def says_not_arising(text: str) -> bool:
    """Tell whether a cell says in words that nothing of the kind happened.

    >>> says_not_arising("Chưa phát sinh"), says_not_arising("phát sinh")
    (True, False)
    """
    return comparison_key(text) in _NOT_ARISING


def whole_reading(number: NumberReading, text: str) -> Decimal | None:
    """Read "1.234" where it has one reading only: neither dossiers nor đồng come in thousandths.

    >>> from cchc_calc.numerals import read_number
    >>> whole_reading(read_number("1.234"), "1.234")
    Decimal('1234')
    """
    if number.value is not None or "," in text:
        return number.value
    return next((one for one in number.readings if one == one.to_integral_value()), None)


def _read_code(row: Row, legend: Legend, text: str, where: str) -> tuple[Content, Finding | None]:
    allowed = ", ".join(f"{code} ({word})" for word, code in legend.codes.items())
    printed = list(parse_legend(text).codes.items())
    if text.isascii() and text.isdigit():
        # Python reads no number of thousands of digits.
        if len(text) < _LONGEST_CODE and int(text) in legend.codes.values():
            return int(text), None
        why = f"mã {shorten(text)} không có trong chú giải"
        return State.UNDECIDED, unreadable(row, text, where, why, "unknown_code", "C09", expected=allowed)
    if (code := legend.code_of(text)) is not None:
        return code, None
    same = [(comparison_key(word), code) for word, code in legend.codes.items()]
    if printed and [(comparison_key(word), code) for word, code in printed] == same:
        rest = comparison_key(text).removeprefix(comparison_key(legend.text))
        rule = "text_beside_legend" if rest else "legend_copied"
        message = (
            f"{place_of(row, where)}: ô ghi “{shorten(text)}”, giống hệt chú giải ở cột Đơn vị tính"
            f"{' kèm thêm chữ' if rest else ''}, nên chưa rõ câu trả lời. Ô được coi là chưa trả lời."
        )
        return State.BLANK, make_finding(
            rule, message, rows=(row.address,), where=where, found=shorten(text), expected=allowed
        )
    if printed:
        return _read_edited_legend(row, legend, text, printed, allowed, where)
    if (special := special_text(text)) is not None:
        return State.UNDECIDED, unreadable(row, text, where, *special, expected=allowed)
    word = next((word for word in legend.codes if _begins(text, word)), None)
    if word is not None:
        message = (
            f"{place_of(row, where)}: ô ghi “{shorten(text)}”, được hiểu là {legend.codes[word]} ({word}); "
            "phần chữ thêm không được tính."
        )
        return legend.codes[word], make_finding(
            "text_beside_legend", message, rows=(row.address,), where=where, found=shorten(text), expected=allowed
        )
    why = "không phải một mã của chú giải"
    return State.UNDECIDED, unreadable(row, text, where, why, "unknown_code", "C09", expected=allowed)


def _read_edited_legend(
    row: Row, legend: Legend, text: str, printed: list[tuple[str, int]], allowed: str, where: str
) -> tuple[Content, Finding | None]:
    if len(printed) == 1 and legend.code_of(printed[0][0]) == printed[0][1]:
        return printed[0][1], None
    ticked = [word for word, code in printed if code == 1]
    likely = f"Có thể người lập đánh dấu 1 vào “{ticked[0]}”" if len(ticked) == 1 else "Không mục nào được chọn rõ"
    message = (
        f"{place_of(row, where)}: ô ghi “{shorten(text)}”, khác chú giải “{legend.text}”. {likely}; "
        "phần mềm không đoán thay, ô này là KXĐ."
    )
    return State.UNDECIDED, make_finding(
        "legend_edited",
        message,
        rows=(row.address,),
        where=where,
        found=shorten(text),
        expected=allowed,
        cause="tick_marks" if ticked else "nothing_chosen",
    )


def _begins(text: str, word: str) -> bool:
    """Tell whether a text is the word with a remark set apart: "Có, theo kế hoạch", but not "Có lẽ"."""
    remark = text[len(word) :].lstrip()
    starts = comparison_key(text[: len(word)]) == comparison_key(word)
    return starts and remark[:1] in tuple("(,;:.–—-") and not any(letter.isdigit() for letter in remark)


def _unit_only(row: Row, text: str, where: str) -> Finding:
    message = f"{place_of(row, where)}: ô số liệu chỉ ghi đơn vị “{text}”, không có số. Ô được coi là để trống."
    return make_finding("unit_in_value", message, rows=(row.address,), where=where, found=text)
