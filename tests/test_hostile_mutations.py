"""Any fault in any cell of a good form is told under its own code; two faults in two cells are both told."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from filled_forms import FORM, HEADER, form_rows, table_of
from hostile.cell_cases import CASES, UNDECIDED, cell_of, dependants
from hostile.cells import BASES, INPUTS, place, with_cells
from hostile.judging import judge
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_calc import check
from cchc_calc.document import Document, Paragraph
from cchc_calc.errors import SourceRefusedError
from cchc_calc.outcomes import OUTCOMES, Outcome
from cchc_calc.recognition import recognise

HOME = "3.4.3.b"
"""The row of the cases that hold for every count."""

COUNTS = [row.address for row in FORM.rows if row.kind == "count" and row.address in INPUTS]


def moves(case):
    """Tell whether a case says the same of every count: a cell that is blocked or refused, and reads no other."""
    is_cell = case.get("row") == HOME and "made_by" not in case and "bases" not in case
    formula = case.get("formula", "").replace(f"{{D:{HOME}}}", "")
    return (
        is_cell and "{D:" not in formula and OUTCOMES[case.get("code", "C18")].outcome in {*UNDECIDED, Outcome.REFUSE}
    )


FAULTS = {f"{case['item']} {case['name']}": case for case in CASES if moves(case)}
BLOCKING = {name: case for name, case in FAULTS.items() if case["outcome"] != "REFUSE"}


def judged(base, faults):
    """Write each fault into its row of the good form."""
    cells = {address: cell_of(FAULTS[name]).replace(f"{{D:{HOME}}}", f"{{D:{address}}}") for address, name in faults}
    with tempfile.TemporaryDirectory(prefix="cchc-hostile-") as folder:
        path = Path(folder) / "biểu.xlsx"
        path.write_bytes(with_cells(base, cells))
        return judge(path)


def check_told(result, base, faults):
    coded = {(finding["code"], tuple(finding["rows"]), finding["where"]) for finding in result.coded()}
    assert coded == {(FAULTS[name]["code"], (address,), f"Biểu mẫu!{place(base, address)}") for address, name in faults}
    assert result.blocked() == {row for address, _ in faults for row in (address, *dependants(address))}


@pytest.mark.parametrize("base", BASES)
@given(address=st.sampled_from(COUNTS), name=st.sampled_from(list(FAULTS)))
def test_a_fault_in_any_row(base, address, name):
    result = judged(base, [(address, name)])
    if FAULTS[name]["outcome"] == "REFUSE":
        assert result.refused == FAULTS[name]["code"]
    else:
        check_told(result, base, [(address, name)])


@pytest.mark.parametrize("base", BASES)
@settings(max_examples=50)
@given(
    addresses=st.lists(st.sampled_from(COUNTS), min_size=2, max_size=2, unique=True),
    names=st.lists(st.sampled_from(list(BLOCKING)), min_size=2, max_size=2),
)
def test_two_faults_are_both_told(base, addresses, names):
    faults = list(zip(addresses, names, strict=True))
    check_told(judged(base, faults), base, faults)


@given(
    addresses=st.lists(st.sampled_from(COUNTS), min_size=2, max_size=2, unique=True),
    refused=st.sampled_from(sorted(FAULTS.keys() - BLOCKING.keys())),
    name=st.sampled_from(list(BLOCKING)),
)
def test_a_refused_file_is_refused_whatever_else_is_in_it(addresses, refused, name):
    result = judged("office", list(zip(addresses, (refused, name), strict=True)))
    assert result.refused == FAULTS[refused]["code"]


def test_there_are_faults_to_choose_from():
    assert len(BLOCKING) > 40
    assert {FAULTS[name]["code"] for name in FAULTS.keys() - BLOCKING.keys()} >= {"S19", "C20", "C23"}
    assert len(COUNTS) > 60


ODD_TEXTS = st.one_of(
    st.sampled_from([case["text"] * case.get("repeat", 1) for case in CASES if "text" in case]),
    st.sampled_from(["9" * 5000, "1.2." * 2000, "(" * 300, "0/0", "5/0", "1%%", "3.4.3", "Có = 99 Không = 100", "一"]),
    st.text(max_size=30),
)
COLUMNS = st.integers(0, len(HEADER) - 1)


@given(
    values=st.dictionaries(st.sampled_from([row.address for row in FORM.rows]), ODD_TEXTS, max_size=30),
    others=st.lists(st.tuples(st.integers(0, len(FORM.rows) - 1), COLUMNS, ODD_TEXTS), max_size=5),
    prose=ODD_TEXTS,
    kind=st.sampled_from(["xlsx", "text"]),
)
def test_any_text_in_any_cell_is_read_or_told(values, others, prose, kind):
    rows = form_rows(INPUTS | values)
    for line, column, text in others:
        rows[line][column] = text
    document = Document("biểu", (Paragraph(prose, "dòng 1"), table_of(rows, name="Biểu mẫu")), kind)
    try:
        result = check(recognise(document))
    except SourceRefusedError:
        return
    counts = result.to_json()["counts"]
    assert counts is None or counts["accepted"] + counts["blank"] + counts["refused"] == counts["rows"]
    assert all(len(finding.message) < 3000 for finding in result.findings)
    again = check(recognise(document))
    assert again.to_json() == result.to_json()
