"""Invented dossiers of any number, the same for the same seed, and what they count as, known because they were made so.

What becomes of a dossier is drawn first, and its dates are then chosen to fit; the truth is counted from what was
drawn, so no rule is applied twice. A share of the rows has the faults of real exports.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
from pyarrow import compute

from cchc_calc.dossiers.counts import COUNTED
from cchc_calc.dossiers.fault_names import Fault
from cchc_calc.periods import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

PERIOD = Period(date(2023, 6, 13), date(2023, 9, 12), "QUÝ III/2023")
AS_OF = date(2023, 10, 31)
"""The day of the export; later days are in the future."""

CHANNELS = ("", "online", "direct", "post")
FIELDS = ("Đất đai", "Hoạt động xây dựng", "Đầu tư tại Việt Nam", "Hộ tịch", "Chứng thực", "Bảo trợ xã hội", None)
PART = 1_000_000
"""So many dossiers are invented at a time."""

FAULTY_SHARE, DOUBLED_SHARE, SILENT_SHARE = 0.02, 0.01, 0.03

_DAYS = PERIOD.days
_LAST = _DAYS - 1
_FUTURE = (AS_OF - PERIOD.start).days + 1
_OPEN, _RESOLVED, _REFUSED, _WITHDRAWN = (1, 2, 4, 5, 6), (9, 10), (3,), (7, 8)
# Times that cannot be read are in exports only, not in the standard table.
_ROW_FAULTS = tuple(fault for fault in Fault if fault < Fault.DOUBLE)


@dataclass(frozen=True)
class MadeDossiers:
    """A table of dossiers, and by unit and field what they count as; ``units`` says which names are one unit."""

    table: pa.Table
    truth: dict[tuple[str, str], Counter[str]]
    faults: Counter[Fault]


def unit_names(count: int) -> list[str]:
    """Name so many units: one in ten is a district."""
    return [f"UBND huyện {n}" if n % 10 == 9 else f"UBND phường {n}" for n in range(count)]


def made_parts(count: int, seed: int, units: int = 12, *, unique: bool = False) -> Iterator[MadeDossiers]:
    """Invent any number of dossiers part by part, so that few are held; no code of a part stands in another."""
    for number, first in enumerate(range(0, count, PART)):
        yield made_dossiers(min(PART, count - first), seed * 1000 + number, units, unique=unique)


def total_truth(truths: Iterable[dict[tuple[str, str], Counter[str]]]) -> dict[tuple[str, str], Counter[str]]:
    """Add up what the dossiers of several parts count as."""
    total: dict[tuple[str, str], Counter[str]] = {}
    for truth in truths:
        for group, counts in truth.items():
            total.setdefault(group, Counter()).update(counts)
    return total


def made_dossiers(count: int, seed: int, units: int = 12, *, unique: bool = False) -> MadeDossiers:
    """Invent dossiers of so many units.

    A few rows more than ``count`` come out, which bear the code of another, and some have none, unless codes are
    ``unique``.
    """
    chance = np.random.default_rng(seed)
    made = _Made(chance, count, units)
    drawn = [one for one in _ROW_FAULTS if one is not Fault.NO_CODE] if unique else _ROW_FAULTS
    fault = np.where(chance.random(count) < FAULTY_SHARE, chance.choice(drawn, count), 0)
    truth = made.truth(fault == 0)
    made.spoil(fault)
    doubled = chance.choice(np.flatnonzero(fault == 0), 0 if unique else int(count * DOUBLED_SHARE), replace=False)
    # An earlier export had them too: half of them unchanged, half not yet finished.
    unfinished = chance.random(len(doubled)) < 0.5
    order = chance.permutation(count + len(doubled))
    rows = np.concatenate([np.arange(count), doubled])[order]
    older = np.concatenate([np.zeros(count, bool), unfinished])[order]
    faults = Counter({Fault(one): int(rows_of) for one, rows_of in enumerate(np.bincount(fault)) if one and rows_of})
    faults[Fault.DOUBLE] = len(doubled)
    return MadeDossiers(made.table(rows, older, fault, seed), truth, +faults)


class _Made:
    """Dossiers column by column; days are counted from the first of the period."""

    def __init__(self, chance: np.random.Generator, count: int, units: int) -> None:
        self.chance, self.count = chance, count
        self.names = unit_names(units)
        self.unit = chance.integers(0, units, count)
        self.field = chance.integers(0, len(FIELDS), count)
        # new, carried over, closed before the period, received after it
        self.origin = chance.choice(4, count, p=(0.75, 0.12, 0.08, 0.05))
        # resolved, refused, withdrawn, pending
        self.end = chance.choice(4, count, p=(0.82, 0.03, 0.03, 0.12))
        # early, on the day, late, no day promised
        self.timing = chance.choice(4, count, p=(0.6, 0.2, 0.15, 0.05))
        self.channel = self._drawn((1, 2, 3))
        self.level = self._drawn((2, 3, 4))
        self.paid, self.sent, self.returned = (self._drawn((True, False)) for _ in range(3))
        self.amount = np.where(self._silent(), -1, chance.integers(0, 500, count) * 1000)
        self._days()

    def _days(self) -> None:
        new, carried, gone, after = (self.origin == one for one in range(4))
        late, no_day = self.timing == 2, self.timing == 3
        first = np.select([new, carried, gone], [0, -60, -60], _DAYS)
        last = np.select([new, carried, gone], [_LAST - 1, -1, -2], _DAYS + 20)
        self.received = self._between(first, last)
        floor = np.where(carried, 0, self.received)
        ceiling = np.select([new | carried, gone], [_LAST, -1], _DAYS + 40)
        # A late dossier needs a day on which it was due, after its receipt and before its end.
        closed = self._between(np.minimum(floor + 1, ceiling), ceiling)
        self.there = new | carried
        pending = (self.end == 3) & (self.there | after)
        self.outcome = np.where((self.end == 3) & ~pending, 0, self.end)
        finishes_later = self.there & pending & (self.chance.random(self.count) < 0.5)
        self.finished = np.where(pending & ~finishes_later, np.iinfo("i8").min, closed)
        self.finished = np.where(finishes_later, self._between(_DAYS, _DAYS + 40), self.finished)
        self.final = ~pending | finishes_later
        self.pending = self.there & pending
        reference = np.where(pending, _LAST, closed)
        due = np.select(
            [self.timing == 0, self.timing == 1],
            [reference + self._between(1, 15), reference],
            self._between(self.received, reference - 1),
        )
        self.due = np.where(no_day, np.iinfo("i8").min, due)
        self.late = late
        undated = np.isin(self.outcome, (1, 2)) & new & (self.chance.random(self.count) < 0.5)
        self.finished = np.where(undated, np.iinfo("i8").min, self.finished)
        self.status = np.select(
            [~self.final, (self.outcome == 0) | pending, self.outcome == 1],
            [self._one_of(_OPEN), self._one_of(_RESOLVED), self._one_of(_REFUSED)],
            self._one_of(_WITHDRAWN),
        )
        # Of a dossier that is resolved or pending the dates say as much as the status.
        self.status = np.where(np.isin(self.outcome, (0, 3)) & self._silent(), 0, self.status)

    def truth(self, usable: np.ndarray) -> dict[tuple[str, str], Counter[str]]:
        """Count the usable dossiers by unit and field."""
        new = self.origin == 0
        resolved, refused, withdrawn = (self.there & (self.outcome == one) for one in range(3))
        promised = (self.due >= 0) & (self.due <= _LAST)
        worked_on = np.isin(self.outcome, (0, 3)) & (self.origin != 3)
        service = new & np.isin(self.level, (3, 4))
        online, direct, by_post = (self.channel == CHANNELS.index(one) for one in ("online", "direct", "post"))
        paid = new & (self.paid == 1)
        sent = new & ((self.sent == 1) | by_post)
        returned = resolved & (self.returned == 1)
        holds = {
            "used": np.ones(self.count, bool),
            "received": new,
            "carried_over": self.origin == 1,
            "resolved": resolved,
            "refused": refused,
            "withdrawn": withdrawn,
            "pending": self.pending,
            "early": resolved & (self.timing == 0),
            "late": resolved & self.late,
            "without_due": resolved & (self.timing == 3),
            "overdue": self.pending & self.late,
            "due": worked_on & promised,
            "due_late": worked_on & promised & self.late,
            "online": new & online,
            "direct": new & direct,
            "by_post": new & by_post,
            "online_services": service,
            "online_services_online": service & online,
            "paid_online": paid,
            "sent_by_post": sent,
            "returned_by_post": returned,
            "both_by_post": sent & returned,
            "unknown_level": new & (self.level == 0),
            "unknown_channel": service & (self.channel == 0),
            "unknown_payment": new & (self.paid == -1),
            "unknown_amount": paid & (self.amount < 0),
            "unknown_sending": new & (self.sent == -1) & (self.channel == 0),
            "unknown_returning": resolved & (self.returned == -1),
        }
        weights = {name: usable & kind for name, kind in holds.items()}
        weights["amount_paid_online"] = np.where(usable & paid & (self.amount >= 0), self.amount, 0)
        return self._summed(weights)

    def _summed(self, weights: dict[str, np.ndarray]) -> dict[tuple[str, str], Counter[str]]:
        assert set(weights) <= set(COUNTED)
        groups = self.unit * len(FIELDS) + self.field
        sums = {name: np.bincount(groups, weight, len(self.names) * len(FIELDS)) for name, weight in weights.items()}
        return {
            (unit, of_field or ""): Counter({name: int(of[place]) for name, of in sums.items() if of[place]})
            for place, (unit, of_field) in enumerate((unit, of_field) for unit in self.names for of_field in FIELDS)
        }

    def spoil(self, fault: np.ndarray) -> None:
        """Put the faults into the dates and states."""
        future, before = fault == Fault.IN_FUTURE, fault == Fault.FINISHED_BEFORE_RECEIVED
        pending, undated = fault == Fault.FINISHED_BUT_PENDING, fault == Fault.RESOLVED_WITHOUT_DATE
        nowhere = np.iinfo("i8").min
        self.received = np.where(future, _FUTURE + self._between(0, 30), self.received)
        self.finished = np.where(future | undated, nowhere, self.finished)
        self.finished = np.where(before, self.received - 1 - self._between(0, 9), self.finished)
        self.finished = np.where(pending, self.received + self._between(0, 9), self.finished)
        self.received = np.where(fault == Fault.NO_RECEIVED, nowhere, self.received)
        self.status = np.select(
            [future | pending, before | undated, fault == Fault.UNKNOWN_STATUS], [4, 10, 42], self.status
        )

    def table(self, rows: np.ndarray, older: np.ndarray, fault: np.ndarray, seed: int) -> pa.Table:
        """Write rows as the standard table, some as an ``older`` export had them."""
        faults, nowhere = fault[rows], np.iinfo("i8").min
        numbers = compute.utf8_lpad(pa.array(rows).cast(pa.string()), 9, "0")
        codes = compute.binary_join_element_wise(f"H32.{seed}", numbers, "-")
        level, amount = self.level[rows], self.amount[rows]
        status = np.where(older, 4, self.status[rows])
        received, due, finished = self._times()
        return pa.table(
            {
                "code": compute.if_else(pa.array(faults == Fault.NO_CODE), pa.scalar(None, pa.string()), codes),
                "unit": _texts(self.names, self.unit[rows], faults == Fault.NO_UNIT),
                "field": _texts(FIELDS, self.field[rows]),
                "received": _timestamps(received[rows]),
                "due": _timestamps(due[rows]),
                "finished": _timestamps(np.where(older, nowhere, finished[rows])),
                "channel": _texts(CHANNELS, self.channel[rows], self.channel[rows] == 0),
                "service_level": pa.array(level, mask=level == 0),
                "status": pa.array(status, mask=status == 0),
                "paid_online": _flags(self.paid[rows]),
                "amount_paid": pa.array(amount, mask=amount < 0),
                "sent_by_post": _flags(self.sent[rows]),
                "returned_by_post": _flags(self.returned[rows]),
            }
        )

    def _times(self) -> Iterator[np.ndarray]:
        """Give the minutes since the period began, of receipt, due time and result."""
        for days, opening in ((self.received, 7 * 60), (self.due, 0), (self.finished, 0)):
            nothing = days == np.iinfo("i8").min
            yield np.where(nothing, days, days * 1440 + self._between(opening, 17 * 60))

    def _between(self, first: Any, last: Any) -> np.ndarray:
        return self.chance.integers(first, np.maximum(first, last) + 1, self.count)

    def _one_of(self, codes: tuple[int, ...]) -> np.ndarray:
        return np.array(codes)[self.chance.integers(0, len(codes), self.count)]

    def _silent(self) -> np.ndarray:
        return self.chance.random(self.count) < SILENT_SHARE

    def _drawn(self, values: tuple[Any, ...]) -> np.ndarray:
        """Draw values, and now and then nothing: 0 for a number, -1 for yes or no."""
        drawn = np.array(values).astype("i8")[self.chance.integers(0, len(values), self.count)]
        return np.where(self._silent(), -1 if isinstance(values[0], bool) else 0, drawn)


def _timestamps(minutes: np.ndarray) -> pa.Array:
    nothing = minutes == np.iinfo("i8").min
    times = np.datetime64(PERIOD.start, "us") + np.where(nothing, 0, minutes).astype("timedelta64[m]")
    return pa.array(times, pa.timestamp("us"), mask=nothing)


def _flags(flags: np.ndarray) -> pa.Array:
    return pa.array(flags == 1, mask=flags == -1)


def _texts(texts: Sequence[str | None], places: np.ndarray, nothing: np.ndarray | None = None) -> pa.Array:
    return pa.array(texts, pa.string()).take(pa.array(places, mask=nothing))
