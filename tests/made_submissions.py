"""Submissions made in memory for the tests of consolidation."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from importlib import resources

from filled_forms import CONTENTS, FORM
from hypothesis import strategies as st

from cchc_calc.computation import compute_contents
from cchc_calc.consolidation.register_files import read_register
from cchc_calc.consolidation.submissions import Submission
from cchc_calc.periods import Period
from cchc_calc.states import State

NHA_TRANG = read_register(resources.files("cchc_calc") / "registers" / "nha-trang.csv")
QUARTER = Period(date(2023, 6, 13), date(2023, 9, 12), "QUÝ III/2023")
_STATES = {"": State.BLANK, "Không phát sinh": State.NOT_ARISING, "KXĐ": State.UNDECIDED}


def read_values(values):
    """Contents as the readable cases write them: whole numbers, "12,5", "KXĐ", "Không phát sinh", nothing."""
    return {
        address: value
        if isinstance(value, int)
        else _STATES[value]
        if value in _STATES
        else Decimal(value.replace(",", "."))
        for address, value in values.items()
    }


def submitted(unit, values, *, source="", form=FORM, period=QUARTER, level="commune", **more):
    """The submission of a unit with these values of input rows, computed."""
    contents = compute_contents(form, values).contents
    filled = {address: content for address, content in contents.items() if content is not State.BLANK}
    return Submission(source or f"{unit}.xlsx", unit, form.id, form.edition, filled, level, period, **more)


def sealed(submission, when, **changed):
    """The same submission with the seal its unit set at a time such as "2023-09-15T08:00"."""
    return replace(submission, seal=submission.computed_seal(), sealed_at=datetime.fromisoformat(when), **changed)


def wards(least=1, most=6):
    """Random submissions of phường 1, phường 2, …, with blanks, contradictions and counts of all sizes."""
    return st.lists(CONTENTS, min_size=least, max_size=most).map(
        lambda all_contents: [
            submitted(f"UBND phường {number}", contents) for number, contents in enumerate(all_contents, 1)
        ]
    )
