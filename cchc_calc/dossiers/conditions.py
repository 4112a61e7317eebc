"""Conditions on the rows of a table that hold alike on every engine."""

from __future__ import annotations

from typing import TYPE_CHECKING

import narwhals.stable.v2 as nw

from cchc_calc.dossiers.time_forms import SOMETHING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cchc_calc.dossiers.column_entries import Value


def is_filled(text: nw.Expr) -> nw.Expr:
    """Tell whether there is a text, of whatever letters."""
    # Nothing is unlike any text in pandas.
    return ~text.is_null() & (text != "")


def says_something(text: nw.Expr) -> nw.Expr:
    """Tell whether a text is more than blanks."""
    return ~text.is_null() & text.str.contains(SOMETHING)


def first_that_holds(cases: Iterable[tuple[nw.Expr, Value | None]]) -> nw.Expr:
    """Give the value of the first condition that holds; nothing where none does.

    Raises ValueError where there is no case.
    """
    (holds, value), *others = cases
    expression = nw.when(holds).then(nw.lit(value))
    for holds, value in others:
        expression = expression.when(holds).then(nw.lit(value))
    return expression
