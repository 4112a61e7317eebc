"""Run by the Python that LibreOffice comes with: print what LibreOffice makes of the macros of a workbook, as JSON.

Arguments: the name of the pipe on which LibreOffice listens, and the path of the workbook.
"""

from __future__ import annotations

import json
import sys
import time
from typing import Any

ALWAYS_RUN_MACROS = 4
SECONDS_TO_START = 90


def connect(pipe: str) -> Any:
    # The module exists in that Python alone, and this file is looked at by others as well.
    import uno
    from com.sun.star.connection import NoConnectException

    local = uno.getComponentContext()
    resolver = local.ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    end = time.monotonic() + SECONDS_TO_START
    while True:
        try:
            context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
        except NoConnectException:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return context.ServiceManager.createInstance("com.sun.star.frame.Desktop")


def open_document(desktop: Any, path: str) -> Any:
    import uno
    from com.sun.star.beans import PropertyValue

    hidden, macros = PropertyValue(), PropertyValue()
    hidden.Name, hidden.Value = "Hidden", True
    macros.Name, macros.Value = "MacroExecutionMode", ALWAYS_RUN_MACROS
    return desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, (hidden, macros))


def describe(document: Any) -> dict[str, Any]:
    libraries = document.BasicLibraries
    modules = {}
    for name in libraries.ElementNames:
        libraries.loadLibrary(name)
        library = libraries.getByName(name)
        modules[name] = {module: library.getByName(module) for module in library.ElementNames}
    document.calculateAll()
    row = [document.Sheets.getByIndex(0).getCellByPosition(column, 0) for column in range(8)]
    cells = [f"Err:{cell.getError()}" if cell.getError() else cell.Value for cell in row]
    return {"tabs": document.Sheets.ElementNames, "modules": modules, "cells": cells}


def main(pipe: str, path: str) -> None:
    desktop = connect(pipe)
    document = open_document(desktop, path)
    json.dump(describe(document), sys.stdout)
    document.close(True)
    desktop.terminate()


if __name__ == "__main__":
    main(*sys.argv[1:])
