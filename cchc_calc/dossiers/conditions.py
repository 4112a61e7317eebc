"""Conditions on the rows of a table that hold alike on every engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cchc_calc.dossiers.column_data import Value


def is_filled(text: nw.Expr) -> nw.Expr:
    """Tell whether a text without blanks at its ends says anything."""
    # Nothing is unlike any text in pandas.
    return ~text.is_null() & (text != "")


def first_that_holds(cases: Iterable[tuple[nw.Expr, Value | None]]) -> nw.Expr:
    """Give the value of the first condition that holds; nothing where none does.

    Raises ValueError where there is no case.
    """
    (holds, value), *others = cases
    expression = nw.when(holds).then(nw.lit(value))
    for holds, value in others:
        expression = expression.when(holds).then(nw.lit(value))
    return expression
