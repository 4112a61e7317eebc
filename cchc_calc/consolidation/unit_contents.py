"""What the units of a consolidation report, looked up when it is asked for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, overload

from cchc_calc.computation import compute_contents
from cchc_calc.states import Content, State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cchc_calc.catalogue import Form
    from cchc_calc.consolidation.submissions import Submission


class UnitContents(Sequence[Mapping[str, Content]]):
    """The contents of some submissions; ``places`` are theirs among all that were sent.

    ``blocked`` names, by place, the rows that cannot be used although the submission says something in them.

    >>> from cchc_calc.consolidation.submissions import Submission
    >>> sent = [Submission(f"{n}.xlsx", f"Phường {n}", "thong-ke-cchc", "2023", {"1.1": n}) for n in (1, 2, 3)]
    >>> list(UnitContents(sent, [2, 0]))
    [{'1.1': 3}, {'1.1': 1}]
    """

    def __init__(
        self,
        submissions: Sequence[Submission],
        places: Sequence[int],
        blocked: Mapping[int, Sequence[str]] = MappingProxyType({}),
    ) -> None:
        """Keep where to look, not what is there."""
        self._submissions, self._places, self._blocked = submissions, places, blocked

    def __len__(self) -> int:
        return len(self._places)

    @overload
    def __getitem__(self, index: int) -> Mapping[str, Content]: ...

    @overload
    def __getitem__(self, index: slice) -> UnitContents: ...

    def __getitem__(self, index: int | slice) -> Mapping[str, Content] | UnitContents:
        if isinstance(index, slice):
            return UnitContents(self._submissions, self._places[index], self._blocked)
        place = self._places[index]
        submission = self._submissions[place]
        rows = self._blocked.get(place, ())
        return without_rows(submission.form, submission.contents, rows) if rows else submission.contents


def without_rows(form: Form, contents: Mapping[str, Content], rows: Iterable[str]) -> Mapping[str, Content]:
    """Make rows undecided, and all that is computed from them.

    >>> from cchc_calc.form_files import load_form
    >>> contents = {"6.1.a": 100, "6.1.b": 40, "1.1": 3}
    >>> without_rows(load_form(), contents, ["6.1.b"])["6.1"], without_rows(load_form(), contents, ["6.1.b"])["1.1"]
    (<State.UNDECIDED: 'undecided'>, 3)
    """
    inputs = {address: content for address, content in contents.items() if form.by_address[address].is_input}
    done = compute_contents(form, inputs | dict.fromkeys(rows, State.UNDECIDED)).contents
    return {address: content for address, content in done.items() if content is not State.BLANK}
