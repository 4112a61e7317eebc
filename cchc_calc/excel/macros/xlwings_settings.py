r"""How xlwings finds Python from a workbook: the sheet that it reads by its name.

xlwings asks this sheet first, then a file in the folder of the workbook, then one in the user's folder. Every
setting that decides what is run stands on the sheet, so that a file somebody has put beside the workbook
decides nothing.
"""

from __future__ import annotations

from typing import Final

from cchc_calc.excel.host import FUNCTIONS_MODULE

SETTINGS_SHEET: Final = "xlwings.conf"
"""The name is xlwings'."""

INTERPRETER: Final = r"%LOCALAPPDATA%\cchc_calc\Scripts\pythonw.exe"
"""A virtual environment in the user's own folder: the same place on every machine, whoever opens the file."""

SETTINGS: Final = {
    "INTERPRETER_WIN": INTERPRETER,
    "UDF MODULES": FUNCTIONS_MODULE,
    "PYTHONPATH": "",
    "ADD_WORKBOOK_TO_PYTHONPATH": "False",
    "USE UDF SERVER": "True",
    "DEBUG UDFS": "False",
    "SHOW CONSOLE": "False",
    "CONDA PATH": "",
    "CONDA ENV": "",
    "LICENSE_KEY": "",
    "ONEDRIVE_CONSUMER_WIN": "",
    "ONEDRIVE_COMMERCIAL_WIN": "",
    "SHAREPOINT_WIN": "",
}
"""Texts throughout: TRUE and FALSE would be words of the language that Excel speaks."""
