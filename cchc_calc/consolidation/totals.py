"""The total of a form over units, taken one after the other: it does not grow with their number."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from cchc_calc.consolidation.aggregates import Addition, CommonValue, Distribution, ReportedCount, Union, YesCount
from cchc_calc.consolidation.rates import CommonRate, RateTotal
from cchc_calc.consolidation.totalled_rows import content_of, total_of, union_bounds
from cchc_calc.evaluation import evaluate
from cchc_calc.expressions import Rate, references
from cchc_calc.states import Content, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from cchc_calc.catalogue import Form, Row
    from cchc_calc.consolidation.outstanding import Outstanding
    from cchc_calc.consolidation.row_totals import RowTotal
    from cchc_calc.consolidation.submissions import Submission
    from cchc_calc.consolidation.totalled_rows import RowAggregate

_OF_ROW: Final[dict[str, Callable[[], RowAggregate]]] = {
    "sum": Addition,
    "common": CommonValue,
    "union": Union,
    "count_yes": YesCount,
    "distribution": Distribution,
}


class Totals:
    """The rows of a form over the units added so far.

    Adding in any order, or in parts that are merged, gives the same totals. Memory does not depend on how many units
    there are, only on how many different values stand in rows that all units ought to report alike.

    >>> from cchc_calc.consolidation.submissions import Submission
    >>> from cchc_calc.form_files import load_form
    >>> from cchc_calc.computation import compute_contents
    >>> totals = Totals(load_form())
    >>> for unit, resolved, on_time in (("Phường 1", 50, 50), ("Phường 2", 1, 0)):
    ...     contents = compute_contents(totals.form, {"3.4.3.b": resolved, "3.4.3.c": on_time}).contents
    ...     totals.add(Submission(f"{unit}.xlsx", unit, "thong-ke-cchc", "2023", contents))
    >>> rate = next(row for row in totals.rows() if row.address == "3.4.3")
    >>> rate.text, rate.mean_of_rates, rate.units_reported
    ('98,04%', Fraction(1, 2), 2)
    """

    def __init__(self, form: Form) -> None:
        """Begin with no unit."""
        self.form = form
        self.units = 0
        self._aggregates = {row.address: _aggregate(form, row) for row in form.rows if not row.is_heading}
        self._undecided: Counter[str] = Counter()

    def add(self, submission: Submission) -> None:
        """Add the submission of one unit; a row that is blank or undecided there drops out for that row only.

        Raises ValueError for a submission of another form or edition.
        """
        if (submission.form_id, submission.edition) != (self.form.id, self.form.edition):
            msg = f"{submission.source}: it is of edition {submission.edition}, not {self.form.edition}"
            raise ValueError(msg)
        self.units += 1
        for address, content in submission.contents.items():
            if content is State.UNDECIDED:
                self._undecided[address] += 1
            elif content is not State.BLANK:
                self._aggregates[address].take(content, submission)

    def merge(self, other: Totals) -> None:
        """Take over the units of other totals of the same form; the other totals are used up."""
        if (other.form.id, other.form.edition) != (self.form.id, self.form.edition):
            msg = f"totals of edition {other.form.edition} cannot be merged into those of {self.form.edition}"
            raise ValueError(msg)
        self.units += other.units
        self._undecided.update(other._undecided)
        for address, aggregate in self._aggregates.items():
            aggregate.merge(other._aggregates[address])  # type: ignore[arg-type]  # the same row, so the same kind

    def contents(self) -> dict[str, Content]:
        """Give the contents of the total form; sums follow from the totals of their parts."""
        contents = {address: content_of(aggregate) for address, aggregate in self._aggregates.items()}
        for row in self.form.rows:
            aggregate = self._aggregates.get(row.address)
            if isinstance(aggregate, Union) and aggregate.count:
                low, high = union_bounds(aggregate, contents.get(row.union_within, State.BLANK))
                contents[row.address] = low if low is not None and low == high else State.UNDECIDED
        for row in self.form.computed:
            if row.formula is not None and isinstance(self._aggregates[row.address], ReportedCount):
                contents[row.address] = evaluate(row.formula, contents)
        return contents

    def rows(
        self, expected: int | None = None, level: str = "", missing: Outstanding | None = None
    ) -> tuple[RowTotal, ...]:
        """Give the totals of all rows but the headings, in the order of the form.

        ``expected`` units of a ``level`` have to report, those that were added when it is not given; a row to which the
        level gives nothing expects only those that filled it. ``missing`` weighs the units that have not reported.
        """
        contents = self.contents()
        wanted = self.units if expected is None else expected
        return tuple(
            total_of(
                self.form.by_address[address],
                aggregate,
                contents,
                undecided=self._undecided[address],
                expected=wanted if not level or level in _levels(self.form, address) else aggregate.count,
                missing=missing,
            )
            for address, aggregate in self._aggregates.items()
        )


def _levels(form: Form, address: str) -> frozenset[str]:
    """List the levels whose units give something to a row: they fill it, or a row that it is computed from."""
    row = form.by_address[address]
    parts = () if row.formula is None else references(row.formula)
    return frozenset(row.levels).union(*(form.by_address[part].levels for part in parts))


def _aggregate(form: Form, row: Row) -> RowAggregate:
    if row.over_units in _OF_ROW:
        return _OF_ROW[row.over_units]()
    if not isinstance(row.formula, Rate):
        return ReportedCount()
    is_common = all(form.by_address[address].over_units == "common" for address in references(row.formula))
    return CommonRate(row.formula) if is_common else RateTotal(row.formula)
