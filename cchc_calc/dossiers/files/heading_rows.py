"""The row of headings of a table, under whatever titles stand above it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final

from cchc_calc.outcomes import refusal
from cchc_calc.spelling import comparison_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from cchc_calc.dossiers.headings import KnownColumns

ROWS_ABOVE: Final = 100
"""Rows among which the headings are looked for: titles, the name of the office and dates stand above them."""

COLUMNS_LIMIT: Final = 2000
ENOUGH: Final = 3
"""Known headings that make a row the one of headings: no table of dossiers has fewer columns."""

_LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class HeadingRow:
    """The headings of a table, the number of the row they stand in, and how many of them are known."""

    row: int
    headings: tuple[str, ...]
    known: int


def heading_test(known: KnownColumns, chosen: Mapping[str, str]) -> Callable[[str], bool]:
    """Make the test of a heading: it is known, or was chosen by the user."""
    keys = {comparison_key(heading) for heading in chosen}
    return lambda text: len(text) <= _LONGEST and (known.is_known(text) or comparison_key(text) in keys)


def heading_row(rows: Iterable[tuple[int, Sequence[str]]], is_known: Callable[[str], bool]) -> HeadingRow | None:
    """Choose of the first rows the one with the most known headings, of several the first; ``None`` without any row.

    >>> rows = [(1, ["BẢNG HỒ SƠ QUÝ III"]), (3, ["Mã hồ sơ", "Ngày tiếp nhận", ""]), (4, ["1", "02/6/2023", ""])]
    >>> heading_row(rows, {"Mã hồ sơ", "Ngày tiếp nhận"}.__contains__)
    HeadingRow(row=3, headings=('Mã hồ sơ', 'Ngày tiếp nhận'), known=2)
    """
    best: HeadingRow | None = None
    for row, cells in islice(rows, ROWS_ABOVE):
        one = HeadingRow(row, _without_end(cells), sum(map(is_known, cells)))
        if best is None or _fitness(one) > _fitness(best):
            best = one
        elif best.known >= ENOUGH:
            # The rows below headings are many, and hold none.
            break
    return best


def _fitness(found: HeadingRow) -> tuple[int, int]:
    return found.known, 0 if found.known else len(found.headings)


def check_width(source: str, found: HeadingRow) -> None:
    """Let headings pass that are no more than a table has. Raises SourceRefusedError: F02."""
    if len(found.headings) > COLUMNS_LIMIT:
        message = f"bảng có {len(found.headings)} cột, nhiều hơn {COLUMNS_LIMIT}."
        raise refusal(source, "F02", message, "Chỉ xuất các cột cần thiết của hồ sơ, rồi làm lại.")


def _without_end(cells: Sequence[str]) -> tuple[str, ...]:
    texts = [cell.strip() for cell in cells]
    while texts and not texts[-1]:
        texts.pop()
    return tuple(texts)
