"""A table as a DataFrame; each text is kept once, however many rows it stands in."""

from __future__ import annotations

from array import array
from math import nan
from typing import TYPE_CHECKING, Any, Final, Protocol

import pandas as pd

from cchc_calc.tables.table import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from cchc_calc.tables.table import Column, Table


def data_frame_of(table: Table) -> pd.DataFrame:
    """Make the DataFrame of a table; its types are the same for no row and for a million.

    A column of labels is categorical, a text is "str" (object before pandas 3) with NaN for none, a number float64 with
    NaN for none, a count int64.
    """
    builders = [_BUILDERS[column.kind](column) for column in table.columns]
    for block in table.blocks():
        for builder, items in zip(builders, block, strict=True):
            builder.add(items)
    return pd.DataFrame({column.name: builder.built() for column, builder in zip(table.columns, builders, strict=True)})


class _Builder(Protocol):
    def add(self, items: Sequence[Any]) -> None: ...

    def built(self) -> Any: ...


class _Texts:
    def __init__(self, column: Column) -> None:
        self._places: dict[str | None, int] = {label: place for place, label in enumerate(column.labels)}
        self._where = array("i")

    def add(self, texts: Sequence[str | None]) -> None:
        places = self._places
        self._where.extend([places.setdefault(text, len(places)) for text in texts])

    def built(self) -> Any:
        return self._known().take(self._where)

    def _known(self) -> Any:
        return pd.Series(list(self._places), dtype="str").array


class _Labels(_Texts):
    def built(self) -> Any:
        return pd.Categorical.from_codes(self._where, self._known())


class _Numbers:
    def __init__(self, _column: Column) -> None:
        self._numbers = array("d")

    def add(self, numbers: Sequence[float | None]) -> None:
        self._numbers.extend([nan if number is None else number for number in numbers])

    def built(self) -> Any:
        return pd.Series(self._numbers, dtype="float64")


class _Counts:
    def __init__(self, _column: Column) -> None:
        self._counts = array("q")

    def add(self, counts: Sequence[int]) -> None:
        self._counts.extend(counts)

    def built(self) -> Any:
        return pd.Series(self._counts, dtype="int64")


_BUILDERS: Final[dict[Kind, Callable[[Column], _Builder]]] = {
    Kind.LABEL: _Labels,
    Kind.TEXT: _Texts,
    Kind.NUMBER: _Numbers,
    Kind.COUNT: _Counts,
}
