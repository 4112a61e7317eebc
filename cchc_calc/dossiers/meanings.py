"""The meanings of texts: channels, levels, statuses, yes and no by known spellings, and amounts of money by their form.

Each is found by expressions that hold on every engine. What has no known meaning is nothing, never a guess.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Final

import narwhals.stable.v2 as nw

from cchc_calc.dossiers.conditions import first_that_holds
from cchc_calc.dossiers.time_forms import SOMETHING, SPACES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cchc_calc.dossiers.column_entries import Spelling, Value
    from cchc_calc.dossiers.engines import Table
    from cchc_calc.dossiers.headings import KnownColumns

UNKNOWN_STATUS: Final = 0
"""The status of a dossier whose status is written in no known way."""

_CONDITIONAL: Final = frozenset(
    {nw.Implementation.DUCKDB, nw.Implementation.PYSPARK, nw.Implementation.PYSPARK_CONNECT}
)
"""Engines that work out a branch of a condition for those rows alone that come to it."""

_COMPARED_AS_THEY_STAND: Final = 13
_DIGITS: Final = "^[0-9]{1,15}$"
_PLAIN: Final = "[0-9]{1,15}(?:[.,]00?)?"
_GROUPED: Final = r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,4}(?:,00?)?"
_AMOUNT: Final = f"^(?:{SPACES})?(?:{_PLAIN}|{_GROUPED})(?:{SPACES})?$"
_ENDS: Final = f"^{SPACES}|{SPACES}$"


def with_meanings(table: Table, names: Iterable[str], known: KnownColumns) -> Table:
    """Say what the texts of columns mean, each in a column with "_meaning" after its name; nothing where unknown.

    The first spellings of the data are looked for as they stand there; what is none of them is compared without regard
    to capitals, blanks and the way accents are stored. An unknown status is one that no dossier has, and is refused.
    """
    for name in names:
        table = _with_meaning(table, name, known.spellings(name))
    return table


def _with_meaning(table: Table, name: str, spellings: Sequence[Spelling]) -> Table:
    engine, text, found = table.implementation, nw.col(name), f"{name}_meaning"
    exact = [(text == one.text, one.value) for one in spellings[:_COMPARED_AS_THEY_STAND]]
    if engine in _CONDITIONAL:
        cases = ((text.is_null(), None), *exact, *_similar(text, name, spellings, engine))
        return table.with_columns(first_that_holds(cases).alias(found))
    table = table.with_columns(first_that_holds(exact).alias(f"{name}_exact"))
    left = nw.when(nw.col(f"{name}_exact").is_null()).then(text)
    table = table.with_columns(left.alias(f"{name}_left"))
    similar = first_that_holds(_similar(nw.col(f"{name}_left"), name, spellings, engine))
    return table.with_columns(nw.coalesce(nw.col(f"{name}_exact"), similar).alias(found))


def amount(text: nw.Expr) -> nw.Expr:
    """Read an amount of whole đồng: 9500, 9.500, with ",00" after it or, without groups, ".00"; nothing for all else.

    9,5 and 9,500 are two amounts in two countries, and are none here.
    """
    # A cast is made of all rows, whatever a condition says.
    number = (
        nw.when(text.str.contains(_DIGITS))
        .then(text)
        .otherwise(nw.when(text.str.contains(_AMOUNT)).then(_digits_of(text)).otherwise(nw.lit("-1")))
        .cast(nw.Int64)
    )
    return nw.when(number >= 0).then(number)


def _similar(
    text: nw.Expr, name: str, spellings: Iterable[Spelling], engine: nw.Implementation
) -> Iterator[tuple[nw.Expr, Value]]:
    forms: dict[Value, set[str]] = {}
    for one in spellings:
        forms.setdefault(one.value, set()).update(_stored_forms(one.key))
    ignoring_case = "(?iu)" if engine.is_spark_like() else "(?i)"
    for value, texts in forms.items():
        spelled = "|".join(SPACES.join(map(re.escape, one.split())) for one in sorted(texts))
        yield text.str.contains(f"{ignoring_case}^(?:{SPACES})?(?:{spelled})(?:{SPACES})?$"), value
    if name == "status":
        yield text.str.contains(SOMETHING), UNKNOWN_STATUS


def _stored_forms(key: str) -> Iterator[str]:
    """Give the ways in which a text may be stored: accents in the letters or apart, a number as one with a fraction."""
    yield key
    yield unicodedata.normalize("NFD", key)
    yield "".join(map(_without_tone_inside, key))
    if key.isdigit():
        yield f"{key}.0"


def _without_tone_inside(letter: str) -> str:
    """Store a letter as the code page of Windows does: its shape in one, its tone apart."""
    marks = unicodedata.normalize("NFD", letter)
    tones = "".join(mark for mark in marks[1:] if mark in _TONES)
    shape = "".join(mark for mark in marks if mark not in tones)
    return unicodedata.normalize("NFC", shape) + tones


_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"


def _digits_of(amount_text: nw.Expr) -> nw.Expr:
    return amount_text.str.replace_all(_ENDS, "").str.replace_all("[.,]00?$", "").str.replace_all(".", "", literal=True)
