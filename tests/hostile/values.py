"""The good form with figures that contradict each other, in every kind of file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from filled_forms import FORM
from hostile.cells import INPUTS, checked, filled_template, shown, text_document, typed_workbook

from cchc_calc.expressions import references

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SUFFIXES = {"office": ".xlsx", "template": ".xlsx", "text": ".txt"}
"""The kinds of file into which a case is written."""


def build(case: Mapping[str, Any], kind: str) -> bytes:
    """Write a case: what is not said to be printed is what follows from the figures."""
    inputs, printed = figures_of(case)
    if kind == "text":
        return text_document(printed, inputs).encode()
    if kind == "office":
        return typed_workbook(inputs, printed)
    return filled_template(checked(inputs, printed))


def figures_of(case: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, str]]:
    """Give the inputs of a case, and what its computed rows print."""
    inputs = {**INPUTS, **case.get("inputs", {})}
    if "made_by" in case:
        inputs = BUILDERS[case["made_by"]](inputs)
    return inputs, {**shown(inputs), **case.get("printed", {})}


def all_full(inputs: dict[str, str]) -> dict[str, str]:
    """Let every part be its whole."""
    full = dict(inputs)
    # A part may be the whole of another row: twice round, and all are equal.
    for _ in range(2):
        for row in FORM.computed:
            if row.kind == "rate" and row.formula is not None:
                addresses = [address for address in references(row.formula) if address in full]
                full.update(dict.fromkeys(addresses, "100"))
    return full


BUILDERS: dict[str, Callable[[dict[str, str]], dict[str, str]]] = {"all_full": all_full}
