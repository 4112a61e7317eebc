"""What LibreOffice has to be told about the extension and its functions, in its own file formats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from cchc_calc.excel.cell_functions import cell_functions, help_of
from cchc_calc.excel.libreoffice.arguments import argument_types
from cchc_calc.excel.udf import ARGUMENTS
from cchc_calc.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Callable

IDENTIFIER: Final = "vn.cchc.calc"
SERVICE: Final = "vn.cchc.Functions"
INTERFACE: Final = "vn.cchc.XFunctions"

INTERFACE_FILE: Final = "functions.idl"
HELP_FILE: Final = "CalcAddIns.xcu"
COMPONENT_FILE: Final = "component.py"
ABOUT_FILE: Final = "about.txt"

NAME: Final = "Hàm CCHC: tính tỷ lệ và kiểm tra biểu mẫu cải cách hành chính"
ABOUT: Final = (
    "Thêm vào Calc các hàm CCHC_…: tỷ lệ đúng hạn, trực tuyến, bưu chính; mục tiêu, xếp loại; tính và kiểm tra cả "
    "biểu mẫu. Tên hàm và kết quả như trong Excel. Cần LibreOffice có Python 3.11 trở lên (trên Windows: từ bản "
    "26.2). Phần mềm tự do, giấy phép MIT.\n"
)

_MANIFEST: Final = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">
<manifest:file-entry manifest:full-path="{INTERFACE_FILE}" \
manifest:media-type="application/vnd.sun.star.uno-typelibrary;type=RDB"/>
<manifest:file-entry manifest:full-path="{HELP_FILE}" \
manifest:media-type="application/vnd.sun.star.configuration-data"/>
<manifest:file-entry manifest:full-path="{COMPONENT_FILE}" \
manifest:media-type="application/vnd.sun.star.uno-component;type=Python"/>
</manifest:manifest>
"""
_EXTENSION: Final = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<description xmlns="http://openoffice.org/extensions/description/2006" xmlns:xlink="http://www.w3.org/1999/xlink">
<identifier value="{IDENTIFIER}"/>
<version value="{VERSION}"/>
<display-name><name lang="en">{escape(NAME)}</name></display-name>
<extension-description><src xlink:href="{ABOUT_FILE}" lang="en"/></extension-description>
</description>
"""
_HELP: Final = f"""\
<?xml version="1.0" encoding="UTF-8"?>
<oor:component-data xmlns:oor="http://openoffice.org/2001/registry" oor:name="CalcAddIns" \
oor:package="org.openoffice.Office">
<node oor:name="AddInInfo"><node oor:name="{SERVICE}" oor:op="replace"><node oor:name="AddInFunctions">
{{functions}}</node></node></node>
</oor:component-data>
"""


def declarations() -> dict[str, bytes]:
    """Write every file in which LibreOffice reads what the extension is and which functions it has.

    >>> list(declarations())
    ['CalcAddIns.xcu', 'META-INF/manifest.xml', 'about.txt', 'description.xml', 'functions.idl']
    """
    texts = {
        HELP_FILE: _HELP.format(functions="".join(map(_function_help, cell_functions().items()))),
        "META-INF/manifest.xml": _MANIFEST,
        ABOUT_FILE: ABOUT,
        "description.xml": _EXTENSION,
        INTERFACE_FILE: _interface(),
    }
    return {path: text.encode() for path, text in texts.items()}


def _interface() -> str:
    """Declare the functions in the interface language of LibreOffice."""
    *modules, interface = INTERFACE.split(".")
    lines = [*(f"module {module} {{" for module in modules), f"interface {interface} {{"]
    for name, function in cell_functions().items():
        arguments = ", ".join(
            f"[in] {kind} {_identifier(argument)}" for argument, kind in argument_types(function).items()
        )
        lines.append(f"  any {name}({arguments});")
    lines += ["};"] * (len(modules) + 1)
    return "\n".join(lines) + "\n"


def _function_help(named: tuple[str, Callable[..., Any]]) -> str:
    name, function = named
    arguments = "".join(
        _node(_identifier(argument), _text("DisplayName", argument) + _text("Description", ARGUMENTS[argument]))
        for argument in argument_types(function)
    )
    category = '<prop oor:name="Category"><value>Add-In</value></prop>\n'
    return _node(
        name,
        _text("DisplayName", name)
        + _text("Description", help_of(function))
        + category
        + _text("CompatibilityName", name)
        + f'<node oor:name="Parameters">\n{arguments}</node>',
    )


def _identifier(argument: str) -> str:
    """Name an argument as the interface language allows, which takes no underscore among small letters."""
    return argument.replace("_", "")


def _node(name: str, content: str) -> str:
    return f'<node oor:name="{name}" oor:op="replace">{content}</node>\n'


def _text(name: str, text: str) -> str:
    # LibreOffice shows the English text wherever it has none in its own language.
    return f'<prop oor:name="{name}"><value xml:lang="en-US">{escape(text)}</value></prop>\n'
