"""The command ``cchc check``: every fault of a report, in its form and in its prose."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from cchc_calc.commands.exit_codes import FOUND_ERRORS, UNUSABLE
from cchc_calc.commands.files import JSON, PATH, require_writable_json, write_json
from cchc_calc.errors import SourceRefusedError

if TYPE_CHECKING:
    from pathlib import Path

    from cchc_calc.console import Printer
    from cchc_calc.sealed_reports import SealedReport


@click.command()
@click.argument("sources", type=PATH, nargs=-1)
@JSON
@click.option("--rules", "list_rules", is_flag=True, help="In danh sách các quy tắc kiểm tra.")
def check(sources: tuple[Path, ...], json_path: Path | None, *, list_rules: bool) -> int:
    """Kiểm tra biểu mẫu và số liệu trong lời văn của từng SOURCES."""
    from cchc_calc.console import Printer
    from cchc_calc.progress import track
    from cchc_calc.sealed_reports import read_sealed_report

    printer = Printer()
    if list_rules:
        _print_rules(printer)
        return 0
    if not sources:
        raise click.UsageError("Hãy cho biết tệp cần kiểm tra, ví dụ: cchc check bao-cao.docx")
    require_writable_json(json_path, *sources)
    results: list[dict[str, Any]] = []
    refused = errors = 0
    for source in track(sources, "Kiểm tra"):
        try:
            report = read_sealed_report(source)
        except SourceRefusedError as refusal:
            refused += 1
            printer.refuse(refusal)
            results.append(_refusal(refusal))
        else:
            errors += report.result.has_errors
            printer.result(report.result)
            if summary := report.summary():
                printer.say(f"  {summary}")
            results.append(_report(report))
    write_json(json_path, results[0] if len(results) == 1 else results)
    if refused == len(sources):
        return UNUSABLE
    return FOUND_ERRORS if errors or refused else 0


def _report(report: SealedReport) -> dict[str, Any]:
    seal = report.seal_json()
    return report.result.to_json() | ({} if seal is None else {"seal": seal})


def _refusal(refusal: SourceRefusedError) -> dict[str, str]:
    return {
        "source": refusal.source,
        "outcome": "REFUSE",
        "code": refusal.code,
        "message": refusal.message,
        "remedy": refusal.remedy,
    }


def _print_rules(printer: Printer) -> None:
    from cchc_calc.findings import SEVERITY_NAMES, rules

    for rule in rules().values():
        printer.say(f"{rule.id:24} {SEVERITY_NAMES[rule.severity]:9} {rule.title}")
