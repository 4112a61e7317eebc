"""Which result belongs to which requirement of an objective."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from cchc_calc.objectives.attainments import UNSPECIFIC
from cchc_calc.objectives.measurements import field_of, is_not_arising, is_of_dossiers, number_of, unit_of
from cchc_calc.objectives.records import Base
from cchc_calc.objectives.result_wording import features, is_of_a_part, is_overall, without_causes
from cchc_calc.objectives.wording import fields_in
from cchc_calc.targets import RATE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cchc_calc.objectives.records import Attainment, Requirement

_OF_TIME: Final = frozenset({"on_time", "late"})
"""What is in time says nothing of what is done, nor the other way round."""


class _Likeness(NamedTuple):
    """How much a result speaks of what is asked for: what is measured comes before words that are common."""

    same_quantity: bool
    common_words: int


_UNLIKE: Final = _Likeness(same_quantity=False, common_words=0)


def assign(
    requirements: Sequence[Requirement], attainments: Sequence[Attainment]
) -> tuple[tuple[Attainment, ...], ...]:
    """Give each requirement, in order, the results that speak of it; nothing where none does.

    A field is known by its name, the rest by what is measured and by common words. Results that say nothing but a
    figure are taken in order, where there are as many as requirements without one. What was *not* done is left out.
    A result that says itself which requirement it answers is taken at its word.

    >>> from cchc_calc.objectives.attainments import read_result
    >>> from cchc_calc.objectives.requirements import read_requirements
    >>> asked = read_requirements("Hồ sơ trễ hạn dưới 1,5%. Đối với lĩnh vực đất đai, tỷ lệ trễ hạn không quá 2%", "")
    >>> result = read_result("trễ hạn 234/13.506 hồ sơ. Trong đó lĩnh vực đất đai trễ hạn 6,39%")
    >>> [[attained.text for attained in given] for given in assign(asked, result.attainments)]
    [['234/13.506 hồ sơ'], ['6,39%']]
    """
    named = [tuple(one for one in attainments if one.requirement == place) for place in range(len(requirements))]
    open_ones = [replace(one, target=None) if named[place] else one for place, one in enumerate(requirements)]
    free = [attained for attained in attainments if attained.requirement is None and not attained.negated]
    found = _found_by_words(open_ones, free)
    return tuple(own or given for own, given in zip(named, found, strict=True))


def _found_by_words(
    requirements: Sequence[Requirement], attainments: Sequence[Attainment]
) -> list[tuple[Attainment, ...]]:
    fields = frozenset(field for one in requirements if (field := field_of(one)))
    given: list[list[tuple[_Likeness, Attainment]]] = [[] for _ in requirements]
    for attained in attainments:
        likeness = [_likeness(one, attained, fields) for one in requirements]
        for place in _most_alike(requirements, likeness):
            given[place].append((likeness[place], attained))
    chosen = [_chosen(one) for one in given]
    _give_in_order(requirements, chosen, [one for one in attainments if _says_nothing_else(one)])
    return chosen


def _likeness(requirement: Requirement, attained: Attainment, fields: frozenset[str]) -> _Likeness:
    """Tell how much a result speaks of what is asked for."""
    if not _is_usable(requirement, attained) or not _is_of_the_same_whole(requirement, attained, fields):
        return _UNLIKE
    common = len(features(requirement.text) & features(attained.scope))
    if requirement.quantity == attained.quantity and requirement.quantity not in UNSPECIFIC:
        return _Likeness(same_quantity=True, common_words=common)
    quantities = {requirement.quantity, attained.quantity}
    is_open = quantities & UNSPECIFIC and not quantities & _OF_TIME
    return _Likeness(same_quantity=False, common_words=common) if is_open else _UNLIKE


def _is_usable(requirement: Requirement, attained: Attainment) -> bool:
    """Tell whether a result is of the kind that is asked for: a share of a whole, or a count."""
    target = requirement.target
    if target is None:
        return False
    if is_not_arising(attained):
        return True
    if target.unit != RATE:
        return number_of(attained) is not None and target.unit in {"", unit_of(attained)}
    if attained.declared is not None or attained.denominator is not None:
        return True
    return requirement.quantity == attained.quantity not in UNSPECIFIC and is_of_dossiers(attained)


def _is_of_the_same_whole(requirement: Requirement, attained: Attainment, fields: frozenset[str]) -> bool:
    of_online_procedures = {requirement.base is Base.ONLINE_PROCEDURES, attained.base is Base.ONLINE_PROCEDURES}
    if len(of_online_procedures) > 1:
        return False
    scope = without_causes(attained.scope)
    named = set(fields_in(scope))
    field = field_of(requirement)
    if field:
        return field in named
    if named & fields or (named and not is_overall(scope) and not named & set(fields_in(requirement.text))):
        return False
    return not is_of_a_part(scope) or is_of_a_part(requirement.text)


def _most_alike(requirements: Sequence[Requirement], likeness: list[_Likeness]) -> list[int]:
    """Return the places of the requirement that is most alike, and of those that say the same in the same words."""
    best = max(likeness, default=_UNLIKE)
    if best == _UNLIKE:
        return []
    first = likeness.index(best)
    words = (requirements[first].text, requirements[first].scope)
    return [
        place for place, one in enumerate(requirements) if (one.text, one.scope) == words and likeness[place] != _UNLIKE
    ]


def _chosen(given: list[tuple[_Likeness, Attainment]]) -> tuple[Attainment, ...]:
    """Choose all results of what is measured, those of the whole before others; else the one with most common words."""
    measured = [attained for likeness, attained in given if likeness.same_quantity]
    if measured:
        return tuple([one for one in measured if is_overall(one.scope)] or measured)
    best = max((likeness for likeness, _ in given), default=_UNLIKE)
    return tuple(attained for likeness, attained in given if likeness == best)


def _says_nothing_else(attained: Attainment) -> bool:
    """Tell whether no two words in a row beside the figure tell what it is about."""
    has_words = any(" " in words for words in features(attained.scope))
    return attained.quantity in UNSPECIFIC and not has_words and not fields_in(attained.scope)


def _give_in_order(
    requirements: Sequence[Requirement], chosen: list[tuple[Attainment, ...]], bare: Sequence[Attainment]
) -> None:
    places = [place for place, one in enumerate(requirements) if one.target is not None and not chosen[place]]
    given = {attained for some in chosen for attained in some}
    left = [attained for attained in bare if attained not in given]
    if len(places) != len(left):
        return
    for place, attained in zip(places, left, strict=True):
        speed = requirements[place].quantity in _OF_TIME
        # "đã giải quyết 490/500 hồ sơ" says nothing of time, "490/500 hồ sơ" alone is the answer.
        is_bare = attained.not_arising or attained.scope == attained.text
        if _is_usable(requirements[place], attained) and (is_bare or not (speed and attained.quantity)):
            chosen[place] = (attained,)
