"""The macros of the workbook rehearsed in LibreOffice, with a stand-in for xlwings and for the message window.

LibreOffice cannot read xlwings' own modules, and one module that it cannot read silences all the others. So a
copy of the workbook gets a module of the same name that raises what xlwings would raise, or answers with what
it was asked. All of ours stay as they are, but for a few words that LibreOffice does not know.
"""

from __future__ import annotations

import zipfile
from dataclasses import replace

from office_session import ask_office
from spreadsheet import RECALCULATE_ALWAYS, find_soffice, warm_profile

from cchc_calc.excel.vba import class_module, read_project, standard_module, with_modules, write_project

_SHIPPED = frozenset({"xlwings", "Dictionary"})
_XLWINGS = """
Option Explicit
Private failure As String, said As String, interpreterIsThere As Boolean
Private failureNumber As Long

Public Function XLPy() As Object
    If failure <> "" Then Err.Raise failureNumber, "xlwings", failure
    Set XLPy = New PythonStandIn
End Function

Public Function GetConfig(key) As String
    GetConfig = "C:\\Python\\pythonw.exe"
End Function

Public Function PathIsThere(path) As Boolean
    PathIsThere = interpreterIsThere
End Function

Public Sub RaiseFromNowOn(ByVal number As Long, ByVal description As String, ByVal isThere As Boolean)
    failureNumber = number
    failure = description
    interpreterIsThere = isThere
End Sub

Public Sub Hear(ByVal text As String)
    said = said & text
End Sub

Public Function WhatWasSaid() As String
    WhatWasSaid = said
    said = ""
End Function
"""
_PYTHON = """
Option Explicit
Public Function Str(given)
    Str = given
End Function
Public Function Asked(module_, question, details)
    Asked = module_ & "." & question & details
End Function
Public Function Module(name_)
    Module = name_
End Function
Public Function TupleFromArray(details)
    TupleFromArray = "(" & Join(details, ", ") & ")"
End Function
Public Function CallUDF(module_, name_, arguments)
    CallUDF = name_ & " of " & module_
End Function
"""

_CHANGES = {
    # LibreOffice has no message window without a screen and a function FileExists of its own, ...
    "CCHC_ThongBao": {"MsgBox(text, kind, caption)": "vbYes: Hear text", "FileExists(": "PathIsThere("},
    # ... cannot name a method like a statement, ...
    "CCHC_Nut": {"XLPy.Call(": "XLPy.Asked("},
    # ... and does not know which cell asks.
    "xlwings_udfs": {"If TypeOf Application.Caller Is Range Then ": "", ", ThisWorkbook, Application.Caller": ""},
}


def run_macros(workbook, calls=(), cells=()):
    """Open a workbook with macros on, call ``Module.Function`` with arguments, and read cells afterwards.

    ``calls`` are lists of a name and arguments; ``cells`` are pairs of sheet and address. Returns the modules
    with their sources, the results of the calls (or ``{"error": text}``) and the texts of the cells.
    """
    profile = warm_profile(find_soffice(), RECALCULATE_ALWAYS)
    given = {"calls": [list(call) for call in calls], "cells": [list(cell) for cell in cells]}
    return ask_office(profile, "basic_probe.py", "run", str(workbook), given=given)


def rehearse(workbook, folder, calls, cells=()):
    """Run macros of a copy of the workbook; answers as ``run_macros`` gives them."""
    copy = folder / f"rehearsal-{workbook.name}"
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(copy, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            content = source.read(part)
            target.writestr(part, _rehearsed(content) if part.filename == "xl/vbaProject.bin" else content)
    return run_macros(copy, calls, cells)


def _rehearsed(content):
    project = read_project(content)
    kept = tuple(_changed(module) for module in project.modules if module.name not in _SHIPPED)
    stand_ins = [standard_module("xlwings", _XLWINGS), class_module("PythonStandIn", _PYTHON)]
    return write_project(with_modules(replace(project, modules=kept), stand_ins))


def _changed(module):
    source = module.source
    for old, new in _CHANGES.get(module.name, {}).items():
        assert old in source, f"{module.name}: {old}"
        source = source.replace(old, new)
    return replace(module, source=source)
