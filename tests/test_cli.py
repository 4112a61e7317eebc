"""The command line: exit codes, messages an official understands, JSON, and never a traceback."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[1] / "workbooks" / "vi-du" / "bao-cao-quy-3-2023-phuong-son.txt"


def test_fill_writes_the_form_and_prints_what_it_found(run, tmp_path):
    code, printed = run("fill", EXAMPLE, "-o", "biểu.xlsx", "--json", "biểu.json")
    assert code == 0
    assert (tmp_path / "biểu.xlsx").stat().st_size > 10_000
    assert "UBND phường Phương Sơn" in printed
    assert "168 dòng = 114 dùng được + 47 để trống + 7 không dùng được (KXĐ)" in printed
    assert "15/31 = 48,39%" in printed
    data = json.loads((tmp_path / "biểu.json").read_text(encoding="utf-8"))
    counts = data["counts"]
    assert counts["accepted"] + counts["blank"] + counts["refused"] == counts["rows"] == 168


def test_check_says_by_its_code_that_there_are_errors(run, tmp_path):
    assert run("check", EXAMPLE)[0] == 1
    clean = tmp_path / "sạch.txt"
    clean.write_text("Phường đã giải quyết 12/16 hồ sơ, chiếm tỷ lệ 75%.\n", encoding="utf-8")
    assert run("check", clean)[0] == 0


def test_check_of_several_sources_gives_a_list(run, tmp_path):
    code, _ = run("check", EXAMPLE, "không có.txt", "--json", "kết quả.json")
    data = json.loads((tmp_path / "kết quả.json").read_text(encoding="utf-8"))
    assert code == 1
    assert data[0]["unit"] == "UBND phường Phương Sơn"
    assert list(data[1]) == ["source", "outcome", "code", "message", "remedy"]
    assert data[1]["outcome"] == "REFUSE"


def test_rules_are_listed(run):
    code, printed = run("check", "--rules")
    assert code == 0
    assert "declared_differs" in printed
    assert "Bộ phận lớn hơn tổng số" in printed


@pytest.mark.parametrize("form", ["thong-ke-cchc", "thong-ke-cchc/2023", "thong-ke-cchc/2025"])
def test_new_writes_an_empty_form(run, form):
    code, printed = run("new", form, "-o", "mới.xlsx", "--unit", "UBND xã Lộc An")
    assert code == 0
    assert "mới.xlsx" in printed
    code, printed = run("check", "mới.xlsx")
    assert "UBND xã Lộc An" in printed
    assert f"bản {form.partition('/')[2] or '2025'}" in printed


def test_new_takes_the_edition_in_force_at_the_end_of_the_period(run):
    run("new", "thong-ke-cchc", "-o", "mới.xlsx", "--from", "2023-06-13", "--to", "2023-09-12")
    _, printed = run("check", "mới.xlsx")
    assert "bản 2023" in printed
    assert "13/06/2023 – 12/09/2023" in printed


def test_a_filled_form_read_again_gives_the_same_findings(run, tmp_path):
    run("fill", EXAMPLE, "-o", "biểu.xlsx", "--json", "một.json")
    run("fill", "biểu.xlsx", "-o", "lại.xlsx", "--json", "hai.json")
    first, again = (json.loads((tmp_path / name).read_text(encoding="utf-8")) for name in ("một.json", "hai.json"))
    for row, copy in zip(first["rows"], again["rows"], strict=True):
        assert (row["address"], row["state"], row["value"]) == (copy["address"], copy["state"], copy["value"])
    form_rules = {"declared_differs", "part_exceeds_whole", "zero_for_not_arising", "legend_edited", "unreadable_value"}
    told = [{(f["rule"], *f["rows"]) for f in data["findings"] if f["rule"] in form_rules} for data in (first, again)]
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["fill", "không có.txt", "-o", "a.xlsx"], "không có.txt"),
        (["fill", "thư mục", "-o", "a.xlsx"], "thư mục"),
        (["fill", "rỗng.txt", "-o", "a.xlsx"], "rỗng.txt"),
        (["fill", "lời văn.txt", "-o", "a.xlsx"], "không có biểu mẫu"),
        (["fill", "báo cáo.txt", "-o", "a.docx"], ".xlsx"),
        (["fill", "báo cáo.txt", "-o", "chưa có/a.xlsx"], "chưa có"),
        (["check"], "cchc check"),
        (["check", "không có.xlsx"], "không có.xlsx"),
        (["new", "mẫu khác", "-o", "a.xlsx"], "mẫu khác"),
        (["new", "thong-ke-cchc/1999", "-o", "a.xlsx"], "1999"),
        (["new", "thong-ke-cchc", "-o", "a.xlsx", "--from", "2023-01-01"], "--to"),
        (["new", "thong-ke-cchc", "-o", "a.xlsx", "--from", "2023-02-01", "--to", "2023-01-01"], "ngày đầu"),
        (["nonsense"], "nonsense"),
        (["build", "--root", "không có"], "workbooks"),
    ],
)
def test_what_cannot_work_says_so_and_exits_with_2(run, tmp_path, arguments, said):
    (tmp_path / "thư mục").mkdir()
    (tmp_path / "rỗng.txt").touch()
    (tmp_path / "lời văn.txt").write_text("Phường đã giải quyết 425 hồ sơ.\n", encoding="utf-8")
    shutil.copy(EXAMPLE, tmp_path / "báo cáo.txt")
    before = sorted(path.name for path in tmp_path.iterdir())
    code, printed = run(*arguments)
    assert code == 2
    assert said in printed
    assert sorted(path.name for path in tmp_path.iterdir()) == before


def test_the_source_is_never_written_over(run, tmp_path):
    run("fill", EXAMPLE, "-o", "biểu.xlsx")
    before = (tmp_path / "biểu.xlsx").read_bytes()
    code, printed = run("fill", "biểu.xlsx", "-o", "biểu.xlsx")
    assert code == 2
    assert "trùng tệp nguồn" in printed
    assert (tmp_path / "biểu.xlsx").read_bytes() == before


def test_doctor_tells_what_is_there(run):
    code, printed = run("doctor")
    assert code == 0
    assert "Biểu mẫu thong-ke-cchc, bản 2023: 168 dòng" in printed
    assert "suy ra, chưa có văn bản ban hành" in printed


def test_help_and_version(run):
    assert run("--help")[0] == 0
    code, printed = run("--version")
    assert (code, printed.split()[0]) == (0, "cchc")


@pytest.mark.parametrize("command", [["check"], ["fill", "-o", "ra.xlsx"]])
def test_json_never_goes_over_the_source(run, tmp_path, command):
    source = tmp_path / "báo cáo.txt"
    shutil.copy(EXAMPLE, source)
    code, printed = run(*command, source, "--json", "báo cáo.txt")
    assert (code, source.read_bytes()) == (2, EXAMPLE.read_bytes())
    assert "không bao giờ bị ghi đè" in printed
    assert not (tmp_path / "ra.xlsx").exists()


@pytest.mark.parametrize("target", ["thiếu/ra.json", ".", "/dev/null"])
def test_json_goes_only_where_a_file_can_be(run, target):
    code, printed = run("check", EXAMPLE, "--json", target)
    assert code == 2
    assert "JSON" in printed


def test_json_gives_a_part_that_is_no_whole_number_as_text(run, tmp_path):
    (tmp_path / "a.txt").write_text("Chỉ số đạt 85,42/100 điểm.", encoding="utf-8")
    assert run("check", "a.txt", "--json", "a.json")[0] == 0
    [claim] = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["claims"]
    assert (claim["numerator"], claim["denominator"], claim["computed"]) == ("85.42", 100, "85,42%")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "-x.txt"], "Không có tùy chọn -x"),
        (["bind", "a.xlsx", "-o", "b.xlsx", "--sheet"], "Sau --sheet phải ghi một giá trị."),
        (["new", "thong-ke-cchc", "-o", "a.ods"], "phải có đuôi .xlsx hoặc .xlsm, không phải “.ods”"),
        (["fill", "a.txt"], "Thiếu --output"),
        (["fill"], "Thiếu"),
        (["in"], "Không có lệnh “in”"),
        (
            ["fill", "a.txt", "-o", "b.xlsx", "--functions", "r"],
            "Giá trị của --functions không đúng; hãy ghi một trong",
        ),
        (["new", "thong-ke-cchc", "-o", "b.xlsx", "--to", "31/02/2023"], "--to không đúng; hãy ghi một ngày có thật"),
        (["serve", "--port", "-1"], "--port không đúng; hãy ghi một số từ 0 đến 65535"),
        ([], "check"),
    ],
)
def test_wrong_use_is_told_in_vietnamese(run, arguments, said):
    code, printed = run(*arguments)
    assert code == 2
    assert said in printed
    assert not any(english in printed for english in ("No such", "Missing", "Invalid", "Không thực hiện được: Usage"))


def test_an_output_with_macros_calls_python(run, tmp_path):
    assert run("new", "thong-ke-cchc/2023", "-o", "biểu.xlsm")[0] == 0
    assert run("fill", EXAMPLE, "-o", "đã điền.xlsm")[0] == 0
    with zipfile.ZipFile(tmp_path / "đã điền.xlsm") as package:
        assert "xl/vbaProject.bin" in package.namelist()
        assert b"<f>CCHC_TYLE_DUNGHAN(" in package.read("xl/worksheets/sheet1.xml")


def test_calls_without_macros_on_request(run, tmp_path):
    assert run("new", "thong-ke-cchc/2023", "-o", "biểu.xlsx", "--functions", "python")[0] == 0
    with zipfile.ZipFile(tmp_path / "biểu.xlsx") as package:
        assert "xl/vbaProject.bin" not in package.namelist()
        assert b"<f>CCHC_TYLE_DUNGHAN(" in package.read("xl/worksheets/sheet1.xml")


def test_macros_with_native_formulas_are_refused(run, tmp_path):
    code, printed = run("new", "thong-ke-cchc/2023", "-o", "biểu.xlsm", "--functions", "excel")
    assert code == 2
    assert ".xlsm luôn gọi hàm Python" in printed
    assert not list(tmp_path.iterdir())


def test_a_pipe_of_windows_takes_vietnamese():
    command = [sys.executable, "-m", "cchc_calc", "check", "--rules"]
    environment = os.environ | {"PYTHONIOENCODING": "cp1252"}
    done = subprocess.run(command, env=environment, capture_output=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert "Cảnh báo" in done.stdout.decode("utf-8")
