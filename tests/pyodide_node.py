"""The functions in the Python of a browser: the real package, the real Pyodide, run by Node."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
import zipfile
from contextlib import contextmanager
from functools import cache
from importlib.metadata import files
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from node import NODE, PROGRAMS, SCRIPTS, Talk, talking_to
from server_client import call_together

from cchc_calc.excel.lite_wheel import LITE_WHEEL, write_lite_wheel

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from golden_functions import Case

_SECONDS_TO_INSTALL = 300
_CLIENT_SCRIPT = "static/js/custom-functions/custom-functions-code.js"


def call_all(cases: Sequence[Case]) -> list[object]:
    """Answer every case by the functions as plain Python, in one browser's Python."""
    with plain_pyodide() as talk:
        return call_together(talk, [(case.function, case.arguments) for case in cases])


@contextmanager
def plain_pyodide() -> Iterator[Talk]:
    """Start a browser's Python with the package of the functions, and nothing else."""
    with (
        tempfile.TemporaryDirectory() as folder,
        talking_to("plain_pyodide.mjs", npm_packages(), lite_wheel(Path(folder))) as talk,
    ):
        yield talk


@contextmanager
def lite_excel(main: str) -> Iterator[Talk]:
    """Open an Excel with the add-in xlwings Lite, the package of the functions, and a main.py."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "main.py").write_text(main, encoding="utf-8")
        packages = (lite_wheel(folder), _xlwings(folder))
        with talking_to("lite_excel.mjs", npm_packages(), _client_script(), folder / "main.py", *packages) as talk:
            yield talk


def lite_wheel(folder: Path) -> Path:
    """Write the package of the functions."""
    write_lite_wheel(folder / LITE_WHEEL)
    return folder / LITE_WHEEL


@cache
def npm_packages() -> Path:
    """Install the pinned packages of npm into the user's cache, once for every state of the lock file."""
    lock = SCRIPTS / "package-lock.json"
    cache_folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "cchc_calc_tests"
    installed = cache_folder / hashlib.sha256(lock.read_bytes()).hexdigest()[:16]
    if not installed.is_dir():
        cache_folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache_folder) as name:
            folder = Path(name) / "packages"
            folder.mkdir()
            for file in (lock, SCRIPTS / "package.json"):
                shutil.copy(file, folder)
            npm = next(PROGRAMS.glob("**/node_modules/npm/bin/npm-cli.js"))
            options = ("--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
            done = subprocess.run(
                [NODE, npm, "ci", *options],
                cwd=folder,
                capture_output=True,
                text=True,
                timeout=_SECONDS_TO_INSTALL,
                check=False,
            )
            if done.returncode:
                raise RuntimeError(done.stderr)
            # Whole or not at all, also when another run of the tests installs at the same time.
            try:
                folder.rename(installed)
            except OSError:
                if not installed.is_dir():
                    raise
    return installed / "node_modules"


def _xlwings(folder: Path) -> Path:
    """Pack the Python of the installed xlwings; its compiled part is for this machine, and Lite has none."""
    path = folder / "xlwings.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in files("xlwings") or ():
            if file.suffix == ".py":
                archive.write(file.locate(), str(file))
    return path


def _client_script() -> Path:
    (folder,) = find_spec("xlwings_server").submodule_search_locations
    return Path(folder) / _CLIENT_SCRIPT
