"""Numbers as a spreadsheet shows them, in Vietnamese notation."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.excel.readers.number_formats import exact_number, figure_text

FORMATS = [
    # stored, number format, what the cell shows
    ("0.997", "0.0%", "99,7%"),
    ("0.997", "General", "0,997"),
    ("447", "General", "447"),
    ("786000", "#,##0", "786.000"),
    ("786000", "General", "786000"),
    ("786000", "#,##0\\ [$₫-42A]", "786.000 ₫"),
    ("1.5", "General", "1,5"),
    ("0.1", "0.00", "0,10"),
    ("0.1", "0.0#", "0,1"),
    ("1234567.891", "#,##0.00", "1.234.567,89"),
    ("31.25", "0.0", "31,3"),
    ("0.005", "0%", "1%"),
    ("98.5", '0.0"%"', "98,5%"),
    ("447", '0" hồ sơ"', "447 hồ sơ"),
    ("5", "00", "05"),
    # a sign is a sign, and a zero is a zero
    ("-5", "0;(0)", "-5"),
    ("-5", "#,##0_);[Red](#,##0)", "-5"),
    ("0", '_(* #,##0_);_(* \\(#,##0\\);_(* "-"??_);_(@_)', "0"),
    ("-0.001", "0.00", "0,00"),
    # what a format hides is shown
    ("12.5", "0", "12,5"),
    ("12.5", "#,##0", "12,5"),
    ("5", ";;;", "5"),
    ("0", "0;-0;;@", "0"),
    ("786000", "#,##0,", "786000"),
    ("5", "@", "5"),
    # what a format says in another way is written plainly
    ("0.5", "# ?/?", "0,5"),
    ("1234", "0.00E+00", "1234"),
    ("1234.5", "[>=1000]#,##0;0", "1234,5"),
    ("1E+308", "0.00", "1E+308"),
    ("5", "0." + "0" * 100, "5"),
    ("5", "0." + "0" * 300, "5"),
]


@pytest.mark.parametrize(("stored", "number_format", "shown"), FORMATS)
def test_a_number_as_its_format_shows_it(stored: str, number_format: str, shown: str) -> None:
    assert figure_text(Decimal(stored), number_format) == shown


@pytest.mark.parametrize(
    ("result", "shown"),
    [(12.0000000001, "12"), (0.1 + 0.2, "0,3"), (1 / 3, "0,333333333"), (11.9999999999, "12"), (-1e-12, "0")],
)
def test_the_noise_of_a_formula_is_dropped(result: float, shown: str) -> None:
    assert figure_text(exact_number(result), computed=True) == shown


def test_a_typed_number_keeps_its_digits() -> None:
    assert figure_text(exact_number(12.0000000001)) == "12,0000000001"


@given(st.integers(-(10**15), 10**15), st.integers(0, 6), st.booleans())
def test_a_format_rounds_half_up_once(units: int, decimals: int, grouped: bool) -> None:
    """Read back, the text is the number rounded half up; nothing is lost but what the format leaves out."""
    number = Decimal(units) / 10**7
    places = f".{'0' * decimals}" if decimals else ""
    text = figure_text(number, ("#,##0" if grouped else "0") + places)
    back = Decimal(text.replace(".", "").replace(",", "."))
    if decimals == 0 and number != number.to_integral_value():
        assert back == number
    else:
        unit = Decimal(1).scaleb(-decimals)
        assert abs(back - number) * 2 <= unit
        assert abs(back - number) * 2 < unit or abs(back) > abs(number)


@given(st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=20), st.booleans())
def test_any_format_gives_a_text(number: float, number_format: str, computed: bool) -> None:
    assert figure_text(exact_number(number), number_format, computed=computed)
