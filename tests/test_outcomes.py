"""The table of numbered outcomes: it only ever grows."""

from __future__ import annotations

import re

import pytest

from cchc_calc.findings import Severity, finding_json, make_finding, rules
from cchc_calc.outcomes import OUTCOMES, Outcome, refusal

# A code that was given once is never taken away nor given another outcome: lines are added here, never changed.
FROZEN = {
    Outcome.REFUSE: """
        F00 F01 F02 F03 F04 F05 F06 F07 F08 F09 F10 F11 F12 F13 F14 F15 F17 B01 B02 B03 S01 S02 S09 S10 S13 S14
        S15 S19 S22 S23 S24 S25 S26 S27 C20 C23 X01 X02 X03 X04 X05 X07
    """,
    Outcome.BLOCK: """
        S04 S05 S07 S08 S11 S16 S21 C05 C07 C08 C09 C11 C12 C13 C14 C15 C17 C19 C21 V01 V02 V03 V04 V05 V07
        V08 V10 V11 V15
    """,
    Outcome.ASK: """
        C01 C06
    """,
    Outcome.WARN: """
        F16 S03 S06 S12 S17 S18 S20 C04 C16 C18 C22 C24 C25 C26 V06 V09 V12 V13 V14 V16 V17 X06 X08
    """,
    Outcome.NORMALISED: """
        C02 C03 C10
    """,
}


def test_a_code_is_stable_for_ever() -> None:
    frozen = {code: outcome for outcome, codes in FROZEN.items() for code in codes.split()}
    assert {code: entry.outcome for code, entry in OUTCOMES.items()} == frozen


def test_a_code_has_one_meaning() -> None:
    meanings = [entry.meaning for entry in OUTCOMES.values()]
    assert len(set(meanings)) == len(meanings)
    assert all(re.fullmatch(r"[FBSCVX]\d\d", code) for code in OUTCOMES)


@pytest.mark.parametrize("code", ["F99", "F16", "S04"])
def test_a_source_is_refused_only_under_a_code_for_it(code: str) -> None:
    with pytest.raises(KeyError):
        refusal("a.xlsx", code, "không từ chối theo mã này.", "Không có.")


def test_the_code_of_a_rule_agrees_with_its_severity() -> None:
    coded = {rule: OUTCOMES[rule.code].outcome for rule in rules().values() if rule.code}
    assert coded
    for rule, outcome in coded.items():
        undecided = outcome in {Outcome.BLOCK, Outcome.ASK}
        assert undecided == (rule.severity is Severity.ERROR), rule.id


def test_a_finding_carries_the_code_of_its_rule_or_a_more_exact_one() -> None:
    assert finding_json(make_finding("row_missing", "thiếu dòng."))["code"] == "S05"
    assert finding_json(make_finding("row_missing", "thiếu dòng.", code="S07"))["code"] == "S07"
    assert finding_json(make_finding("misspelling", "sai chính tả."))["code"] is None
