"""From what was taken of a row to its total: the content, how it is shown, and the bounds of what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from cchc_calc.computation import show
from cchc_calc.consolidation.aggregates import Addition, CommonValue, Distribution, ReportedCount, Union, YesCount
from cchc_calc.consolidation.rates import CommonRate, RateTotal
from cchc_calc.consolidation.row_totals import Differing, RowTotal
from cchc_calc.rounding import format_number
from cchc_calc.states import Content, Number, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from fractions import Fraction

    from cchc_calc.catalogue import Row
    from cchc_calc.consolidation.outstanding import Outstanding

RowAggregate: TypeAlias = (
    Addition | CommonValue | CommonRate | Distribution | RateTotal | ReportedCount | Union | YesCount
)
Bounds: TypeAlias = tuple[Number | None, Number | None]


def content_of(aggregate: RowAggregate) -> Content:
    """Give the content of a row's total as far as it follows from the row alone."""
    match aggregate:
        case CommonValue() | CommonRate() | RateTotal():
            return aggregate.content()
        case Addition() if aggregate.count:
            return aggregate.total
        case YesCount() if aggregate.count:
            return aggregate.yes
    return State.BLANK


def union_bounds(union: Union, within: Content, *, missing: int = 0) -> Bounds:
    """Bound the number of different things that units count: from the largest to the sum, or to all there are.

    ``within`` is how many things there are. Units that are missing may count any of them.

    >>> union_bounds(Union(2, largest=7, total=12), 31), union_bounds(Union(2, largest=7, total=12), 9)
    ((7, 12), (7, 9))
    >>> union_bounds(Union(2, largest=7, total=12), 31, missing=1)
    (7, 31)
    """
    limits = [] if isinstance(within, State) else [within]
    limits += [] if missing else [union.total]
    return union.largest, max(min(limits), union.largest) if limits else None


def total_of(
    row: Row,
    aggregate: RowAggregate,
    contents: Mapping[str, Content],
    *,
    undecided: int,
    expected: int,
    missing: Outstanding | None,
) -> RowTotal:
    """Put the total of a row together; ``contents`` are those of the total form."""
    content = contents[row.address]
    low, high = _bounds(row, aggregate, contents, max(0, expected - aggregate.count), missing)
    return RowTotal(
        row.address,
        content,
        _text(row, aggregate, content, (low, high)),
        aggregate.count,
        undecided,
        expected,
        low,
        high,
        _differing(aggregate, content),
        _mean(aggregate, content),
        dict(sorted(aggregate.codes.items())) if isinstance(aggregate, Distribution) else {},
        _parts(aggregate),
    )


def _bounds(
    row: Row, aggregate: RowAggregate, contents: Mapping[str, Content], gap: int, missing: Outstanding | None
) -> Bounds:
    content = contents[row.address]
    if isinstance(aggregate, Union) and aggregate.count:
        return union_bounds(aggregate, contents.get(row.union_within, State.BLANK), missing=gap)
    if isinstance(aggregate, CommonRate):
        if isinstance(content, State) or not aggregate.is_settled(aggregate.count + gap):
            return None, None
        return content, content
    if isinstance(aggregate, RateTotal):
        return aggregate.bounds(0 if not gap else None if missing is None else missing.denominator(row))
    return None, None


def _text(row: Row, aggregate: RowAggregate, content: Content, bounds: Bounds) -> str:
    if isinstance(aggregate, Distribution) and row.legend is not None:
        chosen = ((word, aggregate.codes[code]) for word, code in row.legend.codes.items())
        return "; ".join(f"{word}: {count}" for word, count in chosen if count)
    low, high = bounds
    if isinstance(aggregate, Union) and content is State.UNDECIDED and low is not None and high is not None:
        return f"từ {format_number(low)} đến {format_number(high)}"
    return show(row, content)


def _differing(aggregate: RowAggregate, content: Content) -> tuple[Differing, ...]:
    if not isinstance(aggregate, CommonValue):
        return ()
    common = None if isinstance(content, State) else content
    others = (Differing(value, count, units) for value, count, units in aggregate.votes.others(common))
    return _most_first(others)


def _most_first(differing: Iterable[Differing]) -> tuple[Differing, ...]:
    return tuple(sorted(differing, key=lambda one: (-one.count, one.value)))


def _parts(aggregate: RowAggregate) -> tuple[Number, Number] | None:
    if isinstance(aggregate, CommonRate):
        return aggregate.votes.common() if aggregate.count else None
    if isinstance(aggregate, RateTotal) and aggregate.count:
        return aggregate.numerator, aggregate.denominator
    return None


def _mean(aggregate: RowAggregate, content: Content) -> Fraction | None:
    mean = aggregate.mean.value() if isinstance(aggregate, RateTotal) else None
    return None if mean == content else mean
