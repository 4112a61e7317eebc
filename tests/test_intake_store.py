"""The store: exact results, safe at any moment, and never trusted further than it can be checked."""

import dataclasses
import json
import sqlite3
from contextlib import closing
from decimal import Decimal

import pytest
from filled_forms import CONTENTS
from hypothesis import given
from hypothesis import strategies as st
from made_submissions import submitted

from cchc_calc.consolidation.refusals import Refusal
from cchc_calc.consolidation.submissions import Submission
from cchc_calc.findings import Finding, Severity
from cchc_calc.intake import generation, store
from cchc_calc.intake.encoding import (
    FAULTY,
    decode_findings,
    decode_refusal,
    decode_submission,
    encode_findings,
    encode_refusal,
    encode_submission,
)
from cchc_calc.intake.folders import Candidate
from cchc_calc.intake.store import CURRENT, PREVIOUS, Encoded, Store, StoreError, store_path
from cchc_calc.intake.stored import FaultsOfStore, refusals_of, submissions_of
from cchc_calc.periods import Period
from cchc_calc.states import State

FAULT = Finding(
    "count_unreadable", Severity.ERROR, "dòng 1.1: “ba”.", "Ghi bằng số.", ("1.1",), "D7", "ba", "3", "x", "C09"
)
SENT = submitted(
    "UBND phường 1", {"1.1": 3, "3.4.3.b": 425, "3.4.3.c": 424, "6.1.a": Decimal("12.50")}, source="1.xlsx"
)
REFUSED = Refusal("2.xlsx", "F05", "tệp rỗng (0 byte).", "Xin gửi lại.", "UBND phường 2", "ab" * 32)
KEPT = Encoded(encode_submission(SENT), None, encode_findings([FAULT]))
FILES = [Candidate(f"/x/{number}.xlsx", f"{number}.xlsx", number, 10, 20) for number in (1, 2, 3)]


@pytest.fixture
def path(tmp_path):
    return tmp_path / ".tong-hop.cchc"


@pytest.fixture
def filled(path):
    """A store that holds a submission and a refusal."""
    with Store(path) as kept:
        kept.unread(CURRENT, FILES)
        kept.keep(CURRENT, [(FILES[0], KEPT), (FILES[1], Encoded(None, encode_refusal(REFUSED), "[]"))])
    return path


def names(files):
    return [file.name for file in files]


# What is kept is what was received.

NUMBERS = st.one_of(
    st.integers(),
    st.decimals(allow_nan=False, allow_infinity=False),
    st.fractions(),
    st.sampled_from(list(State)),
)
TEXTS = st.text(st.characters(), max_size=12)
PERIODS = st.none() | st.builds(
    lambda days, label: Period(min(days), max(days), label), st.tuples(st.dates(), st.dates()), TEXTS
)
SUBMISSIONS = st.builds(
    Submission,
    source=TEXTS,
    unit=TEXTS,
    form_id=TEXTS,
    edition=TEXTS,
    contents=st.dictionaries(TEXTS, NUMBERS, max_size=5) | CONTENTS,
    level=TEXTS,
    period=PERIODS,
    sha256=TEXTS,
    findings=st.dictionaries(st.sampled_from(list(Severity)), st.integers(0, 10**6)),
    seal=st.none() | TEXTS,
    sealed_at=st.none() | st.datetimes(),
    issued=st.none() | st.dates(),
    failing=st.dictionaries(TEXTS, st.lists(TEXTS, max_size=2).map(tuple), max_size=2),
)
FINDINGS = st.builds(
    Finding,
    *[TEXTS],
    st.sampled_from(list(Severity)),
    *[TEXTS] * 2,
    st.lists(TEXTS, max_size=2).map(tuple),
    *[TEXTS] * 5,
)


@given(SUBMISSIONS)
def test_a_submission_is_read_as_it_was_written(submission):
    read = decode_submission(encode_submission(submission))
    assert read == submission
    for address, content in submission.contents.items():
        # 2 == Decimal("2.0") == Fraction(2): equal is not enough.
        assert (type(read.contents[address]), str(read.contents[address])) == (type(content), str(content))
    assert (read.period is None) or read.period.label == submission.period.label


@given(st.lists(FINDINGS, max_size=3), st.builds(Refusal, *[TEXTS] * 6))
def test_findings_and_refusals_are_read_as_they_were_written(findings, refusal):
    assert decode_findings(encode_findings(findings)) == tuple(findings)
    assert decode_refusal(encode_refusal(refusal)) == refusal


FIELDS = {
    Submission: """source unit form_id edition contents level period sha256 findings seal sealed_at issued failing""",
    Refusal: """source code message remedy unit sha256""",
    Finding: """rule severity message remedy rows where found expected cause code""",
    Period: """start end label""",
}


@pytest.mark.parametrize("record", FIELDS)
def test_a_new_field_of_a_record_has_to_be_written_too(record):
    # The laws above fill these fields; one that they do not know would be lost without a word.
    assert [field.name for field in dataclasses.fields(record)] == FIELDS[record].split()


@pytest.mark.parametrize("content", [1.5, True, float("nan"), Decimal("NaN"), Decimal("Infinity"), "3", None])
def test_nothing_but_an_exact_number_is_written(content):
    with pytest.raises(TypeError):
        encode_submission(dataclasses.replace(SENT, contents={"1.1": content}))


GOOD = json.loads(encode_submission(SENT))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{",
        "[" * 100_000,
        json.dumps(GOOD[:-1]),
        json.dumps([*GOOD[:4], {"1.1": 1.5}, *GOOD[5:]]),
        json.dumps([*GOOD[:4], {"1.1": True}, *GOOD[5:]]),
        json.dumps([*GOOD[:4], {"1.1": None}, *GOOD[5:]]),
        json.dumps([*GOOD[:4], {"1.1": [1]}, *GOOD[5:]]),
        json.dumps([*GOOD[:4], {"1.1": "NaN"}, *GOOD[5:]]),
        json.dumps([*GOOD[:4], {"1.1": "1/0"}, *GOOD[5:]]),
        json.dumps([*GOOD[:4], {"1.1": "__import__('os')"}, *GOOD[5:]]),
        json.dumps([*GOOD[:4], "1.1", *GOOD[5:]]),
        json.dumps([1, *GOOD[1:]]),
        encode_submission(SENT).replace('"1.1":3', '"1.1":NaN'),
        encode_submission(SENT).replace('"1.1":3', f'"1.1":{"9" * 5000}'),
    ],
)
def test_any_other_text_is_refused(text):
    with pytest.raises(FAULTY):
        decode_submission(text)


# What is read again, and what is not.


def test_what_was_kept_is_not_read_again(filled):
    with Store(filled) as kept:
        assert names(kept.unread(CURRENT, FILES)) == ["3.xlsx"]
        assert list(submissions_of(kept, CURRENT)) == [SENT]
        assert refusals_of(kept, CURRENT) == (REFUSED,)
        assert dict(FaultsOfStore(kept, CURRENT)) == {"1.xlsx": (FAULT,), "2.xlsx": ()}
        assert kept.notice == ""


@pytest.mark.parametrize("changed", ["size", "modified_ns", "changed_ns"])
def test_a_file_that_changed_is_read_again_and_its_old_result_is_gone(filled, changed):
    with Store(filled) as kept:
        other = dataclasses.replace(FILES[0], **{changed: 99})
        assert names(kept.unread(CURRENT, [other, FILES[1]])) == ["1.xlsx"]
        assert list(submissions_of(kept, CURRENT)) == []


def test_a_file_that_is_gone_is_forgotten(filled):
    with Store(filled) as kept:
        assert kept.unread(CURRENT, FILES[1:2]) == []
        assert (len(submissions_of(kept, CURRENT)), kept.count(CURRENT)) == (0, 1)


@pytest.mark.parametrize("code", ["F00", "F09", "F15", "F17"])
def test_a_refusal_that_may_pass_is_tried_again(path, code):
    refusal = dataclasses.replace(REFUSED, code=code)
    with Store(path) as kept:
        kept.keep(CURRENT, [(FILES[1], Encoded(None, encode_refusal(refusal), "[]"))])
        assert refusals_of(kept, CURRENT) == (refusal,)
    with Store(path) as kept:
        assert kept.unread(CURRENT, FILES[1:2]) == FILES[1:2]


def test_the_period_before_is_kept_apart(filled):
    with Store(filled) as kept:
        assert names(kept.unread(PREVIOUS, FILES)) == ["1.xlsx", "2.xlsx", "3.xlsx"]
        kept.keep(PREVIOUS, [(FILES[2], KEPT)])
        assert (kept.count(CURRENT), kept.count(PREVIOUS)) == (2, 1)
        kept.forget()
        assert (kept.count(CURRENT), kept.count(PREVIOUS)) == (0, 0)


def test_submissions_come_in_the_order_of_the_names_one_by_one(path):
    with Store(path) as kept:
        for number in (3, 1, 2):
            sent = dataclasses.replace(SENT, source=f"{number}.xlsx")
            kept.keep(CURRENT, [(FILES[number - 1], KEPT._replace(submission=encode_submission(sent)))])
        stored = submissions_of(kept, CURRENT)
        assert [sent.source for sent in stored] == ["1.xlsx", "2.xlsx", "3.xlsx"]
        assert [sent.source for sent in stored[1:]] == ["2.xlsx", "3.xlsx"]
        assert (len(stored), stored[-1].source, stored[0] is stored[0]) == (3, "3.xlsx", False)
        with pytest.raises(IndexError):
            stored[3]
        with pytest.raises(KeyError):
            FaultsOfStore(kept, CURRENT)["không có.xlsx"]


@pytest.mark.parametrize("what", ["VERSION", "data"])
def test_results_of_another_version_are_not_taken(filled, monkeypatch, what):
    monkeypatch.setattr(store, "generation", lambda: f"other {what}")
    with Store(filled) as kept:
        assert "đổi phiên bản" in kept.notice
        assert names(kept.unread(CURRENT, FILES)) == ["1.xlsx", "2.xlsx", "3.xlsx"]
    with Store(filled) as kept:
        assert kept.notice == ""


def test_the_generation_depends_on_code_and_data(monkeypatch, tmp_path):
    for name in ("a.py", "forms.toml", "register.csv", "read.me"):
        (tmp_path / name).write_text("1")
    monkeypatch.setattr(generation.resources, "files", lambda _: tmp_path)
    seen = [generation.generation.__wrapped__()]
    for name in ("a.py", "forms.toml", "register.csv", "read.me"):
        (tmp_path / name).write_text("2")
        seen.append(generation.generation.__wrapped__())
    assert len(set(seen)) == 4
    assert seen[-1] == seen[-2]


# A store that is not ours.


def other_database(path):
    path.unlink()
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TABLE received (name TEXT)")


def with_trigger(path):
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("CREATE TRIGGER sly AFTER DELETE ON received BEGIN DELETE FROM generation; END")


def with_view(path):
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("ALTER TABLE received RENAME TO hidden")
        other.execute("CREATE VIEW received AS SELECT * FROM hidden")


def broken_page(path):
    data = bytearray(path.read_bytes())
    data[4096:8192] = bytes(range(256)) * 16
    path.write_bytes(data)


def cut(path):
    path.write_bytes(path.read_bytes()[:5000])


def garbage(path):
    path.write_bytes(b"garbage" * 1000)


def linked(path):
    path.replace(path.with_name("elsewhere"))
    path.symlink_to(path.with_name("elsewhere"))


def folder(path):
    path.unlink()
    path.mkdir()


def pickled(path):
    import pickle

    path.write_bytes(pickle.dumps({"1.xlsx": 1}))


@pytest.mark.parametrize(
    "tamper", [other_database, with_trigger, with_view, broken_page, cut, garbage, linked, folder, pickled]
)
def test_a_store_that_is_not_ours_is_put_aside_with_a_word(filled, tamper):
    tamper(filled)
    with Store(filled) as kept:
        assert f"“{filled.name}.hong”" in kept.notice
        assert names(kept.unread(CURRENT, FILES)) == ["1.xlsx", "2.xlsx", "3.xlsx"]
        kept.keep(CURRENT, [(FILES[0], KEPT)])
    assert filled.with_name(f"{filled.name}.hong").exists()
    with Store(filled) as kept:
        assert (kept.notice, len(submissions_of(kept, CURRENT))) == ("", 1)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("submission", "[]"),
        ("submission", "__import__('os').system('x')"),
        ("submission", encode_submission(dataclasses.replace(SENT, edition="1999"))),
        ("submission", b"\x80\x04K\x01."),
        ("submission", None),
        ("refusal", encode_refusal(REFUSED)),
        ("faults", '[["rule","fatal",[],"","","","","","",""]]'),
        ("faults", 5),
    ],
)
def test_a_result_that_was_tampered_with_is_read_again(filled, column, value):
    with closing(sqlite3.connect(filled)) as other, other:
        other.execute(f"UPDATE received SET {column} = ? WHERE name = '1.xlsx'", (value,))  # noqa: S608
    with Store(filled) as kept:
        assert names(kept.unread(CURRENT, FILES)) == ["1.xlsx", "3.xlsx"]


# At any moment.


def test_what_is_kept_outlives_the_process(filled, path):
    with Store(path) as kept:
        kept.keep(CURRENT, [(FILES[2], KEPT)])
        # As a killed process leaves it: nothing is closed.
        copies = [file for file in filled.parent.iterdir() if file.name.startswith(filled.name)]
        for file in copies:
            file.with_name(f"killed{file.name}").write_bytes(file.read_bytes())
    with Store(filled.with_name(f"killed{filled.name}")) as kept:
        assert kept.count(CURRENT) == 3


def test_two_runs_do_not_write_one_result(path):
    with Store(path), pytest.raises(StoreError, match="một lệnh tổng hợp khác đang ghi"):
        Store(path)


def test_a_folder_that_cannot_be_written_is_said(tmp_path):
    with pytest.raises(StoreError, match="không được phép ghi"):
        Store(tmp_path / "không có" / ".a.cchc")


def test_a_full_disk_is_said_and_what_was_kept_stays(filled):
    with Store(filled) as kept:
        pages = kept.connection.execute("PRAGMA page_count").fetchone()[0]
        kept.connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(StoreError, match="đĩa đầy"):
            kept.keep(CURRENT, [(FILES[2], KEPT._replace(faults=encode_findings([FAULT] * 500)))])
        assert kept.count(CURRENT) == 2


def test_the_store_lies_hidden_beside_the_result(tmp_path):
    assert store_path(tmp_path / "Tổng hợp quý 3.xlsm") == tmp_path / ".Tổng hợp quý 3.cchc"
