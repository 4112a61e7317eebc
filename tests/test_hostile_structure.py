"""Every workbook whose sheets, rows or guards were changed has its outcome, and no figure of another row."""

from __future__ import annotations

from itertools import combinations

import pytest
from hostile.cases import CASES, file_name, named, write
from hostile.cells import good_result
from hostile.faults import FAULTS, with_faults
from hostile.judging import judge
from hostile.rules import check_outcome, judged_by_the_rules

from cchc_calc.checking import check
from cchc_calc.errors import SourceRefusedError
from cchc_calc.excel.readers.careful import read_workbook
from cchc_calc.excel.readers.fast import read_workbook_fast
from cchc_calc.gate import admit
from cchc_calc.reading import read_report
from cchc_calc.recognition import recognise

ITEMS = (0, *range(24, 53))
WORKBOOKS = [name for name in CASES if not file_name(name).endswith((".xls", ".ods"))]


def good_rows():
    return {row["address"]: (row["state"], row["value"]) for row in good_result().to_json()["rows"]}


@pytest.mark.parametrize("name", named(*ITEMS))
def test_a_workbook_has_its_outcome(name, tmp_path):
    case = CASES[name]
    judged = judged_by_the_rules(write(name, tmp_path))
    check_outcome(judged, case)
    if judged.refused:
        return
    assert judged.data["form"]["edition"] == case.get("edition", "2023")
    undecided = case.get("undecided", [])
    assert judged.blocked() == set(undecided)
    if "edition" not in case:
        rows = {row["address"]: (row["state"], row["value"]) for row in judged.data["rows"]}
        assert rows == good_rows() | dict.fromkeys(undecided, ("undecided", None))


@pytest.mark.parametrize("name", WORKBOOKS)
def test_the_fast_reader_says_the_same_or_nothing(name, tmp_path):
    """Whole documents are compared, and all that is found in them; what is refused is never read."""
    path = write(name, tmp_path)
    code = ""
    try:
        admitted = admit(path)
        careful = read_workbook(admitted)
        assert read_workbook_fast(admitted) in (None, careful)
        expected = check(recognise(careful))
    except SourceRefusedError as refused:
        code = refused.code
    judged = judge(path)
    if code or judged.refused in ("S01", "S10"):
        # Without a form a document is prose to the recognition; only the whole reading refuses it.
        assert judged.refused == code or expected.report.form is None
    else:
        assert check(read_report(path)).findings == expected.findings


@pytest.mark.parametrize(("one", "other"), list(combinations(FAULTS, 2)))
def test_two_faults_are_both_told(one, other, tmp_path):
    path = tmp_path / "biểu.xlsx"
    path.write_bytes(with_faults(one, other))
    judged = judge(path)
    assert {FAULTS[one].code, FAULTS[other].code} <= {finding["code"] for finding in judged.coded()}
    assert set(FAULTS[one].undecided) | set(FAULTS[other].undecided) <= judged.blocked()
