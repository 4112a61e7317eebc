"""Processes that read files: one that dies, or takes too long, loses no file but the one it died of."""

from __future__ import annotations

import multiprocessing
import signal
import sys
import threading
import time
from collections import deque
from contextlib import contextmanager, suppress
from itertools import islice
from multiprocessing.connection import Connection, wait
from typing import TYPE_CHECKING, Final, Self, TypeAlias

from cchc_calc.intake.file_results import SECONDS_ALLOWED, STOPPED, TOO_SLOW, read_file, unread

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from multiprocessing.context import ForkContext, SpawnContext
    from types import TracebackType

    from cchc_calc.intake.folders import Candidate
    from cchc_calc.intake.store import Encoded

Chunk: TypeAlias = "list[Candidate]"
Result: TypeAlias = "tuple[Candidate, Encoded]"

_LARGEST_CHUNK: Final = 8
_AHEAD: Final = 2
"""Chunks that a worker has at once, so that it never waits for the next."""

_SECONDS_TO_START: Final = 60
_LOST: Final = (EOFError, OSError)
_READY: Final = "ready"


class _Worker:
    """A process with the chunks it was given and has not answered, the one it works on first."""

    def __init__(self, context: ForkContext | SpawnContext, others: Sequence[_Worker]) -> None:
        self.chunks: deque[Chunk] = deque()
        self.connection, theirs = context.Pipe()
        # A forked process holds whatever is open here; a pipe ends only when all have closed it.
        is_forked = context.get_start_method() == "fork"
        inherited = [self.connection, *(other.connection for other in others)] if is_forked else []
        self._process = context.Process(target=_serve, args=(theirs, inherited), daemon=True)
        with _without_interrupts():
            self._process.start()
        theirs.close()
        self.deadline = time.monotonic() + _SECONDS_TO_START
        self.is_late = False

    def give(self, chunk: Chunk) -> None:
        if not self.chunks:
            self.deadline = max(self.deadline, time.monotonic() + SECONDS_ALLOWED)
        self.chunks.append(chunk)
        # One that has died is found out when its answer is taken.
        with suppress(*_LOST):
            self.connection.send(chunk)

    def take(self) -> list[Result]:
        """Take the next answer; raise one of ``_LOST`` when there will be none."""
        answer = self.connection.recv()
        self.deadline = time.monotonic() + SECONDS_ALLOWED
        return [] if answer == _READY else list(zip(self.chunks.popleft(), answer, strict=True))

    def stop(self) -> None:
        """Stop a process that takes too long; what it answers now is that it is gone."""
        self.is_late = True
        self._process.kill()

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._process.close()
        self.connection.close()


class Workers:
    """Some processes that read files; use them in a ``with`` block, at the end of which none is left."""

    def __init__(self, count: int) -> None:
        """Begin with none; they are started when there is something to read."""
        self._count = count
        self._workers: list[_Worker] = []
        # A copy of a process with several threads may wait for ever for one that was not copied.
        is_safe = sys.platform == "linux" and threading.active_count() == 1
        self._context = multiprocessing.get_context("fork") if is_safe else multiprocessing.get_context("spawn")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._workers:
            self._workers.pop().end()

    def read(self, files: Sequence[Candidate]) -> Iterator[Result]:
        """Read the files, in whatever order they are done; only a few results are held at once."""
        chunks = deque(_chunks(files, max(1, min(_LARGEST_CHUNK, len(files) // (4 * self._count)))))
        suspects: list[Candidate] = []
        while chunks or any(worker.chunks for worker in self._workers):
            self._hand_out(chunks)
            for worker in self._answering():
                try:
                    yield from worker.take()
                except _LOST:
                    suspects += worker.chunks.popleft()
                    chunks.extendleft(reversed(worker.chunks))
                    self._dismiss(worker)
        for file in suspects:
            yield file, self._read_alone(file)

    def _hand_out(self, chunks: deque[Chunk]) -> None:
        while chunks and len(self._workers) < self._count:
            self._workers.append(_Worker(self._context, self._workers))
            self._workers[-1].give(chunks.popleft())
        for worker in self._workers:
            while chunks and len(worker.chunks) < _AHEAD:
                worker.give(chunks.popleft())

    def _answering(self) -> list[_Worker]:
        """Wait for answers; a worker that takes too long is stopped, which answers too."""
        busy = [worker for worker in self._workers if worker.chunks]
        first = min(worker.deadline for worker in busy)
        ready = wait([worker.connection for worker in busy], max(0.0, first - time.monotonic()))
        now = time.monotonic()
        for worker in busy:
            if worker.connection not in ready and worker.deadline <= now:
                worker.stop()
                ready.append(worker.connection)
        return [worker for worker in busy if worker.connection in ready]

    def _read_alone(self, file: Candidate) -> Encoded:
        """Read a file in a fresh process; refuse it by name when that one dies of it as well."""
        while self._workers:
            self._dismiss(self._workers[-1])
        worker = _Worker(self._context, ())
        self._workers.append(worker)
        worker.give([file])
        while worker.chunks:
            (answering,) = self._answering()
            try:
                results = answering.take()
            except _LOST:
                return unread(file, TOO_SLOW if worker.is_late else STOPPED)
        return results[0][1]

    def _dismiss(self, worker: _Worker) -> None:
        self._workers.remove(worker)
        worker.end()


def _serve(connection: Connection, inherited: Iterable[Connection]) -> None:
    """Read chunk after chunk until the other side is gone, which may be killed at any time."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for other in inherited:
        other.close()
    with suppress(*_LOST):
        connection.send(_READY)
        while True:
            connection.send([read_file(file) for file in connection.recv()])


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Start a process that Ctrl+C does not reach: only this one stops, and ends the others."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _chunks(files: Iterable[Candidate], size: int) -> Iterator[Chunk]:
    left = iter(files)
    while chunk := list(islice(left, size)):
        yield chunk
