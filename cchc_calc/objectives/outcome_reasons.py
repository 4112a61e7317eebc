"""The reason of an objective, built from those of its requirements."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.objectives.records import Status

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cchc_calc.objectives.records import Judgement

_LONGEST_NAME: Final = 60
_NOTHING_ASKED: Final = "Mục tiêu không nêu nội dung nào để đánh giá."


def objective_reason(judgements: Sequence[Judgement]) -> str:
    """Say in sentences why an objective is met or not: each with what it is about where they differ.

    Of alternatives only the one that is met is told, where one is; requirements with the same reason are told together.

    >>> from cchc_calc.objectives.records import Judgement, Requirement
    >>> reasons = {"chung": "2% không dưới 1,5%", "đất đai": "chưa có số liệu", "hộ tịch": "chưa có số liệu"}
    >>> fields = [(Requirement("", scope), reason) for scope, reason in reasons.items()]
    >>> objective_reason([Judgement(field, Status.UNDECIDED, reason) for field, reason in fields])
    'Chung: 2% không dưới 1,5%. Đất đai, hộ tịch: chưa có số liệu.'
    """
    if not judgements:
        return _NOTHING_ASKED
    told = [judgement for judgement in judgements if not _is_needless(judgement, judgements)]
    names: dict[str, list[str]] = {}
    for judgement in told:
        names.setdefault(judgement.reason, []).append(shown_scope(judgement))
    if len(names) == 1:
        return f"{_capitalised(told[0].reason)}."
    return " ".join(f"{_capitalised(', '.join(scopes))}: {reason}." for reason, scopes in names.items())


def shown_scope(judgement: Judgement) -> str:
    """Name what a requirement is about, cut after some words where it is long."""
    requirement = judgement.requirement
    name = requirement.scope or requirement.text
    if len(name) <= _LONGEST_NAME:
        return name
    return f"{name[:_LONGEST_NAME].rpartition(' ')[0].rstrip(' ,;')}…"


def _is_needless(judgement: Judgement, judgements: Sequence[Judgement]) -> bool:
    """Tell whether an alternative of it is met, so that nobody has to look at this one."""
    group = judgement.requirement.group
    return judgement.status is not Status.MET and any(
        other.status is Status.MET and other.requirement.group == group for other in judgements
    )


def _capitalised(text: str) -> str:
    return text[:1].upper() + text[1:]
