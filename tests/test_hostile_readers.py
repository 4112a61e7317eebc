"""What passes is read alike: by the fast and the careful reader, by openpyxl both ways, and after LibreOffice."""

from __future__ import annotations

import io
import warnings
from decimal import Decimal

import openpyxl
import pytest
from filled_forms import FORM
from hostile.cell_cases import NAMED, built
from hostile.cells import BASES, place
from openpyxl.utils.escape import unescape
from spreadsheet import save_as

from cchc_calc import read_report
from cchc_calc.errors import SourceRefusedError
from cchc_calc.excel.readers.careful import read_workbook
from cchc_calc.excel.readers.fast import read_workbook_fast
from cchc_calc.gate import admit_bytes

FILES = {
    f"{name} ({base})": (case, base)
    for name, case in NAMED.items()
    for base in BASES
    if base in case.get("bases", BASES)
}
PASSING = {name: file for name, file in FILES.items() if file[0]["outcome"] in {"OK", "NORMALISED", "WARN"}}
COMPUTED_ANEW = {"C22", "C24", "C25"}
"""Under these LibreOffice computes another result, or cannot compute it."""


def read_or_refused(read, data):
    try:
        return read(admit_bytes("a.xlsx", data))
    except SourceRefusedError as refusal:
        return refusal.code


@pytest.mark.parametrize("name", FILES)
def test_the_fast_reader_says_what_the_careful_one_says_or_nothing(name):
    data = built(*FILES[name])
    fast, careful = read_or_refused(read_workbook_fast, data), read_or_refused(read_workbook, data)
    assert fast in (None, careful)


def stored(data, *, read_only):
    """What openpyxl finds in the value cells of the form, by place."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, read_only=read_only)
    try:
        rows = book["Biểu mẫu"].iter_rows(min_col=4, max_col=4)
        return {cell.coordinate: cell.value for (cell,) in rows if cell.value not in (None, "")}
    finally:
        book.close()


def seen(document):
    """What our readers find in the value cells of the form, by place: the number, or else the text."""
    table = next(table for table in document.tables if table.name == "Biểu mẫu")
    cells = ((cell.where.rpartition("!")[2], cell) for row in table.rows for cell in row if cell.text)
    return {at: cell.text if cell.number is None else cell.number for at, cell in cells if at[0] == "D"}


@pytest.mark.parametrize("name", PASSING)
def test_openpyxl_finds_the_same_figures(name):
    data = built(*PASSING[name])
    places = [place(PASSING[name][1], row.address) for row in FORM.rows]
    ours = seen(read_workbook(admit_bytes("a.xlsx", data)))
    for read_only in (False, True):
        theirs = stored(data, read_only=read_only)
        for at in places:
            assert same(ours.get(at), theirs.get(at)), at


def same(ours, theirs):
    if isinstance(ours, Decimal):
        return isinstance(theirs, int | float) and abs(float(ours) - theirs) < 1e-9
    # openpyxl leaves letters as they are written that XML cannot hold.
    return ours == (unescape(theirs) if isinstance(theirs, str) else theirs)


def figures(path):
    """Content of every input row, and what the computed ones print."""
    report = read_report(path)
    return {
        address: entry.content if FORM.row(address).is_input else entry.declared and entry.declared.value
        for address, entry in report.entries.items()
    }


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.usefixtures("soffice")
def test_libreoffice_saves_the_same_figures(tmp_path):
    sources = {f"good {base}": BASES[base]() for base in BASES} | {
        name: built(case, base)
        for name, (case, base) in PASSING.items()
        if base == "office" and case.get("code") not in COMPUTED_ANEW
    }
    paths = [tmp_path / f"{number}.xlsx" for number in range(len(sources))]
    for path, data in zip(paths, sources.values(), strict=True):
        path.write_bytes(data)
    for kind in ("xlsx", "ods"):
        saved = save_as(paths, kind, tmp_path / kind)
        for name, source, result in zip(sources, paths, saved, strict=True):
            assert figures(result) == figures(source), name
