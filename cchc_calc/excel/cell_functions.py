"""The functions of the cells by their names, and their help: what every host is told of them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.excel import udf

if TYPE_CHECKING:
    from collections.abc import Callable

_PREFIX: Final = "CCHC_"


@cache
def cell_functions() -> dict[str, Callable[..., Any]]:
    """Return every function of the cells by its name, in the order of their module.

    >>> list(cell_functions())[:2]
    ['CCHC_TYLE', 'CCHC_TYLE_DUNGHAN']
    """
    return {name: function for name, function in vars(udf).items() if name.startswith(_PREFIX)}


def help_of(function: Callable[..., Any]) -> str:
    """Return the help of a function in Vietnamese, one line, as the hosts show it.

    >>> help_of(cell_functions()["CCHC_TONG"]).startswith("Tổng")
    True
    """
    return function.__doc__ or ""
