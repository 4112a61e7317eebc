"""The counts of some dossiers in a period, by which every figure of theirs is made."""

from __future__ import annotations

from dataclasses import dataclass, fields
from operator import add, attrgetter, sub
from typing import TYPE_CHECKING, Final

from cchc_calc.dossiers.options import Base

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True)
class Counts:
    """How many dossiers of a unit, a field or both there were of each kind; ``amount_paid_online`` is in đồng.

    ``read`` rows are ``used`` and refused ones. ``received`` are all that came in within the period, whatever became
    of them; ``carried_over`` came before it and were not closed then. Both together are ``resolved``, ``refused`` or
    ``withdrawn`` within the period, or ``pending`` at its end. Of the resolved some are ``early`` or ``late``, all
    others on time, those ``without_due`` time among them. Of the pending some are ``overdue``. ``due`` within the
    period were dossiers worked on, whenever they came in and were finished; ``due_late`` were finished late or not yet.

    By reception: ``online``, ``direct``, ``by_post``; ``online_services`` are received dossiers of procedures of
    levels 3 and 4, and the online ones among them; ``sent_by_post`` of the received, ``returned_by_post`` of the
    resolved, ``both_by_post`` of those that are both. An ``unknown_`` count is of dossiers of which the export does not
    say: where it is that of all, the figure is not known.
    """

    read: int = 0
    used: int = 0
    received: int = 0
    carried_over: int = 0
    resolved: int = 0
    refused: int = 0
    withdrawn: int = 0
    pending: int = 0
    early: int = 0
    late: int = 0
    without_due: int = 0
    overdue: int = 0
    due: int = 0
    due_late: int = 0
    due_before_received: int = 0
    online: int = 0
    direct: int = 0
    by_post: int = 0
    online_services: int = 0
    online_services_online: int = 0
    paid_online: int = 0
    amount_paid_online: int = 0
    sent_by_post: int = 0
    returned_by_post: int = 0
    both_by_post: int = 0
    unknown_level: int = 0
    unknown_channel: int = 0
    unknown_payment: int = 0
    unknown_amount: int = 0
    unknown_sending: int = 0
    unknown_returning: int = 0

    @property
    def on_time(self) -> int:
        """Count the resolved dossiers that were not late: early ones, those of the very day, those without a due time.

        >>> Counts(resolved=425, early=424, late=1).on_time
        424
        """
        return self.resolved - self.late

    @property
    def is_balanced(self) -> bool:
        """Tell whether what came in is what became of it.

        >>> Counts(received=447, resolved=425, pending=16, withdrawn=5, refused=1).is_balanced
        True
        """
        closed = self.resolved + self.withdrawn + self.refused
        return self.received + self.carried_over == closed + self.pending

    def on_time_pair(self, base: Base) -> tuple[int, int]:
        """Give the dossiers on time and those they are divided by.

        >>> Counts(resolved=425, late=1, pending=16, overdue=2).on_time_pair(Base.RECEIVED)
        (438, 441)
        """
        match base:
            case Base.RESOLVED:
                return self.on_time, self.resolved
            case Base.DUE:
                return self.due - self.due_late, self.due
            case Base.RECEIVED:
                return self.on_time + self.pending - self.overdue, self.resolved + self.pending


COUNTED: Final = tuple(field.name for field in fields(Counts))


def total(counts: Iterable[Counts]) -> Counts:
    """Add counts up; of none the total is 0 throughout.

    >>> total([Counts(received=2), Counts(received=3, late=1)]).received
    5
    """
    sums = [0] * len(COUNTED)
    for one in counts:
        sums = list(map(add, sums, values_of(one)))
    return Counts(*sums)


def difference(first: Counts, second: Counts) -> Counts:
    """Take counts away from others.

    >>> difference(Counts(received=3, late=1), Counts(received=2)).received
    1
    """
    return Counts(*map(sub, values_of(first), values_of(second)))


def values_of(counts: Counts) -> tuple[int, ...]:
    """List the counts in the order of ``COUNTED``."""
    values: tuple[int, ...] = _VALUES(counts)
    return values


_VALUES: Final = attrgetter(*COUNTED)
