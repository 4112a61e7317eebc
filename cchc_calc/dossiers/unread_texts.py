"""The texts of a column that have no known meaning, counted by the engine of the table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import narwhals.stable.v2 as nw

from cchc_calc.dossiers.conditions import says_something
from cchc_calc.dossiers.engines import ROWS, rows_of
from cchc_calc.dossiers.meanings import UNKNOWN_STATUS, amount, with_meanings

if TYPE_CHECKING:
    from cchc_calc.dossiers.engines import Table
    from cchc_calc.dossiers.headings import KnownColumns

_MEANING: Final = "meaning"


def unread_texts(
    frame: Any, inside: str, name: str, known: KnownColumns, most: int
) -> tuple[int, tuple[tuple[str, int], ...]]:
    """Count the rows whose text in a column means nothing known, and give the most frequent of these texts.

    ``inside`` is the name of the column in the frame, ``name`` the standard column that it is. A column that holds no
    texts has none.
    """
    table: Table = nw.from_native(frame).lazy()
    if table.collect_schema()[inside] != nw.String:
        return 0, ()
    table = table.select(nw.col(inside).alias(name))
    table = table.filter(says_something(nw.col(name)))
    if name == "amount_paid":
        table = table.with_columns(amount(nw.col(name)).alias(f"{name}_{_MEANING}"))
    else:
        table = with_meanings(table, [name], known)
    meaning = nw.col(f"{name}_{_MEANING}")
    unread = table.filter(meaning == UNKNOWN_STATUS if name == "status" else meaning.is_null())
    texts = unread.group_by(name).agg(nw.len().alias(ROWS))
    [(rows,)] = rows_of(texts.select(nw.col(ROWS).sum()))
    if not rows:
        return 0, ()
    frequent = texts.sort(ROWS, name, descending=[True, False]).head(most)
    return int(rows), tuple((str(text), int(count)) for text, count in rows_of(frequent))
