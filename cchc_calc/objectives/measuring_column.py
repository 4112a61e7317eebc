"""The column beside an objective that says how it is measured: targets written once more, and the dossiers counted."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.objectives.clause_readings import LONGEST
from cchc_calc.objectives.clause_targets import read_clause_target
from cchc_calc.objectives.clauses import figure_spans, says_what
from cchc_calc.objectives.wording import base_of, quantity_of
from cchc_calc.spelling import clean, without_markup
from cchc_calc.targets import RATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.objectives.records import Base
    from cchc_calc.targets import Target

_PARTING: Final = re.compile(r"(?<![/\w])hoặc(?!\w)|;|\n", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class MeasuringColumn:
    """What the column says.

    ``targets`` are those that can be read; ``faults`` say of a target that stands there alone why it cannot be.
    ``bases`` are the dossiers under each of the rates described, with what is measured (a key of wording.toml).
    """

    targets: tuple[Target, ...]
    faults: tuple[str, ...]
    bases: tuple[tuple[Base, str], ...]


def read_measuring_column(text: str) -> MeasuringColumn:
    """Read the column beside an objective; parts are divided by "hoặc" and semicolons.

    What stands behind ``LONGEST`` letters is prose, and passed over.

    >>> [target.text for target in read_measuring_column("dưới 2% hoặc không quá 5 hồ sơ").targets]
    ['dưới 2%', 'không quá 5 hồ sơ']
    >>> read_measuring_column("Số hồ sơ trễ hạn/Tổng số hồ sơ đã giải quyết").bases
    ((<Base.RESOLVED: 'resolved'>, 'late'),)
    """
    targets: list[Target] = []
    faults: list[str] = []
    bases: list[tuple[Base, str]] = []
    for part in _parts(text[:LONGEST]):
        quantity = quantity_of(part)
        found = read_clause_target(part, quantity)
        is_alone = not says_what(part)
        if found.target is not None and (is_alone or found.target.unit == RATE):
            targets.append(found.target)
        if found.fault and is_alone:
            faults.append(found.fault)
        if (base := base_of(part)) is not None:
            bases.append((base, quantity))
    return MeasuringColumn(tuple(targets), tuple(faults), tuple(bases))


def _parts(text: str) -> Iterator[str]:
    plain = without_markup(text)
    spans = figure_spans(plain)
    begin = 0
    for parting in _PARTING.finditer(plain):
        # "nhỏ hơn hoặc bằng 2%" is one comparator.
        if not any(start <= parting.start() < end for start, end in spans):
            yield clean(plain[begin : parting.start()])
            begin = parting.end()
    yield clean(plain[begin:])
