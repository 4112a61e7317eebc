"""The command ``cchc score``: the points of units into a workbook with classes, ranks and groups."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from cchc_calc.commands.files import FUNCTIONS, JSON, OUTPUT, PATH, require_outputs, write_json

if TYPE_CHECKING:
    from pathlib import Path

    from cchc_calc.scoring.published import PublishedFigure
    from cchc_calc.scoring.records import Scoring
    from cchc_calc.scoring.scales import Scale


@click.command()
@click.argument("source", type=PATH)
@OUTPUT
@JSON
@FUNCTIONS
@click.option("--scale", "scale_id", help="Thang điểm; không ghi thì theo tệp, hoặc tt01-2018.")
@click.option("--report", "report_path", type=PATH, help="Báo cáo đã viết: từng con số trong đó được tính lại.")
def score(
    source: Path,
    output: Path,
    json_path: Path | None,
    functions: str | None,
    scale_id: str | None,
    report_path: Path | None,
) -> int:
    """Đọc bảng điểm của các đơn vị SOURCE, ghi ra tệp Excel có tổng điểm, xếp loại, xếp hạng và phần kết quả."""
    from cchc_calc.console import Printer
    from cchc_calc.excel.scoring.workbook import write_scores
    from cchc_calc.scoring.scales import load_scale

    require_outputs(output, json_path, source, report_path)
    scoring = _scored(source, None if scale_id is None else load_scale(scale_id))
    figures: tuple[PublishedFigure, ...] = ()
    if report_path is not None:
        scoring, figures = _held_against(scoring, report_path)
    write_scores(output, scoring, functions=functions)
    write_json(json_path, scoring.to_json())
    printer = Printer()
    printer.scoring(scoring, source.name, figures)
    printer.say(f"Đã ghi {output}")
    return 0


def _scored(source: Path, scale: Scale | None) -> Scoring:
    from cchc_calc.score_reading import read_scores
    from cchc_calc.scoring.scored_units import score_table

    return score_table(read_scores(source, scale))


def _held_against(scoring: Scoring, report: Path) -> tuple[Scoring, tuple[PublishedFigure, ...]]:
    """Compute every figure of a written report from the points; what differs is added to the findings."""
    from cchc_calc.findings import by_severity
    from cchc_calc.scoring.published import check_published, published_figures
    from cchc_calc.sources import admit_source, read_admitted

    admitted = admit_source(report)
    # The lines of a text keep their numbers; of another document they are its paragraphs.
    text = admitted.text or "\n".join(paragraph.text for paragraph in read_admitted(admitted).paragraphs)
    findings = (replace(found, where=f"{report.name}, {found.where}") for found in check_published(text, scoring))
    scoring = replace(scoring, findings=by_severity((*scoring.findings, *findings)))
    return scoring, published_figures(text, scoring)
