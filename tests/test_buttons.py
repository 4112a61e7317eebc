"""What Python answers to the buttons of the workbook."""

from pathlib import Path

import pytest
from com_host import ask_all
from filled_forms import FORM
from filled_workbooks import WARD, filled_result

from cchc_calc.buttons import MOST_SHOWN, RESULT_NAME, check_copy, consolidate, path_for_copy, recalculated
from cchc_calc.excel.template import write_template
from cchc_calc.intake.own_results import is_own_result
from cchc_calc.version import VERSION


@pytest.fixture
def copy():
    """The place the workbook saves its copy to."""
    return Path(path_for_copy())


def test_the_check_finds_what_the_command_finds_and_removes_the_copy(copy):
    write_template(copy, FORM, unit=WARD, result=filled_result())
    said = check_copy(str(copy), VERSION)
    first, *lines = said.splitlines()
    assert first.startswith("Kết quả kiểm tra: ")
    assert "lỗi" in first
    assert lines[0].startswith("• Lỗi, dòng ")
    assert len(lines) == MOST_SHOWN + 1
    assert "cchc check" in lines[-1]
    assert not copy.parent.exists()


def test_errors_come_before_warnings(copy):
    write_template(copy, FORM, unit=WARD, result=filled_result())
    severities = [line.split(",")[0] for line in check_copy(str(copy), VERSION).splitlines() if line.startswith("•")]
    assert severities == sorted(severities, key=["• Lỗi", "• Cảnh báo", "• Lưu ý"].index)


def test_an_empty_form_has_nothing_wrong_but_what_is_missing(copy):
    write_template(copy, FORM, unit=WARD)
    assert check_copy(str(copy), VERSION).startswith("Kết quả kiểm tra: 0 lỗi")


def test_a_workbook_of_another_version_is_told_first(copy):
    write_template(copy, FORM, unit=WARD)
    said = check_copy(str(copy), "9.9.9")
    assert said.startswith("Phiên bản khác nhau: tệp này làm bằng cchc_calc 9.9.9")
    assert "Kết quả kiểm tra" in said


def test_a_copy_that_cannot_be_read_is_a_sentence(copy):
    copy.write_bytes(b"no workbook")
    assert check_copy(str(copy), VERSION).startswith("Không kiểm tra được: ")
    assert not copy.parent.exists()


def test_a_copy_that_was_not_saved_is_a_sentence(copy):
    assert check_copy(str(copy), VERSION).startswith("Không kiểm tra được: ")


def test_only_the_folder_of_the_copy_is_removed(tmp_path):
    kept = tmp_path / "bieu-mau.xlsm"
    write_template(kept, FORM, unit=WARD)
    check_copy(str(kept), VERSION)
    assert kept.exists()


def test_the_macros_reach_every_answer_through_xlwings_server(copy):
    write_template(copy, FORM, unit=WARD)
    questions = [
        ("recalculated", VERSION),
        ("path_for_copy",),
        ("check_copy", str(copy), VERSION),
        ("consolidate", VERSION, "", "bieu-mau.xlsm"),
    ]
    done, path, checked, consolidated = ask_all("cchc_calc.buttons", questions)
    assert done == recalculated(VERSION)
    assert Path(path).parent.is_dir()
    Path(path).parent.rmdir()
    assert checked.startswith("Kết quả kiểm tra: 0 lỗi")
    assert consolidated == consolidate(VERSION, "", "bieu-mau.xlsm")


def test_recalculation_names_the_versions():
    assert recalculated(VERSION).startswith("Đã tính lại mọi ô.\n\nĐạt: cchc_calc ")
    assert "Phiên bản khác nhau" in recalculated("9.9.9")


@pytest.fixture
def beside(tmp_path):
    """A folder in which the open workbook lies among reports, one of which is broken."""
    for number in (1, 2):
        path = tmp_path / f"phường {number}.xlsx"
        write_template(path, FORM, unit=f"UBND phường {number}", result=filled_result())
    write_template(tmp_path / "bieu-mau.xlsm", FORM, unit=WARD, result=filled_result())
    (tmp_path / "rỗng.xlsx").write_bytes(b"")
    (tmp_path / "~$phường 1.xlsx").write_bytes(b"lock")
    (tmp_path / "công văn.txt").write_text("Kính gửi", encoding="utf-8")
    return tmp_path


def test_the_workbooks_beside_the_open_one_are_consolidated(beside):
    said = consolidate(VERSION, str(beside), "bieu-mau.xlsm")
    assert said.startswith("Tổng hợp 2/2 đơn vị\n")
    assert "Không tính 1 tệp:\n• rỗng.xlsx (F05): tệp rỗng (0 byte)." in said
    assert said.endswith(f"Đã ghi tệp {beside / RESULT_NAME}")
    assert is_own_result(beside / RESULT_NAME)
    # A window of VBA shows about a thousand letters.
    assert len(said) < 1000
    assert consolidate(VERSION, str(beside), "bieu-mau.xlsm") == said
    assert consolidate("9.9.9", str(beside), "bieu-mau.xlsm").startswith("Phiên bản khác nhau")


def test_what_another_program_called_so_is_not_written_over(beside):
    (beside / RESULT_NAME).write_bytes(b"mine")
    assert "không phải do phần mềm tổng hợp" in consolidate(VERSION, str(beside), "bieu-mau.xlsm")
    assert (beside / RESULT_NAME).read_bytes() == b"mine"


def test_a_result_that_is_open_is_said(beside, monkeypatch):
    def refuse(*_args, **_options):
        raise PermissionError(13, "Permission denied", "tong-hop.xlsx")

    monkeypatch.setattr("cchc_calc.excel.consolidation.workbook.write_consolidation", refuse)
    assert "có thể tệp đó đang mở" in consolidate(VERSION, str(beside), "bieu-mau.xlsm")


@pytest.mark.parametrize(
    ("folder", "said"),
    [
        ("", "cần nằm trong một thư mục của máy"),
        ("https://ubnd.sharepoint.com/bao-cao", "không phải trên OneDrive"),
        ("/không/có", "Không tổng hợp được"),
    ],
)
def test_a_workbook_that_lies_in_no_folder_is_told_to(folder, said):
    assert said in consolidate(VERSION, folder, "bieu-mau.xlsm")


def test_a_folder_without_reports_says_so(tmp_path):
    write_template(tmp_path / "bieu-mau.xlsm", FORM, unit=WARD)
    assert "Không có tệp báo cáo nào khác" in consolidate(VERSION, str(tmp_path), "bieu-mau.xlsm")
    (tmp_path / "rỗng.xlsx").write_bytes(b"")
    said = consolidate(VERSION, str(tmp_path), "bieu-mau.xlsm")
    assert said.startswith("Không có báo cáo nào tính được.\nKhông tính 1 tệp:")
    assert not (tmp_path / RESULT_NAME).exists()
