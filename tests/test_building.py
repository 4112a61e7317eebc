"""The committed workbooks are what would be built now."""

import shutil
from pathlib import Path

from cchc_calc.building import build_all, differences

ROOT = Path(__file__).parents[1]


def test_the_committed_workbooks_are_current():
    assert differences(ROOT) == ()


def test_a_changed_or_missing_workbook_is_named(tmp_path):
    shutil.copytree(ROOT / "workbooks", tmp_path / "workbooks")
    built = build_all(tmp_path)
    assert differences(tmp_path) == ()
    built[0].write_bytes(built[1].read_bytes())
    built[1].unlink()
    names = {path.relative_to(tmp_path).as_posix() for path in built[:2]}
    assert set(differences(tmp_path)) == names
