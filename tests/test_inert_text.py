"""Texts that no spreadsheet takes for a formula or a day, and that can be had back."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.tables.inert_text import inert

CASES = {
    # text -> as it is written
    "": "",
    "UBND phường 1": "UBND phường 1",
    "Phường 3 - khu A (a = b)": "Phường 3 - khu A (a = b)",
    "=cmd|'/c calc'!A0": "'=cmd|'/c calc'!A0",
    '=HYPERLINK("http://x";"y")': '\'=HYPERLINK("http://x";"y")',
    "+1": "'+1",
    "-2+3": "'-2+3",
    "-xã A": "'-xã A",
    "@SUM(A1)": "'@SUM(A1)",
    "\txã A": "'\txã A",
    "\rxã A": "'\rxã A",
    "\nxã A": "'\nxã A",
    "\x00xã A": "'\x00xã A",
    # blanks, invisible letters and quotation marks before the sign
    "  =1": "'  =1",
    "\u00a0=1": "'\u00a0=1",
    "\u200b=1": "'\u200b=1",
    "\ufeff=1": "'\ufeff=1",
    '"=1"': '\'"=1"',
    "'=1": "''=1",
    "“=1”": "'“=1”",
    "＝1": "'＝1",
    "＠1": "'＠1",
    # a new cell or line inside the text
    "xã A;=1": "xã A;'=1",
    "xã A,=1,xã B": "xã A,'=1,xã B",
    "xã A|@x": "xã A|'@x",
    "xã A\t+x": "xã A\t'+x",
    "xã A\n=1": "xã A\n'=1",
    'xã A"; "=1': 'xã A";\' "=1',
    # negative numbers are numbers
    "-3": "-3",
    "-1.234,50": "-1.234,50",
    "-3,86%": "-3,86%",
    "--3": "'--3",
    "-": "'-",
    # a day
    "2/3": "'2/3",
    " 1/2/2023": "' 1/2/2023",
    "-3/4": "'-3/4",
    "'2/3": "''2/3",
    "12/TB-UBND.xlsx": "12/TB-UBND.xlsx",
    # an apostrophe of the text itself
    "'xã A'": "'xã A'",
}


@pytest.mark.parametrize("text", CASES)
def test_a_text(text):
    assert inert(text) == CASES[text]
    assert restored(CASES[text]) == text


def restored(written):
    """Take one apostrophe away at each place where one may have been put: the way back that is promised."""
    blanks = r"[\s\x00-\x1f'\"“”‘’\u00ad\u200b-\u200f\u2060\ufeff]*"
    sign = f"{blanks}[=+\\-@＝＋－＠]"
    return re.sub(rf"^'(?='*[\x00-\x1f]|{sign}|{blanks}[0-9]+/[0-9])|(?<=[,;|\t\r\n])'(?={sign})", "", written)


TRICKY = st.text(st.sampled_from("=+-@'\" \t\r\n,;|0a.%/\u00a0\u200b＝“"), max_size=12)
BLANK_OR_QUOTE = '"“”‘’\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff'


def begins_a_formula(cell):
    """Tell whether a cell, less blanks and quotation marks, begins with the sign of a formula and is no number."""
    begun = re.sub(rf"^[\s\x00-\x1f{BLANK_OR_QUOTE}]+", "", cell)
    return begun[:1] in tuple("=+-@＝＋－＠") and not re.fullmatch(r"-[0-9][0-9.,]*%?", cell)


@given(TRICKY | st.text())
def test_every_text_can_be_had_back(text):
    assert restored(inert(text)) == text


@given(TRICKY | st.text())
def test_no_cell_begins_a_formula_whatever_mark_parts_the_cells(text):
    written = inert(text)
    assert not begins_a_formula(written)
    assert not written.startswith(("\t", "\r", "\n"))
    assert not re.match(r"\s*[0-9]+/[0-9]", written)
    for mark in ",;|\t\n":
        assert not any(map(begins_a_formula, written.split(mark)))


@given(st.decimals(max_value=-1, allow_nan=False, allow_infinity=False).map(lambda number: f"{number:f}"))
def test_a_negative_number_is_left_alone(number):
    assert inert(number) == number
