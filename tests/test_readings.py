"""A value cell read for its row: nothing is guessed, and every refusal says why."""

from decimal import Decimal

import pytest
from filled_forms import FORM
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.findings import Severity
from cchc_calc.outcomes import OUTCOMES, Outcome
from cchc_calc.readings import read_declared, read_input
from cchc_calc.states import State

BLANK, NONE, UNDECIDED = State.BLANK, State.NOT_ARISING, State.UNDECIDED
COUNT, MONEY, DONG, FLAG, CHOICE, RATE, TOTAL = "3.4.3.b", "6.1.a", "7.7.5.e", "1.6", "1.6.b", "3.4.3", "2.1"


@pytest.mark.parametrize(
    ("address", "text", "content"),
    [
        (COUNT, "", BLANK),
        (COUNT, " \u00a0 ", BLANK),
        (COUNT, "0", 0),
        (COUNT, "425", 425),
        (COUNT, "05", 5),
        (COUNT, " 425 ", 425),
        (COUNT, "1.234", 1234),
        (COUNT, "1 234", 1234),
        (COUNT, "12\u200b", 12),
        (COUNT, "425,0", 425),
        (COUNT, "Không phát sinh", NONE),
        (COUNT, "không phát sinh.", NONE),
        (COUNT, "Chưa phát sinh", NONE),
        (DONG, "786.000", Decimal(786000)),
        (MONEY, "12,5", Decimal("12.5")),
        (MONEY, "1.234,5", Decimal("1234.5")),
        (FLAG, "1", 1),
        (FLAG, "Có", 1),
        (FLAG, "không", 0),
        (FLAG, "Có = 1", 1),
        (CHOICE, "2", 2),
        (CHOICE, "Kết hợp", 2),
    ],
)
def test_what_can_be_read(address, text, content):
    assert read_input(FORM.row(address), text, "D1") == (content, None)


@pytest.mark.parametrize(
    ("address", "text", "rule", "cause"),
    [
        (COUNT, "-", "unreadable_value", "placeholder"),
        (COUNT, "x", "unreadable_value", "placeholder"),
        (COUNT, "không", "unreadable_value", "placeholder"),
        (COUNT, "-5", "unreadable_value", "negative"),
        (COUNT, "12,5", "unreadable_value", "not_whole"),
        (COUNT, "1,234", "unreadable_value", None),
        (COUNT, "12 hồ sơ", "unreadable_value", "text_in_value"),
        (COUNT, "~100", "unreadable_value", None),
        (COUNT, "3/4", "unreadable_value", None),
        (COUNT, "1E3", "unreadable_value", None),
        (COUNT, "1_000", "unreadable_value", None),
        (COUNT, "0x10", "unreadable_value", None),
        (COUNT, "1O", "unreadable_value", None),
        (COUNT, "１２３", "unreadable_value", None),
        (COUNT, "120 (118)", "unreadable_value", None),
        (COUNT, "50%", "unreadable_value", None),
        (COUNT, "99999999999999999999", "unreadable_value", "too_large"),
        (COUNT, "2000000000", "unreadable_value", "too_large"),
        (COUNT, "#DIV/0!", "unreadable_value", None),
        (MONEY, "1.234", "unreadable_value", "two_readings"),
        (FLAG, "2", "unreadable_value", "unknown_code"),
        (FLAG, "có lẽ 2 lần", "unreadable_value", "unknown_code"),
        (FLAG, "có lẽ", "unreadable_value", "unknown_code"),
        (FLAG, "Không rõ", "unreadable_value", "unknown_code"),
        (FLAG, "Không phát sinh", "unreadable_value", "unknown_code"),
        (FLAG, "Có = 0 Không = 0", "legend_edited", "nothing_chosen"),
        (CHOICE, "Trực tuyến = 0 Phát phiếu = 1 Kết hợp = 0", "legend_edited", "tick_marks"),
    ],
)
def test_what_cannot_be_read_is_undecided_and_says_why(address, text, rule, cause):
    content, finding = read_input(FORM.row(address), text, "D1")
    assert content is UNDECIDED
    assert finding.rule == rule
    assert cause in {None, finding.cause}
    assert finding.rows == (address,)
    assert finding.where == "D1"
    assert address in finding.message
    assert text in finding.message
    assert finding.expected
    assert finding.remedy


@pytest.mark.parametrize(
    ("address", "text", "content", "rule"),
    [
        (FLAG, "Có = 1 Không = 0", BLANK, "legend_copied"),
        (FLAG, "Có = 1  Không = 0", BLANK, "legend_copied"),
        (FLAG, "Có = 1, Không = 0", BLANK, "legend_copied"),
        (FLAG, "Có = 1 Không = 0 (đã làm)", BLANK, "text_beside_legend"),
        (FLAG, "Có, theo kế hoạch", 1, "text_beside_legend"),
        (FLAG, "Không (chưa có kế hoạch)", 0, "text_beside_legend"),
        (COUNT, "Hồ sơ", BLANK, "unit_in_value"),
        (COUNT, "hồ sơ.", BLANK, "unit_in_value"),
    ],
)
def test_legends_and_units_in_the_cell(address, text, content, rule):
    read, finding = read_input(FORM.row(address), text, "D1")
    assert (read, finding.rule) == (content, rule)


def test_the_likely_answer_of_an_edited_legend_is_told_but_not_taken():
    _, finding = read_input(FORM.row(CHOICE), "Trực tuyến = 0 Phát phiếu = 1 Kết hợp = 0", "D1")
    assert "“Phát phiếu”" in finding.message


def test_a_fault_of_the_file_is_no_figure():
    content, finding = read_input(FORM.row(COUNT), "", "D57", "lỗi #DIV/0!")
    assert content is UNDECIDED
    assert "lỗi #DIV/0!" in finding.message


@pytest.mark.parametrize(
    ("address", "text", "value", "decimals", "numerator", "denominator"),
    [
        (RATE, "99,7% (446/447)", "99.7", 1, 446, 447),
        (RATE, "99,7%", "99.7", 1, None, None),
        (RATE, "99.7", "99.7", 1, None, None),
        (RATE, "100 %", "100", 0, None, None),
        (RATE, "0", "0", 0, None, None),
        (RATE, "446/447", None, 0, 446, 447),
        (RATE, "(446/447) 99,70%", "99.70", 2, 446, 447),
        (TOTAL, "1.234", "1234", 0, None, None),
    ],
)
def test_declared(address, text, value, decimals, numerator, denominator):
    declared, finding = read_declared(FORM.row(address), text, "D1")
    assert finding is None
    assert declared.value == (None if value is None else Decimal(value))
    assert declared.decimals == decimals
    assert (declared.numerator, declared.denominator) == (numerator, denominator)


@pytest.mark.parametrize(
    ("address", "text", "state", "rule"),
    [
        (RATE, "Không phát sinh", NONE, None),
        (RATE, "KXĐ", UNDECIDED, None),
        (RATE, "", None, None),
        (RATE, "%", None, "unit_in_value"),
        (RATE, "cao", None, "unreadable_value"),
        (RATE, "98,5% và 97%", None, "unreadable_value"),
    ],
)
def test_declared_without_a_number(address, text, state, rule):
    declared, finding = read_declared(FORM.row(address), text, "D1")
    assert (declared.state if declared is not None else None) == state
    assert (finding.rule if finding is not None else None) == rule


@given(st.sampled_from([row for row in FORM.rows if row.is_input]), st.text(max_size=40))
def test_any_text_is_read_or_refused_with_a_finding(row, text):
    content, finding = read_input(row, text, "D1")
    if content is UNDECIDED:
        assert finding is not None
    elif not isinstance(content, State):
        assert content >= 0
        assert row.legend is None or content in row.legend.codes.values()


@given(st.sampled_from([row for row in FORM.rows if row.is_computed]), st.text(max_size=40))
def test_any_text_is_a_declared_figure_nothing_or_a_finding(row, text):
    declared, finding = read_declared(row, text, "D1")
    assert declared is None or finding is None


@given(st.integers(0, 10**9))
def test_a_count_reads_back_however_it_is_written(count):
    for text in (str(count), f"{count:,}".replace(",", "."), f"0{count}"):
        assert read_input(FORM.row(COUNT), text, "D1") == (count, None)


@pytest.mark.parametrize(
    ("address", "shown", "stored", "content"),
    [
        ("6.1.a", "1.234", "1234", Decimal(1234)),
        ("6.1.a", "1.234,57", "1234.567", Decimal("1234.567")),
        ("6.1.a", "1,234", "1.234", Decimal("1.234")),
        (COUNT, "1.234", "1234", 1234),
        (COUNT, "1,234", "1.234", State.UNDECIDED),
        (COUNT, "12,0", "12.04", State.UNDECIDED),
        (COUNT, "12", "12.001", State.UNDECIDED),
        (COUNT, "50%", "0.5", State.UNDECIDED),
    ],
)
def test_a_stored_number_is_what_it_is_however_few_digits_are_shown(address, shown, stored, content):
    read, finding = read_input(FORM.row(address), shown, "D1", number=Decimal(stored))
    assert (read, finding is None) == (content, content is not State.UNDECIDED)


@given(st.sampled_from([row for row in FORM.rows if row.is_input]), st.text(max_size=40))
def test_what_is_undecided_has_a_code_for_it(row, text):
    content, finding = read_input(row, text, "D1")
    if content is UNDECIDED:
        assert OUTCOMES[finding.code].outcome in {Outcome.BLOCK, Outcome.ASK}
    else:
        assert finding is None or finding.severity is not Severity.ERROR


@pytest.mark.parametrize("length", [32_766, 32_767, 100_000])
def test_a_message_quotes_little_of_a_long_cell(length):
    for text in ("8" * length, "chữ " * (length // 4), "Có = 1 Không = 1 " * (length // 17)):
        for row in (FORM.row(COUNT), FORM.row(FLAG)):
            content, finding = read_input(row, text, "D1")
            assert content is UNDECIDED
            assert len(finding.message) + len(finding.found) < 700


def test_a_cell_that_may_be_cut_off_is_no_figure():
    _, finding = read_input(FORM.row(COUNT), "8" * 32_767, "D1")
    assert (finding.code, finding.cause) == ("C15", "text_cut")
    declared, finding = read_declared(FORM.row(RATE), "9" * 32_767, "D1")
    assert (declared, finding.code) == (None, "C15")
