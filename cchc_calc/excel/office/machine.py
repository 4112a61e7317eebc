"""The machine that Excel is to call Python on: everything about it that an examination or an installation asks."""

from __future__ import annotations

import locale
import os
import re
import stat
import struct
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib import metadata
from pathlib import Path, PurePath, PureWindowsPath
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.host import FUNCTIONS_MODULE
from cchc_calc.excel.macros.xlwings_settings import INTERPRETER
from cchc_calc.excel.office.windows import Excel, documents_folder, find_excel, registry_value
from cchc_calc.excel.office.xlwings_conf import PLACE

if TYPE_CHECKING:
    from collections.abc import Mapping

WINDOWS: Final = "win32"
_LOCAL, _ROAMING, _PROFILE = "LOCALAPPDATA", "APPDATA", "USERPROFILE"
_CLOUDS: Final = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_PIN: Final = re.compile(r"xlwings==([0-9.]+)")
_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Machine:
    """What was found; paths are those of the machine, so that a Windows machine can be described anywhere.

    ``python`` is the interpreter that runs us and ``python_home`` where it was installed first, ``code_page`` what
    Excel's VBA can hold (a codec of Python), ``functions_error`` what a fresh Python said when it loaded the
    functions (empty: nothing), ``folder`` where the templates go, ``files`` those that exist of the files we ask
    about, ``settings`` the content of xlwings' file of the user.
    """

    platform: str
    python: PurePath
    python_home: PurePath
    python_version: tuple[int, ...]
    python_bits: int
    home: PurePath
    folder: PurePath
    code_page: str
    xlwings_pin: str
    packages: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    functions_error: str = ""
    excel: Excel | None = None
    files: frozenset[PurePath] = frozenset()
    settings: bytes | None = None
    settings_read_only: bool = False

    @property
    def is_windows(self) -> bool:
        """Whether Excel can call Python here."""
        return self.platform == WINDOWS

    @property
    def interpreter(self) -> PurePath:
        """The Python without a window, beside the one that runs us."""
        return self.python.with_name("pythonw.exe")

    @property
    def expected_interpreter(self) -> PurePath | None:
        """The Python that our workbooks look for; None where Windows does not say where the user's programs are."""
        _, *parts = PureWindowsPath(INTERPRETER).parts
        local = self.environment.get(_LOCAL)
        return type(self.python)(local, *parts) if local else None

    @property
    def settings_path(self) -> PurePath:
        """The user's file of xlwings' settings."""
        return self.home.joinpath(*PLACE)

    @property
    def library_names(self) -> tuple[str, ...]:
        """The files by which Excel reaches Python: of Excel's bits, not of Python's."""
        bits = (self.excel.bits,) if self.excel and self.excel.bits else (64, 32)
        return tuple(f"xlwings{number}-{self.xlwings_pin}.dll" for number in bits)

    @property
    def libraries(self) -> tuple[PurePath, ...]:
        """Every place where xlwings' VBA looks for them."""
        beside = self.interpreter.parent
        return tuple(folder / name for name in self.library_names for folder in (beside, beside.parent))


def portable(machine: Machine, path: PurePath) -> str:
    """Write a path for the settings: by the names of Windows where it lies in the user's own folders."""
    for name in (_LOCAL, _ROAMING, _PROFILE):
        folder = machine.environment.get(name)
        if folder and path.is_relative_to(folder):
            return "\\".join((f"%{name}%", *path.relative_to(folder).parts))
    return str(path)


def is_synchronised(folder: PurePath, environment: Mapping[str, str]) -> bool:
    r"""Tell whether a folder is kept in the cloud by OneDrive or SharePoint.

    >>> is_synchronised(PureWindowsPath(r"C:\Users\lan\OneDrive - UBND\CCHC"), {})
    True
    """
    clouds = (environment.get(name) for name in _CLOUDS)
    if any(cloud and folder.is_relative_to(cloud) for cloud in clouds):
        return True
    return any(part.lower().startswith(("onedrive", "sharepoint")) for part in folder.parts)


def this_machine(folder: Path | None = None) -> Machine:
    """Describe the machine that runs us; ``folder`` is where the templates go, else CCHC in the user's documents.

    Documents that OneDrive keeps are passed over for the user's own folder: xlwings and OneDrive do not go together.
    Takes a fraction of a second, because a fresh Python is asked to load the functions. Nothing is written.
    """
    home, python = Path.home(), Path(sys.executable)
    environment = {name: os.environ[name] for name in (_LOCAL, _ROAMING, _PROFILE, *_CLOUDS) if name in os.environ}
    settings = home.joinpath(*PLACE)
    if folder is None:
        documents = Path(os.path.expandvars(documents_folder(registry_value)) or home / "Documents")
        folder = (home if is_synchronised(documents, environment) else documents) / "CCHC"
    found = Machine(
        platform=sys.platform,
        python=python,
        python_home=Path(sys.base_prefix),
        python_version=sys.version_info[:3],
        python_bits=struct.calcsize("P") * 8,
        home=home,
        folder=folder.absolute(),
        code_page=locale.getencoding(),
        xlwings_pin=_pinned_xlwings(),
        packages=_installed(),
        environment=environment,
        functions_error=_functions_error(python, home),
        excel=find_excel(registry_value),
        settings=settings.read_bytes() if settings.is_file() else None,
        settings_read_only=settings.is_file() and not settings.stat().st_mode & stat.S_IWUSR,
    )
    asked = {found.interpreter, *found.libraries, *(folder.absolute().iterdir() if folder.is_dir() else ())}
    return replace(found, files=frozenset(path for path in asked if Path(path).is_file()))


def _pinned_xlwings() -> str:
    """Read the version that our workbooks are made for, where it is written once: in what the package requires."""
    try:
        required = metadata.requires("cchc_calc") or []
    except metadata.PackageNotFoundError:
        return ""
    pins = (_PIN.fullmatch(requirement) for requirement in required)
    return next((pin[1] for pin in pins if pin), "")


def _installed() -> dict[str, str]:
    found = {}
    for name in ("cchc_calc", "xlwings", "pywin32"):
        with suppress(metadata.PackageNotFoundError):
            found[name] = metadata.version(name)
    return found


def _functions_error(python: Path, home: Path) -> str:
    """Load the functions as Excel will: in a fresh Python, from another folder than ours."""
    command = [str(python), "-c", f"import {FUNCTIONS_MODULE}"]
    try:
        process = subprocess.run(  # noqa: S603 - the interpreter that runs us, and our own module
            command, cwd=home, capture_output=True, check=False, timeout=_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return f"{type(error).__name__}"
    said = process.stderr.decode(errors="replace").strip()
    return (said.splitlines() or ["Python dừng mà không nói vì sao"])[-1] if process.returncode else ""
