"""What is known of units that are scored: their points by criterion, and what these amount to."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from cchc_calc.scoring.scoring_json import scoring_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cchc_calc.findings import Finding
    from cchc_calc.scoring.scales import Scale


class NoPoints(Enum):
    """Why a criterion has no points: not scored yet, does not apply to the unit, or what stands there is no score."""

    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    UNDECIDED = "undecided"


NOT_APPLICABLE_TEXT: Final = "Không áp dụng"
"""What an official writes for a criterion that does not apply to the unit."""

TOTAL: Final = "total"
"""Under this name ``UnitPoints.where`` holds the place of the total."""

Points: TypeAlias = Fraction | NoPoints


@dataclass(frozen=True, slots=True)
class DossierPoints:
    """The points of one dossier as read, by the number of the criterion; a criterion that is missing is blank."""

    code: str
    points: Mapping[str, Points] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class UnitPoints:
    """The points of one unit as read.

    ``points`` are by the number of the criterion ("1" … "9"); a criterion that is missing there is blank. ``total``
    is set where the source gives the sum alone. ``evidence`` and ``where`` are by the number of the criterion too;
    ``where[""]`` is the place of the unit and ``where[TOTAL]`` that of its total. ``dossiers`` is how many dossiers the
    criteria scored by dossier average; ``averaged`` are these, where the source lists them, so that they can be
    written again.
    """

    unit: str
    points: Mapping[str, Points] = field(default_factory=lambda: MappingProxyType({}))
    total: Points = NoPoints.BLANK
    evidence: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    where: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    dossiers: int = 0
    averaged: tuple[DossierPoints, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """Points with the class and the rank they give; ``None`` where they are not known."""

    points: Fraction | None
    class_name: str | None
    rank: int | None


@dataclass(frozen=True, slots=True)
class UnitScore:
    """What the points of one unit amount to.

    ``raw`` is the sum of the points given and ``maximum`` the most the criteria that apply could give. ``standing``
    holds the points on the whole scale (``raw`` x highest / ``maximum`` where a criterion does not apply), the class
    and the rank; nothing where a criterion is missing. ``lowest`` and ``highest`` bound it while criteria are missing:
    with 0 and with full points for them, against the others' best and worst; without a gap all three are the same.
    ``one_more`` is the standing with one more point, the other units unchanged; ``None`` where nothing can be added.
    """

    given: UnitPoints
    raw: Fraction | None
    maximum: Fraction
    standing: Standing
    lowest: Standing
    highest: Standing
    one_more: Standing | None


@dataclass(frozen=True, slots=True)
class Group:
    """How many units are in a class; ``share`` is of the units that have one, ``None`` where no unit has."""

    class_name: str
    count: int
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class Scoring:
    """Units scored on a scale, in the order given; ``groups`` are all classes of the scale, the best first.

    ``mean`` is over the units that have points; ``best`` and ``worst`` are the names of the units with most and least
    points, in the order given. ``office`` is the office that scores and ``year`` the year scored, as far as known;
    ``note`` is what the source remarks of all units alike, such as that their points are constructed.
    """

    scale: Scale
    units: tuple[UnitScore, ...]
    groups: tuple[Group, ...]
    mean: Fraction | None
    best: tuple[str, ...]
    worst: tuple[str, ...]
    findings: tuple[Finding, ...] = ()
    office: str = ""
    year: str = ""
    note: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the scoring with the fixed keys of the project's JSON, ready for ``json.dump``."""
        return scoring_json(self)
