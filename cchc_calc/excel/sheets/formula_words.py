"""Formulas, checks and rules of aggregation in words that an official reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.expressions import Rate, Reference, references

if TYPE_CHECKING:
    from cchc_calc.catalogue import Check, Form, Row
    from cchc_calc.expressions import Formula, Quantity

_SYMBOLS: Final = {"<=": "không lớn hơn", ">=": "không nhỏ hơn", "<": "nhỏ hơn", ">": "lớn hơn", "=": "bằng"}
_OVER_UNITS: Final = {
    "sum": "cộng số của các đơn vị",
    "common": "lấy số chung, vì mọi đơn vị báo cáo giống nhau",
    "union": "không cộng được, chỉ biết khoảng",
    "count_yes": "đếm số đơn vị trả lời Có",
    "distribution": "đếm theo từng câu trả lời",
    "none": "không tổng hợp",
}
_OVER_TIME: Final = {"sum": "cộng số của các kỳ", "last": "lấy số của kỳ cuối"}


def formula_in_words(row: Row) -> str:
    """Write the formula of a computed row with the addresses of the form.

    >>> from cchc_calc.form_files import load_form
    >>> form = load_form("thong-ke-cchc", "2023")
    >>> [formula_in_words(form.row(address)) for address in ("3.4.3", "7.8.1", "7.8.2")]
    ['3.4.3 = 3.4.3.c / 3.4.3.b', '7.8.1 = 7.8.1.a + 7.8.1.b − 7.8.1.c', '7.8.2 = 7.8.2.a / (3.4.2.a + 3.4.3.a)']
    """
    return "" if row.formula is None else f"{row.address} = {_in_words(row.formula)}"


def check_in_words(check: Check) -> str:
    """Write what a check demands.

    >>> from cchc_calc.form_files import load_form
    >>> check_in_words(load_form("thong-ke-cchc", "2023").checks[0])
    '1.2.b không lớn hơn 1.2.a'
    """
    left, right = _in_words(check.comparison.left), _in_words(check.comparison.right)
    return f"{left} {_SYMBOLS[check.comparison.symbol]} {right}"


def over_units_in_words(form: Form, row: Row) -> str:
    """Say how a row is brought together over units; a computed row follows from its parts."""
    return _aggregation(form, row, "over_units", _OVER_UNITS)


def over_time_in_words(form: Form, row: Row) -> str:
    """Say how a row is brought together over periods."""
    return _aggregation(form, row, "over_time", _OVER_TIME)


def _aggregation(form: Form, row: Row, rule: str, words: dict[str, str]) -> str:
    if row.formula is None:
        return words.get(getattr(row, rule), "")
    parts = [form.row(address) for address in references(row.formula)]
    ways = dict.fromkeys(words[way] for part in parts if (way := getattr(part, rule)) in words)
    computed = any(part.is_computed for part in parts)
    return "Tính lại từ các dòng thành phần" + (f" ({'; '.join(ways)})" if ways and not computed else "")


def _in_words(formula: Formula) -> str:
    if not isinstance(formula, Rate):
        return _quantity(formula)
    parts = " + ".join(_quantity(part) for part, _ in formula.pairs)
    wholes = " + ".join(_quantity(whole) for _, whole in formula.pairs)
    return f"{_bracketed(parts)} / {_bracketed(wholes)}"


def _bracketed(terms: str) -> str:
    return f"({terms})" if " " in terms else terms


def _quantity(quantity: Quantity) -> str:
    if isinstance(quantity, Reference):
        return quantity.address
    words = "".join(f" {'+' if sign > 0 else '−'} {term.address}" for sign, term in quantity.terms)
    return words.removeprefix(" + ")
