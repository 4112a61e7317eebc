"""Tables of points for the tests: grids written as text, documents of them, and units of nine scores."""

from __future__ import annotations

from fractions import Fraction

from cchc_calc.document import Cell, Document, Paragraph, Table
from cchc_calc.scoring.records import NoPoints, UnitPoints

WORDS = {"-": NoPoints.BLANK, "KAD": NoPoints.NOT_APPLICABLE, "?": NoPoints.UNDECIDED}


def table_of(grid, name=""):
    """Make a table of lines with "|" between cells; a cell's place is its column and row, as in "Điểm!B2"."""
    rows = [line.split("|") for line in grid.strip("\n").splitlines()]
    return Table(
        tuple(
            tuple(Cell(text.strip(), f"{name or 'bảng'}!{chr(65 + column)}{row}") for column, text in enumerate(cells))
            for row, cells in enumerate(rows, start=1)
        ),
        name,
    )


def document_of(*blocks, source="bảng điểm.xlsx"):
    """Make a document of tables, grids and, where a text has no "|", paragraphs."""
    made = (
        block if isinstance(block, Table) else table_of(block) if "|" in block else Paragraph(block, f"đoạn {place}")
        for place, block in enumerate(blocks, start=1)
    )
    return Document(source, tuple(made))


def score(text):
    """Read a score as the cases write it: "2", "1.85", "46/3", "-" (blank), "KAD", "?"."""
    return WORDS[text] if text in WORDS else Fraction(text)


def unit(name, scores="", total="-", **facts):
    """Make a unit of scores parted by blanks, in the order of the criteria, or of a total."""
    points = {str(number): score(text) for number, text in enumerate(scores.split(), start=1)}
    where = {"": f"A!{name}"} | {number: f"A!{name}/{number}" for number in points}
    return UnitPoints(name, points, score(total), **({"where": where} | facts))
