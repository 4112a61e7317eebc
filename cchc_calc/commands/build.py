"""The command ``cchc build``: the files that officials download, built anew."""

from __future__ import annotations

from pathlib import Path

import click

from cchc_calc.commands.exit_codes import FOUND_ERRORS
from cchc_calc.commands.files import PATH


@click.command()
@click.option("--check", "only_check", is_flag=True, help="Chỉ so với những gì đang có, không ghi.")
@click.option("--root", type=PATH, default=Path(), help="Thư mục gốc của dự án.")
def build(root: Path, *, only_check: bool) -> int:
    """Dựng lại các tệp trong workbooks/."""
    from cchc_calc.building import build_all, differences
    from cchc_calc.console import Printer

    printer = Printer()
    if only_check:
        stale = differences(root)
        for name in stale:
            printer.fail(f"{name} khác với bản dựng lại", "chạy cchc build rồi đưa tệp mới vào kho mã nguồn.")
        return FOUND_ERRORS if stale else 0
    for path in build_all(root):
        printer.say(f"Đã ghi {path}")
    return 0
