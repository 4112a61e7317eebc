"""Seals made in memory, by hand and at random, for the tests."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import strategies as st

from cchc_calc.consolidation.written_seals import Reopening, WrittenSeal, reopened, sealed

SEAL, OLD = "ab" * 32, "01" * 32
MORNING, NOON, EVENING = map(datetime.fromisoformat, ("2023-09-15T08:00", "2023-09-15T12:00", "2023-09-15T18:00"))
ONCE = WrittenSeal(SEAL, MORNING)
AGAIN = WrittenSeal(SEAL, EVENING, (Reopening(OLD, MORNING, NOON, "Sửa chỉ tiêu 3.4.3 theo biên bản số 12"),))
OPENED = WrittenSeal(history=AGAIN.history)

_START = datetime.fromisoformat("2000-01-01")
_MOMENTS = st.integers(0, 50_000_000).map(lambda minutes: _START + timedelta(minutes=minutes))
_SEALS = st.text("0123456789abcdef", min_size=64, max_size=64)
_REASONS = st.text(min_size=1).filter(lambda text: text.isprintable() and text.strip()).map(lambda text: text[:70])


@st.composite
def written_seals(draw):
    """What comes of sealing and re-opening a few times."""
    at, written = draw(_MOMENTS), None
    for _ in range(draw(st.integers(0, 4))):
        written = sealed(written, draw(_SEALS), at)
        at += timedelta(minutes=draw(st.integers(0, 10**6)))
        written = reopened(written, draw(_REASONS), at)
    if written is None or draw(st.booleans()):
        written = sealed(written, draw(_SEALS), at)
    return written
