"""The JSON of a consolidation read again, to be compared with another; nothing in it is trusted."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.consolidation.row_totals import RowTotal
from cchc_calc.errors import FormError
from cchc_calc.form_files import load_form
from cchc_calc.outcomes import refusal
from cchc_calc.states import Content, State

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cchc_calc.catalogue import Form

_LARGEST: Final = 200 * 1024 * 1024
_LONGEST_NUMBER: Final = 400
_NUMBER: Final = re.compile(r"(-?\d+)(?:/(\d+)|(\.\d+))?", re.ASCII)
_STEERING: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_REMEDY: Final = "Chọn tệp do cchc consolidate ghi với tùy chọn --json."


@dataclass(frozen=True, slots=True)
class StoredResult:
    """What the JSON of a consolidation says: ``units`` are name and seal by the code, or the name, of each unit."""

    source: str
    form: Form
    level: str
    period: str
    units: Mapping[str, tuple[str, str]]
    rows: tuple[RowTotal, ...]


def read_stored_result(path: Path) -> StoredResult:
    """Read the JSON that ``cchc consolidate --json`` wrote.

    Raises SourceRefusedError: F00, F08 or F09 for what cannot be opened, F02 for a file of more than 200 MB, F04 for
    one that is something else.
    """
    return parse_stored_result(_read(path), path.name)


def read_manifest(path: Path) -> dict[str, Any]:
    """Read what such a JSON was made of: its ``units`` and ``refused``, with their sources and seals.

    Raises SourceRefusedError as ``read_stored_result`` does.
    """
    data = _read(path)
    parse_stored_result(data, path.name)
    whole = json.loads(data.decode("utf-8-sig"))
    return {"units": whole["units"], "refused": whole.get("refused", [])}


def _read(path: Path) -> bytes:
    if path.exists() and not path.is_file():
        raise refusal(path.name, "F08", "đây không phải là tệp thông thường.", _REMEDY)
    try:
        with path.open("rb") as stream:
            data = stream.read(_LARGEST + 1)
    except FileNotFoundError:
        raise refusal(path.name, "F00", "không tìm thấy tệp này.", _REMEDY) from None
    except OSError:
        raise refusal(path.name, "F09", "không mở được tệp.", _REMEDY) from None
    if len(data) > _LARGEST:
        raise refusal(path.name, "F02", "tệp JSON lớn hơn 200 MB.", _REMEDY)
    return data


def parse_stored_result(data: bytes, name: str = "tổng hợp.json") -> StoredResult:
    """Read such a JSON from its bytes, as ``read_stored_result`` does.

    >>> text = '{"form": {"id": "thong-ke-cchc", "edition": "2023"}, "level": "city", "period": null, "units": [],'
    >>> rows = '"rows": [{"address": "1.1", "state": "value", "value": "12", "text": "12", "units_reported": 3}]}'
    >>> parse_stored_result((text + rows).encode()).rows[0].content
    12
    """
    try:
        return _result(json.loads(data.decode("utf-8-sig")), name)
    except (ValueError, KeyError, TypeError, AttributeError, ArithmeticError, RecursionError, FormError):
        raise refusal(name, "F04", "không phải kết quả JSON của cchc consolidate.", _REMEDY) from None


def _result(data: Any, name: str) -> StoredResult:
    form = load_form(_text(data["form"]["id"]), _text(data["form"]["edition"]))
    period = data["period"]
    units = {
        _text(unit.get("code") or unit["unit"]): (_text(unit["unit"]), _text(unit["seal"] or unit["sha256"]))
        for unit in data["units"]
    }
    rows = tuple(_row(row, form) for row in data["rows"])
    span = "" if period is None else f"{_text(period['from'])} – {_text(period['to'])}"
    return StoredResult(name, form, _text(data["level"]), span, units, rows)


def _row(row: Any, form: Form) -> RowTotal:
    address = _text(row["address"])
    if address not in form.by_address or type(row["units_reported"]) is not int:
        raise ValueError(address)
    content = _number(_text(row["value"])) if row["value"] is not None else State(_text(row["state"]))
    return RowTotal(address, content, _text(row["text"]), row["units_reported"])


def _number(text: str) -> Content:
    found = _NUMBER.fullmatch(text) if len(text) <= _LONGEST_NUMBER else None
    if found is None:
        raise ValueError("no exact number")
    if found[2]:
        return Fraction(int(found[1]), int(found[2]))
    return Decimal(text) if found[3] else int(text)


def _text(value: Any) -> str:
    # What would steer a terminal was never written by us.
    if not isinstance(value, str) or _STEERING.search(value):
        raise TypeError("a text is expected")
    return value
