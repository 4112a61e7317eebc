"""Collecting: the files of all units listed, gathered into a store, and consolidated from there."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeAlias

from cchc_calc.consolidation.consolidating import consolidate
from cchc_calc.consolidation.manifest_verification import verify_manifest
from cchc_calc.findings import by_severity
from cchc_calc.intake.folders import list_files
from cchc_calc.intake.gathering import gather
from cchc_calc.intake.store import CURRENT, PREVIOUS
from cchc_calc.intake.stored import FaultsOfStore, refusals_of, submissions_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from contextlib import AbstractContextManager
    from datetime import date
    from pathlib import Path

    from cchc_calc.consolidation.printed_totals import PrintedTotals
    from cchc_calc.consolidation.refusals import Refusal
    from cchc_calc.consolidation.register import Register
    from cchc_calc.consolidation.result import Consolidation
    from cchc_calc.intake.folders import FolderContents
    from cchc_calc.intake.store import Store

Watch: TypeAlias = "Callable[[int, str], AbstractContextManager[Callable[[], None]]]"
"""Given how many files there are and a title, it gives what is called once a file."""


@dataclass(frozen=True, slots=True)
class Task:
    """What is to be consolidated: folders or files of this period and of the one before, and how.

    ``own`` are the files that the same command reads or writes otherwise; no unit sent them. ``printed`` is what a
    higher level printed, ``manifest`` what an earlier consolidation was made of.
    """

    sources: tuple[Path, ...]
    own: tuple[Path, ...] = ()
    previous: tuple[Path, ...] = ()
    level: str = "city"
    register: Register | None = None
    parent: str = ""
    printed: PrintedTotals | None = None
    manifest: Mapping[str, Any] | None = None
    due: date | None = None
    today: date | None = None


@dataclass(frozen=True, slots=True)
class Collected:
    """What came of it; there is no ``consolidation`` when no file gave a figure.

    ``refused`` are all files of this period that do not count, ``refused_before`` those of the one before. Of
    ``files``, ``read`` were opened now.
    """

    consolidation: Consolidation | None
    refused: tuple[Refusal, ...]
    refused_before: tuple[Refusal, ...]
    skipped: tuple[str, ...]
    files: int
    read: int


def unwatched(_total: int, _title: str) -> AbstractContextManager[Callable[[], None]]:
    """Watch nothing."""
    return nullcontext(lambda: None)


def collect(task: Task, store: Store, *, processes: int = 1, watch: Watch = unwatched) -> Collected:
    """Read what the store does not hold yet, and consolidate what it holds then.

    The consolidation looks things up in the store, which has to stay open.

    Raises SourceRefusedError for a folder that is not there or cannot be read, and StoreError.
    """
    now = list_files(task.sources, own=(*task.own, *task.previous))
    before = list_files(task.previous, own=(*task.own, *task.sources))
    read = _gather(store, CURRENT, now, processes, watch, "Đọc tệp")
    _gather(store, PREVIOUS, before, processes, watch, "Đọc tệp kỳ trước")
    refused = (*now.refused, *refusals_of(store, CURRENT))
    consolidation = _consolidated(task, store, refused)
    return Collected(
        consolidation=consolidation,
        refused=refused if consolidation is None else consolidation.refused,
        refused_before=(*before.refused, *refusals_of(store, PREVIOUS)),
        skipped=now.skipped,
        files=len(now.files),
        read=read,
    )


def _gather(store: Store, collection: str, contents: FolderContents, processes: int, watch: Watch, title: str) -> int:
    unread = store.unread(collection, contents.files)
    with watch(len(unread), title) as advance:
        gather(store, collection, unread, processes, advance)
    return len(unread)


def _consolidated(task: Task, store: Store, refused: Sequence[Refusal]) -> Consolidation | None:
    submissions = submissions_of(store, CURRENT)
    if not submissions:
        return None
    consolidation = consolidate(
        submissions,
        register=task.register,
        level=task.level,
        parent=task.parent,
        previous=submissions_of(store, PREVIOUS),
        refused=refused,
        faults=FaultsOfStore(store, CURRENT),
        printed=task.printed,
        due=task.due,
        today=task.today,
    )
    faulty_lines = () if task.register is None else task.register.findings
    changed = () if task.manifest is None else verify_manifest(task.manifest, submissions)
    return replace(consolidation, findings=by_severity((*faulty_lines, *changed, *consolidation.findings)))
