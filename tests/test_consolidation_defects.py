"""What once went wrong when units were consolidated, by an official's slip or by an attacker's hand."""

import json
import sqlite3
from contextlib import closing

import pytest
from benchmarks.made_forms import form_bytes
from benchmarks.made_units import MadeUnit, made_units

TYPED = {"1.1": 5, "3.4.3.a": 100, "3.4.3.b": 90, "3.4.3.c": 80}


@pytest.fixture
def folder(tmp_path):
    """The reports of three wards."""
    place = tmp_path / "nộp"
    place.mkdir()
    for number in (1, 2, 3):
        send(place / f"p{number}.xlsx", f"UBND phường {number}", {**TYPED, "1.1": number})
    return place


def send(path, unit, typed):
    path.write_bytes(form_bytes(MadeUnit("1", unit, "Vĩnh Khê", typed), "cchc"))


# A name that was mistyped costs nobody a file.


@pytest.mark.parametrize(
    ("option", "name", "content"),
    [
        ("--json", "p1.xlsx", None),
        ("--json", "ghi chú.json", b'{"a": 1}'),
        ("--table", "danh sách.csv", b"1;2"),
    ],
)
def test_no_output_replaces_what_lies_among_the_reports(run, folder, option, name, content):
    if content is not None:
        (folder / name).write_bytes(content)
    before = (folder / name).read_bytes()
    code, printed = run("consolidate", folder, "-o", "t.xlsx", option, folder / name)
    assert (code, "không phải tệp tổng hợp" in printed) == (2, True), printed
    assert (folder / name).read_bytes() == before


def test_the_outputs_of_an_earlier_run_among_the_reports_are_written_anew(run, folder):
    options = ("--json", folder / "t.json", "--table")
    for table in ("t.csv", "t.csv", "t.parquet", "t.parquet"):
        code, printed = run("consolidate", folder, "-o", folder / "t.xlsx", *options, folder / table)
        assert code in {0, 1}, printed


@pytest.mark.parametrize(("option", "name"), [("--json", ".t.cchc"), ("--table", ".t.csv")])
def test_no_output_replaces_the_store(run, folder, tmp_path, option, name, monkeypatch):
    monkeypatch.setattr("cchc_calc.intake.store.store_path", lambda _output: tmp_path / name)
    code, printed = run("consolidate", folder, "-o", "t.xlsx", option, name)
    assert (code, "trùng tên" in printed) == (2, True), printed


# A total among the reports is never added to what it is the total of.


@pytest.mark.parametrize("name", ["lần 1.xlsx", "lần 1.xlsm"])
def test_a_consolidated_workbook_that_names_no_unit_is_no_report(run, folder, tmp_path, name):
    run("consolidate", folder, "-o", folder / name)
    code, printed = run("consolidate", folder, "-o", folder / "lần 2.xlsx", "--json", "t.json")
    result = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))
    assert code == 1, printed
    assert [(one["source"], one["code"]) for one in result["refused"]] == [(name, "X04")]
    assert next(row["value"] for row in result["rows"] if row["address"] == "1.1") == "6"


# What somebody wrote into the store neither stops a run nor reaches a total.


def of_submission(place, content):
    def changed(submission):
        submission[place] = {**submission[place], **content} if isinstance(content, dict) else content
        return submission

    return changed


@pytest.mark.parametrize(
    "change",
    [
        of_submission(4, {"1.1": "1E+999999999"}),
        of_submission(4, {"6.1.a": "1E-999999999"}),
        of_submission(4, {"6.1.a": "1E+99999"}),
        of_submission(4, {"1.1": -5}),
        of_submission(4, {"1.1": "1/3"}),
        of_submission(4, {"1.1": 10**400}),
        of_submission(4, {"3.4.3": f"1/{'9' * 4000}"}),
        of_submission(4, {"1": "value"}),
        of_submission(4, {"99.99": 5}),
        of_submission(1, "UBND phường \ud800"),
        of_submission(12, {"1.1": ["no rule"]}),
        of_submission(12, {"99.99": ["missing_value"]}),
    ],
)
def test_a_submission_that_no_reader_gave_is_read_again(run, folder, tmp_path, change):
    command = ("consolidate", folder, "-o", "t.xlsx", "--json", "t.json")
    run(*command)
    before = (tmp_path / "t.json").read_bytes()
    with closing(sqlite3.connect(tmp_path / ".t.cchc")) as store, store:
        (text,) = store.execute("SELECT submission FROM received WHERE name = 'p1.xlsx'").fetchone()
        changed = json.dumps(change(json.loads(text)))
        store.execute("UPDATE received SET submission = ? WHERE name = 'p1.xlsx'", (changed,))
    code, printed = run(*command)
    assert (code, "Đã đọc 1 tệp" in printed) == (0, True), printed
    assert (tmp_path / "t.json").read_bytes() == before


@pytest.mark.parametrize("fields", [["p1.xlsx", "Q99", "m", "r", "", ""], ["p1.xlsx", "F05", "\ud800", "r", "", ""]])
def test_so_is_a_refusal(run, folder, tmp_path, fields):
    run("consolidate", folder, "-o", "t.xlsx")
    with closing(sqlite3.connect(tmp_path / ".t.cchc")) as store, store:
        store.execute("UPDATE received SET submission = NULL, refusal = ?", (json.dumps(fields),))
    code, printed = run("consolidate", folder, "-o", "t.xlsx")
    assert (code, "Đã đọc 3 tệp" in printed) == (0, True), printed


# A slip in a name is said to be one.


def test_an_office_that_the_register_does_not_know_is_named(run, folder, tmp_path):
    (tmp_path / "dv.csv").write_text("Mã;Tên đơn vị;Cấp;Đơn vị cấp trên\n1;Tỉnh Khê;Tỉnh;\n2;Phường 1;Xã;1\n", "utf-8")
    code, printed = run("consolidate", folder, "-o", "t.xlsx", "--units", "dv.csv", "--parent", "Tỉnh Khe")
    assert (code, "“Tỉnh Khe” không có trong danh sách đơn vị" in printed) == (2, True), printed
    assert not (tmp_path / ".t.cchc").exists()
    for known in ("1", "Tỉnh Khê"):
        assert run("consolidate", folder, "-o", "t.xlsx", "--units", "dv.csv", "--parent", known)[0] == 1


REGISTER = (
    "Mã;Tên đơn vị;Cấp;Đơn vị cấp trên\n1;Tỉnh Khê;Tỉnh;\n11;Huyện Hạ;Huyện;1\n"
    "111;Phường 1;Xã;11\n112;Phường 2;Xã;11\n113;Phường 3;Xã;11\n"
)


def test_the_total_of_a_district_is_its_report_to_the_province(run, folder, tmp_path):
    (tmp_path / "dv.csv").write_text(REGISTER, "utf-8")
    (tmp_path / "huyện").mkdir()
    run("consolidate", folder, "-o", "huyện/hạ.xlsx", "--units", "dv.csv", "--parent", "11")
    code, printed = run(
        *("consolidate", "huyện", "-o", "t.xlsx", "--units", "dv.csv", "--level", "province", "--json", "t.json")
    )
    assert code == 0, printed
    result = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))
    assert [unit["unit"] for unit in result["units"]] == ["Huyện Hạ"]
    values = {row["address"]: row["value"] for row in result["rows"]}
    assert (values["1.1"], values["3.4.3.b"], values["3.4.3"]) == ("6", "270", "8/9")


def test_files_of_this_period_given_as_those_before_are_told(run, folder):
    code, printed = run("consolidate", folder / "p1.xlsx", "-o", "t.xlsx", "--previous", folder)
    assert (code, "không phải của kỳ trước: p2.xlsx, p3.xlsx" in printed) == (0, True), printed


def test_a_file_is_named_as_it_is_called(run, folder):
    send(folder / "q.xlsx", "", {**TYPED, "1.1": 9})
    _, printed = run("consolidate", folder, "-o", "t.xlsx")
    assert "Cảnh báo: q.xlsx: không ghi tên đơn vị" in printed


def test_the_report_of_a_ward_is_no_total_of_wards(run, folder, tmp_path):
    code, printed = run("consolidate", folder, "-o", "t.xlsx", "--printed", folder / "p1.xlsx")
    assert (code, "một đơn vị cấp xã" in printed) == (2, True), printed
    assert not (tmp_path / "t.xlsx").exists()


def test_no_period_is_sealed_before_it_begins(run, folder):
    unit = next(unit for unit in made_units(50, 1) if not unit.fault)
    (folder / "đủ.xlsx").write_bytes(form_bytes(unit, "cchc"))
    code, printed = run("seal", folder / "đủ.xlsx", "-o", "s.xlsx", "--at", "2023-06-12T23:59")
    assert (code, "trước ngày đầu của kỳ báo cáo (13/6/2023)" in printed) == (2, True), printed
    assert run("seal", folder / "đủ.xlsx", "-o", "s.xlsx", "--at", "2023-06-13T00:00")[0] == 0


def test_a_seal_of_tomorrow_is_told_also_where_it_loses(run, tmp_path):
    unit = next(unit for unit in made_units(50, 1) if not unit.fault)
    (tmp_path / "hai").mkdir()
    for name, first, at in (("a", 4, "2023-09-15T08:00"), ("b", 5, "2023-09-16T08:00")):
        send(tmp_path / "t.xlsx", unit.name, {**unit.typed, "1.1": first})
        assert run("seal", "t.xlsx", "-o", f"hai/{name}.xlsx", "--at", at)[0] == 0
    code, printed = run("consolidate", "hai", "-o", "o.xlsx", "--today", "2023-09-15")
    assert (code, "b.xlsx: ngày chốt số liệu 16/09/2023 sau ngày tổng hợp" in printed) == (1, True), printed


def test_texts_of_a_result_steer_no_terminal(run, folder, tmp_path):
    run("consolidate", folder, "-o", "t.xlsx", "--json", "t.json")
    result = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"))
    result["rows"][0] |= {"value": "9", "text": "\x1b[2J9"}
    (tmp_path / "x.json").write_text(json.dumps(result), "utf-8")
    code, printed = run("diff", "t.json", "x.json")
    assert (code, "\x1b" in printed, "F04" in printed) == (2, False, True), printed
