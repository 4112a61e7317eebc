"""The command ``cchc objectives``: what it writes, says and refuses."""

import json
import shutil
from pathlib import Path

import docx
import openpyxl
import pytest

from cchc_calc import read_objectives
from cchc_calc.objectives.headings import FIGURES_SHEET, PLAN_SHEET, RESULTS_SHEET

EXAMPLES = Path(__file__).parents[1] / "workbooks" / "vi-du"
RESULTS = EXAMPLES / "ket-qua-muc-tieu-2022-nha-trang.txt"
PLAN = EXAMPLES / "ke-hoach-muc-tieu-2023-nha-trang.txt"
HALF_YEAR = EXAMPLES / "ket-qua-muc-tieu-6-thang-2020-loc-an.txt"


def data_of(run, *arguments):
    code, printed = run("objectives", *arguments, "-o", "mục tiêu.xlsx", "--json", "mục tiêu.json")
    assert code == 0, printed
    return json.loads(Path("mục tiêu.json").read_text(encoding="utf-8")), printed


def test_the_results_of_a_year_are_judged_target_by_target(run):
    data, printed = data_of(run, RESULTS)
    assert (data["unit"], data["period"]) == (
        "UBND thành phố Nha Trang",
        {"from": "2022-01-01", "to": "2022-12-31"},
    )
    assert (data["met"], data["total"]) == (["1", "3", "4", "5"], 5)
    overall, land, *others = data["objectives"][1]["targets"]
    assert {key: overall[key] for key in ("comparator", "value", "status", "basis", "actual", "shortfall")} == {
        "comparator": "<",
        "value": "0.015",
        "status": "not_met",
        "basis": "computed",
        "actual": "234/13506",
        "shortfall": 32,
    }
    assert (land["scope"], land["status"], land["basis"], land["actual"]) == (
        "đất đai",
        "not_met",
        "declared",
        "0.0639",
    )
    assert [target["status"] for target in others] == ["undecided"] * 5
    branch = data["objectives"][3]["targets"][0]
    assert {base["actual"]: base["text"] for base in branch["bases"]} == {
        "5436/15019": "36,19% (5.436/15.019)",
        "5436/13506": "40,25% (5.436/13.506)",
    }
    assert "4/5 mục tiêu đạt (1, 3, 4, 5)" in printed
    assert "còn phải giảm 32 hồ sơ trễ hạn" in printed


def test_the_half_year_never_counts_what_is_reached_in_part(run):
    data, printed = data_of(run, HALF_YEAR)
    statuses = {objective["number"]: objective["status"] for objective in data["objectives"]}
    assert data["met"] == ["2", "5", "6", "8", "9", "10"]
    assert (statuses["1"], statuses["4"]) == ("not_due", "partly")
    assert "6/10 mục tiêu đạt (2, 5, 6, 8, 9, 10)" in printed
    assert "đã qua 6/12 tháng" in printed
    assert not [finding for finding in data["findings"] if finding["rule"] == "declared_summary_differs"]


def test_a_plan_alone_is_not_due_and_takes_the_results_of_another_year_by_content(run):
    data, _ = data_of(run, PLAN)
    assert {objective["status"] for objective in data["objectives"]} == {"not_due"}
    data, printed = data_of(run, PLAN, "--results", RESULTS)
    statuses = [objective["status"] for objective in data["objectives"]]
    assert statuses == ["met", "not_met", "met", "met", "met"]
    assert "mục tiêu 4" in data["objectives"][2]["reason"]
    assert "Kết quả lấy từ" in printed


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
def test_the_workbook_is_read_back(run, suffix, tmp_path):
    code, _ = run("objectives", RESULTS, "-o", f"mục tiêu{suffix}")
    assert code == 0
    ours, theirs = read_objectives(tmp_path / f"mục tiêu{suffix}"), read_objectives(RESULTS)
    targets = [[one.target for one in objective.requirements] for objective in ours.objectives]
    assert [[(target.comparator, target.value) if target else None for target in each] for each in targets] == [
        [(one.target.comparator, one.target.value) if one.target else None for one in objective.requirements]
        for objective in theirs.objectives
    ]


def test_a_word_document_gives_what_the_text_gives(run, tmp_path):
    document = docx.Document()
    document.add_paragraph("BÁO CÁO Kết quả thực hiện mục tiêu chất lượng năm 2022")
    table = document.add_table(rows=0, cols=4)
    for row in (
        ("Stt", "Mục tiêu chất lượng", "Mức đo lường", "Thực tế đạt được"),
        ("1", "Hồ sơ trễ hạn dưới 1,5%", "<1,5%", "Trễ hạn 234/13.506 hồ sơ, tỷ lệ 1,73%"),
    ):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(tmp_path / "kết quả.docx")
    data, _ = data_of(run, "kết quả.docx")
    assert [target["actual"] for target in data["objectives"][0]["targets"]] == ["234/13506"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["không có.txt", "-o", "a.xlsx"], "không có.txt"),
        (["lời văn.txt", "-o", "a.xlsx"], "mục tiêu"),
        (["kết quả.txt", "-o", "a.docx"], ".xlsx"),
        (["kết quả.txt", "-o", "a.xlsx", "--results", "không có.txt"], "không có.txt"),
        (["kết quả.txt", "-o", "a.xlsx", "--json", "kết quả.txt"], "trùng tên"),
        (["kết quả.txt", "-o", "a.xlsm", "--functions", "excel"], ".xlsm"),
    ],
)
def test_what_cannot_work_says_so_and_writes_nothing(refuses, tmp_path, arguments, said):
    (tmp_path / "lời văn.txt").write_text("Phường đã giải quyết 425 hồ sơ.\n", encoding="utf-8")
    shutil.copy(RESULTS, tmp_path / "kết quả.txt")
    refuses(["objectives", *arguments], said)


def test_an_empty_workbook_has_the_sheets_to_fill_in(run, tmp_path):
    assert run("new", "muc-tieu-chat-luong", "-o", "mới.xlsx")[0] == 0
    book = openpyxl.load_workbook(tmp_path / "mới.xlsx", read_only=True)
    assert {PLAN_SHEET, FIGURES_SHEET, RESULTS_SHEET} <= set(book.sheetnames)
    book.close()
    assert run("new", "muc-tieu-chat-luong", "-o", "mới.xlsx", "--unit", "UBND xã Lộc An")[0] == 2
