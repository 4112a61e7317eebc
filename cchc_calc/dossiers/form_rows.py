"""The rows of the form that dossiers fill, made of their counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.dossiers.counts import Counts, total
from cchc_calc.dossiers.field_classes import field_classes

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROW_OF_LEVEL: Final = {"district": "3.4.2", "commune": "3.4.3"}
"""The row of the rate of a level's units, under which received, resolved and on time stand."""

_NONE: Final = Counts()


def form_rows(level: str, classes: Mapping[str, Counts]) -> dict[str, int]:
    """Make the rows of a unit of its counts by class of fields (``class_of``); the amount of row 7.7.5.e is in đồng.

    A row is left out where the export does not say of any of its dossiers: it is blank, not 0. A unit of another level
    than commune and district has no rows of its own for what it received.

    >>> rows = form_rows("commune", {"land": Counts(received=3, resolved=2, late=1, unknown_level=3)})
    >>> rows["3.4.3.a"], rows["3.4.3.c"], rows["3.4.4.a1"], "7.7.4.a" in rows
    (3, 1, 2, False)
    """
    counts = total(classes.values())
    rows = {**_time_rows(level, counts), **_class_rows(classes, counts.resolved), **dict(_service_rows(counts))}
    return {address: rows[address] for address in sorted(rows)}


def _time_rows(level: str, counts: Counts) -> dict[str, int]:
    if level not in ROW_OF_LEVEL:
        return {}
    row = ROW_OF_LEVEL[level]
    return {f"{row}.a": counts.received, f"{row}.b": counts.resolved, f"{row}.c": counts.on_time}


def _class_rows(classes: Mapping[str, Counts], resolved: int) -> dict[str, int]:
    if not _is_known(classes.get("", _NONE).resolved, resolved):
        return {}
    rows: dict[str, int] = {}
    for one in field_classes():
        counts = classes.get(one.name, _NONE)
        rows |= {f"{one.row}1": counts.resolved, f"{one.row}2": counts.on_time}
    return rows


def _service_rows(counts: Counts) -> Iterator[tuple[str, int]]:
    received, resolved = counts.received, counts.resolved
    if _is_known(counts.unknown_level, received):
        yield "7.7.4.a", counts.online_services
        if _is_known(counts.unknown_channel, counts.online_services):
            yield "7.7.4.b", counts.online_services_online
    if _is_known(counts.unknown_payment, received):
        yield "7.7.5.d", counts.paid_online
        if _is_known(counts.unknown_amount, counts.paid_online):
            yield "7.7.5.e", counts.amount_paid_online
    knows_sending = _is_known(counts.unknown_sending, received)
    knows_returning = _is_known(counts.unknown_returning, resolved)
    if knows_sending:
        yield "7.8.2.a", counts.sent_by_post
    if knows_returning:
        yield "7.8.2.b", counts.returned_by_post
    if knows_sending and knows_returning:
        yield "7.8.2.c", counts.both_by_post


def _is_known(unknown: int, whole: int) -> bool:
    return unknown < whole or whole == 0
