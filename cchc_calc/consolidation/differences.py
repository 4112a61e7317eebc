"""What changed between two versions of a report: values, and the rules that newly fail or are mended."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cchc_calc.computation import show
from cchc_calc.states import Content, State

if TYPE_CHECKING:
    from cchc_calc.checking import CheckResult
    from cchc_calc.findings import Finding


@dataclass(frozen=True, slots=True)
class RowDifference:
    """One row that is not as it was; ``failing`` and ``mended`` are ids of rules. An empty address is no row."""

    address: str
    old: Content = State.BLANK
    new: Content = State.BLANK
    old_text: str = ""
    new_text: str = ""
    failing: tuple[str, ...] = ()
    mended: tuple[str, ...] = ()

    @property
    def is_changed(self) -> bool:
        """Tell whether the value is another."""
        return self.old != self.new


def difference(old: CheckResult, new: CheckResult) -> tuple[RowDifference, ...]:
    """List the rows whose value changed, or of which other rules fail now, in the order of the new form.

    Rows that only one edition has are blank in the other. Rules that fail for no row in particular come last, under an
    empty address. Raises ValueError for a report without a form.
    """
    if old.computation is None or new.computation is None:
        raise ValueError("a report without a form has no rows to compare")
    before, now = _rules_of_rows(old.findings), _rules_of_rows(new.findings)
    forms = {row.address: row for form in (old.computation.form, new.computation.form) for row in form.rows}
    addresses = dict.fromkeys([*(row.address for row in new.computation.form.rows), *forms, ""])
    found = []
    for address in addresses:
        row = forms.get(address)
        was = old.computation.contents.get(address, State.BLANK)
        is_now = new.computation.contents.get(address, State.BLANK)
        failing, mended = tuple(sorted(now[address] - before[address])), tuple(sorted(before[address] - now[address]))
        if was != is_now or failing or mended:
            old_text, new_text = ("", "") if row is None else (show(row, was), show(row, is_now))
            found.append(RowDifference(address, was, is_now, old_text, new_text, failing, mended))
    return tuple(found)


def _rules_of_rows(findings: tuple[Finding, ...]) -> defaultdict[str, set[str]]:
    rules: defaultdict[str, set[str]] = defaultdict(set)
    for finding in findings:
        for address in finding.rows or ("",):
            rules[address].add(finding.rule)
    return rules
