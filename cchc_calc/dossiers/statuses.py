"""The status codes of dossiers: data with what each code says about the dossier that bears it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

from cchc_calc.errors import FormError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Outcome(StrEnum):
    """What has become of a dossier; a dossier of the balance has exactly one."""

    PENDING = "pending"
    RESOLVED = "resolved"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Status:
    """A status of a dossier; ``mark`` tells how certain its meaning is, ``source`` in Vietnamese where it stands."""

    name: str
    outcome: Outcome
    mark: str
    source: str


@cache
def statuses() -> Mapping[int, Status]:
    """Load the status codes, once; ``FormError`` where the data file breaks its rules.

    >>> statuses()[3].name, statuses()[3].outcome.value
    ('Không được tiếp nhận', 'refused')
    """
    text = (resources.files("cchc_calc") / "dossiers" / "statuses.toml").read_text(encoding="utf-8")
    try:
        return {
            int(code): Status(data["name"], Outcome(data["outcome"]), data["mark"], data["source"])
            for code, data in tomllib.loads(text).items()
        }
    except (KeyError, TypeError, ValueError) as error:
        raise FormError(f"dossiers/statuses.toml: {error}") from error


def codes_of(outcome: Outcome) -> tuple[int, ...]:
    """List the codes of an outcome.

    >>> codes_of(Outcome.RESOLVED)
    (9, 10)
    """
    return tuple(code for code, status in statuses().items() if status.outcome is outcome)
