"""Third-party workbooks, as public packages ship them for their own tests, patched without damage."""

import re
import shutil
import subprocess
import sys
import tarfile
import warnings
from pathlib import Path

import openpyxl
import pytest
import xlwings
from containers import parts_of
from spreadsheet import read_values, recalculate
from test_binding_cells import cells_of

from cchc_calc.errors import SourceRefusedError
from cchc_calc.excel.binding.new_cells import NewCell, with_new_cells
from cchc_calc.excel.binding.patched_package import patched
from cchc_calc.excel.binding.rate_styles import PERCENT, read_styles
from cchc_calc.excel.binding.sheet_cells import cell_name, read_sheet_cells
from cchc_calc.excel.binding.workbook_lists import plan_sheets, with_sheets
from cchc_calc.excel.readers.grid import LAST_ROW
from cchc_calc.excel.readers.workbook_parts import MAIN, read_workbook_parts
from cchc_calc.gate import admit_bytes

pytestmark = pytest.mark.slow

# Source packages that hold workbooks; those of openpyxl, XlsxWriter and (unbuilt) pandas hold none or cannot be
# had without building them.
PACKAGES = ("agate-excel==0.4.1", "csvkit==2.0.1", "pyexcel-xlsx==0.6.1", "tablib==3.8.0")
FEWEST = 20
SECONDS = 300
GRID_END = re.compile(rb"</sheetData>|<sheetData\s*/>")
HIDDEN = f'<worksheet xmlns="{MAIN}"><sheetData><row r="1"><c r="A1"><v>21</v></c></row></sheetData></worksheet>'


@pytest.fixture(scope="session")
def workbooks(request):
    """The workbooks by a name of their own, downloaded once and kept in the cache of pytest."""
    folder = request.config.cache.mkdir("source-packages")
    found = {f"xlwings-{path.name}": path.read_bytes() for path in Path(xlwings.__path__[0]).glob("*.xls[xm]")}
    for package in PACKAGES:
        for path in _unpacked(package, folder):
            found[f"{package.partition('=')[0]}-{path.stem}{path.suffix}"] = path.read_bytes()
    return found


def _unpacked(package, folder):
    place = folder / package
    if not place.is_dir():
        part = folder / f"{package}.part"
        shutil.rmtree(part, ignore_errors=True)
        options = ["--no-deps", "--no-binary", ":all:", "--disable-pip-version-check", "--quiet"]
        command = [sys.executable, "-m", "pip", "download", *options, "--dest", str(part), package]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)
        except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
            pytest.skip(f"{package} cannot be had from the package index: {str(error.stderr)[-200:]}")
        with tarfile.open(next(part.glob("*.tar.gz"))) as archive:
            archive.extractall(part, filter="data")
        part.rename(place)
    return sorted(path for path in place.rglob("*.xls[xm]") if path.is_file())


def patch(name, data):
    """Put formulas into a cell that is there, one that is not, and one below all rows; give the new bytes."""
    admitted = admit_bytes(name, data)
    package, parts = admitted.parts, read_workbook_parts(admitted.parts)
    sheet = parts.sheets[0]
    cells = read_sheet_cells(name, sheet.name, package.read(sheet.part))
    there = [(row, column) for row, line in cells.rows.items() for column in line.cells]
    free = [place for place in there if not cells.obstacle(place)]
    last = max(cells.rows, default=0)
    width = max((column for _, column in there), default=0)
    places = [*free[: len(free) // 2 : 7], (min(last + 3, LAST_ROW), 2)]
    if last:
        places.append((last, width + 2))
    (added,) = plan_sheets(package, parts.workbook, {"CCHC_TINH": True})
    styles = read_styles(name, package.read(parts.styles))
    wanted = frozenset({(cells.style(place), PERCENT) for place in places})
    styles_xml, copies = styles.with_formats(wanted)
    new = {place: NewCell(f"={added.name}!A1*2", 42, copies[cells.style(place), PERCENT]) for place in places}
    changes = with_sheets(package, parts.workbook, [added])
    changes |= {added.part: HIDDEN.encode(), sheet.part: with_new_cells(cells, new), parts.styles: styles_xml}
    return patched(package, changes), sheet, set(new), changes


@pytest.fixture(scope="session")
def patches(workbooks, tmp_path_factory):
    """The workbooks that can be read at all, before and after, as files."""
    folder = tmp_path_factory.mktemp("gắn")
    made = {}
    for name, data in workbooks.items():
        try:
            new, sheet, places, changes = patch(name, data)
        except SourceRefusedError:
            continue
        before, after = folder / name, folder / f"moi-{name}"
        before.write_bytes(data)
        after.write_bytes(new)
        made[name] = before, after, sheet, places, changes
    assert len(made) >= FEWEST, f"of {len(workbooks)} workbooks only {len(made)} can be read"
    return made


def test_all_other_parts_are_kept_byte_for_byte(patches):
    for name, (before, after, _, _, changes) in patches.items():
        old, new = parts_of(before.read_bytes()), parts_of(after.read_bytes())
        # A folder of the package is no part, and is not written again.
        old = {part: content for part, content in old.items() if not part.endswith("/")}
        dropped = {part for part, content in changes.items() if content is None}
        assert dropped <= {"xl/calcChain.xml"}, name
        assert new.keys() == old.keys() - dropped | {"xl/worksheets/cchc.xml"}, name
        assert all(new[part] == old[part] for part in old.keys() - changes.keys()), name


def test_all_other_cells_of_the_sheet_are_kept(patches):
    for name, (before, after, sheet, places, _) in patches.items():
        old, new = (parts_of(path.read_bytes())[sheet.part] for path in (before, after))
        old_cells, new_cells = cells_of(old), cells_of(new)
        assert new_cells.keys() == old_cells.keys() | places, name
        assert {at: new_cells[at] for at in old_cells.keys() - places} == {
            at: old_cells[at] for at in old_cells.keys() - places
        }, name
        # What stands around the grid is the same to the last byte.
        assert new.partition(b"<sheetData")[0] == old.partition(b"<sheetData")[0], name
        assert GRID_END.split(new)[-1] == GRID_END.split(old)[-1], name


def open_book(path):
    """Open a workbook with openpyxl; None for one that it cannot open."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return openpyxl.load_workbook(path)
        except KeyError:
            return None


def test_openpyxl_reads_what_it_read_before(patches):
    opened = 0
    for name, (before, after, sheet, places, _) in patches.items():
        old, new = open_book(before), open_book(after)
        assert (old is None) == (new is None), name
        if old is None:
            continue
        opened += 1
        assert new.sheetnames == [*old.sheetnames, "CCHC_TINH"], name
        for title in old.sheetnames:
            bound = {cell_name(place) for place in places} if title == sheet.name else set()
            # Some sheets have a cell in the last row of all, so the blank ones are not walked over.
            for place, cell in old[title]._cells.items():
                if cell.coordinate not in bound:
                    twin = new[title]._cells[place]
                    assert (twin.value, twin._style) == (cell.value, cell._style), (name, cell.coordinate)
            for address in bound:
                assert new[title][address].number_format == "0.00%", (name, address)
    assert opened >= FEWEST


def test_libreoffice_opens_and_computes_them(patches, soffice, tmp_path):  # noqa: ARG001 - marks the test
    # LibreOffice needs minutes to write a sheet that was filled down to its last row.
    chosen = [one for one in patches.values() if not any(row == LAST_ROW for row, _ in one[3])]
    results = recalculate([after for _, after, _, _, _ in chosen], tmp_path / "tinh")
    for (_, after, sheet, places, _), path in zip(chosen, results, strict=True):
        values = read_values(path)[sheet.name]
        assert {values.get(cell_name(place)) for place in places} == {42}, after.name
    assert len(chosen) >= FEWEST
