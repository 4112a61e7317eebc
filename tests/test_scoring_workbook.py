"""The workbook of points as a file: what stands in its cells, what it locks, and that it reads back the same."""

import hashlib
import os
import random
import subprocess
import sys
import warnings
from collections import Counter
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType

import openpyxl
import pytest
from filled_workbooks import open_book
from spreadsheet import read_values

from cchc_calc.errors import FormError, ScaleError
from cchc_calc.excel.scoring.dossier_grid import MOST_DOSSIERS, DossierGrid, DossierLine, DossierPart
from cchc_calc.excel.scoring.score_grid import MOST_UNITS, Line, Part, ScoreGrid
from cchc_calc.excel.scoring.workbook import LEAST_SHOWN, write_scores
from cchc_calc.score_reading import read_scores
from cchc_calc.scoring.averages import UnitDossier, average_dossiers, with_averages
from cchc_calc.scoring.paragraph import write_paragraph
from cchc_calc.scoring.records import DossierPoints, NoPoints, UnitPoints
from cchc_calc.scoring.scales import load_scale, scale_ids
from cchc_calc.scoring.scored_units import score_table, score_units

SCALE = load_scale()
GRID = ScoreGrid(SCALE)
EXAMPLE = Path(__file__).parent.parent / "workbooks" / "vi-du" / "cham-diem-2021-da-lat.csv"
NOTE = "Ví dụ dựng: bảng điểm chi tiết không được công bố."
NUMBERS = [criterion.number for criterion in SCALE.criteria]
FULL = dict.fromkeys(NUMBERS, Fraction(2))
HOSTILE = "=cmd|'/c calc'!A0"

SCRIPT = """
from fractions import Fraction
from pathlib import Path
from cchc_calc.excel.scoring.workbook import write_scores
from cchc_calc.scoring.records import UnitPoints
from cchc_calc.scoring.scored_units import score_units
units = [UnitPoints(f"Phường {number}", total=Fraction(number)) for number in range(18)]
write_scores(Path("ra.xlsm"), score_units(units))
"""


def scored(units, **details):
    return score_units(units, SCALE, **details)


def cell(part, place=0, criterion=0):
    return GRID.cell(part, Line.FIRST + place, criterion)


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """The path of the workbook with the sixteen units of the example."""
    table = read_scores(EXAMPLE)
    path = tmp_path_factory.mktemp("example") / "cham-diem.xlsx"
    scoring = scored(table.units, office="UBND thành phố Đà Lạt", year="2021", findings=table.findings)
    write_scores(path, scoring, note=NOTE)
    return path


def test_the_published_figures_come_out(example):
    cells = read_values(example)["Tổng hợp"]
    texts = set(map(str, cells.values()))
    assert "Nhóm đạt mức độ xuất sắc (từ 15 điểm trở lên): 12/16 đơn vị, chiếm tỷ lệ 75%." in texts
    assert "Nhóm đạt mức độ tốt (từ 12 đến dưới 15 điểm): 04/16 đơn vị, chiếm tỷ lệ 25%." in texts
    assert "Nhóm đạt mức độ khá (từ 09 đến dưới 12 điểm): Không." in texts
    assert "Đơn vị có điểm số cao nhất: UBND Phường 3, UBND Phường 6 (đạt 16,00 điểm)." in texts
    assert "Đơn vị có điểm số thấp nhất: UBND Phường 8 (đạt 13,00 điểm)." in texts
    assert "Điểm số bình quân: 15,30 điểm, xếp loại xuất sắc." in texts
    assert [cells[name] for name in ("C6", "D6", "C7", "D7", "G8", "G9", "G10")] == [12, 0.75, 4, 0.25, 16, 13, 15.3]


def test_a_unit_has_its_line(example):
    cells = read_values(example)["Chấm điểm"]
    of_unit = {part: cells.get(cell(part, 7), "") for part in Part if len(GRID.columns(part)) == 1}
    assert of_unit[Part.UNIT] == "UBND Phường 8"
    assert (of_unit[Part.TOTAL], of_unit[Part.MAXIMUM], of_unit[Part.POINTS]) == (13, 18, 13)
    assert (of_unit[Part.CLASS], of_unit[Part.RANK], of_unit[Part.ONE_MORE]) == ("tốt", 16, "tốt, hạng 16")
    assert (of_unit[Part.BOUNDS], of_unit[Part.MESSAGE]) == ("", "")


def test_who_scores_and_that_it_is_constructed_stands_on_the_sheets(example):
    values = read_values(example)
    for sheet in ("Chấm điểm", "Hồ sơ", "Minh chứng", "Tổng hợp", "Thang điểm", "Kiểm tra"):
        assert NOTE in values[sheet].values(), sheet
    assert values["Tổng hợp"]["A2"] == "Cơ quan chấm điểm: UBND thành phố Đà Lạt; Năm chấm điểm: 2021"


MESSAGES = {
    "a": (FULL | {"3": NoPoints.BLANK, "5": NoPoints.BLANK}, "Thiếu tiêu chí 3, 5"),
    "b": (FULL | {"2": NoPoints.UNDECIDED, "4": Fraction(3)}, "Tiêu chí 2, 4: cần số từ 0 đến điểm tối đa"),
    "c": (
        FULL | {"2": Fraction(-1), "9": NoPoints.BLANK},
        "Tiêu chí 2: cần số từ 0 đến điểm tối đa; Thiếu tiêu chí 9",
    ),
    "d": (dict.fromkeys(NUMBERS, NoPoints.NOT_APPLICABLE), "Không tiêu chí nào áp dụng"),
    "e": ({}, "Chưa chấm"),
    "g": (dict.fromkeys(NUMBERS, Fraction(0)), ""),
    "h": (FULL | {"1": NoPoints.NOT_APPLICABLE}, ""),
}


def test_every_line_says_what_is_wrong(tmp_path):
    path = tmp_path / "a.xlsx"
    write_scores(path, scored([UnitPoints(name, points) for name, (points, _) in MESSAGES.items()]))
    cells = read_values(path)["Chấm điểm"]
    said = [cells.get(cell(Part.MESSAGE, place), "") for place in range(len(MESSAGES))]
    assert said == [message for _, message in MESSAGES.values()]
    rescaled = [cells.get(cell(part, 6)) for part in (Part.TOTAL, Part.MAXIMUM, Part.POINTS, Part.CLASS)]
    assert rescaled == [16, 16, 18, "xuất sắc"]


def test_what_is_still_open_has_bounds(tmp_path):
    path = tmp_path / "a.xlsx"
    units = [UnitPoints("a", FULL | {"3": NoPoints.BLANK, "5": NoPoints.BLANK}), UnitPoints("b", total=Fraction(16))]
    write_scores(path, scored(units))
    cells = read_values(path)["Chấm điểm"]
    assert cells[cell(Part.BOUNDS)] == "tốt – xuất sắc, hạng 1 – 2"
    assert cells[cell(Part.BOUNDS, 1)] == "hạng 1 – 2"


def test_a_unit_given_twice_has_no_points(tmp_path):
    path = tmp_path / "a.xlsx"
    write_scores(path, scored([UnitPoints(name, FULL) for name in ("UBND Phường 03", "phường 3", "Phường 4")]))
    cells = read_values(path)["Chấm điểm"]
    for place in (0, 1):
        assert cells[cell(Part.MESSAGE, place)] == "Đơn vị ghi 2 lần: không dòng nào được tính"
        assert not any(cells.get(cell(part, place)) for part in (Part.TOTAL, Part.POINTS, Part.CLASS, Part.RANK))
    assert cells[cell(Part.RANK, 2)] == 1


def test_an_unknown_criterion_leaves_a_unit_undecided(tmp_path):
    path = tmp_path / "a.xlsx"
    write_scores(path, scored([UnitPoints("a", FULL | {"10": Fraction(1)}), UnitPoints("b", FULL)]))
    cells = read_values(path)
    assert [cells["Chấm điểm"].get(cell(Part.CLASS, place)) for place in (0, 1)] == ["KXĐ", "xuất sắc"]
    assert any("không có tiêu chí 10" in str(text) for text in cells["Kiểm tra"].values())


@pytest.mark.parametrize("suffix", ["xlsx", "xlsm"])
def test_only_what_is_typed_is_open_and_yellow(suffix, tmp_path):
    path = tmp_path / f"a.{suffix}"
    write_scores(path, scored([UnitPoints("a", FULL)]))
    book = open_book(path)
    for name in ("Chấm điểm", "Hồ sơ", "Minh chứng", "Tổng hợp", "Thang điểm", "Kiểm tra", "Hướng dẫn"):
        sheet = book[name]
        assert sheet.protection.sheet, name
        assert not sheet.protection.password, name
        for line in sheet.iter_rows(max_row=60):
            for found in line:
                if not found.protection.locked and not isinstance(found, openpyxl.cell.cell.MergedCell):
                    is_formula = isinstance(found.value, str) and found.value.startswith("=")
                    assert not is_formula, f"{name}!{found.coordinate}"
    sheet = book["Chấm điểm"]
    for part in (Part.UNIT, Part.GIVEN):
        for place in (0, 1, MOST_UNITS - 1):
            found = sheet[cell(part, place)]
            assert not found.protection.locked
            assert found.fill.start_color.rgb == "FFFFFFCC"


def test_the_inputs_say_what_they_take(tmp_path):
    path = tmp_path / "a.xlsx"
    write_scores(path)
    sheet = open_book(path)["Chấm điểm"]
    rules = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert len(rules) == len(NUMBERS)
    rule = rules[f"{cell(Part.GIVEN)}:{cell(Part.GIVEN, MOST_UNITS - 1)}"]
    assert rule.formula1 == '=OR(AND(ISNUMBER(C7),C7>=0,C7<=2),C7="Không áp dụng")'.removeprefix("=")
    assert rule.promptTitle == "Tiêu chí 1"
    assert "Ghi số từ 0 đến 2" in rule.prompt
    assert "Không áp dụng" in rule.error


@pytest.mark.parametrize(("units", "seen"), [(0, LEAST_SHOWN), (1, 1), (16, 16), (MOST_UNITS, MOST_UNITS)])
def test_lines_that_are_not_filled_are_not_printed(units, seen, tmp_path):
    path = tmp_path / "a.xlsx"
    write_scores(path, scored([UnitPoints(f"Xã {number}", FULL) for number in range(units)]))
    book = open_book(path)
    for name, first in (("Chấm điểm", Line.FIRST), ("Minh chứng", 3)):
        hidden = [line for line, row in book[name].row_dimensions.items() if row.hidden]
        assert len(hidden) == MOST_UNITS - seen, name
        assert not hidden or (min(hidden), max(hidden)) == (first + seen + 1, first + MOST_UNITS), name
    assert book["Chấm điểm"].print_area == f"'Chấm điểm'!$A$1:$P${Line.LAST + 2 + 3 + 1}"


def test_two_hundred_units_fit_and_no_more(tmp_path):
    units = [UnitPoints(f"Xã {number}", FULL) for number in range(MOST_UNITS + 1)]
    path = tmp_path / "a.xlsx"
    with pytest.raises(ScaleError, match="201"):
        write_scores(path, scored(units))
    assert not path.exists()


def test_wrong_use_is_refused(tmp_path):
    with pytest.raises(FormError, match="ruby"):
        write_scores(tmp_path / "a.xlsx", functions="ruby")
    with pytest.raises(FormError, match=r"\.xlsx"):
        write_scores(tmp_path / "a.xlsm", functions="excel")
    assert not list(tmp_path.iterdir())


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path, monkeypatch):
    path = tmp_path / "a.xlsx"
    path.write_text("cũ", encoding="utf-8")
    monkeypatch.setattr("cchc_calc.excel.sheets.guide_sheet.guide_sections", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_scores(path)
    assert [file.name for file in tmp_path.iterdir()] == ["a.xlsx"]
    assert path.read_text(encoding="utf-8") == "cũ"


def test_the_same_points_give_the_same_bytes_everywhere(tmp_path):
    digests = set()
    for seed, locale, zone in (("0", "C", "UTC"), ("1", "vi_VN.UTF-8", "Asia/Ho_Chi_Minh")):
        folder = tmp_path / f"thư mục {seed}"
        folder.mkdir()
        surroundings = {"PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": zone, "PYTHONPATH": os.pathsep.join(sys.path)}
        subprocess.run([sys.executable, "-c", SCRIPT], cwd=folder, env=os.environ | surroundings, check=True)
        digests.add(hashlib.sha256((folder / "ra.xlsm").read_bytes()).hexdigest())
    assert len(digests) == 1


def test_the_file_tells_no_time(example):
    properties = open_book(example).properties
    assert properties.created == properties.modified == datetime(2019, 1, 6)  # noqa: DTZ001 - a day of the scale


def test_no_text_becomes_a_formula(tmp_path):
    path = tmp_path / "a.xlsx"
    unit = UnitPoints(HOSTILE, FULL, evidence={"1": HOSTILE}, averaged=(DossierPoints(HOSTILE, {"1": Fraction(2)}),))
    write_scores(path, scored([unit], office=HOSTILE, year=HOSTILE), note=HOSTILE)
    found = Counter()
    for sheet in open_book(path).worksheets:
        for line in sheet.iter_rows():
            for written in line:
                if written.value == HOSTILE:
                    assert written.data_type == "s", f"{sheet.title}!{written.coordinate}"
                    found[sheet.title] += 1
    assert found["Chấm điểm"] == 4
    assert found["Minh chứng"] >= 1
    assert found["Hồ sơ"] == 3


def test_the_macros_know_the_sheets(tmp_path):
    path = tmp_path / "a.xlsm"
    write_scores(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(path, keep_vba=True)
    names = {sheet.title: sheet.sheet_properties.codeName for sheet in book.worksheets}
    assert names["Chấm điểm"] == "BieuMau"
    assert len(set(names.values())) == len(names)
    assert {"KiemTra", "HuongDan", "TuKiemTra"} <= set(names.values())
    drawing = next(part for part in book.vba_archive.namelist() if part.startswith("xl/drawings/vmlDrawing"))
    text = book.vba_archive.read(drawing).decode()
    assert text.count("CCHC_Nut") == 4
    assert "CCHC_NutTongHop" not in text


def test_calls_stand_only_where_the_functions_fit(tmp_path):
    path = tmp_path / "a.xlsm"
    write_scores(path, scored([UnitPoints("a", FULL)]))
    calls = Counter()
    for sheet in open_book(path).worksheets:
        for line in sheet.iter_rows():
            for found in line:
                text = getattr(found.value, "text", found.value)
                for name in ("CCHC_TONG", "CCHC_XEPLOAI", "CCHC_XEPHANG"):
                    calls[name] += isinstance(text, str) and f"{name}(" in text and text.startswith("=")
    assert calls["CCHC_TONG"] == MOST_UNITS
    assert calls["CCHC_XEPHANG"] == 1
    assert calls["CCHC_XEPLOAI"] == 2


@pytest.mark.parametrize("scale_id", scale_ids())
def test_every_scale_has_its_workbook(scale_id, tmp_path):
    scale, path = load_scale(scale_id), tmp_path / "a.xlsx"
    write_scores(path, scale=scale)
    values = read_values(path)
    assert ("Hồ sơ" in values) is bool(DossierGrid(scale).criteria)
    headings = set(values["Chấm điểm"].values())
    assert {f"Tiêu chí {criterion.number}" for criterion in scale.criteria} <= headings
    assert {point_class.source for point_class in scale.classes} <= set(values["Thang điểm"].values())
    assert write_paragraph(score_units((), scale))[0] in values["Tổng hợp"].values()


def with_dossiers(units, dossiers):
    averages, _ = average_dossiers(dossiers, SCALE)
    merged, _ = with_averages(units, averages)
    return scored(merged)


def dossiers_of(unit, count, first=0):
    thirds = (Fraction(2), Fraction(1), Fraction(2))
    return [
        UnitDossier(unit, DossierPoints(f"H{first + number}", dict.fromkeys("123467", thirds[number % 3])), {})
        for number in range(count)
    ]


def test_dossiers_are_written_and_their_averages_left_to_the_cells(tmp_path):
    path = tmp_path / "a.xlsx"
    unit = UnitPoints("Phường 3", {"4": Fraction(1), "5": Fraction(2), "8": Fraction(2), "9": Fraction(0)})
    write_scores(path, with_dossiers([unit], dossiers_of("UBND phường 03", 3)))
    values, grid = read_values(path), DossierGrid(SCALE)
    typed = [values["Chấm điểm"].get(cell(Part.GIVEN, 0, place)) for place in range(9)]
    assert typed == [None, None, None, 1, 2, None, None, 2, 0]
    assert values["Chấm điểm"][cell(Part.DOSSIERS)] == 3
    assert values["Chấm điểm"][cell(Part.TOTAL)] == pytest.approx(5 * 5 / 3 + 5, abs=1e-9)
    written = [values["Hồ sơ"].get(grid.cell(DossierPart.CODE, DossierLine.FIRST + at)) for at in range(4)]
    assert written == ["H0", "H1", "H2", None]


def test_averages_are_typed_where_there_is_no_room_for_the_dossiers(tmp_path):
    path = tmp_path / "a.xlsx"
    unit = UnitPoints("Phường 3", dict.fromkeys("589", Fraction(2)))
    write_scores(path, with_dossiers([unit], dossiers_of("Phường 3", MOST_DOSSIERS + 1)))
    cells = read_values(path)["Chấm điểm"]
    assert cells[cell(Part.GIVEN)] == pytest.approx(5 / 3, abs=1e-3)
    assert cells[cell(Part.DOSSIERS)] == 0


def shown(scoring):
    """What two scorings have to share: all but the places and the kind of the source."""
    units = [
        (
            unit.given.unit,
            {number: points for number, points in unit.given.points.items() if points is not NoPoints.BLANK},
            {number: text for number, text in unit.given.evidence.items() if text},
            unit.raw,
            unit.maximum,
            unit.standing,
            unit.lowest,
            unit.highest,
            unit.one_more,
            unit.given.averaged,
        )
        for unit in scoring.units
    ]
    return units, scoring.groups, scoring.mean, scoring.best, scoring.worst, scoring.office, scoring.year


def read_again(path, scale=None):
    return score_table(read_scores(path, scale))


@pytest.mark.parametrize("suffix", ["xlsx", "xlsm"])
def test_the_example_reads_back(suffix, example, tmp_path):
    first, path = read_again(example), tmp_path / f"a.{suffix}"
    write_scores(path, first, note=NOTE)
    assert shown(read_again(path)) == shown(first)
    assert (first.office, first.year, first.mean) == ("UBND thành phố Đà Lạt", "2021", Fraction(153, 10))


def test_random_units_read_back(tmp_path):
    chance = random.Random(61)  # noqa: S311 - the same units in every run
    odd = (NoPoints.BLANK, NoPoints.NOT_APPLICABLE, NoPoints.UNDECIDED, Fraction(-1), Fraction(21, 10))
    names = [*(f"Xã {number}" for number in range(120)), "Phường 7", "UBND Phường 07", "xã Tân Hoà", "Xã Tân Hòa"]
    units = [
        UnitPoints(
            name,
            {
                number: chance.choice(odd) if chance.random() < 0.05 else Fraction(chance.randint(0, 200), 100)
                for number in NUMBERS
            },
            evidence=MappingProxyType({number: f"Công văn số {number}" for number in NUMBERS}),
        )
        for name in names
    ]
    dossiers = [row for place in range(0, 120, 3) for row in dossiers_of(f"Xã {place}", 1 + place % 7, 10 * place)]
    units = [
        UnitPoints(unit.unit, {number: unit.points[number] for number in "589"}, evidence=unit.evidence)
        if place < 120 and place % 3 == 0
        else unit
        for place, unit in enumerate(units)
    ]
    averages, _ = average_dossiers(dossiers, SCALE)
    merged, _ = with_averages(units, averages)
    scoring, path = scored(merged, office="UBND tỉnh Lâm Đồng", year="2025"), tmp_path / "a.xlsx"
    write_scores(path, scoring)
    again = read_again(path)
    assert shown(again) == shown(scoring)
    told = Counter(finding.rule for finding in scoring.findings)
    assert Counter(finding.rule for finding in again.findings) == told


@pytest.mark.parametrize("scale_id", scale_ids())
def test_totals_alone_read_back(scale_id, tmp_path):
    scale, path = load_scale(scale_id), tmp_path / "a.xlsx"
    totals = {"Xã 1": Fraction(15), "Xã 2": Fraction(1499, 100), "Xã 3": scale.highest, "Xã 4": scale.highest + 1}
    units = [UnitPoints(name, total=total) for name, total in totals.items()]
    scoring = score_units(units, scale, office="UBND tỉnh Lâm Đồng")
    write_scores(path, scoring)
    assert shown(read_again(path)) == shown(scoring)


def test_findings_are_listed(tmp_path):
    path = tmp_path / "a.xlsx"
    scoring = scored([UnitPoints("a", FULL | {"3": NoPoints.BLANK}), UnitPoints("b", FULL | {"3": Fraction(5)})])
    write_scores(path, scoring)
    texts = set(read_values(path)["Kiểm tra"].values())
    assert scoring.findings
    for finding in scoring.findings:
        assert {finding.message, finding.remedy} <= texts
