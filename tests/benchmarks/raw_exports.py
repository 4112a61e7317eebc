"""Files of invented dossiers as systems write them, of any size, and what is in them, known because it was put there.

    python tests/benchmarks/raw_exports.py FOLDER --rows 5000000 [--units 200] [--seed 1] [--shapes one-stop,standard]

Rows are made and written part by part, so that any number of them needs the room of one part. Beside the files of a
shape stands its truth as JSON.
"""

from __future__ import annotations

import argparse
import json
import sys
import unicodedata
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np
import polars as pl
import pyarrow as pa
from benchmarks.export_shapes import SHAPES
from benchmarks.made_dossiers import CHANNELS, PERIOD, made_parts, total_truth
from pyarrow import compute, parquet

from cchc_calc.dossiers.fault_names import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from benchmarks.export_shapes import Shape
    from benchmarks.made_dossiers import MadeDossiers

_TIMES = ("received", "due", "finished")
_FLAGS = ("paid_online", "sent_by_post", "returned_by_post")
_FIRST_DAY = PERIOD.start - timedelta(days=100)
_ALL_DAYS = 400
_ROWS_OF_GROUP = 122_880
_TONES = "\u0300\u0301\u0303\u0309\u0323"


@dataclass(frozen=True, slots=True)
class Truth:
    """What is in the files: the rows that can be read, why some are faulty, and the counts by unit and field."""

    rows: int
    faults: Counter[Fault]
    groups: dict[tuple[str, str], Counter[str]]

    @property
    def read(self) -> int:
        """Count all rows, those that cannot be cut into cells among them."""
        return self.rows + self.faults[Fault.BROKEN_ROW]

    @property
    def totals(self) -> Counter[str]:
        """Add up the counts of all groups."""
        return sum(self.groups.values(), Counter())

    def to_json(self) -> dict[str, Any]:
        """Return the truth for a file."""
        faults = {fault.name: rows for fault, rows in sorted(self.faults.items())}
        groups = [[*group, dict(counts)] for group, counts in self.groups.items()]
        return {"rows": self.rows, "faults": faults, "groups": groups}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Truth:
        """Read the truth back."""
        faults = Counter({Fault[name]: rows for name, rows in data["faults"].items()})
        return cls(data["rows"], faults, {(unit, of): Counter(counts) for unit, of, counts in data["groups"]})


def write_export(folder: Path, shape: Shape, count: int, seed: int, units: int = 12, *, unique: bool = False) -> Truth:
    """Write dossiers into ``folder`` as a shape says: one file, or one a part where the shape is that of a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    text_of_minute = _texts_of_minutes(shape.times) if shape.times else None
    parts: list[tuple[int, Counter[Fault], dict[tuple[str, str], Counter[str]]]] = []
    with _written(folder, shape) as write:
        for made in made_parts(count, seed, units, unique=unique):
            table, faults = made.table, made.faults
            if text_of_minute is not None:
                table, faults = _in_words(made, shape, text_of_minute)
            write(table)
            parts.append((len(table), faults, made.truth))
    faults = sum((part[1] for part in parts), Counter({Fault.BROKEN_ROW: shape.broken * len(parts)}))
    return Truth(sum(part[0] for part in parts), +faults, total_truth(part[2] for part in parts))


@contextmanager
def _written(folder: Path, shape: Shape) -> Iterator[Callable[[pa.Table], None]]:
    names = [shape.headings.get(name, name) for name in shape.headings] if shape.headings else None

    def headed(table: pa.Table) -> pa.Table:
        return table.select(list(shape.headings)).rename_columns(names) if names else table

    if shape.folders:
        number = iter(range(1_000_000))
        yield lambda table: _write_part(headed(table), folder / f"{shape.folders}={next(number):03}")
    elif shape.times:
        with (folder / shape.file).open("wb") as file:
            yield lambda table: _write_csv(headed(table), shape, file)
    else:
        writer: list[parquet.ParquetWriter] = []

        def write(table: pa.Table) -> None:
            if not writer:
                writer.append(parquet.ParquetWriter(folder / shape.file, headed(table).schema))
            writer[0].write_table(headed(table), row_group_size=_ROWS_OF_GROUP)

        yield write
        writer[0].close()


def _write_part(table: pa.Table, folder: Path) -> None:
    folder.mkdir()
    parquet.write_table(table, folder / "part-0.parquet", row_group_size=_ROWS_OF_GROUP)


def _write_csv(table: pa.Table, shape: Shape, file: BinaryIO) -> None:
    frame = pl.from_arrow(table)
    assert isinstance(frame, pl.DataFrame)
    is_first = file.tell() == 0
    lines = [*shape.titles, shape.delimiter.join(frame.columns)] if is_first else []
    too_wide = [shape.delimiter.join("?" * (frame.width + 2))] * shape.broken
    if shape.encoding == "utf-8":
        file.write("".join(f"{line}\n" for line in lines).encode())
        frame.write_csv(file, include_header=False, separator=shape.delimiter)
        file.write("".join(f"{line}\n" for line in too_wide).encode())
        return
    rows = frame.write_csv(include_header=False, separator=shape.delimiter)
    text = "".join(f"{line}\n" for line in lines) + rows + "".join(f"{line}\n" for line in too_wide)
    # Of several parts only the first is marked.
    encoding = shape.encoding if is_first else {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(shape.encoding)
    file.write((_tones_apart(text) if shape.encoding == "cp1258" else text).encode(encoding or shape.encoding))


def _tones_apart(text: str) -> str:
    """Store a text as the code page of Windows does: the tone of a letter after it."""
    stored = {}
    for letter in set(text):
        marks = unicodedata.normalize("NFD", letter)
        tones = "".join(mark for mark in marks[1:] if mark in _TONES)
        shaped = "".join(mark for mark in marks if mark not in tones)
        stored[ord(letter)] = unicodedata.normalize("NFC", shaped) + tones
    return text.translate(stored)


def _in_words(made: MadeDossiers, shape: Shape, text_of_minute: pa.Array) -> tuple[pa.Table, Counter[Fault]]:
    """Write the standard table as a system does; half of some faults are dates that nobody can read."""
    table = made.table
    columns = {name: table[name].combine_chunks() for name in table.column_names}
    faulty, faults = _unreadable(columns, made.faults)
    for name in _TIMES:
        texts = text_of_minute.take(_minutes(columns[name]))
        columns[name] = compute.if_else(faulty[name], shape.unreadable, texts) if name in faulty else texts
    channels = compute.index_in(columns["channel"], pa.array(CHANNELS))
    columns["channel"] = pa.array([None, *shape.channels]).take(channels)
    columns["service_level"] = pa.array([None, None, *shape.levels]).take(columns["service_level"])
    known = compute.less_equal(columns["status"], len(shape.statuses))
    words = pa.array([None, *shape.statuses]).take(compute.if_else(known, columns["status"], None))
    columns["status"] = compute.if_else(compute.fill_null(known, fill_value=True), words, "Chuyển kho lưu trữ")
    for name in _FLAGS:
        columns[name] = pa.array(shape.flags).take(columns[name].cast(pa.int8()))
    columns["number"] = pa.array(np.arange(1, len(table) + 1))
    columns["owner"] = pa.array(["Nguyễn Thị A", 'Công ty "Bình Minh"', "Trần Văn B", None]).take(
        pa.array(np.arange(len(table)) % 4)
    )
    return pa.table(columns), faults


def _unreadable(columns: dict[str, pa.Array], faults: Counter[Fault]) -> tuple[dict[str, pa.Array], Counter[Fault]]:
    """Choose rows that are refused anyway, every other one, for dates that cannot be read."""
    status, finished, received = columns["status"], columns["finished"], columns["received"]
    others = pa.array(np.arange(len(status)) % 2 == 0)
    is_finished, is_received = compute.is_valid(finished), compute.is_valid(received)
    named = compute.and_(compute.is_valid(columns["unit"]), others)
    chosen = {
        "received": (Fault.NO_RECEIVED, Fault.UNREADABLE_RECEIVED, compute.invert(is_received)),
        "due": (
            Fault.RESOLVED_WITHOUT_DATE,
            Fault.UNREADABLE_DUE,
            compute.and_(compute.greater_equal(status, 9), compute.invert(is_finished)),
        ),
        "finished": (
            Fault.FINISHED_BUT_PENDING,
            Fault.UNREADABLE_FINISHED,
            compute.and_(compute.equal(status, 4), is_finished),
        ),
    }
    changed = Counter(faults)
    rows = {}
    for name, (before, after, holds) in chosen.items():
        where = compute.and_(compute.fill_null(holds, fill_value=False), named)
        if name != "received":
            where = compute.and_(where, is_received)
        # A status beyond those known is refused for that.
        rows[name] = compute.and_(where, compute.fill_null(compute.less_equal(status, 10), fill_value=True))
        number = compute.sum(rows[name]).as_py()
        changed += Counter({after: number})
        changed[before] -= number
    return rows, +changed


def _minutes(times: pa.Array) -> pa.Array:
    first = int(np.datetime64(_FIRST_DAY, "us").astype("i8"))
    return compute.divide(compute.subtract(times.cast(pa.int64()), first), 60_000_000)


def _texts_of_minutes(form: str) -> pa.Array:
    """Write every minute of all days there are, once."""
    minutes = np.datetime64(_FIRST_DAY, "s") + np.arange(_ALL_DAYS * 1440).astype("timedelta64[m]")
    return compute.strftime(pa.array(minutes, pa.timestamp("s")), format=form)


def main() -> None:
    """Write the exports that are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--units", type=int, default=200)
    parser.add_argument("--unique", action="store_true", help="no code stands in two rows, and none is missing")
    parser.add_argument("--shapes", default=",".join(SHAPES))
    arguments = parser.parse_args()
    for name in arguments.shapes.split(","):
        asked = (arguments.rows, arguments.seed, arguments.units)
        truth = write_export(arguments.folder / name, SHAPES[name], *asked, unique=arguments.unique)
        text = json.dumps(truth.to_json(), ensure_ascii=False)
        (arguments.folder / f"{name}.json").write_text(text, encoding="utf-8")
        print(f"{name}: {truth.read:,} rows")  # noqa: T201


if __name__ == "__main__":
    main()
