"""Invented dossiers of any number, the same for the same seed, and what they count as, known because they were made so.

What becomes of a dossier is drawn first, and its dates are then chosen to fit; the truth is counted from what was
drawn, so no rule is applied twice. A share of the rows has the faults of real exports.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
from pyarrow import compute

from cchc_calc.dossiers.counts import COUNTED
from cchc_calc.dossiers.fault_names import Fault
from cchc_calc.periods import Period

PERIOD = Period(date(2023, 6, 13), date(2023, 9, 12), "QUÝ III/2023")
AS_OF = date(2023, 10, 31)
"""The day of the export; later days are in the future."""

FIELDS = ("Đất đai", "Hoạt động xây dựng", "Đầu tư tại Việt Nam", "Hộ tịch", "Chứng thực", "Bảo trợ xã hội", None)
FAULTY_SHARE, DOUBLED_SHARE, SILENT_SHARE = 0.02, 0.01, 0.03

_DAYS = PERIOD.days
_LAST = _DAYS - 1
_FUTURE = (AS_OF - PERIOD.start).days + 1
_NOTHING = np.datetime64("NaT", "us")
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


def made_dossiers(count: int, seed: int, units: int = 12) -> MadeDossiers:
    """Invent dossiers of so many units; a few rows more than ``count`` come out, which bear the code of another."""
    chance = np.random.default_rng(seed)
    made = _Made(chance, count, units)
    fault = np.where(chance.random(count) < FAULTY_SHARE, chance.choice(_ROW_FAULTS, count), 0)
    truth = made.truth(fault == 0)
    made.spoil(fault)
    columns = made.columns(fault, seed)
    doubled = chance.choice(np.flatnonzero(fault == 0), int(count * DOUBLED_SHARE), replace=False)
    table = pa.concat_tables([columns, _older(columns.take(pa.array(doubled)), chance)])
    table = table.take(pa.array(chance.permutation(len(table))))
    faults = Counter({Fault(int(one)): int((fault == one).sum()) for one in np.unique(fault) if one})
    faults[Fault.DOUBLE] = len(doubled)
    return MadeDossiers(table, truth, +faults)


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
        self.channel = self._drawn(("online", "direct", "post"))
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
        paid, online = new & (self.paid == 1), self.channel == "online"
        sent = new & ((self.sent == 1) | (self.channel == "post"))
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
            "direct": new & (self.channel == "direct"),
            "by_post": new & (self.channel == "post"),
            "online_services": service,
            "online_services_online": service & online,
            "paid_online": paid,
            "sent_by_post": sent,
            "returned_by_post": returned,
            "both_by_post": sent & returned,
            "unknown_level": new & (self.level == 0),
            "unknown_channel": service & (self.channel == ""),
            "unknown_payment": new & (self.paid == -1),
            "unknown_amount": paid & (self.amount < 0),
            "unknown_sending": new & (self.sent == -1) & (self.channel == ""),
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

    def columns(self, fault: np.ndarray, seed: int) -> pa.Table:
        """Write the dossiers as the standard table."""
        number = np.char.zfill(np.arange(self.count).astype(str), 9)
        return pa.table(
            {
                "code": _texts(np.char.add(f"H32.{seed}-", number), fault == Fault.NO_CODE),
                "unit": _texts(np.array(self.names)[self.unit], fault == Fault.NO_UNIT),
                "field": _texts(np.array([of or "" for of in FIELDS])[self.field], self.field == FIELDS.index(None)),
                "received": self._times(self.received, 7 * 60, 17 * 60),
                "due": self._times(self.due, 0, 17 * 60),
                "finished": self._times(self.finished, 0, 17 * 60),
                "channel": _texts(self.channel, self.channel == ""),
                "service_level": pa.array(self.level.astype("i8"), mask=self.level == 0),
                "status": pa.array(self.status.astype("i8"), mask=self.status == 0),
                "paid_online": pa.array(self.paid == 1, mask=self.paid == -1),
                "amount_paid": pa.array(self.amount, mask=self.amount < 0),
                "sent_by_post": pa.array(self.sent == 1, mask=self.sent == -1),
                "returned_by_post": pa.array(self.returned == 1, mask=self.returned == -1),
            }
        )

    def _times(self, days: np.ndarray, opening: int, closing: int) -> pa.Array:
        nothing = days == np.iinfo("i8").min
        minutes = np.where(nothing, 0, days) * 1440 + self._between(opening, closing)
        times = np.datetime64(PERIOD.start, "us") + minutes.astype("timedelta64[m]")
        return pa.array(np.where(nothing, _NOTHING, times), pa.timestamp("us"))

    def _between(self, first: Any, last: Any) -> np.ndarray:
        return self.chance.integers(first, np.maximum(first, last) + 1, self.count)

    def _one_of(self, codes: tuple[int, ...]) -> np.ndarray:
        return self.chance.choice(codes, self.count)

    def _silent(self) -> np.ndarray:
        return self.chance.random(self.count) < SILENT_SHARE

    def _drawn(self, values: tuple[Any, ...]) -> np.ndarray:
        """Draw values, and now and then nothing: an empty text, 0 for a number, -1 for yes or no."""
        drawn = self.chance.choice(np.array(values), self.count)
        silent = self._silent()
        if drawn.dtype == bool:
            return np.where(silent, -1, drawn.astype("i8"))
        return np.where(silent, "" if drawn.dtype.kind == "U" else 0, drawn)


def _older(rows: pa.Table, chance: np.random.Generator) -> pa.Table:
    """Write rows as an earlier export had them: half unchanged, half not yet finished."""
    unfinished = pa.array(chance.random(len(rows)) < 0.5)
    finished = compute.if_else(unfinished, pa.scalar(None, pa.timestamp("us")), rows["finished"])
    status = compute.if_else(unfinished, pa.scalar(4, pa.int64()), rows["status"])
    changed = rows.set_column(rows.schema.get_field_index("finished"), "finished", finished)
    return changed.set_column(changed.schema.get_field_index("status"), "status", status)


def _texts(texts: np.ndarray, nothing: np.ndarray) -> pa.Array:
    return pa.array(texts, pa.string(), mask=nothing)
