"""Documents, reports and random contents of the form, made for the tests."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from cchc_calc.document import Cell, Document, Paragraph, Table
from cchc_calc.form_files import load_form
from cchc_calc.recognition import recognise
from cchc_calc.states import State

FORM = load_form("thong-ke-cchc", "2023")
HEADER = ("STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Số liệu", "Cơ quan, đơn vị báo cáo", "Ghi chú")


def form_rows(values=None, form=FORM):
    """The rows of a form as an office types them, with these values by address."""
    values = values or {}
    return [
        [
            row.code if row.code[0].isdigit() else "",
            row.label if row.code[0].isdigit() else f"{row.code} {row.label}",
            row.unit,
            values.get(row.address, ""),
            row.agency,
            row.note,
        ]
        for row in form.rows
    ]


def table_of(rows, header=HEADER, name=""):
    """A table whose cells know their places as "dòng n, ô m"."""
    lines = [header, *rows] if header else rows
    return Table(
        tuple(
            tuple(Cell(text, f"dòng {number}, ô {column}") for column, text in enumerate(line, 1))
            for number, line in enumerate(lines, 1)
        ),
        name,
    )


def report_of(values=None, prose=(), rows=None, form=FORM):
    """A report with the form filled in, and paragraphs of prose before it."""
    paragraphs = tuple(Paragraph(text, f"dòng {number}") for number, text in enumerate(prose, 1))
    table = table_of(form_rows(values, form) if rows is None else rows)
    return recognise(Document("báo cáo.txt", (*paragraphs, table), "text"))


def row_contents(row):
    """What an input row may hold: blanks, zeros, counts that fit and counts that contradict."""
    rare = st.sampled_from([State.BLANK, State.BLANK, 0, 0, State.NOT_ARISING, State.UNDECIDED])
    if row.legend is not None:
        return st.one_of(rare, st.sampled_from(sorted(row.legend.codes.values())))
    if row.kind == "measure":
        return st.one_of(rare, st.integers(0, 10**9), st.decimals(0, 10**6, places=2).map(Decimal))
    return st.one_of(rare, st.integers(0, 12), st.integers(0, 10**6))


CONTENTS = st.fixed_dictionaries({row.address: row_contents(row) for row in FORM.rows if row.is_input})
"""Random contents of a whole form."""
