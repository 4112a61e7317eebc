"""The command ``cchc install-excel``: Excel of a Windows office made to call Python, with the user's own rights."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from cchc_calc.commands.exit_codes import UNUSABLE
from cchc_calc.commands.files import JSON, PATH, require_writable_json, write_json

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from cchc_calc.examination import Line
    from cchc_calc.excel.office.machine import Machine
    from cchc_calc.installing import Step

_ELSEWHERE: Final = (
    "Lệnh này dành cho Windows có Excel. Trên máy này dùng một trong các cách: tệp .xlsx (công thức thường, tạo bằng "
    "cchc new); LibreOffice với phần bổ sung cchc_calc.oxt; Excel trên Mac hay trên web với máy chủ hàm (cchc serve) "
    "hoặc xlwings Lite."
)
_FROM_THE_WEB: Final = (
    "Nhớ: tệp .xlsm nhận qua Zalo, thư điện tử hay tải từ mạng bị Windows đánh dấu và Excel chặn macro. Bấm chuột phải "
    "vào tệp, chọn Properties, đánh dấu Unblock, OK, rồi mở lại."
)


@click.command("install-excel")
@click.option("--dry-run", is_flag=True, help="Chỉ cho biết sẽ làm gì, không thay đổi gì.")
@click.option("--folder", type=PATH, help="Thư mục để biểu mẫu; mặc định là CCHC trong Documents.")
@JSON
def install_excel(folder: Path | None, json_path: Path | None, *, dry_run: bool) -> int:
    """Chuẩn bị máy Windows để Excel gọi được các hàm Python; chỉ ghi vào thư mục của người dùng."""
    from cchc_calc.console import Printer
    from cchc_calc.examination import missing
    from cchc_calc.excel.office.examination import examine_office
    from cchc_calc.excel.office.machine import this_machine
    from cchc_calc.installing import Action, carry_out, plan_of

    require_writable_json(json_path)
    printer = Printer()
    machine = this_machine(folder)
    if not machine.is_windows:
        printer.fail(_ELSEWHERE)
    lines, steps = examine_office(machine), plan_of(machine)
    if machine.is_windows and not dry_run:
        steps = carry_out(steps)
    complete = machine.is_windows and not missing(lines) and all(step.action is not Action.BLOCKED for step in steps)
    write_json(json_path, _report(machine, lines, steps, complete=complete, dry_run=dry_run))
    if machine.is_windows or dry_run:
        for text in (*_examined(lines), *_done(steps, dry_run=dry_run)):
            printer.say(text)
    if machine.is_windows:
        for text in _conclusion(machine, complete=complete, dry_run=dry_run):
            printer.say(text)
    return 0 if complete else UNUSABLE


def _examined(lines: Iterable[Line]) -> Iterator[str]:
    from cchc_calc.examination import told

    yield "Xem xét máy này:"
    yield from told(lines)


def _done(steps: Iterable[Step], *, dry_run: bool) -> Iterator[str]:
    yield "Sẽ làm (chạy thử, chưa thay đổi gì):" if dry_run else "Đã làm:"
    for step in steps:
        yield f"  {step.action.value}: {step.path} ({step.what})"
        if step.reason:
            yield f"     → {step.reason}"


def _conclusion(machine: Machine, *, complete: bool, dry_run: bool) -> Iterator[str]:
    if not complete:
        yield (
            "Chưa đủ để Excel gọi Python: làm theo các dòng có dấu → ở trên, rồi chạy lại cchc install-excel. "
            "Tệp .xlsx dùng được ngay, không cần những thứ này."
        )
    elif dry_run:
        yield "Máy đủ điều kiện. Chạy lại lệnh này không có --dry-run để làm."
    else:
        yield (
            f"Xong. Đóng hẳn Excel, mở một tệp .xlsm trong {machine.folder}, bấm Enable Content (Bật nội dung); "
            "trang Tự kiểm tra phải hiện chữ “Đạt”."
        )
    yield _FROM_THE_WEB


def _report(
    machine: Machine, lines: Iterable[Line], steps: Iterable[Step], *, complete: bool, dry_run: bool
) -> dict[str, object]:
    return {
        "windows": machine.is_windows,
        "folder": str(machine.folder),
        "dry_run": dry_run,
        "complete": complete,
        "examined": [line.to_json() for line in lines],
        "steps": [step.to_json() for step in steps],
    }
