"""Texts read as times by DuckDB: what is written as most exports do is read as it stands, the rest step by step.

A form that does not fit costs DuckDB ten times what one that fits does, so a text is given to no form but its own; and
what stands in the branch of a condition costs nothing where that branch is not taken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cchc_calc.dossiers.time_forms import (
    AFTER,
    AFTERNOON_MARK,
    DAY_SECONDS,
    FIRST,
    FORMS,
    FRACTION,
    HALF_HOURS,
    HALF_OF_DAY,
    SERIAL,
    SHAPE,
    SHAPE_OF_WHOLE_DAY,
    SOMETHING,
    SPACES,
    UNREADABLE,
    ZERO,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

_AS_WRITTEN: Final = {
    "%/%/20__ %:%:%": "%d/%m/%Y %H:%M:%S",
    "%/%/20__ %:%": "%d/%m/%Y %H:%M",
    "%/%/20__": "%d/%m/%Y",
    "20__-__-__ __:__:__": "%Y-%m-%d %H:%M:%S",
    "20__-__-__T__:__:__": "%Y-%m-%dT%H:%M:%S",
    "20__-__-__": "%Y-%m-%d",
    "%:%:% %/%/20__": "%H:%M:%S %d/%m/%Y",
    "%:% %/%/20__": "%H:%M %d/%m/%Y",
    "%-%-20__ %:%:%": "%d-%m-%Y %H:%M:%S",
    "%-%-20__ %:%": "%d-%m-%Y %H:%M",
    "%-%-20__": "%d-%m-%Y",
}
"""Forms of this century. What DuckDB takes for a time among the texts of these patterns is one, but that its year may
have less than four figures."""

_THIS_CENTURY: Final = "TIMESTAMP '2000-01-01'"


def with_duckdb_times(relation: Any, faults: Mapping[str, int]) -> Any:
    """Do for a relation what ``times.with_times`` does for a table of any engine."""
    quick = (f"{_parsed(_name(name), _AS_WRITTEN)} AS {_name(name, 'quick')}" for name in faults)
    times = (f"{_time(_name(name), _name(name, 'quick'))} AS {_name(name, 'time')}" for name in faults)
    unread = (f"WHEN {_is_unread(_name(name), _name(name, 'time'))} THEN {fault}" for name, fault in faults.items())
    for step in (quick, times, [f"CASE {' '.join(unread)} END AS {_name(UNREADABLE)}"]):
        relation = relation.project(", ".join(("*", *step)))
    return relation


def _time(text: str, quick: str) -> str:
    # What stands in a lambda is made ready anew, its patterns too, for every few rows that come to it.
    half, rest = (
        f"list_transform([{_plain(text)}], lambda plain: {read('plain')})[1]" for read in (_of_half, _of_plain)
    )
    return (
        f"CASE WHEN {quick} >= {_THIS_CENTURY} THEN {quick} WHEN regexp_matches({text}, '{HALF_OF_DAY}') THEN {half}"
        f" WHEN {text} IS NOT NULL THEN {rest} END"
    )


def _plain(text: str) -> str:
    plain = f"regexp_replace(trim(regexp_replace({text}, ',?{SPACES}', ' ', 'g')), '{FRACTION}', '\\1\\2')"
    for mark, instead in (("-", "/"), ("T", " ")):
        plain = f"replace({plain}, '{mark}', '{instead}')"
    return plain


def _of_plain(plain: str) -> str:
    number = f"CAST(replace({plain}, ',', '.') AS DOUBLE)"
    seconds = f"CAST(floor({number} * {DAY_SECONDS} + 0.5) AS BIGINT)"
    first, after = ((limit - ZERO).days * DAY_SECONDS for limit in (FIRST, AFTER))
    since = (
        f"CASE WHEN {seconds} >= {first} AND {seconds} < {after} THEN TIMESTAMP '{ZERO}' + to_seconds({seconds}) END"
    )
    parted = f"replace({plain}, '.', '/')"
    return (
        f"CASE WHEN regexp_matches({plain}, '{SERIAL}') THEN {since}"
        f" WHEN regexp_matches({parted}, '{SHAPE_OF_WHOLE_DAY}') THEN {_parsed(parted, FORMS)} END"
    )


def _of_half(plain: str) -> str:
    """Read the time of a text that names a half of the day, and put it there."""
    parted = f"replace({plain}, '.', '/')"
    whole = f"list_transform([regexp_replace({parted}, '{HALF_OF_DAY}', '')], lambda whole: {_parsed('whole', FORMS)})"
    return (
        f"CASE WHEN regexp_matches({parted}, '{SHAPE}') THEN"
        f" list_transform({whole}, lambda read: CASE WHEN regexp_matches({plain}, '{AFTERNOON_MARK}')"
        f" THEN CASE WHEN hour(read) < {HALF_HOURS} THEN read + INTERVAL {HALF_HOURS} HOUR ELSE read END"
        f" WHEN hour(read) < {HALF_HOURS} THEN read"
        f" WHEN hour(read) = {HALF_HOURS} THEN read - INTERVAL {HALF_HOURS} HOUR END)[1] END"
    )


def _parsed(text: str, forms: Mapping[str, str]) -> str:
    cases = (f"WHEN {text} LIKE '{pattern}' THEN try_strptime({text}, '{form}')" for pattern, form in forms.items())
    return f"CASE {' '.join(cases)} END"


def _is_unread(text: str, time: str) -> str:
    begins = f"{text} >= '!' AND {text} <= '~'"
    says_something = f"CASE WHEN {begins} THEN true ELSE regexp_matches({text}, '{SOMETHING}') END"
    return f"{time} IS NULL AND {text} IS NOT NULL AND {says_something}"


def _name(name: str, what: str = "") -> str:
    return f'"{name}_{what}"' if what else f'"{name}"'
