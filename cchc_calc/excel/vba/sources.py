"""Modules as text files, as the VBA editor exports them: ``.bas`` for a standard module, ``.cls`` for a class.

The file of a class begins with a header and leaves out the attributes that are the same in every class. Every
line is ended by CR LF; read again, the file gives the source that is inside the workbook, letter for letter.
"""

from __future__ import annotations

import re
from typing import Final

from cchc_calc.excel.vba.errors import VbaProjectError
from cchc_calc.excel.vba.project import Module

_CLASS_HEADER: Final = "VERSION 1.0 CLASS\r\nBEGIN\r\n  MultiUse = -1  'True\r\nEND\r\n"
_NAME_LINE = re.compile(r'Attribute VB_Name = "(\w+)"\r\n')
_LINE_END = re.compile(r"\r\n|\r|\n")

_BASE: Final = 'Attribute VB_Base = "0{FCFB3D2A-A0FA-1068-A738-08002B3371B5}"\r\n'
_FLAGS: Final = """\
Attribute VB_GlobalNameSpace = False
Attribute VB_Creatable = False
Attribute VB_PredeclaredId = False
Attribute VB_Exposed = {exposed}
""".replace("\n", "\r\n")
_ORIGIN: Final = "Attribute VB_TemplateDerived = False\r\nAttribute VB_Customizable = False\r\n"
_EXPOSED_LINE = re.compile(r"Attribute VB_Exposed = (?:True|False)\r\n")


def standard_module(name: str, code: str) -> Module:
    r"""Make a standard module of code without attributes; every line is ended by CR LF.

    >>> standard_module("Nut", "Option Explicit\n").source
    'Attribute VB_Name = "Nut"\r\nOption Explicit\r\n'
    """
    return Module(name, "standard", f'Attribute VB_Name = "{name}"\r\n{_with_line_ends(code)}')


def class_module(name: str, code: str) -> Module:
    r"""Make a class module of code without attributes, seen by its own project only.

    >>> class_module("Doc", "Option Explicit").source.count("Attribute")
    8
    """
    head = f'Attribute VB_Name = "{name}"\r\n{_BASE}{_FLAGS.format(exposed=False)}{_ORIGIN}'
    return Module(name, "class", head + _with_line_ends(code))


def module_from_text(text: str) -> Module:
    r"""Read the text of a ``.bas`` or ``.cls`` file.

    Raises VbaProjectError for a text that does not say the module's name where the editor writes it.

    >>> module_from_text('Attribute VB_Name = "Nut"\nSub A()\nEnd Sub\n').source
    'Attribute VB_Name = "Nut"\r\nSub A()\r\nEnd Sub\r\n'
    """
    text = _with_line_ends(text)
    is_class = text.startswith(_CLASS_HEADER)
    source = text.removeprefix(_CLASS_HEADER)
    name = _NAME_LINE.match(source)
    if name is None:
        raise VbaProjectError("mã nguồn VBA thiếu dòng Attribute VB_Name ở đầu.")
    if not is_class:
        return Module(name[1], "standard", source)
    return Module(name[1], "class", _with_class_attributes(source, name.end()))


def module_text(module: Module) -> str:
    r"""Give the text of the file to which the editor would export a module.

    The code behind a sheet is written like a class; read again it becomes a class, as in the editor.

    >>> print(module_text(class_module("Doc", "Option Explicit")).replace("\r\n", "\n"))
    VERSION 1.0 CLASS
    BEGIN
      MultiUse = -1  'True
    END
    Attribute VB_Name = "Doc"
    Attribute VB_GlobalNameSpace = False
    Attribute VB_Creatable = False
    Attribute VB_PredeclaredId = False
    Attribute VB_Exposed = False
    Option Explicit
    """
    source = _with_line_ends(module.source)
    if module.kind == "standard":
        return source
    return _CLASS_HEADER + source.replace(_BASE, "", 1).replace(_ORIGIN, "", 1)


def _with_line_ends(text: str) -> str:
    return _LINE_END.sub("\r\n", text)


def _with_class_attributes(source: str, after_name: int) -> str:
    exposed = _EXPOSED_LINE.search(source)
    if exposed is None:
        raise VbaProjectError("mã nguồn của mô-đun lớp thiếu dòng Attribute VB_Exposed.")
    base = "" if "Attribute VB_Base" in source[: exposed.start()] else _BASE
    origin = "" if source.startswith("Attribute VB_TemplateDerived", exposed.end()) else _ORIGIN
    parts = (source[:after_name], base, source[after_name : exposed.end()], origin, source[exposed.end() :])
    return "".join(parts)
