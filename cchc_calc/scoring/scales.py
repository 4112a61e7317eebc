"""Points and what they amount to: the class on a scale, and the rank among others.

A scale is a file in ``cchc_calc/scales``, dated and with the source of each bound; adding a scale is adding a file.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.errors import ScaleError
from cchc_calc.scoring.criteria import checked_mark, read_criteria
from cchc_calc.scoring.notation import points_text
from cchc_calc.states import exact_fraction

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from cchc_calc.scoring.criteria import Criterion
    from cchc_calc.states import Number

DEFAULT_SCALE: Final = "tt01-2018"
RESCALE: Final = "rescale"
"""Points x the highest total / the most that the criteria that apply could give."""


@dataclass(frozen=True, slots=True)
class PointClass:
    """A class of points, from ``low``, which is in it, to ``high``, which is in it at the top of the scale only."""

    name: str
    low: Fraction
    high: Fraction
    mark: str
    source: str


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """What is done with a criterion that does not apply to a unit: ``rule`` is ``RESCALE``."""

    rule: str
    mark: str
    source: str


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale of points from ``lowest`` to ``highest``, both included, and its ``classes``, the best first.

    They meet without a gap and without an overlap. ``valid_to`` is ``None`` where no end is known. The ``criteria``
    add up to ``highest``; a scale without any classes totals alone.
    """

    id: str
    title: str
    source: str
    valid_from: date
    valid_to: date | None
    lowest: Fraction
    highest: Fraction
    classes: tuple[PointClass, ...]
    criteria: tuple[Criterion, ...]
    not_applicable: NotApplicable

    def criterion(self, number: str) -> Criterion | None:
        """Return the criterion of a number, or ``None``."""
        return next((criterion for criterion in self.criteria if criterion.number == number), None)


def scale_ids() -> tuple[str, ...]:
    """List the scales there are.

    >>> scale_ids()
    ('qd766-2022', 'thang-100', 'tt01-2018')
    """
    names = (file.name for file in (resources.files("cchc_calc") / "scales").iterdir())
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


@cache
def load_scale(scale_id: str = DEFAULT_SCALE) -> Scale:
    """Load a scale, once; ``ScaleError`` when there is none of that name, or its classes do not make up the scale.

    >>> [str(scale_class.low) for scale_class in load_scale("tt01-2018").classes]
    ['15', '12', '9', '6', '0']
    """
    if scale_id not in scale_ids():
        raise ScaleError(f"không có thang điểm “{scale_id}”; các thang có sẵn: {', '.join(scale_ids())}")
    text = (resources.files("cchc_calc") / "scales" / f"{scale_id}.toml").read_text(encoding="utf-8")
    try:
        return read_scale(tomllib.loads(text, parse_float=Decimal))
    except (KeyError, TypeError, ValueError) as error:
        raise ScaleError(f"scales/{scale_id}.toml: {error}") from error


def read_scale(data: Mapping[str, Any]) -> Scale:
    """Read a scale as its data file holds it; see there for the keys."""
    classes = tuple(_point_class(item) for item in data["class"])
    lowest, highest = Fraction(data["lowest"]), Fraction(data["highest"])
    _require_partition(lowest, highest, classes)
    criteria = read_criteria(data.get("criterion", ()))
    if criteria and sum(criterion.maximum for criterion in criteria) != highest:
        raise ScaleError(f"the criteria do not add up to {highest}")
    return Scale(
        data["id"],
        data["title"],
        data["source"],
        data["valid_from"],
        data.get("valid_to"),
        lowest,
        highest,
        classes,
        criteria,
        _not_applicable(data["not_applicable"]),
    )


def class_of(points: Number, scale: Scale) -> str:
    """Name the class of points on a scale, exactly; points outside the scale raise ``ScaleError``.

    >>> class_of(15, load_scale("tt01-2018")), class_of(Decimal("14.99"), load_scale("tt01-2018"))
    ('xuất sắc', 'tốt')
    """
    exact = _exact(points)
    if scale.lowest <= exact <= scale.highest:
        return next(point_class.name for point_class in scale.classes if exact >= point_class.low)
    raise ScaleError(
        f"điểm ({points_text(exact)}) nằm ngoài thang {points_text(scale.lowest)} đến {points_text(scale.highest)}"
    )


def ranks(points: Sequence[Number | None]) -> list[int | None]:
    """Rank points, the most first: equal points share a rank, and as many ranks after it are left out (1, 1, 3).

    ``None``, a unit without points, has no rank and takes none from the others. The order given does not matter.

    >>> ranks([16, Decimal("15.6"), None, 16])
    [1, 3, None, 1]
    """
    exact = [None if number is None else _exact(number) for number in points]
    places: dict[Fraction, int] = {}
    for place, number in enumerate(sorted((number for number in exact if number is not None), reverse=True), start=1):
        places.setdefault(number, place)
    return [None if number is None else places[number] for number in exact]


def _point_class(item: Mapping[str, Any]) -> PointClass:
    mark = checked_mark(item, f"class {item['name']!r}")
    return PointClass(item["name"], Fraction(item["from"]), Fraction(item["to"]), mark, item["source"])


def _not_applicable(item: Mapping[str, Any]) -> NotApplicable:
    if item["rule"] != RESCALE:
        raise ScaleError(f"a criterion that does not apply: no such rule: {item['rule']!r}")
    return NotApplicable(item["rule"], checked_mark(item, "a criterion that does not apply"), item["source"])


def _require_partition(lowest: Fraction, highest: Fraction, classes: Iterable[PointClass]) -> None:
    ordered = tuple(classes)
    if not ordered or (ordered[0].high, ordered[-1].low) != (highest, lowest):
        raise ScaleError(f"the classes do not reach from {lowest} to {highest}, the best first")
    if empty := [point_class.name for point_class in ordered if point_class.low >= point_class.high]:
        raise ScaleError(f"classes without points: {', '.join(empty)}")
    if apart := [f"{better.name} and {worse.name}" for better, worse in pairwise(ordered) if better.low != worse.high]:
        raise ScaleError(f"classes that overlap or leave a gap: {', '.join(apart)}")
    if len({point_class.name for point_class in ordered}) < len(ordered):
        raise ScaleError("two classes have the same name")


def _exact(points: Number) -> Fraction:
    fraction = exact_fraction(points)
    if fraction is None:
        raise ScaleError(f"điểm ({points!r}) không phải là một con số")
    return fraction
