"""The head of a submission: all that decides whether it counts, without its figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cchc_calc.consolidation.seals import fingerprint_of, input_addresses, seal_from
from cchc_calc.states import State

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from cchc_calc.consolidation.submissions import Submission
    from cchc_calc.findings import Severity
    from cchc_calc.periods import Period


@dataclass(frozen=True, slots=True)
class Head:
    """A submission without its contents; ``place`` is where it stands in the collection.

    ``fingerprint`` is the same for the same values, ``own_seal`` the seal these have, whether or not the unit set one.
    ``figures`` counts the rows that hold a number other than 0.
    """

    place: int
    source: str
    unit: str
    form_id: str
    edition: str
    level: str
    period: Period | None
    sha256: str
    fingerprint: str
    figures: int
    findings: Mapping[Severity, int]
    own_seal: str = ""
    is_sealed: bool = False
    sealed_at: datetime | None = None
    has_broken_seal: bool = False
    issued: date | None = None

    @property
    def sealed_on(self) -> date | None:
        """Return the day on which the seal was set."""
        return None if self.sealed_at is None else self.sealed_at.date()


def head_of(place: int, submission: Submission) -> Head:
    """Take the head of a submission; the seal its unit set is held against its values."""
    form, contents = submission.form, submission.contents
    figures = (contents.get(address, State.BLANK) for address in input_addresses(form))
    fingerprint = fingerprint_of(contents, form)
    own_seal = seal_from(fingerprint, form, submission.unit, submission.period)
    return Head(
        place=place,
        source=submission.source,
        unit=submission.unit,
        form_id=submission.form_id,
        edition=submission.edition,
        level=submission.level,
        period=submission.period,
        sha256=submission.sha256,
        fingerprint=fingerprint,
        figures=sum(1 for content in figures if not isinstance(content, State) and content),
        findings=submission.findings,
        own_seal=own_seal,
        is_sealed=submission.seal is not None,
        sealed_at=submission.sealed_at,
        has_broken_seal=submission.seal not in (None, own_seal),
        issued=submission.issued,
    )
