"""The texts of exports as they were written, kept at hand for those that mean nothing known."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.dossiers.unknown_spellings import READ_BY_MEANING, UnknownSpellings, unknown_spellings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from duckdb import DuckDBPyConnection

    from cchc_calc.dossiers.headings import KnownColumns

_MOST: Final = 5


class WrittenTexts:
    """The columns that are read by their meaning, of all files together; nothing is read before it is asked for."""

    def __init__(self, connection: DuckDBPyConnection, known: KnownColumns) -> None:
        """Begin with no file."""
        self._connection = connection
        self._known = known
        self._queries: list[str] = []
        self._tables: list[tuple[Any, Mapping[str, str]]] = []

    def add_scan(self, scan: str, columns: Mapping[str, str]) -> None:
        """Add what DuckDB scans; ``columns`` are its texts by the standard names."""
        chosen = ", ".join(f"{columns[name]} AS {name}" for name in READ_BY_MEANING if name in columns)
        if chosen:
            self._queries.append(f"FROM {scan} SELECT {chosen}")

    def add_table(self, frame: Any, names: Mapping[str, str]) -> None:
        """Add a table that another engine reads."""
        self._tables.append((frame, names))

    def unknown(self, columns: Iterable[str]) -> Iterator[UnknownSpellings]:
        """Find the texts of columns that mean nothing known: a pass over the files for each of these."""
        tables = self._all()
        for name in columns:
            found = [one for frame, names in tables for one in unknown_spellings(frame, names, self._known, [name])]
            if found:
                examples: Counter[str] = Counter()
                for one in found:
                    examples.update(dict(one.examples))
                listed = sorted(examples.items(), key=lambda item: (-item[1], item[0]))
                yield UnknownSpellings(name, sum(one.rows for one in found), tuple(listed[:_MOST]))

    def _all(self) -> list[tuple[Any, Mapping[str, str]]]:
        if not self._queries:
            return self._tables
        relation = self._connection.sql(" UNION ALL BY NAME ".join(f"({query})" for query in self._queries))
        return [(relation, {name: name for name in relation.columns}), *self._tables]
