"""Gathering: the files of many units read by several processes, and each result kept as soon as it is there."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Final

from cchc_calc.intake.file_results import read_file
from cchc_calc.intake.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from cchc_calc.intake.folders import Candidate
    from cchc_calc.intake.store import Store
    from cchc_calc.intake.workers import Result

_MOST_UNKEPT: Final = 64
_SECONDS_UNKEPT: Final = 1.0


def gather(
    store: Store, collection: str, files: Sequence[Candidate], processes: int, advance: Callable[[], object]
) -> None:
    """Read files in some processes and keep what each gave; ``advance`` is called once a file.

    One process is this one. Stopped at any moment, a store holds all but the last files read: those of a second, at
    most 64. Ctrl+C (KeyboardInterrupt) loses none, and leaves no process behind.
    """
    count = min(processes, len(files))
    if count <= 1:
        _keep_all(store, collection, ((file, read_file(file)) for file in files), advance)
        return
    with Workers(count) as workers:
        _keep_all(store, collection, workers.read(files), advance)


def usable_processes() -> int:
    """Count the processors this program may use, at least one."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _keep_all(store: Store, collection: str, results: Iterable[Result], advance: Callable[[], object]) -> None:
    unkept: list[Result] = []
    kept_at = time.monotonic()
    try:
        for result in results:
            unkept.append(result)
            advance()
            if len(unkept) >= _MOST_UNKEPT or time.monotonic() - kept_at >= _SECONDS_UNKEPT:
                store.keep(collection, unkept)
                unkept, kept_at = [], time.monotonic()
    except KeyboardInterrupt:
        store.keep(collection, unkept)
        raise
    store.keep(collection, unkept)
