"""What an input cell makes of what is typed into it: the same in the native formula and in Python."""

from decimal import Decimal

import pytest
from filled_forms import FORM
from hypothesis import assume, given
from hypothesis import strategies as st
from iron_calc import Spreadsheet
from spreadsheet import matches

from cchc_calc.excel.cell_reading import cell_reading, native_reading
from cchc_calc.excel.sheets.form_figures import stored_value
from cchc_calc.form_files import editions, load_form
from cchc_calc.readings import LARGEST_AMOUNT, LARGEST_COUNT, read_input
from cchc_calc.states import State

COUNT, MEASURE, FLAG, CHOICE = (FORM.row(address) for address in ("3.4.3.b", "6.1.a", "1.6", "1.6.b"))
BLANK, NONE, UNDECIDED = State.BLANK, State.NOT_ARISING, State.UNDECIDED

CASES = [
    (COUNT, None, BLANK),
    (COUNT, "", BLANK),
    (COUNT, "   ", BLANK),
    (COUNT, 0, 0),
    (COUNT, 425, 425),
    (COUNT, 425.0, 425),
    (COUNT, 0.5, UNDECIDED),
    (COUNT, -1, UNDECIDED),
    (COUNT, LARGEST_COUNT, LARGEST_COUNT),
    (COUNT, LARGEST_COUNT + 1, UNDECIDED),
    (COUNT, True, UNDECIDED),
    (COUNT, "Không phát sinh", NONE),
    (COUNT, "  không  PHÁT sinh ", NONE),
    (COUNT, "Chưa phát sinh", NONE),
    (COUNT, "không có phát sinh", NONE),
    (COUNT, "KXĐ", UNDECIDED),
    (COUNT, "x", UNDECIDED),
    (MEASURE, Decimal("12.5"), Decimal("12.5")),
    (MEASURE, 0, 0),
    (MEASURE, -0.01, UNDECIDED),
    (MEASURE, LARGEST_AMOUNT, LARGEST_AMOUNT),
    (MEASURE, 2 * LARGEST_AMOUNT, UNDECIDED),
    (MEASURE, "không phát sinh", NONE),
    (FLAG, 1, 1),
    (FLAG, 0, 0),
    (FLAG, 2, UNDECIDED),
    (FLAG, "Có = 1 Không = 0", BLANK),
    (FLAG, "có = 1  không = 0", BLANK),
    (FLAG, "Có = 0 Không = 0", UNDECIDED),
    (CHOICE, 2, 2),
    (CHOICE, 3, UNDECIDED),
]


@pytest.mark.parametrize(("row", "typed", "content"), CASES)
def test_cell_reading(row, typed, content):
    assert cell_reading(row, typed) == content
    assert type(cell_reading(row, typed)) in (type(content), Decimal)


@pytest.mark.parametrize(("row", "typed", "content"), CASES)
def test_the_native_formula_reads_the_same(row, typed, content):
    assert computed(row, typed) == as_operand(content)


@pytest.mark.parametrize("fault", ["=1/0", "=NA()"])
def test_an_error_in_the_cell_is_undecided(fault):
    assert computed(COUNT, fault) == "KXĐ"


TYPED = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 10**16),
    st.decimals(-5, 10**6, places=3),
    st.sampled_from(["Có = 1 Không = 0", "Chưa = 0 Có = 1"]),
    st.sampled_from(["", " ", "Không phát sinh", "chưa phát sinh", "%", "Có", "Hồ sơ", "1.200", "12a"]),
)
INPUTS = [row for row in FORM.rows if row.is_input]


@given(st.sampled_from(INPUTS), TYPED)
def test_both_readings_agree_on_anything(row, typed):
    assert matches(computed(row, typed), as_operand(cell_reading(row, typed)))


@given(st.sampled_from(INPUTS), st.one_of(st.integers(0, 10**9), st.decimals(0, 10**6, places=2), st.just("")))
def test_a_number_is_read_as_the_reader_of_documents_reads_it(row, typed):
    assume(row.legend is None or not isinstance(typed, Decimal))
    printed = f"{typed}".replace(".", ",")
    content, _ = read_input(row, printed, "D1")
    assert cell_reading(row, typed) == content


# Other than the reader of documents a cell guesses nothing: these texts it calls KXĐ, and a file that is
# filled by the program holds the number instead.
@pytest.mark.parametrize(
    ("row", "text", "read"),
    [
        (COUNT, "786.000", 786000),
        (COUNT, "05", 5),
        (MEASURE, "12,5", Decimal("12.5")),
        (FLAG, "Có", 1),
        (COUNT, "Hồ sơ", BLANK),
    ],
)
def test_texts_that_only_the_reader_of_documents_understands(row, text, read):
    assert read_input(row, text, "D1")[0] == read
    assert cell_reading(row, text) is UNDECIDED


@pytest.mark.parametrize("edition", editions("thong-ke-cchc"))
def test_the_formulas_are_short_enough_to_read(edition):
    for row in load_form("thong-ke-cchc", edition).rows:
        if row.is_input:
            assert len(native_reading(row, "D100")) < 400


def computed(row, typed):
    sheet = Spreadsheet()
    sheet.write("D1", typed)
    sheet.write("K1", native_reading(row, "D1"))
    sheet.compute()
    return sheet.read("K1")


def as_operand(content):
    return 0 if content is NONE else stored_value(content)
