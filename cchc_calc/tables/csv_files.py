"""The writer of .csv: a table that Excel opens with its Vietnamese letters, and in which nothing is a formula."""

from __future__ import annotations

import csv
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from cchc_calc.atomic import replacing
from cchc_calc.tables.inert_text import inert
from cchc_calc.tables.table import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path
    from typing import Any

    from cchc_calc.tables.table import Table

DECIMAL_MARKS: Final = {";": ",", ",": "."}
"""The mark between cells, and that of decimals beside it: a Vietnamese spreadsheet expects the first pair."""

_known = lru_cache(maxsize=4096)(inert)


def write_csv(path: Path, table: Table, delimiter: str = ";") -> None:
    """Write a table as CSV, block by block: UTF-8 with a byte order mark, lines that end as in Windows.

    Between cells stands ";" and in decimals ",", or "," and "."; what is missing is an empty cell. Texts are
    ``inert``. The same table gives the same bytes. Raises ValueError for another delimiter.
    """
    if delimiter not in DECIMAL_MARKS:
        msg = f"the delimiter is one of {', '.join(map(repr, DECIMAL_MARKS))}, not {delimiter!r}"
        raise ValueError(msg)
    decimal = DECIMAL_MARKS[delimiter]
    writers = [_cells(column.kind, decimal) for column in table.columns]
    with replacing(path) as part, part.open("w", encoding="utf-8-sig", newline="") as stream:
        lines = csv.writer(stream, delimiter=delimiter)
        lines.writerow(column.name for column in table.columns)
        for block in table.blocks():
            lines.writerows(zip(*(write(items) for write, items in zip(writers, block, strict=True)), strict=True))


def _cells(kind: Kind, decimal: str) -> Callable[[Iterable[Any]], Iterator[str]]:
    def number(value: float | None) -> str:
        # 447.0 is a count.
        return "" if value is None else repr(value).removesuffix(".0").replace(".", decimal)

    def text(value: str | None) -> str:
        return "" if value is None else _known(value)

    writers: dict[Kind, Callable[[Any], str]] = {
        Kind.LABEL: _known,
        Kind.TEXT: text,
        Kind.NUMBER: number,
        Kind.COUNT: str,
    }
    write = writers[kind]
    return lambda items: map(write, items)
