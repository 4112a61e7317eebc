"""Every hostile cell gives the outcome that is required, in an office's workbook and in our own template."""

from __future__ import annotations

import hashlib
from functools import cache

import pytest
from containers import watched
from filled_forms import FORM
from hostile.cell_cases import CASES, NAMED, OUTCOME_OF, UNDECIDED, built, dependants
from hostile.cells import BASES, office_workbook, place, template, text_document
from hostile.judging import judge, outcome_of

from cchc_calc.outcomes import OUTCOMES


@cache
def good(base, folder):
    path = folder / f"{base}.xlsx"
    path.write_bytes(BASES[base]())
    return judge(path)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("good")


@pytest.mark.parametrize("base", BASES)
def test_the_good_form_has_no_fault(base, folder):
    assert good(base, folder).coded() == []
    assert good(base, folder).blocked() == set()


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("name", NAMED)
def test_a_cell_has_its_outcome(name, base, tmp_path, folder):
    case = NAMED[name]
    if base not in case.get("bases", BASES):
        return
    path = tmp_path / "Biểu mẫu quý III.xlsx"
    path.write_bytes(built(case, base))
    before = hashlib.sha256(path.read_bytes()).digest()
    judged = judge(path)
    assert outcome_of([judged.refused] if judged.refused else codes(judged)) is OUTCOME_OF[case["outcome"]]
    assert hashlib.sha256(path.read_bytes()).digest() == before
    assert list(tmp_path.iterdir()) == [path]
    if judged.refused:
        assert judged.refused == case["code"]
        assert judged.remedy
        return
    assert codes(judged) == sorted({*case.get("also", []), *filter(None, [case.get("code")])})
    check_finding(case, judged, base)
    check_rows(case, judged, base, good(base, folder))


def codes(judged):
    return sorted({finding["code"] for finding in judged.coded()})


def check_finding(case, judged, base):
    found = [finding for finding in judged.coded() if finding["code"] == case.get("code")]
    for finding in found:
        assert finding["message"]
        assert finding["remedy"].endswith(".")
        assert case.get("message", "") in finding["message"]
        assert case.get("remedy", "") in finding["remedy"]
        assert case.get("cause", finding["cause"]) == finding["cause"]
        assert len(finding["message"]) < 1000
        if "row" in case and case["code"] != "C16":
            assert finding["rows"] == [case["row"]]
            assert finding["where"] == f"Biểu mẫu!{place(base, case['row'])}"
            assert finding["found"]


def check_rows(case, judged, base, before):
    counts = judged.data["counts"]
    assert counts["accepted"] + counts["blank"] + counts["refused"] == counts["rows"] == len(FORM.rows)
    if "row" not in case:
        assert judged.data["rows"] == before.data["rows"]
        return
    row = judged.row(case["row"])
    if "code" in case and OUTCOMES[case["code"]].outcome in UNDECIDED:
        if FORM.row(case["row"]).is_input:
            assert (row["state"], row["value"]) == ("undecided", None)
            assert judged.blocked() == {case["row"], *dependants(case["row"])}
            check_dependants(case, judged, base)
        else:
            # What was printed is never taken; the row is computed from its own counts.
            assert row["value"] == before.row(case["row"])["value"]
    elif "value" in case:
        assert (row["state"], row["value"]) == ("value", case["value"])
    elif "state" in case:
        assert (row["state"], row["value"]) == (case["state"], None)


def check_dependants(case, judged, base):
    """Every row computed from the cell says which cell it is."""
    told = {finding["rows"][0]: finding for finding in judged.data["findings"] if finding["rule"] == "blocked_by"}
    assert set(told) == dependants(case["row"])
    for finding in told.values():
        assert f"{case['row']} (Biểu mẫu!{place(base, case['row'])}" in finding["message"]


def fits_a_line(case):
    """Tell whether a text can stand in a line of a document as it stands in a cell."""
    return case.get("text", "\n").isprintable() and not case.keys() & {"only_workbooks", "repeat"}


# Not printable are hidden characters, too, which a document may hold.
HIDDEN = {"\u00a0", "\u2009", "\u202f", "\u200b", "\ufeff", "\u00ad"}
TEXTS = [
    name for name, case in NAMED.items() if fits_a_line({**case, "text": "".join(set(case.get("text", "\n")) - HIDDEN)})
]


@pytest.mark.parametrize("name", TEXTS)
def test_the_same_text_in_a_document(name, tmp_path):
    """A document holds nothing but text, so that a number written in letters is no news there."""
    case = NAMED[name]
    path = tmp_path / "biểu.txt"
    path.write_text(text_document({case["row"]: case["text"]}), encoding="utf-8")
    judged = judge(path)
    is_told = case["outcome"] in {outcome.value for outcome in UNDECIDED}
    assert codes(judged) == ([case["code"]] if is_told else [])
    row = judged.row(case["row"])
    if "value" in case or "state" in case:
        assert (row["state"], row["value"]) == (case.get("state", "value"), case.get("value"))


@pytest.mark.parametrize("name", NAMED)
def test_nothing_is_opened_but_the_file_and_two_runs_agree(name, tmp_path):
    case = NAMED[name]
    base = case.get("bases", ["office"])[0]
    path = tmp_path / "a.xlsx"
    path.write_bytes(built(case, base))
    first = judge(path)
    with watched() as events:
        second = judge(path)
    assert events == ["open"]
    assert first == second


def test_every_item_of_the_list_has_a_case():
    assert {case["item"] for case in CASES} == set(range(55, 94))
    assert len(NAMED) == len(CASES)
    assert office_workbook() != template()
