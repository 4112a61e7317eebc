"""A written workbook of objectives read back: Python judges it as its cells do, and as what it was made from."""

import random
from decimal import Decimal
from fractions import Fraction

import pytest
from spreadsheet import read_values
from typed_objectives import HALF_YEAR, WARD, lines_at_every_edge, random_workbook, workbook

from cchc_calc.excel.objectives.filling import typed_workbook
from cchc_calc.excel.objectives.workbook import write_objectives, write_typed
from cchc_calc.excel.objectives.workbook_results import WorkbookResults
from cchc_calc.objective_reading import read_objectives
from cchc_calc.objectives.evaluation import ObjectiveEvaluation, evaluate_objectives
from cchc_calc.objectives.judging import group_status
from cchc_calc.objectives.records import (
    STATUS_TEXTS,
    Attainment,
    Judgement,
    Measurement,
    Objective,
    ObjectiveOutcome,
    ObjectiveReport,
    Requirement,
    Result,
    Status,
)
from cchc_calc.targets import read_target


def statuses_read_back(path, typed):
    """Read a written workbook and pair what Python judges with what its cells show, line by line."""
    write_typed(path, typed)
    evaluation, results = evaluate_objectives(read_objectives(path)), WorkbookResults(typed)
    shown = {}
    for line in results.lines:
        shown.setdefault(line.key, []).append((line.status, line.shortfall))
    numbers = [f"#{outcome.objective.number}" for outcome in evaluation.outcomes]
    for key, outcome in zip(numbers, evaluation.outcomes, strict=True):
        if numbers.count(key) == 1 and key in shown:
            yield from zip(shown[key], outcome.judgements, strict=True)


@pytest.mark.parametrize("place", range(8))
def test_what_is_read_back_is_judged_as_the_cells_do(tmp_path, place):
    chance = random.Random(place)  # noqa: S311 - the same in every run
    typed = random_workbook(chance) if place else workbook(lines_at_every_edge())
    pairs = list(statuses_read_back(tmp_path / "muc-tieu.xlsx", typed))
    assert len(pairs) > (12 if place else 100)
    for (status, short), judgement in pairs:
        assert status is judgement.status, judgement
        if isinstance(short, int):
            assert short == judgement.shortfall, judgement


ASKED = read_target("từ 95% trở lên")
PAIR, HALF = Measurement(Fraction(2, 3), 2, 3), Measurement(Fraction(1, 2))


@pytest.mark.parametrize(
    ("judgement", "attained", "cells"),
    [
        (Judgement(Requirement("", target=ASKED), Status.NOT_ARISING, ""), None, ("Không phát sinh", None, None)),
        (Judgement(Requirement("", target=ASKED), Status.UNDECIDED, "", where="D5"), None, ("KXĐ", None, None)),
        (Judgement(Requirement("", target=ASKED), Status.UNDECIDED, ""), None, (None, None, None)),
        (Judgement(Requirement("", target=ASKED), Status.UNDECIDED, "", measurements=(PAIR,)), None,
         ("KXĐ", None, None)),
        (Judgement(Requirement("", target=ASKED), Status.UNDECIDED, "", where="D5"),
         Attainment("", numerator=3, denominator=2, requirement=0), (3, 2, None)),
        (Judgement(Requirement("", target=ASKED), Status.NOT_MET, "", measurements=(PAIR,), declared_text="67%"), None,
         (2, 3, Decimal("0.67"))),
        (Judgement(Requirement("", target=ASKED), Status.NOT_MET, "", measurements=(HALF,)), None,
         (None, None, Decimal("0.5"))),
        (Judgement(Requirement("", target=read_target("từ 3 hội nghị trở lên")), Status.MET, "",
                   measurements=(Measurement(Fraction(3), 3),)), None, (3, None, None)),
        (Judgement(Requirement("", target=read_target("từ 90 điểm trở lên")), Status.MET, "",
                   measurements=(Measurement(Fraction("92.15")),)), None, (Decimal("92.15"), None, None)),
        (Judgement(Requirement("", target=read_target("từ 90 điểm trở lên")), Status.UNDECIDED, "", where="D5"),
         Attainment("", amount=Fraction("100.5"), denominator=100, requirement=0), (Decimal("100.5"), 100, None)),
    ],
)  # fmt: skip
def test_a_judgement_is_typed_so_that_the_cells_come_to_it(judgement, attained, cells):
    objective = Objective("1", "một", (judgement.requirement,))
    result = Result("đã làm", (attained,) if attained else ())
    outcome = ObjectiveOutcome(objective, (judgement,), group_status([judgement.status]), "", result)
    report = ObjectiveReport("a.txt", (objective,), {"1": result}, period=HALF_YEAR)
    typed = typed_workbook(ObjectiveEvaluation(report, (outcome,), (), report))
    (line,) = typed.requirements
    assert (line.numerator, line.denominator, line.declared) == cells
    assert [line.status for line in WorkbookResults(typed).lines] == [judgement.status]


def judged(evaluation):
    """Gather what two evaluations have to agree in."""
    return [
        (outcome.objective.number, outcome.status, outcome.objective.start, outcome.objective.finish, [
            (one.requirement.scope, one.requirement.group, one.requirement.target and one.requirement.target.comparator,
             one.requirement.target and one.requirement.target.value, one.status, one.basis, one.shortfall,
             [(found.value, found.numerator, found.denominator) for found in one.measurements[:1]])
            for one in outcome.judgements
        ])
        for outcome in evaluation.outcomes
    ]  # fmt: skip


@pytest.mark.parametrize(("said", "status"), [("92,15 điểm", "Đạt"), ("89,95 điểm", "Chưa đạt"), ("92 điểm", "Đạt")])
def test_points_with_decimals_and_back(tmp_path, said, status):
    source, path = tmp_path / "ket-qua.txt", tmp_path / "muc-tieu.xlsx"
    rows = ("STT\tMục tiêu chất lượng\tThực tế đạt được", f"1\tChỉ số CCHC đạt từ 90 điểm trở lên\tĐạt {said}")
    source.write_text("\n".join(rows), encoding="utf-8")
    evaluation = evaluate_objectives(read_objectives(source))
    write_objectives(path, evaluation)
    figures = read_values(path)["Số liệu"]
    assert (f"{figures['I5']} điểm".replace(".", ","), figures.get("K5"), figures["N5"]) == (said, None, status)
    again = evaluate_objectives(read_objectives(path))
    assert judged(again) == judged(evaluation)
    assert [one.text for one in again.outcomes[0].result.attainments] == [said]
    assert again.outcomes[0].reason == evaluation.outcomes[0].reason


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
@pytest.mark.parametrize(
    ("name", "summary"),
    [
        ("000", "4/5 mục tiêu đạt (1, 3, 4, 5)"),
        ("001", "0/5 mục tiêu đạt"),
        ("002", "6/10 mục tiêu đạt (2, 5, 6, 8, 9, 10)"),
    ],
)
def test_the_real_reports_and_back(real_reports, tmp_path, name, summary, suffix):
    (source,) = real_reports.glob(f"{name}_*.txt")
    evaluation, path = evaluate_objectives(read_objectives(source)), tmp_path / f"muc-tieu{suffix}"
    write_objectives(path, evaluation)
    shown = read_values(path)
    assert shown["Tổng quan"]["A4"] == summary
    texts = [outcome.status for outcome in evaluation.outcomes]
    stored = [shown["Kết quả"].get(f"E{line}") for line in range(6, 6 + len(texts))]
    assert stored == [STATUS_TEXTS[status] for status in texts]
    report = read_objectives(path)
    assert judged(evaluate_objectives(report)) == judged(evaluation)
    assert (report.unit, report.period) == (evaluation.report.unit, evaluation.report.period)


def test_the_late_dossiers_of_nha_trang(real_reports, tmp_path):
    (source,) = real_reports.glob("000_*.txt")
    path = tmp_path / "muc-tieu.xlsx"
    write_objectives(path, evaluate_objectives(read_objectives(source)))
    values = read_values(path)
    results, figures, found = values["Kết quả"], values["Số liệu"], values["Kiểm tra"]
    assert (results["E7"], results["F7"]) == ("Chưa đạt", "2/7 yêu cầu chưa đạt: chung; đất đai")
    assert [figures.get(f"{column}6") for column in "BGIJMNO"] == [
        "chung", "dưới 1,5%", 234, 13506, "Tính từ số liệu", "Chưa đạt", 32
    ]  # fmt: skip
    assert [figures.get(f"{column}7") for column in "BGMNO"] == [
        "đất đai", "không quá 2%", "Theo công bố", "Chưa đạt", None
    ]  # fmt: skip
    assert [figures[f"N{line}"] for line in range(8, 13)] == ["KXĐ"] * 5
    assert any("dưới 1,5%" in str(value) and "<=2%" in str(value) for value in found.values())


def test_results_of_another_year_say_so(real_reports, tmp_path):
    plan, report = (read_objectives(*real_reports.glob(f"{name}_*.txt")) for name in ("001", "000"))
    path = tmp_path / "muc-tieu.xlsx"
    write_objectives(path, evaluate_objectives(plan, report))
    cells = read_values(path)["Kết quả"]
    assert cells["A3"] == "(Mục tiêu năm 2023 so với kết quả của Báo cáo số 9758/BC-UBND ngày 28/12/2022)"
    assert (cells["C4"].year, cells["A1"][-4:]) == (2022, "2023")
    assert WARD not in cells.values()
