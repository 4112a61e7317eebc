"""What ``cchc tally`` writes: the forms, their sum, and the files beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import click

from cchc_calc.commands.files import TEMPLATE, require_new_file, require_writable_beside, write_json
from cchc_calc.rounding import format_number
from cchc_calc.shortened_lists import shortened_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from cchc_calc.catalogue import Form
    from cchc_calc.consolidation.refusals import Refusal
    from cchc_calc.consolidation.register import Register
    from cchc_calc.dossiers.count_table import By
    from cchc_calc.dossiers.file_tally import FileTally
    from cchc_calc.dossiers.tally import Tally

_OTHER_FILES: Final = frozenset(
    {".csv", ".doc", ".docx", ".html", ".json", ".ods", ".parquet", ".pdf", ".txt", ".xls", ".xlsb", ".xltx", ".zip"}
)
"""Endings by which the name of an output means a file of another kind, and no folder."""
_MOST_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class TallyOutputs:
    """Where to write: ``forms`` is a form or a folder of them; ``command`` is told in the sum."""

    forms: Path
    json: Path | None
    table: Path | None
    refused: Path | None
    by: By
    functions: str | None
    command: tuple[str, ...] = ()

    @property
    def is_one_form(self) -> bool:
        """Tell whether one form is asked for, and no folder."""
        return self.forms.suffix.lower() in TEMPLATE

    def require(self, read: Iterable[Path]) -> None:
        """Refuse outputs that cannot be written, or that would replace what is read or each other."""
        from cchc_calc.intake.form_folder import require_free_folder
        from cchc_calc.tables.writing import require_table

        read = tuple(read)
        if not read:
            raise click.UsageError("Hãy cho biết tệp hồ sơ, ví dụ: cchc tally ho-so.csv -o bieu-mau.xlsx")
        if self.is_one_form:
            for source in read:
                require_new_file(self.forms, source, suffixes=TEMPLATE)
        elif self.forms.suffix.lower() in _OTHER_FILES:
            raise click.UsageError(
                f"Kết quả -o phải là tệp .xlsx, .xlsm hoặc tên một thư mục mới, không phải “{self.forms}”."
            )
        else:
            require_free_folder(self.forms)
        for output in filter(None, (self.forms, self.json, self.table, self.refused)):
            _require_outside(output, read)
        taken = [*read, self.forms]
        for kind, path in {"JSON": self.json, "bảng số đếm": self.table, "dòng không dùng được": self.refused}.items():
            if path is not None:
                require_writable_beside(path, kind, *taken)
                taken.append(path)
        if self.table is not None:
            require_table(self.table)
        if self.refused is not None and self.refused.suffix.lower() != ".csv":
            raise click.UsageError(f"Danh sách dòng không dùng được phải có đuôi .csv, không phải “{self.refused}”.")

    def write(self, counted: FileTally, register: Register | None) -> Iterator[str]:
        """Write what was asked for, the forms first; say what is there, and which units are in no sum."""
        from cchc_calc.form_files import form_in_force

        form = form_in_force(counted.tally.period.end)
        if self.is_one_form:
            self._write_form(counted.tally, form, register)
        else:
            yield from _left_out(self._write_folder(counted.tally, form, register))
        yield f"Đã ghi {self.forms}"
        if self.table is not None:
            from cchc_calc.dossiers.count_table import count_table
            from cchc_calc.tables.writing import write_any_table

            write_any_table(self.table, count_table(counted.tally, self.by))
            yield f"Đã ghi {self.table}"
        write_json(self.json, counted.to_json())
        yield from (f"Đã ghi {path}" for path in (self.refused, self.json) if path is not None)

    def _write_form(self, tallied: Tally, form: Form, register: Register | None) -> None:
        from cchc_calc.excel.counted_forms import write_form
        from cchc_calc.intake.form_folder import counted_of

        if len(tallied.units) > 1:
            raise click.UsageError(_several_units(tallied))
        (counted,) = counted_of(tallied, form, register)
        write_form(self.forms, form, counted, tallied.period, functions=self.functions)

    def _write_folder(self, tallied: Tally, form: Form, register: Register | None) -> tuple[Refusal, ...]:
        from cchc_calc.intake.form_folder import write_form_folder
        from cchc_calc.progress import advancing

        suffix = ".xlsm" if self.functions == "python" else ".xlsx"
        made = write_form_folder(
            self.forms,
            tallied,
            form,
            register=register,
            suffix=suffix,
            functions=self.functions,
            command=self.command,
            watch=advancing,
        )
        return made.totals.left_out


def _left_out(refused: Sequence[Refusal]) -> Iterator[str]:
    if refused:
        yield f"  {format_number(len(refused))} đơn vị có biểu mẫu riêng nhưng không cộng vào tệp tổng hợp:"
    for one in refused[:_MOST_NAMED]:
        yield f"     {one.unit}: {one.message}"
    if (left := len(refused) - _MOST_NAMED) > 0:
        yield f"     … và {format_number(left)} đơn vị nữa; xem trang Trả lại của tệp tổng hợp."


def _require_outside(output: Path, read: Iterable[Path]) -> None:
    for folder in read:
        if folder.is_dir() and folder.resolve() in output.resolve().parents:
            raise click.UsageError(
                f"“{output}” nằm trong thư mục nguồn “{folder}”; hãy ghi kết quả vào thư mục khác, để tệp nguồn không "
                "bị ghi đè và lần đếm sau không đọc lẫn kết quả của lần này."
            )


def _several_units(tallied: Tally) -> str:
    names = shortened_list((unit.unit.name for unit in tallied.units), _MOST_NAMED, "đơn vị")
    return (
        f"Bảng hồ sơ có {format_number(len(tallied.units))} đơn vị ({names}), không ghi vào một biểu mẫu được; hãy ghi "
        "-o tên một thư mục mới để mỗi đơn vị có một biểu mẫu, hoặc lọc lấy hồ sơ của một đơn vị."
    )
