"""LibreOffice with our extension installed as a user installs it, and formulas computed by it, many in one run."""

from __future__ import annotations

import atexit
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter
from golden_functions import Case, Cell, ErrorValue, Missing
from openpyxl.utils.cell import get_column_letter
from spreadsheet import POISON_NUMBER, RECALCULATE_ALWAYS, find_soffice, read_values, recalculate, warm_profile

from cchc_calc.excel.libreoffice.addin import build_addin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

# Far from all inputs, so that a formula over whole columns does not meet itself.
_RESULT_COLUMN = 700
_SECONDS_TO_INSTALL = 120
_NOBODY = 65534
_ERROR_FORMULAS = {
    "#DIV/0!": "=1/0",
    "#N/A": "=NA()",
    "#NUM!": "=SQRT(-1)",
    "#REF!": "=#REF!",
    "#VALUE!": '=1+"chữ"',
    "#NAME?": "=KHONG_CO_HAM_NAY()",
}

Answer = object


@dataclass(frozen=True, slots=True)
class Formula:
    """A formula, the cells it reads (by address; text with = is a formula) and the size of its result."""

    text: str
    cells: Mapping[str, Cell] = field(default_factory=dict)
    rows: int = 1
    columns: int = 1


def compute_formulas(formulas: Sequence[Formula], *, profile: Path | None = None) -> list[Answer]:
    """Let LibreOffice compute formulas as written for Excel, each on a sheet of its own, in one run.

    Returns for every formula a value, or rows of values where its result has more than one cell: a number, a
    text, "" or an error as "#VALUE!" (which is how LibreOffice stores errors of its own, such as Err:511).
    """
    with tempfile.TemporaryDirectory(prefix="cchc-formulas-") as place:
        book = Path(place) / "formulas.xlsx"
        _write_formulas(book, formulas)
        (result,) = recalculate([book], Path(place) / "computed", profile=profile or addin_profile())
        values = read_values(result)
    return [_answer(values[_sheet(number)], formula) for number, formula in enumerate(formulas)]


def call_all(cases: Sequence[Case]) -> list[Answer]:
    """Answer cases of the golden table: every argument in cells of a sheet, no literal."""
    return compute_formulas([_formula(case) for case in cases])


@cache
def addin_profile() -> Path:
    """Make a profile in which the extension is installed."""
    return install(build_addin())


def install(addin: bytes) -> Path:
    """Make a profile and install an extension there by LibreOffice's own program, for this user alone."""
    soffice = find_soffice()
    if soffice is None:
        message = "LibreOffice is not installed"
        raise RuntimeError(message)
    folder = Path(tempfile.mkdtemp(prefix="cchc-addin-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    profile, package = folder / "profile", folder / "cchc_calc.oxt"
    shutil.copytree(warm_profile(soffice, RECALCULATE_ALWAYS), profile)
    package.write_bytes(addin)
    # The program refuses to install for root, as which tests may run.
    user = _NOBODY if os.geteuid() == 0 else None
    if user is not None:
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user, user)
    unopkg = soffice.resolve().with_name("unopkg")
    done = subprocess.run(
        [str(unopkg), "add", "--verbose", f"-env:UserInstallation={profile.as_uri()}", str(package)],
        env=os.environ | {"HOME": str(folder)},
        user=user,
        group=user,
        extra_groups=None if user is None else [],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=_SECONDS_TO_INSTALL,
        check=False,
    )
    if done.returncode or "unopkg done" not in done.stdout:
        message = f"the extension was not installed\n{done.stdout}\n{done.stderr}"
        raise RuntimeError(message)
    return profile


def _write_formulas(path: Path, formulas: Sequence[Formula]) -> None:
    with xlsxwriter.Workbook(path) as book:
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for number, formula in enumerate(formulas):
            sheet = book.add_worksheet(_sheet(number))
            for address, cell in formula.cells.items():
                _write_cell(sheet, address, cell, day)
            first, last = _result_address(0, 0), _result_address(formula.rows - 1, formula.columns - 1)
            if first == last:
                sheet.write_formula(first, formula.text, None, POISON_NUMBER)
            else:
                sheet.write_array_formula(f"{first}:{last}", f"{{{formula.text}}}", None, POISON_NUMBER)


def _write_cell(sheet: xlsxwriter.worksheet.Worksheet, address: str, cell: Cell, day: object) -> None:
    if isinstance(cell, ErrorValue):
        sheet.write_formula(address, _ERROR_FORMULAS[cell.name], None, cell.name)
    elif isinstance(cell, str) and cell.startswith("="):
        sheet.write_formula(address, cell, None, POISON_NUMBER)
    elif isinstance(cell, str):
        sheet.write_string(address, cell)
    elif isinstance(cell, date):
        sheet.write_datetime(address, cell, day)
    elif cell is not None:
        sheet.write(address, cell)


def _answer(values: Mapping[str, object], formula: Formula) -> Answer:
    rows = [
        [values.get(_result_address(row, column), "") for column in range(formula.columns)]
        for row in range(formula.rows)
    ]
    assert not any(POISON_NUMBER in row for row in rows), f"{formula.text} was not computed"
    return rows[0][0] if formula.rows == formula.columns == 1 else rows


def _formula(case: Case) -> Formula:
    cells: dict[str, Cell] = {}
    references, column = [], 1
    for argument in case.arguments:
        if isinstance(argument, Missing):
            references.append("")
            continue
        addresses = [[_address(row, column + place) for place in range(len(line))] for row, line in enumerate(argument)]
        cells |= dict(zip(chain(*addresses), chain(*argument), strict=True))
        first, last = addresses[0][0], addresses[-1][-1]
        references.append(first if first == last else f"{first}:{last}")
        column += len(argument[0])
    while references and not references[-1]:
        references.pop()
    expected = case.expected if isinstance(case.expected, list) else [[case.expected]]
    return Formula(f"={case.function}({','.join(references)})", cells, len(expected), len(expected[0]))


def _result_address(row: int, column: int) -> str:
    return _address(row, _RESULT_COLUMN + column)


def _address(row: int, column: int) -> str:
    return f"{get_column_letter(column)}{row + 1}"


def _sheet(number: int) -> str:
    return f"F{number}"
