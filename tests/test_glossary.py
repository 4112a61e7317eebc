"""The glossary names all there is, as the code and the workbooks name it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cchc_calc.claims import Verdict
from cchc_calc.console import VERDICT_NAMES
from cchc_calc.excel.cell_functions import cell_functions
from cchc_calc.excel.sheets import form_grid
from cchc_calc.excel.sheets.macro_buttons import BUTTONS
from cchc_calc.excel.udf import ARGUMENTS
from cchc_calc.excel_formulas import FUNCTION_NAMES
from cchc_calc.findings import SEVERITY_NAMES
from cchc_calc.indicators import RATES
from cchc_calc.objectives import headings as objectives
from cchc_calc.objectives.records import STATUS_TEXTS
from cchc_calc.scoring import headings as scoring
from cchc_calc.states import STATE_TEXTS, State

GLOSSARY = Path(__file__).parents[1] / ".github" / "glossary.md"
TEXT = GLOSSARY.read_text(encoding="utf-8")


def entries(heading: str) -> dict[str, list[str]]:
    """Read the table under a heading: the English of every line, and the cells beside it."""
    section = TEXT.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]
    _, _, *lines = [line for line in section.splitlines() if line.startswith("|")]
    rows = [[cell.strip(" `") for cell in line.strip("|").split("|")] for line in lines]
    return {english: rest for english, *rest in rows}


def test_every_state_stands_with_what_its_cell_shows():
    states = entries("States of a cell")
    assert list(states) == [state.value for state in State]
    shown = {state.value: text for state, text in STATE_TEXTS.items()}
    shown |= {State.VALUE.value: "a number", State.BLANK.value: "an empty cell"}
    assert {english: excel for english, (_, excel, _) in states.items()} == shown


def test_every_rate_stands_with_the_function_that_computes_it():
    rates = entries("Rates")
    assert rates.keys() == RATES.keys()
    assert {english: excel for english, (_, excel, _) in rates.items()} == {
        name: FUNCTION_NAMES.get(name, "CCHC_TYLE") for name in RATES
    }


def test_the_functions_are_those_of_the_cells_and_no_others():
    assert set(re.findall(r"CCHC_\w+", TEXT)) == cell_functions().keys()


def test_the_arguments_are_those_of_the_functions():
    arguments = [excel for _, excel in entries("Arguments of the functions").values()]
    numbered = re.compile(r"_[0-9]+$")
    assert arguments == list(dict.fromkeys(numbered.sub("", name) for name in ARGUMENTS))


def test_severities_and_verdicts_stand_with_their_names():
    findings, verdicts = entries("Findings"), entries("Verdicts on a printed rate")
    assert {severity: findings[severity][1] for severity in SEVERITY_NAMES} == SEVERITY_NAMES
    assert list(verdicts) == list(Verdict)
    assert {verdict: name for verdict, (name, _) in verdicts.items()} == VERDICT_NAMES


def test_every_status_of_an_objective_stands_with_what_its_cell_shows():
    statuses = entries("Statuses of an objective")
    assert {english: excel for english, (_, excel, _) in statuses.items()} == STATUS_TEXTS


@pytest.mark.parametrize("name", re.findall(r"sheet `([^`]+)`", TEXT))
def test_a_sheet_that_is_named_is_there(name):
    homes = (form_grid, objectives, scoring)
    assert name in {value for home in homes for key, value in vars(home).items() if key.endswith("_SHEET")}


@pytest.mark.parametrize("caption", re.findall(r"button `([^`]+)`", TEXT))
def test_a_button_that_is_named_is_there(caption):
    assert caption in BUTTONS
