"""The DuckDB connection that reads files: a folder of its own for what it writes, and no way to anywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from duckdb import DuckDBPyConnection

MEMORY: Final = "1GB"
"""What DuckDB may hold before it writes to disk; beside it stand the tables of an engine and the program itself."""

_SETTINGS: Final[dict[str, str | bool | int | float | list[str]]] = {
    # Nothing is fetched, and nothing that a file might ask for is loaded.
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "allow_unsigned_extensions": "false",
    "allow_persistent_secrets": "false",
    # A path of a file is that of a file, and never the name of a variable of Python.
    "python_enable_replacements": "false",
    "preserve_insertion_order": "false",
    "memory_limit": MEMORY,
}


def connect(folder: Path, readable: Iterable[str] = ()) -> DuckDBPyConnection:
    """Open a database in memory that reads the files ``readable`` and writes into ``folder``, and nothing else.

    It reaches no network, loads nothing, and its settings cannot be changed any more.
    """
    import duckdb

    connection = duckdb.connect(config=_SETTINGS | {"temp_directory": str(folder / "spilled")})
    connection.execute("SET enable_progress_bar = false")
    connection.execute(f"SET allowed_directories = {listed([str(folder)])}")
    connection.execute(f"SET allowed_paths = {listed(readable)}")
    connection.execute("SET enable_external_access = false")
    connection.execute("SET lock_configuration = true")
    return connection


def listed(texts: Iterable[str]) -> str:
    """Write a list of texts as SQL does.

    >>> listed(["a.csv", "b.csv"])
    "['a.csv', 'b.csv']"
    """
    return f"[{', '.join(map(quoted, texts))}]"


def quoted(text: str) -> str:
    """Write a text as SQL does.

    >>> quoted("Phường 1's.csv")
    "'Phường 1''s.csv'"
    """
    return "'" + text.replace("'", "''") + "'"


def identifier(name: str) -> str:
    """Write the name of a column as SQL does.

    >>> print(identifier('Mã "HS" cũ'))
    "Mã ""HS"" cũ"
    """
    return '"' + name.replace('"', '""') + '"'
