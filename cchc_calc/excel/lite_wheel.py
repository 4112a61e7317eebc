"""The functions of the cells as a package for the Python of a browser, such as xlwings Lite has.

It holds what the functions need and asks for no other package. It is imported as ``cchc_calc`` but installed
under a name of its own, so that no installer takes it for the whole library.
"""

from __future__ import annotations

import base64
import hashlib
from importlib.metadata import distribution
from typing import TYPE_CHECKING, Final

from cchc_calc.atomic import replacing
from cchc_calc.excel.core_files import core_files
from cchc_calc.excel.packing import packed
from cchc_calc.version import VERSION

if TYPE_CHECKING:
    from pathlib import Path

LITE_WHEEL: Final = f"cchc_calc_lite-{VERSION}-py3-none-any.whl"
"""The name of the file, which installers read."""

_INFO: Final = f"cchc_calc_lite-{VERSION}.dist-info"
_METADATA: Final = f"""\
Metadata-Version: 2.4
Name: cchc-calc-lite
Version: {VERSION}
Summary: The CCHC_* functions of cchc_calc for spreadsheets that run Python in the browser.
License-Expression: MIT
License-File: LICENSE
Requires-Python: >=3.11
"""
_WHEEL: Final = f"""\
Wheel-Version: 1.0
Generator: cchc_calc {VERSION}
Root-Is-Purelib: true
Tag: py3-none-any
"""


def write_lite_wheel(path: Path) -> None:
    """Write the package; the same library gives the same parts, without a time in them.

    >>> import tempfile, zipfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_lite_wheel(Path(folder) / LITE_WHEEL)
    ...     "cchc_calc/excel/udf.py" in zipfile.ZipFile(Path(folder) / LITE_WHEEL).namelist()
    True
    """
    parts = core_files() | {
        f"{_INFO}/licenses/LICENSE": _licence().encode(),
        f"{_INFO}/METADATA": _METADATA.encode(),
        f"{_INFO}/WHEEL": _WHEEL.encode(),
    }
    record = "".join(f"{name},{_digest(content)},{len(content)}\n" for name, content in parts.items())
    parts[f"{_INFO}/RECORD"] = f"{record}{_INFO}/RECORD,,\n".encode()
    with replacing(path) as part:
        part.write_bytes(packed(parts))


def _licence() -> str:
    return distribution("cchc_calc").read_text("licenses/LICENSE") or ""


def _digest(content: bytes) -> str:
    digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest())
    return f"sha256={digest.rstrip(b'=').decode()}"
