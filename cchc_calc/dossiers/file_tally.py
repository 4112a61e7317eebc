"""Counting the dossiers of files: reading, the period, the counts, and the list of rows that were refused."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.dossiers.engine_names import Engine
from cchc_calc.dossiers.fault_names import FAULT_NAMES, Fault
from cchc_calc.dossiers.options import Options
from cchc_calc.findings import by_severity
from cchc_calc.outcomes import refusal
from cchc_calc.periods import Period
from cchc_calc.rounding import format_number
from cchc_calc.shortened_lists import shortened_list

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from cchc_calc.consolidation.register import Register
    from cchc_calc.dossiers.files import Dossiers
    from cchc_calc.dossiers.refused_rows import RefusedRow
    from cchc_calc.dossiers.tally import Tally
    from cchc_calc.errors import SourceRefusedError
    from cchc_calc.findings import Finding

_MOST_NAMED: Final = 3
_MOST_LISTED: Final = 1000
_MOST_LOOKED_THROUGH: Final = 1_000_000
_NO_PERIOD: Final = Period(date.min, date.min)
"""Of rows that are all refused it matters not."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be counted, and how.

    ``columns`` is an office's own list of headings, ``chosen`` says of single headings which column they are. Without
    a ``period`` it is that of the whole table. ``refused`` is the file for all refused rows; ``most_listed`` of them
    are given back.
    """

    sources: tuple[str, ...]
    engine: Engine = Engine.DUCKDB
    columns: Path | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)
    unit: str = ""
    register: Register | None = None
    period: Period | None = None
    options: Options = field(default_factory=Options)
    as_of: date | None = None
    by_field: bool = False
    codes_are_unique: bool = False
    refused: Path | None = None
    most_listed: int = _MOST_LISTED


@dataclass(frozen=True, slots=True)
class FileTally:
    """The tally of some files; ``names`` are theirs, ``refused_rows`` the first rows that were not used."""

    tally: Tally
    names: tuple[str, ...]
    refused_rows: tuple[RefusedRow, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the tally with the fixed keys of the project's JSON, and what was read and refused."""
        listed = [row.to_json() for row in self.refused_rows]
        return {**self.tally.to_json(), "sources": list(self.names), "refused_rows": listed}


def tally_files(request: Request, watch: Callable[[str], None] | None = None) -> FileTally:
    """Read the files of a request, count their dossiers and list what was refused; ``watch`` is told each file's name.

    Raises SourceRefusedError for files that cannot be read or hold no dossier, and for columns that are not found.
    """
    from cchc_calc.dossiers.files import NotPlainError

    # Doubled codes and an unknown period need the table several times.
    if request.codes_are_unique and request.period is not None:
        with suppress(NotPlainError):
            return _tally(request, watch, once=True)
    return _tally(request, watch, once=False)


def _tally(request: Request, watch: Callable[[str], None] | None, *, once: bool) -> FileTally:
    from cchc_calc.dossiers.files import read_dossiers
    from cchc_calc.dossiers.headings import known_columns

    with read_dossiers(
        request.sources,
        engine=request.engine,
        known=known_columns(request.columns),
        chosen=request.chosen,
        unit=request.unit,
        once=once,
        watch=watch,
    ) as dossiers:
        return _counted(dossiers, request)


def _counted(dossiers: Dossiers, request: Request) -> FileTally:
    from cchc_calc.dossiers.span import span_of, whole_table
    from cchc_calc.dossiers.tally import tally

    period = request.period or span_of(dossiers.frame, request.as_of)
    tallied = tally(
        dossiers.frame,
        period or _NO_PERIOD,
        options=request.options,
        register=request.register,
        as_of=request.as_of,
        by_field=request.by_field,
        codes_are_unique=request.codes_are_unique,
        broken_rows=dossiers.broken_rows,
    )
    refused = _refused_rows(dossiers, tallied, request)
    if not tallied.used:
        raise _nothing_usable(dossiers.names, tallied)
    told = (*dossiers.findings, *_about_unit(request, tallied), *_about_spellings(dossiers, tallied))
    if request.period is None:
        told += (whole_table(tallied.period),)
    tallied = replace(tallied, findings=by_severity((*_not_told_by_line(dossiers, tallied), *told)))
    return FileTally(tallied, dossiers.names, refused)


def _not_told_by_line(dossiers: Dossiers, tallied: Tally) -> Iterator[Finding]:
    """Leave out that rows are broken where the files' findings name the lines of all of them."""
    named = sum(int(one.found) for one in dossiers.findings if one.rule == "dossiers_broken_rows")
    is_told = named == tallied.faults.get(Fault.BROKEN_ROW)
    return (one for one in tallied.findings if not (is_told and one.cause == Fault.BROKEN_ROW.name.lower()))


def _about_unit(request: Request, tallied: Tally) -> Iterator[Finding]:
    from cchc_calc.dossiers.findings import about_given_unit

    units = (unit.unit for unit in tallied.units)
    return about_given_unit(request.unit, units, request.register, tallied.period.end)


def _about_spellings(dossiers: Dossiers, tallied: Tally) -> Iterator[Finding]:
    """Say which texts mean nothing known; in a large table they are not looked for, which would take a pass each."""
    from cchc_calc.dossiers.unknown_spellings import about_spellings, doubtful_columns, not_looked_for

    columns = doubtful_columns(tallied.counts, tallied.faults)
    if tallied.read <= _MOST_LOOKED_THROUGH:
        yield from about_spellings(dossiers.unknown_spellings(columns))
    else:
        yield from not_looked_for(columns, tallied.read)


def _nothing_usable(names: tuple[str, ...], tallied: Tally) -> SourceRefusedError:
    why = "; ".join(
        f"{format_number(rows)} dòng {FAULT_NAMES[fault]}" for fault, rows in sorted(tallied.faults.items())
    )
    source = shortened_list(names, _MOST_NAMED, "tệp")
    if not why:
        message, remedy = "bảng không có hồ sơ nào dưới dòng tiêu đề.", "Xuất lại bảng hồ sơ từ phần mềm Một cửa."
        return refusal(source, "S27", message, remedy)
    return refusal(
        source,
        "S27",
        f"đã đọc {format_number(tallied.read)} dòng, không dòng nào dùng được: {why}.",
        "Mở tệp xem có đúng là bảng mỗi dòng một hồ sơ không; ngày phải ghi dạng 13/06/2023. Thêm --refused hong.csv "
        "để có danh sách các dòng.",
    )


def _refused_rows(dossiers: Dossiers, tallied: Tally, request: Request) -> tuple[RefusedRow, ...]:
    from cchc_calc.dossiers.refused_rows import refused_rows, write_refused_rows

    frame, as_of, unique = dossiers.frame, request.as_of, request.codes_are_unique
    if request.refused is not None:
        write_refused_rows(request.refused, frame, as_of, codes_are_unique=unique)
    if not tallied.refused:
        return ()
    return tuple(refused_rows(frame, as_of, request.most_listed, codes_are_unique=unique))
