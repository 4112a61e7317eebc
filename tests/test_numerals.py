"""Numbers as written in a cell: ``read_number``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.numerals import NumberReading, read_number
from cchc_calc.numerals.units import Kind, Unit
from cchc_calc.numerals.written import LONGEST_NUMBER, read_written

if TYPE_CHECKING:
    from decimal import Decimal

COUNT = Unit("hồ sơ", Kind.COUNT)

# text, value, printed decimals, unit
CERTAIN = [
    ("447", "447", 0, ""),
    ("05", "5", 0, ""),
    ("00", "0", 0, ""),
    ("0", "0", 0, ""),
    ("98,5", "98.5", 1, ""),
    ("98.5", "98.5", 1, ""),
    ("98,50%", "98.50", 2, "%"),
    ("100 %", "100", 0, "%"),
    ("100\u00a0%", "100", 0, "%"),
    ("0,985", "0.985", 3, ""),
    ("0.985", "0.985", 3, ""),
    ("99,776%", "99.776", 3, "%"),
    ("12.0000000001", "12.0000000001", 10, ""),
    ("1.234.567", "1234567", 0, ""),
    ("1,234,567", "1234567", 0, ""),
    ("1.234,5", "1234.5", 1, ""),
    ("1,234.56", "1234.56", 2, ""),
    ("1.234,567", "1234.567", 3, ""),
    ("1 234", "1234", 0, ""),
    ("1\u00a0234", "1234", 0, ""),
    ("1\u2009234\u2009567", "1234567", 0, ""),
    ("1 234,5", "1234.5", 1, ""),
    ("(5)", "-5", 0, ""),
    ("-5", "-5", 0, ""),
    ("−5", "-5", 0, ""),
    ("−3,2%", "-3.2", 1, "%"),
    ("+5", "5", 0, ""),
    ("-0", "0", 0, ""),
    ("'12", "12", 0, ""),
    ("12\u200b", "12", 0, ""),
    ("\ufeff12 ", "12", 0, ""),
    ("12345678901234567890", "12345678901234567890", 0, ""),
]


@pytest.mark.parametrize(("text", "value", "decimals", "unit"), CERTAIN)
def test_reads_one_number(text: str, value: str, decimals: int, unit: str) -> None:
    reading = read_number(text)
    assert (str(reading.value), reading.decimals, reading.unit) == (value, decimals, unit)
    assert reading.readings == ()


# text, unit of the column, the two readings
AMBIGUOUS = [
    ("1.234", "", ("1234", "1.234")),
    ("786.000", "", ("786000", "786.000")),
    ("1,234", "", ("1.234", "1234")),
    ("1.234%", "", ("1234", "1.234")),
    ("-1.234%", "", ("-1234", "-1.234")),
    ("1.234", "%", ("1234", "1.234")),
    ("1,234", "Hồ sơ", ("1.234", "1234")),
    ("15.300", "Điểm", ("15300", "15.300")),
    ("12,5", "Hồ sơ", ("12.5", "125")),
    ("12.34", "Người", ("12.34", "1234")),
]


@pytest.mark.parametrize(("text", "unit", "readings"), AMBIGUOUS)
def test_keeps_two_honest_readings(text: str, unit: str, readings: tuple[str, ...]) -> None:
    reading = read_number(text, unit)
    assert reading.value is None
    assert tuple(map(str, reading.readings)) == readings
    assert reading.note


# The unit of the column decides between two readings where it can.
DECIDED = [
    ("1.234", "Hồ sơ", "1234"),
    ("786.000", "Đồng", "786000"),
    ("786.000", "Triệu đồng", "786000"),
    ("1,234", "%", "1.234"),
    ("15,300", "điểm", "15.300"),
    ("12,0", "Hồ sơ", "12.0"),
    ("12.5", "Triệu đồng", "12.5"),
    ("1,234", "km", "1.234"),
]


@pytest.mark.parametrize(("text", "unit", "value"), DECIDED)
def test_the_column_decides(text: str, unit: str, value: str) -> None:
    assert str(read_number(text, unit).value) == value


NO_NUMBERS = [
    "",
    "   ",
    "-",
    "x",
    "không",
    "12 hồ sơ",
    "~100",
    ">50",
    "3/4",
    "½",
    "²",
    "１２３",
    "٣",
    "12３",
    "1E3",
    "1_000",
    "0x10",
    "1O",
    "l2",
    "12.",
    ",5",
    ".5",
    "1.23.4",
    "12.3456.78",
    "1.2345,6",
    "1 23",
    "12 3456",
    "(5",
    "5)",
    "(-5)",
    "--5",
    "%",
    "31/02/2026",
    "#DIV/0!",
    "NaN",
    "9" * (LONGEST_NUMBER + 1),
    "1 " * 100,
]


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_no_number_has_no_reading(text: str) -> None:
    reading = read_number(text)
    assert (reading.value, reading.readings) == (None, ())
    assert reading.note


def test_says_how_it_read() -> None:
    assert read_number("1O").note == "chữ “O” đứng ở chỗ của số 0"
    assert read_number("l2").note == "chữ “l” đứng ở chỗ của số 1"
    assert "0–9" in read_number("１２").note
    assert read_number("05").note == "có số 0 đứng đầu"
    assert read_number("1.234", "Hồ sơ").note == "dấu chấm ngăn hàng nghìn"
    assert read_number("1 234").note == "khoảng trắng ngăn hàng nghìn"
    assert read_number("98.5").note == "dấu chấm ngăn phần thập phân"


def test_a_power_of_ten_shifts_without_rounding() -> None:
    long = "1234567890123456789012345678,123456789"
    assert str(read_written(long, power=6).value) == "1234567890123456789012345678123456.789"
    assert str(read_written("1,2", power=9).value) == "1200000000"


@given(st.integers(0, 10**15))
def test_a_count_with_dots_reads_back(count: int) -> None:
    dotted = f"{count:,}".replace(",", ".")
    assert read_written(dotted, COUNT).value == count
    assert read_number(dotted, "Hồ sơ").value == count


@given(st.integers(0, 10**15), st.sampled_from(" \u00a0\u2009\u202f"))
def test_a_count_with_blanks_reads_back(count: int, blank: str) -> None:
    assert read_number(f"{count:,}".replace(",", blank)).value == count


@given(st.decimals(0, 10**9, allow_nan=False, allow_infinity=False, places=2))
def test_a_decimal_reads_back_with_its_places(number: Decimal) -> None:
    printed = f"{number:,.2f}".translate(str.maketrans(",.", ".,"))
    reading = read_number(f"{printed}%")
    assert (reading.value, reading.decimals, reading.unit) == (number, 2, "%")
    assert str(reading.value) == f"{number:.2f}"


@given(st.text(alphabet=st.sampled_from("0123456789.,%()- −+\u00a0'oO１/"), max_size=12))
def test_every_cell_is_read_or_refused_with_a_reason(text: str) -> None:
    reading = read_number(text)
    assert isinstance(reading, NumberReading)
    if reading.value is None:
        assert len(reading.readings) in {0, 2}
        assert reading.note
    else:
        assert not reading.readings
        assert reading.value.is_finite()


@given(st.text(max_size=40), st.text(max_size=12))
def test_no_text_raises(text: str, unit: str) -> None:
    read_number(text, unit)
