"""The command ``cchc consolidate``: the files of many units into the form of the level above."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import click

from cchc_calc.commands.days import DAY, day_of_the_office
from cchc_calc.commands.exit_codes import FOUND_ERRORS, STOPPED, UNUSABLE
from cchc_calc.commands.files import (
    FUNCTIONS,
    JSON,
    OUTPUT,
    PATH,
    require_outputs,
    require_writable_beside,
    write_json,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from pathlib import Path

    from cchc_calc.console import Printer
    from cchc_calc.consolidation.register import Register
    from cchc_calc.intake.collecting import Collected, Task
    from cchc_calc.intake.store import Store

_LEVELS: Final = click.Choice(["city", "district", "province"])
_REGISTER: Final = "Danh sách đơn vị (CSV: Mã, Tên đơn vị, Cấp, Đơn vị cấp trên…); không có thì không biết ai chưa nộp."


@click.command()
@click.argument("sources", type=PATH, nargs=-1)
@OUTPUT
@JSON
@FUNCTIONS
@click.option("--table", "table_path", type=PATH, help="Ghi thêm bảng số liệu từng đơn vị ra tệp .csv hoặc .parquet.")
@click.option("--units", "register_path", type=PATH, help=_REGISTER)
@click.option("--level", type=_LEVELS, default="city", show_default=True, help="Cấp tổng hợp.")
@click.option("--parent", default="", help="Chỉ các đơn vị trực thuộc đơn vị này (mã hoặc tên trong danh sách).")
@click.option("--previous", type=PATH, multiple=True, help="Thư mục hoặc tệp của kỳ trước, để so sánh.")
@click.option(
    "--printed", "printed_path", type=PATH, help="Số tổng đã in của cấp trên (báo cáo, hoặc bảng CSV), để đối chiếu."
)
@click.option(
    "--manifest", "manifest_path", type=PATH, help="Kết quả JSON của lần tổng hợp trước, để biết đơn vị nào đã sửa số."
)
@click.option("--due", type=DAY, help="Hạn nộp; không ghi thì theo quy định.")
@click.option("--today", type=DAY, help="Ngày dùng để nhận ra ngày ghi ở tương lai; không ghi thì là hôm nay.")
@click.option("--processes", type=click.IntRange(1, 64), help="Số tiến trình đọc; không ghi thì theo số nhân của máy.")
@click.option("--again", is_flag=True, help="Đọc lại mọi tệp, không dùng kết quả đã giữ từ lần chạy trước.")
def consolidate(
    sources: tuple[Path, ...],
    output: Path,
    json_path: Path | None,
    functions: str | None,
    table_path: Path | None,
    register_path: Path | None,
    level: str,
    parent: str,
    previous: tuple[Path, ...],
    printed_path: Path | None,
    manifest_path: Path | None,
    due: datetime | None,
    today: datetime | None,
    processes: int | None,
    *,
    again: bool,
) -> int:
    """Tổng hợp báo cáo của các đơn vị: SOURCES là thư mục (đọc cả thư mục con) hoặc các tệp.

    Tệp hỏng, sai kỳ, trùng hoặc lạ không được tính và được nêu tên kèm cách xử lý. Chạy lại thì chỉ đọc tệp mới hoặc
    đã đổi.
    """
    from cchc_calc.console import Printer
    from cchc_calc.consolidation.register_files import read_register
    from cchc_calc.consolidation.stored_results import read_manifest
    from cchc_calc.intake.collecting import Task
    from cchc_calc.intake.printed_files import read_printed
    from cchc_calc.intake.store import Store, store_path

    named = {"--units": register_path, "--printed": printed_path, "--manifest": manifest_path}
    beside = {option: path for option, path in named.items() if path is not None}
    read = (*sources, *previous, *beside.values())
    _require_use(sources, parent, register_path)
    _refuse_lost_files(output, json_path, table_path, read)
    register = None if register_path is None else read_register(register_path)
    _require_office(parent, register)
    task = Task(
        sources=sources,
        own=(*filter(None, (output, json_path, table_path)), *beside.values()),
        previous=previous,
        level=level,
        register=register,
        parent=parent,
        printed=None if printed_path is None else read_printed(printed_path),
        manifest=None if manifest_path is None else read_manifest(manifest_path),
        due=None if due is None else due.date(),
        today=day_of_the_office(today),
    )
    outputs = _Outputs(output, json_path, table_path, functions, _normalised(task, beside))
    with Store(store_path(output)) as store:
        if again:
            store.forget()
        return _consolidate(task, store, processes, outputs, Printer())


@dataclass(frozen=True, slots=True)
class _Outputs:
    workbook: Path
    json: Path | None
    table: Path | None
    functions: str | None
    command: tuple[str, ...]


def _consolidate(task: Task, store: Store, processes: int | None, outputs: _Outputs, printer: Printer) -> int:
    from cchc_calc.intake.collecting import collect
    from cchc_calc.intake.gathering import usable_processes
    from cchc_calc.intake.summary import reading_line, summary_lines
    from cchc_calc.progress import advancing

    if store.notice:
        printer.note(store.notice)
    began = time.perf_counter()
    try:
        collected = collect(task, store, processes=processes or usable_processes(), watch=advancing)
    except KeyboardInterrupt:
        printer.fail(
            f"đã dừng theo yêu cầu; {_kept(store)}.", "chạy lại đúng lệnh này để làm tiếp, không phải đọc lại."
        )
        return STOPPED
    if not collected.files and not collected.refused:
        raise click.UsageError("Không có tệp nào để tổng hợp trong thư mục đã cho.")
    code = _write(collected, task, outputs)
    where = outputs.workbook if code != UNUSABLE else outputs.json
    for line in summary_lines(collected, "" if where is None else where.name):
        printer.say(line)
    printer.say(reading_line(collected, time.perf_counter() - began))
    if code == UNUSABLE:
        printer.fail("không có báo cáo nào tính được, nên không ghi tệp tổng hợp.", "xem cách xử lý từng tệp ở trên.")
    else:
        printer.say(f"Đã ghi {outputs.workbook}")
    return code


def _write(collected: Collected, task: Task, outputs: _Outputs) -> int:
    from cchc_calc.excel.consolidation.workbook import write_consolidation
    from cchc_calc.tables.writing import write_table

    consolidation = collected.consolidation
    if consolidation is None or not consolidation.units:
        write_json(outputs.json, _nothing(collected, task.level) if consolidation is None else consolidation.to_json())
        return UNUSABLE
    write_consolidation(
        outputs.workbook,
        consolidation,
        unit=_office(task),
        functions=outputs.functions,
        command=outputs.command,
    )
    if outputs.table is not None:
        write_table(outputs.table, consolidation)
    write_json(outputs.json, consolidation.to_json())
    return FOUND_ERRORS if collected.refused else 0


def _require_use(sources: tuple[Path, ...], parent: str, register_path: Path | None) -> None:
    if not sources:
        raise click.UsageError("Hãy cho biết thư mục chứa báo cáo, ví dụ: cchc consolidate bao-cao -o tong-hop.xlsx")
    if parent and register_path is None:
        raise click.UsageError("--parent cần danh sách đơn vị: hãy ghi thêm --units.")


def _require_office(parent: str, register: Register | None) -> None:
    if parent and register is not None and register.first(parent) is None:
        raise click.UsageError(f"“{parent}” không có trong danh sách đơn vị; --parent ghi mã hoặc tên như trong đó.")


def _refuse_lost_files(output: Path, json_path: Path | None, table_path: Path | None, read: Iterable[Path]) -> None:
    """Refuse outputs that would replace what is read, or each other, or the report of a unit."""
    from cchc_calc.intake.own_results import is_own_result
    from cchc_calc.intake.store import store_path
    from cchc_calc.tables.writing import require_table

    read, store = tuple(read), store_path(output)
    require_outputs(output, json_path, *read, store)
    if table_path is not None:
        require_table(table_path)
        require_writable_beside(table_path, "bảng số liệu", *read, output, store, *filter(None, [json_path]))
    for path in filter(None, (output, json_path, table_path)):
        # A name that was mistyped must not cost a unit's report, be it one that cannot be read.
        is_among = path.exists() and any(path.resolve().is_relative_to(one.resolve()) for one in read)
        if is_among and not is_own_result(path):
            raise click.UsageError(
                f"“{path}” đã có trong thư mục được đọc và không phải tệp tổng hợp; hãy đặt tên khác cho tệp kết quả."
            )


def _office(task: Task) -> str:
    """Name the office that consolidates, in words by which the level above knows whose report it is."""
    unit = None if task.register is None or not task.parent else task.register.first(task.parent)
    return "" if unit is None else f"UBND {unit.name[:1].lower()}{unit.name[1:]}"


def _normalised(task: Task, beside: Mapping[str, Path]) -> tuple[str, ...]:
    """Write down what decides the result; where the folders lie decides nothing and is nobody else's business."""
    words = ["consolidate", "--level", task.level]
    if task.parent:
        words += ["--parent", task.parent]
    if task.previous:
        words.append("--previous")
    for option, path in beside.items():
        words += [option, path.name]
    if task.due is not None:
        words += ["--due", task.due.isoformat()]
    return tuple(words)


def _nothing(collected: Collected, level: str) -> dict[str, Any]:
    """Give the JSON of a consolidation in which nothing counts, with the same keys."""
    lists = ("units", "rows", "refused", "missing", "findings", "returned", "standings", "rankings", "changes")
    refused = [refusal.to_json() for refusal in collected.refused]
    empty: dict[str, Any] = {name: [] for name in lists}
    return {"form": None, "level": level, "period": None} | empty | {"refused": refused}


def _kept(store: Store) -> str:
    from cchc_calc.intake.store import CURRENT, PREVIOUS
    from cchc_calc.rounding import format_number

    kept = store.count(CURRENT) + store.count(PREVIOUS)
    return f"kết quả đọc {format_number(kept)} tệp đã được giữ"
