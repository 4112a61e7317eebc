"""What Calc hands over is turned into cells, and no empty cell passes for 0."""

import pytest

from cchc_calc.excel import udf
from cchc_calc.excel.cell_functions import cell_functions
from cchc_calc.excel.libreoffice.arguments import CELLS, VALUE, VALUES, argument_types
from cchc_calc.excel.libreoffice.calls import BLANK_OR_ZERO, call

DIVISION_BY_ZERO, CIRCLE = 532, 522


class Area:
    """Cells of a sheet as LibreOffice hands them over: an error has no value, and a number of its own."""

    def __init__(self, *rows, errors=None):
        self.rows = rows
        self.errors = errors or {}

    def getDataArray(self):  # noqa: N802 - the names are LibreOffice's
        return self.rows

    def getCellByPosition(self, column, row):  # noqa: N802
        return Cell(self.errors[column, row])


class Cell:
    def __init__(self, error):
        self.error = error

    def getError(self):  # noqa: N802
        return self.error


def one(value):
    return Area((value,))


REST = [None] * 10


@pytest.mark.parametrize(
    ("name", "arguments", "answer"),
    [
        ("CCHC_TYLE", [one(424.0), one(425.0), *REST], 424 / 425),
        ("CCHC_TYLE", [one(""), one(425.0), *REST], ""),
        ("CCHC_TYLE", [one(0.0), one(425.0), *REST], 0.0),
        ("CCHC_TYLE", [one(0.0), one(0.0), *REST], "Không phát sinh"),
        ("CCHC_TYLE", [one("26"), one("34"), *REST], 26 / 34),
        ("CCHC_TYLE", [Area((None,), errors={(0, 0): DIVISION_BY_ZERO}), one(425.0), *REST], "KXĐ"),
        ("CCHC_TYLE", [None, one(425.0), *REST], "Lỗi: thiếu tử số"),
        ("CCHC_TYLE", [Area((1.0,), ("",)), Area((2.0,), (5.0,)), *REST], ((0.5,), ("",))),
        ("CCHC_TYLE", [one(1.0), one(2.0), 3.0, 4.0, *REST[2:]], 4 / 6),
        ("CCHC_TYLE", [one(1.0), one(2.0), (("",),), ((4.0,),), *REST[2:]], 0.5),
        ("CCHC_TYLE", [one(1.0), one(2.0), ((0.0,),), ((4.0,),), *REST[2:]], 1 / 6),
        ("CCHC_TONG", [(1.0, ((2.0,), ("",)), "3")], 6.0),
        ("CCHC_TONG", [(0.0, 3.0)], 3.0),
        ("CCHC_TONG", [()], "Lỗi: thiếu các ô cần cộng"),
        ("CCHC_HANTRA", [45090.0, 10.0], 45104.0),
        ("CCHC_HANTRA", [0.0, 10.0], ""),
        ("CCHC_DATMUCTIEU", [0.0, one(0.5)], ""),
        ("CCHC_XEPLOAI", [one(16.0), 0.0], "xuất sắc"),
    ],
)
def test_a_call_is_answered_as_elsewhere(name, arguments, answer):
    assert call(name, arguments) == answer


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        ("CCHC_TYLE", [one(1.0), one(2.0), 0.0, 4.0, *REST[2:]]),
        ("CCHC_TYLE", [one(""), one(2.0), 0.0, 0.0, *REST[2:]]),
        ("CCHC_TONG", [(0.0, 0.0)]),
        ("CCHC_TONG", [(0.0, "")]),
        ("CCHC_HANTRA", [45090.0, 0.0]),
    ],
)
def test_where_an_empty_cell_would_give_another_answer_than_0_the_answer_says_so(name, arguments):
    assert call(name, arguments) == BLANK_OR_ZERO


def test_errors_go_by_the_names_that_excel_shows():
    given = Area((None, None, 5.0), errors={(0, 0): DIVISION_BY_ZERO, (1, 0): CIRCLE})
    shown = []
    call_of = cell_functions()
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(call_of, "CCHC_SO", lambda cells: shown.append(cells) or 1.0)
        call("CCHC_SO", [given])
    assert shown == [(("#DIV/0!", "#VALUE!", 5.0),)]


def test_every_function_and_every_argument_has_a_type():
    functions = cell_functions()
    assert len(functions) == 17
    assert functions["CCHC_TYLE"] is udf.CCHC_TYLE
    assert argument_types(udf.CCHC_CONTHIEU) == {"tu_so": CELLS, "mau_so": CELLS, "muc_tieu": VALUE}
    assert argument_types(udf.CCHC_TONG) == {"cac_o": VALUES}
