"""What both readers of .xlsx and .xlsm make of a workbook, however they came to its tables."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from cchc_calc.document import Document
from cchc_calc.excel.readers.remarks import read_remarks

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cchc_calc.document import Table
    from cchc_calc.excel.readers.workbook_parts import SheetPart, WorkbookParts
    from cchc_calc.gate import Admitted
    from cchc_calc.workbook_state import SheetState


def workbook_document(
    admitted: Admitted,
    parts: WorkbookParts,
    sheets: Sequence[SheetPart],
    tables: tuple[Table, ...],
    states: Iterable[SheetState],
) -> Document:
    """Put the tables and the states of the sheets that were read together with what the workbook says of itself."""
    return Document(
        admitted.name,
        tables,
        admitted.kind,
        calculation=parts.calculation,
        remarks=read_remarks(admitted.parts, sheets),
        workbook=replace(parts.state, states=tuple(states)),
    )
