"""Reports with the seal that stands in their files: whether the figures are still those that were sealed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.checking import CheckResult, check
from cchc_calc.consolidation.seals import seal_of
from cchc_calc.consolidation.written_seals import WrittenSeal, written_time
from cchc_calc.excel.seal_parts import read_seal
from cchc_calc.file_types import OPEN_XML
from cchc_calc.findings import Finding, by_severity, make_finding
from cchc_calc.reading import read_admitted_report
from cchc_calc.sources import admit_source

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from cchc_calc.gate import Admitted

SEALABLE: Final = OPEN_XML
"""The kinds of file that hold a seal."""

CHANGED_SEAL: Final = "X07"
"""The numbered outcome of figures that are not those of a seal."""

_FITS_NOTHING: Final = ""


@dataclass(frozen=True, slots=True)
class SealedReport:
    """A checked report with the seal ``written`` in its file, if any, and its ``own``, which its figures have now.

    ``own`` is empty for a report without a form. A seal that its figures do not have is among the findings.
    """

    admitted: Admitted
    result: CheckResult
    written: WrittenSeal | None
    own: str

    @property
    def is_unchanged(self) -> bool:
        """Tell whether the figures are sealed and still the same."""
        return self.written is not None and self.written.seal == self.own

    def summary(self) -> str:
        """Say in one sentence how it stands with the seal; nothing for a file that was never sealed, or is broken."""
        written = self.written
        if written is None:
            return ""
        if written.sealed_at is not None and self.is_unchanged:
            return f"Đã chốt số liệu lúc {written_time(written.sealed_at)}, số liệu không đổi từ đó."
        if written.seal is None and written.history:
            last = written.history[-1]
            return f"Đã mở lại số liệu lúc {written_time(last.reopened_at)} (lý do: {last.reason}), chưa chốt lại."
        return ""

    def seal_json(self) -> dict[str, Any] | None:
        """Return the seal with fixed keys, ready for ``json.dump``; ``None`` for a file that was never sealed."""
        written = self.written
        if written is None:
            return None
        return {
            "seal": written.seal,
            "sealed_at": _iso(written.sealed_at),
            "unchanged": self.is_unchanged,
            "history": [
                {
                    "seal": one.seal,
                    "sealed_at": _iso(one.sealed_at),
                    "reopened_at": _iso(one.reopened_at),
                    "reason": one.reason,
                }
                for one in written.history
            ],
        }


def read_sealed_report(path: str | Path) -> SealedReport:
    """Read and check a report with the seal in its file. Raises SourceRefusedError as ``read_report`` does."""
    admitted = admit_source(path)
    result = check(read_admitted_report(admitted))
    report, computation = result.report, result.computation
    own = "" if computation is None else seal_of(computation.contents, computation.form, report.unit, report.period)
    written = seal_in(admitted)
    finding = None if written is None else _broken(written, own, admitted.name)
    if finding is not None:
        result = replace(result, findings=by_severity((*result.findings, finding)))
    return SealedReport(admitted, result, written, own)


def seal_in(admitted: Admitted) -> WrittenSeal | None:
    """Read the seal that stands in a file, or ``None`` where there is none; one look for a file never sealed.

    Raises SourceRefusedError as ``read_seal`` does.
    """
    return read_seal(admitted.parts) if admitted.kind in SEALABLE else None


def seal_and_time(admitted: Admitted) -> tuple[str | None, datetime | None]:
    """Give the seal in a file and its local time, as ``submission_of`` takes them; ``None`` twice where none is set.

    A seal that cannot be believed is an empty text: no figures fit it. Raises SourceRefusedError as ``read_seal`` does.
    """
    written = seal_in(admitted)
    if written is None:
        return None, None
    return (_FITS_NOTHING, None) if written.fault else (written.seal, written.sealed_at)


def _broken(written: WrittenSeal, own: str, source: str) -> Finding | None:
    if written.fault:
        message = f"Không tin được dấu chốt số liệu trong tệp: {written.fault}."
        remedy = "Dùng lại tệp đã chốt; hoặc ghi số liệu sang tệp mới bằng cchc fill TỆP -o TỆP_MỚI rồi chốt lại."
        return make_finding("seal_broken", message, where=source, remedy=remedy, code=CHANGED_SEAL)
    if written.seal is None or written.sealed_at is None or written.seal == own:
        return None
    message = f"Số liệu, đơn vị hoặc kỳ báo cáo trong tệp khác lúc chốt ({written_time(written.sealed_at)})."
    return make_finding(
        "seal_broken", message, where=source, found=own, expected=written.seal, cause="changed", code=CHANGED_SEAL
    )


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat(timespec="minutes")
