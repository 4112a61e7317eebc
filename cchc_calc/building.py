"""Rebuild the finished files officials download, and tell whether the committed ones are current."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cchc_calc.atomic import replacing
from cchc_calc.checking import check
from cchc_calc.errors import FormError, SourceRefusedError
from cchc_calc.excel.consolidation.example import write_example
from cchc_calc.excel.finished_workbooks import CONSOLIDATION, NAMES, write_empty
from cchc_calc.excel.libreoffice.addin import ADDIN_NAME, write_addin
from cchc_calc.excel.lite_wheel import LITE_WHEEL, write_lite_wheel
from cchc_calc.excel.macros.sources import generated_sources
from cchc_calc.excel.objectives.workbook import write_objectives
from cchc_calc.excel.scoring.workbook import write_scores
from cchc_calc.excel.template import write_template
from cchc_calc.form_files import editions, form_ids, load_form
from cchc_calc.objective_reading import read_objectives
from cchc_calc.objectives.evaluation import evaluate_objectives
from cchc_calc.reading import read_report
from cchc_calc.score_reading import read_scores
from cchc_calc.scoring.scored_units import score_table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WORKBOOKS: Final = "workbooks"
MACROS: Final = "macros"
EXAMPLES: Final = "vi-du"


def build_all(root: Path) -> tuple[Path, ...]:
    """Write every workbook, add-in and generated macro anew under ``root`` and return their paths."""
    return tuple(_write_all(root, root))


def differences(root: Path) -> tuple[str, ...]:
    """Name the files under ``root`` that differ from what would be built now, or are missing.

    What is compared of a package is every part inside, not the packed bytes: another zlib packs the same
    parts into other bytes.
    """
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder)
        (target / WORKBOOKS / EXAMPLES).mkdir(parents=True)
        (target / MACROS).mkdir()
        names = [path.relative_to(target) for path in _write_all(root, target)]
        return tuple(name.as_posix() for name in names if _content(target / name) != _content(root / name))


def _write_all(root: Path, target: Path) -> Iterator[Path]:
    if not (root / WORKBOOKS / EXAMPLES).is_dir():
        msg = f"không thấy thư mục {WORKBOOKS}/{EXAMPLES}; hãy chạy lệnh này trong thư mục gốc của mã nguồn"
        raise FormError(msg)
    yield from _write_macros(target / MACROS)
    yield from _write_templates(target / WORKBOOKS)
    yield from _write_empty_workbooks(target / WORKBOOKS)
    yield from _write_examples(root / WORKBOOKS / EXAMPLES, target / WORKBOOKS / EXAMPLES)
    for name, write in ((ADDIN_NAME, write_addin), (LITE_WHEEL, write_lite_wheel)):
        path = target / WORKBOOKS / name
        write(path)
        yield path


def _write_macros(folder: Path) -> Iterator[Path]:
    for name, source in generated_sources().items():
        path = folder / name
        with replacing(path) as part:
            part.write_bytes(source.encode("ascii"))
        yield path


def _write_templates(folder: Path) -> Iterator[Path]:
    for name in form_ids():
        for edition in editions(name):
            for suffix in (".xlsx", ".xlsm"):
                path = folder / f"{name}-{edition}{suffix}"
                write_template(path, load_form(name, edition))
                yield path


def _write_empty_workbooks(folder: Path) -> Iterator[Path]:
    for name in NAMES:
        for suffix in (".xlsx", ".xlsm"):
            path = folder / f"{name}{suffix}"
            write_empty(path, name)
            yield path
    for suffix in (".xlsx", ".xlsm"):
        path = folder / f"{CONSOLIDATION}{suffix}"
        write_example(path)
        yield path


def _write_examples(sources: Path, folder: Path) -> Iterator[Path]:
    for source in sorted(sources.iterdir()):
        write = _example_writer(source)
        if write is not None:
            path = folder / f"{source.stem}.xlsx"
            write(path)
            yield path


def _example_writer(source: Path) -> Callable[[Path], None] | None:
    """Choose what an example becomes by what it holds; ``None`` for a workbook, and for prose alone."""
    if source.suffix == ".csv":
        scoring = score_table(read_scores(source))
        return lambda path: write_scores(path, scoring)
    if source.suffix != ".txt":
        return None
    result = check(read_report(source))
    report, form = result.report, result.report.form
    if form is not None:
        return lambda path: write_template(path, form, unit=report.unit, period=report.period, result=result)
    try:
        evaluation = evaluate_objectives(read_objectives(source))
    except SourceRefusedError as refused:
        if refused.code != "S10":
            raise
        return None
    return lambda path: write_objectives(path, evaluation)


def _content(path: Path) -> dict[str, bytes]:
    """Read the parts of a package, or the lines of a text; a file that is missing has none."""
    if not path.is_file():
        return {}
    if not zipfile.is_zipfile(path):
        return {"": b"\n".join(path.read_bytes().splitlines())}
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}
