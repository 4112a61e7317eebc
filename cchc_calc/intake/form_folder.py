"""The folder of a tally: one filled form for each unit, and the consolidated workbook."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cchc_calc.atomic import new_folder
from cchc_calc.dossiers.findings import about_counts
from cchc_calc.dossiers.totals import totals_of
from cchc_calc.errors import OutputError
from cchc_calc.excel.counted_forms import Counted
from cchc_calc.excel.prepared.form_writer import FormWriter
from cchc_calc.intake.unit_file_names import LONGEST
from cchc_calc.intake.unit_titles import file_names_of, titles_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from contextlib import AbstractContextManager

    from cchc_calc.catalogue import Form
    from cchc_calc.consolidation.register import Register
    from cchc_calc.consolidation.result import Consolidation
    from cchc_calc.dossiers.tally import Tally
    from cchc_calc.dossiers.totals import TallyTotals

    Watch = Callable[[int, str], AbstractContextManager[Callable[[], object]]]

FORMS_FOLDER: Final = "bieu-mau"
"""The folder of the units' forms inside that of a tally: those that the consolidated workbook adds up."""
OTHERS_FOLDER: Final = "bieu-mau-khac"
"""The folder of the forms of all other units, so that whoever consolidates the first one gets the same sums."""

_TOTAL: Final = "tong-hop"
_ENDINGS: Final = {"commune": "-cap-xa", "district": "-cap-huyen"}
_LONGEST_PATH: Final = 259
"""The path of a file on Windows has no more letters."""
_SHORTEST: Final = 24
_WHILE_WRITING: Final = 24
"""A folder and a file that are being written have longer names by so many letters."""


@dataclass(frozen=True, slots=True)
class FormFolder:
    """What was written: the form of each unit of the tally, in its order, and the consolidated workbooks.

    ``totals`` are what these show, and say which units are in none of them.
    """

    forms: tuple[Path, ...]
    workbooks: tuple[Path, ...]
    totals: TallyTotals


def require_free_folder(folder: Path) -> None:
    """Raise OutputError, in Vietnamese, where a folder for results exists and is not empty, or cannot be made."""
    if not folder.parent.is_dir():
        raise OutputError(f"Không có thư mục “{folder.parent}” để lập thư mục kết quả “{folder.name}”.")
    if folder.exists() and not folder.is_dir():
        raise OutputError(f"“{folder}” là một tệp; hãy ghi tên một thư mục mới.")
    if folder.is_dir() and any(folder.iterdir()):
        raise OutputError(
            f"Thư mục “{folder}” đã có tệp; hãy ghi tên một thư mục mới, để không lẫn biểu mẫu của hai lần đếm."
        )


def write_form_folder(
    folder: Path,
    tally: Tally,
    form: Form,
    *,
    register: Register | None = None,
    suffix: str = ".xlsx",
    functions: str | None = None,
    command: Sequence[str] = (),
    watch: Watch | None = None,
) -> FormFolder:
    """Write the filled form of every unit of a tally, and the workbook that adds them up.

    The ``folder`` must not exist or be empty; it appears whole when all is written, and not at all after an error or
    Ctrl+C. ``suffix`` is ".xlsx" or ".xlsm", ``functions`` as for ``write_template``. ``watch`` is called with the
    number of forms and a title; what its context gives, once for each form.

    Raises OutputError as ``require_free_folder`` does, and OSError where the disk takes no file.
    """
    folder = folder.absolute()
    require_free_folder(folder)
    day, units = tally.period.end, [tallied.unit for tallied in tally.units]
    stems = file_names_of(units, day, register, _longest_stem(folder, suffix))
    names = [f"{stem}{suffix}" for stem in stems]
    totals = totals_of(tally, form, names, register)
    left_out = {refusal.source for refusal in totals.left_out}
    paths = [Path(OTHERS_FOLDER if name in left_out else FORMS_FOLDER, name) for name in names]
    writer = FormWriter(form, tally.period, functions=functions)
    with new_folder(folder) as part:
        for inner in dict.fromkeys(path.parent for path in paths):
            (part / inner).mkdir()
        with _watched(watch, len(paths)) as advance:
            for path, counted in zip(paths, _counted(tally, form, register), strict=True):
                writer.write(part / path, counted)
                advance()
        workbooks = tuple(_write_totals(part, totals.of_level, suffix, functions, command))
    return FormFolder(tuple(folder / path for path in paths), tuple(folder / name for name in workbooks), totals)


def counted_of(tally: Tally, form: Form, register: Register | None = None) -> list[Counted]:
    """Give what the forms of a tally's units are filled with, in the order of the units."""
    return list(_counted(tally, form, register))


def _counted(tally: Tally, form: Form, register: Register | None) -> Iterator[Counted]:
    titles = titles_of([tallied.unit for tallied in tally.units], tally.period.end, register)
    for tallied, title in zip(tally.units, titles, strict=True):
        yield Counted(title, tallied.unit.level, tallied.contents(form), tuple(about_counts(tallied.counts)))


def _write_totals(
    folder: Path,
    of_level: Mapping[str, Consolidation],
    suffix: str,
    functions: str | None,
    command: Sequence[str],
) -> Iterator[str]:
    from cchc_calc.excel.consolidation.workbook import write_consolidation

    for level, consolidation in of_level.items():
        if consolidation.units:
            name = f"{_TOTAL}{_ENDINGS[level] if len(of_level) > 1 else ''}{suffix}"
            write_consolidation(folder / name, consolidation, functions=functions, command=command)
            yield name


def _longest_stem(folder: Path, suffix: str) -> int:
    inside = Path(folder, OTHERS_FOLDER, suffix)
    return max(_SHORTEST, min(LONGEST, _LONGEST_PATH - _WHILE_WRITING - len(str(inside))))


def _watched(watch: Watch | None, forms: int) -> AbstractContextManager[Callable[[], object]]:
    return nullcontext(lambda: None) if watch is None else watch(forms, "Lập biểu mẫu")
