"""Reading one file into the texts that are stored; whatever happens, there is a result and it has the file's name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from cchc_calc.consolidation.refusals import refusal_of
from cchc_calc.intake.encoding import encode_findings, encode_refusal, encode_submission
from cchc_calc.intake.receiving import receive
from cchc_calc.intake.store import Encoded
from cchc_calc.outcomes import RESAVE, refusal

if TYPE_CHECKING:
    from cchc_calc.intake.folders import Candidate

SECONDS_ALLOWED: Final = 10
"""A file that takes longer is refused; one of a unit takes a hundredth of a second."""

STOPPED: Final = "đọc tệp này làm dừng tiến trình (có thể do thiếu bộ nhớ)"
TOO_SLOW: Final = f"đọc quá {SECONDS_ALLOWED} giây chưa xong"


def read_file(file: Candidate) -> Encoded:
    """Receive a file and write the result as texts; a fault of our own refuses this file alone."""
    try:
        received = receive(Path(file.path), file.name)
    except Exception as error:  # noqa: BLE001 - thousands of files must not be lost to one
        return unread(file, f"phần mềm gặp lỗi ngoài dự kiến khi đọc tệp này ({type(error).__name__})")
    return Encoded(
        None if received.submission is None else encode_submission(received.submission),
        None if received.refusal is None else encode_refusal(received.refusal),
        encode_findings(received.faults),
    )


def unread(file: Candidate, reason: str) -> Encoded:
    """Refuse a file that could not be read to its end."""
    return Encoded(None, encode_refusal(refusal_of(refusal(file.name, "F17", f"{reason}.", RESAVE))), "[]")
