"""A unit's figures held against those it reported in the period before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from functools import cache
from typing import TYPE_CHECKING, Final

from cchc_calc.computation import show
from cchc_calc.consolidation.comparisons import comparisons_of
from cchc_calc.consolidation.exact_sums import add_exactly
from cchc_calc.findings import make_finding
from cchc_calc.rounding import format_number
from cchc_calc.states import Content, Number, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cchc_calc.catalogue import Form, Row
    from cchc_calc.consolidation.comparisons import Comparisons
    from cchc_calc.consolidation.submissions import Submission
    from cchc_calc.findings import Finding
    from cchc_calc.periods import Period

FELL: Final = "cumulative_fell"
"""The rule whose rows cannot be used: what counts up from a fixed day is less than it was."""

_MANY_TIMES: Final = 5
_SHOWN: Final = 5
"""So many rows are written out with both figures; the others are named."""


@dataclass(frozen=True, slots=True)
class _Pair:
    row: Row
    old: Number
    new: Number

    @property
    def text(self) -> str:
        both = f"{self.row.address} (kỳ trước {show(self.row, self.old)}, kỳ này {show(self.row, self.new)}"
        return f"{both}, {self._times})" if self._times else f"{both})"

    @property
    def _times(self) -> str:
        """Say how many times as much it is, where that is more than a few."""
        less, more = sorted((self.old, self.new))
        times = Fraction(more) // Fraction(less) if less else 0
        if times < _MANY_TIMES:
            return ""
        return f"gấp {format_number(times)} lần" if self.new == more else f"chỉ bằng 1/{format_number(times)}"


@dataclass(frozen=True, slots=True)
class _History:
    """The figures of a unit that are numbers both times, with the periods, where these are known."""

    now: Submission
    pairs: dict[str, _Pair]
    earlier: Period | None
    period: Period | None
    comparisons: Comparisons

    @property
    def days(self) -> tuple[int, int]:
        """Return the days before and now by which flows are compared; a period that is not known is as long."""
        return (1, 1) if self.earlier is None or self.period is None else (self.earlier.days, self.period.days)

    @property
    def is_later(self) -> bool:
        return self.earlier is not None and self.period is not None and self.earlier.end < self.period.end

    @property
    def is_in_one_year(self) -> bool:
        if self.earlier is None or self.period is None:
            return False
        return self.is_later and self.earlier.end.year == self.period.end.year

    @property
    def follows(self) -> bool:
        """Tell whether no day lies between the periods, and none in both."""
        if self.earlier is None or self.period is None:
            return False
        return self.earlier.end + timedelta(days=1) == self.period.start


def own_past_findings(
    form: Form, period: Period | None, name: str, submission: Submission, before: Sequence[Submission]
) -> Iterator[Finding]:
    """Yield what is to tell about a unit, one finding a rule with all its rows; nothing without a report before.

    Rows that add up over time are compared by the day; rows that count up in the year only within one year. A unit
    that stands for several of the period before is held against their sum.
    """
    if not before:
        return
    earlier = {one.period for one in before}
    numbers = (
        (row, _summed(one.content(row.address) for one in before), submission.content(row.address))
        for row in _compared(form)
    )
    history = _History(
        submission,
        {
            row.address: _Pair(row, old, new)
            for row, old, new in numbers
            if not isinstance(old, State) and not isinstance(new, State)
        },
        earlier.pop() if len(earlier) == 1 else None,
        submission.period or period,
        comparisons_of(form),
    )
    told = (
        (FELL, "số lũy kế nhỏ hơn kỳ trước", _fallen(history)),
        (
            "figure_out_of_scale",
            "số gấp nhiều lần, hoặc chỉ bằng một phần nhỏ, so với kỳ trước",
            _out_of_scale(history),
        ),
        ("opening_differs", "số cộng dồn khác số kỳ trước cộng số trong kỳ", _not_carried(history)),
        ("plan_changed", "kế hoạch, chỉ tiêu giao đổi giữa năm", _changed_plans(history)),
    )
    for rule, what, pairs in told:
        if pairs:
            yield _finding(rule, f"“{name}”: {what}", submission.source, pairs)


@cache
def _compared(form: Form) -> tuple[Row, ...]:
    return tuple(row for row in form.rows if row.is_added_up)


def _summed(contents: Iterable[Content]) -> Content:
    total: Number = 0
    for content in contents:
        if isinstance(content, State):
            return content
        total = add_exactly(total, content)
    return total


def _fallen(history: _History) -> list[_Pair]:
    rows = history.comparisons.cumulative if history.is_later else frozenset()
    if history.is_in_one_year:
        rows |= history.comparisons.cumulative_in_year
    return [pair for address, pair in history.pairs.items() if address in rows and pair.new < pair.old]


def _out_of_scale(history: _History) -> list[_Pair]:
    limits, found = history.comparisons.own_past, []
    for address, pair in history.pairs.items():
        counts_up = address in history.comparisons.cumulative_in_year
        if (counts_up and not history.is_in_one_year) or max(pair.old, pair.new) < limits.least:
            continue
        days_before, days_now = history.days if pair.row.over_time == "sum" else (1, 1)
        less, more = sorted((pair.old * days_now, pair.new * days_before))
        if less and more >= less * (limits.factor_of_cumulative if counts_up else limits.factor):
            found.append(pair)
    return found


def _not_carried(history: _History) -> list[_Pair]:
    """List the stocks that are not those of the period before and the flow of this one."""
    if not history.follows:
        return []
    found = []
    for one in history.comparisons.carried:
        stock, flow = history.pairs.get(one.stock), history.now.content(one.flow)
        if stock is not None and not isinstance(flow, State) and add_exactly(stock.old, flow) != stock.new:
            found.append(stock)
    return found


def _changed_plans(history: _History) -> list[_Pair]:
    if not history.is_in_one_year:
        return []
    plans = (history.pairs.get(address) for address in history.comparisons.plans)
    return [pair for pair in plans if pair is not None and pair.old != pair.new]


def _finding(rule: str, message: str, source: str, pairs: Sequence[_Pair]) -> Finding:
    more = ", ".join(pair.row.address for pair in pairs[_SHOWN:])
    told = "; ".join(pair.text for pair in pairs[:_SHOWN]) + (f"; và {more}" if more else "")
    first = pairs[0]
    return make_finding(
        rule,
        f"{message}: chỉ tiêu {told}.",
        rows=tuple(pair.row.address for pair in pairs),
        where=source,
        found=show(first.row, first.new),
        expected=show(first.row, first.old) if rule in {FELL, "opening_differs"} else "",
    )
