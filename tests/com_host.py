"""The cell functions called as Excel on Windows calls them: through xlwings' own COM server and its conversion.

Only pywin32 is stood in for. The calls run in a process of their own (``python com_host.py``), because xlwings
decides once, when it is imported, which of its halves is loaded.
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import date
from types import SimpleNamespace

_SECONDS = 120
_MODULE = "cchc_calc.excel.udf"
_MISSING = -2147352572
"""DISP_E_PARAMNOTFOUND: what COM hands over for an argument that was left out."""

_ERRORS = {
    "#NULL!": -2146826288,
    "#DIV/0!": -2146826281,
    "#VALUE!": -2146826273,
    "#REF!": -2146826265,
    "#NAME?": -2146826259,
    "#NUM!": -2146826252,
    "#N/A": -2146826246,
}
"""The error values of cells as COM hands them over."""


def call_all(cases, *, as_ranges=True):
    """Call every case and return the answers in order: a number, a text, or rows of them.

    A case has the name of a ``function`` and ``arguments``: rows of cells, or anything else for an argument
    that was left out. A cell is None, a number, a text, a date, or has the ``name`` of an error value. With
    ``as_ranges`` false the arguments arrive as values, as ``=CCHC_TYLE(1,2)`` and array constants do.
    """
    requests = [[case.function, [_written(argument) for argument in case.arguments]] for case in cases]
    return _run({"as_ranges": as_ranges, "requests": requests})


def ask_all(module, questions):
    """Ask functions of a module as the macros of the buttons do; a question is a name and its arguments."""
    return _run({"module": module, "questions": [list(question) for question in questions]})


def _run(request):
    process = subprocess.run(
        [sys.executable, __file__],
        input=json.dumps(request),
        capture_output=True,
        text=True,
        check=False,
        timeout=_SECONDS,
    )
    if process.returncode:
        raise RuntimeError(process.stderr)
    return json.loads(process.stdout)


def _written(argument):
    if not isinstance(argument, tuple):
        return None
    return [[_written_cell(cell) for cell in row] for row in argument]


def _written_cell(cell):
    if isinstance(cell, date):
        return {"date": cell.isoformat()}
    return {"error": cell.name} if hasattr(cell, "name") else cell


class _Range:
    """A range of cells as far as xlwings asks for it: what it is, what it holds, and where it lies."""

    def __init__(self, rows, value, interface):
        self.Value = value
        self.Row = self.Column = 1
        self.Rows, self.Columns = SimpleNamespace(Count=len(rows)), SimpleNamespace(Count=len(rows[0]))
        self.Worksheet = SimpleNamespace(Parent=SimpleNamespace(Application=SimpleNamespace(Hwnd=1)))
        kind = SimpleNamespace(GetTypeAttr=lambda: SimpleNamespace(iid=interface))
        self._oleobj_ = SimpleNamespace(GetTypeInfo=lambda: kind)


class _Host:
    def __init__(self):
        from cchc_calc.excel.macros.pywin32_stand_in import RANGE_INTERFACE, ComTime, load_windows_xlwings

        load_windows_xlwings()
        from xlwings.com_server import XLPython

        self.interface, self.moment = RANGE_INTERFACE, ComTime
        self.server = XLPython()

    def call(self, function, arguments, *, as_ranges):
        from xlwings.udfs import get_udf_module

        taken = getattr(get_udf_module(_MODULE, None), function).__xlfunc__["args"]
        given = [self.argument(argument, as_range=as_ranges) for argument in arguments]
        if taken[-1]["vararg"]:
            # The wrapper copies a ParamArray into an array, and so takes the values out of ranges.
            given = [argument.Value if isinstance(argument, _Range) else argument for argument in given]
        else:
            given += [_MISSING] * (len(taken) - len(given))
        answer = self.server.CallUDF(_MODULE, function, tuple(given))
        is_row = isinstance(answer, list) and not isinstance(answer[0], list)
        return [answer] if is_row else answer

    def ask(self, module, question, *details):
        server = self.server
        return server.Str(server.Call(server.Module(module), question, server.TupleFromArray(details)))

    def argument(self, rows, *, as_range):
        if rows is None:
            return _MISSING
        cells = tuple(tuple(self.cell(cell) for cell in row) for row in rows)
        # The value of one cell is no array.
        value = cells[0][0] if len(cells) == 1 and len(cells[0]) == 1 else cells
        return _Range(rows, value, self.interface) if as_range else value

    def cell(self, written):
        if isinstance(written, dict):
            return self.moment.fromisoformat(written["date"]) if "date" in written else _ERRORS[written["error"]]
        is_number = isinstance(written, int) and not isinstance(written, bool)
        # Every number of a cell is a double.
        return float(written) if is_number else written


def _main():
    asked, host = json.load(sys.stdin), _Host()
    if "questions" in asked:
        answers = [host.ask(asked["module"], *question) for question in asked["questions"]]
    else:
        answers = [host.call(*request, as_ranges=asked["as_ranges"]) for request in asked["requests"]]
    json.dump(answers, sys.stdout)


if __name__ == "__main__":
    _main()
