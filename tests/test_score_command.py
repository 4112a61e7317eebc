"""The command ``cchc score``: what it writes, says and refuses."""

import json
import shutil
from pathlib import Path

import openpyxl
import pytest

from cchc_calc import read_scores

EXAMPLES = Path(__file__).parents[1] / "workbooks" / "vi-du"
POINTS = EXAMPLES / "cham-diem-2021-da-lat.csv"
REPORT = EXAMPLES / "cham-diem-2021-da-lat.txt"


def scored(run, *arguments):
    code, printed = run("score", *arguments, "-o", "xếp loại.xlsx", "--json", "xếp loại.json")
    assert code == 0, printed
    return json.loads(Path("xếp loại.json").read_text(encoding="utf-8")), printed


def test_every_published_figure_of_the_city_comes_out(run):
    data, printed = scored(run, POINTS)
    assert data["scale"] == "tt01-2018"
    assert [(group["class"], group["count"], group["share"]) for group in data["groups"]] == [
        ("xuất sắc", 12, "75,00%"),
        ("tốt", 4, "25,00%"),
        ("khá", 0, "0,00%"),
        ("trung bình", 0, "0,00%"),
        ("yếu", 0, "0,00%"),
    ]
    assert data["mean"] == "15.30"
    ranks = {unit["unit"]: (unit["points"], unit["rank"]) for unit in data["units"]}
    assert {name for name, (points, rank) in ranks.items() if (points, rank) == ("16", 1)} == {
        "UBND Phường 3",
        "UBND Phường 6",
    }
    assert ranks["UBND Phường 8"] == ("13", 16)
    assert sorted(rank for _, rank in ranks.values()) == [1, 1, *[3] * 10, *[13] * 3, 16]
    assert "12/16 đơn vị, chiếm tỷ lệ 75%" in printed


def test_a_written_report_is_computed_again(run, tmp_path):
    data, printed = scored(run, POINTS, "--report", REPORT)
    (overlap,) = [finding for finding in data["findings"] if finding["rule"] == "bands_overlap"]
    assert "12 đến 15" in overlap["message"]
    assert "khác, tính ra" not in printed
    changed = REPORT.read_text(encoding="utf-8").replace("15,30 điểm", "15,40 điểm")
    (tmp_path / "báo cáo.txt").write_text(changed, encoding="utf-8")
    data, printed = scored(run, POINTS, "--report", "báo cáo.txt")
    assert [finding["found"] for finding in data["findings"] if finding["expected"] == "15,30"] == ["15,40"]
    assert "khác, tính ra “15,30”" in printed


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
def test_the_workbook_is_read_back(run, suffix, tmp_path):
    assert run("score", POINTS, "-o", f"xếp loại{suffix}")[0] == 0
    theirs = {unit.unit: unit.points for unit in read_scores(POINTS).units}
    assert {unit.unit: unit.points for unit in read_scores(tmp_path / f"xếp loại{suffix}").units} == theirs


def test_totals_alone_are_scored_too(run, tmp_path):
    (tmp_path / "điểm.csv").write_text("Đơn vị;Tổng điểm\nXã A;15\nXã B;14,99\nXã C;\n", encoding="utf-8")
    data, _ = scored(run, "điểm.csv")
    assert [(unit["points"], unit["class"], unit["rank"]) for unit in data["units"]] == [
        ("15", "xuất sắc", 1),
        ("14.99", "tốt", 2),
        (None, None, None),
    ]


@pytest.mark.parametrize(
    ("table", "rule", "said"),
    [
        ("Đơn vị;Tổng điểm\nXã A;19\n", "score_total_outside", "19"),
        ("Đơn vị;Tổng điểm\nXã A;12\nXã A;13\n", "unit_duplicated", "Xã A"),
        ("Đơn vị;Tiêu chí 1;Tiêu chí 2\nXã A;2,5;1\n", "score_out_of_range", "2,5"),
        ("Đơn vị;Tổng điểm\nXã A;khá\n", "score_unreadable", "khá"),
    ],
)
def test_bad_points_are_named_and_never_guessed(run, tmp_path, table, rule, said):
    (tmp_path / "điểm.csv").write_text(table, encoding="utf-8")
    data, printed = scored(run, "điểm.csv")
    found = [finding for finding in data["findings"] if finding["rule"] == rule]
    assert found, sorted({finding["rule"] for finding in data["findings"]})
    assert all(said in finding["message"] and finding["where"] and finding["remedy"] for finding in found)
    assert said in printed
    assert {unit["points"] for unit in data["units"]} == {None}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["không có.csv", "-o", "a.xlsx"], "không có.csv"),
        (["lời văn.txt", "-o", "a.xlsx"], "bảng điểm"),
        (["điểm.csv", "-o", "a.csv"], ".xlsx"),
        (["điểm.csv", "-o", "a.xlsx", "--scale", "thang-9"], "thang-9"),
        (["điểm.csv", "-o", "a.xlsx", "--report", "không có.txt"], "không có.txt"),
        (["điểm.csv", "-o", "a.xlsx", "--json", "điểm.csv"], "trùng tên"),
    ],
)
def test_what_cannot_work_says_so_and_writes_nothing(refuses, tmp_path, arguments, said):
    (tmp_path / "lời văn.txt").write_text("Phường đã giải quyết 425 hồ sơ.\n", encoding="utf-8")
    shutil.copy(POINTS, tmp_path / "điểm.csv")
    refuses(["score", *arguments], said)


def test_an_empty_workbook_is_made(run, tmp_path):
    assert run("new", "cham-diem-tthc", "-o", "mới.xlsm")[0] == 0
    assert (tmp_path / "mới.xlsm").stat().st_size > 10_000


def test_what_is_remarked_of_all_units_is_said_on_the_sheets(run, tmp_path):
    assert run("score", POINTS, "-o", "xếp loại.xlsx")[0] == 0
    book = openpyxl.load_workbook(tmp_path / "xếp loại.xlsx", read_only=True, data_only=True)
    for name in ("Chấm điểm", "Tổng hợp"):
        texts = {str(cell) for row in book[name].iter_rows(values_only=True) for cell in row if cell}
        assert any("Dựng để làm ví dụ" in text for text in texts), name
    book.close()
