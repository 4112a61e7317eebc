"""The command ``cchc tally``: the counts of the form from one row a dossier."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from cchc_calc.commands.days import DAY, day_of_the_office, period_of
from cchc_calc.commands.files import (
    FUNCTIONS,
    JSON,
    OUTPUT,
    PATH,
    TEMPLATE,
    require_new_file,
    require_writable_beside,
    write_json,
)
from cchc_calc.rounding import format_number
from cchc_calc.shortened_lists import shortened_list

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from cchc_calc.catalogue import Form
    from cchc_calc.console import Printer
    from cchc_calc.consolidation.refusals import Refusal
    from cchc_calc.consolidation.register import Register
    from cchc_calc.dossiers.count_table import By
    from cchc_calc.dossiers.file_tally import FileTally
    from cchc_calc.dossiers.tally import Tally
    from cchc_calc.periods import Period

_ENGINES: Final = ("duckdb", "polars", "pandas", "pyspark")
_BY: Final = ("unit", "field", "unit,field")
_BY_HELP: Final = "Mỗi dòng của bảng --table là một đơn vị, một lĩnh vực, hay một lĩnh vực của một đơn vị."
_REGISTER: Final = "Danh sách đơn vị (CSV: Mã, Tên đơn vị, Cấp, Đơn vị cấp trên…), để nhận ra tên và cấp của đơn vị."
_COLUMN: Final = "Cột của tệp là cột nào, ví dụ “Ngày nhận HS=Ngày tiếp nhận”; ghi được nhiều lần."
_BASE: Final = "Mẫu số của tỷ lệ đúng hạn in ra: hồ sơ đã giải quyết, đến hạn, hay phải giải quyết trong kỳ."
_OTHER_FILES: Final = frozenset(
    {".csv", ".doc", ".docx", ".html", ".json", ".ods", ".parquet", ".pdf", ".txt", ".xls", ".xlsb", ".xltx", ".zip"}
)
"""Endings by which the name of an output means a file of another kind, and no folder."""
_MOST_SHOWN: Final = 5
_MOST_NAMED: Final = 5


@click.command()
@click.argument("sources", metavar="DOSSIERS...", nargs=-1)
@OUTPUT
@JSON
@FUNCTIONS
@click.option("--from", "start", type=DAY, help="Ngày đầu kỳ báo cáo; không ghi kỳ thì tính cho cả bảng.")
@click.option("--to", "end", type=DAY, help="Ngày cuối kỳ báo cáo.")
@click.option("--unit", default="", help="Đơn vị của các hồ sơ, khi trong bảng không có cột đơn vị.")
@click.option("--units", "register_path", type=PATH, help=_REGISTER)
@click.option("--by", type=click.Choice(_BY), default="unit", show_default=True, help=_BY_HELP)
@click.option("--table", "table_path", type=PATH, help="Ghi thêm bảng mọi số đếm ra tệp .csv hoặc .parquet.")
@click.option("--refused", "refused_path", type=PATH, help="Ghi mọi dòng không dùng được, kèm lý do, ra tệp .csv.")
@click.option("--engine", type=click.Choice(_ENGINES), default="duckdb", show_default=True, help="Bộ máy tính toán.")
@click.option("--column", "chosen", multiple=True, help=_COLUMN)
@click.option("--columns", "columns_path", type=PATH, help="Danh sách tên cột của đơn vị mình (tệp .toml).")
@click.option(
    "--lateness",
    type=click.Choice(["day", "minute"]),
    default="day",
    show_default=True,
    help="Trễ hạn xét theo ngày hay theo giờ, phút.",
)
@click.option(
    "--base", type=click.Choice(["resolved", "due", "received"]), default="resolved", show_default=True, help=_BASE
)
@click.option("--unique-codes", is_flag=True, help="Mã hồ sơ chắc chắn không trùng: bỏ bước tìm mã trùng, nhanh hơn.")
@click.option("--today", type=DAY, help="Ngày xuất dữ liệu, sau ngày này là tương lai; không ghi thì là hôm nay.")
def tally(
    sources: tuple[str, ...],
    output: Path,
    json_path: Path | None,
    functions: str | None,
    start: datetime | None,
    end: datetime | None,
    unit: str,
    register_path: Path | None,
    by: str,
    table_path: Path | None,
    refused_path: Path | None,
    engine: str,
    chosen: tuple[str, ...],
    columns_path: Path | None,
    lateness: str,
    base: str,
    today: datetime | None,
    *,
    unique_codes: bool,
) -> int:
    """Đếm hồ sơ DOSSIERS (mỗi dòng một hồ sơ, xuất từ phần mềm Một cửa) thành số liệu của biểu mẫu.

    DOSSIERS là tệp .csv, .xlsx, .parquet hoặc thư mục. Kết quả -o là tệp .xlsx hay .xlsm khi bảng có một đơn vị; là
    thư mục (mỗi đơn vị một biểu mẫu, và tệp tổng hợp) khi có nhiều đơn vị.
    """
    from cchc_calc.console import Printer
    from cchc_calc.consolidation.register_files import read_register
    from cchc_calc.dossiers.count_table import By
    from cchc_calc.dossiers.engine_names import Engine
    from cchc_calc.dossiers.file_tally import Request, tally_files
    from cchc_calc.dossiers.options import Base, Lateness, Options

    outputs = _Outputs(output, json_path, table_path, refused_path, By(by), functions)
    beside = tuple(filter(None, (register_path, columns_path)))
    outputs.require((*map(Path, sources), *beside))
    as_of = day_of_the_office(today)
    request = Request(
        sources=sources,
        engine=Engine(engine),
        columns=columns_path,
        chosen=_chosen(chosen),
        unit=unit.strip(),
        register=None if register_path is None else read_register(register_path),
        period=_begun(period_of(start, end), as_of),
        options=Options(Lateness(lateness), Base(base)),
        as_of=as_of,
        by_field="field" in by,
        codes_are_unique=unique_codes,
        refused=refused_path,
    )
    printer = Printer()
    began = time.perf_counter()
    counted = tally_files(request)
    seconds = time.perf_counter() - began
    _say(printer, counted, seconds, by_field=request.by_field)
    for line in outputs.write(counted, request.register):
        printer.say(line)
    return 0


@dataclass(frozen=True, slots=True)
class _Outputs:
    forms: Path
    json: Path | None
    table: Path | None
    refused: Path | None
    by: By
    functions: str | None

    @property
    def is_one_form(self) -> bool:
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
            self.forms, tallied, form, register=register, suffix=suffix, functions=self.functions, watch=advancing
        )
        return made.totals.left_out


def _say(printer: Printer, counted: FileTally, seconds: float, *, by_field: bool) -> None:
    from cchc_calc.dossiers.summary import speed_line, summary_lines

    printer.say(shortened_list(counted.names, _MOST_NAMED, "tệp"))
    for line in summary_lines(counted.tally, by_field=by_field):
        printer.say(line)
    if counted.refused_rows:
        printer.say("  Dòng không dùng được:")
    for row in counted.refused_rows[:_MOST_SHOWN]:
        printer.say(f"     {row.text}")
    printer.findings(counted.tally.findings)
    printer.say(speed_line(counted.tally.read, seconds))


def _left_out(refused: Sequence[Refusal]) -> Iterator[str]:
    if refused:
        yield f"  {format_number(len(refused))} đơn vị có biểu mẫu riêng nhưng không cộng vào tệp tổng hợp:"
    for one in refused[:_MOST_NAMED]:
        yield f"     {one.unit}: {one.message}"
    if (left := len(refused) - _MOST_NAMED) > 0:
        yield f"     … và {format_number(left)} đơn vị nữa; xem trang Trả lại của tệp tổng hợp."


def _chosen(pairs: Iterable[str]) -> dict[str, str]:
    """Split "heading=column"; a heading may hold the sign, a column does not."""
    chosen: dict[str, str] = {}
    for pair in pairs:
        heading, sign, name = pair.rpartition("=")
        if not (heading.strip() and sign and name.strip()):
            raise click.UsageError(
                f"--column “{pair}” không đúng dạng; hãy ghi như --column “Ngày nhận HS=Ngày tiếp nhận”."
            )
        chosen[heading] = name
    return chosen


def _require_outside(output: Path, read: Iterable[Path]) -> None:
    for folder in read:
        if folder.is_dir() and folder.resolve() in output.resolve().parents:
            raise click.UsageError(
                f"“{output}” nằm trong thư mục nguồn “{folder}”; hãy ghi kết quả vào thư mục khác, để tệp nguồn không "
                "bị ghi đè và lần đếm sau không đọc lẫn kết quả của lần này."
            )


def _begun(period: Period | None, as_of: date) -> Period | None:
    if period is not None and period.start > as_of:
        raise click.UsageError(
            f"Kỳ báo cáo bắt đầu ngày {period.start:%d/%m/%Y}, sau ngày xuất dữ liệu {as_of:%d/%m/%Y}; hãy kiểm tra "
            "lại --from, --to và --today."
        )
    return period


def _several_units(tallied: Tally) -> str:
    names = shortened_list((unit.unit.name for unit in tallied.units), _MOST_NAMED, "đơn vị")
    return (
        f"Bảng hồ sơ có {format_number(len(tallied.units))} đơn vị ({names}), không ghi vào một biểu mẫu được; hãy ghi "
        "-o tên một thư mục mới để mỗi đơn vị có một biểu mẫu, hoặc lọc lấy hồ sơ của một đơn vị."
    )
