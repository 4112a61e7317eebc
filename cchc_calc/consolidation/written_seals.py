"""The seal that a unit set, as it is written beside its values, and the earlier ones that were re-opened."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from cchc_calc.errors import CchcError
from cchc_calc.periods import written_day
from cchc_calc.spelling import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

PREFIX: Final = "CCHC."
"""What the names of all that is written here begin with."""

LONGEST_REASON: Final = 150
"""With it a line of the history has fewer than 255 characters, behind which Excel cuts a property."""

MOST_REOPENINGS: Final = 20

_VERSION: Final = "1"
_SEAL, _SEALED_AT, _CHECK, _KEPT_VERSION = (
    f"{PREFIX}{name}" for name in ("Seal", "SealedAt", "SealCheck", "SealVersion")
)
_HISTORY: Final = f"{PREFIX}History."
_HEX: Final = re.compile(r"[0-9a-f]{64}")
_TIME: Final = r"\d{4}-\d\d-\d\dT\d\d:\d\d"
_LINE: Final = re.compile(rf"({_TIME}) ({_HEX.pattern}) ({_TIME})(?: (.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Reopening:
    """An earlier seal with the local times at which it was set and taken away, and the reason for that."""

    seal: str
    sealed_at: datetime
    reopened_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class WrittenSeal:
    """The seal in a file: hex digits, and the local time it was set, to the minute; both ``None`` once re-opened.

    ``history`` holds the earlier seals, the oldest first. ``fault`` says in Vietnamese what is wrong with the writing
    itself, so that nothing in it can be believed; it is empty for one as it was written.
    """

    seal: str | None = None
    sealed_at: datetime | None = None
    history: tuple[Reopening, ...] = ()
    fault: str = ""


def sealed(earlier: WrittenSeal | None, seal: str, at: datetime) -> WrittenSeal:
    """Set a seal at a local time; what was re-opened before is kept.

    Raises CchcError for a time before the last re-opening, ValueError for one with a zone.
    """
    history = () if earlier is None else earlier.history
    at = _to_the_minute(at)
    if history and at < history[-1].reopened_at:
        msg = (
            f"thời điểm chốt ({written_time(at)}) trước lần mở lại gần nhất ({written_time(history[-1].reopened_at)})."
        )
        raise CchcError(msg)
    return WrittenSeal(seal, at, history)


def reopened(written: WrittenSeal, reason: str, at: datetime) -> WrittenSeal:
    """Take the seal away and keep it in the history with a reason.

    Raises CchcError where no seal is set, for a reason that is missing, too long or not plain text, for a time before
    the seal, and after ``MOST_REOPENINGS``.
    """
    if written.seal is None or written.sealed_at is None:
        msg = "tệp chưa chốt số liệu, không có gì để mở lại."
        raise CchcError(msg)
    at, reason = _to_the_minute(at), clean(reason)
    if not reason:
        msg = "phải ghi lý do mở lại."
        raise CchcError(msg)
    if not reason.isprintable() or _units(reason) > LONGEST_REASON:
        msg = f"lý do mở lại phải là chữ thường, dài không quá {LONGEST_REASON} ký tự."
        raise CchcError(msg)
    if at < written.sealed_at:
        msg = f"thời điểm mở lại ({written_time(at)}) trước lúc chốt số liệu ({written_time(written.sealed_at)})."
        raise CchcError(msg)
    if len(written.history) == MOST_REOPENINGS:
        msg = f"tệp đã mở lại {MOST_REOPENINGS} lần; hãy lập tệp mới bằng cchc fill TỆP -o TỆP_MỚI."
        raise CchcError(msg)
    return WrittenSeal(history=(*written.history, Reopening(written.seal, written.sealed_at, at, reason)))


def to_properties(written: WrittenSeal) -> dict[str, str]:
    """Write a seal as named texts: names in ASCII, texts of at most 255 characters.

    >>> set_at = sealed(None, "ab" * 32, datetime(2023, 9, 15, 8, 0))
    >>> [name for name in to_properties(set_at)]
    ['CCHC.Seal', 'CCHC.SealedAt', 'CCHC.SealVersion', 'CCHC.SealCheck']
    >>> from_properties(to_properties(set_at)) == set_at
    True
    """
    texts = {}
    if written.seal is not None and written.sealed_at is not None:
        texts = {_SEAL: written.seal, _SEALED_AT: _time_text(written.sealed_at)}
    texts |= {_KEPT_VERSION: _VERSION, _CHECK: _check(written)}
    history = {f"{_HISTORY}{place:02}": f"{_head(one)} {one.reason}" for place, one in enumerate(written.history, 1)}
    return texts | history


def from_properties(texts: Mapping[str, str]) -> WrittenSeal | None:
    """Read what ``to_properties`` wrote, whatever became of it; ``None`` where nothing of it is there.

    >>> from_properties({"Title": "Biểu mẫu"})
    >>> from_properties({"CCHC.Seal": "ab" * 32}).fault
    'dấu chốt thiếu phần hoặc đã bị sửa'
    """
    own = {name: text.strip() for name, text in texts.items() if name.startswith(PREFIX)}
    if not own:
        return None
    changed = WrittenSeal(fault="dấu chốt thiếu phần hoặc đã bị sửa")
    if not {_KEPT_VERSION, _CHECK} <= own.keys():
        return changed
    if own[_KEPT_VERSION] != _VERSION:
        return WrittenSeal(fault="dấu chốt do phiên bản khác của phần mềm ghi, bản này không đọc được")
    try:
        written = _read(own)
    except ValueError:
        return changed
    return written if own[_CHECK] == _check(written) else changed


def written_time(moment: datetime) -> str:
    """Write a time as officials do.

    >>> written_time(datetime(2023, 9, 15, 8, 0))
    '08:00 ngày 15/9/2023'
    """
    return f"{moment:%H:%M} ngày {written_day(moment.date())}"


def _read(own: Mapping[str, str]) -> WrittenSeal:
    """Raise ValueError for a text that was not written here."""
    seal, at = own.get(_SEAL), own.get(_SEALED_AT)
    if (seal is None) != (at is None) or (seal is not None and not _HEX.fullmatch(seal)):
        raise ValueError(seal)
    lines = [own[name] for name in sorted(own) if name.startswith(_HISTORY)]
    if len(lines) > MOST_REOPENINGS:
        raise ValueError(len(lines))
    return WrittenSeal(seal, None if at is None else _time(at), tuple(map(_reopening, lines)))


def _reopening(line: str) -> Reopening:
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError(line)
    # Other programs may unescape or cut a text; nothing is decided by it.
    reason = "".join(filter(str.isprintable, clean(found[4] or "")))[:LONGEST_REASON]
    return Reopening(found[2], _time(found[1]), _time(found[3]), reason)


def _check(written: WrittenSeal) -> str:
    """Bind the times to the seals, so that nobody moves one by typing over it."""
    lines = [_VERSION, *(_head(one) for one in written.history)]
    if written.seal is not None and written.sealed_at is not None:
        lines.append(f"{_time_text(written.sealed_at)} {written.seal}")
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _head(one: Reopening) -> str:
    return f"{_time_text(one.sealed_at)} {one.seal} {_time_text(one.reopened_at)}"


def _to_the_minute(moment: datetime) -> datetime:
    if moment.tzinfo is not None:
        msg = "the time of a seal is a local one, without a zone"
        raise ValueError(msg)
    return moment.replace(second=0, microsecond=0)


def _time_text(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


def _time(text: str) -> datetime:
    if not re.fullmatch(_TIME, text, re.ASCII):
        raise ValueError(text)
    return datetime.fromisoformat(text)


def _units(text: str) -> int:
    """Count as Excel does, to which a rare letter is two."""
    return len(text.encode("utf-16-le")) // 2
