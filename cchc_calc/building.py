"""Rebuild the finished files officials download, and tell whether the committed ones are current."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cchc_calc.checking import check
from cchc_calc.errors import FormError
from cchc_calc.excel.template import write_template
from cchc_calc.form_files import editions, form_ids, load_form
from cchc_calc.reading import read_report

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER: Final = "workbooks"
EXAMPLES: Final = "vi-du"


def build_all(root: Path) -> tuple[Path, ...]:
    """Write every workbook anew under ``root/workbooks`` and return their paths."""
    return tuple(_write_all(root, root / FOLDER))


def differences(root: Path) -> tuple[str, ...]:
    """Name the workbooks under ``root`` that differ from what would be built now, or are missing.

    What is compared is every part inside, not the packed bytes: another zlib packs the same parts into
    other bytes.
    """
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder)
        (target / EXAMPLES).mkdir()
        built = _write_all(root, target)
        names = [path.relative_to(target) for path in built]
        return tuple(f"{FOLDER}/{name}" for name in names if _parts(target / name) != _parts(root / FOLDER / name))


def _write_all(root: Path, target: Path) -> Iterator[Path]:
    if not (root / FOLDER / EXAMPLES).is_dir():
        msg = f"không thấy thư mục {FOLDER}/{EXAMPLES}; hãy chạy lệnh này trong thư mục gốc của mã nguồn"
        raise FormError(msg)
    for name in form_ids():
        for edition in editions(name):
            path = target / f"{name}-{edition}.xlsx"
            write_template(path, load_form(name, edition))
            yield path
    for source in sorted((root / FOLDER / EXAMPLES).glob("*.txt")):
        result = check(read_report(source))
        if result.report.form is not None:
            path = target / EXAMPLES / f"{source.stem}.xlsx"
            write_template(
                path, result.report.form, unit=result.report.unit, period=result.report.period, result=result
            )
            yield path


def _parts(path: Path) -> dict[str, bytes]:
    if not path.is_file():
        return {}
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}
