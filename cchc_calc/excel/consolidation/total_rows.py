"""The rows of the total form on their sheet: the total as a formula over the units, and beside it what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeAlias

from cchc_calc.excel.consolidation.total_formulas import MEAN_DIFFERS, TotalFormulas, is_common_rate, is_rate
from cchc_calc.excel.consolidation.total_grid import Side
from cchc_calc.excel.sheets.form_figures import stored_value
from cchc_calc.excel.sheets.form_grid import Column
from cchc_calc.excel.sheets.form_rows import number_format_of
from cchc_calc.excel.sheets.sheet_parts import put_text
from cchc_calc.excel.sheets.styles import COUNT_FORMAT, RATE_FORMAT
from cchc_calc.rounding import format_number
from cchc_calc.spelling import capitalised
from cchc_calc.states import UNDECIDED_TEXT, State

if TYPE_CHECKING:
    from collections.abc import Mapping

    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.catalogue import Row
    from cchc_calc.consolidation.row_totals import RowTotal
    from cchc_calc.excel.consolidation.middle_parts import MiddleParts
    from cchc_calc.excel.sheets.printed_form import PrintedForm
    from cchc_calc.excel.sheets.styles import Styles
    from cchc_calc.states import Number

_NAMED: Final = 3
"""Units that differ are named up to so many; the list of what is odd names more."""

Stored: TypeAlias = int | float | str
"""What a cell stores."""


@dataclass(frozen=True, slots=True)
class TotalRows:
    """Writes the rows; ``middles`` are those of the rates of common counts, ``missing`` units have sent nothing."""

    printed: PrintedForm
    formulas: TotalFormulas
    middles: Mapping[str, MiddleParts]
    missing: int

    @property
    def sheet(self) -> Worksheet:
        """Return the sheet."""
        return self.printed.sheet

    @property
    def styles(self) -> Styles:
        """Return the formats of the workbook."""
        return self.printed.styles

    def write_heading(self, row: Row) -> None:
        """Write a row that only names a section."""
        line = self.formulas.grid.line(row.address)
        self.printed.write_row(row, line)
        self.sheet.write_blank(line, Column.VALUE, None, self.styles["centred cell"])
        put_text(self.sheet, line, Side.ADDRESS, row.address, self.styles["side"])

    def write(self, row: Row, total: RowTotal) -> None:
        """Write a row with its total."""
        line = self.formulas.grid.line(row.address)
        value = shown_total(row, total)
        self.printed.write_row(row, line, value if isinstance(value, str) else "")
        look = self.styles.value(number_format_of(row), italic=row.italic)
        self.sheet.write_formula(line, Column.VALUE, self.formulas.total(row), look, value)
        put_text(self.sheet, line, Side.ADDRESS, row.address, self.styles["side"])
        put_text(self.sheet, line, Side.MESSAGE, told_of(row, total, self.missing), self.styles["side"])
        self._count(line, Side.REPORTED, self.formulas.reported(row), total.units_reported)
        self.sheet.write_number(line, Side.EXPECTED, total.units_expected, self.styles.beside(COUNT_FORMAT))
        self._count(line, Side.UNDECIDED, self.formulas.undecided(row), total.units_undecided)
        number_format = RATE_FORMAT if row.kind == "rate" else COUNT_FORMAT
        for column, bound in ((Side.LOW, total.low), (Side.HIGH, total.high)):
            if bound is not None:
                self.sheet.write_number(line, column, float(bound), self.styles.beside(number_format))
        if is_rate(row):
            self._write_parts(line, row, total)

    def _write_parts(self, line: int, row: Row, total: RowTotal) -> None:
        if is_common_rate(self.formulas.layout.form, row):
            middles = zip((Side.MIDDLE_NUMERATOR, Side.MIDDLE_DENOMINATOR), self.formulas.middles(row), strict=True)
            for (column, formula), value in zip(middles, self.middles[row.address].values(), strict=True):
                self.sheet.write_array_formula(line, column, line, column, formula, self.styles["helper"], value)
        else:
            look = self.styles.beside(RATE_FORMAT)
            self.sheet.write_formula(line, Side.MEAN, self.formulas.mean(row), look, _shown_mean(total))
        numerator, denominator = self.formulas.parts(row)
        of_numerator, of_denominator = stored_parts(total)
        self._count(line, Side.NUMERATOR, numerator, of_numerator)
        self._count(line, Side.DENOMINATOR, denominator, of_denominator)

    def _count(self, line: int, column: Side, formula: str, value: Stored) -> None:
        self.sheet.write_formula(line, column, formula, self.styles.beside(COUNT_FORMAT), value)


def shown_total(row: Row, total: RowTotal) -> Stored:
    """Return what the cell of a total stores; that of a choice says how many units chose what.

    >>> from cchc_calc.consolidation.row_totals import RowTotal
    >>> from cchc_calc.form_files import load_form
    >>> row = load_form("thong-ke-cchc", "2023").row("1.6.b")
    >>> shown_total(row, RowTotal("1.6.b", text="Phát phiếu: 2; Kết hợp: 1"))
    'Phát phiếu: 2; Kết hợp: 1'
    """
    return total.text if row.over_units == "distribution" else stored_value(total.content)


def told_of(row: Row, total: RowTotal, missing: int) -> str:
    """Say what has to be known of a total: who left the row empty, who cannot be used, who differs.

    ``missing`` units have sent nothing at all, which is said once for the whole form.
    """
    empty = total.units_expected - total.units_reported - total.units_undecided - missing
    parts = [
        f"{total.units_undecided} đơn vị {UNDECIDED_TEXT}" if total.units_undecided else "",
        f"{empty} đơn vị đã nộp để trống" if empty > 0 else "",
        f"chỉ biết {total.text}" if row.over_units == "union" and total.text.startswith("từ ") else "",
        f"số khác: {_differing(total)}" if total.differing else "",
    ]
    return capitalised("; ".join(filter(None, parts)))


def _differing(total: RowTotal) -> str:
    told = []
    for other in total.differing[:_NAMED]:
        more = ", …" if other.count > _NAMED else ""
        told.append(f"{format_number(other.value)} ({', '.join(other.units[:_NAMED])}{more})")
    return "; ".join(told) + ("; …" if len(total.differing) > _NAMED else "")


def _shown_mean(total: RowTotal) -> Stored:
    if total.mean_of_rates is None or isinstance(total.content, State):
        return ""
    apart = abs(total.mean_of_rates - Fraction(total.content))
    return float(total.mean_of_rates) if apart >= Fraction(MEAN_DIFFERS) else ""


def stored_parts(total: RowTotal) -> tuple[Stored, Stored]:
    """Return what the cells of the numerator and the denominator of a rate store."""
    if total.parts is None:
        return (UNDECIDED_TEXT, UNDECIDED_TEXT) if total.units_reported else ("", "")
    numerator, denominator = total.parts
    return _stored(numerator), _stored(denominator)


def _stored(number: Number) -> int | float:
    return number if isinstance(number, int) else float(number)
