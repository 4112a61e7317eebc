"""The engines that dossiers are counted on: their names, and what to install for each."""

from __future__ import annotations

from enum import StrEnum
from importlib.util import find_spec
from typing import Final

from cchc_calc.outcomes import refusal


class Engine(StrEnum):
    """An engine, by the name of its package."""

    DUCKDB = "duckdb"
    POLARS = "polars"
    PANDAS = "pandas"
    PYSPARK = "pyspark"


_NARWHALS: Final = "narwhals"
_ARROW: Final = "pyarrow"
_ALL: Final = 'pip install "cchc_calc[dossiers]"'
_INSTALL: Final = {
    Engine.DUCKDB: _ALL,
    Engine.POLARS: f"{_ALL} polars",
    Engine.PANDAS: 'pip install "cchc_calc[dossiers,parquet]"',
    Engine.PYSPARK: 'pip install "cchc_calc[dossiers,spark]"',
}
_NEEDED: Final = {
    Engine.DUCKDB: (_NARWHALS, "duckdb"),
    Engine.POLARS: (_NARWHALS, "duckdb", "polars"),
    Engine.PANDAS: (_NARWHALS, "duckdb", "pandas", _ARROW),
    Engine.PYSPARK: (_NARWHALS, "duckdb", "pyspark"),
}
"""DuckDB reads csv for the others too."""


def missing_packages(engine: Engine) -> tuple[str, ...]:
    """Name the packages that an engine needs and that are not installed.

    >>> missing_packages(Engine.DUCKDB)
    ()
    """
    return tuple(name for name in _NEEDED[engine] if find_spec(name) is None)


def require(engine: Engine) -> None:
    """Let an engine pass that is installed. Raises SourceRefusedError: F15, with the command that installs it."""
    missing = missing_packages(engine)
    if missing:
        message = f"máy chưa cài bộ máy tính toán {engine.value} (thiếu gói {', '.join(missing)})."
        raise refusal(f"--engine {engine.value}", "F15", message, f"Chạy lệnh: {_INSTALL[engine]}")
