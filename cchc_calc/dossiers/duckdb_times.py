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
    MORNING_MARK,
    SERIAL,
    SHAPE,
    SOMETHING,
    SPACES,
    UNREADABLE,
    ZERO,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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
    # A column of its own for each step: what DuckDB finds twice in an expression it works out twice, and what stands in
    # a lambda it makes ready anew, its patterns too, for every few rows that come to it.
    for what, step in _STEPS.items():
        relation = _with_columns(relation, (f"{step(name)} AS {_name(name, what)}" for name in faults))
    unread = " ".join(f"WHEN {_is_unread(name)} THEN {fault}" for name, fault in faults.items())
    return _with_columns(relation, [f"CASE {unread} END AS {_name(UNREADABLE)}"])


def _with_columns(relation: Any, columns: Iterable[str]) -> Any:
    return relation.project(", ".join(("*", *columns)))


def _quick(name: str) -> str:
    return _parsed(_name(name), _AS_WRITTEN)


def _plain(name: str) -> str:
    """Bring a text that was not read as it stands into one form."""
    plain = f"regexp_replace(trim(regexp_replace({_name(name)}, ',?{SPACES}', ' ', 'g')), '{FRACTION}', '\\1\\2')"
    for mark, instead in (("-", "/"), ("T", " ")):
        plain = f"replace({plain}, '{mark}', '{instead}')"
    return f"CASE WHEN {_is_quick(name)} OR {_name(name)} IS NULL THEN NULL ELSE {plain} END"


def _shaped(name: str) -> str:
    parted = f"replace({_name(name, 'plain')}, '.', '/')"
    whole = f"regexp_replace({parted}, '{HALF_OF_DAY}', '')"
    nothing = f"{_name(name, 'plain')} IS NULL"
    return f"CASE WHEN {nothing} THEN NULL WHEN regexp_matches({parted}, '{SHAPE}') THEN {whole} END"


def _read(name: str) -> str:
    return _parsed(_name(name, "shaped"), FORMS)


def _time(name: str) -> str:
    plain, read = _name(name, "plain"), _name(name, "read")
    return (
        f"CASE WHEN {_is_quick(name)} THEN {_name(name, 'quick')} WHEN {plain} IS NULL THEN NULL"
        f" WHEN {read} IS NULL THEN {_time_of_number(plain)} ELSE {_in_its_half(read, plain)} END"
    )


def _time_of_number(plain: str) -> str:
    number = f"CAST(replace({plain}, ',', '.') AS DOUBLE)"
    seconds = f"CAST(floor({number} * {DAY_SECONDS} + 0.5) AS BIGINT)"
    first, after = ((limit - ZERO).days * DAY_SECONDS for limit in (FIRST, AFTER))
    return (
        f"CASE WHEN NOT regexp_matches({plain}, '{SERIAL}') THEN NULL"
        f" WHEN {seconds} >= {first} AND {seconds} < {after} THEN TIMESTAMP '{ZERO}' + to_seconds({seconds}) END"
    )


def _in_its_half(time: str, plain: str) -> str:
    """Put a time into the half of the day that its text names."""
    half = f"INTERVAL {HALF_HOURS} HOUR"
    return (
        f"CASE WHEN regexp_matches({plain}, '{AFTERNOON_MARK}')"
        f" THEN CASE WHEN hour({time}) < {HALF_HOURS} THEN {time} + {half} ELSE {time} END"
        f" WHEN NOT regexp_matches({plain}, '{MORNING_MARK}') OR hour({time}) < {HALF_HOURS} THEN {time}"
        f" WHEN hour({time}) = {HALF_HOURS} THEN {time} - {half} END"
    )


def _parsed(text: str, forms: Mapping[str, str]) -> str:
    cases = (f"WHEN {text} LIKE '{pattern}' THEN try_strptime({text}, '{form}')" for pattern, form in forms.items())
    return f"CASE WHEN {text} IS NULL THEN NULL {' '.join(cases)} END"


def _is_quick(name: str) -> str:
    return f"{_name(name, 'quick')} >= {_THIS_CENTURY}"


def _is_unread(name: str) -> str:
    text = _name(name)
    begins = f"{text} >= '!' AND {text} <= '~'"
    says_something = f"CASE WHEN {begins} THEN true ELSE regexp_matches({text}, '{SOMETHING}') END"
    return f"{_name(name, 'time')} IS NULL AND {text} IS NOT NULL AND {says_something}"


def _name(name: str, what: str = "") -> str:
    return f'"{name}_{what}"' if what else f'"{name}"'


_STEPS: Final = {"quick": _quick, "plain": _plain, "shaped": _shaped, "read": _read, "time": _time}
"""How the columns of a time are made, one after the other."""
