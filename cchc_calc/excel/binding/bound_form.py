"""The formulas of a form put into the cells of an office's sheet: which cells take one, and which are left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.computation import show
from cchc_calc.declared import check_declared
from cchc_calc.excel.binding.new_cells import NewCell
from cchc_calc.excel.binding.operand_sheet import BLANK, OPERAND_SHEET, UNDECIDED, OperandSheet, sheet_reference
from cchc_calc.excel.binding.result import BoundCell, LeftCell
from cchc_calc.excel.binding.sheet_cells import cell_name, first_place
from cchc_calc.excel.sheets.form_figures import figures_of_cells, stored_value
from cchc_calc.excel.sheets.form_grid import FormGrid
from cchc_calc.excel_formulas import call, native
from cchc_calc.expressions import references
from cchc_calc.states import UNDECIDED_TEXT, State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from collections.abc import Set as AbstractSet

    from cchc_calc.catalogue import Form, Row
    from cchc_calc.excel.binding.form_places import FormPlaces
    from cchc_calc.excel.binding.office_formulas import OfficeFormulas
    from cchc_calc.excel.binding.rate_styles import Styles
    from cchc_calc.excel.binding.sheet_cells import Place, SheetCells
    from cchc_calc.excel.cell_reading import Typed
    from cchc_calc.excel.sheets.form_figures import FormFigures
    from cchc_calc.expressions import Formula
    from cchc_calc.findings import Finding

FUNCTIONS: Final[Mapping[str, Callable[[Formula, Callable[[str], str]], str]]] = {"python": call, "excel": native}
"""Who computes a cell: a CCHC_* function that calls Python, or Excel's own functions."""

_SAME_CODES: Final = frozenset({"ambiguous_base"})
_NO_ROW: Final = "biểu không có dòng này"
_IN_CIRCLE: Final = "công thức của đơn vị trong ô số liệu lại đọc ô này, gắn vào sẽ thành vòng tròn"
_IS_BOUND: Final = "ô đã được gắn hàm từ trước; thêm --replace nếu muốn gắn lại"
_HAS_FORMULA: Final = "ô đã có công thức của đơn vị; thêm --replace nếu muốn thay"


@dataclass(frozen=True, slots=True)
class BoundForm:
    """The form of an office's sheet with what its cells hold, ready to be bound.

    ``sheet`` is the hidden sheet through which the formulas read, ``figures`` what all of them give.
    """

    places: FormPlaces
    cells: SheetCells
    styles: Styles
    sheet: OperandSheet
    figures: FormFigures
    functions: str

    @classmethod
    def of(
        cls,
        places: FormPlaces,
        cells: SheetCells,
        styles: Styles,
        typed: Mapping[Place, Typed],
        *,
        added: str,
        functions: str,
    ) -> BoundForm:
        """Put together what was read; ``added`` names the hidden sheet."""
        sources: dict[str, str] = {}
        contents: dict[str, Typed] = {}
        for row in places.form.rows:
            if row.is_input and row.address in places.cells:
                source, content = _source(places, cells, typed, row.address)
                sources[row.address], contents[row.address] = source, content
        sheet = OperandSheet(FormGrid(places.form), added, sources)
        return cls(places, cells, styles, sheet, figures_of_cells(places.form, contents), functions)

    @property
    def form(self) -> Form:
        """Return the form."""
        return self.places.form

    def left(self, *, replace: bool) -> dict[str, LeftCell]:
        """Say of every computed row that cannot, or must not, be bound why it is left."""
        left = {}
        for row in self.form.rows:
            reason = self._reason(row.address, replace=replace) if row.is_computed else ""
            if reason:
                place = self.places.cells.get(row.address)
                cell, found = ("", "") if place is None else (cell_name(place), self.cells.formula(place))
                entry = self.places.report.entries.get(row.address)
                shown = found or (entry.reported if entry is not None else "")
                left[row.address] = LeftCell(row, cell, reason, shown)
        return left

    @property
    def has_typed_formulas(self) -> bool:
        """Tell whether a formula of the office stands where a figure is typed."""
        inputs = (place for address, place in self.places.cells.items() if self.form.row(address).is_input)
        return any(place in self.cells.formulas for place in inputs)

    def left_in_circle(self, left: Mapping[str, LeftCell], formulas: OfficeFormulas) -> dict[str, LeftCell]:
        """Leave also what would read itself through formulas of the office."""
        bound = [row for row in self.form.computed if row.address not in left]
        cells = {self._cell(row.address): self._read_by(row, {one.address for one in bound}) for row in bound}
        circle = formulas.in_circle(cells)
        return {
            **left,
            **{
                row.address: LeftCell(row, cell_name(self.places.cells[row.address]), _IN_CIRCLE)
                for row in bound
                if self._cell(row.address) in circle
            },
        }

    def bound(self, left: Mapping[str, LeftCell]) -> tuple[BoundCell, ...]:
        """List the other computed rows with their formulas, and what these give beside what stood there."""
        findings = {finding.rows[0]: finding for finding in self._judged()}
        bound = []
        for row in self.form.rows:
            if not row.is_computed or row.address in left:
                continue
            place, entry = self.places.cells[row.address], self.places.report.entries[row.address]
            finding = findings.get(row.address)
            old_formula = self.cells.formula(place)
            was_computed = not old_formula or self.cells.has_result(place)
            bound.append(
                BoundCell(
                    row=row,
                    cell=cell_name(place),
                    formula=self.formula(row, self.sheet.operand),
                    new=show(row, self.figures.used(row.address)),
                    old=entry.reported,
                    old_formula=old_formula,
                    differs=was_computed and self._differs(row.address, is_judged=finding is not None),
                    cause=finding.cause if finding is not None else "",
                    was_computed=was_computed,
                )
            )
        return tuple(bound)

    def new_cells(self, bound: tuple[BoundCell, ...], styles: Mapping[tuple[int, int], int]) -> dict[Place, NewCell]:
        """Give the new content of the bound cells; ``styles`` are the copies made for ``wanted_formats``."""
        cells = {}
        for one in bound:
            place = self.places.cells[one.row.address]
            wanted = self._wanted_format(one)
            style = styles[wanted] if wanted is not None else None
            cells[place] = NewCell(one.formula, stored_value(self.figures.used(one.row.address)), style)
        return cells

    def wanted_formats(self, bound: tuple[BoundCell, ...]) -> frozenset[tuple[int, int]]:
        """Give the pairs of a style and the number format that is wanted in its place."""
        return frozenset(wanted for one in bound if (wanted := self._wanted_format(one)) is not None)

    def hidden_sheet(self, bound: tuple[BoundCell, ...]) -> bytes:
        """Write the hidden sheet: a bound row is read from its cell, a row that was left is computed there."""
        cells = {one.row.address: sheet_reference(self.places.sheet, one.cell) for one in bound}

        def computed(row: Row) -> str:
            cell = cells.get(row.address)
            return f"={cell}" if cell is not None else self.formula(row, self.sheet.own_operand)

        return self.sheet.xml(computed, self.figures)

    def formula(self, row: Row, cell_of: Callable[[str], str]) -> str:
        """Render the formula of a computed row."""
        if row.formula is None:
            raise ValueError(row.address)
        return FUNCTIONS[self.functions](row.formula, cell_of)

    def _reason(self, address: str, *, replace: bool) -> str:
        place = self.places.cells.get(address)
        if place is None:
            return _NO_ROW
        if address in self.places.distrusted:
            return self.places.distrusted[address]
        obstacle = self.cells.obstacle(place)
        if obstacle:
            return obstacle
        formula = "" if replace else self.cells.formula(place)
        return (_IS_BOUND if OPERAND_SHEET in formula else _HAS_FORMULA) if formula else ""

    def _cell(self, address: str) -> tuple[str, int, int]:
        return self.places.sheet, *self.places.cells[address]

    def _read_by(self, row: Row, bound: AbstractSet[str]) -> set[tuple[str, int, int]]:
        """List the cells a bound row reads: inputs, what checks hold against them, and other bound rows."""
        read: set[tuple[str, int, int]] = set()
        for address in references(row.formula) if row.formula is not None else ():
            operand = self.form.row(address)
            if operand.is_computed and address not in bound:
                read |= self._read_by(operand, bound)
                continue
            compared = {other for check in self.form.checks if address in check.addresses for other in check.addresses}
            read |= {self._cell(one) for one in {address, *compared} if one in self.places.cells}
        return read

    def _judged(self) -> list[Finding]:
        findings = check_declared(self.places.report, self.figures.computation)
        return [finding for finding in findings if finding.rule not in _SAME_CODES]

    def _differs(self, address: str, *, is_judged: bool) -> bool:
        entry, content = self.places.report.entries[address], self.figures.used(address)
        if not entry.reported:
            # An empty cell says nothing; a formula that showed nothing said that there is nothing.
            return bool(self.cells.formula(self.places.cells[address])) and content is not State.BLANK
        declared = entry.declared
        if isinstance(content, State):
            return declared is None or declared.state is not content
        return declared is None or is_judged

    def _wanted_format(self, bound: BoundCell) -> tuple[int, int] | None:
        style = self.cells.style(self.places.cells[bound.row.address])
        wanted = self.styles.wanted_format(bound.row, style)
        return None if wanted is None else (style, wanted)


def _source(places: FormPlaces, cells: SheetCells, typed: Mapping[Place, Typed], address: str) -> tuple[str, Typed]:
    """Give the cell of an input row as formulas name it, or the formula in its stead, and what it holds."""
    place = places.cells[address]
    if address in places.distrusted:
        return UNDECIDED, UNDECIDED_TEXT
    area = cells.merged_over(place)
    if area is None:
        return sheet_reference(places.sheet, cell_name(place)), typed.get(place)
    anchor = first_place(area)
    if anchor[1] != place[1]:
        # A label or a remark is spread over the cell; nobody can have typed a figure there.
        return BLANK, None
    # One figure stands for several rows, and nobody knows whose it is.
    cell = sheet_reference(places.sheet, cell_name(anchor))
    return f'=IF(ISBLANK({cell}),"","{UNDECIDED_TEXT}")', UNDECIDED_TEXT if anchor in typed else None
