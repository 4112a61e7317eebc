"""The command ``cchc new``: an empty form of an edition."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cchc_calc.commands.days import DAY, period_of
from cchc_calc.commands.files import FUNCTIONS, OUTPUT, TEMPLATE, require_new_file

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path


@click.command()
@click.argument("form_name", metavar="FORM")
@OUTPUT
@FUNCTIONS
@click.option("--unit", default="", help="Tên đơn vị, ví dụ “UBND phường Phương Sơn”.")
@click.option("--from", "start", type=DAY, help="Ngày đầu kỳ báo cáo.")
@click.option("--to", "end", type=DAY, help="Ngày cuối kỳ báo cáo.")
def new(
    form_name: str, output: Path, functions: str | None, unit: str, start: datetime | None, end: datetime | None
) -> int:
    """Tạo biểu mẫu FORM chưa điền.

    FORM: thong-ke-cchc (bản mới nhất), thong-ke-cchc/2023, muc-tieu-chat-luong hoặc cham-diem-tthc.
    """
    from cchc_calc.console import Printer
    from cchc_calc.excel.finished_workbooks import NAMES, write_empty
    from cchc_calc.excel.template import write_template
    from cchc_calc.form_files import editions, form_in_force, load_form

    require_new_file(output, suffixes=TEMPLATE)
    period = period_of(start, end)
    if form_name in NAMES:
        if unit or period:
            raise click.UsageError(f"Mẫu {form_name} không nhận --unit, --from, --to; hãy ghi trong tệp.")
        write_empty(output, form_name, functions=functions)
        Printer().say(f"Đã ghi {output}")
        return 0
    name, _, edition = form_name.partition("/")
    if not editions(name):
        raise click.UsageError(f"Không có biểu mẫu “{name}”.")
    if edition and edition not in editions(name):
        known = ", ".join(editions(name))
        raise click.UsageError(f"Không có biểu mẫu {name} năm {edition}; đang có các năm {known}.")
    form = load_form(name, edition) if edition else form_in_force(period.end if period else None, name)
    write_template(output, form, unit=unit, period=period, functions=functions)
    Printer().say(f"Đã ghi {output}")
    return 0
