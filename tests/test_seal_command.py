"""The commands cchc seal and cchc reopen, and what cchc check says of a sealed file."""

from __future__ import annotations

import json
import shutil
from datetime import datetime

import pytest
from containers import parts_of, with_parts
from filled_workbooks import GRID, filled_bytes
from made_seals import ONCE, SEAL
from sealed_forms import MORNING, sealed_file, sound_bytes, typed, with_written

from cchc_calc.checking import check
from cchc_calc.errors import CchcError, SourceRefusedError
from cchc_calc.excel.seal_parts import PART
from cchc_calc.gate import admit
from cchc_calc.reading import read_report
from cchc_calc.sealed_reports import read_sealed_report, seal_in
from cchc_calc.sealing import reasons_against, reopen_file, seal_report

AT = datetime.fromisoformat(MORNING)


@pytest.fixture
def draft(tmp_path):
    path = tmp_path / "biểu.xlsx"
    path.write_bytes(sound_bytes())
    return path


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
def test_a_form_is_sealed_into_a_new_file(run, tmp_path, suffix):
    source = tmp_path / f"biểu{suffix}"
    source.write_bytes(sound_bytes(suffix=suffix))
    before = source.read_bytes()
    code, printed = run("seal", source.name, "-o", f"chốt{suffix}", "--at", MORNING)
    assert code == 0
    assert "Đã chốt số liệu lúc 08:00 ngày 15/9/2023" in printed
    assert source.read_bytes() == before
    sealed = read_sealed_report(tmp_path / f"chốt{suffix}")
    assert (sealed.written.sealed_at, sealed.is_unchanged, sealed.own[:12] in printed) == (AT, True, True)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
    first = (tmp_path / f"chốt{suffix}").read_bytes()
    run("seal", source.name, "-o", f"chốt{suffix}", "--at", MORNING)
    assert (tmp_path / f"chốt{suffix}").read_bytes() == first


def test_without_a_time_the_present_minute_is_taken(run, tmp_path, draft):
    begin = datetime.now().replace(second=0, microsecond=0)  # noqa: DTZ005 - as the command takes it
    run("seal", draft.name, "-o", "chốt.xlsx")
    assert begin <= seal_in(admit(tmp_path / "chốt.xlsx")).sealed_at <= datetime.now()  # noqa: DTZ005 - the same


def test_check_tells_how_it_stands_with_the_seal(run, tmp_path, draft):
    def checked(name):
        code, printed = run("check", name, "--json", "kq.json")
        return code, printed, json.loads((tmp_path / "kq.json").read_text(encoding="utf-8"))

    code, printed, data = checked(draft.name)
    assert (code, "Đã chốt" in printed, "seal" in data) == (0, False, False)
    keys = list(data)
    sealed_file(tmp_path / "chốt.xlsx")
    code, printed, data = checked("chốt.xlsx")
    assert (code, list(data)) == (0, [*keys, "seal"])
    assert "Đã chốt số liệu lúc 08:00 ngày 15/9/2023, số liệu không đổi từ đó." in printed
    assert data["seal"] | {"seal": ""} == {"seal": "", "sealed_at": MORNING, "unchanged": True, "history": []}
    typed(tmp_path / "chốt.xlsx", {"3.4.3.b": 426})
    code, printed, data = checked("chốt.xlsx")
    assert (code, data["seal"]["unchanged"]) == (1, False)
    assert "khác lúc chốt (08:00 ngày 15/9/2023)" in printed
    (finding,) = (one for one in data["findings"] if one["rule"] == "seal_broken")
    assert (finding["severity"], finding["code"], finding["cause"]) == ("error", "X07", "changed")
    assert finding["expected"] == data["seal"]["seal"] != finding["found"]
    run("reopen", "chốt.xlsx", "-o", "mở.xlsx", "--reason", "Sửa  mục 3.4.3", "--at", "2023-09-16T09:30")
    code, printed, data = checked("mở.xlsx")
    assert code == 0
    assert "Đã mở lại số liệu lúc 09:30 ngày 16/9/2023 (lý do: Sửa mục 3.4.3), chưa chốt lại." in printed
    assert (data["seal"]["seal"], data["seal"]["sealed_at"]) == (None, None)
    (earlier,) = data["seal"]["history"]
    assert (earlier["sealed_at"], earlier["reopened_at"]) == (MORNING, "2023-09-16T09:30")
    assert (earlier["reason"], earlier["seal"]) == ("Sửa mục 3.4.3", finding["expected"])
    code, _ = run("seal", "mở.xlsx", "-o", "lại.xlsx", "--at", "2023-09-16T10:00")
    again = checked("lại.xlsx")[2]["seal"]
    assert (code, again["unchanged"], again["history"]) == (0, True, data["seal"]["history"])


def test_a_sealed_file_is_not_sealed_again(tmp_path, refuses):
    sealed_file(tmp_path / "chốt.xlsx")
    refuses(["seal", "chốt.xlsx", "-o", "lại.xlsx"], "Tệp đã chốt số liệu lúc 08:00 ngày 15/9/2023, số liệu không đổi")
    typed(tmp_path / "chốt.xlsx", {"1.1": 4})
    refuses(["seal", "chốt.xlsx", "-o", "lại.xlsx"], "cchc reopen")
    with pytest.raises(SourceRefusedError) as error:
        seal_report(read_sealed_report(tmp_path / "chốt.xlsx"), tmp_path / "lại.xlsx", AT)
    assert error.value.code == "X07"


FORMULAS = {"1.1": "=TODAY()-45000", "3.4.3.a": "=1447"}


@pytest.mark.parametrize(
    ("make", "codes", "said"),
    [
        (lambda _: filled_bytes(), {"C06", "C09", "V04", "V05", "V15"}, "vì 6 lý do"),
        (lambda _: sound_bytes(unit=""), {""}, "không ghi tên đơn vị"),
        (lambda _: sound_bytes(period=None), {""}, "không ghi kỳ báo cáo"),
        (lambda _: sound_bytes((("3.4.3.c", "426"),)), {"V03"}, "lớn hơn"),
        (lambda _: sound_bytes((("1.1", "khoảng 3"),)), {"C09"}, "1.1"),
        (lambda _: sound_bytes((("1.1", "-"),)), {"C01"}, "1.1"),
        (lambda path: stamped(path, None), {"S18"}, "mất dấu phiên bản"),
        (lambda path: stamped(path, "thong-ke-cchc/2025"), {"S18"}, "2025"),
        (lambda path: with_formula(path, "TODAY()-45000"), {"C22"}, "TODAY"),
        (lambda path: with_formula(path, "RANDBETWEEN(1,9)"), {"C22"}, "RANDBETWEEN"),
    ],
)
def test_what_cannot_be_sealed_is_told_with_all_reasons_and_how_to_mend_each(refuses, tmp_path, make, codes, said):
    source = tmp_path / "biểu.xlsx"
    source.write_bytes(sound_bytes())
    source.write_bytes(make(source))
    report = read_sealed_report(source)
    reasons = reasons_against(report.result)
    assert {one.code for one in reasons} == codes
    refuses(["seal", source.name, "-o", "chốt.xlsx"], said)
    with pytest.raises(SourceRefusedError) as error:
        seal_report(report, tmp_path / "chốt.xlsx", AT)
    assert error.value.code == "S22"
    for one in reasons:
        assert f"{one.message} → {one.remedy}" in error.value.message


def stamped(path, text):
    """The workbook with another stamp, or none."""
    stamp = "thong-ke-cchc/2023"
    parts = parts_of(path.read_bytes())
    strings = parts["xl/sharedStrings.xml"].decode()
    assert strings.count(f">{stamp}<") == 1
    return with_parts(
        path.read_bytes(), {"xl/sharedStrings.xml": strings.replace(f">{stamp}<", f">{text or ''}<").encode()}
    )


def with_formula(path, formula):
    """The workbook with a formula and its result in the cell of 1.1."""
    part = "xl/worksheets/sheet1.xml"
    sheet = parts_of(path.read_bytes())[part].decode()
    cell = f'<c r="{GRID.value("1.1")}" '
    begin = sheet.index(cell)
    end = sheet.index("</c>", begin)
    old = sheet[begin:end]
    new = old.replace("<v>", f"<f>{formula}</f><v>")
    assert old != new
    return with_parts(path.read_bytes(), {part: sheet.replace(old, new).encode()})


def test_the_empty_form_is_refused_for_all_it_lacks(run, refuses):
    run("new", "thong-ke-cchc/2023", "-o", "mới.xlsx")
    refuses(["seal", "mới.xlsx", "-o", "chốt.xlsx"], "vì 3 lý do")
    refuses(["seal", "mới.xlsx", "-o", "chốt.xlsx"], "chưa có số liệu nào")


def test_an_official_form_that_is_not_ours_is_no_form_to_seal(tmp_path):
    from office_templates import office_template

    source = tmp_path / "của phòng.xlsx"
    source.write_bytes(office_template())
    assert "S18" in {one.code for one in reasons_against(check(read_report(source)))}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["seal", "lời.txt", "-o", "a.xlsx"], "tệp .xlsx hoặc .xlsm giữ được"),
        (["reopen", "lời.txt", "-o", "a.xlsx", "--reason", "Sửa"], "tệp .xlsx hoặc .xlsm giữ được"),
        (["seal", "không có.xlsx", "-o", "a.xlsx"], "không có.xlsx"),
        (["seal", "biểu.xlsx", "-o", "biểu.xlsx"], "trùng tệp nguồn"),
        (["seal", "biểu.xlsx", "-o", "a.xlsm"], "phải có đuôi .xlsx"),
        (["seal", "biểu.xlsx", "-o", "a.docx"], "phải có đuôi .xlsx"),
        (["seal", "biểu.xlsx", "-o", "chưa có/a.xlsx"], "chưa có"),
        (["seal", "biểu.xlsx"], "-o"),
        (["seal", "biểu.xlsx", "-o", "a.xlsx", "--at", "15/9/2023"], "--at"),
        (["seal", "biểu.xlsx", "-o", "a.xlsx", "--at", "2999-01-01T00:00"], "tương lai"),
        (["reopen", "biểu.xlsx", "-o", "a.xlsx"], "--reason"),
        (["reopen", "biểu.xlsx", "-o", "a.xlsx", "--reason", "Sửa"], "chưa chốt số liệu"),
        (["reopen", "chốt.xlsx", "-o", "a.xlsx", "--reason", " "], "lý do"),
        (["reopen", "chốt.xlsx", "-o", "a.xlsx", "--reason", "x" * 151], "150"),
        (["reopen", "chốt.xlsx", "-o", "chốt.xlsx", "--reason", "Sửa"], "trùng tệp nguồn"),
        (["reopen", "chốt.xlsx", "-o", "a.xlsx", "--reason", "Sửa", "--at", "2023-09-15T07:59"], "trước lúc chốt"),
    ],
)
def test_wrong_use_is_told_in_words(refuses, tmp_path, draft, arguments, said):
    sealed_file(tmp_path / "chốt.xlsx")
    (tmp_path / "lời.txt").write_text("Phường đã giải quyết 12/16 hồ sơ, chiếm tỷ lệ 75%.\n", encoding="utf-8")
    assert draft.exists()
    refuses(arguments, said)


def test_a_seal_that_cannot_be_believed_is_neither_kept_nor_replaced(run, refuses, tmp_path, draft):
    data = with_written(sound_bytes(), ONCE)
    forged = parts_of(data)[PART].replace(b"2023-09-15T08:00", b"2023-09-30T08:00")
    draft.write_bytes(with_parts(data, {PART: forged}))
    code, printed = run("check", draft.name)
    assert code == 1
    assert "Không tin được dấu chốt" in printed
    refuses(["seal", draft.name, "-o", "a.xlsx"], "không tin được dấu chốt".capitalize())
    refuses(["reopen", draft.name, "-o", "a.xlsx", "--reason", "Sửa"], "cchc fill")
    code, _ = run("fill", draft.name, "-o", "mới.xlsx")
    assert code == 0
    assert seal_in(admit(tmp_path / "mới.xlsx")) is None


def test_a_seal_of_other_values_breaks_the_form(run, draft):
    draft.write_bytes(with_written(sound_bytes(), ONCE))
    code, printed = run("check", draft.name)
    assert code == 1
    assert "seal_broken" in printed
    assert SEAL not in printed


def test_a_signed_file_is_left_alone(refuses, draft):
    draft.write_bytes(with_parts(sound_bytes(), {"_xmlsignatures/origin.sigs": b""}))
    refuses(["seal", draft.name, "-o", "a.xlsx"], "chữ ký số")


def test_a_package_that_one_part_more_would_make_unreadable_is_not_written(refuses, draft):
    free = 2000 - len(parts_of(sound_bytes()))
    draft.write_bytes(with_parts(sound_bytes(), {f"xl/media/{n}.bin": b"" for n in range(free)}))
    refuses(["seal", draft.name, "-o", "a.xlsx"], "a.xlsx")


def test_a_disk_that_fills_leaves_no_half_file(monkeypatch, refuses, draft):
    def no_room(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", no_room)
    refuses(["seal", draft.name, "-o", "a.xlsx"], "đĩa đầy")


def test_a_time_before_the_last_reopening_is_refused(tmp_path):
    path = sealed_file(tmp_path / "chốt.xlsx")
    reopen_file(path, tmp_path / "mở.xlsx", "Sửa", datetime.fromisoformat("2023-09-20T08:00"))
    with pytest.raises(CchcError, match="trước lần mở lại"):
        seal_report(read_sealed_report(tmp_path / "mở.xlsx"), tmp_path / "lại.xlsx", AT)
    assert not (tmp_path / "lại.xlsx").exists()


def test_a_file_without_an_ending_goes_by_its_content(run, tmp_path, draft):
    shutil.copy(draft, tmp_path / "biểu")
    assert run("seal", "biểu", "-o", "a.xlsx", "--at", MORNING)[0] == 0
    code, printed = run("seal", "biểu", "-o", "a.xlsm", "--at", MORNING)
    assert (code, "phải có đuôi .xlsx" in printed) == (2, True)
    assert not (tmp_path / "a.xlsm").exists()
