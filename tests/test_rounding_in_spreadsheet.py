"""Python's text of a rate is the spreadsheet's, for every fraction an office of ordinary size can have."""

from fractions import Fraction

import pytest
import xlsxwriter
from spreadsheet import assert_not_poisoned, read_values, recalculate

from cchc_calc.rounding import format_percent, round_half_up

LARGEST = 200
FRACTIONS = [(part, whole) for whole in range(1, LARGEST + 1) for part in range(whole + 1)]
# The tests' spreadsheet is a Vietnamese one: a comma parts the decimals.
FORMATS = {0: "0%", 1: "0,0%", 2: "0,00%"}


@pytest.mark.long
@pytest.mark.usefixtures("soffice")
def test_every_fraction_with_a_denominator_up_to_200(tmp_path):
    """TEXT shows a rate as a cell of that number format does; ROUND is what the checks reason with."""
    path = tmp_path / "fractions.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("rates")
        for row, (part, whole) in enumerate(FRACTIONS):
            sheet.write_row(row, 0, (part, whole))
            for column, pattern in FORMATS.items():
                sheet.write_formula(row, 2 + column, f'=TEXT(A{row + 1}/B{row + 1},"{pattern}")', None, "x")
                sheet.write_formula(row, 5 + column, f"=ROUND(A{row + 1}/B{row + 1}*100,{column})", None, 0)
    values = read_values(recalculate([path], tmp_path / "out")[0])
    assert_not_poisoned(values)
    shown = values["rates"]
    for row, (part, whole) in enumerate(FRACTIONS, 1):
        rate = Fraction(part, whole)
        for decimals in FORMATS:
            assert shown[f"{'CDE'[decimals]}{row}"] == format_percent(rate, decimals), (part, whole)
            rounded = round_half_up(rate * 100, decimals)
            assert shown[f"{'FGH'[decimals]}{row}"] == pytest.approx(float(rounded), abs=1e-9), (part, whole)
