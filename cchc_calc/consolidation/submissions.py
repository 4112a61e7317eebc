"""A submission: what one unit sent for one period, computed, with the file it came from."""

from __future__ import annotations

from abc import ABC
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cchc_calc.computation import compute
from cchc_calc.consolidation.seals import fingerprint_of, seal_of
from cchc_calc.findings import Severity
from cchc_calc.form_files import load_form
from cchc_calc.states import Content, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from cchc_calc.catalogue import Form
    from cchc_calc.computation import Computation
    from cchc_calc.findings import Finding
    from cchc_calc.periods import Period
    from cchc_calc.report import Report


@dataclass(frozen=True, slots=True)
class Submission:
    """What one unit reports for one period.

    ``contents`` holds every row of the form that is not blank, computed rows included. ``findings`` counts what was
    found in the file by severity; ``failing`` names the rules of errors and warnings by row, an empty
    address being no row in particular. ``seal`` is the one the unit set, with the local time it did so, where it did.
    ``issued`` is the day printed at the head of the report.
    A submission can be sent from one process to another, so it names its form.
    """

    source: str
    unit: str
    form_id: str
    edition: str
    contents: Mapping[str, Content]
    level: str = "commune"
    period: Period | None = None
    sha256: str = ""
    findings: Mapping[Severity, int] = field(default_factory=dict)
    seal: str | None = None
    sealed_at: datetime | None = None
    issued: date | None = None
    failing: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.sealed_at is not None and self.sealed_at.tzinfo is not None:
            msg = f"{self.source}: the time of a seal is a local one, without a zone"
            raise ValueError(msg)

    @property
    def form(self) -> Form:
        """Return the form; raise ``FormError`` where there is no such edition."""
        return load_form(self.form_id, self.edition)

    def content(self, address: str) -> Content:
        """Return what the unit has in a row, blank where it has nothing."""
        return self.contents.get(address, State.BLANK)

    def computed_seal(self) -> str:
        """Return the seal that the values have now, whatever seal the unit set."""
        return seal_of(self.contents, self.form, self.unit, self.period)

    def fingerprint(self) -> str:
        """Return the hash of the values alone, without the unit and the period."""
        return fingerprint_of(self.contents, self.form)


class StoredSubmissions(Sequence[Submission], ABC):
    """Submissions kept elsewhere than in memory, each read anew when it is asked for."""


def submission_of(
    report: Report,
    computation: Computation | None = None,
    *,
    findings: Iterable[Finding] = (),
    sha256: str = "",
    seal: str | None = None,
    sealed_at: datetime | None = None,
) -> Submission:
    """Make the submission of a report; it is computed unless its computation is given.

    A report without a form raises ``ValueError``.

    >>> from cchc_calc.report import Entry, Report
    >>> entries = {"3.4.3.b": Entry("425", "D57", 425), "3.4.3.c": Entry("424", "D58", 424)}
    >>> report = Report("biểu.xlsx", load_form(), "UBND phường Phương Sơn", entries=entries)
    >>> submission_of(report).contents["3.4.3"]
    Fraction(424, 425)
    """
    done = compute(report) if computation is None else computation
    found = tuple(findings)
    return Submission(
        source=report.source,
        unit=report.unit,
        form_id=done.form.id,
        edition=done.form.edition,
        contents={address: content for address, content in done.contents.items() if content is not State.BLANK},
        level=report.level,
        period=report.period,
        sha256=sha256,
        findings=Counter(finding.severity for finding in found),
        seal=seal,
        sealed_at=sealed_at,
        issued=report.issued,
        failing=_failing(found),
    )


def _failing(findings: Iterable[Finding]) -> dict[str, tuple[str, ...]]:
    rules: defaultdict[str, set[str]] = defaultdict(set)
    for finding in findings:
        if finding.severity is not Severity.INFO:
            for address in finding.rows or ("",):
                rules[address].add(finding.rule)
    return {address: tuple(sorted(failing)) for address, failing in sorted(rules.items())}
