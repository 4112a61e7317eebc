"""Objectives and what reports say of them, in the words of offices, against what a careful official concludes."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from cchc_calc.objectives.attainments import read_result
from cchc_calc.objectives.evaluation import evaluate_objectives
from cchc_calc.objectives.records import Objective, ObjectiveReport
from cchc_calc.objectives.requirements import read_requirements
from cchc_calc.periods import read_period

CASES = tomllib.loads((Path(__file__).parent / "cases" / "judgements.toml").read_text(encoding="utf-8"))
OWN = [
    pytest.param(*text.split(" << "), expected, id=f"{subject}: {text[:80]}")
    for subject, cases in CASES.items()
    for text, expected in cases.items()
]


def concluded(outcome):
    """Write an outcome as the case file does; of several targets, one after the other."""
    shown = []
    for judgement in outcome.judgements:
        result = judgement.measurements[0] if judgement.measurements else None
        shown.append(" ".join(filter(None, [judgement.status.value, written(result, judgement.requirement.target)])))
    return "; ".join(shown)


def written(result, target):
    if result is None:
        return ""
    if result.denominator is not None:
        return f"{result.numerator}/{result.denominator}"
    if target.unit == "%":
        return f"{float(result.value * 100):g}%"
    return f"{float(result.value):g}"


@pytest.mark.parametrize(("asked", "reported", "expected"), OWN)
def test_concludes_what_an_official_concludes(asked, reported, expected):
    text, _, measuring = asked.partition(" | ")
    objective = Objective("1", text, read_requirements(text, measuring), measuring)
    period = read_period("năm 2022")
    report = ObjectiveReport("ket-qua.txt", (objective,), {"1": read_result(reported)}, period=period)
    [outcome] = evaluate_objectives(report).outcomes
    assert concluded(outcome) == expected
