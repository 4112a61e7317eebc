"""The committed workbooks, add-ins and macros are what would be built now."""

import shutil
from pathlib import Path

import pytest

from cchc_calc.building import build_all, differences

ROOT = Path(__file__).parents[1]


@pytest.fixture
def copy(tmp_path):
    """A copy of the built files."""
    for folder in ("workbooks", "macros"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    return tmp_path


def test_the_committed_files_are_current():
    assert differences(ROOT) == ()


@pytest.mark.long
def test_a_changed_or_missing_file_is_named(copy):
    built = build_all(copy)
    assert differences(copy) == ()
    kinds = {path.suffix: path for path in built}
    assert kinds.keys() == {".bas", ".cls", ".xlsx", ".xlsm", ".oxt", ".whl"}
    kinds[".xlsm"].write_bytes(kinds[".xlsx"].read_bytes())
    kinds[".oxt"].unlink()
    kinds[".bas"].write_bytes(kinds[".bas"].read_bytes() + b"x")
    names = {kinds[kind].relative_to(copy).as_posix() for kind in (".xlsm", ".oxt", ".bas")}
    assert set(differences(copy)) == names


def test_how_a_checkout_ends_its_lines_is_of_no_matter(copy):
    source = copy / "macros" / "xlwings_udfs.bas"
    source.write_bytes(b"\n".join(source.read_bytes().splitlines()) + b"\n")
    assert differences(copy) == ()
