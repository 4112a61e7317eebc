"""Figures in other powers of ten than the form asks for are refused when a file is received; other words are not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from filled_forms import FORM, form_rows, report_of

from cchc_calc.document import Paragraph
from cchc_calc.errors import SourceRefusedError
from cchc_calc.intake.measures import refuse_other_measures

MONEY, PLANNED, CASES = "7.7.5.e", "6.1.a", "3.4.3.b"


def report_with(measures, values):
    """A form whose rows have these units of measure and these figures."""
    rows = form_rows(values)
    for place, row in enumerate(FORM.rows):
        if row.address in measures:
            rows[place][2] = measures[row.address]
    return report_of(rows=rows)


def refused(report):
    try:
        refuse_other_measures(report)
    except SourceRefusedError as refusal:
        return refusal
    return None


@pytest.mark.parametrize(
    ("address", "measure"),
    [(MONEY, "Nghìn đồng"), (MONEY, "1000 nghìn đồng"), (PLANNED, "Tỷ đồng"), (PLANNED, "Đồng"), (CASES, "trăm hồ sơ")],
)
def test_other_powers_of_ten_are_refused(address, measure):
    refusal = refused(report_with({address: measure}, {address: "12"}))
    assert refusal is not None
    assert refusal.code == "X01"
    assert address in refusal.message
    assert measure in refusal.message


@pytest.mark.parametrize(
    ("address", "measure", "figure"),
    [
        (MONEY, "Nghìn đồng", ""),
        (MONEY, "Nghìn đồng", "0"),
        (MONEY, "VNĐ", "12"),
        (MONEY, "", "12"),
        (PLANNED, "triệu đ", "12"),
        (CASES, "Bộ hồ sơ", "12"),
        ("3.4.3", "Tỷ lệ phần trăm", "90%"),
    ],
)
def test_nothing_else_is(address, measure, figure):
    assert refused(report_with({address: measure}, {address: figure})) is None


@pytest.mark.parametrize(
    ("line", "is_refused"),
    [
        ("(Đơn vị tính: nghìn đồng)", True),
        ("ĐVT: Triệu đồng", True),
        ("Đơn vị: tỷ đồng", True),
        ("(Đơn vị tính: Tỷ lệ %)", False),
        ("Đơn vị tính: hồ sơ", False),
        ("Đơn vị báo cáo: UBND xã Triệu Sơn", False),
    ],
)
def test_the_unit_of_the_whole_form(line, is_refused):
    report = replace(report_of(), prose=(Paragraph(line, "dòng 3"),))
    assert (refused(report) is not None) is is_refused
    below = replace(report, prose=(*[Paragraph("Nơi nhận", "dòng 1")] * 20, Paragraph(line, "dòng 99")))
    assert refused(below) is None
