"""The lines of the sheet of points: what is typed for a unit, and the formulas with their results."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.scoring.line_reading import LineReading
from cchc_calc.excel.scoring.line_results import has_typed_total, unnamed_message
from cchc_calc.excel.scoring.line_standing import LineStanding
from cchc_calc.excel.scoring.looks import POINTS_FORMAT
from cchc_calc.excel.scoring.point_cells import put_points
from cchc_calc.excel.scoring.running_results import running_results
from cchc_calc.excel.scoring.score_grid import Line, Part
from cchc_calc.excel.scoring.unit_keys import key_of, native_key
from cchc_calc.excel.sheets.sheet_parts import put_text
from cchc_calc.scoring.records import NOT_APPLICABLE_TEXT, NoPoints

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from cchc_calc.excel.builds import Build
    from cchc_calc.excel.scoring.dossier_grid import DossierGrid
    from cchc_calc.excel.scoring.looks import Looks
    from cchc_calc.excel.scoring.point_reading import Stored
    from cchc_calc.excel.scoring.scale_cells import ScaleCells
    from cchc_calc.excel.scoring.score_grid import ScoreGrid
    from cchc_calc.excel.scoring.written_scores import WrittenScores
    from cchc_calc.excel.sheets.styles import Styles

_STYLES: Final = {
    Part.NUMBER: "centred cell",
    Part.MAXIMUM: "centred cell",
    Part.CLASS: "centred cell",
    Part.RANK: "bold centred cell",
    Part.ONE_MORE: "side",
    Part.BOUNDS: "side",
    Part.MESSAGE: "side",
}
_SUMS: Final = frozenset({Part.TOTAL, Part.POINTS})


@dataclass
class PointLines:
    """Writes every line, the units first; those behind the last unit are empty but compute."""

    sheet: Worksheet
    styles: Styles
    looks: Looks
    grid: ScoreGrid
    scale: ScaleCells
    dossiers: DossierGrid
    scores: WrittenScores
    build: Build

    def write(self) -> None:
        """Write all lines."""
        for place, running in enumerate(running_results(self.scores)):
            self._write_typed(place)
            self._write_computed(place, running)

    def _write_typed(self, place: int) -> None:
        line = Line.FIRST + place
        put_text(self.sheet, line, self.grid.column(Part.UNIT), self._name(place), self.looks.name)
        is_written = place < len(self.scores.units)
        for at, number in enumerate(self.grid.numbers):
            points = self.scores.typed(place, number) if is_written else NoPoints.BLANK
            put_points(self.sheet, line, self.grid.column(Part.GIVEN, at), points, self.looks.points)
        if self._total_is_typed(place):
            total = self.scores.units[place].given.total if is_written else NoPoints.BLANK
            put_points(self.sheet, line, self.grid.column(Part.TOTAL), total, self.looks.total)

    def _write_computed(self, place: int, running: dict[Part, Stored]) -> None:
        line, name, results = Line.FIRST + place, self._name(place), self.scores.results(place)
        reading = LineReading(self.grid, self.scale, self.dossiers, line, total_is_typed=self._total_is_typed(place))
        stored = running | self._counted(place) | ({} if results is None else dict(results.stored()))
        if results is None and place < len(self.scores.units):
            stored[Part.MESSAGE] = unnamed_message(self.scores.units[place])
        read = ("",) * len(self.grid.columns(Part.READ)) if results is None else results.read
        for at, content in enumerate(read):
            self._put(line, Part.READ, reading.read(at), content, at)
            used = "" if content == NOT_APPLICABLE_TEXT else content
            self._put_part_of_array(line, Part.USED, _used(self.grid, at), used, at)
        self._put(line, Part.KEY, native_key(self.grid.cell(Part.UNIT, line), name), key_of(name))
        formulas = reading.formulas() | LineStanding(self.grid, self.scale, self.build, line).formulas()
        if self._total_is_typed(place):
            del formulas[Part.TOTAL]
        if self.build.calls_python:
            for part in (Part.CLASS, Part.RANK):
                del formulas[part]
                standing = LineStanding(self.grid, self.scale, self.build, line)
                call = standing.classes() if part is Part.CLASS else standing.ranks()
                self._put_part_of_array(line, part, call, stored.get(part, ""))
        for part, formula in formulas.items():
            self._put(line, part, formula, stored.get(part, ""))

    def _counted(self, place: int) -> dict[Part, Stored]:
        """Give the numbers of the unit's dossiers; only its first line has any."""
        if not self._name(place):
            return {}
        return {Part.DOSSIERS: self._dossiers[place], Part.REPEATED: self._repeated[place]}

    @cached_property
    def _dossiers(self) -> Counter[int]:
        return Counter(self.scores.dossier_places)

    @cached_property
    def _repeated(self) -> Counter[int]:
        rows = zip(self.scores.dossiers, self.scores.dossier_places, strict=True)
        return Counter(place for row, place in rows if row.dossier.code in self.scores.repeated_codes)

    def _name(self, place: int) -> str:
        return self.scores.names[place] if place < len(self.scores.names) else ""

    def _total_is_typed(self, place: int) -> bool:
        if place >= len(self.scores.units):
            return not self.grid.numbers
        return has_typed_total(self.scores.units[place], self.scores.scale)

    def _put(self, line: int, part: Part, formula: str, content: Stored, place: int = 0) -> None:
        self.sheet.write_formula(line, self.grid.column(part, place), formula, self._look(part), content)

    def _put_part_of_array(self, line: int, part: Part, formula: str, content: Stored, place: int = 0) -> None:
        """Write what one formula over all lines gives in one of them."""
        column, look = self.grid.column(part, place), self._look(part)
        if line == Line.FIRST:
            self.sheet.write_array_formula(line, column, Line.LAST, column, formula, look, content)
        elif isinstance(content, str):
            put_text(self.sheet, line, column, content, look)
        else:
            self.sheet.write_number(line, column, content, look)

    def _look(self, part: Part) -> Format:
        if part is Part.USED:
            return self.looks.used
        return self.styles.value(POINTS_FORMAT) if part in _SUMS else self.styles[_STYLES.get(part, "helper")]


def _used(grid: ScoreGrid, place: int) -> str:
    """Take over what was read of a criterion, where it applies."""
    read = grid.lines(Part.READ, place)
    return f'{{=IF({read}="{NOT_APPLICABLE_TEXT}","",{read})}}'
