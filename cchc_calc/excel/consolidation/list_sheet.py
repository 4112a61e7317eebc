"""A sheet that is one long list: a head, the names of its columns, and lines written from the first to the last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from fractions import Fraction
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from cchc_calc.excel.sheets.sheet_parts import add_streamed_sheet, protect, put_merged, put_text, set_paper
from cchc_calc.excel.sheets.styles import COUNT_FORMAT, RATE_FORMAT, TEXT_SIZE
from cchc_calc.excel.sheets.text_fitting import row_height

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.excel.consolidation.book_parts import BookParts

MOST_LINES: Final = 100_000
"""A longer list opens slowly, and nobody reads it to its end."""

DATE_FORMAT: Final = "dd/mm/yyyy"

_MORE: Final = f"Danh sách dừng ở {MOST_LINES} dòng; toàn bộ có trong tệp JSON (tùy chọn --json)."
_FITTED: Final = 2_000
"""The lines of a longer list all have the usual height: to measure each text takes longer than to write it."""


class Formula(NamedTuple):
    """A formula with its result."""

    text: str
    value: int | float | str


Cell: TypeAlias = str | int | Fraction | date | Formula | None
"""What a cell of a list holds; a fraction is shown as a percentage."""


class ListColumn(NamedTuple):
    """A column with its width; ``is_centred`` is for short texts."""

    name: str
    pixels: int
    is_centred: bool = False
    is_rate: bool = False


@dataclass(frozen=True, slots=True)
class ListSheet:
    """Writes a list; ``at`` is the line that follows its head."""

    parts: BookParts
    sheet: Worksheet
    columns: tuple[ListColumn, ...]
    at: int

    @classmethod
    def begin(cls, parts: BookParts, name: str, title: str, hint: str, columns: tuple[ListColumn, ...]) -> ListSheet:
        """Add the sheet with its head."""
        sheet = add_streamed_sheet(parts.book, name)
        set_paper(sheet)
        for place, column in enumerate(columns):
            sheet.set_column_pixels(place, place, column.pixels)
        width = (len(columns) - 1, sum(column.pixels for column in columns))
        return cls(parts, sheet, columns, parts.write_head(sheet, title, hint, width))

    def write(self, lines: Iterable[Sequence[Cell]], *, top: int, empty: str = "") -> int:
        """Write the names of the columns in line ``top`` and the lines below; return the line that follows.

        ``empty`` is said where there is no line.
        """
        self.write_names(top)
        self.sheet.freeze_panes(top + 1, 0)
        at = top + 1
        for line in lines:
            if at - top > MOST_LINES:
                self._write_sentence(at, _MORE)
                break
            self.write_line(at, line, is_fitted=at - top <= _FITTED)
            at += 1
        if at == top + 1:
            self._write_sentence(at, empty)
            return at + 1
        self.sheet.autofilter(top, 0, at - 1, len(self.columns) - 1)
        return at

    def write_names(self, top: int) -> None:
        """Write the names of the columns."""
        for place, column in enumerate(self.columns):
            put_text(self.sheet, top, place, column.name, self.parts.styles["header"])
        names = [(column.name, column.pixels) for column in self.columns]
        self.sheet.set_row(top, row_height(names, TEXT_SIZE, bold=True))

    def write_line(self, at: int, line: Sequence[Cell], *, is_fitted: bool = True) -> None:
        """Write one line, as high as its longest text needs."""
        for place, (cell, column) in enumerate(zip(line, self.columns, strict=True)):
            self._put(at, place, cell, column)
        texts = [
            (cell, column.pixels) for cell, column in zip(line, self.columns, strict=True) if isinstance(cell, str)
        ]
        if is_fitted and texts:
            self.sheet.set_row(at, row_height(texts, TEXT_SIZE))

    def finish(self, at: int, top: int) -> None:
        """Set what is printed, with the names of the columns on every page, and lock the sheet."""
        self.sheet.repeat_rows(top)
        self.sheet.print_area(0, 0, max(at - 1, top), len(self.columns) - 1)
        protect(self.sheet)

    def _put(self, at: int, place: int, cell: Cell, column: ListColumn) -> None:
        styles = self.parts.styles
        match cell:
            case Formula(text, value):
                look = styles.value(RATE_FORMAT if column.is_rate else COUNT_FORMAT)
                self.sheet.write_formula(at, place, text, look, value)
            case Fraction():
                self.sheet.write_number(at, place, float(cell), styles["rate"])
            case int():
                self.sheet.write_number(at, place, cell, styles["count"])
            case date():
                self.sheet.write_datetime(at, place, datetime.combine(cell, time()), styles.value(DATE_FORMAT))
            case _:
                put_text(self.sheet, at, place, cell or "", styles["centred cell" if column.is_centred else "cell"])

    def _write_sentence(self, at: int, text: str) -> None:
        put_merged(self.sheet, at, (0, len(self.columns) - 1), text, self.parts.styles["italic"])
