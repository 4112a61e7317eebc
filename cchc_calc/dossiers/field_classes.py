"""The classes of fields that have rows of their own: land, construction, investment, by words an office may edit."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from cchc_calc.errors import FormError
from cchc_calc.spelling import comparison_key

OTHER: Final = "other"
"""All fields without rows of their own."""


@dataclass(frozen=True, slots=True)
class FieldClass:
    """A class of fields; ``row`` is that of its rate, under which the resolved and those on time stand."""

    name: str
    row: str
    words: tuple[str, ...]
    mark: str
    source: str
    without: tuple[str, ...] = ()

    def holds(self, key: str) -> bool:
        """Tell whether a field belongs to the class; ``key`` is the field's name made comparable."""
        return _has_one(key, self.words) and not _has_one(key, self.without)


@cache
def field_classes() -> tuple[FieldClass, ...]:
    """Load the classes in their order, once; ``FormError`` where the data file breaks its rules."""
    text = (resources.files("cchc_calc") / "dossiers" / "field_classes.toml").read_text(encoding="utf-8")
    try:
        return tuple(
            FieldClass(
                name,
                data["row"],
                tuple(map(comparison_key, data["words"])),
                data["mark"],
                data["source"],
                tuple(map(comparison_key, data.get("without", ()))),
            )
            for name, data in tomllib.loads(text).items()
        )
    except (KeyError, TypeError) as error:
        raise FormError(f"dossiers/field_classes.toml: {error}") from error


@cache
def class_of(field: str) -> str:
    """Name the class of a field, "other" for one without rows of its own; of a field without a name nothing is known.

    >>> class_of("Đất đai"), class_of("Quản lý hoạt động xây dựng"), class_of("Đầu tư xây dựng")
    ('land', 'construction', 'construction')
    >>> class_of("Hộ tịch"), class_of(" ")
    ('other', '')
    """
    key = comparison_key(field)
    if not key:
        return ""
    return next((one.name for one in field_classes() if one.holds(key)), OTHER)


def _has_one(key: str, words: tuple[str, ...]) -> bool:
    return any(re.search(rf"\b{re.escape(word)}\b", key) for word in words)
