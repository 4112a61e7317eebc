"""The total form held against that of the period before."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from cchc_calc.consolidation.row_changes import RowChange
from cchc_calc.consolidation.row_totals import RowTotal
from cchc_calc.rounding import format_number
from cchc_calc.states import Content, State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cchc_calc.catalogue import Form, Row
    from cchc_calc.consolidation.rule_changes import RuleChanges


def total_changes(
    before: tuple[Form, Iterable[RowTotal]], now: tuple[Form, Iterable[RowTotal]], rules: RuleChanges
) -> tuple[RowChange, ...]:
    """List the rows whose total is another, or in which units break other rules, in the order of the new form.

    A row that only one edition has is blank in the other. Rules that fail for no row in particular come last.
    """
    old, new = ({total.address: total for total in totals} for _, totals in (before, now))
    rows = {row.address: row for form, _ in (before, now) for row in form.rows}
    touched = rules.addresses()
    changes = []
    for address in dict.fromkeys([*(row.address for row in now[0].rows), *rows, ""]):
        was, is_now = old.get(address, RowTotal(address)), new.get(address, RowTotal(address))
        if (was.content, was.text) != (is_now.content, is_now.text) or address in touched:
            changes.append(_change(rows.get(address), was, is_now, rules))
    return tuple(changes)


def difference_text(row: Row, old: Content, new: Content) -> str:
    """Write how much more or less it is, with its sign; empty where one of the two is no number.

    >>> from cchc_calc.form_files import load_form
    >>> form = load_form("thong-ke-cchc", "2023")
    >>> resolved, rate = form.row("3.4.3.b"), form.row("3.4.3")
    >>> difference_text(resolved, 1200, 2400), difference_text(rate, Fraction(1), Fraction(79, 80))
    ('+1.200', '-1,25 điểm %')
    """
    if isinstance(old, State) or isinstance(new, State) or old == new:
        return ""
    gap = Fraction(new) - Fraction(old)
    sign = "+" if gap > 0 else ""
    if row.kind == "rate":
        return f"{sign}{format_number(gap * 100, 2)} điểm %"
    return sign + format_number(gap, 0 if gap.denominator == 1 else 2)


def _change(row: Row | None, was: RowTotal, now: RowTotal, rules: RuleChanges) -> RowChange:
    failing, mended = rules.of_row(now.address)
    return RowChange(
        now.address,
        "" if row is None else row.label,
        was.content,
        now.content,
        was.text,
        now.text,
        "" if row is None else difference_text(row, was.content, now.content),
        was.units_reported,
        now.units_reported,
        failing,
        mended,
    )
