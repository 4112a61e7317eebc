"""The command ``cchc``: what officials and scripts run."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cchc_calc.bind_command import bind
from cchc_calc.command_files import JSON, OUTPUT, PATH, require_new_file, require_writable_json, write_json
from cchc_calc.errors import CchcError, SourceRefusedError
from cchc_calc.install_command import install_excel
from cchc_calc.serving import serve

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from cchc_calc.checking import CheckResult
    from cchc_calc.console import Printer

FOUND_ERRORS, UNUSABLE = 1, 2
"""Exit codes: findings of severity error or some sources refused; nothing usable or wrong use."""

_DAY = click.DateTime(formats=["%Y-%m-%d", "%d/%m/%Y"])
_FUNCTIONS = click.option(
    "--functions",
    type=click.Choice(["excel", "python"]),
    help="Công thức của Excel, hay hàm CCHC_* gọi Python. Không ghi thì theo đuôi tệp: .xlsm gọi Python.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="cchc_calc", prog_name="cchc", message="%(prog)s %(version)s")
def cli() -> None:
    """Biểu mẫu thống kê cải cách hành chính tự tính, tự kiểm tra."""


cli.add_command(bind)


@cli.command()
@click.argument("source", type=PATH)
@OUTPUT
@JSON
@_FUNCTIONS
def fill(source: Path, output: Path, json_path: Path | None, functions: str | None) -> int:
    """Đọc báo cáo SOURCE, ghi ra biểu mẫu chính thức đã điền và tính, in những điều tìm thấy."""
    from cchc_calc.excel.template import write_template
    from cchc_calc.outcomes import refusal

    printer = _printer()
    require_new_file(output, source, suffix=_suffix_of_template(output))
    require_writable_json(json_path, source, output)
    result = _check(source)
    report = result.report
    if report.form is None:
        printer.result(result)
        message = "trong tệp không có biểu mẫu thống kê, chỉ có lời văn, nên không có gì để điền."
        remedy = "Dùng tệp có kèm biểu mẫu, hoặc lệnh cchc check để chỉ kiểm tra lời văn."
        raise refusal(source.name, "S10", message, remedy)
    write_template(output, report.form, unit=report.unit, period=report.period, result=result, functions=functions)
    write_json(json_path, result.to_json())
    printer.result(result)
    printer.say(f"Đã ghi {output}")
    return 0


@cli.command()
@click.argument("sources", type=PATH, nargs=-1)
@JSON
@click.option("--rules", "list_rules", is_flag=True, help="In danh sách các quy tắc kiểm tra.")
def check(sources: tuple[Path, ...], json_path: Path | None, *, list_rules: bool) -> int:
    """Kiểm tra biểu mẫu và số liệu trong lời văn của từng SOURCES."""
    from cchc_calc.progress import track

    if list_rules:
        _print_rules()
        return 0
    if not sources:
        raise click.UsageError("Hãy cho biết tệp cần kiểm tra, ví dụ: cchc check bao-cao.docx")
    require_writable_json(json_path, *sources)
    printer = _printer()
    results: list[dict[str, Any]] = []
    refused = errors = 0
    for source in track(sources, "Kiểm tra"):
        try:
            result = _check(source)
        except SourceRefusedError as refusal:
            refused += 1
            printer.refuse(refusal)
            results.append(_refusal(refusal))
        else:
            errors += result.has_errors
            printer.result(result)
            results.append(result.to_json())
    write_json(json_path, results[0] if len(results) == 1 else results)
    if refused == len(sources):
        return UNUSABLE
    return FOUND_ERRORS if errors or refused else 0


@cli.command()
@click.argument("form_name", metavar="FORM")
@OUTPUT
@_FUNCTIONS
@click.option("--unit", default="", help="Tên đơn vị, ví dụ “UBND phường Phương Sơn”.")
@click.option("--from", "start", type=_DAY, help="Ngày đầu kỳ báo cáo.")
@click.option("--to", "end", type=_DAY, help="Ngày cuối kỳ báo cáo.")
def new(
    form_name: str, output: Path, functions: str | None, unit: str, start: datetime | None, end: datetime | None
) -> int:
    """Tạo biểu mẫu FORM chưa điền, ví dụ thong-ke-cchc (bản mới nhất) hoặc thong-ke-cchc/2023."""
    from cchc_calc.excel.template import write_template
    from cchc_calc.form_files import editions, load_form
    from cchc_calc.periods import Period

    require_new_file(output, suffix=_suffix_of_template(output))
    if (start is None) != (end is None) or (start and end and end < start):
        raise click.UsageError("Kỳ báo cáo cần cả --from và --to, và ngày đầu không được sau ngày cuối.")
    name, _, edition = form_name.partition("/")
    form = load_form(name, edition or _edition_for(name, end.date() if end else None, editions(name)))
    period = Period(start.date(), end.date()) if start and end else None
    write_template(output, form, unit=unit, period=period, functions=functions)
    _printer().say(f"Đã ghi {output}")
    return 0


@cli.command()
@click.option("--check", "only_check", is_flag=True, help="Chỉ so với những gì đang có, không ghi.")
@click.option("--root", type=PATH, default=Path(), help="Thư mục gốc của dự án.")
def build(root: Path, *, only_check: bool) -> int:
    """Dựng lại các tệp trong workbooks/."""
    from cchc_calc.building import build_all, differences

    printer = _printer()
    if only_check:
        stale = differences(root)
        for name in stale:
            printer.fail(f"{name} khác với bản dựng lại", "chạy cchc build rồi đưa tệp mới vào kho mã nguồn.")
        return FOUND_ERRORS if stale else 0
    for path in build_all(root):
        printer.say(f"Đã ghi {path}")
    return 0


@cli.command()
def doctor() -> int:
    """Cho biết máy này có gì, thiếu gì, và cần làm gì."""
    from cchc_calc.doctor import examine
    from cchc_calc.examination import missing, told

    printer = _printer()
    lines = examine()
    for text in told(lines):
        printer.say(text)
    return UNUSABLE if missing(lines) else 0


cli.add_command(install_excel)
cli.add_command(serve)


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
        code = 130
    except (CchcError, OSError) as error:
        _printer().fail(_in_vietnamese(error))
        code = UNUSABLE
    sys.exit(code if isinstance(code, int) else 0)


def _suffix_of_template(output: Path) -> str:
    from cchc_calc.excel.builds import MACRO_SUFFIX

    return MACRO_SUFFIX if output.suffix.lower() == MACRO_SUFFIX else ".xlsx"


def _check(source: Path) -> CheckResult:
    from cchc_calc.checking import check as check_report
    from cchc_calc.reading import read_report

    return check_report(read_report(source))


def _speak_vietnamese() -> None:
    """Write UTF-8, also into a file or a pipe, where Windows would take a code page without our letters."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8")


def _printer() -> Printer:
    from cchc_calc.console import Printer

    return Printer()


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


def _refusal(refusal: SourceRefusedError) -> dict[str, str]:
    return {
        "source": refusal.source,
        "outcome": "REFUSE",
        "code": refusal.code,
        "message": refusal.message,
        "remedy": refusal.remedy,
    }


def _print_rules() -> None:
    from cchc_calc.findings import SEVERITY_NAMES, rules

    printer = _printer()
    for rule in rules().values():
        printer.say(f"{rule.id:24} {SEVERITY_NAMES[rule.severity]:9} {rule.title}")


def _wrong_use(error: click.ClickException) -> str:
    """Say in Vietnamese what click says in English; our own messages stay as they are."""
    match error:
        case click.NoSuchOption():
            return f"Không có tùy chọn {error.option_name}. Tên tệp bắt đầu bằng dấu - thì viết ./ phía trước."
        case click.MissingParameter(param=click.Parameter() as missing):
            name = missing.opts[-1] if isinstance(missing, click.Option) else missing.human_readable_name
            return f"Thiếu {name}."
        case click.BadParameter(param=click.Parameter() as wrong):
            return f"Giá trị của {wrong.opts[-1]} không đúng."
    unknown = re.fullmatch(r"No such command '(.*?)'\.?.*", error.format_message(), re.DOTALL)
    return f"Không có lệnh “{unknown[1]}”." if unknown else error.format_message()


def _in_vietnamese(error: CchcError | OSError) -> str:
    if isinstance(error, PermissionError):
        return f"không được phép ghi “{error.filename}”; có thể tệp đang mở trong Excel."
    if isinstance(error, OSError):
        return f"không ghi hoặc đọc được “{error.filename or ''}” ({error.strerror})."
    return str(error)
