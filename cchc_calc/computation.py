"""Compute a form from what was reported: every row with its value or the reason why it has none."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from cchc_calc.evaluation import evaluate, holds
from cchc_calc.rounding import format_number, format_percent
from cchc_calc.states import STATE_TEXTS, Content, State, state_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cchc_calc.catalogue import Check, Form, Row
    from cchc_calc.report import Report


@dataclass(frozen=True, slots=True)
class Computation:
    """The contents of a whole form.

    ``read`` holds the input rows as read, ``contents`` every row but the headings after contradictions
    have blocked what contradicts. ``broken`` are the checks that do not hold.
    """

    form: Form
    read: Mapping[str, Content]
    contents: Mapping[str, Content]
    broken: tuple[Check, ...]

    def state(self, address: str) -> State:
        """Name the state of a row; a heading is blank."""
        return state_of(self.contents.get(address, State.BLANK))

    def text(self, address: str) -> str:
        """Write the content of a row as the form shows it."""
        return show(self.form.row(address), self.contents.get(address, State.BLANK))

    def counts(self) -> dict[str, int]:
        """Count the rows that were understood, that hold nothing, and that could not be used.

        ``accepted + blank + refused == rows``, always; headings are accepted.
        """
        states = [self.state(row.address) for row in self.form.rows if not row.is_heading]
        blank, refused = states.count(State.BLANK), states.count(State.UNDECIDED)
        rows = len(self.form.rows)
        return {"rows": rows, "accepted": rows - blank - refused, "blank": blank, "refused": refused}


def compute(report: Report) -> Computation:
    """Compute the form of a report; a report without a form raises ``ValueError``.

    A row that is missing from the report is undecided, and so is all that is computed from it: nobody knows
    whether it was left out because it was empty.

    >>> from cchc_calc.form_files import load_form
    >>> from cchc_calc.report import Entry, Report
    >>> entries = {"3.4.3.b": Entry("425", "D57", 425), "3.4.3.c": Entry("425", "D58", 425)}
    >>> computation = compute(Report("biểu.xlsx", load_form("thong-ke-cchc", "2023"), entries=entries))
    >>> computation.contents["3.4.3"], computation.text("3.4.3")
    (Fraction(1, 1), '100,00%')
    """
    if report.form is None:
        msg = f"{report.source}: there is no form in it to compute"
        raise ValueError(msg)
    entries = report.entries
    read = {address: entries[address].content for address in report.form.inputs if address in entries}
    return compute_contents(report.form, read | dict.fromkeys(report.missing, State.UNDECIDED))


def compute_contents(form: Form, read: Mapping[str, Content]) -> Computation:
    """Compute a form from the contents of its input rows; an address that is missing is blank.

    Cells that contradict each other become undecided, and so does all that is computed from them.
    """
    contents: dict[str, Content] = dict(read)
    broken = tuple(check for check in form.checks if holds(check.comparison, read) is False)
    for check in broken:
        contents.update(
            (address, State.UNDECIDED)
            for address in check.addresses
            if contents.get(address, State.BLANK) is not State.BLANK
        )
    for row in form.computed:
        if row.formula is not None:
            contents[row.address] = evaluate(row.formula, contents)
    return Computation(form, read, contents, broken)


def show(row: Row, content: Content) -> str:
    """Write a content as the form shows it: "100,00%", "786.000", "Không phát sinh", "KXĐ" or nothing."""
    if isinstance(content, State):
        return STATE_TEXTS[content]
    if row.kind == "rate":
        return format_percent(Fraction(content))
    if isinstance(content, Fraction):
        return format_number(content, 2)
    return format_number(content)


def exact_text(content: Content | None) -> str | None:
    """Write a content exactly, for machines: an integer, a decimal or ``n/d``; ``None`` without a value.

    >>> exact_text(Fraction(1540, 1587)), exact_text(Decimal("12.50")), exact_text(State.BLANK)
    ('1540/1587', '12.50', None)
    """
    if content is None or isinstance(content, State):
        return None
    return f"{content:f}" if isinstance(content, Decimal) else str(content)
