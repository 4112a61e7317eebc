"""Filled templates that can be sealed, sealed ones, and values typed into them afterwards, for the tests."""

from __future__ import annotations

import tempfile
from datetime import datetime
from functools import cache
from pathlib import Path

from filled_forms import FORM, report_of
from filled_workbooks import GRID, PERIOD, WARD, open_book

from cchc_calc.checking import check
from cchc_calc.excel.seal_parts import with_seal
from cchc_calc.excel.template import write_template
from cchc_calc.gate import admit_bytes
from cchc_calc.sealed_reports import read_sealed_report
from cchc_calc.sealing import reopen_file, seal_report

# Counts, thousands, a measure, a legend and zeros; nothing that contradicts.
SOUND = {"1.1": "3", "1.6": "1", "3.4.3.a": "1447", "3.4.3.b": "425", "3.4.3.c": "424", "3.5.a": "0", "6.1.a": "12,5"}
MORNING = "2023-09-15T08:00"


@cache
def sound_bytes(values=(), *, unit=WARD, period=PERIOD, suffix=".xlsx"):
    """The template filled with SOUND, changed by these pairs of an address and a text."""
    result = check(report_of(SOUND | dict(values)))
    with tempfile.TemporaryDirectory(prefix="cchc-sound-") as folder:
        path = Path(folder) / f"bieu{suffix}"
        write_template(path, FORM, unit=unit, period=period, result=result)
        return path.read_bytes()


def sealed_file(path, at=MORNING, **made):
    """Write a filled template to a path and seal it in its place."""
    draft = path.with_name(f"nháp {path.name}")
    draft.write_bytes(sound_bytes(suffix=path.suffix, **made))
    seal_report(read_sealed_report(draft), path, datetime.fromisoformat(at))
    draft.unlink()
    return path


def sealed_again(path, values, reopened_at, at, reason="Sửa số liệu"):
    """Re-open a sealed file, type values into it, and seal it again, in its place."""
    reopen_file(path, path.with_name(f"mở {path.name}"), reason, datetime.fromisoformat(reopened_at))
    opened = path.with_name(f"mở {path.name}")
    typed(opened, values)
    seal_report(read_sealed_report(opened), path, datetime.fromisoformat(at))
    opened.unlink()
    return path


def typed(path, values, *, also=None):
    """Type values by address into a workbook as openpyxl saves it; ``also`` may change the sheet in other ways."""
    book = open_book(path)
    sheet = book["Biểu mẫu"]
    for address, value in values.items():
        sheet[GRID.value(address)] = value
    if also is not None:
        also(sheet)
    book.save(path)
    return path


def with_written(data, written, name="bieu.xlsx"):
    """The workbook with a seal written into it, whatever its values are."""
    return with_seal(admit_bytes(name, data), written)
