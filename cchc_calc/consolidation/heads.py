"""The head of a submission: all that decides whether it counts, without its figures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cchc_calc.consolidation.seals import fingerprint_of
from cchc_calc.states import State

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from cchc_calc.consolidation.submissions import Submission
    from cchc_calc.findings import Severity
    from cchc_calc.periods import Period


@dataclass(frozen=True, slots=True)
class Head:
    """A submission without its contents; ``place`` is where it stands in the collection.

    ``fingerprint`` is the same for the same values. ``figures`` counts the rows that hold a number other than 0.
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
    seal: str | None = None
    sealed_at: datetime | None = None
    has_broken_seal: bool = False


def head_of(place: int, submission: Submission) -> Head:
    """Take the head of a submission; its seal is held against its values."""
    form, contents = submission.form, submission.contents
    figures = (content for address, content in contents.items() if form.by_address[address].is_input)
    return Head(
        place=place,
        source=submission.source,
        unit=submission.unit,
        form_id=submission.form_id,
        edition=submission.edition,
        level=submission.level,
        period=submission.period,
        sha256=submission.sha256,
        fingerprint=fingerprint_of(contents, form),
        figures=sum(1 for content in figures if not isinstance(content, State) and content),
        findings=submission.findings,
        seal=submission.seal,
        sealed_at=submission.sealed_at,
        has_broken_seal=submission.seal is not None and submission.seal != submission.computed_seal(),
    )
