"""TOML that people write by hand, and the line in which it stops being TOML."""

from __future__ import annotations

import re
import tomllib
from typing import Any, Final

_PLACE: Final = re.compile(r"\s*\(at line (?P<line>\d+), column \d+\)")


class TomlTextError(ValueError):
    """A text is not TOML. ``line`` is the number of the line it breaks off in, 0 where that is not known."""

    def __init__(self, reason: str, line: int) -> None:
        """Keep the parts apart, so that each reader says them in its own words."""
        super().__init__(reason)
        self.line = line

    @property
    def where(self) -> str:
        """Name the line in Vietnamese; an empty text where it is not known."""
        return f"dòng {self.line}" if self.line else ""


def parse_toml(text: str) -> dict[str, Any]:
    r"""Parse a text; ``TomlTextError`` where it is not TOML.

    >>> parse_toml("year = 2027")
    {'year': 2027}
    >>> try:
    ...     parse_toml("[[year]]\nyear = 2027,")
    ... except TomlTextError as error:
    ...     error.where, str(error)
    ('dòng 2', 'Expected newline or end of document after a statement')
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _PLACE.search(str(error))
        raise TomlTextError(_PLACE.sub("", str(error)), int(place["line"]) if place else 0) from error
