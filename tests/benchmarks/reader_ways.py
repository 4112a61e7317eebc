"""Every way to read filled forms; each gives the total of one row, so that none can read nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

COUNTED = "1.1"
"""The row whose total every way has to find."""

_SHEET, _VALUE, _ADDRESS = "Biểu mẫu", 3, 7


def calamine(paths: Sequence[Path]) -> int:
    """python-calamine: the form's sheet into lists, and nothing else."""
    from python_calamine import CalamineWorkbook

    return sum(_counted(CalamineWorkbook.from_path(path).get_sheet_by_name(_SHEET).to_python()) for path in paths)


def pandas_calamine(paths: Sequence[Path]) -> int:
    """pandas.read_excel(engine="calamine")."""
    return _by_pandas(paths, "calamine")


def pandas_openpyxl(paths: Sequence[Path]) -> int:
    """pandas.read_excel(engine="openpyxl")."""
    return _by_pandas(paths, "openpyxl")


def openpyxl_read_only(paths: Sequence[Path]) -> int:
    """openpyxl, read only: the form's sheet into tuples."""
    import openpyxl

    total = 0
    for path in paths:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        total += _counted(list(book[_SHEET].iter_rows(values_only=True)))
        book.close()
    return total


def cchc_reading(paths: Sequence[Path]) -> int:
    """cchc_calc, reading only: gate, structure, every code and label of a row, every figure with its place."""
    from cchc_calc.report_reader import ReportReader
    from cchc_calc.sources import admit_source

    reader = ReportReader()
    reports = (reader.read(admit_source(path)) for path in paths)
    return sum(_whole(report.entries[COUNTED].content) for report in reports if COUNTED in report.entries)


def cchc_whole(paths: Sequence[Path]) -> int:
    """cchc_calc, whole: reading, computing and every check of the form."""
    from cchc_calc.intake.receiving import receive

    submissions = (receive(path).submission for path in paths)
    return sum(_whole(submission.content(COUNTED)) for submission in submissions if submission is not None)


WAYS: dict[str, Callable[[Sequence[Path]], int]] = {
    "python-calamine": calamine,
    "pandas, calamine": pandas_calamine,
    "pandas, openpyxl": pandas_openpyxl,
    "openpyxl, read only": openpyxl_read_only,
    "cchc_calc, reading": cchc_reading,
    "cchc_calc, reading, computing, checking": cchc_whole,
}
"""Every way to read, by its name in the table; each gives the total of one row."""


def _by_pandas(paths: Sequence[Path], engine: str) -> int:
    import pandas as pd

    frames = (pd.read_excel(path, sheet_name=_SHEET, header=None, engine=engine) for path in paths)  # type: ignore[call-overload]
    return sum(_counted(frame.to_numpy()) for frame in frames)


def _counted(rows: Sequence[Sequence[Any]]) -> int:
    """Take the figure of one row, by its address in our template and by its code in an office's own table."""
    for row in rows:
        is_ours = len(row) > _ADDRESS and row[_ADDRESS] == COUNTED
        if is_ours or str(row[0]).startswith(f"{COUNTED}."):
            return _whole(row[_VALUE])
    msg = f"no row {COUNTED}"
    raise AssertionError(msg)


def _whole(value: object) -> int:
    return int(value) if isinstance(value, int | float) and value == value else 0
