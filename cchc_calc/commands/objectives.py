"""The command ``cchc objectives``: quality objectives into a workbook that says which are met."""

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
@click.option(
    "--results",
    "results_path",
    type=PATH,
    help="Báo cáo kết quả, kể cả của năm khác, để đối chiếu với mục tiêu trong SOURCE theo nội dung.",
)
def objectives(
    source: Path, output: Path, json_path: Path | None, functions: str | None, results_path: Path | None
) -> int:
    """Đọc kế hoạch hoặc kết quả mục tiêu chất lượng SOURCE, ghi ra tệp Excel đã đánh giá đạt hay chưa đạt."""
    from cchc_calc.console import Printer
    from cchc_calc.excel.objectives.workbook import write_objectives
    from cchc_calc.objective_reading import read_objectives
    from cchc_calc.objectives.evaluation import evaluate_objectives

    require_outputs(output, json_path, source, results_path)
    results = read_objectives(results_path) if results_path is not None else None
    evaluation = evaluate_objectives(read_objectives(source), results)
    write_objectives(output, evaluation, functions=functions)
    write_json(json_path, evaluation.to_json())
    printer = Printer()
    printer.objectives(evaluation)
    printer.say(f"Đã ghi {output}")
    return 0
