"""Good files changed at random: each gives a report or a refusal, within the limits, and readers agree.

The same changes are made every time. ``CCHC_FUZZ_ROUNDS`` asks for more of them (each round changes every kind of
file once), ``CCHC_FUZZ_START`` for others.
"""

from __future__ import annotations

import os
import resource
import signal

import pytest
from hostile.judging import judge
from hostile.mutations import GOOD, mutated

from cchc_calc.document import Document
from cchc_calc.errors import SourceRefusedError
from cchc_calc.excel.readers.careful import read_workbook
from cchc_calc.excel.readers.fast import read_workbook_fast
from cchc_calc.gate import admit_bytes
from cchc_calc.outcomes import OUTCOMES, Outcome

ROUNDS = int(os.environ.get("CCHC_FUZZ_ROUNDS", "25"))
START = int(os.environ.get("CCHC_FUZZ_START", "0"))
SECONDS, MEMORY = 10, 300 * 1024 * 1024


class TooSlowError(Exception):
    pass


@pytest.fixture
def limited():
    """Break off what takes the processor longer than a file may take, and look at the memory behind."""

    def stop(_signal: int, _frame: object) -> None:
        raise TooSlowError

    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    previous = signal.signal(signal.SIGPROF, stop)
    yield lambda: signal.setitimer(signal.ITIMER_PROF, SECONDS)
    signal.setitimer(signal.ITIMER_PROF, 0)
    signal.signal(signal.SIGPROF, previous)
    assert (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 < MEMORY


@pytest.mark.parametrize("name", GOOD)
def test_a_changed_file_gives_a_report_or_a_refusal(name, tmp_path, limited):
    path = tmp_path / name
    refused = set()
    for seed in range(START, START + ROUNDS):
        path.write_bytes(mutated(name, seed))
        limited()
        judged = judge(path)
        if judged.refused:
            assert OUTCOMES[judged.refused].outcome is Outcome.REFUSE, seed
            refused.add(judged.refused)
        elif counts := judged.data["counts"]:
            assert counts["accepted"] + counts["blank"] + counts["refused"] == counts["rows"], seed
    # Changes that hurt nothing would try nothing.
    assert refused


@pytest.mark.parametrize("name", [name for name in GOOD if name.endswith((".xlsx", ".xlsm"))])
def test_readers_agree_on_a_changed_workbook(name, limited):
    agreed = 0
    for seed in range(START, START + ROUNDS):
        data = mutated(name, seed)
        limited()
        fast = read(read_workbook_fast, name, data)
        if fast is not None:
            assert fast == read(read_workbook, name, data), seed
            agreed += isinstance(fast, Document)
    assert agreed


def read(reader, name, data):
    try:
        return reader(admit_bytes(name, data))
    except SourceRefusedError as refused:
        return refused.code


def test_a_seed_gives_the_same_change_every_time():
    for name in GOOD:
        assert mutated(name, 1) == mutated(name, 1)
        assert len({mutated(name, seed) for seed in range(5)}) > 1
