"""A line of figures and an objective over its lines: what Python stores in their cells."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typed_objectives import requirement, workbook

from cchc_calc.excel.objectives import line_results as notes
from cchc_calc.excel.objectives.line_results import line_result
from cchc_calc.excel.objectives.typed_lines import ObjectiveLine
from cchc_calc.excel.objectives.workbook_results import WorkbookResults
from cchc_calc.indicators import shortfall
from cchc_calc.objectives.headings import COMPARATOR_WORDS
from cchc_calc.objectives.records import Status
from cchc_calc.states import State
from cchc_calc.targets import UNREACHABLE, read_target


def judge(is_due=True, **cells):
    """Work out one line."""
    return line_result(requirement(**cells), 5, is_due=is_due, is_planned=True)


@pytest.mark.parametrize(
    ("cells", "target", "actual", "status", "short", "note"),
    [
        ({"comparator": "dưới", "value": Decimal("0.015"), "numerator": 234, "denominator": 13506},
         "dưới 1,5%", Fraction(234, 13506), Status.NOT_MET, 32, ""),
        ({"comparator": "không quá", "value": Decimal("0.02"), "declared": Decimal("0.0639")},
         "không quá 2%", Decimal("0.0639"), Status.NOT_MET, "", notes.ONLY_DECLARED),
        ({"value": Decimal("0.25"), "numerator": 5436, "denominator": 15019, "declared": Decimal("0.3619")},
         "từ 25% trở lên", Fraction(5436, 15019), Status.MET, 0, ""),
        ({"value": Decimal("0.25"), "numerator": 5436, "denominator": 15019, "declared": Decimal("0.4025")},
         "từ 25% trở lên", Fraction(5436, 15019), Status.MET, 0, notes.DIFFERS),
        ({"comparator": "trên", "value": Decimal("0.83"), "declared": Decimal("0.83")},
         "trên 83%", Decimal("0.83"), Status.NOT_MET, "", notes.ONLY_DECLARED),
        ({"comparator": "trên", "value": 1, "numerator": 7, "denominator": 7},
         "trên 100%", Fraction(1), Status.NOT_MET, UNREACHABLE, ""),
        ({"comparator": "dưới", "value": 0, "numerator": 0, "denominator": 7},
         "dưới 0%", Fraction(0), Status.NOT_MET, UNREACHABLE, ""),
        ({"value": 18, "unit": "chỉ tiêu", "numerator": 15}, "từ 18 chỉ tiêu trở lên", 15, Status.NOT_MET, 3, ""),
        ({"value": 90, "unit": "điểm", "numerator": Decimal("92.15")},
         "từ 90 điểm trở lên", Decimal("92.15"), Status.MET, "", notes.ONLY_DECLARED),
        ({"value": 90, "unit": "điểm", "numerator": Decimal("86.5"), "denominator": 100},
         "từ 90 điểm trở lên", Decimal("86.5"), Status.NOT_MET, "", notes.ONLY_DECLARED),
        ({"value": 90, "unit": "điểm", "numerator": Decimal("100.5"), "denominator": 100},
         "từ 90 điểm trở lên", State.UNDECIDED, Status.UNDECIDED, "", notes.CONTRADICTS),
        ({"numerator": Decimal("2.5"), "denominator": 3},
         "từ 100% trở lên", State.UNDECIDED, Status.UNDECIDED, "", notes.UNREADABLE),
        ({"numerator": 0, "denominator": 0}, "từ 100% trở lên", State.NOT_ARISING, Status.NOT_ARISING, "", ""),
        ({"numerator": "Không phát sinh"}, "từ 100% trở lên", State.NOT_ARISING, Status.NOT_ARISING, "", ""),
        ({"numerator": 3, "denominator": 2},
         "từ 100% trở lên", State.UNDECIDED, Status.UNDECIDED, "", notes.CONTRADICTS),
        ({"numerator": 3}, "từ 100% trở lên", State.UNDECIDED, Status.UNDECIDED, "", notes.NO_DENOMINATOR),
        ({"denominator": 3}, "từ 100% trở lên", State.UNDECIDED, Status.UNDECIDED, "", notes.NO_NUMERATOR),
        ({"numerator": "ba", "denominator": 3},
         "từ 100% trở lên", State.UNDECIDED, Status.UNDECIDED, "", notes.UNREADABLE),
        ({"declared": Decimal("94.2")}, "từ 100% trở lên", State.UNDECIDED, Status.UNDECIDED, "", notes.UNREADABLE),
        ({}, "từ 100% trở lên", State.BLANK, Status.UNDECIDED, "", notes.NO_FIGURES),
        ({"is_due": False}, "từ 100% trở lên", State.BLANK, Status.NOT_DUE, "", notes.NO_FIGURES),
        ({"comparator": "", "value": None, "numerator": 3, "denominator": 3},
         "", Fraction(1), Status.UNDECIDED, "", notes.NO_TARGET),
        ({"value": Decimal("1.5"), "numerator": 3, "denominator": 3},
         "KXĐ", Fraction(1), Status.UNDECIDED, "", notes.NO_CLEAR_TARGET),
        ({"unit": "", "numerator": 3, "denominator": 3},
         "KXĐ", Fraction(1), Status.UNDECIDED, "", notes.NO_CLEAR_TARGET),
    ],
)  # fmt: skip
def test_a_line(cells, target, actual, status, short, note):
    result = judge(**cells)
    assert (result.target, result.actual, result.status, result.note) == (target, actual, status, note)
    assert result.shortfall == short


@given(
    value=st.decimals(0, 1, places=4),
    comparator=st.sampled_from(list(COMPARATOR_WORDS)),
    whole=st.one_of(st.integers(1, 10**4), st.integers(1, 10**9)),
    data=st.data(),
)
def test_what_is_short_is_what_the_indicator_counts(value, comparator, whole, data):
    part = min(whole, max(0, int(value * whole) + data.draw(st.integers(-2, 2))))
    word = COMPARATOR_WORDS[comparator]
    result = judge(comparator=word, value=value, numerator=part, denominator=whole)
    expected = shortfall(part, whole, value, comparator)
    assert result.shortfall == (UNREACHABLE if expected is None else expected)
    assert (result.status is Status.MET) == (expected == 0)
    # The phrase in the cell is what the function is asked with.
    read = read_target(result.target)
    assert (read.comparator, read.value) == (comparator, value)


def test_an_objective_is_judged_over_its_groups():
    done = {"numerator": 1, "denominator": 1}
    lines = [
        requirement("1", "a", **done), requirement("1", "a", numerator=0, denominator=1),
        requirement("2", "a", **done), requirement("2", "b", numerator=0, denominator=1, scope="đất đai"),
        requirement("3", "", **done), requirement("3", "", numerator=0, denominator=0),
        requirement("4", "a", **done), requirement("4", "b", "", None),
        requirement("5", "a"), requirement("6", "a", numerator=0, denominator=0), requirement("7", "a", declared=1),
    ]  # fmt: skip
    objectives = [ObjectiveLine(number, cause="Thiếu người") for number in "12345678"]
    results = WorkbookResults(workbook(lines, objectives))
    assert [(results.status(line).value, results.reason(line)) for line in objectives] == [
        ("met", "1/1 yêu cầu đạt"),
        ("not_met", "1/2 yêu cầu chưa đạt: đất đai"),
        ("met", "1/2 yêu cầu đạt"),
        ("partly", "1/2 yêu cầu đạt, còn lại chưa đánh giá được"),
        ("undecided", "Chưa đủ căn cứ: xem cột Kiểm tra của trang Số liệu"),
        ("not_arising", "Trong kỳ không phát sinh"),
        ("met", "1/1 yêu cầu đạt (1 theo công bố)"),
        ("undecided", "Trang Số liệu chưa có dòng nào của mục tiêu này"),
    ]
    assert results.summary == "3/8 mục tiêu đạt (1, 3, 7)"
    assert [results.message(line) for line in objectives[:3]] == ["", "Ghi hướng giải quyết", ""]
