"""Rows of a form that a page break cut in two."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from cchc_calc.spelling import clean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.table_layout import Line

_FIGURE = re.compile(r"[\d.,]*\d[\d.,]*")


def join_split(line: Line, rest: Line) -> Line:
    """Join a line with its continuation after a page break; a figure in each is no figure of both."""
    where = f"{line.where}–{rest.where}"
    upper, lower = line.value, rest.value
    fault, code = upper.fault or lower.fault, upper.code or lower.code
    if _FIGURE.fullmatch(upper.text) and _FIGURE.fullmatch(lower.text):
        fault, code = fault or "hai phần của dòng bị ngắt đều có số", code or "C17"
    value = replace(upper, text=clean(f"{upper.text} {lower.text}"), fault=fault, code=code)
    return replace(
        line,
        label=clean(f"{line.label} {rest.label}"),
        unit=clean(f"{line.unit} {rest.unit}"),
        value=value,
        where=where,
    )


def continuations(lines: tuple[Line, ...]) -> Iterator[tuple[Line, Line | None]]:
    """Pair each line with the next one where that has neither code nor dash of its own."""
    for index, line in enumerate(lines):
        follower = lines[index + 1] if index + 1 < len(lines) else None
        loose = follower is not None and not (follower.code or follower.marker)
        yield line, follower if loose else None
