"""The files Excel asks for to show the add-in: its manifest, its page, its icons and its script."""

from __future__ import annotations

import struct
import zlib
from importlib import resources
from importlib.util import find_spec
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape

from cchc_calc.excel.server.errors import ServerSetupError
from cchc_calc.version import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterable

CALL_PATH: Final = "/custom-functions-call"
"""Where the client script sends every call."""

ICON_SIZES: Final = (16, 32, 64, 80)

_CLIENT_PACKAGE: Final = "xlwings_server"
_CLIENT_SCRIPT: Final = "static/js/custom-functions/custom-functions-code.js"
_OFFICE_SCRIPTS: Final = "static/vendor/office-js/*/dist"
_CLIENT_NOTICE: Final = """
/* The client script of xlwings Server. Required Notice: Copyright (C) Zoomer Analytics GmbH.
   PolyForm Noncommercial License 1.0.0, https://polyformproject.org/licenses/noncommercial/1.0.0 */
"""
_GREEN, _WHITE = b"\x1f\x6f\x43", b"\xff\xff\xff"


def add_in_file(name: str) -> str:
    """Read a file of the add-in as it is served.

    >>> add_in_file("task-pane.html").splitlines()[1]
    '<html lang="vi">'
    """
    return resources.files("cchc_calc.excel.server").joinpath("add_in", name).read_text(encoding="utf-8")


def manifest(address: str) -> str:
    """Write the file by which Excel gets to know the add-in served at ``address``.

    >>> [line.strip() for line in manifest("https://cchc.example.gov.vn").splitlines() if "<AppDomain>" in line]
    ['<AppDomain>https://cchc.example.gov.vn</AppDomain>']
    """
    # Excel tells add-ins apart by their id, and two servers are two add-ins.
    values = {
        "id": str(uuid5(NAMESPACE_URL, address)),
        "version": f"1.{VERSION}",
        "address": escape(address, {'"': "&quot;"}),
    }
    return Template(add_in_file("manifest.xml")).substitute(values)


def client_script(functions: Iterable[str]) -> str:
    """Put together the script that Excel runs: the way to the server, xlwings' client, and the functions.

    Raises ``ServerSetupError`` where the package that brings the client is missing or another one.
    """
    client = _client_file(_CLIENT_SCRIPT).read_text(encoding="utf-8")
    # The client tells the server what it was served with, so that each notices the other's update.
    client = client.replace("placeholder_xlwings_version", VERSION)
    client = client.replace("placeholder_custom_functions_call_path", CALL_PATH)
    return "".join([add_in_file("client.js"), _CLIENT_NOTICE, client, *map(_association, functions)])


def office_scripts() -> Path:
    """Find the folder of Microsoft's scripts for add-ins, which the package of the client brings along."""
    return _client_file(_OFFICE_SCRIPTS)


def icon(size: int) -> bytes:
    r"""Draw the icon of the add-in, three rising bars, as a PNG of so many pixels.

    >>> icon(16)[:4], len(icon(80)) < 400
    (b'\x89PNG', True)
    """
    lines = (b"\0" + b"".join(_pixel(x / size, y / size) for x in range(size)) for y in range(size))
    header = struct.pack(">2I5B", size, size, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"".join(lines), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(map(_chunk, *zip(*chunks, strict=True)))


def _association(name: str) -> str:
    options = f'{{ funcName: "{name}", isStreaming: false, isCached: false, callerScoped: false }}'
    call = f"async function {name}(...given) {{\n  return await base({options}, ...given);\n}}"
    return f'\n{call}\nCustomFunctions.associate("{name}", {name});\n'


def _client_file(pattern: str) -> Path:
    # Importing the package would run the settings and the scripts it finds in the current folder.
    package = find_spec(_CLIENT_PACKAGE)
    folders = package.submodule_search_locations or [] if package else []
    found = [path for folder in folders for path in Path(folder).glob(pattern)]
    if not found:
        msg = 'chưa cài phần máy chủ, hoặc cài bản khác; hãy chạy: pip install "cchc_calc[server]"'
        raise ServerSetupError(msg)
    return found[-1]


def _pixel(x: float, y: float) -> bytes:
    bar = int(x * 7)
    return _WHITE if bar % 2 and y < 0.85 and y > 0.7 - 0.12 * bar else _GREEN


def _chunk(kind: bytes, content: bytes) -> bytes:
    body = kind + content
    return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))
