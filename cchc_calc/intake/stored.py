"""What a store holds, read anew each time it is asked for, so that memory does not grow with the number of files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, overload

from cchc_calc.consolidation.submissions import StoredSubmissions, Submission
from cchc_calc.findings import Finding
from cchc_calc.intake.encoding import decode_findings, decode_refusal, decode_submission

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cchc_calc.consolidation.refusals import Refusal
    from cchc_calc.intake.store import Store


class SubmissionsOfStore(StoredSubmissions):
    """The submissions of a collection in the order of their files' names."""

    def __init__(self, store: Store, places: Sequence[int]) -> None:
        """Keep where they are; ``submissions_of`` finds that out."""
        self._store, self._places = store, places

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[Submission]:
        return map(self._read, self._places)

    @overload
    def __getitem__(self, index: int) -> Submission: ...

    @overload
    def __getitem__(self, index: slice) -> SubmissionsOfStore: ...

    def __getitem__(self, index: int | slice) -> Submission | SubmissionsOfStore:
        if isinstance(index, slice):
            return SubmissionsOfStore(self._store, self._places[index])
        return self._read(self._places[index])

    def _read(self, place: int) -> Submission:
        query = "SELECT submission FROM received WHERE id = ?"
        return decode_submission(self._store.connection.execute(query, (place,)).fetchone()[0])


class FaultsOfStore(Mapping[str, tuple[Finding, ...]]):
    """The errors found in each file of a collection that counts, by its name."""

    def __init__(self, store: Store, collection: str) -> None:
        """Keep where to look."""
        self._store, self._collection = store, collection

    def __getitem__(self, name: str) -> tuple[Finding, ...]:
        query = "SELECT faults FROM received WHERE collection = ? AND name = ?"
        found = self._store.connection.execute(query, (self._collection, name)).fetchone()
        if found is None:
            raise KeyError(name)
        return decode_findings(found[0])

    def __iter__(self) -> Iterator[str]:
        query = "SELECT name FROM received WHERE collection = ? ORDER BY name"
        return (name for (name,) in self._store.connection.execute(query, (self._collection,)))

    def __len__(self) -> int:
        return self._store.count(self._collection)


def submissions_of(store: Store, collection: str) -> SubmissionsOfStore:
    """Find the submissions of a collection."""
    query = "SELECT id FROM received WHERE collection = ? AND submission IS NOT NULL ORDER BY name"
    return SubmissionsOfStore(store, [place for (place,) in store.connection.execute(query, (collection,))])


def refusals_of(store: Store, collection: str) -> tuple[Refusal, ...]:
    """Read why the other files of a collection gave no submission, in the order of their names."""
    query = "SELECT refusal FROM received WHERE collection = ? AND refusal IS NOT NULL ORDER BY name"
    return tuple(decode_refusal(text) for (text,) in store.connection.execute(query, (collection,)))
