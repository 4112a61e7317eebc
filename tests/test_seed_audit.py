"""The acceptance list: everything an audit found true and false in five real reports, row by row."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from cchc_calc import check, read_report
from cchc_calc.findings import Severity, rules

AUDIT = tomllib.loads((Path(__file__).parent / "cases" / "audit.toml").read_text(encoding="utf-8"))
ROWS = AUDIT["row"]
TRUE = {"ok", "met"}
LOUD = {Severity.ERROR, Severity.WARNING}


@pytest.fixture(scope="module")
def results(real_reports):
    """The result of checking each real report, by its name in the list."""
    checked = {}
    for name, pattern in AUDIT["documents"].items():
        [path] = real_reports.glob(pattern)
        checked[name] = check(read_report(path))
    return checked


def of_kind(kind):
    rows = [(row, entry) for row in ROWS for entry in row.get(kind, [])]
    return pytest.mark.parametrize(("row", "entry"), rows, ids=[f"{row['place']}: {entry}" for row, entry in rows])


def matches(finding, entry):
    return (
        finding.rule == entry["rule"]
        and finding.rows == tuple(entry.get("rows", finding.rows))
        and entry.get("found", "") in finding.found
        and entry.get("expected", "") in finding.expected
        and entry.get("cause", finding.cause) == finding.cause
    )


def places_of(result, words):
    """Where a document holds these words."""
    report = result.report
    prose = [paragraph.where for paragraph in report.prose if words in paragraph.text]
    return prose + [entry.where for entry in report.entries.values() if words in entry.reported]


def loud(result):
    return [finding for finding in result.findings if finding.severity in LOUD]


@of_kind("finds")
def test_what_is_wrong_is_found(results, row, entry):
    findings = results[row["document"]].of_rule(entry["rule"])
    assert any(matches(finding, entry) for finding in findings), [
        (finding.rows, finding.found, finding.expected, finding.cause) for finding in findings
    ]


@of_kind("claims")
def test_what_is_claimed_is_recomputed(results, row, entry):
    claims = [claim for claim in results[row["document"]].claims if entry["text"] in claim.text]
    assert claims
    for claim in claims:
        assert all(getattr(claim, key) == value for key, value in entry.items() if key != "text"), claim


@pytest.mark.parametrize(
    ("document", "address", "text"),
    [(row["document"], address, text) for row in ROWS for address, text in row.get("values", {}).items()],
)
def test_what_is_computed(results, document, address, text):
    assert results[document].computation.text(address) == text


@of_kind("quiet_rows")
def test_what_is_right_in_the_form_raises_nothing(results, row, entry):
    result = results[row["document"]]
    assert result.report.form is not None
    assert entry in result.report.entries
    assert [finding.rule for finding in loud(result) if entry in finding.rows] == []


@of_kind("quiet")
def test_what_is_right_in_the_prose_raises_nothing(results, row, entry):
    result = results[row["document"]]
    places = places_of(result, entry)
    assert places, "the document does not hold these words"
    raised = [
        (finding.rule, finding.where, finding.found)
        for finding in loud(result)
        if entry in finding.found or (finding.found and finding.found in entry and finding.where in places)
    ]
    assert raised == []


def test_the_list_is_complete():
    assert len(ROWS) == 98
    assert Counter(row["verdict"] for row in ROWS) == {
        "ok": 31,
        "data_quality": 21,
        "typo": 9,
        "mismatch": 8,
        "ambiguous": 7,
        "met": 7,
        "not_computable": 6,
        "missing": 5,
        "not_met": 4,
    }


@pytest.mark.parametrize("row", ROWS, ids=[f"{row['document']} {row['place']}: {row['claim']}" for row in ROWS])
def test_every_row_is_found_or_says_why_not(row):
    assert row["document"] in AUDIT["documents"]
    assert all(entry["rule"] in rules() for entry in row.get("finds", []))
    if row["verdict"] in TRUE:
        assert row.get("quiet") or row.get("quiet_rows")
        assert "finds" not in row
        assert "reason" not in row
    else:
        assert ("finds" in row) != ("reason" in row)


def test_the_rows_without_a_rule_are_known_by_name():
    unfound = {(row["document"], row["place"], row["verdict"]) for row in ROWS if "reason" in row}
    assert unfound == {
        ("results_2022", "mục tiêu 1", "not_computable"),
        ("results_2022", "mục tiêu 2", "not_met"),
        ("results_2022", "mục tiêu 2", "not_computable"),
        ("results_2022", "toàn văn", "missing"),
        ("plan_2023", "mục tiêu 1", "ambiguous"),
        ("plan_2023", "mục tiêu 3", "ambiguous"),
        ("plan_2023", "mục tiêu 3 và 4", "data_quality"),
        ("results_2020", "mục tiêu 3", "not_met"),
        ("results_2020", "mục tiêu 7", "not_met"),
        ("scoring_2021", "I", "not_computable"),
        ("scoring_2021", "II", "not_computable"),
        ("quarter_2023", "III.1 và II.2", "data_quality"),
        ("quarter_2023", "6.a", "not_computable"),
    }
