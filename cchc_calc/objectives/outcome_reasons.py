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
    """Say in sentences why an objective is met or not: each with the field or the thing it is about, if there are more.

    Of alternatives only the one that is met is told, where one is; requirements with the same reason are told together.

    >>> from cchc_calc.objectives.records import Judgement, Requirement
    >>> fields = [Requirement("", scope) for scope in ("đất đai", "hộ tịch")]
    >>> objective_reason([Judgement(field, Status.UNDECIDED, "chưa có số liệu") for field in fields])
    'Đất đai, hộ tịch: chưa có số liệu.'
    """
    if not judgements:
        return _NOTHING_ASKED
    told = [judgement for judgement in judgements if not _is_needless(judgement, judgements)]
    if len(told) == 1:
        return f"{_capitalised(told[0].reason)}."
    names: dict[str, list[str]] = {}
    for judgement in told:
        names.setdefault(judgement.reason, []).append(shown_scope(judgement))
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
