"""The command ``cchc fill``: a report into the official form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cchc_calc.commands.files import FUNCTIONS, JSON, OUTPUT, PATH, require_outputs, write_json

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("source", type=PATH)
@OUTPUT
@JSON
@FUNCTIONS
def fill(source: Path, output: Path, json_path: Path | None, functions: str | None) -> int:
    """Đọc báo cáo SOURCE, ghi ra biểu mẫu chính thức đã điền và tính, in những điều tìm thấy."""
    from cchc_calc.checking import check
    from cchc_calc.console import Printer
    from cchc_calc.excel.template import write_template
    from cchc_calc.outcomes import refusal
    from cchc_calc.reading import read_report

    printer = Printer()
    require_outputs(output, json_path, source)
    result = check(read_report(source))
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
