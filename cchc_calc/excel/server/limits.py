"""How much one server takes on: sizes, times and how many calls at once."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, times in seconds.

    A whole form is 30 kB; a column of a million cells is 8 MB.
    """

    call_bytes: int = 16 * 2**20
    """The largest call."""
    held_bytes: int = 256 * 2**20
    """All calls that wait or are computed, together."""
    calls: int = 2_000
    """How many wait or are computed."""
    arrival_seconds: float = 30
    """How long a call may take to arrive."""
    waiting_seconds: float = 30
    """How long a call may wait for its turn."""
    computing_seconds: float = 20
    """How long a call may be computed, a worker's start included."""
    workers: int = max(1, min(4, os.cpu_count() or 1))
    """How many calls are computed at a time."""
