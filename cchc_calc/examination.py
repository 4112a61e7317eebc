"""What was found on a machine: each thing examined, whether it is as it should be, and what mends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Line:
    """One thing examined. ``needed`` tells whether the commands fail without it."""

    name: str
    ok: bool
    found: str
    remedy: str = ""
    needed: bool = True

    def to_json(self) -> dict[str, object]:
        """Write the line down under fixed keys."""
        return {
            "name": self.name,
            "ok": self.ok,
            "found": self.found,
            "remedy": "" if self.ok else self.remedy,
            "needed": self.needed,
        }


def missing(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Keep the lines of what is needed and not there.

    >>> missing([Line("Excel", ok=False, found="không có", needed=False), Line("Python", ok=True, found="3.11")])
    ()
    """
    return tuple(line for line in lines if line.needed and not line.ok)


def told(lines: Iterable[Line]) -> Iterator[str]:
    """Say each line as an official reads it; a remedy stands only under what is not as it should be.

    >>> list(told([Line("Excel", ok=False, found="không có", remedy="cài Excel.")]))
    ['✗ Excel: không có', '     → cài Excel.']
    """
    for line in lines:
        yield f"{'✓' if line.ok else '✗'} {line.name}: {line.found}"
        if not line.ok:
            yield f"     → {line.remedy}"
