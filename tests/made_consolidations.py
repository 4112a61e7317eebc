"""Consolidations made in memory for the tests of their workbook: units with every state, ties and contradictions."""

from __future__ import annotations

import random
from decimal import Decimal

from filled_forms import FORM
from made_submissions import submitted

from cchc_calc.consolidation.consolidating import consolidate
from cchc_calc.expressions import Rate, Reference
from cchc_calc.states import State

_ODD = (State.BLANK, State.BLANK, State.UNDECIDED, State.NOT_ARISING)


def random_units(seed, count, form=FORM):
    """The submissions of so many units; most agree in what all ought to report alike, some contradict themselves."""
    chance = random.Random(seed)  # noqa: S311 - the same units in every run
    alike = {row.address: chance.choice([0, 5, 7]) for row in form.rows}
    return [submitted(f"UBND xã {number}", _figures(chance, alike, form), form=form) for number in range(count)]


def random_consolidation(seed, count, form=FORM):
    """A consolidation of such units."""
    return consolidate(random_units(seed, count, form), form=form)


def _figures(chance, alike, form):
    figures = {row.address: _figure(chance, row, alike) for row in form.rows if row.is_input}
    if chance.random() < 0.7:
        for row in form.rows:
            for part, whole in row.formula.pairs if isinstance(row.formula, Rate) else ():
                _put_in_order(figures, part, whole)
    return figures


def _figure(chance, row, alike):
    if chance.random() < 0.2:
        return chance.choice(_ODD)
    if row.legend is not None:
        return chance.choice(sorted(row.legend.codes.values()))
    if row.over_units == "common":
        return alike[row.address] if chance.random() < 0.6 else chance.randint(0, 3)
    if row.kind == "measure":
        return chance.choice([chance.randint(0, 10**9), Decimal(chance.randint(0, 10**8)) / 100])
    return chance.choice([0, chance.randint(0, 12), chance.randint(0, 10**6)])


def _put_in_order(figures, part, whole):
    if not isinstance(part, Reference) or not isinstance(whole, Reference):
        return
    sides = figures.get(part.address), figures.get(whole.address)
    if not any(isinstance(side, State) or side is None for side in sides):
        figures[part.address], figures[whole.address] = sorted(sides)
