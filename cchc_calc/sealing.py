"""Sealing: a unit says that its figures are final, and takes that back only with a reason."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.atomic import replacing
from cchc_calc.consolidation.written_seals import WrittenSeal, reopened, sealed, written_time
from cchc_calc.errors import CchcError
from cchc_calc.excel.patching.parts import is_signed
from cchc_calc.excel.seal_parts import with_seal
from cchc_calc.findings import Finding, make_finding
from cchc_calc.outcomes import OUTCOMES, Outcome, refusal
from cchc_calc.periods import written_day
from cchc_calc.sealed_reports import CHANGED_SEAL, SEALABLE, seal_in
from cchc_calc.sources import admit_source, admit_source_bytes
from cchc_calc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from pathlib import Path

    from cchc_calc.checking import CheckResult
    from cchc_calc.errors import SourceRefusedError
    from cchc_calc.gate import Admitted
    from cchc_calc.sealed_reports import SealedReport

_NOT_SEALABLE: Final = "S22"
_UNDECIDED: Final = frozenset({Outcome.BLOCK, Outcome.ASK})
_DRAFT_ONLY: Final = frozenset({"S18", "C22"})
"""Findings that let a form be checked but not sealed: no stamp, and results that change by themselves."""

_MOST_LISTED: Final = 40
_NEW_FILE: Final = "Ghi số liệu sang biểu mẫu mới bằng cchc fill TỆP -o TỆP_MỚI rồi chốt tệp mới."
_REOPEN_FIRST: Final = "Mở lại trước bằng cchc reopen TỆP --reason “lý do” -o TỆP_MỚI, rồi chốt tệp mới."


def seal_report(report: SealedReport, output: Path, at: datetime) -> WrittenSeal:
    """Write a copy of a report's workbook that is sealed at a local time; the source is never written.

    Raises SourceRefusedError: S22 for a form that cannot be sealed, all reasons at once, and for one that is sealed
    already; X07 for one that changed after its seal, B01 for a signed file, F04 for another kind of file; CchcError
    for another output and for a time before the period or the last re-opening.
    """
    admitted, written = report.admitted, report.written
    _require_workbook(admitted)
    if written is not None and written.fault:
        raise _not_believed(admitted, written)
    if written is not None and written.sealed_at is not None:
        raise _already(report, written_time(written.sealed_at))
    reasons = reasons_against(report.result)
    if reasons:
        raise _refused(admitted, reasons)
    period = report.result.report.period
    if period is not None and at.date() < period.start:
        msg = f"thời điểm chốt ({written_time(at)}) trước ngày đầu của kỳ báo cáo ({written_day(period.start)})."
        raise CchcError(msg)
    return _write(admitted, sealed(written, report.own, at), output)


def reopen_file(source: Path, output: Path, reason: str, at: datetime) -> WrittenSeal:
    """Write a copy of a sealed workbook without its seal, which is kept in the history with the reason and the time.

    Raises SourceRefusedError: X07 for a seal that cannot be believed, B01 for a signed file, F04 for another kind of
    file, and as the gate does; CchcError as ``written_seals.reopened`` does and for another output.
    """
    admitted = admit_source(source)
    _require_workbook(admitted)
    written = seal_in(admitted) or WrittenSeal()
    if written.fault:
        raise _not_believed(admitted, written)
    return _write(admitted, reopened(written, reason, at), output)


def reasons_against(result: CheckResult) -> tuple[Finding, ...]:
    """List all for which a form cannot be sealed, each with its remedy; nothing for one that can."""
    return tuple(dict.fromkeys(_reasons(result)))


def _reasons(result: CheckResult) -> Iterator[Finding]:
    report, computation = result.report, result.computation
    if computation is None or report.form is None:
        yield make_finding("stamp_missing", "Trong tệp không có biểu mẫu thống kê, chỉ có lời văn.", remedy=_NEW_FILE)
        return
    if not report.unit:
        remedy = "Ghi tên đơn vị báo cáo vào dòng đầu biểu mẫu."
        yield make_finding("submission_without_unit", "Biểu mẫu không ghi tên đơn vị.", remedy=remedy)
    if report.period is None:
        remedy = "Ghi kỳ báo cáo (từ ngày … đến ngày …) dưới tên biểu mẫu."
        yield make_finding("submission_without_period", "Biểu mẫu không ghi kỳ báo cáo.", remedy=remedy)
    told = {finding.code for finding in result.findings}
    if not report.is_stamped and "S18" not in told:
        message = "Tệp không phải biểu mẫu của phần mềm: không có dấu phiên bản."
        yield make_finding("stamp_missing", message, remedy=_NEW_FILE)
    yield from (finding for finding in result.findings if _prevents(finding))
    inputs = [computation.contents.get(row.address, State.BLANK) for row in report.form.rows if row.is_input]
    if all(content is State.BLANK for content in inputs):
        yield make_finding("missing_value", "Biểu mẫu chưa có số liệu nào.")


def _prevents(finding: Finding) -> bool:
    return finding.code in _DRAFT_ONLY or (finding.code in OUTCOMES and OUTCOMES[finding.code].outcome in _UNDECIDED)


def _write(admitted: Admitted, written: WrittenSeal, output: Path) -> WrittenSeal:
    if output.suffix.lower() != f".{admitted.kind}":
        msg = f"tệp nguồn là .{admitted.kind} nên tệp kết quả phải có đuôi .{admitted.kind}."
        raise CchcError(msg)
    if is_signed(admitted.parts):
        message = "tệp có chữ ký số; ghi dấu chốt vào sẽ làm chữ ký mất hiệu lực."
        raise refusal(admitted.name, "B01", message, "Dùng bản chưa ký, chốt số liệu xong rồi mới ký.")
    data = with_seal(admitted, written)
    # A package near a limit may pass it with one part more, and nobody could read it any longer.
    admit_source_bytes(output.name, data)
    with replacing(output) as part:
        part.write_bytes(data)
    return written


def _require_workbook(admitted: Admitted) -> None:
    if admitted.kind not in SEALABLE:
        message = "chỉ tệp .xlsx hoặc .xlsm giữ được dấu chốt số liệu; tệp loại này thì không."
        raise refusal(admitted.name, "F04", message, _NEW_FILE)


def _not_believed(admitted: Admitted, written: WrittenSeal) -> SourceRefusedError:
    message = f"không tin được dấu chốt số liệu trong tệp: {written.fault}."
    return refusal(admitted.name, CHANGED_SEAL, message, _NEW_FILE)


def _already(report: SealedReport, when: str) -> SourceRefusedError:
    source = report.admitted.name
    if report.is_unchanged:
        message = f"tệp đã chốt số liệu lúc {when}, số liệu không đổi từ đó."
        return refusal(source, _NOT_SEALABLE, message, "Cứ nộp tệp này; chỉ mở lại khi phải sửa số liệu.")
    message = f"số liệu, đơn vị hoặc kỳ báo cáo đã bị sửa sau khi chốt lúc {when}."
    return refusal(source, CHANGED_SEAL, message, _REOPEN_FIRST)


def _refused(admitted: Admitted, reasons: tuple[Finding, ...]) -> SourceRefusedError:
    lines = [f"{place}. {one.message} → {one.remedy}" for place, one in enumerate(reasons[:_MOST_LISTED], 1)]
    if len(reasons) > _MOST_LISTED:
        lines.append(f"… và {len(reasons) - _MOST_LISTED} lý do khác; xem đủ bằng cchc check.")
    listed = "".join(f"\n     {line}" for line in lines)
    message = f"chưa chốt được số liệu vì {len(reasons)} lý do:{listed}"
    return refusal(admitted.name, _NOT_SEALABLE, message, "Sửa các điều trên, lưu tệp rồi chốt lại.")
