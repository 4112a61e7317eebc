"""Windows machines for the tests, described on any machine: one where all is well, and what may be wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PureWindowsPath

from cchc_calc.excel.office.machine import Machine
from cchc_calc.excel.office.windows import Excel

PIN = "0.37.8"
INSTALLED = {"cchc_calc": "0.1.0", "xlwings": PIN, "pywin32": "311"}


HOME = PureWindowsPath(r"C:\Users\Lan")


def windows_machine(home=HOME, **differences):
    """Describe a machine where nothing is missing but what the installation writes, then change it."""
    local = home / "AppData" / "Local"
    place = local / "cchc_calc"
    machine = Machine(
        platform="win32",
        python=place / "Scripts" / "python.exe",
        python_home=local / "Programs" / "Python" / "Python312",
        python_version=(3, 12, 4),
        python_bits=64,
        home=home,
        folder=home / "Documents" / "CCHC",
        code_page="cp1252",
        xlwings_pin=PIN,
        packages=INSTALLED,
        environment={
            "LOCALAPPDATA": str(local),
            "APPDATA": str(home / "AppData" / "Roaming"),
            "USERPROFILE": str(home),
        },
        excel=Excel("16.0.17328.20184"),
        files=frozenset({place / "Scripts" / "pythonw.exe", place / f"xlwings64-{PIN}.dll"}),
    )
    return replace(machine, **differences)


def machine_in(folder: Path, **differences):
    """Describe the same machine with its files in a folder of this one, where it can be installed on."""
    return windows_machine(home=folder, **differences)
