"""Formulas of a file looked at as text: what they call, what they read, and the few that hold numbers alone."""

from __future__ import annotations

from fractions import Fraction

import pytest
from containers import make_ods
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.errors import SourceRefusedError
from cchc_calc.excel.readers.open_document import read_open_document
from cchc_calc.excel.readers.stored_values import may_reach_out
from cchc_calc.gate import admit_bytes
from cchc_calc.stored_formulas import (
    REACHING_OUT,
    changing,
    circular,
    constant_result,
    functions_called,
    needs_newer_spreadsheet,
    reaching_out,
)


@pytest.mark.parametrize(
    ("formula", "what"),
    [
        ("SUM(D5:D9)", ""),
        ("cmd|'/c calc'!A0", "DDE"),
        ('DDE("soffice","a.ods","A1")', "DDE"),
        ('"a|b"&D5', ""),
        ('WEBSERVICE("http://a")', "WEBSERVICE"),
        ('_xlfn.WEBSERVICE("http://a")', "WEBSERVICE"),
        ('webservice ("http://a")', "WEBSERVICE"),
        ('"WEBSERVICE("&D5', ""),
        ('IF(D5>0,IMPORTXML("http://a","//b"),0)', "IMPORTXML"),
        ('HYPERLINK("http://a",5)', "HYPERLINK"),
        ("HYPERLINK(\"#'Biểu mẫu'!D5\",5)", ""),
        ('HYPERLINK("#A1")+HYPERLINK("http://a")', "HYPERLINK"),
        ("HYPERLINK(D5)", "HYPERLINK"),
        ('RTD("a",,"b")', "RTD"),
        ("_xlfn.IMAGE(D5)", "IMAGE"),
        ('CUBEVALUE("a","b")', "CUBEVALUE"),
        ('CALL("Kernel32","WinExec")', "CALL"),
    ],
)
def test_what_reaches_out_of_the_file(formula, what):
    assert reaching_out(formula) == what


@pytest.mark.parametrize("name", sorted(REACHING_OUT))
def test_the_quick_look_misses_none_of_them(name):
    assert reaching_out(f"1+{name}(D5)") == name
    assert may_reach_out([b"<f>1</f>", f"<f>1+{name.lower()}(D5)</f>".encode()])
    assert not may_reach_out([b'<f>IF(ISNUMBER(D5),D5,"KX")</f>'])


@pytest.mark.parametrize(
    ("formula", "name"),
    [("TODAY()-1", "TODAY"), ('INDIRECT("A"&1)', "INDIRECT"), ("now()", "NOW"), ('"TODAY()"', ""), ("D5*2", "")],
)
def test_what_changes_by_itself(formula, name):
    assert changing(formula) == name


def test_functions_are_named_without_their_prefixes():
    assert functions_called('_xlfn._xlws.FILTER(A1:A3,_xlfn.ISFORMULA(B1))&"SUM("') == {"FILTER", "ISFORMULA"}
    assert needs_newer_spreadsheet("_xlfn._xlws.FILTER(A1:A3,B1:B3)")
    assert needs_newer_spreadsheet('IFERROR(__xludf.DUMMYFUNCTION("a"),5)')
    assert not needs_newer_spreadsheet('"_xlfn.FILTER"&A1')


@pytest.mark.parametrize(
    ("formula", "result"),
    [
        ("5", Fraction(5)),
        ("400+25", Fraction(425)),
        ("10/2", Fraction(5)),
        ("1/3", Fraction(1, 3)),
        ("2-3-4", Fraction(-5)),
        ("2+3*4", Fraction(14)),
        ("(2+3)*4", Fraction(20)),
        ("-(-5)", Fraction(5)),
        ("- 5 + .5", Fraction(-9, 2)),
        ("8/2/2", Fraction(2)),
        ("1/0", None),
        ("", None),
        ("D5", None),
        ("2^3", None),
        ("5%", None),
        ("(2", None),
        ("2)", None),
        ("2 3", None),
        ("+", None),
        ("1..2", None),
        ("(" * 40 + "1" + ")" * 40, Fraction(1)),
        ("1" * 101, None),
    ],
)
def test_a_formula_of_plain_numbers(formula, result):
    assert constant_result(formula) == result


@given(st.text("0123456789.+-*/() ", max_size=100))
def test_any_text_of_numbers_and_signs_has_a_result_or_none(formula):
    result = constant_result(formula)
    assert result is None or isinstance(result, Fraction)


SHEET = "Biểu mẫu"


@pytest.mark.parametrize(
    ("formulas", "in_circle"),
    [
        ({"D5": "D5+1"}, {"D5"}),
        ({"D5": "$D$5+1"}, {"D5"}),
        ({"D5": "d5+1"}, {"D5"}),
        ({"D5": "SUM(D1:D9)"}, {"D5"}),
        ({"D5": "SUM(D9:D1)"}, {"D5"}),
        ({"D5": "SUM(C1:E9)"}, {"D5"}),
        ({"D5": "'Biểu mẫu'!D5"}, {"D5"}),
        ({"D5": "Khác!D5"}, set()),
        ({"D5": "'Quý 2'!D5"}, set()),
        ({"D5": 'IF(A1="D5",1,2)'}, set()),
        ({"D5": "LOG10(A1)+XD5(1)"}, set()),
        ({"D5": "D6", "D6": "D7*2", "D7": "D5"}, {"D5", "D6", "D7"}),
        ({"D5": "D6", "D6": "D7*2", "D7": "D6"}, {"D6", "D7"}),
        ({"D5": "D6+D7", "D6": "D7", "D7": "1+1"}, set()),
        ({"D5": "D50"}, set()),
    ],
)
def test_what_goes_in_a_circle(formulas, in_circle):
    assert circular(formulas, SHEET, formulas) == in_circle


def test_a_tangle_of_formulas_is_not_followed_to_its_end():
    """Every formula reads the whole sheet; without a limit this would take hours."""
    formulas = {f"D{row}": f"SUM(A1:C99999)+SUM(E1:E{row})" for row in range(1, 20_000)} | {"E1": "D2"}
    circular(formulas, SHEET, list(formulas)[:200])
    chain = {f"D{row}": f"D{row + 1}" for row in range(1, 100_000)}
    assert circular(chain, SHEET, ["D1"]) == set()


def test_what_cannot_be_followed_is_not_vouched_for(monkeypatch):
    monkeypatch.setattr("cchc_calc.stored_formulas._MOST_STEPS", 10)
    chain = {f"D{row}": f"D{row + 1}" for row in range(1, 30)}
    assert circular(chain, SHEET, ["D1"]) == {"D1"}


def ods_with(formula, value="5"):
    cell = f'office:value-type="float" office:value="{value}"'
    return make_ods(
        f'<table:table table:name="A"><table:table-row><table:table-cell table:formula="{formula}" {cell}>'
        f"<text:p>{value}</text:p></table:table-cell></table:table-row></table:table>"
    )


@pytest.mark.parametrize(
    ("written", "formula"),
    [
        ("of:=10/2", "10/2"),
        ("of:=SUM([.A1:.B7])", "SUM(A1:B7)"),
        ("of:=[$Khác.A1]+1", "Khác!A1+1"),
        ("of:=[.$A$1]+1", "$A$1+1"),
        ("oooc:=[.A1]*2", "A1*2"),
    ],
)
def test_formulas_of_an_open_document_are_written_like_the_others(written, formula):
    ((row,),) = (table.rows for table in read_open_document(admit_bytes("a.ods", ods_with(written))).tables)
    assert row[0].formula == formula
    assert row[0].computed


@pytest.mark.parametrize("written", ["of:=WEBSERVICE([.A1])", "of:=DDE([.A1];[.A2];[.A3])"])
def test_an_open_document_that_reaches_out_is_refused(written):
    with pytest.raises(SourceRefusedError) as caught:
        read_open_document(admit_bytes("a.ods", ods_with(written)))
    assert caught.value.code == "C23"
