"""The checklist for the opening in Excel: it names everything there is, and what it promises is what we compute."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cchc_calc.excel import udf
from cchc_calc.excel.cell_functions import cell_functions
from cchc_calc.excel.macros.sources import library_name, macro_sources
from cchc_calc.excel.macros.texts import CELL, messages
from cchc_calc.excel.macros.xlwings_settings import SETTINGS_SHEET
from cchc_calc.excel.sheets import form_grid
from cchc_calc.excel.sheets.macro_buttons import BUTTONS
from cchc_calc.installing import file_names

PAGE = (Path(__file__).parents[1] / "workbooks" / "KIEM_TRA_EXCEL.md").read_text(encoding="utf-8")
SAMPLES = re.findall(r"^\| `=(CCHC_\w+)\(([^`…]*)\)` \| ([^|]*) \|", PAGE, re.MULTILINE)
SHEETS = [name for constant, name in vars(form_grid).items() if constant.endswith("_SHEET")]
NO_SAMPLE = {"CCHC_BIEUMAU", "CCHC_KIEMTRA"}
"""They take a whole form."""


@pytest.mark.parametrize("name", cell_functions())
def test_every_function_is_tried(name):
    assert f"`={name}(" in PAGE
    assert name in {sample[0] for sample in SAMPLES} | NO_SAMPLE


@pytest.mark.parametrize("caption", BUTTONS)
def test_every_button_is_pressed(caption):
    assert re.search(rf"^\| {caption} \|", PAGE, re.MULTILINE)


@pytest.mark.parametrize("sheet", [*SHEETS, SETTINGS_SHEET])
def test_every_sheet_is_looked_at(sheet):
    assert sheet in re.search(r"^\| 4 \| .*", PAGE, re.MULTILINE)[0]


@pytest.mark.parametrize("source", macro_sources())
def test_every_module_is_looked_for(source):
    assert f"`{Path(source).stem}`" in PAGE


@pytest.mark.parametrize("name", [name for name in file_names() if not name.endswith(".oxt")])
def test_every_file_is_opened(name):
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("key", ["stopped", "no_python"])
def test_what_the_cells_say_is_quoted_as_it_is(key):
    assert f"“{messages(library_name())[CELL + key]}”" in PAGE


@pytest.mark.parametrize(("name", "arguments", "promised"), SAMPLES)
def test_what_is_promised_is_what_the_function_answers(name, arguments, promised):
    values = [_value(argument) for argument in re.findall(r'DATE\([^)]*\)|"[^"]*"|[^;]+', arguments)]
    answer = getattr(udf, name)(*([[value]] for value in values))
    assert _shown(answer, promised) == promised.removesuffix("…").replace("(trống)", "")


@pytest.mark.parametrize(
    "told", ["Người kiểm tra", "Ngày", "Phiên bản Excel, 32/64 bit", "Phiên bản Windows", "chưa kiểm chứng trên Excel"]
)
def test_who_and_where_is_asked(told):
    assert told in PAGE


def _value(argument):
    if argument.startswith("DATE("):
        return datetime(*map(int, argument[5:-1].split(";")))  # noqa: DTZ001 - Excel's dates have no zone
    return argument.strip('"') if argument.startswith('"') else float(argument)


def _shown(answer, promised):
    """Show a number as the cell does, by the look of what is promised."""
    if isinstance(answer, str):
        return answer[: len(promised) - 1] if promised.endswith("…") else answer
    if promised.endswith("%"):
        return f"{answer:.2%}".replace(".", ",")
    if "/" in promised:
        return f"{datetime(1899, 12, 30) + timedelta(days=answer):%d/%m/%Y}"  # noqa: DTZ001 - as above
    return f"{answer:g}"
