"""The four tables of a consolidation: the units' values, the totals, the units, and what was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from cchc_calc.computation import exact_text, show
from cchc_calc.findings import Severity
from cchc_calc.states import State, state_of
from cchc_calc.tables.table import Column, Kind, Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cchc_calc.catalogue import Row
    from cchc_calc.consolidation.result import Consolidation
    from cchc_calc.states import Content, Number
    from cchc_calc.tables.table import Block

TableName: TypeAlias = Literal["values", "totals", "units", "refused"]


def _columns(kind: Kind, names: str) -> tuple[Column, ...]:
    return tuple(Column(name, kind) for name in names.split())


_FRAME: Final = _columns(Kind.LABEL, "form period")
_ROW: Final = _columns(Kind.LABEL, "address id label kind")
_CONTENT: Final = (
    Column("state", Kind.LABEL, tuple(state.value for state in State)),
    Column("value", Kind.NUMBER),
    *_columns(Kind.TEXT, "exact text"),
)

VALUE_COLUMNS: Final = (*_FRAME, *_columns(Kind.LABEL, "unit code source seal"), *_ROW, *_CONTENT)
TOTAL_COLUMNS: Final = (
    *_FRAME,
    *_ROW,
    *_CONTENT,
    *_columns(Kind.NUMBER, "low high"),
    *_columns(Kind.TEXT, "exact_low exact_high"),
    *_columns(Kind.COUNT, "units_reported units_undecided units_expected"),
    *_columns(Kind.NUMBER, "mean_of_rates"),
)
UNIT_COLUMNS: Final = (
    *_FRAME,
    *_columns(Kind.TEXT, "unit code source sha256 seal issued"),
    *_columns(Kind.COUNT, "errors warnings infos repeated"),
)
REFUSED_COLUMNS: Final = (*_FRAME, *_columns(Kind.TEXT, "source unit code message remedy sha256"))


def table_of(consolidation: Consolidation, name: TableName = "values") -> Table:
    """Give a table of a consolidation; headings of the form, which hold nothing, are left out.

    "values" has one row a unit and address, "totals" one an address, "units" one a unit that counts, "refused" one a
    source that does not. ``state`` tells blank, 0, not arising and undecided apart; ``value`` is a float, and
    missing without a value; ``exact`` is the number itself ("447", "12.50", "424/425"); ``text`` is what the form
    shows. ``period`` is "2023-06-13/2023-09-12", or empty.

    Raises ValueError for another name.
    """
    if name not in _TABLES:
        msg = f"there is no table {name!r}; there are {', '.join(_TABLES)}"
        raise ValueError(msg)
    columns, blocks = _TABLES[name]
    return Table(columns, lambda: blocks(consolidation))


def _values(consolidation: Consolidation) -> Iterator[Block]:
    rows = [row for row in consolidation.form.rows if not row.is_heading]
    frame, meanings = _frame(consolidation), _meanings(rows)
    for unit, contents in zip(consolidation.units, consolidation.contents, strict=True):
        told = (*frame, _writable(unit.unit), _writable(unit.code), _writable(unit.source), unit.seal)
        filled = [contents.get(row.address, State.BLANK) for row in rows]
        yield (*([text] * len(rows) for text in told), *meanings, *_shown(rows, filled))


def _totals(consolidation: Consolidation) -> Iterator[Block]:
    totals = consolidation.rows
    rows = [consolidation.form.by_address[total.address] for total in totals]
    yield (
        *([text] * len(rows) for text in _frame(consolidation)),
        *_meanings(rows),
        *_shown(rows, [total.content for total in totals]),
        [_float(total.low) for total in totals],
        [_float(total.high) for total in totals],
        [exact_text(total.low) for total in totals],
        [exact_text(total.high) for total in totals],
        [total.units_reported for total in totals],
        [total.units_undecided for total in totals],
        [total.units_expected for total in totals],
        [_float(total.mean_of_rates) for total in totals],
    )


def _units(consolidation: Consolidation) -> Iterator[Block]:
    frame = _frame(consolidation)
    lines = (
        (
            *frame,
            _writable(unit.unit),
            _writable(unit.code),
            _writable(unit.source),
            unit.sha256,
            unit.seal,
            None if unit.issued is None else unit.issued.isoformat(),
            *(unit.findings.get(severity, 0) for severity in Severity),
            len(unit.repeated),
        )
        for unit in consolidation.units
    )
    yield _turned(lines, UNIT_COLUMNS)


def _refused(consolidation: Consolidation) -> Iterator[Block]:
    frame = _frame(consolidation)
    lines = (
        (*frame, *map(_writable, (one.source, one.unit, one.code, one.message, one.remedy, one.sha256)))
        for one in consolidation.refused
    )
    yield _turned(lines, REFUSED_COLUMNS)


_TABLES: Final[dict[str, tuple[tuple[Column, ...], Callable[[Consolidation], Iterator[Block]]]]] = {
    "values": (VALUE_COLUMNS, _values),
    "totals": (TOTAL_COLUMNS, _totals),
    "units": (UNIT_COLUMNS, _units),
    "refused": (REFUSED_COLUMNS, _refused),
}


def _frame(consolidation: Consolidation) -> tuple[str, str]:
    form, period = consolidation.form, consolidation.period
    days = "" if period is None else f"{period.start.isoformat()}/{period.end.isoformat()}"
    return f"{form.id}/{form.edition}", days


def _meanings(rows: Sequence[Row]) -> Block:
    return (
        [row.address for row in rows],
        [row.id for row in rows],
        [row.label for row in rows],
        [row.kind for row in rows],
    )


def _shown(rows: Sequence[Row], contents: Sequence[Content]) -> Block:
    return (
        [state_of(content).value for content in contents],
        [None if isinstance(content, State) else float(content) for content in contents],
        [exact_text(content) for content in contents],
        [show(row, content) for row, content in zip(rows, contents, strict=True)],
    )


def _turned(lines: Iterable[tuple[object, ...]], columns: tuple[Column, ...]) -> Block:
    return tuple(zip(*lines, strict=True)) or tuple(() for _ in columns)


def _float(number: Number | None) -> float | None:
    return None if number is None else float(number)


def _writable(text: str) -> str:
    """Write the bytes of a file's name that are no UTF-8 as their numbers: no file could hold them otherwise."""
    return text.encode("utf-8", "backslashreplace").decode()
