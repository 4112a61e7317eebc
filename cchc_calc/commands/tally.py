"""The command ``cchc tally``: the counts of the form from one row a dossier."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from cchc_calc.commands.days import DAY, day_of_the_office, period_of
from cchc_calc.commands.files import (
    FUNCTIONS,
    JSON,
    OUTPUT,
    PATH,
)
from cchc_calc.rounding import format_number
from cchc_calc.shortened_lists import shortened_list

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from cchc_calc.console import Printer
    from cchc_calc.dossiers.file_tally import FileTally
    from cchc_calc.periods import Period

_ENGINES: Final = ("duckdb", "polars", "pandas", "pyspark")
_BY: Final = ("unit", "field", "unit,field")
_BY_HELP: Final = "Mỗi dòng của bảng --table là một đơn vị, một lĩnh vực, hay một lĩnh vực của một đơn vị."
_REGISTER: Final = "Danh sách đơn vị (CSV: Mã, Tên đơn vị, Cấp, Đơn vị cấp trên…), để nhận ra tên và cấp của đơn vị."
_COLUMN: Final = "Cột của tệp là cột nào, ví dụ “Ngày nhận HS=Ngày tiếp nhận”; ghi được nhiều lần."
_BASE: Final = "Mẫu số của tỷ lệ đúng hạn in ra: hồ sơ đã giải quyết, đến hạn, hay phải giải quyết trong kỳ."
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
    from cchc_calc.commands.tally_outputs import TallyOutputs
    from cchc_calc.console import Printer
    from cchc_calc.consolidation.register_files import read_register
    from cchc_calc.dossiers.count_table import By
    from cchc_calc.dossiers.engine_names import Engine
    from cchc_calc.dossiers.file_tally import Request, tally_files
    from cchc_calc.dossiers.options import Base, Lateness, Options
    from cchc_calc.progress import naming

    outputs = TallyOutputs(output, json_path, table_path, refused_path, By(by), functions, _normalised(start, end))
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
    with naming("Đang đọc và đếm") as watch:
        counted = tally_files(request, watch)
    seconds = time.perf_counter() - began
    _say(printer, counted, seconds, by_field=request.by_field, is_unique=unique_codes)
    for line in outputs.write(counted, request.register):
        printer.say(line)
    return 0


def _say(printer: Printer, counted: FileTally, seconds: float, *, by_field: bool, is_unique: bool) -> None:
    from cchc_calc.dossiers.summary import speed_line, summary_lines

    printer.say(shortened_list(counted.names, _MOST_NAMED, "tệp"))
    for line in summary_lines(counted.tally, by_field=by_field):
        printer.say(line)
    if counted.refused_rows:
        printer.say("  Dòng không dùng được:")
    for row in counted.refused_rows[:_MOST_SHOWN]:
        printer.say(f"     {row.text}")
    if (left := counted.tally.refused - _MOST_SHOWN) > 0:
        printer.say(f"     … và {format_number(left)} dòng nữa; ghi --refused hong.csv để có đủ.")
    if is_unique:
        printer.say("  Không tìm mã hồ sơ trùng, theo --unique-codes.")
    printer.findings(counted.tally.findings)
    printer.say(speed_line(counted.tally.read, seconds))


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


def _begun(period: Period | None, as_of: date) -> Period | None:
    if period is not None and period.start > as_of:
        raise click.UsageError(
            f"Kỳ báo cáo bắt đầu ngày {period.start:%d/%m/%Y}, sau ngày xuất dữ liệu {as_of:%d/%m/%Y}; hãy kiểm tra "
            "lại --from, --to và --today."
        )
    return period


def _normalised(start: datetime | None, end: datetime | None) -> tuple[str, ...]:
    """Write down what decides the sum; where files lie decides nothing and is nobody else's business."""
    days = {"--from": start, "--to": end}
    return ("tally", *(word for option, day in days.items() if day for word in (option, day.date().isoformat())))
