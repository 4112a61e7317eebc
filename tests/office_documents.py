"""Documents of a running LibreOffice: imported by the probes, which the Python of LibreOffice runs."""

from __future__ import annotations

import json
import os
import sys
import time
from typing import Any, NoReturn

ALWAYS_RUN_MACROS = 4
"""The only mode in which LibreOffice runs the macros of a file without asking."""

_SECONDS_TO_START = 90


def connect(pipe: str) -> Any:
    """Wait until LibreOffice listens on a pipe, and return its services."""
    # The module exists in that Python alone, and this file is looked at by others as well.
    import uno
    from com.sun.star.connection import NoConnectException

    resolver = uno.getComponentContext().ServiceManager.createInstance("com.sun.star.bridge.UnoUrlResolver")
    end = time.monotonic() + _SECONDS_TO_START
    while True:
        try:
            return resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ServiceManager")
        except NoConnectException:
            if time.monotonic() > end:
                raise
            time.sleep(0.1)


def open_document(services: Any, path: str) -> Any:
    """Open a document without a window, its macros allowed."""
    import uno
    from com.sun.star.beans import PropertyValue

    hidden, macros = PropertyValue(), PropertyValue()
    hidden.Name, hidden.Value = "Hidden", True
    macros.Name, macros.Value = "MacroExecutionMode", ALWAYS_RUN_MACROS
    desktop = services.createInstance("com.sun.star.frame.Desktop")
    return desktop.loadComponentFromURL(uno.systemPathToFileUrl(path), "_blank", 0, (hidden, macros))


def answer(result: object) -> NoReturn:
    """Print the answer of a probe as JSON, and end.

    Python is not taken down in order: while the bridge to LibreOffice is open, that crashes once in a while,
    after the answer.
    """
    json.dump(result, sys.stdout)
    sys.stdout.flush()
    os._exit(0)
