"""A progress bar with rate and remaining time, for work that takes long enough to watch."""

from __future__ import annotations

import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

Item = TypeVar("Item")

_SECONDS_BETWEEN: Final = 0.1


def track(items: Sequence[Item], title: str) -> Iterator[Item]:
    """Yield the items, showing how many are done; nothing is shown for one item or outside a terminal."""
    with advancing(len(items), title) as advance:
        for item in items:
            yield item
            advance()


@contextmanager
def naming(title: str) -> Iterator[Callable[[str], None]]:
    """Show which of some things is being worked on; call what is given with its name. Nothing outside a terminal."""
    from rich.console import Console
    from rich.markup import escape

    from cchc_calc.spelling import printable

    console = Console(stderr=True)
    if not console.is_terminal:
        yield _nobody_watches
        return
    with console.status(f"{title}…") as status:
        yield lambda name: status.update(f"{title}: {escape(printable(name))}…")


@contextmanager
def advancing(total: int, title: str) -> Iterator[Callable[[], None]]:
    """Show how many of some items are done, how many a second and how long it will take; call what is given for each.

    Nothing is shown for one item or outside a terminal. The bar has no thread of its own, so processes can be started
    while it is there.
    """
    if total < 2:
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True)
    columns = (
        TextColumn(title),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TextColumn("còn"),
        TimeRemainingColumn(),
    )
    with Progress(
        *columns, console=console, transient=True, auto_refresh=False, disable=not console.is_terminal
    ) as progress:
        task = progress.add_task(title, total=total, rate="")
        began = shown = time.monotonic()
        done = 0

        def advance() -> None:
            nonlocal done, shown
            done += 1
            now = time.monotonic()
            if done == total or now - shown >= _SECONDS_BETWEEN:
                shown = now
                rate = f"{done / max(now - began, 0.001):.0f} tệp/giây"
                progress.update(task, completed=done, rate=rate, refresh=True)

        yield advance


def _nobody_watches(_name: str) -> None:
    """Show nothing."""
