"""How Calc hands over every argument of the functions of the cells.

Calc offers two ways, and each loses something the other keeps. As **cells** an empty cell is told from 0 and
an error value comes through, but Calc accepts nothing else than a reference, and the argument cannot be left
out at the end. As a **value** it may be left out, written down or computed on the spot, but an empty cell
looks like 0, and an error value stops the call.
"""

from __future__ import annotations

from inspect import Parameter, signature
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Callable

CELLS: Final = "com::sun::star::table::XCellRange"
VALUE: Final = "any"
VALUES: Final = "sequence<any>"
"""The types of the interface language."""

NEVER_ZERO: Final = frozenset({"muc_tieu", "thang", "ngay_nhan", "tu", "den", "phien_ban"})
"""Values of which 0 says nothing: a 0 there is an empty cell."""

_CELLS: Final = frozenset({"tu_so", "mau_so", "chu", "thuc_te", "diem", "vung_diem", "vung"})


def argument_types(function: Callable[..., Any]) -> dict[str, str]:
    """Return the type of every argument of a function, by the argument's name.

    >>> from cchc_calc.excel.cell_functions import cell_functions
    >>> argument_types(cell_functions()["CCHC_CONTHIEU"])["muc_tieu"]
    'any'
    """
    return {name: _type(parameter) for name, parameter in signature(function).parameters.items()}


def _type(parameter: Parameter) -> str:
    if parameter.kind is Parameter.VAR_POSITIONAL:
        return VALUES
    return CELLS if parameter.name in _CELLS else VALUE
