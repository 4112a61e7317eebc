"""LibreOffice computes the workbooks of objectives anew, natively and by the functions: both as Python does."""

import random

import pytest
from libreoffice_addin import addin_profile
from spreadsheet import assert_not_poisoned, matches, read_values, recalculate
from typed_objectives import lines_at_every_edge, random_workbook, workbook

from cchc_calc.excel.builds import Build
from cchc_calc.excel.objectives.workbook import write_objectives, write_typed
from cchc_calc.excel.objectives.workbook_results import WorkbookResults
from cchc_calc.objective_reading import read_objectives
from cchc_calc.objectives.evaluation import evaluate_objectives
from cchc_calc.objectives.records import Status

pytestmark = [pytest.mark.usefixtures("soffice"), pytest.mark.slow]

SHEETS = ("Kết quả", "Kế hoạch", "Số liệu", "Tổng quan", "Kiểm tra")
SUFFIXES = {Build.NATIVE: ".xlsx", Build.MACROS: ".xlsm"}


def compare(folder, workbooks):
    """Compute workbooks in both builds and hold every cell against what Python stored; count the cells.

    ``workbooks`` are functions that write a workbook at a path, by its name.
    """
    compared = 0
    for build, suffix in SUFFIXES.items():
        paths = [folder / f"{name}{suffix}" for name in workbooks]
        for path, write in zip(paths, workbooks.values(), strict=True):
            write(path)
        profile = addin_profile() if build is Build.MACROS else None
        for path, again in zip(paths, recalculate(paths, folder / build.value, profile=profile), strict=True):
            stored, values = read_values(path), read_values(again)
            assert_not_poisoned({sheet: values[sheet] for sheet in SHEETS})
            for sheet in SHEETS:
                for cell in stored[sheet].keys() | values[sheet].keys():
                    computed, expected = values[sheet].get(cell), stored[sheet].get(cell)
                    assert matches(computed, expected), f"{path.name}, {sheet}!{cell}"
                    compared += 1
            if build is Build.MACROS:
                assert any(str(value).startswith("Đạt: cchc_calc") for value in values["Tự kiểm tra"].values())
    return compared


def typed(book):
    """Write what is typed in the build that the name of the file asks for."""
    return lambda path: write_typed(path, book, build=Build.MACROS if path.suffix == ".xlsm" else Build.NATIVE)


def test_an_empty_workbook(tmp_path):
    assert compare(tmp_path, {"trong": write_objectives}) > 200


def test_every_comparator_at_its_value_and_beside_it(tmp_path):
    book = workbook(lines_at_every_edge())
    statuses = [line.status for line in WorkbookResults(book).lines]
    assert statuses.count(Status.MET) > 40
    assert statuses.count(Status.NOT_MET) > 40
    assert compare(tmp_path, {"bien": typed(book)}) > 3000


@pytest.mark.long
def test_random_objectives(tmp_path):
    chance = random.Random(766)  # noqa: S311 - the same workbooks in every run
    books = {f"muc-tieu-{number}": random_workbook(chance) for number in range(10)}
    lines = [line for book in books.values() for line in WorkbookResults(book).lines]
    results = [WorkbookResults(book) for book in books.values()]
    statuses = {result.status(objective) for result in results for objective in result.typed.objectives}
    # They are no good if a state comes up in none of them.
    assert {line.status for line in lines} == {None, *(set(Status) - {Status.PARTLY})}
    assert statuses == {None, *Status}
    assert len({line.note for line in lines}) == 12
    assert len(lines) > 1000
    assert compare(tmp_path, {name: typed(book) for name, book in books.items()}) > 30_000


def test_the_real_reports(tmp_path, real_reports):
    reports = {name: read_objectives(*real_reports.glob(f"{name}_*.txt")) for name in ("000", "001", "002")}
    evaluations = {name: evaluate_objectives(report) for name, report in reports.items()}
    evaluations["001-000"] = evaluate_objectives(reports["001"], reports["000"])
    writers = {name: lambda path, one=one: write_objectives(path, one) for name, one in evaluations.items()}
    assert compare(tmp_path, writers) > 4000
