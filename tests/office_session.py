"""A LibreOffice that listens while another program asks it over UNO; both are ended whatever happens."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from spreadsheet import find_soffice

_SECONDS = 240
_PLACES = ("/usr/bin/python3", "/usr/lib/libreoffice/program/python")


def ask_office(profile: Path, probe: str, *arguments: str, given: object = None) -> Any:
    """Start LibreOffice with a copy of a profile, run a probe of this folder against it and return its answer.

    A probe is a program for the Python of LibreOffice: it gets the name of a pipe and the arguments, and
    ``given`` as JSON on its standard input; it prints JSON.
    """
    soffice = find_soffice()
    if soffice is None:
        message = "LibreOffice is not installed"
        raise RuntimeError(message)
    with tempfile.TemporaryDirectory(prefix="cchc-office-") as place:
        copy = Path(place) / "profile"
        shutil.copytree(profile, copy)
        pipe = Path(place).name
        start = [str(soffice), "--headless", "--norestore", f"-env:UserInstallation={copy.as_uri()}"]
        office = subprocess.Popen(
            [*start, f"--accept=pipe,name={pipe};urp"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            command = [_uno_python(), str(Path(__file__).with_name(probe)), pipe, *arguments]
            done = subprocess.run(
                command, input=json.dumps(given), capture_output=True, text=True, timeout=_SECONDS, check=False
            )
        finally:
            os.killpg(office.pid, signal.SIGKILL)
            office.wait()
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@cache
def _uno_python() -> str:
    for place in _PLACES:
        if Path(place).exists() and not subprocess.run([place, "-c", "import uno"], check=False).returncode:
            return place
    pytest.skip("no Python with the module uno: it is in the package python3-uno")
