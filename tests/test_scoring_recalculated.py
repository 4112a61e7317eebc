"""LibreOffice computes the workbooks of points anew, natively and by our functions: every cell as Python stored it."""

import random
import warnings
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from libreoffice_addin import addin_profile
from spreadsheet import assert_not_poisoned, matches, read_values, recalculate

from cchc_calc.excel.scoring.dossier_grid import MOST_DOSSIERS
from cchc_calc.excel.scoring.score_grid import Line, Part, ScoreGrid
from cchc_calc.excel.scoring.workbook import write_scores
from cchc_calc.score_reading import read_scores
from cchc_calc.scoring.averages import UnitDossier, average_dossiers, with_averages
from cchc_calc.scoring.criteria import DOSSIER
from cchc_calc.scoring.paragraph import write_paragraph
from cchc_calc.scoring.records import DossierPoints, NoPoints, UnitPoints
from cchc_calc.scoring.scales import load_scale, scale_ids
from cchc_calc.scoring.scored_units import score_units

pytestmark = [pytest.mark.usefixtures("soffice"), pytest.mark.slow]

SCALE = load_scale()
EXAMPLE = Path(__file__).parent.parent / "workbooks" / "vi-du" / "cham-diem-2021-da-lat.csv"
SHEETS = ("Chấm điểm", "Hồ sơ", "Minh chứng", "Tổng hợp", "Thang điểm", "Kiểm tra")
BOUNDS = tuple(point_class.low for point_class in SCALE.classes if point_class.low)
ODD = (NoPoints.BLANK, NoPoints.NOT_APPLICABLE, NoPoints.UNDECIDED, Fraction(-1, 2), Fraction(201, 100), Fraction(19))
KINDS = ("UBND phường", "Phường", "phường", "P.", "UBND xã", "Xã", "X.", "UBND thị trấn", "TT.")


def random_points(chance, criterion, gaps):
    if chance.random() < gaps:
        return chance.choice(ODD)
    steps = chance.choice([1, 2, 20, 100])
    return criterion.maximum * chance.randint(0, steps) / steps


def exact_total(chance, total):
    """Points of nine criteria that add up to a total, in steps of a hundredth or a third."""
    points, left = {}, Fraction(total)
    for criterion in SCALE.criteria[:-1]:
        room = 2 * (9 - len(points) - 1)
        low, high = max(Fraction(0), left - room), min(Fraction(2), left)
        step = chance.choice([100, 3, 7])
        taken = low + Fraction(chance.randint(0, int((high - low) * step)), step)
        points[criterion.number], left = taken, left - taken
    return points | {"9": left}


def random_name(chance, number):
    """Names are told apart by their number; now and then two lines have the same unit in other spellings."""
    zero = chance.choice(["", "0"])
    return f"{chance.choice(KINDS)} {zero}{chance.randint(1, 2000)}" if chance.random() < 0.2 else f"Xã số {number}"


def random_units(chance, scale, count, gaps):
    units = []
    for number in range(count):
        name = random_name(chance, number)
        if chance.random() < 0.25 and scale is SCALE:
            below = chance.choice([0, 0, Fraction(1, 100), Fraction(1, 21), Fraction(1, 10**6)])
            units.append(UnitPoints(name, exact_total(chance, chance.choice(BOUNDS) - below)))
        elif chance.random() < 0.1:
            units.append(UnitPoints(name, total=random_total(chance, scale)))
        else:
            points = {criterion.number: random_points(chance, criterion, gaps) for criterion in scale.criteria}
            units.append(UnitPoints(name, points))
    names = ["xã Tân Hoà", "Xã Tân Hòa", "", "Phường 7", "UBND Phường 07", '=1+1 "a"', "Xã *", "<5", "Xã ?~"]
    return [*units, *(UnitPoints(name, exact_total(chance, 15)) for name in names)]


def random_total(chance, scale):
    return chance.choice(
        [NoPoints.BLANK, NoPoints.UNDECIDED, Fraction(-1), scale.highest, scale.highest + 1, Fraction(47, 3)]
    )


def random_dossiers(chance, units, count):
    """Dossiers of some of the units: points left out, not applicable, out of range, and a code used twice."""
    dossiers = []
    scored = [criterion for criterion in SCALE.criteria if DOSSIER in criterion.levels]
    for number in range(count):
        unit = chance.choice(units[: len(units) // 2])
        gaps = 0.001 if chance.random() < 0.9 else 0.1
        points = {criterion.number: random_points(chance, criterion, gaps) for criterion in scored}
        code = f"H32.{number}" if chance.random() < 0.996 else chance.choice(["", f"H32.{number - 1}"])
        dossiers.append(UnitDossier(unit.unit, DossierPoints(code, points), {}))
    return [row for row in dossiers if row.unit]


def scored(units, scale=SCALE, dossiers=()):
    averages, _ = average_dossiers(dossiers, scale)
    merged, _ = with_averages([_without_dossier_points(unit, averages) for unit in units], averages)
    return score_units(merged, scale, office="UBND thành phố Đà Lạt", year="2021")


def _without_dossier_points(unit, averages):
    """Leave what is scored by dossier to the dossiers, where the unit has some."""
    if not any(average.unit == unit.unit for average in averages):
        return unit
    unit_level = {
        number: points for number, points in unit.points.items() if DOSSIER not in SCALE.criterion(number).levels
    }
    return replace(unit, points=unit_level, total=NoPoints.BLANK)


def compare(folder, scorings):
    """Compute both builds of every scoring and hold every cell against what Python stored; count the cells."""
    natives, calls = [], []
    for number, scoring in enumerate(scorings):
        natives.append(folder / f"diem-{number}.xlsx")
        calls.append(folder / f"goi-{number}.xlsm")
        for path in (natives[-1], calls[-1]):
            write_scores(path, scoring)
    computed = recalculate(natives, folder / "native"), recalculate(calls, folder / "calls", profile=addin_profile())
    compared = 0
    for scoring, path, native, call in zip(scorings, natives, *computed, strict=True):
        stored, by_formulas, by_python = map(read_values, (path, native, call))
        assert any(str(value).startswith("Đạt: cchc_calc") for value in by_python["Tự kiểm tra"].values())
        for values in (by_formulas, by_python):
            sheets = {sheet: cells for sheet, cells in values.items() if sheet in SHEETS}
            assert_not_poisoned(sheets)
            for sheet, cells in sheets.items():
                for cell in stored[sheet].keys() | cells.keys():
                    found, expected = cells.get(cell, ""), stored[sheet].get(cell, "")
                    assert matches(found, expected), f"{path.name}, {sheet}!{cell}: {found!r}, not {expected!r}"
                    compared += 1
        compare_exactly(scoring, by_formulas)
    return compared


def compare_exactly(scoring, values):
    """Hold the lines of a recalculated workbook against the exact standings, without the stored results between."""
    grid, cells = ScoreGrid(scoring.scale), values["Chấm điểm"]
    for line, unit in enumerate(scoring.units, start=Line.FIRST):
        points, name, rank = (cells.get(grid.cell(part, line)) for part in (Part.POINTS, Part.CLASS, Part.RANK))
        if unit.standing.points is None:
            assert {points, name, rank} <= {None, "", "KXĐ"}, unit.given
        else:
            assert abs(Fraction(points) - unit.standing.points) <= Fraction(1, 10**9)
            assert (name, rank) == (unit.standing.class_name, unit.standing.rank)
    assert set(write_paragraph(scoring)) <= set(values["Tổng hợp"].values())


@pytest.mark.long
@pytest.mark.parametrize("scale_id", scale_ids())
def test_an_empty_workbook(scale_id, tmp_path):
    empty = score_units((), load_scale(scale_id))
    assert compare(tmp_path, [empty]) > 500


def test_the_units_of_da_lat(tmp_path):
    table = read_scores(EXAMPLE)
    scoring = score_units(table.units, table.scale, office="UBND thành phố Đà Lạt", year="2021")
    assert compare(tmp_path, [scoring]) > 8_000


def test_points_typed_into_an_empty_workbook(tmp_path):
    """The formulas of a line do not know what was written with it: an official types the names and the points."""
    units = random_units(random.Random(5), SCALE, 60, 0.05)  # noqa: S311 - the same units in every run
    # Signs in names are left out by Python alone: what it knows of a name it writes into the formula.
    plain = [unit for unit in units if not set(unit.unit) & set('*?~<="')]
    scoring = scored([UnitPoints(unit.unit, unit.points) for unit in plain])
    empty, typed, grid = tmp_path / "trong.xlsx", tmp_path / "da-ghi.xlsx", ScoreGrid(SCALE)
    write_scores(empty)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(empty)
    sheet = book["Chấm điểm"]
    for line, unit in enumerate(scoring.units, start=Line.FIRST):
        sheet[grid.cell(Part.UNIT, line)].value = unit.given.unit or None
        sheet[grid.cell(Part.UNIT, line)].data_type = "s" if unit.given.unit else "n"
        for place, criterion in enumerate(SCALE.criteria):
            points = unit.given.points.get(criterion.number, NoPoints.BLANK)
            text = {NoPoints.NOT_APPLICABLE: "  không áp DỤNG ", NoPoints.UNDECIDED: "hai điểm"}
            typed_cell = float(points) if isinstance(points, Fraction) else text.get(points)
            sheet[grid.cell(Part.GIVEN, line, place)].value = typed_cell
    book.save(typed)
    (again,) = recalculate([typed], tmp_path / "out")
    compare_exactly(scoring, read_values(again))


@pytest.mark.long
def test_random_units(tmp_path):
    chance = random.Random(1801)  # noqa: S311 - the same units in every run
    scorings = [scored(random_units(chance, SCALE, chance.randint(1, 180), gaps)) for gaps in (0, 0.02, 0.02, 0.2)]
    assert compare(tmp_path, scorings) > 30_000


@pytest.mark.long
def test_random_dossiers(tmp_path):
    chance = random.Random(766)  # noqa: S311 - the same dossiers in every run
    scorings = []
    for count in (300, MOST_DOSSIERS):
        units = [unit for unit in random_units(chance, SCALE, 60, 0.01) if unit.unit]
        scorings.append(scored(units, dossiers=random_dossiers(chance, units, count)))
    assert compare(tmp_path, scorings) > 30_000


@pytest.mark.long
@pytest.mark.parametrize("scale_id", [name for name in scale_ids() if name != SCALE.id])
def test_other_scales(scale_id, tmp_path):
    chance = random.Random(335)  # noqa: S311 - the same units in every run
    scale = load_scale(scale_id)
    units = [UnitPoints(unit.unit, unit.points, unit.total) for unit in random_units(chance, scale, 40, 0.01)[:40]]
    assert compare(tmp_path, [scored(units, scale)]) > 3_000
