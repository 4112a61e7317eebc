"""Run by the Python that LibreOffice comes with: what LibreOffice makes of the macros of a workbook, as JSON.

Arguments: the name of the pipe on which LibreOffice listens, and one of
    describe FILE  tabs, modules with their sources, and the numbers of the first row
    run FILE       as standard input asks: calls of ``Module.Function`` with arguments, then texts of cells
"""

from __future__ import annotations

import json
import sys
from typing import Any

from office_documents import answer, connect, open_document


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


def run(document: Any) -> dict[str, Any]:
    request = json.load(sys.stdin)
    library = document.BasicLibraries.getByName("VBAProject")
    sources = {name: library.getByName(name) for name in library.ElementNames}
    provider = document.getScriptProvider()
    results = [_called(provider, name, arguments) for name, *arguments in request["calls"]]
    document.calculateAll()
    texts = [document.Sheets.getByName(sheet).getCellRangeByName(cell).String for sheet, cell in request["cells"]]
    return {"modules": sources, "results": results, "cells": texts}


def _called(provider: Any, name: str, arguments: list[Any]) -> Any:
    try:
        script = provider.getScript(f"vnd.sun.star.script:VBAProject.{name}?language=Basic&location=document")
        result, _, _ = script.invoke(tuple(arguments), (), ())
    except Exception as error:  # noqa: BLE001 - the error of the macro is the answer
        return {"error": str(error)}
    return result


COMMANDS = {"describe": describe, "run": run}

if __name__ == "__main__":
    pipe, command, path = sys.argv[1:]
    opened = open_document(connect(pipe), path)
    result = COMMANDS[command](opened)
    opened.close(True)
    answer(result)
