"""The hidden sheet between an office's cells and the functions: what each cell says, and what is used of it.

An office's cells hold figures, texts, blanks, errors and contradictions; a formula of the form expects a
number, an empty text or ``KXĐ``. The hidden sheet has the lines and the helper columns of our own template,
so that the same formulas stand in both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.binding.plain_sheet import formula_cell, sheet_xml, text_cell
from cchc_calc.excel.cell_reading import native_reading
from cchc_calc.excel.sheets.form_figures import operand_value, stored_value
from cchc_calc.excel.sheets.form_grid import Column, Line
from cchc_calc.excel.sheets.row_messages import native_used
from cchc_calc.excel_formulas import native
from cchc_calc.states import UNDECIDED_TEXT, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from cchc_calc.catalogue import Row
    from cchc_calc.excel.sheets.form_figures import FormFigures
    from cchc_calc.excel.sheets.form_grid import FormGrid

OPERAND_SHEET: Final = "CCHC_TINH"
"""The name of the sheet; plain letters, so that no formula has to quote it."""

BLANK: Final = '=""'
UNDECIDED: Final = f'="{UNDECIDED_TEXT}"'
_NOTE: Final = "Trang phụ do cchc bind thêm vào để các ô tính đọc số liệu của biểu mẫu. Không sửa, không xóa trang này."
_HEADINGS: Final = {Column.ADDRESS: "Mã dòng", Column.READ: "Đọc được", Column.USED: "Dùng để tính"}


@dataclass(frozen=True, slots=True)
class OperandSheet:
    """The hidden sheet of a form, laid out as the form's own grid, under its name in the workbook.

    ``sources`` gives for every input row the cell of the office, as formulas name it, or the formula that
    stands for a cell that cannot be read. An input row that is not in it is always blank.
    """

    grid: FormGrid
    name: str
    sources: Mapping[str, str]

    def operand(self, address: str) -> str:
        """Return the cell another sheet's formula reads for a row, or for a sum by its addresses joined."""
        return f"{self.name}!{self.own_operand(address)}"

    def own_operand(self, address: str) -> str:
        """Return the same cell as a formula on the sheet itself names it."""
        return self.grid.sums[address][0] if address in self.grid.sums else self.grid.used(address)

    def xml(self, computed: Callable[[Row], str], figures: FormFigures) -> bytes:
        """Write the sheet; ``computed`` gives the formula of a computed row, ``figures`` all results."""
        title, header = Line.TITLE + 1, Line.HEADER + 1
        rows = {
            title: [text_cell(f"{Column.ADDRESS.letter}{title}", _NOTE)],
            header: [text_cell(f"{column.letter}{header}", text) for column, text in _HEADINGS.items()],
        }
        for row in self.grid.form.rows:
            if not row.is_heading:
                rows[self.grid.line(row.address) + 1] = [*self._cells(row, computed, figures)]
        return sheet_xml(rows)

    def _cells(self, row: Row, computed: Callable[[Row], str], figures: FormFigures) -> Iterator[bytes]:
        grid = self.grid
        yield text_cell(grid.cell(row.address, Column.ADDRESS), row.address)
        if row.is_computed:
            yield formula_cell(grid.used(row.address), computed(row), stored_value(figures.used(row.address)))
            for cell, quantity in grid.sums_of(row):
                yield formula_cell(cell, native(quantity, grid.used), figures.sum_value(quantity))
            return
        read = figures.computation.read.get(row.address, State.BLANK)
        yield formula_cell(grid.read(row.address), self._reading(row), operand_value(read))
        yield formula_cell(grid.used(row.address), native_used(grid, row), operand_value(figures.used(row.address)))

    def _reading(self, row: Row) -> str:
        source = self.sources.get(row.address, BLANK)
        return source if source.startswith("=") else native_reading(row, source)


def sheet_reference(sheet: str, cell: str) -> str:
    """Name a cell of another sheet.

    >>> sheet_reference("Biểu của 'Tổ 1'", "D55")
    "'Biểu của ''Tổ 1'''!D55"
    """
    quoted = sheet.replace("'", "''")
    return f"'{quoted}'!{cell}"
