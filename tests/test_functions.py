"""The functions of the cells in plain Python: the golden table, and laws."""

import datetime
from decimal import Decimal
from inspect import signature

import pytest
from filled_forms import FORM
from golden_functions import MISSING, ErrorValue, golden_cases
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.evaluation import evaluate
from cchc_calc.excel import host, udf
from cchc_calc.expressions import parse_formula
from cchc_calc.functions import forms, grids
from cchc_calc.functions.cell_values import cell_of, read_count
from cchc_calc.states import State

FUNCTIONS = {name: function for name, function in vars(udf).items() if name.startswith("CCHC_")}
NAMES = {
    "CCHC_TYLE", "CCHC_TYLE_DUNGHAN", "CCHC_TYLE_TREHAN", "CCHC_TYLE_TRUCTUYEN", "CCHC_TYLE_BCCI",
    "CCHC_TYLE_HOANTHANH", "CCHC_TONG", "CCHC_SO", "CCHC_CONTHIEU", "CCHC_DATMUCTIEU", "CCHC_XEPLOAI",
    "CCHC_XEPHANG", "CCHC_HANTRA", "CCHC_SONGAYLAMVIEC", "CCHC_BIEUMAU", "CCHC_KIEMTRA", "CCHC_TUKIEMTRA",
}  # fmt: skip
ANY_CELL = st.one_of(
    st.none(), st.text(), st.booleans(), st.integers(), st.floats(), st.dates(), st.datetimes(),
    st.sampled_from(["KXĐ", "Không phát sinh", "#N/A", "99,7%", "dưới 1,5%", "13/6/2023"]),
)  # fmt: skip
ANY_ARGUMENT = st.one_of(ANY_CELL, st.lists(ANY_CELL, max_size=4), st.lists(st.lists(ANY_CELL, max_size=3), max_size=3))


def call(case):
    """Call a function with rows of cells, as every host hands them over."""
    arguments = [
        None if argument is MISSING else [[as_cell(cell) for cell in row] for row in argument]
        for argument in case.arguments
    ]
    return FUNCTIONS[case.function](*arguments)


def as_cell(cell):
    return cell.name if isinstance(cell, ErrorValue) else cell


@pytest.mark.parametrize("case", golden_cases(), ids=lambda case: case.id)
def test_golden(case):
    answer = call(case)
    assert case.is_right(answer), answer


def test_every_function_has_a_name_help_and_a_case():
    assert FUNCTIONS.keys() == NAMES
    assert {case.function for case in golden_cases()} == NAMES


@pytest.mark.parametrize("name", sorted(NAMES))
def test_what_excel_can_take(name):
    function = FUNCTIONS[name]
    names = list(signature(function).parameters)
    assert 0 < len(function.__doc__) <= 255
    assert "\n" not in function.__doc__
    # Excel keeps the names of a macro's arguments in one string.
    assert len(names) + sum(map(len, names)) <= 254
    for argument in names:
        assert argument.isascii()
        assert 0 < len(udf.ARGUMENTS[argument]) <= 255


def test_no_help_for_arguments_that_do_not_exist():
    used = {argument for function in FUNCTIONS.values() for argument in signature(function).parameters}
    assert udf.ARGUMENTS.keys() == used


@pytest.mark.parametrize("name", sorted(NAMES))
@given(arguments=st.lists(ANY_ARGUMENT, max_size=4))
def test_a_function_answers_whatever_it_is_given(name, arguments):
    # A function of one argument called with two is the program's fault, which Excel does not let happen.
    taken = arguments if name == "CCHC_TONG" else arguments[: len(signature(FUNCTIONS[name]).parameters)]
    answer = FUNCTIONS[name](*taken)
    for row in answer if isinstance(answer, list) else [[answer]]:
        for cell in row:
            assert isinstance(cell, float | str)
            assert not str(cell).startswith(host.BROKEN), cell


@given(st.lists(st.tuples(ANY_CELL, ANY_CELL), min_size=1, max_size=20))
def test_a_column_is_its_cells(pairs):
    parts, wholes = [[part] for part, _ in pairs], [[whole] for _, whole in pairs]
    together = udf.CCHC_TYLE_DUNGHAN(parts, wholes)
    alone = [udf.CCHC_TYLE_DUNGHAN([[part]], [[whole]]) for part, whole in pairs]
    assert (together if isinstance(together, list) else [[together]]) == [[cell] for cell in alone]


@given(st.lists(st.tuples(ANY_CELL, ANY_CELL), min_size=1, max_size=6))
def test_the_call_means_what_the_formula_means(pairs):
    formula = parse_formula(
        f"on_time_rate({', '.join(f'[{2 * place}], [{2 * place + 1}]' for place in range(len(pairs)))})"
    )
    cells = [cell for pair in pairs for cell in pair]
    contents = {str(place): read_count(cell) for place, cell in enumerate(cells)}
    assert udf.CCHC_TYLE_DUNGHAN(*[[[cell]] for cell in cells]) == cell_of(evaluate(formula, contents))


def test_an_exception_inside_is_a_text(monkeypatch):
    def breaks(_pairs):
        raise ZeroDivisionError

    monkeypatch.setitem(vars(udf), "rate", lambda *_: breaks(None))
    assert udf.CCHC_TYLE(1, 2) == "Lỗi phần mềm (ZeroDivisionError): hãy chạy lệnh cchc doctor và báo cho người hỗ trợ"


def test_decimals_add_up_exactly():
    assert udf.CCHC_TONG([[0.1], [0.2]]) == 0.3


def test_sizes_are_limited(monkeypatch):
    monkeypatch.setattr(grids, "LARGEST_GRID", 6)
    assert udf.CCHC_TONG([[1, 2, 3, 4], [5, 6, 7, 8]]) == "Lỗi: vùng có hơn 6 ô; hãy chọn vùng nhỏ hơn"
    assert udf.CCHC_TONG([[1, 2, 3], [4, 5, 6]]) == 21
    assert udf.CCHC_SO("5" + " " * 2000) == "KXĐ"
    monkeypatch.setattr(forms, "LARGEST_FORM", 5)
    assert udf.CCHC_BIEUMAU([[1, 2, 4], [4, 5, 6]]).startswith("Lỗi: vùng lớn hơn biểu mẫu")


def test_a_refused_form_says_why():
    header = ["STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Số liệu quý I", "Số liệu quý II"]
    rows = [[row.code, row.label, row.unit, 1, 2] for row in FORM.rows]
    assert udf.CCHC_BIEUMAU([header, *rows]).startswith("Lỗi: biểu mẫu có nhiều cột số liệu")


def test_a_moment_of_a_day_is_that_day():
    moment = datetime.datetime(2023, 6, 13, 16, 59)  # noqa: DTZ001 - spreadsheets know no time zones
    assert udf.CCHC_HANTRA(moment, 10) == udf.CCHC_HANTRA(45090.7, 10) == 45104


def test_blank_and_missing_are_alike_where_the_host_cannot_tell(monkeypatch):
    assert udf.CCHC_TYLE([[26]]) == "Lỗi: thiếu mẫu số"
    monkeypatch.setattr(host, "BLANK_LOOKS_MISSING", True)
    assert udf.CCHC_TYLE([[26]], None) == ""


def test_arguments_by_name():
    assert udf.CCHC_TYLE(tu_so=1, mau_so=2) == udf.CCHC_TYLE(1, mau_so=2) == 0.5
    assert udf.CCHC_TYLE(1, 2, mau_so_2=4, tu_so_2=3) == udf.CCHC_TYLE(1, 2, 3, 4)
    assert udf.CCHC_TYLE(mau_so=2) == "Lỗi: thiếu tử số"
    assert udf.CCHC_HANTRA(so_ngay_lam_viec=10, ngay_nhan="13/6/2023") == 45104


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity"])
def test_no_number_among_decimals(number):
    for function in (udf.CCHC_SO, udf.CCHC_TONG, udf.CCHC_XEPHANG, udf.CCHC_XEPLOAI):
        assert function(Decimal(number)) == "KXĐ"


@pytest.mark.parametrize("number", [10**400, Decimal("1E+5000"), "9" * 400, "-" + "9" * 400])
def test_a_number_no_cell_can_show(number):
    for function in (udf.CCHC_SO, udf.CCHC_TONG, udf.CCHC_XEPHANG, udf.CCHC_XEPLOAI):
        assert function(number) == "KXĐ"
    assert udf.CCHC_BIEUMAU([[number]]).startswith("Lỗi: vùng không có biểu mẫu")
    assert udf.CCHC_HANTRA(45090, number) == "KXĐ"


def test_a_message_quotes_little():
    assert len(udf.CCHC_XEPLOAI(16, "x" * 30_000)) < 150
    assert len(udf.CCHC_TUKIEMTRA("x" * 30_000)) < 250


def test_states_have_a_text():
    assert [cell_of(state) for state in (State.BLANK, State.NOT_ARISING, State.UNDECIDED)] == [
        "",
        "Không phát sinh",
        "KXĐ",
    ]
