"""What goes back to the units: each fault of a file that does not count, and each error of one that does."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cchc_calc.consolidation.refusals import Refusal
    from cchc_calc.consolidation.result import UnitReport
    from cchc_calc.findings import Finding


@dataclass(frozen=True, slots=True)
class Returned:
    """One fault that a unit has to mend.

    ``is_counted`` tells that the file counts all the same; ``code`` is that of ``outcomes.OUTCOMES`` or an empty text,
    ``rule`` the id of the rule, empty for a file that was refused. ``unit`` is empty where nobody knows it.
    """

    unit: str
    source: str
    is_counted: bool
    code: str
    message: str
    remedy: str
    rule: str = ""
    rows: tuple[str, ...] = ()
    where: str = ""
    found: str = ""
    expected: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the fault for the project's JSON; ``outcome`` is REFUSE for a file that does not count."""
        return {
            "unit": self.unit,
            "source": self.source,
            "outcome": "OK" if self.is_counted else "REFUSE",
            "code": self.code or None,
            "rule": self.rule or None,
            "rows": list(self.rows),
            "where": self.where,
            "found": self.found,
            "expected": self.expected,
            "message": self.message,
            "remedy": self.remedy,
        }


class ReturnedFaults(Collection[Returned]):
    """The faults of all files, the refused files first; they are looked up anew each time, source by source.

    ``faults`` and ``judged`` hold what was found in the files that count and among them, by source.

    >>> from cchc_calc.consolidation.refusals import Refusal
    >>> broken = Refusal("a.xlsx", "F05", "tệp rỗng (0 byte).", "Xin gửi lại.")
    >>> [(fault.source, fault.code, fault.is_counted) for fault in ReturnedFaults([broken], [], {}, {})]
    [('a.xlsx', 'F05', False)]
    """

    def __init__(
        self,
        refused: Sequence[Refusal],
        units: Sequence[UnitReport],
        faults: Mapping[str, Iterable[Finding]],
        judged: Mapping[str, Iterable[Finding]],
    ) -> None:
        """Keep where to look, not what is there: thousands of files may have hundreds of faults each."""
        self._refused, self._units, self._faults, self._judged = refused, units, faults, judged

    def __iter__(self) -> Iterator[Returned]:
        for refusal in self._refused:
            yield _refused(refusal)
        for unit in self._units:
            for found in (self._faults, self._judged):
                for finding in found.get(unit.source, ()):
                    yield _returned(unit, finding)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, fault: object) -> bool:
        return any(fault == one for one in self)


def _refused(refusal: Refusal) -> Returned:
    return Returned(
        refusal.unit,
        refusal.source,
        is_counted=False,
        code=refusal.code,
        message=refusal.message,
        remedy=refusal.remedy,
    )


def _returned(unit: UnitReport, finding: Finding) -> Returned:
    return Returned(
        unit.unit,
        unit.source,
        is_counted=True,
        code=finding.code,
        message=finding.message,
        remedy=finding.remedy,
        rule=finding.rule,
        rows=finding.rows,
        where=finding.where,
        found=finding.found,
        expected=finding.expected,
    )
