"""The rules that hold for every hostile input, whatever becomes of it."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from containers import watched
from hostile.judging import Judged, judge, outcome_of

from cchc_calc.outcomes import OUTCOMES, Outcome

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

_LONGEST_MESSAGE = 1000


def judged_by_the_rules(path: Path) -> Judged:
    """Judge a file; nothing but the file is opened, nothing is changed, and it is judged alike every time."""
    before = hashlib.sha256(path.read_bytes()).digest(), path.stat().st_mtime_ns, sorted(path.parent.iterdir())
    first = judge(path)
    with watched() as events:
        judged = judge(path)
    assert events in ([], ["open"])
    assert judged == first
    assert (
        hashlib.sha256(path.read_bytes()).digest(),
        path.stat().st_mtime_ns,
        sorted(path.parent.iterdir()),
    ) == before
    _check_words(judged, path)
    if not judged.refused:
        counts = judged.data["counts"]
        assert counts["accepted"] + counts["blank"] + counts["refused"] == counts["rows"] == len(judged.data["rows"])
    return judged


def check_outcome(judged: Judged, case: dict[str, Any]) -> None:
    """Hold what became of a file to what is required of it."""
    wanted = None if case["outcome"] == "OK" else Outcome(case["outcome"])
    codes = [judged.refused] if judged.refused else [finding["code"] for finding in judged.coded()]
    assert outcome_of(codes) is wanted, (codes, judged.message)
    if wanted is Outcome.REFUSE:
        assert judged.refused == case["code"], judged.message
        assert case.get("words", "") in judged.message
    elif wanted is not None:
        assert OUTCOMES[case["code"]].outcome is wanted
        _check_finding(judged, case)


def _check_finding(judged: Judged, case: dict[str, Any]) -> None:
    found = [
        finding
        for finding in judged.coded()
        if finding["code"] == case["code"]
        and (finding["rows"] == case.get("rows", finding["rows"]))
        and (finding["where"] == case.get("where", finding["where"]))
        and case.get("words", "") in finding["message"]
    ]
    assert len(found) == 1, judged.coded()


def _check_words(judged: Judged, path: Path) -> None:
    """Every message names the place, says what was found, and how to mend it."""
    assert str(path.parent) not in f"{judged.message}{judged.remedy}{judged.data}"
    if judged.refused:
        assert judged.message.startswith(f"{path.name}: ")
        assert judged.message.endswith(".")
        assert judged.remedy.endswith(".")
    for finding in judged.coded():
        assert finding["where"], finding
        assert finding["message"].endswith((".", "?")), finding
        assert finding["remedy"].endswith("."), finding
        assert len(finding["message"]) < _LONGEST_MESSAGE, finding
