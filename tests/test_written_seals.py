"""A seal as named texts: read as it was written, and not believed where anybody typed over it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_seals import AGAIN, EVENING, MORNING, NOON, ONCE, OPENED, SEAL, written_seals

from cchc_calc.consolidation.written_seals import (
    LONGEST_REASON,
    MOST_REOPENINGS,
    from_properties,
    reopened,
    sealed,
    to_properties,
)
from cchc_calc.errors import CchcError


@settings(max_examples=60)
@given(written_seals(), st.data(), st.text(max_size=80))
def test_no_text_of_a_seal_can_be_typed_over(written, data, text):
    texts = to_properties(written)
    name = data.draw(st.sampled_from([name for name in texts if "History" not in name]))
    read = from_properties(texts | {name: text})
    assert read is not None
    assert read.fault or text.strip() == texts[name]
    left = from_properties({other: kept for other, kept in texts.items() if other != name})
    assert left is None or left.fault


@given(st.dictionaries(st.sampled_from([*to_properties(AGAIN), "CCHC.History.02", "CCHC.Khác"]), st.text(max_size=120)))
def test_whatever_stands_there_a_seal_is_read_or_told_broken(texts):
    read = from_properties(texts)
    assert (read is None) == (not texts)
    assert read is None or read.fault or from_properties(to_properties(read)) == read


@pytest.mark.parametrize("at", ["2023-09-15T18:00", "2023-09-15 08:00", "2023-13-15T08:00", "٢٠٢٣-09-15T08:00", ""])
def test_a_later_time_typed_over_the_old_one_is_not_believed(at):
    assert from_properties(to_properties(ONCE) | {"CCHC.SealedAt": at}).fault


def test_a_reason_changed_by_another_program_breaks_nothing():
    texts = to_properties(AGAIN)
    line = texts["CCHC.History.01"]
    read = from_properties(texts | {"CCHC.History.01": line.replace("biên bản", "biên\x07\n bản") + "!" * 300})
    assert (read.seal, read.fault) == (SEAL, "")
    assert read.history[0].reason.startswith("Sửa chỉ tiêu 3.4.3 theo biên bản số 12!")
    assert len(read.history[0].reason) == LONGEST_REASON


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("", "phải ghi lý do"),
        (" \u200b\n ", "phải ghi lý do"),
        ("số\x00", "chữ thường"),
        ("số\x1b[31m", "chữ thường"),
        ("số\ufffe", "chữ thường"),
        ("số\ud800", "chữ thường"),
        ("a" * (LONGEST_REASON + 1), str(LONGEST_REASON)),
        ("\U0001f600" * (LONGEST_REASON // 2 + 1), str(LONGEST_REASON)),
    ],
)
def test_a_reason_is_plain_text_of_some_length(reason, said):
    with pytest.raises(CchcError, match=said):
        reopened(ONCE, reason, NOON)


def test_the_history_is_bounded():
    written = None
    for _ in range(MOST_REOPENINGS):
        written = reopened(sealed(written, SEAL, NOON), "Sửa", NOON)
    assert len(written.history) == MOST_REOPENINGS
    with pytest.raises(CchcError, match="cchc fill"):
        reopened(sealed(written, SEAL, NOON), "Sửa", NOON)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (lambda: sealed(OPENED, SEAL, MORNING), "trước lần mở lại"),
        (lambda: reopened(AGAIN, "Sửa", NOON), "trước lúc chốt"),
        (lambda: reopened(OPENED, "Sửa", EVENING), "chưa chốt"),
    ],
)
def test_time_does_not_run_backwards(step, said):
    with pytest.raises(CchcError, match=said):
        step()


def test_a_time_with_a_zone_is_wrong_use():
    with pytest.raises(ValueError, match="local"):
        sealed(None, SEAL, MORNING.astimezone())
