"""What every reader makes of a file: paragraphs and tables of cells, each with its place in the source."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from cchc_calc.workbook_state import WorkbookState

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal


ERROR_VALUES: Final = frozenset(
    {
        "#DIV/0!", "#N/A", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!", "#GETTING_DATA",
        "#PYTHON!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#UNKNOWN!", "#BUSY!", "#EXTERNAL!",
    }
)  # fmt: skip
"""What a spreadsheet shows in a cell whose formula failed."""

DATE_FAULT: Final = "ô ngày tháng"
BOOLEAN_FAULT: Final = "ô TRUE/FALSE"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table.

    ``text`` is what an official sees in it, in Vietnamese notation ("99,7%", "786.000", "12/9/2023").
    ``where`` names the place for a message ("BIỂU MẪU!D55", "dòng 290, ô 4").
    ``fault`` is set when the file holds something that is not a figure of the official: an error value,
    a formula without a stored result, a date, TRUE/FALSE; it is a short Vietnamese phrase.
    ``computed`` is true when the file holds a formula there.
    ``number`` is the number a spreadsheet keeps, of which ``text`` may show fewer digits; else ``None``.
    Behind a date it is the number that the cell shows as one.
    ``code`` is that of the fault in ``outcomes.OUTCOMES``, where it has one. ``formula`` is the text of the
    formula without its "=", where the reader knows it.
    """

    text: str
    where: str
    fault: str = ""
    computed: bool = False
    number: Decimal | None = None
    code: str = ""
    formula: str = ""


class Calculation(StrEnum):
    """How a workbook computes its formulas: at once, when somebody asks for it, or on the figures as shown."""

    AUTOMATIC = "automatic"
    MANUAL = "manual"
    AS_SHOWN = "as_shown"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of prose, or a heading."""

    text: str
    where: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table as rows of cells; rows may differ in length. ``name`` is the sheet's name, or empty."""

    rows: tuple[tuple[Cell, ...], ...]
    name: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A file in reading order. ``source`` is the name shown in messages, never a whole path.

    ``remarks`` are the notes that somebody pinned to cells of a workbook, by the place of the cell.
    ``workbook`` tells how a workbook is shown and kept.
    """

    source: str
    blocks: tuple[Paragraph | Table, ...]
    kind: str = field(default="")
    calculation: Calculation = Calculation.AUTOMATIC
    remarks: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    workbook: WorkbookState = field(default_factory=WorkbookState)

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Return the prose alone, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> tuple[Table, ...]:
        """Return the tables alone, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))
