"""Writing a table of a consolidation to a file, by the ending of its name."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cchc_calc.errors import TableError
from cchc_calc.tables.consolidated import table_of
from cchc_calc.tables.csv_files import write_csv

if TYPE_CHECKING:
    from cchc_calc.consolidation.result import Consolidation
    from cchc_calc.tables.consolidated import TableName
    from cchc_calc.tables.table import Table

TABLE_SUFFIXES: Final = (".csv", ".parquet")
"""How the file of a table may end."""


def require_table(path: str | Path) -> None:
    """Make sure, before any work, that a table can be written under this name.

    Raises TableError for another ending, and for .parquet where pyarrow is not installed.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in TABLE_SUFFIXES:
        allowed = " hoặc ".join(TABLE_SUFFIXES)
        raise TableError(f"tệp bảng số liệu phải có đuôi {allowed}, không phải “{path.name}”.")
    if suffix == ".parquet" and find_spec("pyarrow") is None:
        raise TableError(
            "máy chưa cài phần ghi tệp Parquet (pyarrow). "
            'Chạy lệnh: pip install "cchc_calc[parquet]", rồi làm lại; hoặc đặt tên tệp có đuôi .csv.'
        )


def write_table(
    path: str | Path, consolidation: Consolidation, table: TableName = "values", *, delimiter: str = ";"
) -> None:
    """Write a table of a consolidation as .csv or .parquet; a file of that name is replaced when all went well.

    The tables are those of ``Consolidation.to_frame``, and memory does not grow with their units. ``delimiter`` is
    that of a .csv.

    Raises TableError for another ending and where a package is missing, ValueError for another table or delimiter.
    """
    write_any_table(path, table_of(consolidation, table), delimiter=delimiter)


def write_any_table(path: str | Path, table: Table, *, delimiter: str = ";") -> None:
    """Write a table as .csv or .parquet; the rest is as ``write_table``."""
    require_table(path)
    path = Path(path)
    if path.suffix.lower() == ".csv":
        write_csv(path, table, delimiter)
        return
    from cchc_calc.tables.parquet_files import write_parquet

    write_parquet(path, table)
