"""The reports of one unit for several periods made into one: flows add up, stocks are those of the last period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from cchc_calc.computation import show
from cchc_calc.consolidation.aggregates import Addition
from cchc_calc.consolidation.rates import RateTotal
from cchc_calc.consolidation.unit_names import name_key
from cchc_calc.evaluation import evaluate
from cchc_calc.expressions import Rate, references
from cchc_calc.findings import make_finding
from cchc_calc.periods import Period
from cchc_calc.states import Content, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cchc_calc.catalogue import Form, Row
    from cchc_calc.consolidation.submissions import Submission
    from cchc_calc.findings import Finding


@dataclass(frozen=True, slots=True)
class RowOverTime:
    """One row over several periods; ``periods_reported`` counts those in which it says something."""

    address: str
    content: Content
    text: str
    periods_reported: int


@dataclass(frozen=True, slots=True)
class OverTime:
    """The form of one unit over several periods, from the first day of the first to the last day of the last."""

    unit: str
    period: Period
    rows: tuple[RowOverTime, ...]
    findings: tuple[Finding, ...]

    def row(self, address: str) -> RowOverTime:
        """Return one row; raise ``KeyError`` for a heading and for an address the form does not have."""
        for row in self.rows:
            if row.address == address:
                return row
        raise KeyError(address)


def over_time(submissions: Iterable[Submission]) -> OverTime:
    """Make one form of what a unit reported for several periods, in whatever order they come.

    A row adds up, or is that of the last period, as the form says; rates are recomputed from the parts of the periods
    that have both. A row that is blank or undecided in a period drops out for that period, counted. Periods that
    overlap or leave days out between them are found.

    Raises ValueError for no submission, several units or editions, or a submission without a period.

    >>> from datetime import date
    >>> from cchc_calc.computation import compute_contents
    >>> from cchc_calc.consolidation.submissions import Submission
    >>> from cchc_calc.form_files import load_form
    >>> form = load_form()
    >>> def quarter(first: date, last: date, **counts: int) -> Submission:
    ...     contents = compute_contents(form, {"3.4.3.b": counts["b"], "3.4.3.c": counts["c"], "4.2.a": counts["a"]})
    ...     return Submission("", "Phường 1", form.id, form.edition, contents.contents, period=Period(first, last))
    >>> year = over_time([
    ...     quarter(date(2023, 4, 1), date(2023, 6, 30), b=10, c=9, a=21),
    ...     quarter(date(2023, 1, 1), date(2023, 3, 31), b=30, c=30, a=22),
    ... ])
    >>> [year.row(address).text for address in ("3.4.3.b", "3.4.3", "4.2.a")]
    ['40', '97,50%', '21']
    """
    dated = sorted(((_period(one), one) for one in submissions), key=lambda pair: (pair[0].start, pair[0].end))
    periods, ordered = [period for period, _ in dated], [submission for _, submission in dated]
    _require_alike(ordered)
    form = ordered[0].form
    totals = {row.address: _total(form, row, ordered) for row in form.rows if not row.is_heading}
    contents = {address: content for address, (content, _) in totals.items()}
    for row in form.computed:
        if row.formula is not None and not _is_rate_of_one_kind(form, row):
            contents[row.address] = evaluate(row.formula, contents)
    rows = tuple(
        RowOverTime(address, contents[address], show(form.by_address[address], contents[address]), reported)
        for address, (_, reported) in totals.items()
    )
    whole = Period(periods[0].start, max(period.end for period in periods))
    return OverTime(ordered[-1].unit, whole, rows, tuple(_gaps_and_overlaps(periods)))


def _period(submission: Submission) -> Period:
    if submission.period is None:
        msg = f"{submission.source}: a submission without a period cannot be added over time"
        raise ValueError(msg)
    return submission.period


def _require_alike(submissions: Sequence[Submission]) -> None:
    if not submissions:
        raise ValueError("there is no submission to add over time")
    units = {name_key(submission.unit) for submission in submissions}
    editions = {(submission.form_id, submission.edition) for submission in submissions}
    if len(units) > 1 or len(editions) > 1:
        msg = f"only one unit and one edition add up over time, found {len(units)} and {len(editions)}"
        raise ValueError(msg)


def _total(form: Form, row: Row, ordered: Sequence[Submission]) -> tuple[Content, int]:
    """Give the content of a row over the periods, and in how many of these it says something."""
    contents = [submission.content(row.address) for submission in ordered]
    said = [content not in (State.BLANK, State.UNDECIDED) for content in contents]
    if isinstance(row.formula, Rate) and _kinds(form, row) == {"sum"}:
        rate = RateTotal(row.formula)
        for content, submission, is_said in zip(contents, ordered, said, strict=True):
            if is_said:
                rate.take(content, submission)
        return rate.content(), rate.count
    if row.over_time == "sum":
        addition = Addition()
        for content, submission, is_said in zip(contents, ordered, said, strict=True):
            if is_said:
                addition.take(content, submission)
        return (addition.total if addition.count else State.BLANK), addition.count
    return contents[-1], sum(said)


def _is_rate_of_one_kind(form: Form, row: Row) -> bool:
    return isinstance(row.formula, Rate) and len(_kinds(form, row)) == 1


def _kinds(form: Form, row: Row) -> set[str]:
    return set() if row.formula is None else {form.by_address[part].over_time for part in references(row.formula)}


def _gaps_and_overlaps(periods: Sequence[Period]) -> Iterator[Finding]:
    for earlier, later in pairwise(periods):
        days = f"{earlier.span} và {later.span}"
        if later.start <= earlier.end:
            yield make_finding("periods_overlap", f"hai kỳ {days} chồng lên nhau.", found=days)
        elif later.start > earlier.end + timedelta(days=1):
            yield make_finding("periods_apart", f"giữa hai kỳ {days} còn thiếu ngày.", found=days)
