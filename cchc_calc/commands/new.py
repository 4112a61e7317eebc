"""The command ``cchc new``: an empty form of an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cchc_calc.commands.files import FUNCTIONS, OUTPUT, TEMPLATE, require_new_file

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

_DAY = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])


@click.command()
@click.argument("form_name", metavar="FORM")
@OUTPUT
@FUNCTIONS
@click.option("--unit", default="", help="Tên đơn vị, ví dụ “UBND phường Phương Sơn”.")
@click.option("--from", "start", type=_DAY, help="Ngày đầu kỳ báo cáo.")
@click.option("--to", "end", type=_DAY, help="Ngày cuối kỳ báo cáo.")
def new(
    form_name: str, output: Path, functions: str | None, unit: str, start: datetime | None, end: datetime | None
) -> int:
    """Tạo biểu mẫu FORM chưa điền.

    FORM: thong-ke-cchc (bản mới nhất), thong-ke-cchc/2023, muc-tieu-chat-luong hoặc cham-diem-tthc.
    """
    from cchc_calc.console import Printer
    from cchc_calc.excel.finished_workbooks import NAMES, write_empty
    from cchc_calc.excel.template import write_template
    from cchc_calc.form_files import editions, load_form
    from cchc_calc.periods import Period

    require_new_file(output, suffixes=TEMPLATE)
    if (start is None) != (end is None) or (start and end and end < start):
        raise click.UsageError("Kỳ báo cáo cần cả --from và --to, và ngày đầu không được sau ngày cuối.")
    if form_name in NAMES:
        if unit or start or end:
            raise click.UsageError(f"Mẫu {form_name} không nhận --unit, --from, --to; hãy ghi trong tệp.")
        write_empty(output, form_name, functions=functions)
        Printer().say(f"Đã ghi {output}")
        return 0
    name, _, edition = form_name.partition("/")
    form = load_form(name, edition or _edition_for(name, end.date() if end else None, editions(name)))
    period = Period(start.date(), end.date()) if start and end else None
    write_template(output, form, unit=unit, period=period, functions=functions)
    Printer().say(f"Đã ghi {output}")
    return 0


def _edition_for(name: str, day: date | None, known: tuple[str, ...]) -> str:
    """Choose the edition in force at the end of the period, else the newest."""
    from cchc_calc.form_files import load_form

    if not known:
        raise click.UsageError(f"Không có biểu mẫu “{name}”.")
    if day is not None:
        for edition in reversed(known):
            if load_form(name, edition).valid_from <= day:
                return edition
    return known[-1]
