"""What became of one file that a unit sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cchc_calc.consolidation.refusals import Refusal
    from cchc_calc.consolidation.submissions import Submission
    from cchc_calc.findings import Finding


@dataclass(frozen=True, slots=True)
class Received:
    """A file with its submission, or with the reason why it gave none.

    ``name`` is its path below the folder that was read, with "/" between its parts. ``faults`` are the findings of
    severity error, which the unit has to mend; the submission counts the others.
    """

    name: str
    sha256: str
    submission: Submission | None = None
    refusal: Refusal | None = None
    faults: tuple[Finding, ...] = ()
