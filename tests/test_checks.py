"""The checks of a form's figures and of its table."""

import pytest
from filled_forms import FORM, form_rows, report_of, table_of

from cchc_calc import check, compute
from cchc_calc.checks import check_figures, check_layout
from cchc_calc.document import Document, Paragraph
from cchc_calc.findings import Severity, by_severity, make_finding, rules
from cchc_calc.form_files import load_form
from cchc_calc.recognition import recognise

WARD = {row.address: "0" for row in FORM.rows if row.is_input and "commune" in row.levels}
WARD |= {"3.4.3.a": "447", "3.4.3.b": "425", "3.4.3.c": "425", "7.7.4.a": "447", "1.6": "1"}
COMPUTED = {row.address: "Không phát sinh" for row in FORM.computed if row.kind == "rate"}
DECLARED = {"3.4.3": "100%", "2.1": "0", "2.1.3": "0", "7.8.1": "0", "7.8.2": "0", "7.7.4": "0"}


def found(values, unit="UBND phường Phương Sơn"):
    report = report_of(values, [f"BIỂU MẪU THỐNG KÊ TẠI {unit.upper()}"])
    return {(finding.rule, finding.rows) for finding in check_figures(report, compute(report))}


def test_a_form_without_a_fault_has_no_finding():
    assert found(WARD | COMPUTED | DECLARED) == set()


@pytest.mark.parametrize(
    ("change", "rule", "rows"),
    [
        ({"3.4.3.c": "426"}, "part_exceeds_whole", ("3.4.3.c", "3.4.3.b")),
        ({"7.7.5.b": "27"}, "part_exceeds_whole", ("7.7.5.b", "7.7.5.a")),
        ({"7.7.1.c": "1"}, "part_exceeds_whole", ("7.7.1.c", "7.7.1.b")),
        ({"7.8.2.a": "448"}, "part_exceeds_whole", ("7.8.2.a", "3.4.3.a")),
        ({"7.8.1.c": "1"}, "part_exceeds_whole", ("7.8.1.c", "7.8.1.a")),
        ({"1.5.a": "12", "1.5.b": "12", "1.5.c": "1"}, "balance", ("1.5.b", "1.5.c", "1.5.d", "1.5.a")),
        ({"1.1": ""}, "missing_value", ("1.1",)),
        ({"2.1.3.a": ""}, "part_missing", ("2.1.3.a",)),
        ({"7.8.1.c": ""}, "part_missing", ("7.8.1.c",)),
        ({"3.4.4.b1": "", "3.4.4.b2": "0"}, "pair_missing", ("3.4.4.b1",)),
        ({"3.4.3": ""}, "parent_empty", ("3.4.3",)),
        ({"7.8.2": ""}, "parent_empty", ("7.8.2",)),
        ({"7.7.4.a": "214"}, "ambiguous_base", ("7.7.4.a",)),
    ],
)
def test_one_fault(change, rule, rows):
    assert (rule, rows) in found(WARD | COMPUTED | DECLARED | change)


@pytest.mark.parametrize(
    "change",
    [
        {"3.4.3.a": "400", "7.7.4.a": "400"},  # carried over from the period before
        {"3.1.4": ""},  # its other part is the district's, and so is the total
        {"7.5.3": ""},
        {"3.4.2.a": ""},
        {"7.7.5": "", "7.7.5.a": "0", "7.7.5.b": "0"} | {"7.7.5": "Không phát sinh"},
    ],
)
def test_no_fault(change):
    assert found(WARD | COMPUTED | DECLARED | change) == set()


def test_a_district_has_to_fill_its_own_rows():
    rules_found = found(WARD | COMPUTED | DECLARED, unit="UBND thành phố Nha Trang")
    missing = next(rows for rule, rows in rules_found if rule == "missing_value")
    assert {"3.4.2.a", "2.1.2.a", "6.2.2"} <= set(missing)
    assert ("part_missing", ("3.1.4.a",)) in rules_found


def test_the_layout_of_the_form_itself():
    report = report_of(WARD)
    rules_found = {finding.rule: finding for finding in check_layout(report, FORM)}
    assert set(rules_found) == {"numbering_gap", "unit_unsuited"}
    assert rules_found["unit_unsuited"].rows == ("7.8.2",)
    assert rules_found["numbering_gap"].found.startswith("1.4, 2.1.1, 3.2, 3.3, 3.4.1, 4.1.1")
    assert all(finding.severity is Severity.INFO for finding in rules_found.values())


def test_findings_come_gravest_first_in_the_order_of_the_document():
    report = report_of({"3.4.3.b": "425", "3.4.3.c": "426", "2.2": "0", "1.6": "Có = 1 Không = 0"})
    severities = [finding.severity for finding in check(report).findings]
    assert severities == sorted(severities, key=list(Severity).index)


def test_json_has_the_fixed_keys():
    report = report_of(WARD | COMPUTED | DECLARED, ["Quý III/2023", "115 hồ sơ đạt 54% (115/214)"])
    data = check(report).to_json()
    assert list(data) == ["form", "unit", "period", "rows", "findings", "claims", "counts"]
    assert data["form"] == {"id": "thong-ke-cchc", "edition": "2023"}
    assert data["period"] == {"from": "2023-07-01", "to": "2023-09-30"}
    row = data["rows"][[row.address for row in FORM.rows].index("3.4.3")]
    assert row == {
        "address": "3.4.3",
        "id": "commune_on_time_rate",
        "kind": "rate",
        "reported": "100%",
        "state": "value",
        "value": "1",
        "text": "100,00%",
        "where": report.entries["3.4.3"].where,
    }
    assert data["claims"][0]["verdict"] == "rounded"
    assert list(data["counts"]) == ["rows", "accepted", "blank", "refused"]


def test_json_of_prose_alone():
    data = check(recognise(Document("a.txt", (Paragraph("đạt 75% (12/16)", "dòng 1"),)))).to_json()
    assert (data["form"], data["rows"], data["counts"]) == (None, [], None)
    assert data["claims"][0]["computed"] == "75,00%"


def test_the_derived_edition_is_checked_too():
    derived = load_form("thong-ke-cchc", "2025")
    values = {"3.4.3.a": "447", "3.4.3.b": "425", "3.4.3.c": "426"}
    document = Document("b.txt", (Paragraph("Quý IV/2025", "dòng 1"), table_of(form_rows(values, derived))))
    result = check(recognise(document))
    assert result.report.form is derived
    assert result.of_rule("part_exceeds_whole")[0].rows == ("3.4.3.c", "3.4.3.b")


def test_every_rule_has_a_title_and_a_remedy_in_vietnamese():
    for rule in rules().values():
        assert rule.id.isascii()
        assert rule.title[0].isupper()
        assert rule.remedy.endswith(".")


def test_a_finding_takes_severity_and_remedy_from_its_rule():
    finding = make_finding("legend_copied", "x")
    assert (finding.severity, finding.remedy) == (Severity.WARNING, rules()["legend_copied"].remedy)
    assert by_severity((finding, make_finding("claim_wrong", "y")))[0].rule == "claim_wrong"
    with pytest.raises(KeyError):
        make_finding("no_such_rule", "x")
