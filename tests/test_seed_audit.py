"""The acceptance list: everything an audit found true and false in five real reports, row by row."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from cchc_calc import check, evaluate_objectives, read_objectives, read_report
from cchc_calc.findings import Severity, rules
from cchc_calc.objectives.matching import match_objectives

AUDIT = tomllib.loads((Path(__file__).parent / "cases" / "audit.toml").read_text(encoding="utf-8"))
ROWS = AUDIT["row"]
TRUE = {"ok", "met"}
JUDGED = {"finds", "objectives", "statuses", "matches"}
LOUD = {Severity.ERROR, Severity.WARNING}


@pytest.fixture(scope="module")
def results(real_reports):
    """The result of checking each real report, by its name in the list."""
    checked = {}
    for name, pattern in AUDIT["documents"].items():
        [path] = real_reports.glob(pattern)
        checked[name] = check(read_report(path))
    return checked


@pytest.fixture(scope="module")
def objectives(real_reports):
    """The quality objectives of the documents that hold any, evaluated."""
    names = {row["document"] for row in ROWS if row.keys() & {"objectives", "statuses", "matches"}}
    found = {name: list(real_reports.glob(AUDIT["documents"][name])) for name in names}
    return {name: evaluate_objectives(read_objectives(path)) for name, [path] in found.items()}


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


@of_kind("objectives")
def test_what_is_wrong_in_the_objectives_is_found(objectives, row, entry):
    findings = objectives[row["document"]].findings
    assert any(matches(finding, entry) for finding in findings), [
        (finding.rule, finding.rows, finding.found, finding.expected) for finding in findings
    ]


@pytest.mark.parametrize(
    ("document", "number", "status"),
    [(row["document"], number, status) for row in ROWS for number, status in row.get("statuses", {}).items()],
)
def test_what_is_met(objectives, document, number, status):
    outcomes = {outcome.objective.number: outcome for outcome in objectives[document].outcomes}
    assert outcomes[number].status == status
    assert (number in objectives[document].met) == (status == "met")


@pytest.mark.parametrize("row", [row for row in ROWS if "matches" in row], ids=lambda row: row["place"])
def test_objectives_of_two_years_are_the_same_by_content(objectives, row):
    planned, reported = (objectives[name].report.objectives for name in (row["document"], "results_2022"))
    found = {ours.number: other.number for ours, other in match_objectives(planned, reported) if other is not None}
    assert found.items() >= row["matches"].items()


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
        assert bool(row.keys() & JUDGED) != ("reason" in row)


def test_the_rows_without_a_rule_are_known_by_name():
    unfound = {(row["document"], row["place"], row["verdict"]) for row in ROWS if "reason" in row}
    assert unfound == {
        ("plan_2023", "mục tiêu 1", "ambiguous"),
        ("scoring_2021", "I", "not_computable"),
        ("scoring_2021", "II", "not_computable"),
        ("quarter_2023", "III.1 và II.2", "data_quality"),
        ("quarter_2023", "6.a", "not_computable"),
    }
