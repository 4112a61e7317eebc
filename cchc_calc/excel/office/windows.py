r"""What the registry of Windows says of Excel: version, bits, and what it lets macros do."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable

    Lookup: TypeAlias = Callable[[str, str, str], str | int | None]

MACROS_ASKED, MACROS_SIGNED_ONLY, MACROS_OFF = 2, 3, 4
"""Values of VBAWarnings; 1 lets every macro run."""

_MACHINE, _USER, _CLASSES = "HKEY_LOCAL_MACHINE", "HKEY_CURRENT_USER", "HKEY_CLASSES_ROOT"
_CLICK_TO_RUN: Final = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
_APP_PATH: Final = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
_SHELL_FOLDERS: Final = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
_ROOTS: Final = (r"SOFTWARE\Microsoft\Office", r"SOFTWARE\WOW6432Node\Microsoft\Office")
_BITS: Final = {"x64": 64, "x86": 32}


@dataclass(frozen=True, slots=True)
class Excel:
    """Excel as it is installed: ``bits`` is 0 where the registry does not tell.

    ``macros`` is the value of VBAWarnings, ``macros_by_policy`` whether the office's administrator set it, and
    ``blocks_web_macros`` whether he forbids macros in files from the internet.
    """

    version: str
    bits: int = 64
    from_store: bool = False
    macros: int = MACROS_ASKED
    macros_by_policy: bool = False
    blocks_web_macros: bool = False

    @property
    def release(self) -> int:
        """The number of the release: 14 is Excel 2010, 16 is Excel 2016 and later."""
        return int(self.version.partition(".")[0])


def find_excel(lookup: Lookup) -> Excel | None:
    r"""Find Excel in the registry; ``lookup`` gives the value of a hive, a key and a name, or None.

    >>> registry = {("HKEY_CLASSES_ROOT", r"Excel.Application\CurVer", ""): "Excel.Application.16"}
    >>> find_excel(lambda *place: registry.get(place))
    Excel(version='16.0', bits=0, from_store=False, macros=2, macros_by_policy=False, blocks_web_macros=False)
    """
    program = lookup(_MACHINE, _APP_PATH, "") or lookup(_USER, _APP_PATH, "")
    registered = str(lookup(_CLASSES, r"Excel.Application\CurVer", "") or "")
    if not program and not registered:
        return None
    release = registered.rpartition(".")[2] if registered[-1:].isdigit() else "16"
    version = lookup(_MACHINE, _CLICK_TO_RUN, "VersionToReport") or f"{release}.0"
    security = rf"Microsoft\Office\{release}.0\Excel\Security"
    by_user = lookup(_USER, rf"SOFTWARE\{security}", "VBAWarnings")
    by_policy = lookup(_USER, rf"SOFTWARE\Policies\{security}", "VBAWarnings")
    return Excel(
        version=str(version),
        bits=_bits(lookup, release),
        from_store="windowsapps" in str(program or "").lower(),
        macros=int(by_policy or by_user or MACROS_ASKED),
        macros_by_policy=by_policy is not None,
        blocks_web_macros=lookup(_USER, rf"SOFTWARE\Policies\{security}", "blockcontentexecutionfrominternet") == 1,
    )


def documents_folder(lookup: Lookup) -> str:
    """Return the user's folder of documents as Windows knows it, which may hold %NAMES%; empty where unknown."""
    return str(lookup(_USER, _SHELL_FOLDERS, "Personal") or "")


def _bits(lookup: Lookup, release: str) -> int:
    """Return 64 or 32, or 0 where nothing tells."""
    told = [lookup(_MACHINE, _CLICK_TO_RUN, "Platform")]
    told += [lookup(_MACHINE, rf"{root}\{release}.0\Outlook", "Bitness") for root in _ROOTS]
    for platform in told:
        if platform in _BITS:
            return _BITS[str(platform)]
    for root, bits in zip(_ROOTS, (64, 32), strict=True):
        if lookup(_MACHINE, rf"{root}\{release}.0\Excel\InstallRoot", "Path"):
            return bits
    return 0


if sys.platform == "win32":
    import winreg

    def registry_value(hive: str, key: str, name: str) -> str | int | None:
        """Look a value up in the registry of this machine; None where it is not there."""
        # A 32-bit Python would otherwise be shown the part for 32-bit programs only.
        access = winreg.KEY_READ | winreg.KEY_WOW64_64KEY
        try:
            with winreg.OpenKey(getattr(winreg, hive), key, 0, access) as opened:
                value = winreg.QueryValueEx(opened, name)[0]
        except OSError:
            return None
        return value if isinstance(value, str | int) else None

else:

    def registry_value(hive: str, key: str, name: str) -> str | int | None:  # noqa: ARG001 - as on Windows
        """Find nothing: this machine has no registry."""
        return None
