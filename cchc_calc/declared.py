"""What a report prints in a computed row against what follows from its counts, and why they differ."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from cchc_calc.computation import show
from cchc_calc.declared_causes import (
    Cause,
    cause_of_rate,
    cause_of_sum,
    other_base,
    own_pair,
    pair_text,
    printed_counts,
    printed_pair,
)
from cchc_calc.findings import Finding, make_finding
from cchc_calc.rounding import agrees, format_number, format_percent
from cchc_calc.states import NOT_ARISING_TEXT, Content, Number, State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.catalogue import Row
    from cchc_calc.computation import Computation
    from cchc_calc.readings import Declared
    from cchc_calc.report import Report

_SURELY_PERCENT: Final = 2
"""A number from this on in a cell shown as a percentage was typed as one, and is shown a hundredfold."""


def check_declared(report: Report, computation: Computation) -> Iterator[Finding]:
    """Compare every computed row that the report filled with what follows from its counts."""
    for row in computation.form.computed:
        entry = report.entries.get(row.address)
        if entry is not None and entry.declared is not None:
            content = computation.contents[row.address]
            finding = _judge(computation, row, entry.declared, content, entry.where)
            if finding is not None:
                yield finding


def _judge(computation: Computation, row: Row, declared: Declared, content: Content, where: str) -> Finding | None:
    if _is_impossible(row, declared) and content in (State.UNDECIDED, State.BLANK):
        message = f"Chỉ tiêu {row.address} ({where}): in “{declared.text}”; tỷ lệ chỉ có thể từ 0% đến 100%."
        return make_finding(
            "rate_impossible", message, rows=(row.address,), where=where, found=declared.text, code=_code(row, declared)
        )
    if content is State.UNDECIDED:
        return None
    if content is State.BLANK:
        if declared.state is not None:
            return None
        message = f"Chỉ tiêu {row.address} ({where}): in “{declared.text}” nhưng thiếu số thành phần để tính lại."
        return make_finding("counts_missing", message, rows=(row.address,), where=where, found=declared.text)
    if content is State.NOT_ARISING:
        return _judge_not_arising(row, declared, where)
    if isinstance(content, State):
        return None
    if row.kind == "rate":
        return _judge_rate(computation, row, declared, Fraction(content), where)
    if declared.value is not None and declared.value == content:
        return None
    return _differs(row, declared, show(row, content), _cause_with_gap(computation, row, declared, content), where)


def _judge_not_arising(row: Row, declared: Declared, where: str) -> Finding | None:
    if declared.state is State.NOT_ARISING:
        return None
    if declared.value == 0 or (declared.value is None and declared.numerator == declared.denominator == 0):
        message = (
            f"Chỉ tiêu {row.address} ({where}): in “{declared.text}” nhưng tử số và mẫu số đều bằng 0, tức là "
            "không phát sinh, không phải 0%."
        )
        return make_finding(
            "zero_for_not_arising",
            message,
            rows=(row.address,),
            where=where,
            found=declared.text,
            expected=NOT_ARISING_TEXT,
        )
    return _differs(row, declared, NOT_ARISING_TEXT, Cause(), where)


def _judge_rate(computation: Computation, row: Row, declared: Declared, rate: Fraction, where: str) -> Finding | None:
    printed = printed_pair(declared)
    own = own_pair(row, computation.contents)
    if declared.state is not None:
        return _differs(row, declared, format_percent(rate), Cause(), where)
    if declared.value is None:
        if printed == rate:
            return _same_rate_of_other_counts(row, declared, own, where)
        return _differs(row, declared, format_percent(rate), other_base(declared, own), where)
    if agrees(declared.value, declared.decimals, rate * 100):
        return None if printed is None else _same_rate_of_other_counts(row, declared, own, where)
    return _differs(row, declared, format_percent(rate), cause_of_rate(computation, row, declared, rate), where)


def _cause_with_gap(computation: Computation, row: Row, declared: Declared, content: Number) -> Cause:
    """Tell the gap between a printed sum and its parts, and which part most likely explains it."""
    cause = cause_of_sum(computation, row, declared)
    if declared.value is None:
        return cause
    gap = abs(Fraction(declared.value) - Fraction(content))
    told = f"Lệch {format_number(gap, 0 if gap.denominator == 1 else 2)} so với các phần cộng lại."
    return Cause(cause.word, f"{told} {cause.sentence}".strip())


def _same_rate_of_other_counts(
    row: Row, declared: Declared, own: tuple[Fraction, Fraction] | None, where: str
) -> Finding | None:
    if printed_counts(declared) == own:
        return None
    counts = pair_text(own) if own is not None else "số khác"
    message = f"Chỉ tiêu {row.address} ({where}): in “{declared.text}”; tỷ lệ đúng, nhưng các ô của biểu cho {counts}."
    return make_finding(
        "ambiguous_base",
        message,
        rows=(row.address,),
        where=where,
        found=declared.text,
        expected=counts,
        cause="other_base",
    )


def _differs(row: Row, declared: Declared, expected: str, cause: Cause, where: str) -> Finding:
    because = f" {cause.sentence}" if cause.sentence else ""
    message = f"Chỉ tiêu {row.address} ({where}): in “{declared.text}”, tính lại là {expected}.{because}"
    return make_finding(
        "declared_differs",
        message,
        rows=(row.address,),
        where=where,
        found=declared.text,
        expected=expected,
        cause=cause.word,
        code=_code(row, declared, cause),
    )


def _is_impossible(row: Row, declared: Declared) -> bool:
    return row.kind == "rate" and declared.value is not None and not 0 <= declared.value <= 100


def _code(row: Row, declared: Declared, cause: Cause | None = None) -> str:
    if row.kind != "rate":
        return "V05"
    if _is_impossible(row, declared):
        is_percent = declared.stored is not None and declared.text.endswith("%")
        return "C07" if is_percent and declared.stored is not None and declared.stored >= _SURELY_PERCENT else "V08"
    # 0,985 is a ratio or a percentage: only the counts say which.
    is_ratio = cause is not None and cause.word == "ratio_for_percent" and "%" not in declared.text
    return "C06" if is_ratio else "V15"
