"""The cases of hostile cells: as they are listed, and as they are written into a workbook."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filled_forms import FORM
from hostile.cells import BASES, formula_cell, number_cell, text_cell, with_cells
from hostile.workbooks import BUILDERS

from cchc_calc.expressions import references
from cchc_calc.outcomes import Outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "hostile_cells.toml").read_text(encoding="utf-8"))["case"]
NAMED = {f"{case['item']} {case['name']}": case for case in CASES}
UNDECIDED = {Outcome.BLOCK, Outcome.ASK}
OUTCOME_OF = {"OK": None} | {outcome.value: outcome for outcome in Outcome}


def cell_of(case: Mapping[str, Any]) -> str | None:
    """Give the XML of the cell of a case, or None where only the workbook is changed."""
    if "text" in case:
        return text_cell(case["text"] * case.get("repeat", 1))
    if "number" in case:
        return number_cell(case["number"], case.get("format", "General"))
    if "error" in case:
        return f'<c r="{{cell}}" t="e"><v>{case["error"]}</v></c>'
    if "truth" in case:
        return f'<c r="{{cell}}" t="b"><v>{int(case["truth"])}</v></c>'
    if "formula" in case:
        return formula_cell(case["formula"], case.get("result"), case.get("kind", "n"))
    return case["cell"].replace("{control}", "\x01") if "cell" in case else None


def built(case: Mapping[str, Any], base: str) -> bytes:
    """Write a case into one of the good workbooks."""
    data = BASES[base]()
    if (cell := cell_of(case)) is not None:
        data = with_cells(base, {case["row"]: cell}, data)
    return BUILDERS[case["made_by"]](data, base) if "made_by" in case else data


def dependants(address: str) -> set[str]:
    """Name the rows that are computed from a row, directly or over others."""
    return {row.address for row in FORM.computed if address in _operands(row.address)}


def _operands(address: str) -> set[str]:
    row = FORM.row(address)
    direct = references(row.formula) if row.formula is not None else ()
    return {address} | {below for operand in direct for below in _operands(operand)}
