"""The command ``cchc``: what officials and scripts run."""

from __future__ import annotations

import errno
import io
import re
import sys
from datetime import datetime
from typing import TYPE_CHECKING, Final

import click

from cchc_calc.commands.bind import bind
from cchc_calc.commands.build import build
from cchc_calc.commands.check import check
from cchc_calc.commands.consolidate import consolidate
from cchc_calc.commands.diff import diff
from cchc_calc.commands.doctor import doctor
from cchc_calc.commands.exit_codes import STOPPED, UNUSABLE
from cchc_calc.commands.fill import fill
from cchc_calc.commands.install_excel import install_excel
from cchc_calc.commands.new import new
from cchc_calc.commands.objectives import objectives
from cchc_calc.commands.score import score
from cchc_calc.commands.seal import reopen, seal
from cchc_calc.commands.serve import serve
from cchc_calc.commands.tally import tally
from cchc_calc.errors import CchcError, SourceRefusedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cchc_calc.console import Printer

_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EFBIG, errno.EDQUOT})
_EXAMPLE: Final = datetime.fromisoformat("2023-06-13T17:00")
"""A time that shows how an option is written."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cchc_calc", prog_name="cchc", message="%(prog)s %(version)s")
def cli() -> None:
    """Biểu mẫu thống kê cải cách hành chính tự tính, tự kiểm tra."""


for command in (
    bind,
    build,
    check,
    consolidate,
    diff,
    doctor,
    fill,
    install_excel,
    new,
    objectives,
    reopen,
    score,
    seal,
    serve,
    tally,
):
    cli.add_command(command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command and exit; every failure is a Vietnamese sentence and a code, never a traceback."""
    _speak_vietnamese()
    try:
        code = cli.main(args=None if arguments is None else list(arguments), standalone_mode=False)
    except SourceRefusedError as refusal:
        _printer().refuse(refusal)
        code = UNUSABLE
    except click.exceptions.NoArgsIsHelpError as error:
        _printer().say(error.format_message())
        code = UNUSABLE
    except click.ClickException as error:
        _printer().fail(_wrong_use(error), "xem cchc --help.")
        code = UNUSABLE
    except click.Abort:
        _printer().fail("đã dừng theo yêu cầu; không có tệp nào ghi dở.")
        code = STOPPED
    except (CchcError, OSError) as error:
        _printer().fail(_in_vietnamese(error))
        code = UNUSABLE
    sys.exit(code if isinstance(code, int) else 0)


def _speak_vietnamese() -> None:
    """Write UTF-8, also into a file or a pipe, where Windows would take a code page without our letters.

    The name of a file may hold what no encoding knows.
    """
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def _printer() -> Printer:
    from cchc_calc.console import Printer

    return Printer()


def _wrong_use(error: click.ClickException) -> str:
    """Say in Vietnamese what click says in English; our own messages stay as they are."""
    match error:
        case click.NoSuchOption():
            return f"Không có tùy chọn {error.option_name}. Tên tệp bắt đầu bằng dấu - thì viết ./ phía trước."
        case click.BadOptionUsage():
            return f"Sau {error.option_name} phải ghi một giá trị."
        case click.MissingParameter(param=click.Parameter() as missing):
            name = missing.opts[-1] if isinstance(missing, click.Option) else missing.human_readable_name
            return f"Thiếu {name}."
        case click.BadParameter(param=click.Parameter() as wrong):
            return f"Giá trị của {wrong.opts[-1]} không đúng{_expected(wrong.type)}."
    unknown = re.fullmatch(r"No such command '(.*?)'\.?.*", error.format_message(), re.DOTALL)
    return f"Không có lệnh “{unknown[1]}”." if unknown else error.format_message()


def _expected(kind: object) -> str:
    match kind:
        case click.DateTime():
            examples = " hoặc ".join(map(_EXAMPLE.strftime, reversed(kind.formats)))
            return f"; hãy ghi một ngày có thật, như {examples}"
        case click.Choice():
            return f"; hãy ghi một trong: {', '.join(kind.choices)}"
        case click.IntRange():
            return f"; hãy ghi một số từ {kind.min} đến {kind.max}"
    return ""


def _in_vietnamese(error: CchcError | OSError) -> str:
    if isinstance(error, PermissionError):
        return f"không được phép ghi “{error.filename}”; có thể tệp đang mở trong Excel."
    if isinstance(error, OSError) and error.errno in _NO_ROOM:
        place = f"“{error.filename}”" if error.filename else "ra màn hình hoặc tệp"
        return f"không ghi được {place}: đĩa đầy hoặc hết hạn mức; tệp cũ (nếu có) còn nguyên."
    if isinstance(error, OSError):
        return f"không ghi hoặc đọc được “{error.filename or ''}” ({error.strerror})."
    return str(error)
