"""What Python answers to the buttons of the workbook."""

from pathlib import Path

import pytest
from com_host import ask_all
from filled_forms import FORM
from filled_workbooks import WARD, filled_result

from cchc_calc.buttons import MOST_SHOWN, check_copy, consolidate, path_for_copy, recalculated
from cchc_calc.excel.template import write_template
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
        ("consolidate", VERSION),
    ]
    done, path, checked, consolidated = ask_all("cchc_calc.buttons", questions)
    assert done == recalculated(VERSION)
    assert Path(path).parent.is_dir()
    Path(path).parent.rmdir()
    assert checked.startswith("Kết quả kiểm tra: 0 lỗi")
    assert consolidated == consolidate(VERSION)


def test_recalculation_names_the_versions():
    assert recalculated(VERSION).startswith("Đã tính lại mọi ô.\n\nĐạt: cchc_calc ")
    assert "Phiên bản khác nhau" in recalculated("9.9.9")


def test_consolidation_is_not_there_yet_and_says_so():
    assert "chưa có chức năng tổng hợp" in consolidate(VERSION)
