"""The macros of a workbook run by LibreOffice, which takes VBA for its own Basic.

LibreOffice speaks to the Python it was built with, not to that of the tests: this file is also the program
that runs there (``python3 basic_macros.py SOFFICE WORKBOOK CALLS``).
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

ALLOWED = 4
"""MacroExecutionMode.ALWAYS_EXECUTE_NO_WARN: the only mode in which LibreOffice runs the macros of a file."""

_SECONDS = 120
_PYTHONS = ("/usr/bin/python3", "python3", "/Applications/LibreOffice.app/Contents/Resources/python")


def find_office_python():
    """Find a Python that can speak to LibreOffice, or None."""
    for name in _PYTHONS:
        found = shutil.which(name)
        if found and subprocess.run([found, "-c", "import uno"], capture_output=True, check=False).returncode == 0:
            return Path(found)
    return None


def run_macros(workbook, calls=(), cells=()):
    """Open a workbook with macros on, call ``Module.Function`` with arguments, and read cells afterwards.

    ``calls`` are lists of a name and arguments; ``cells`` are pairs of sheet and address. Returns the modules
    with their sources, the results of the calls (or ``{"error": text}``) and the texts of the cells.
    """
    from spreadsheet import find_soffice

    python, soffice = find_office_python(), find_soffice()
    if python is None or soffice is None:
        message = "LibreOffice or its Python is not installed"
        raise RuntimeError(message)
    request = json.dumps({"calls": [list(call) for call in calls], "cells": [list(cell) for cell in cells]})
    process = subprocess.run(
        [str(python), __file__, str(soffice), str(workbook)],
        input=request,
        capture_output=True,
        text=True,
        check=False,
        timeout=2 * _SECONDS,
    )
    if process.returncode:
        raise RuntimeError(process.stderr)
    return json.loads(process.stdout)


def _serve(soffice, workbook):
    import uno
    from com.sun.star.beans import PropertyValue

    def option(name, value):
        return PropertyValue(Name=name, Value=value)

    request = json.load(sys.stdin)
    pipe = f"cchc-{uuid.uuid4().hex}"
    with tempfile.TemporaryDirectory(prefix="cchc-macros-") as folder:
        profile, copy = Path(folder) / "profile", Path(folder) / Path(workbook).name
        # Beside an opened file LibreOffice leaves a lock, and refuses what is locked.
        shutil.copy(workbook, copy)
        command = [soffice, "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
        office = subprocess.Popen([*command, f"--accept=pipe,name={pipe};urp"], start_new_session=True)
        try:
            context = _connected(uno, pipe)
            desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
            options = (option("Hidden", True), option("MacroExecutionMode", ALLOWED))
            document = desktop.loadComponentFromURL(copy.as_uri(), "_blank", 0, options)
            answer = _answer(document, request)
            document.close(True)
        finally:
            os.killpg(office.pid, signal.SIGKILL)
            office.wait()
    json.dump(answer, sys.stdout)


def _connected(uno, pipe):
    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
    for _ in range(2 * _SECONDS):
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except Exception:  # noqa: BLE001 - what UNO raises has no class before the first connection
            time.sleep(0.5)
    message = "LibreOffice did not answer"
    raise TimeoutError(message)


def _answer(document, request):
    library = document.BasicLibraries.getByName("VBAProject")
    sources = {name: library.getByName(name) for name in library.ElementNames}
    provider = document.getScriptProvider()
    results = [_called(provider, name, arguments) for name, *arguments in request["calls"]]
    document.calculateAll()
    texts = [document.Sheets.getByName(sheet).getCellRangeByName(cell).String for sheet, cell in request["cells"]]
    return {"modules": sources, "results": results, "cells": texts}


def _called(provider, name, arguments):
    try:
        script = provider.getScript(f"vnd.sun.star.script:VBAProject.{name}?language=Basic&location=document")
        result, _, _ = script.invoke(tuple(arguments), (), ())
    except Exception as error:  # noqa: BLE001 - the error of the macro is the answer
        return {"error": str(error)}
    return result


if __name__ == "__main__":
    _serve(*sys.argv[1:])
