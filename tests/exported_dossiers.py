"""Small exports of dossiers for the tests: rows, the ways to write them, and what is read of them."""

from __future__ import annotations

import csv
import io
import unicodedata
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

import narwhals.stable.v2 as nw

from cchc_calc.dossiers.files import read_dossiers
from cchc_calc.dossiers.tally import tally
from cchc_calc.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

HEADINGS = ("Mã hồ sơ", "Đơn vị", "Lĩnh vực", "Ngày tiếp nhận", "Ngày hẹn trả", "Ngày có kết quả", "Hình thức nộp")
ROWS = (
    ("00123", "UBND phường Phương Sơn", "Đất đai", "13/06/2023 08:30", "20/06/2023", "19/06/2023", "Trực tuyến"),
    ("H32-2", "UBND phường Phương Sơn", "Hộ tịch; chứng thực", "14/06/2023", "21/06/2023", "", "Trực tiếp"),
    ("H32-3", 'UBND xã "Vĩnh Phương"', "Bảo trợ, xã hội", "15/06/2023 16:05:10", "16/06/2023", "18/06/2023", ""),
)
PERIOD = Period(date(2023, 6, 13), date(2023, 9, 12), "QUÝ III/2023")
_TONES = "\u0300\u0301\u0303\u0309\u0323"


class Read(NamedTuple):
    """What was read: rows used and refused, the codes in their order, and the rows that were broken."""

    used: int
    refused: int
    codes: list[str]
    broken: int


def csv_text(
    rows: Iterable[Sequence[str]] = ROWS,
    headings: Sequence[str] = HEADINGS,
    *,
    delimiter: str = ";",
    ending: str = "\n",
    quoting: Any = csv.QUOTE_MINIMAL,
) -> str:
    """Write an export as csv."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, delimiter=delimiter, lineterminator=ending, quoting=quoting)
    writer.writerow(headings)
    writer.writerows(rows)
    return stream.getvalue()


def windows_1258(text: str) -> bytes:
    """Encode a text as Vietnamese Windows does: the shape of a letter in one, its tone after it."""
    encoded = []
    for letter in unicodedata.normalize("NFC", text):
        marks = unicodedata.normalize("NFD", letter)
        shape = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
        tone = "".join(mark for mark in marks[1:] if mark in _TONES)
        encoded.append((shape + tone).encode("cp1258"))
    return b"".join(encoded)


ENCODINGS = {
    "UTF-8": lambda text: text.encode(),
    "UTF-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "UTF-16 LE": lambda text: b"\xff\xfe" + text.encode("utf-16-le"),
    "UTF-16 BE": lambda text: b"\xfe\xff" + text.encode("utf-16-be"),
    "UTF-16 LE without a mark": lambda text: text.encode("utf-16-le"),
    "windows-1258": windows_1258,
}


def written(folder: Path, data: str | bytes, name: str = "hồ sơ.csv") -> str:
    """Write a file, and give its path."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return str(path)


def read(*paths: str, **asked: Any) -> Read:
    """Read exports and count them."""
    with read_dossiers(paths, **asked) as dossiers:
        counted = tally(dossiers.frame, PERIOD)
        table = nw.from_native(dossiers.frame).lazy().collect()
        codes = sorted(code for code in table["code"].to_list() if code is not None)
        broken = dossiers.broken_rows()
        assert counted.read == len(table)
        return Read(counted.used, counted.refused, codes, broken)


def rows_read(*paths: str, **asked: Any) -> list[dict[str, Any]]:
    """Give the rows of the standard table, in the order of their codes."""
    with read_dossiers(paths, **asked) as dossiers:
        table = nw.from_native(dossiers.frame).lazy().collect("pyarrow")
        return sorted(table.to_arrow().to_pylist(), key=lambda row: str(row["code"]))
