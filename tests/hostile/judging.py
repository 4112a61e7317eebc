"""What becomes of a file: its outcome by codes, each with the cell and the rows it is about."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cchc_calc import check, read_report
from cchc_calc.errors import SourceRefusedError
from cchc_calc.outcomes import OUTCOMES, Outcome

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_GRAVITY = list(Outcome)


@dataclass(frozen=True)
class Judged:
    """A file as it was judged: its result as JSON, or the code under which it was refused."""

    refused: str
    message: str
    remedy: str
    data: dict[str, Any]

    def coded(self) -> list[dict[str, Any]]:
        """List the findings that have a code."""
        return [finding for finding in self.data.get("findings", []) if finding["code"]]

    def row(self, address: str) -> dict[str, Any]:
        """Return one row of the form."""
        return next(row for row in self.data["rows"] if row["address"] == address)

    def blocked(self) -> set[str]:
        """Name the rows that are undecided."""
        return {row["address"] for row in self.data["rows"] if row["state"] == "undecided"}


def judge(path: Path) -> Judged:
    """Read and check a file; a traceback is not caught."""
    try:
        result = check(read_report(path))
    except SourceRefusedError as refusal:
        return Judged(refusal.code, str(refusal), refusal.remedy, {})
    # What cannot be written as JSON is no result.
    return Judged("", "", "", json.loads(json.dumps(result.to_json(), ensure_ascii=False)))


def outcome_of(codes: Iterable[str]) -> Outcome | None:
    """Give the gravest outcome of codes."""
    return min((OUTCOMES[code].outcome for code in codes), key=_GRAVITY.index, default=None)
