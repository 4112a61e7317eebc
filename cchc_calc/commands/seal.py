"""The commands ``cchc seal`` and ``cchc reopen``: figures made final, and taken back with a reason."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

import click

from cchc_calc.commands.files import OUTPUT, PATH, TEMPLATE, require_new_file

if TYPE_CHECKING:
    from pathlib import Path

_AT: Final = click.option(
    "--at",
    type=click.DateTime(["%Y-%m-%dT%H:%M"]),
    help="Thời điểm theo giờ địa phương, ví dụ 2023-09-15T08:00. Không ghi thì lấy lúc này.",
)
_SHOWN: Final = 12


@click.command()
@click.argument("source", type=PATH)
@OUTPUT
@_AT
def seal(source: Path, output: Path, at: datetime | None) -> int:
    """Chốt số liệu của biểu mẫu SOURCE, ghi ra tệp mới có dấu chốt; sửa số sau đó thì nơi nhận biết ngay."""
    from cchc_calc.console import Printer
    from cchc_calc.consolidation.written_seals import written_time
    from cchc_calc.sealed_reports import read_sealed_report
    from cchc_calc.sealing import seal_report

    moment = _moment(at)
    _require_copy(output, source)
    report = read_sealed_report(source)
    seal_report(report, output, moment)
    printer = Printer()
    printer.result(report.result)
    printer.say(f"Đã chốt số liệu lúc {written_time(moment)}, mã chốt {report.own[:_SHOWN]}…")
    printer.say(f"Đã ghi {output}")
    return 0


@click.command()
@click.argument("source", type=PATH)
@OUTPUT
@click.option("--reason", required=True, help="Lý do mở lại, được giữ trong tệp.")
@_AT
def reopen(source: Path, output: Path, reason: str, at: datetime | None) -> int:
    """Mở lại biểu mẫu SOURCE đã chốt để sửa, ghi ra tệp mới; lần chốt cũ và lý do được giữ trong tệp."""
    from cchc_calc.console import Printer
    from cchc_calc.consolidation.written_seals import written_time
    from cchc_calc.sealing import reopen_file

    moment = _moment(at)
    _require_copy(output, source)
    written = reopen_file(source, output, reason, moment)
    last = written.history[-1]
    printer = Printer()
    printer.say(f"Đã mở lại số liệu chốt lúc {written_time(last.sealed_at)}; lý do: {last.reason}")
    printer.say(f"Đã ghi {output}; sửa xong thì chốt lại bằng cchc seal.")
    return 0


def _moment(at: datetime | None) -> datetime:
    now = datetime.now()  # noqa: DTZ005 - officials write the local time
    if at is not None and at > now:
        raise click.UsageError("Thời điểm ghi ở --at còn ở tương lai; hãy ghi đúng lúc chốt, hoặc xem lại đồng hồ máy.")
    return now if at is None else at


def _require_copy(output: Path, source: Path) -> None:
    suffix = source.suffix.lower()
    require_new_file(output, source, suffixes=(suffix,) if suffix in TEMPLATE else TEMPLATE)
