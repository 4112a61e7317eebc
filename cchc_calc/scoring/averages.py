"""Points of dossiers averaged, exactly, into the points of their unit."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING

from cchc_calc.findings import make_finding
from cchc_calc.scoring.criteria import DOSSIER
from cchc_calc.scoring.notation import points_text
from cchc_calc.scoring.records import DossierPoints, NoPoints, UnitPoints
from cchc_calc.unit_names import unit_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cchc_calc.findings import Finding
    from cchc_calc.scoring.criteria import Criterion
    from cchc_calc.scoring.records import Points
    from cchc_calc.scoring.scales import Scale


@dataclass(frozen=True, slots=True)
class UnitDossier:
    """A dossier with the name of its unit; ``where`` is by the number of the criterion, ``where[""]`` is its row."""

    unit: str
    dossier: DossierPoints
    where: Mapping[str, str]


def average_dossiers(
    dossiers: Sequence[UnitDossier], scale: Scale
) -> tuple[tuple[UnitPoints, ...], tuple[Finding, ...]]:
    """Average the points of dossiers by unit, in the order in which the units come; also what is wrong with them.

    A dossier to which a criterion does not apply is left out of its average; one that is not scored yet leaves
    the unit without it, and one that cannot be used, or whose code stands twice, makes it undecided.

    >>> from cchc_calc.scoring.scales import load_scale
    >>> rows = [UnitDossier("Phường 3", DossierPoints(code, {"1": Fraction(points)}), {}) for code, points in
    ...     (("01", 2), ("02", 2), ("03", 1))]
    >>> [unit], findings = average_dossiers(rows, load_scale())
    >>> str(unit.points["1"]), unit.dossiers
    ('5/3', 3)
    """
    units: dict[str, list[UnitDossier]] = {}
    for row in dossiers:
        units.setdefault(unit_key(row.unit), []).append(row)
    codes = Counter(row.dossier.code for row in dossiers if row.dossier.code)
    repeated = frozenset(code for code, count in codes.items() if count > 1)
    findings = [_repetition(code, dossiers) for code in sorted(repeated)]
    averages: list[UnitPoints] = []
    for key, rows in units.items():
        if key:
            averages.append(_average(rows, scale, repeated))
            findings += _check(rows, scale)
        else:
            findings += (_finding("unit_unnamed", row, "", "hồ sơ không ghi đơn vị.") for row in rows)
    return tuple(averages), tuple(findings)


def with_averages(
    units: Sequence[UnitPoints], averages: Sequence[UnitPoints]
) -> tuple[tuple[UnitPoints, ...], tuple[Finding, ...]]:
    """Fill the blank criteria of units with the averages of their dossiers; what was typed for the unit stays.

    An average of a unit that is not among them, and one beside a typed score, is a finding.
    """
    by_key = {unit_key(average.unit): average for average in averages}
    known = {unit_key(unit.unit) for unit in units}
    findings = [
        make_finding(
            "dossier_unit_unknown",
            f"{average.where.get('', '')}: hồ sơ của “{average.unit}”, nhưng bảng điểm không có đơn vị này.",
            where=average.where.get("", ""),
            found=average.unit,
        )
        for key, average in by_key.items()
        if key not in known
    ]
    merged: list[UnitPoints] = []
    for unit in units:
        average = by_key.get(unit_key(unit.unit))
        merged.append(unit if average is None else _merge(unit, average))
        findings += () if average is None else _overridden(unit, average)
    return tuple(merged), tuple(findings)


def _average(rows: Sequence[UnitDossier], scale: Scale, repeated: frozenset[str]) -> UnitPoints:
    is_repeated = any(row.dossier.code in repeated for row in rows)
    points = {
        criterion.number: NoPoints.UNDECIDED if is_repeated else _mean(criterion, given)
        for criterion in scale.criteria
        if DOSSIER in criterion.levels and _is_scored(given := _given(rows, criterion))
    }
    return UnitPoints(
        rows[0].unit,
        MappingProxyType(points),
        where=MappingProxyType({"": rows[0].where.get("", "")}),
        dossiers=len(rows),
        averaged=tuple(row.dossier for row in rows),
    )


def _given(rows: Sequence[UnitDossier], criterion: Criterion) -> list[Points]:
    return [row.dossier.points.get(criterion.number, NoPoints.BLANK) for row in rows]


def _is_scored(given: Sequence[Points]) -> bool:
    return any(points is not NoPoints.BLANK for points in given)


def _mean(criterion: Criterion, given: Sequence[Points]) -> Points:
    numbers = [points for points in given if isinstance(points, Fraction)]
    if NoPoints.UNDECIDED in given or any(not 0 <= points <= criterion.maximum for points in numbers):
        return NoPoints.UNDECIDED
    if NoPoints.BLANK in given:
        return NoPoints.BLANK
    return sum(numbers, start=Fraction(0)) / len(numbers) if numbers else NoPoints.NOT_APPLICABLE


def _check(rows: Sequence[UnitDossier], scale: Scale) -> Iterator[Finding]:
    for criterion in scale.criteria:
        given, number = _given(rows, criterion), criterion.number
        if not _is_scored(given):
            continue
        if DOSSIER not in criterion.levels:
            row = next(row for row, points in zip(rows, given, strict=True) if points is not NoPoints.BLANK)
            message = f"tiêu chí {number} chấm chung cho đơn vị, điểm ghi ở hồ sơ không được dùng."
            yield _finding("dossier_score_unsuited", row, number, message)
            continue
        for row, points in zip(rows, given, strict=True):
            if points is NoPoints.BLANK:
                yield _finding("dossier_score_missing", row, number, f"hồ sơ chưa có điểm tiêu chí {number}.")
            elif isinstance(points, Fraction) and not 0 <= points <= criterion.maximum:
                most = points_text(criterion.maximum)
                message = f"tiêu chí {number}: {points_text(points)} điểm, trong khi chỉ được từ 0 đến {most}."
                yield _finding("score_out_of_range", row, number, message)


def _merge(unit: UnitPoints, average: UnitPoints) -> UnitPoints:
    typed = {number: points for number, points in unit.points.items() if points is not NoPoints.BLANK}
    points = MappingProxyType(dict(average.points) | typed)
    return replace(unit, points=points, dossiers=average.dossiers, averaged=average.averaged)


def _overridden(unit: UnitPoints, average: UnitPoints) -> Iterator[Finding]:
    for number, points in average.points.items():
        typed = unit.points.get(number, NoPoints.BLANK)
        if points is not NoPoints.BLANK and typed is not NoPoints.BLANK:
            where = unit.where.get(number, "")
            message = f"{where}: “{unit.unit}”, tiêu chí {number}: đã ghi điểm, trong khi hồ sơ cũng có điểm."
            yield make_finding("dossier_score_overridden", message, rows=(number,), where=where)


def _repetition(code: str, dossiers: Sequence[UnitDossier]) -> Finding:
    where = "; ".join(row.where.get("", "") for row in dossiers if row.dossier.code == code)
    return make_finding("dossier_duplicated", f"{where}: mã hồ sơ {code} được chấm nhiều lần.", where=where, found=code)


def _finding(rule: str, row: UnitDossier, number: str, message: str) -> Finding:
    where = row.where.get(number) or row.where.get("", "")
    named = f"{where}: “{row.unit}”, hồ sơ {row.dossier.code or '(không có mã)'}: {message}"
    return make_finding(rule, named, rows=(number,) if number else (), where=where)
