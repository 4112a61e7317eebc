"""Receiving one file: read, computed and checked, or refused with the reason."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cchc_calc.checking import check
from cchc_calc.computation import compute
from cchc_calc.consolidation.refusals import refusal_of
from cchc_calc.consolidation.submissions import submission_of
from cchc_calc.errors import SourceRefusedError
from cchc_calc.findings import Severity
from cchc_calc.gate import read_once
from cchc_calc.intake.measures import refuse_other_measures
from cchc_calc.intake.own_results import is_own_total
from cchc_calc.intake.received import Received
from cchc_calc.old_results import refuse_old_results
from cchc_calc.outcomes import refusal
from cchc_calc.report_reader import ReportReader
from cchc_calc.sealed_reports import seal_and_time
from cchc_calc.sources import admit_source_bytes

if TYPE_CHECKING:
    from pathlib import Path

_READER: Final = ReportReader()
"""What the files of this process have taught."""

_FORM_NEEDED: Final = "Gửi tệp có biểu mẫu thống kê, không gửi phần lời văn riêng."
_NO_TOTAL: Final = (
    "Bỏ tệp này ra khỏi thư mục báo cáo; nếu là số chung của một đơn vị thì tổng hợp lại với --units và --parent."
)


def receive(path: Path, name: str = "") -> Received:
    """Read, compute and check one file; one that gives no figure at all is refused, never raised.

    ``name`` is how the file is called in messages: its own name, unless it is given.
    """
    sha256 = ""
    try:
        own_name, data = read_once(path)
        sha256 = hashlib.sha256(data).hexdigest()
        return _received(name or own_name, own_name, data, sha256)
    except SourceRefusedError as error:
        found = refusal_of(error, sha256)
        return Received(name or found.source, sha256, refusal=replace(found, source=name or found.source))


def _received(name: str, own_name: str, data: bytes, sha256: str) -> Received:
    admitted = admit_source_bytes(own_name, data)
    report = _READER.read(admitted)
    if report.form is None:
        raise refusal(own_name, "S10", "tệp không có biểu mẫu thống kê.", _FORM_NEEDED)
    if not report.unit and is_own_total(admitted):
        raise refusal(own_name, "X04", "đây là tệp tổng hợp của nhiều đơn vị, không ghi tên đơn vị báo cáo.", _NO_TOTAL)
    refuse_other_measures(report)
    computation = compute(report)
    refuse_old_results(report, computation)
    result = check(report, computation)
    seal, sealed_at = seal_and_time(admitted)
    submission = submission_of(
        report, computation, findings=result.findings, sha256=sha256, seal=seal, sealed_at=sealed_at
    )
    faults = tuple(finding for finding in result.findings if finding.severity is Severity.ERROR)
    return Received(name, sha256, replace(submission, source=name), faults=faults)
