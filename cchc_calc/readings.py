"""What stands in a value cell, read for the kind of row it belongs to; nothing is guessed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.findings import Finding, make_finding
from cchc_calc.legends import parse_legend
from cchc_calc.numerals import parse_figures, read_number
from cchc_calc.spelling import clean, comparison_key
from cchc_calc.states import NOT_ARISING_TEXT, UNDECIDED_TEXT, Content, State

if TYPE_CHECKING:
    from decimal import Decimal

    from cchc_calc.catalogue import Row
    from cchc_calc.legends import Legend
    from cchc_calc.numerals import NumberReading

LARGEST_COUNT: Final = 10**9
"""No unit of Vietnam handles as many cases; a larger figure is a slip of the hand."""
LARGEST_AMOUNT: Final = 10**15

_NOT_ARISING: Final = frozenset(map(comparison_key, (NOT_ARISING_TEXT, "Chưa phát sinh", "Không có phát sinh")))
_RATIO = re.compile(r"(?<![\d.,/])(\d{1,9}) ?/ ?(\d{1,9})(?![\d/]|[.,]\d)")
_PLACEHOLDERS: Final = frozenset({"-", "–", "—", "x", "không", "/", "."})


@dataclass(frozen=True, slots=True)
class Declared:
    """What a report prints in a computed row.

    ``value`` is the number as printed (a percentage for a rate: 99.7) with ``decimals`` places, and
    ``numerator``/``denominator`` the counts printed beside it. ``state`` is set when the cell says
    "Không phát sinh" or "KXĐ" instead.
    """

    text: str
    value: Decimal | None = None
    decimals: int = 0
    numerator: int | None = None
    denominator: int | None = None
    state: State | None = None


def read_input(
    row: Row, text: str, where: str, fault: str = "", number: Decimal | None = None
) -> tuple[Content, Finding | None]:
    """Read the cell of a row that an official fills; ``number`` is what a spreadsheet keeps behind the text.

    Blank gives ``State.BLANK``; "Không phát sinh" its own state; what cannot be read, or can be read in
    two honest ways, gives ``State.UNDECIDED`` with a finding that says why.

    >>> from cchc_calc.form_files import load_form
    >>> row = load_form("thong-ke-cchc", "2023").row("7.7.5.e")
    >>> read_input(row, "786.000", "D150")
    (Decimal('786000'), None)
    """
    if fault:
        return State.UNDECIDED, _unreadable(row, text, where, fault, "cell_fault")
    # Most cells hold a plain count; the ways round it are long.
    if text.isascii() and text.isdigit() and len(text) < 10 and row.kind == "count":
        count = int(text)
        if number is None or number == count:
            return count, None
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


def read_declared(row: Row, text: str, where: str, fault: str = "") -> tuple[Declared | None, Finding | None]:
    """Read what a report prints in a computed row: a number, a rate with its counts, or a state.

    >>> from cchc_calc.form_files import load_form
    >>> row = load_form("thong-ke-cchc", "2023").row("3.4.3")
    >>> declared, _ = read_declared(row, "99,7% (446/447)", "D55")
    >>> declared.value, declared.decimals, declared.numerator, declared.denominator
    (Decimal('99.7'), 1, 446, 447)
    """
    if fault:
        return None, _unreadable(row, text, where, fault, "cell_fault")
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
    number = read_number(rest)
    value = whole_reading(number, rest) if row.kind == "sum" else number.value
    if value is None and not (ratio and not rest):
        return None, _unreadable_number(row, text, where, number)
    return Declared(text, value, number.decimals if value == number.value else 0, numerator, denominator), None


def _read_quantity(row: Row, text: str, where: str, stored: Decimal | None) -> tuple[Content, Finding | None]:
    number = read_number(text)
    whole_only = row.kind == "count" or row.whole
    value = whole_reading(number, text) if whole_only else number.value
    # A number is what it is, however many of its digits the cell shows; but 1,234 cases may be 1.234 of them.
    if stored is not None and (value is not None or (number.readings and not whole_only)):
        value = stored
    if value is None or number.unit:
        return State.UNDECIDED, _unreadable_number(row, text, where, number)
    if value < 0:
        return State.UNDECIDED, _unreadable(row, text, where, "số âm", "negative")
    if whole_only and value != value.to_integral_value():
        why = f"số lẻ, trong khi đơn vị tính là {row.unit or 'số lượng'}"
        return State.UNDECIDED, _unreadable(row, text, where, why, "not_whole")
    if value > (LARGEST_COUNT if row.kind == "count" else LARGEST_AMOUNT):
        return State.UNDECIDED, _unreadable(row, text, where, "số quá lớn", "too_large")
    return (int(value) if row.kind == "count" else value), None


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
        if int(text) in legend.codes.values():
            return int(text), None
        why = f"mã {text} không có trong chú giải"
        return State.UNDECIDED, _unreadable(row, text, where, why, "unknown_code", expected=allowed)
    if (code := legend.code_of(text)) is not None:
        return code, None
    same = [(comparison_key(word), code) for word, code in legend.codes.items()]
    if printed and [(comparison_key(word), code) for word, code in printed] == same:
        rest = comparison_key(text).removeprefix(comparison_key(legend.text))
        rule = "text_beside_legend" if rest else "legend_copied"
        message = (
            f"{_place(row, where)}: ô ghi “{text}”, giống hệt chú giải ở cột Đơn vị tính"
            f"{' kèm thêm chữ' if rest else ''}, nên chưa rõ câu trả lời. Ô được coi là chưa trả lời."
        )
        return State.BLANK, make_finding(rule, message, rows=(row.address,), where=where, found=text, expected=allowed)
    if printed:
        return _read_edited_legend(row, legend, text, printed, allowed, where)
    word = next((word for word in legend.codes if _begins(text, word)), None)
    if word is not None:
        message = (
            f"{_place(row, where)}: ô ghi “{text}”, được hiểu là {legend.codes[word]} ({word}); "
            "phần chữ thêm không được tính."
        )
        return legend.codes[word], make_finding(
            "text_beside_legend", message, rows=(row.address,), where=where, found=text, expected=allowed
        )
    why = "không phải một mã của chú giải"
    return State.UNDECIDED, _unreadable(row, text, where, why, "unknown_code", expected=allowed)


def _read_edited_legend(
    row: Row, legend: Legend, text: str, printed: list[tuple[str, int]], allowed: str, where: str
) -> tuple[Content, Finding | None]:
    if len(printed) == 1 and legend.code_of(printed[0][0]) == printed[0][1]:
        return printed[0][1], None
    ticked = [word for word, code in printed if code == 1]
    likely = f"Có thể người lập đánh dấu 1 vào “{ticked[0]}”" if len(ticked) == 1 else "Không mục nào được chọn rõ"
    message = (
        f"{_place(row, where)}: ô ghi “{text}”, khác chú giải “{legend.text}”. {likely}; "
        "phần mềm không đoán thay, ô này là KXĐ."
    )
    return State.UNDECIDED, make_finding(
        "legend_edited",
        message,
        rows=(row.address,),
        where=where,
        found=text,
        expected=allowed,
        cause="tick_marks" if ticked else "nothing_chosen",
    )


def _begins(text: str, word: str) -> bool:
    """Tell whether a text is the word with a remark set apart: "Có, theo kế hoạch", but not "Có lẽ"."""
    remark = text[len(word) :].lstrip()
    starts = comparison_key(text[: len(word)]) == comparison_key(word)
    return starts and remark[:1] in tuple("(,;:.–—-") and not any(letter.isdigit() for letter in remark)


def _place(row: Row, where: str) -> str:
    return f"Chỉ tiêu {row.address} ({where})" if where else f"Chỉ tiêu {row.address}"


def _unit_only(row: Row, text: str, where: str) -> Finding:
    message = f"{_place(row, where)}: ô số liệu chỉ ghi đơn vị “{text}”, không có số. Ô được coi là để trống."
    return make_finding("unit_in_value", message, rows=(row.address,), where=where, found=text)


def _unreadable_number(row: Row, text: str, where: str, number: NumberReading) -> Finding:
    if len(number.readings) > 1:
        both = " hay ".join(str(reading).replace(".", ",") for reading in number.readings)
        why = f"có hai cách hiểu ({both})"
        return _unreadable(row, text, where, why, "two_readings")
    if text.casefold() in _PLACEHOLDERS:
        why = f"dấu “{text}” không cho biết là 0, là để trống hay là không phát sinh"
        return _unreadable(row, text, where, why, "placeholder")
    if any(letter.isalpha() for letter in text):
        figures = [figure for figure in parse_figures(text) if figure.value is not None]
        why = "có chữ trong ô số liệu"
        if len(figures) > 1:
            why += ", với các số " + "; ".join(figure.text for figure in figures)
        elif figures:
            why += f"; có phải là {figures[0].value}?"
        return _unreadable(row, text, where, why, "text_in_value")
    return _unreadable(row, text, where, "không phải một con số", "not_a_number")


def _unreadable(row: Row, text: str, where: str, why: str, cause: str, expected: str = "") -> Finding:
    wanted = expected or ("một số nguyên không âm" if row.kind == "count" else "một con số không âm")
    shown = f"ô ghi “{text}”: {why}" if text else why
    message = f"{_place(row, where)}: {shown}. Cần {wanted}. Ô này là KXĐ."
    return make_finding(
        "unreadable_value",
        message,
        rows=(row.address,),
        where=where,
        found=text or why,
        expected=wanted,
        cause=cause,
    )
