"""What does not count, with the outcome, the code and what to do; the texts are Vietnamese."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cchc_calc.errors import SourceRefusedError


@dataclass(frozen=True, slots=True)
class Refusal:
    """A source that does not count, and why; ``code`` is one of ``outcomes.OUTCOMES``."""

    source: str
    code: str
    message: str
    remedy: str
    unit: str = ""
    sha256: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the refusal with the fixed keys of the project's JSON.

        >>> Refusal("a.xlsx", "X03", "không có trong danh sách đơn vị.", "Bổ sung danh sách.").to_json()["outcome"]
        'REFUSE'
        """
        return {
            "source": self.source,
            "outcome": "REFUSE",
            "code": self.code,
            "message": self.message,
            "remedy": self.remedy,
            "unit": self.unit,
            "sha256": self.sha256,
        }


@dataclass(frozen=True, slots=True)
class Fault:
    """One reason why a submission does not count."""

    code: str
    message: str
    remedy: str


def refusal_of(error: SourceRefusedError, sha256: str = "") -> Refusal:
    """Turn the error of a reader into a refusal."""
    return Refusal(error.source, error.code, error.message, error.remedy, sha256=sha256)


def refused(source: str, unit: str, sha256: str, faults: Sequence[Fault]) -> Refusal:
    """Refuse a submission for all its faults at once; the code is that of the first."""
    message = "; ".join(dict.fromkeys(fault.message for fault in faults))
    remedy = " ".join(dict.fromkeys(fault.remedy for fault in faults))
    return Refusal(source, faults[0].code, f"{message}.", remedy, unit, sha256)
