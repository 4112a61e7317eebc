"""The served functions, called as Excel calls them: the real server, and the real client script under Node."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from golden_functions import ErrorValue, Missing, serial
from node import Talk, killing_in_the_end, talking_to

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from golden_functions import Argument, Case, Cell

TOKEN = secrets.token_urlsafe(24)
SERVE = ("-m", "cchc_calc", "serve", "--port", "0")
_SERVING = re.compile(r"Đang phục vụ tại (\S+)")
_SECONDS_TO_START = 60


@dataclass(frozen=True, slots=True)
class Server:
    """A running server, and the file with all it has written."""

    address: str
    process: subprocess.Popen[bytes]
    log: Path


def call_all(cases: Sequence[Case]) -> list[object]:
    """Answer every case, all at once, by one server and one Excel."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as server, excel(server.address) as talk:
        return call_together(talk, [(case.function, case.arguments) for case in cases])


@contextmanager
def serving(folder: Path, *options: object, command: Sequence[str] = SERVE) -> Iterator[Server]:
    """Run a server on a free port, and stop it; ``folder`` takes its output."""
    log = folder / "server.log"
    environment = os.environ | {"CCHC_SERVER_TOKEN": TOKEN, "PYTHONIOENCODING": "utf-8"}
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [sys.executable, *command, *map(str, options)], env=environment, stdout=output, stderr=subprocess.STDOUT
        ) as process,
        killing_in_the_end(process),
    ):
        yield Server(_address(process, log), process, log)


@contextmanager
def excel(address: str, *, token: str = TOKEN, **environment: str) -> Iterator[Talk]:
    """Open an Excel whose add-in is served at an address."""
    with talking_to("served_excel.mjs", address, token, **environment) as talk:
        yield talk


def call_together(talk: Talk, calls: Sequence[tuple[str, Sequence[Argument]]]) -> list[object]:
    """Call functions at once; an answer is a value, rows of values, or an exception Excel would show as #VALUE!."""
    questions = [{"function": name, "arguments": [rows_of(argument) for argument in given]} for name, given in calls]
    return [
        RuntimeError(answer["thrown"]) if answer["cells"] is None else unwrapped(answer["cells"])
        for answer in talk.ask(questions)
    ]


def rows_of(argument: Argument) -> list[list[object]] | None:
    """Write an argument as JSON: rows of cells, or None where it was left out."""
    return None if isinstance(argument, Missing) else [[_written(cell) for cell in row] for row in argument]


def _written(cell: Cell) -> object:
    if isinstance(cell, ErrorValue):
        return {"error": cell.name}
    return serial(cell) if isinstance(cell, date) else cell


def unwrapped(rows: list[list[object]]) -> object:
    """Take a single value out of its row."""
    return rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else rows


def _address(process: subprocess.Popen[bytes], log: Path) -> str:
    until = time.monotonic() + _SECONDS_TO_START
    while time.monotonic() < until and process.poll() is None:
        if found := _SERVING.search(log.read_text(encoding="utf-8")):
            return found[1]
        time.sleep(0.05)
    message = f"the server did not start: {log.read_text(encoding='utf-8')}"
    raise RuntimeError(message)
