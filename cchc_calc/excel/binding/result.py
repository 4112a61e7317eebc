"""What binding did to a workbook: the cells that were bound, those that were left, and what they will read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cchc_calc.catalogue import Form, Row


@dataclass(frozen=True, slots=True)
class BoundCell:
    """A computed cell that now holds a formula of the form.

    ``old`` is what stood there as an official saw it, ``old_formula`` the formula behind it if there was
    one, ``new`` what the new formula gives. ``differs`` tells that an old content says something else, and
    ``cause`` why, where that can be told. ``was_computed`` is false for an old formula without a stored
    result: nobody can tell what it gave.
    """

    row: Row
    cell: str
    formula: str
    new: str
    old: str = ""
    old_formula: str = ""
    differs: bool = False
    cause: str = ""
    was_computed: bool = True


@dataclass(frozen=True, slots=True)
class LeftCell:
    """A computed row whose cell was left as it is, and why; ``cell`` is empty where the row is not there."""

    row: Row
    cell: str
    reason: str
    found: str = ""


@dataclass(frozen=True, slots=True)
class OddInput:
    """An input cell that a formula cannot use, or reads as something else than the reader of reports does.

    ``understood`` is what the reader of reports makes of it, ``used`` what the formulas do.
    """

    row: Row
    cell: str
    found: str
    understood: str
    used: str


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is odd about the cells that the formulas read.

    ``uncomputed`` are cells with a formula whose result is not stored in the file. ``as_text`` are cells in the
    text format, in which a number becomes a text as it is typed.
    """

    odd: tuple[OddInput, ...] = ()
    uncomputed: tuple[str, ...] = ()
    as_text: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Binding:
    """The result of binding: ``functions`` is "python" or "excel", ``added`` names the new sheets.

    ``inputs`` is what an official has to know of the cells the formulas read. ``is_calculated_by_hand`` tells
    that the workbook computes only when it is told to.
    """

    source: str
    form: Form
    sheet: str
    added: tuple[str, ...]
    functions: str
    bound: tuple[BoundCell, ...]
    left: tuple[LeftCell, ...]
    inputs: Inputs
    is_calculated_by_hand: bool

    def counts(self) -> dict[str, int]:
        """Count the computed rows; ``bound + left == computed``, always."""
        return {
            "computed": len(self.form.computed),
            "bound": len(self.bound),
            "left": len(self.left),
            "replaced": sum(bool(one.old or one.old_formula) for one in self.bound),
            "differ": sum(one.differs for one in self.bound),
            "odd_inputs": len(self.inputs.odd),
        }

    def to_json(self) -> dict[str, Any]:
        """Give everything for machines."""
        return {
            "source": self.source,
            "form": {"id": self.form.id, "edition": self.form.edition},
            "sheet": self.sheet,
            "added_sheets": list(self.added),
            "functions": self.functions,
            "bound": [
                {
                    **_row(one.row, one.cell),
                    "formula": one.formula,
                    "old": one.old,
                    "old_formula": one.old_formula,
                    "new": one.new,
                    "was_computed": one.was_computed,
                    "differs": one.differs,
                    "cause": one.cause or None,
                }
                for one in self.bound
            ],
            "left": [{**_row(one.row, one.cell), "reason": one.reason, "found": one.found} for one in self.left],
            "odd_inputs": [
                {**_row(one.row, one.cell), "found": one.found, "understood": one.understood, "used": one.used}
                for one in self.inputs.odd
            ],
            "uncomputed_inputs": list(self.inputs.uncomputed),
            "text_inputs": list(self.inputs.as_text),
            "calculated_by_hand": self.is_calculated_by_hand,
            "counts": self.counts(),
        }


def _row(row: Row, cell: str) -> dict[str, str]:
    return {"address": row.address, "id": row.id, "cell": cell}
