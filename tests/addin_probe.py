"""Run by the Python that LibreOffice comes with: ask a running LibreOffice about the functions, print JSON.

Arguments: the name of the pipe on which LibreOffice listens, and one of
    functions            the functions of the wizard whose names begin with CCHC_, and their help
    show FILE            what the cells of the first row of a workbook show, its macros allowed
    edit FILE CELL TEXT  the same after typing something into a cell
    time RUNS FILE...    seconds to load each workbook, and to compute every cell of it anew, so many times
"""

from __future__ import annotations

import sys
import time
from typing import Any

from office_documents import answer, connect, open_document


def functions(services: Any) -> list[dict[str, Any]]:
    # Calc learns the arguments of an extension's functions at the first call.
    services.createInstance("com.sun.star.sheet.FunctionAccess").callFunction("CCHC_TUKIEMTRA", ())
    descriptions = services.createInstance("com.sun.star.sheet.FunctionDescriptions")
    found = []
    for number in range(descriptions.getCount()):
        function = {entry.Name: entry.Value for entry in descriptions.getByIndex(number)}
        if function["Name"].startswith("CCHC_"):
            arguments = [[argument.Name, argument.Description] for argument in function["Arguments"]]
            found.append({"name": function["Name"], "help": function["Description"], "arguments": arguments})
    return found


def show(services: Any, path: str) -> list[str]:
    document = open_document(services, path)
    document.calculateAll()
    return _first_row(document)


def edit(services: Any, path: str, address: str, text: str) -> list[str]:
    document = open_document(services, path)
    document.Sheets.getByIndex(0).getCellRangeByName(address).setFormula(text)
    return _first_row(document)


def measure(services: Any, runs: str, *paths: str) -> dict[str, dict[str, Any]]:
    measured: dict[str, dict[str, Any]] = {path: {"load": [], "compute": []} for path in paths}
    # In turn, so that a slow moment of the machine does not fall on one workbook alone.
    for path in [path for _ in range(int(runs)) for path in paths]:
        start = time.perf_counter()
        document = open_document(services, path)
        loaded = time.perf_counter()
        document.calculateAll()
        measured[path]["compute"].append(time.perf_counter() - loaded)
        measured[path]["load"].append(loaded - start)
        measured[path]["shown"] = _first_row(document)
        document.close(True)
    return measured


def _first_row(document: Any) -> list[str]:
    sheet = document.Sheets.getByIndex(0)
    return [sheet.getCellByPosition(column, 0).getString() for column in range(12)]


COMMANDS = {"functions": functions, "show": show, "edit": edit, "time": measure}

if __name__ == "__main__":
    pipe, command, *arguments = sys.argv[1:]
    answer(COMMANDS[command](connect(pipe), *arguments))
