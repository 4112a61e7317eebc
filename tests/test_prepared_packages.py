"""Workbooks made of another one: to the byte those that XlsxWriter writes, wherever they differ in cells alone."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cchc_calc.excel.new_workbook import new_workbook
from cchc_calc.excel.prepared.package import PreparedPackage
from cchc_calc.excel.prepared.recorded_book import RecordedBook
from cchc_calc.excel.sheets.sheet_parts import add_sheet, put_merged, put_text
from cchc_calc.excel.sheets.styles import Styles

USUAL = {
    "text": "Phường 3",
    "number": 447.0,
    "result": 0.25,
    "label": "Đúng hạn: 25%",
    "height": 18.6,
    "link": ("'Trang 1'!A1", "3.4.3"),
    "width": 20,
    "chart_over": 18.6,
}
NUMBERS = st.one_of(st.floats(-1e15, 1e15), st.integers(0, 10**15), st.decimals(0, 10**9, places=2))
# What a cell takes has no other signs; put_text sees to that.
TEXTS = st.one_of(st.text(max_size=40), st.text(st.sampled_from(" _x0041_<r></r>&\"'\t\n\r\x0bé"), max_size=60))
HEIGHTS = st.sampled_from([6.0, 16.0, 18.6, 19.9, 34.2, 49.8, 65.4, 409.0])


def write_sheets(book, text, number, result, label, height, link, width, chart_over):
    """Write all kinds of cells, a link, and a chart of some of them."""
    styles = Styles(book)
    first, second = add_sheet(book, "Trang 1"), add_sheet(book, "Biểu & đồ")
    first.set_column(0, 0, width)
    put_merged(first, 0, (0, 2), text, styles["title"])
    put_text(first, 1, 0, "Phường 3", styles["cell"])
    put_text(first, 2, 0, text, styles["cell"])
    if number is None:
        first.write_blank(3, 0, None, styles["count"])
    else:
        first.write_number(3, 0, number, styles["count"])
    first.write_formula(4, 0, '=IF(A4<1,"","a&b")', styles["rate"], result)
    first.write_formula("A6", "=A5", styles["rate"], result)
    first.set_row(2, height)
    put_text(first, 7, 1, "ghi trước", styles["cell"])
    first.write_url(7, 1, f"internal:{link[0]}", styles["link"], link[1])
    second.set_row(0, chart_over)
    for line, value in enumerate((result, number or 0.0)):
        second.write_formula(line, 0, "=1", styles["side"], f"{label} {line}")
        second.write_formula(line, 1, "=2", styles["side"], value)
        second.write_number(line, 2, float(value) if not isinstance(value, str) else 0.0, styles["side"])
    chart = book.add_chart({"type": "bar"})
    for column in (1, 2):
        places = {"categories": ["Biểu & đồ", 0, 0, 1, 0], "values": ["Biểu & đồ", 0, column, 1, column]}
        chart.add_series({"name": "Tỷ lệ"} | places)
    second.insert_chart(0, 4, chart, {"object_position": 1})


def written(folder, title="Phường 3", **changes):
    """Let XlsxWriter write the workbook, and record how."""
    path, book = folder / "a.xlsx", RecordedBook()
    with new_workbook(path, title=title, subject="thử", day=date(2023, 1, 1)) as real:
        write_sheets(real, **USUAL | changes)
    write_sheets(book, **USUAL | changes)
    return path.read_bytes(), book


def require_same(folder, title="Phường 3", **changes):
    """Make the workbook of another, and hold it to the one that is written."""
    prepared = PreparedPackage(*written(folder))
    content, book = written(folder, title, **changes)
    assert prepared.fits(book)
    assert prepared.filled(book, title) == content


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"text": ""},
        {"text": "Phường <4> & 5"},
        {"text": " hai đầu "},
        {"text": "_x0041_\r\n\t"},
        {"text": "<r>đậm</r>"},
        {"text": "ghi trước"},
        {"number": 123_456_789_012.0},
        {"number": 0.1 + 0.2},
        {"number": Decimal("12.50")},
        {"number": None},
        {"result": 1},
        {"result": 1.0},
        {"result": ""},
        {"result": "Không phát sinh"},
        {"result": 'KXĐ: "<&>"'},
        {"label": "Trễ hạn & khác"},
        {"height": 34.2},
        {"height": 16.0},
        {"link": ("'Biểu & đồ'!B\"2", "<7.7.4>")},
        {"title": "Tên_x0041_\x0b & <khác>"},
    ],
)
def test_what_cells_hold_is_exchanged(changes, tmp_path):
    require_same(tmp_path, **changes)


def test_0_and_0_of_another_type_are_written_otherwise(tmp_path):
    prepared = PreparedPackage(*written(tmp_path, result=0))
    content, book = written(tmp_path, result=0.0)
    assert prepared.filled(book, "Phường 3") == content


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, st.one_of(st.none(), NUMBERS), st.one_of(NUMBERS, TEXTS), HEIGHTS, st.tuples(TEXTS, TEXTS), TEXTS)
def test_whatever_cells_hold_the_bytes_are_those_of_xlsxwriter(tmp_path, text, number, result, height, link, title):
    # XlsxWriter escapes no sign that XML does not hold where a formula stores it; our formulas store none.
    result = "".join(filter(str.isprintable, result)) if isinstance(result, str) else result
    target, shown = ("".join(filter(str.isprintable, part)) or "x" for part in link)
    require_same(tmp_path, title, text=text, number=number, result=result, height=height, link=(target, shown))


@pytest.mark.parametrize("changes", [{"width": 21}, {"chart_over": 200.0}, {"height": 15.0}])
def test_what_is_more_than_cells_does_not_fit(changes, tmp_path):
    prepared = PreparedPackage(*written(tmp_path))
    assert not prepared.fits(written(tmp_path, **changes)[1])


def test_charts_lie_elsewhere_over_a_higher_line(tmp_path):
    """Why heights may not change below a chart: its corner would lie in another cell."""
    low, high = (written(tmp_path, chart_over=height)[0] for height in (18.6, 200.0))
    assert len(low) != len(high)


def test_places_are_kept_once(tmp_path):
    known = {}
    books = RecordedBook(known), RecordedBook(known)
    for book in books:
        write_sheets(book, **USUAL)
    assert all(one is other for one, other in zip(books[0].places, books[1].places, strict=True))
    assert PreparedPackage(written(tmp_path)[0], books[0]).fits(books[1])
