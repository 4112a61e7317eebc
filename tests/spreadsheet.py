"""A real spreadsheet for the tests: LibreOffice recalculates a workbook whose stored results were falsified.

A workbook carries the result of every formula beside the formula. A test that reads those results back
proves nothing, so each is replaced by a poison before LibreOffice opens the file, and no poison may come
out again.
"""

from __future__ import annotations

import atexit
import math
import os
import re
import shutil
import signal
import subprocess
import tempfile
import warnings
import zipfile
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from openpyxl import load_workbook
from openpyxl.utils.cell import rows_from_range

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

Result = TypeVar("Result")

# No count, no measure and no rate of a form can be this number; a plain 999 can.
POISON_NUMBER = -999.0625
POISON_TEXT = "stale 999"

RECALCULATE_ALWAYS, RECALCULATE_NEVER = 0, 1

_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">\
<value>{recalculation}</value></prop></item>
<item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse">\
<value>vi</value></prop></item>
</oor:items>
"""

_FILTERS = {"xlsx": "xlsx:Calc MS Excel 2007 XML", "ods": "ods", "pdf": "pdf"}
# LibreOffice stores fifteen significant digits: half a unit of the last one, and the noise of a double.
_RELATIVE_PRECISION = 6e-15
_SECONDS_TO_START = 90
_SECONDS_A_FILE = 5
# A shell reports the death of its program by signal n as 128 + n.
_DIED = 128

_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
_CELL = re.compile(r"<c(\s[^>]*)(?<!/)>(.*?)</c>", re.DOTALL)
_ADDRESS = re.compile(r'\sr="([A-Z]+[0-9]+)"')
_TYPE = re.compile(r'\st="(\w+)"')
_FORMULA = re.compile(r"<f(?:\s[^>]*)?/>|<f[\s>].*?</f>", re.DOTALL)
_ARRAY_RANGE = re.compile(r'<f(?=\s[^>]*\bt="array")[^>]*\sref="([^"]+)"')
_TEXT_TYPES = frozenset({"str", "s", "inlineStr"})


class Poisoned(NamedTuple):
    """The XML of a sheet with falsified results, and how many cells hold one."""

    xml: str
    cells: int


class DiedError(RuntimeError):
    """A program did not end but died of a signal, as LibreOffice now and then does when it exits."""


def find_soffice() -> Path | None:
    """Find the program of LibreOffice, or None where it is not installed."""
    places = ("soffice", "libreoffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")
    return next((Path(found) for found in map(shutil.which, places) if found), None)


def recalculate(
    workbooks: Sequence[Path],
    folder: Path,
    *,
    recalculation: int = RECALCULATE_ALWAYS,
    profile: Path | None = None,
) -> list[Path]:
    """Falsify every stored result in copies of the workbooks and let one LibreOffice compute them anew.

    ``profile`` is the profile to start from where it is not the usual one: it is copied, not changed, and
    its own settings of recalculation hold.
    Returns the new .xlsx files in ``folder``, in the order given; the given files are not touched.
    Raises ValueError for two workbooks of one name, for a result that would replace its source and for a
    workbook without a formula; RuntimeError for a file that LibreOffice cannot convert.
    """
    results = {folder.resolve() / f"{path.stem}.xlsx" for path in workbooks}
    if len(results) < len(workbooks):
        raise ValueError("two workbooks have the same name")
    if results & {path.resolve() for path in workbooks}:
        raise ValueError("the results would replace the workbooks themselves: name another folder")
    with tempfile.TemporaryDirectory(prefix="cchc-poisoned-") as place:
        copies = [Path(place) / path.name for path in workbooks]
        for path, copy in zip(workbooks, copies, strict=True):
            _write_poisoned_copy(path, copy)
        return _convert(copies, "xlsx", folder, recalculation, profile)


def poison_sheet(xml: str) -> Poisoned:
    """Replace every stored result of a formula in the XML of one sheet; constants stay.

    >>> poison_sheet('<c r="A1"><v>1</v></c><c r="A2" s="3"><f>A1</f><v>1</v></c>')
    Poisoned(xml='<c r="A1"><v>1</v></c><c r="A2" s="3"><f>A1</f><v>-999.0625</v></c>', cells=1)
    >>> poison_sheet('<c r="A1" t="str"><f>"a"</f><v>a</v></c>').xml
    '<c r="A1" t="str"><f>"a"</f><v>stale 999</v></c>'
    """
    filled_by_arrays = {
        address for cells in _ARRAY_RANGE.findall(xml) for row in rows_from_range(cells) for address in row
    }
    count = 0

    def poison_cell(cell: re.Match[str]) -> str:
        nonlocal count
        attributes, content = cell.groups()
        formula = _FORMULA.search(content)
        address = _ADDRESS.search(attributes)
        if formula is None and (address is None or address[1] not in filled_by_arrays):
            return cell[0]
        count += 1
        kind = _TYPE.search(attributes)
        is_text = kind is not None and kind[1] in _TEXT_TYPES
        poison = f"<v>{POISON_TEXT if is_text else POISON_NUMBER}</v>"
        kept = _TYPE.sub("", attributes) + (' t="str"' if is_text else "")
        return f"<c{kept}>{formula[0] if formula else ''}{poison}</c>"

    return Poisoned(_CELL.sub(poison_cell, xml), count)


def read_values(path: Path) -> dict[str, dict[str, object]]:
    """Read the stored values: sheet name -> address -> int, float, bool, date, text or error such as "#N/A".

    Blank cells and formulas that give an empty text are not listed. Numbers are not rounded to the format.
    """
    with warnings.catch_warnings():
        # openpyxl warns of every extension that it does not read; only values are read here.
        warnings.simplefilter("ignore", UserWarning)
        book = load_workbook(path, data_only=True)
    return {
        sheet.title: {
            cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None
        }
        for sheet in book.worksheets
    }


def matches(stored: object, expected: object) -> bool:
    """Tell whether a value read back is the expected one: numbers to fifteen digits, all else exactly.

    >>> matches(0.333333333333333, Fraction(1, 3)), matches(None, 0)
    (True, False)
    """
    if isinstance(stored, int | float) and isinstance(expected, int | float | Decimal | Fraction):
        return math.isclose(stored, expected, rel_tol=_RELATIVE_PRECISION)
    return stored == expected


def assert_not_poisoned(values: dict[str, dict[str, object]]) -> None:
    """Fail if a falsified result survived or LibreOffice did not know a function; name the cells."""
    faults = [
        f"{sheet}!{address}: {value}"
        for sheet, cells in values.items()
        for address, value in cells.items()
        if value in (POISON_NUMBER, "#NAME?") or (isinstance(value, str) and POISON_TEXT in value)
    ]
    assert not faults, f"{len(faults)} cells were not computed: " + "; ".join(faults[:20])


def save_as(workbooks: Sequence[Path], kind: str, folder: Path, *, opened_by: str = "") -> list[Path]:
    """Let LibreOffice open workbooks and save them anew as ``kind``, without computing what is stored.

    ``opened_by`` is the filter that opens them, with its settings, where it is not to be found by the file.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return _convert(workbooks, kind, folder, RECALCULATE_NEVER, opened_by=opened_by)


def to_pdf(path: Path, folder: Path) -> Path:
    """Print a workbook to ``folder`` as LibreOffice would print it, in the Vietnamese locale."""
    return _convert([path], "pdf", folder, RECALCULATE_ALWAYS)[0]


def to_png(pdf: Path, folder: Path, dpi: int = 70) -> list[Path]:
    """Draw the pages of a PDF into ``folder``, one picture a page, in the order of the pages.

    Raises RuntimeError where pdftoppm (package poppler-utils) is not installed.
    """
    pdftoppm = shutil.which("pdftoppm")
    if pdftoppm is None:
        raise RuntimeError("pdftoppm is not installed: it is in the package poppler-utils")
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{pdf.stem}-*.png"):
        old.unlink()
    _run([pdftoppm, "-png", "-r", str(dpi), str(pdf), str(folder / pdf.stem)], _SECONDS_TO_START)
    return sorted(folder.glob(f"{pdf.stem}-*.png"))


def _write_poisoned_copy(workbook: Path, copy: Path) -> None:
    count = 0
    with zipfile.ZipFile(workbook) as source, zipfile.ZipFile(copy, "x", zipfile.ZIP_DEFLATED) as target:
        for part in source.infolist():
            content = source.read(part)
            if _SHEET_PART.fullmatch(part.filename):
                poisoned = poison_sheet(content.decode())
                content, count = poisoned.xml.encode(), count + poisoned.cells
            target.writestr(part, content)
    if not count:
        message = f"{workbook.name} holds no formula: there is nothing to recalculate"
        raise ValueError(message)


def _convert(
    sources: Sequence[Path],
    kind: str,
    folder: Path,
    recalculation: int,
    profile: Path | None = None,
    *,
    opened_by: str = "",
) -> list[Path]:
    soffice = find_soffice()
    if soffice is None:
        raise RuntimeError("LibreOffice is not installed")
    results = [folder / f"{source.stem}.{kind}" for source in sources]
    seconds = _SECONDS_TO_START + _SECONDS_A_FILE * len(sources)

    def convert() -> str:
        for result in results:
            result.unlink(missing_ok=True)
        with tempfile.TemporaryDirectory(prefix="cchc-profile-") as place:
            copy = Path(place) / "profile"
            shutil.copytree(profile or warm_profile(soffice, recalculation), copy)
            return _run(_conversion(soffice, copy, sources, kind, folder, opened_by), seconds)

    output = _once_more_after_death(convert)
    missing = [result.name for result in results if not result.exists()]
    if missing:
        message = f"LibreOffice did not write {', '.join(missing)}\n{output}"
        raise RuntimeError(message)
    return results


@cache
def warm_profile(soffice: Path, recalculation: int) -> Path:
    """Make a profile to be copied, with this setting for the recalculation of opened files."""
    # The first conversion fills the profile and takes four times as long as the next: it is paid once.
    return _once_more_after_death(lambda: _new_profile(soffice, recalculation))


def _new_profile(soffice: Path, recalculation: int) -> Path:
    profile = Path(tempfile.mkdtemp(prefix="cchc-profile-"))
    atexit.register(shutil.rmtree, profile, ignore_errors=True)
    (profile / "user").mkdir()
    settings = _SETTINGS.format(recalculation=recalculation)
    (profile / "user" / "registrymodifications.xcu").write_text(settings, encoding="utf-8")
    first = profile / "first.csv"
    first.write_text("1", encoding="utf-8")
    _run(_conversion(soffice, profile, [first], "pdf", profile), _SECONDS_TO_START)
    return profile


def _conversion(
    soffice: Path, profile: Path, sources: Sequence[Path], kind: str, folder: Path, opened_by: str = ""
) -> list[str]:
    start = [str(soffice), "--headless", "--norestore", f"-env:UserInstallation={profile.as_uri()}"]
    opening = [f"--infilter={opened_by}"] if opened_by else []
    return [*start, *opening, "--convert-to", _FILTERS[kind], "--outdir", str(folder), *map(str, sources)]


def _once_more_after_death(start: Callable[[], Result]) -> Result:
    """Start LibreOffice; where it died, what it left is of no use, and it starts once more from nothing."""
    try:
        return start()
    except DiedError as first:
        try:
            return start()
        except DiedError as second:
            raise DiedError(f"{second}\nand the time before: {first}") from None


def _run(command: list[str], seconds: int) -> str:
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        output, _ = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        # soffice is a script that starts the program proper: both have to go.
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        raise
    if process.returncode:
        message = f"{command[0]} ended with {process.returncode}\n{output}"
        raise RuntimeError(message) if 0 < process.returncode < _DIED else DiedError(message)
    return output
