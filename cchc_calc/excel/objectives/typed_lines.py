"""What is typed into the workbook: the objectives of the plan with their results, and the lines of the figures."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.sheets.cover import Cover

if TYPE_CHECKING:
    from datetime import date

    from cchc_calc.excel.cell_reading import Typed
    from cchc_calc.findings import Finding

OBJECTIVES_OF_AN_EMPTY_PLAN: Final = 20
REQUIREMENTS_OF_AN_EMPTY_PLAN: Final = 60
_SPARE_OBJECTIVES: Final = 2
_SPARE_REQUIREMENTS: Final = 5


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
    """One objective: what is planned, and what is reported of it in words."""

    number: str = ""
    text: str = ""
    measuring: str = ""
    measures: str = ""
    responsible: str = ""
    start: date | None = None
    finish: date | None = None
    attained: str = ""
    cause: str = ""
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class RequirementLine:
    """One line of the figures; ``value`` and ``declared`` are fractions of one where they are rates."""

    number: str = ""
    scope: str = ""
    group: str = ""
    comparator: str = ""
    value: Typed = None
    unit: str = ""
    base: str = ""
    numerator: Typed = None
    denominator: Typed = None
    declared: Typed = None


@dataclass(frozen=True, slots=True)
class TypedWorkbook:
    """All that is typed into a workbook, with its empty lines; ``subject`` is the year or half-year in the title.

    ``findings`` is ``None`` where nothing was checked; ``results_of`` names another report that the results are of.
    """

    cover: Cover
    subject: str
    objectives: tuple[ObjectiveLine, ...]
    requirements: tuple[RequirementLine, ...]
    findings: tuple[Finding, ...] | None = None
    results_of: str = ""

    def with_spare_lines(self) -> TypedWorkbook:
        """Add a few empty lines, for what the office adds by hand."""
        return replace(
            self,
            objectives=(*self.objectives, *(_SPARE_OBJECTIVES * (ObjectiveLine(),))),
            requirements=(*self.requirements, *(_SPARE_REQUIREMENTS * (RequirementLine(),))),
        )


def empty_workbook() -> TypedWorkbook:
    """Make the workbook that an office begins with.

    >>> len(empty_workbook().objectives), len(empty_workbook().requirements)
    (20, 60)
    """
    return TypedWorkbook(
        Cover(),
        "",
        OBJECTIVES_OF_AN_EMPTY_PLAN * (ObjectiveLine(),),
        REQUIREMENTS_OF_AN_EMPTY_PLAN * (RequirementLine(),),
    )
