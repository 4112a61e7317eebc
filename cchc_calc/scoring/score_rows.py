"""The rows of a table of points: units, dossiers and evidence, with a finding for each cell that holds no score."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from cchc_calc.document import Cell
from cchc_calc.findings import make_finding
from cchc_calc.scoring.averages import UnitDossier
from cchc_calc.scoring.headings import COMPUTED_POINTS, POINTS_SHEET
from cchc_calc.scoring.records import TOTAL, DossierPoints, NoPoints, UnitPoints
from cchc_calc.scoring.score_cells import read_points, unreadable
from cchc_calc.spelling import clean, comparison_key, tidy
from cchc_calc.unit_names import unit_key
from cchc_calc.unreadable_cells import shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cchc_calc.findings import Finding
    from cchc_calc.scoring.records import Points
    from cchc_calc.scoring.scales import Scale
    from cchc_calc.scoring.score_headings import FoundTable, ScoreColumns

_FOOT: Final = re.compile(
    r"(?:điểm(?: số)? )?(?:tổng(?: cộng| số| điểm)?|cộng|bình quân|trung bình(?: cộng)?|cao nhất|thấp nhất|tối đa"
    r"|chuẩn)(?: (?:chung|toàn|cấp|các|của|theo|\d).*)?|(?:mức|thang) điểm(?: tối đa| chuẩn)?"
)
_ORDINAL: Final = re.compile(r"\d{1,4}[.)]?")
_LONGEST_FOOT: Final = 60
_NOTHING: Final = Cell("", "")


def read_units(
    table: FoundTable, scale: Scale, evidence: Mapping[str, Mapping[str, str]]
) -> tuple[tuple[UnitPoints, ...], tuple[Finding, ...]]:
    """Read the units of a table; ``evidence`` is what another sheet says, by the key of the unit and the criterion."""
    columns, computes_totals = table.columns, is_own(table)
    units: list[UnitPoints] = []
    findings: list[Finding] = []
    for row in _rows(table):
        name = _text(row, columns.unit)
        if not _holds_unit(row, columns):
            findings += (_ignored(row, columns, name),) if name else ()
            continue
        points = _points(row, columns, scale)
        total: Points = NoPoints.BLANK
        cell = _cell(row, columns.total)
        if columns.total is not None and not (computes_totals and cell.computed):
            points[TOTAL] = total = read_points(cell, scale.highest)
        findings += _unreadable(row, columns, points, f"“{name}”")
        texts = {number: _text(row, column) for number, column in columns.evidence.items()}
        units.append(
            UnitPoints(
                name,
                MappingProxyType({number: given for number, given in points.items() if number != TOTAL}),
                total,
                MappingProxyType(texts | dict(evidence.get(unit_key(name), {}))),
                MappingProxyType(_places(row, columns)),
            )
        )
    return tuple(units), tuple(findings)


def read_dossiers(table: FoundTable, scale: Scale) -> tuple[tuple[UnitDossier, ...], tuple[Finding, ...]]:
    """Read the dossiers of a table with their units; a row with neither a code nor points is none."""
    columns = table.columns
    dossiers: list[UnitDossier] = []
    findings: list[Finding] = []
    for row in _rows(table):
        unit, code = _text(row, columns.unit), _text(row, columns.dossier)
        if code or _has_points(row, columns):
            points = _points(row, columns, scale)
            findings += _unreadable(row, columns, points, f"“{unit}”, hồ sơ {code or '(không có mã)'}")
            dossiers.append(UnitDossier(unit, DossierPoints(code, MappingProxyType(points)), _places(row, columns)))
    return tuple(dossiers), tuple(findings)


def read_evidence(table: FoundTable) -> dict[str, dict[str, str]]:
    """Read a sheet of evidence: by the key of the unit, its texts by criterion, or one for all.

    A sheet that is empty came with the workbook and says nothing.
    """
    columns = table.columns
    evidence = {
        unit_key(name): {number: _text(row, column) for number, column in (columns.criteria | columns.evidence).items()}
        for row in _rows(table)
        if (name := _text(row, columns.unit))
    }
    return evidence if any(any(texts.values()) for texts in evidence.values()) else {}


def is_own(table: FoundTable) -> bool:
    """Tell the sheet of points of our own workbook."""
    headings, computed = (text for row in table.columns.header for text in row), comparison_key(COMPUTED_POINTS)
    return table.name == POINTS_SHEET and any(comparison_key(text).startswith(computed) for text in headings)


def _rows(table: FoundTable) -> Iterator[tuple[Cell, ...]]:
    """Give the rows that are neither a foot of the table nor its header printed again."""
    for row in table.rows:
        if not _is_foot(row, table.columns) and tuple(clean(cell.text) for cell in row) not in table.columns.header:
            yield row


def _is_foot(row: tuple[Cell, ...], columns: ScoreColumns) -> bool:
    before = min(columns.scored, default=len(row))
    return any(_FOOT.fullmatch(comparison_key(cell.text)) for cell in row[:before] if len(cell.text) <= _LONGEST_FOOT)


def _holds_unit(row: tuple[Cell, ...], columns: ScoreColumns) -> bool:
    """Tell a unit, even one without points, from the heading of a group, a note and an empty line of the form."""
    if _has_points(row, columns):
        return True
    is_numbered = columns.number is None or bool(_ORDINAL.fullmatch(_text(row, columns.number)))
    return is_numbered and bool(_text(row, columns.unit))


def _has_points(row: tuple[Cell, ...], columns: ScoreColumns) -> bool:
    cells = (_cell(row, column) for column in columns.scored)
    return any((cell.text or cell.fault) and not (cell.computed and not cell.text) for cell in cells)


def _points(row: tuple[Cell, ...], columns: ScoreColumns, scale: Scale) -> dict[str, Points]:
    found = {number: scale.criterion(number) for number in columns.criteria}
    return {
        number: read_points(_cell(row, columns.criteria[number]), criterion.maximum if criterion else scale.highest)
        for number, criterion in found.items()
    }


def _unreadable(
    row: tuple[Cell, ...], columns: ScoreColumns, points: Mapping[str, Points], whose: str
) -> Iterator[Finding]:
    for number, given in points.items():
        if given is NoPoints.UNDECIDED:
            column = columns.total if number == TOTAL else columns.criteria[number]
            what = "tổng điểm" if number == TOTAL else f"tiêu chí {number}"
            yield unreadable(_cell(row, column), f"{whose}, {what}", () if number == TOTAL else (number,))


def _ignored(row: tuple[Cell, ...], columns: ScoreColumns, name: str) -> Finding:
    where, number = _where(row, columns), _text(row, columns.number)
    numbered = f"mang số “{shorten(number)}”, không phải số thứ tự của đơn vị," if number else "không có số thứ tự"
    message = f"{where}: “{shorten(name)}” {numbered} và không có điểm."
    return make_finding("score_row_ignored", message, where=where, found=shorten(name))


def _places(row: tuple[Cell, ...], columns: ScoreColumns) -> dict[str, str]:
    named = columns.criteria if columns.total is None else columns.criteria | {TOTAL: columns.total}
    return {number: _cell(row, column).where for number, column in named.items()} | {"": _where(row, columns)}


def _where(row: tuple[Cell, ...], columns: ScoreColumns) -> str:
    return _cell(row, columns.unit).where or next((cell.where for cell in row if cell.where), "")


def _cell(row: tuple[Cell, ...], column: int | None) -> Cell:
    return row[column] if column is not None and column < len(row) else _NOTHING


def _text(row: tuple[Cell, ...], column: int | None) -> str:
    return tidy(_cell(row, column).text)
