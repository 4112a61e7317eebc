"""The rows that were refused, one by one and with the reason, so that an office can mend them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from cchc_calc.dossiers.engine_values import is_nothing, text_of
from cchc_calc.dossiers.fault_names import FAULT_NAMES, Fault
from cchc_calc.dossiers.schema import column
from cchc_calc.rounding import format_number
from cchc_calc.spelling import cut, printable
from cchc_calc.tables.csv_files import write_csv
from cchc_calc.tables.table import Column, Kind, Table

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from cchc_calc.tables.table import Block

_TOLD: Final = ("code", "unit", "received", "due", "finished")
_COLUMNS: Final = (
    Column("Tệp", Kind.LABEL),
    Column("Dòng", Kind.NUMBER),
    *(Column(column(name).title, Kind.TEXT) for name in _TOLD),
    Column("Lý do không dùng được", Kind.LABEL),
    Column("Nội dung không đọc được", Kind.TEXT),
)
_ROWS_AT_ONCE: Final = 10_000
_LONGEST: Final = 60
_ABOUT_TEXTS: Final = frozenset({Fault.UNREADABLE_RECEIVED, Fault.UNREADABLE_DUE, Fault.UNREADABLE_FINISHED})


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was refused; what it does not say is an empty text, and ``row`` is 0 where its number is not known.

    Times are "2023-06-13 08:05:00", days without a time of day "2023-06-13". One that could not be read is empty: the
    reason tells which it was, and ``unreadable`` what it says, as it stands in the file.
    """

    fault: Fault
    source: str
    row: int
    code: str
    unit: str
    received: str
    due: str
    finished: str
    unreadable: str = ""

    @property
    def reason(self) -> str:
        """Say in Vietnamese why the row was refused."""
        return FAULT_NAMES[self.fault]

    @property
    def text(self) -> str:
        """Say in one line which row it is and what is wrong with it.

        >>> RefusedRow(Fault.NO_RECEIVED, "a.csv", 12, "H32-1", "Phường 1", "", "", "").text
        'a.csv, dòng 12, hồ sơ H32-1: không có ngày tiếp nhận'
        >>> RefusedRow(Fault.UNREADABLE_DUE, "", 0, "H32-1", "Phường 1", "2023-01-13", "", "", "31/02/2023").text
        'hồ sơ H32-1: ngày hẹn trả không đọc được: “31/02/2023”'
        """
        row = f"dòng {format_number(self.row)}" if self.row else ""
        code = f"hồ sơ {_shown(self.code)}" if self.code else ""
        where = ", ".join(filter(None, (self.source, row, code))) or "không rõ dòng nào"
        is_told = self.unreadable and self.fault in _ABOUT_TEXTS
        return f"{where}: {self.reason}" + (f": “{_shown(self.unreadable)}”" if is_told else "")

    def to_json(self) -> dict[str, Any]:
        """Return the row with the fixed keys of the project's JSON."""
        told = {name: getattr(self, name) or None for name in ("source", "row", *_TOLD, "unreadable")}
        return {**told, "fault": self.fault.name.lower(), "reason": self.reason}


def refused_rows(
    frame: Any, as_of: date | None = None, limit: int | None = None, *, codes_are_unique: bool = False
) -> Iterator[RefusedRow]:
    """List the rows of a standard table that ``tally`` refuses, ``limit`` of them; the order is always the same.

    Rows with a fault come first, in the order of their codes, then those whose code another row bears. Columns "source"
    and "row" of the table say where a row stood. The rows are made as they are asked for. Those that could not be cut
    into cells are in no table.
    """
    for told in islice(_told(frame, as_of, codes_are_unique=codes_are_unique), limit):
        yield RefusedRow(*told)


def write_refused_rows(path: Path, frame: Any, as_of: date | None = None, *, codes_are_unique: bool = False) -> None:
    """Write all rows that ``refused_rows`` lists as .csv, some at a time; no text in it is taken for a formula.

    A file of that name is replaced when all went well.
    """
    told = partial(_told, frame, as_of, codes_are_unique=codes_are_unique)
    write_csv(path, Table(_COLUMNS, lambda: _blocks(told())))


_Told: TypeAlias = tuple[Fault, str, int, str, str, str, str, str, str]


def _told(frame: Any, as_of: date | None, *, codes_are_unique: bool) -> Iterator[_Told]:
    from cchc_calc.dossiers.faulty_rows import faulty_rows

    for fault, row in faulty_rows(frame, as_of, codes_are_unique=codes_are_unique):
        code, source, number, unit, received, due, finished, unreadable = row
        yield (
            fault,
            text_of(source),
            0 if is_nothing(number) else int(number),
            text_of(code),
            text_of(unit),
            _time(received),
            _time(due),
            _time(finished),
            text_of(unreadable),
        )


def _blocks(told: Iterator[_Told]) -> Iterator[Block]:
    while some := list(islice(told, _ROWS_AT_ONCE)):
        faults, sources, numbers, *texts, unreadable = zip(*some, strict=True)
        reasons = [FAULT_NAMES[fault] for fault in faults]
        yield (sources, [number or None for number in numbers], *texts, reasons, unreadable)


def _time(moment: Any) -> str:
    return "" if is_nothing(moment) else moment.isoformat(" ", "seconds").removesuffix(" 00:00:00")


def _shown(text: str) -> str:
    """Write a text of a file in one line: cut, and without a sign that would steer a terminal or be unseen."""
    return cut(printable(" ".join(text.split())), _LONGEST)
