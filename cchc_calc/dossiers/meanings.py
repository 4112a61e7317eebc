"""The meanings of texts: channels, levels, statuses, yes and no by known spellings, and amounts of money by their form.

Each is found by expressions that hold on every engine. What has no known meaning is nothing, never a guess.
"""

from __future__ import annotations

import unicodedata
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Final

import narwhals.stable.v2 as nw

from cchc_calc.dossiers.times import SPACES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from cchc_calc.dossiers.column_data import Spelling, Value
    from cchc_calc.dossiers.engines import Table
    from cchc_calc.dossiers.headings import KnownColumns

_PLAIN: Final = "[0-9]{1,15}(?:[.,]00?)?"
_GROUPED: Final = r"[1-9][0-9]{0,2}(?:\.[0-9]{3}){1,4}(?:,00?)?"
_AMOUNT: Final = f"^(?:{_PLAIN}|{_GROUPED})$"


def with_meanings(table: Table, names: Sequence[str], known: KnownColumns) -> Table:
    """Say what the texts of columns mean, each in a column with "_meaning" after its name; nothing where unknown.

    Common spellings are looked for as they are written, and only what is none of them is brought into one form.
    """
    spellings = {name: known.spellings(name) for name in names}
    common = {name: [one for one in spellings[name] if one.common] for name in names}
    table = table.with_columns(
        **{f"{name}_common": _meaning(nw.col(name), _texts(common[name], as_written)) for name in names}
    )
    table = table.with_columns(
        **{f"{name}_rest": nw.when(nw.col(f"{name}_common").is_null()).then(_key(nw.col(name))) for name in names}
    )
    return table.with_columns(
        **{
            f"{name}_meaning": nw.coalesce(
                nw.col(f"{name}_common"), _meaning(nw.col(f"{name}_rest"), _texts(spellings[name], in_one_form))
            )
            for name in names
        }
    )


def is_filled(text: nw.Expr) -> nw.Expr:
    """Tell whether a text without blanks at its ends says anything."""
    # Nothing is unlike any text in pandas.
    return ~text.is_null() & (text != "")


def first_that_holds(cases: Iterable[tuple[nw.Expr, Value]]) -> nw.Expr:
    """Give the value of the first condition that holds; nothing where none does.

    Raises ValueError where there is no case.
    """
    *others, (holds, value) = cases
    expression: nw.Expr = nw.when(holds).then(nw.lit(value))
    for holds, value in reversed(others):
        expression = nw.when(holds).then(nw.lit(value)).otherwise(expression)
    return expression


def amount(text: nw.Expr) -> nw.Expr:
    """Read an amount of whole đồng: 9500, 9.500, with ",00" after it or, without groups, ".00"; nothing for all else.

    9,5 and 9,500 are two amounts in two countries, and are none here.
    """
    bare = text.str.strip_chars()
    is_amount = bare.str.contains(_AMOUNT)
    whole = bare.str.replace_all("[.,]00?$", "").str.replace_all(".", "", literal=True)
    # A cast is made of all rows, whatever a condition says.
    number = nw.when(is_amount).then(whole).otherwise(nw.lit("-1")).cast(nw.Int64)
    return nw.when(number >= 0).then(number)


def as_written(one: Spelling) -> Iterable[str]:
    """Give a spelling as it stands in the data."""
    return (one.text,)


def in_one_form(one: Spelling) -> Iterable[str]:
    """Give the ways in which a text in one form may still be stored: accents apart or not, a number as a float."""
    half = "".join(_without_tone_inside(letter) for letter in one.key)
    return {one.key, unicodedata.normalize("NFD", one.key), half, f"{one.key}.0" if one.key.isdigit() else one.key}


def _without_tone_inside(letter: str) -> str:
    """Store a letter as the code page of Windows does: its shape in one, its tone apart."""
    marks = unicodedata.normalize("NFD", letter)
    tones = "".join(mark for mark in marks[1:] if mark in _TONES)
    shape = "".join(mark for mark in marks if mark not in tones)
    return unicodedata.normalize("NFC", shape) + tones


_TONES: Final = "\u0300\u0301\u0303\u0309\u0323"


def _key(text: nw.Expr) -> nw.Expr:
    return text.str.replace_all(SPACES, " ").str.strip_chars(" ").str.to_lowercase()


def _texts(spellings: Iterable[Spelling], forms: Callable[[Spelling], Iterable[str]]) -> Mapping[Value, list[str]]:
    texts: dict[Value, list[str]] = {}
    for one in spellings:
        texts.setdefault(one.value, []).extend(sorted(forms(one)))
    return texts


def _meaning(text: nw.Expr, texts: Mapping[Value, list[str]]) -> nw.Expr:
    return first_that_holds((reduce(or_, (text == one for one in spelled)), value) for value, spelled in texts.items())
