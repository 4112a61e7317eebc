"""What the units of a consolidation report, looked up when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, overload

from cchc_calc.states import Content

if TYPE_CHECKING:
    from cchc_calc.consolidation.submissions import Submission


class UnitContents(Sequence[Mapping[str, Content]]):
    """The contents of some submissions; ``places`` are theirs among all that were sent.

    >>> from cchc_calc.consolidation.submissions import Submission
    >>> sent = [Submission(f"{n}.xlsx", f"Phường {n}", "thong-ke-cchc", "2023", {"1.1": n}) for n in (1, 2, 3)]
    >>> list(UnitContents(sent, [2, 0]))
    [{'1.1': 3}, {'1.1': 1}]
    """

    def __init__(self, submissions: Sequence[Submission], places: Sequence[int]) -> None:
        """Keep where to look, not what is there."""
        self._submissions, self._places = submissions, places

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Mapping[str, Content]: ...

    @overload
    def __getitem__(self, index: slice) -> UnitContents: ...

    def __getitem__(self, index: int | slice) -> Mapping[str, Content] | UnitContents:
        if isinstance(index, slice):
            return UnitContents(self._submissions, self._places[index])
        return self._submissions[self._places[index]].contents
