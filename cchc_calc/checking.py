"""Check a report: compute its form, judge its figures and its prose, and put it all into one result."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from cchc_calc.blocked_rows import check_blocked
from cchc_calc.checks import check_figures, check_layout
from cchc_calc.claims import Claim, check_claims, find_claims
from cchc_calc.computation import Computation, compute, exact_text
from cchc_calc.declared import check_declared
from cchc_calc.findings import Finding, Severity, by_severity, finding_json
from cchc_calc.narrative import check_narrative
from cchc_calc.prose import check_prose
from cchc_calc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.catalogue import Row
    from cchc_calc.report import Report


@dataclass(frozen=True, slots=True)
class CheckResult:
    """A report, its computed form (``None`` for prose alone), and what was found in it, gravest first."""

    report: Report
    computation: Computation | None
    findings: tuple[Finding, ...]
    claims: tuple[Claim, ...]

    @property
    def has_errors(self) -> bool:
        """Tell whether a finding is an error, so that the report should go back."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    def of_rule(self, rule: str) -> tuple[Finding, ...]:
        """List the findings of one rule."""
        return tuple(finding for finding in self.findings if finding.rule == rule)

    def to_json(self) -> dict[str, Any]:
        """Return the result with the fixed keys of the project's JSON, ready for ``json.dump``."""
        report, computation = self.report, self.computation
        form, period = report.form, report.period
        return {
            "form": None if form is None else {"id": form.id, "edition": form.edition},
            "unit": report.unit,
            "period": None if period is None else period.to_json(),
            "rows": [] if computation is None else [self._row(row, computation) for row in computation.form.rows],
            "findings": [finding_json(finding) for finding in self.findings],
            "claims": [_claim(claim) for claim in self.claims],
            "counts": None if computation is None else computation.counts(),
        }

    def _row(self, row: Row, computation: Computation) -> dict[str, Any]:
        entry = self.report.entries.get(row.address)
        content = computation.contents.get(row.address, State.BLANK)
        return {
            "address": row.address,
            "id": row.id,
            "kind": row.kind,
            "reported": entry.reported if entry is not None else "",
            "state": computation.state(row.address).value,
            "value": exact_text(content),
            "text": computation.text(row.address),
            "where": entry.where if entry is not None else "",
        }


def check(report: Report, computation: Computation | None = None) -> CheckResult:
    """Judge a report: its figures, what it declares, and the claims of its prose.

    It is computed unless its ``computation`` is given. Findings are returned, never raised; a report without a form
    has its prose checked.
    """
    if computation is None and report.form is not None:
        computation = compute(report)
    claims = tuple(find_claims(report))
    findings = (*report.findings, *_findings(report, computation, claims))
    return CheckResult(report, computation, by_severity(findings), claims)


def _findings(report: Report, computation: Computation | None, claims: tuple[Claim, ...]) -> Iterator[Finding]:
    if computation is not None:
        yield from check_figures(report, computation)
        yield from check_blocked(report, computation)
        yield from check_declared(report, computation)
        yield from check_narrative(report, computation)
        yield from check_layout(report, computation.form)
    yield from check_claims(claims)
    yield from check_prose(report)


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "text": claim.text,
        "where": claim.where,
        "declared": claim.declared or None,
        "numerator": _count(claim.numerator),
        "denominator": _count(claim.denominator),
        "computed": claim.computed or None,
        "verdict": claim.verdict.value,
    }


def _count(number: int | Decimal | None) -> int | str | None:
    return str(number) if isinstance(number, Decimal) else number
