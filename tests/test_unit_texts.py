"""Texts of units in the outputs of a consolidation: none becomes a formula, and none names a file or a sheet."""

from __future__ import annotations

import pytest
from made_submissions import submitted
from openpyxl import load_workbook

from cchc_calc import consolidate
from cchc_calc.consolidation.refusals import Refusal
from cchc_calc.excel.consolidation.workbook import write_consolidation
from cchc_calc.tables.writing import write_table

FORMULAS = ("=cmd|'/c calc'!A0", '=HYPERLINK("http://x";"y")', "+1+1", "-2+3", "@SUM(A1:A9)", "{=1+1}")
NAMES = ("../../x", "CON", "Phường 1/2", "xã " + "A" * 300, "xã [B]:*?", "nul.xlsx ", "..")


@pytest.fixture(scope="module")
def done():
    """A consolidation of units with such names, of which some are refused as well."""
    reports = [
        submitted(f"{text} xã {number}", {"3.4.3.b": 3, "3.4.3.c": number % 3}, source=f"{number}.xlsx")
        for number, text in enumerate((*FORMULAS, *NAMES))
    ]
    refused = [Refusal(f"{text}.xlsx", "F05", f"{text}.", f"{text}!", unit=text) for text in (*FORMULAS, *NAMES)]
    return consolidate(reports, refused=refused)


def test_no_text_of_a_unit_is_a_formula_of_the_workbook(done, tmp_path):
    path = tmp_path / "tổng hợp.xlsx"
    write_consolidation(path, done)
    cells = [cell for sheet in load_workbook(path) for line in sheet.iter_rows() for cell in line]
    told = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith(FORMULAS)]
    assert {cell.data_type for cell in told} == {"s"}
    assert {text for text in FORMULAS for cell in told if cell.value.startswith(text)} == set(FORMULAS)
    formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]
    assert formulas
    assert not [formula for formula in formulas if "cmd" in formula or "HYPERLINK" in formula]


def test_no_text_of_a_unit_names_a_file_or_a_sheet(done, tmp_path):
    folder = tmp_path / "kết quả"
    folder.mkdir()
    write_consolidation(folder / "a.xlsx", done)
    write_table(folder / "a.csv", done)
    write_table(folder / "a.parquet", done)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.csv", "a.parquet", "a.xlsx", "kết quả"]
    few = consolidate([submitted("UBND phường 1", {"3.4.3.b": 3, "3.4.3.c": 1})])
    write_consolidation(tmp_path / "ít.xlsx", few)
    assert load_workbook(folder / "a.xlsx").sheetnames == load_workbook(tmp_path / "ít.xlsx").sheetnames
