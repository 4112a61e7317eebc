"""Seals: the same for the same values, another for any other value, whatever the machine."""

from __future__ import annotations

import os
import subprocess
import sys
from decimal import Decimal
from fractions import Fraction

import pytest
from filled_forms import CONTENTS, FORM
from hypothesis import given, settings
from hypothesis import strategies as st
from made_submissions import QUARTER

from cchc_calc import load_form
from cchc_calc.computation import compute_contents
from cchc_calc.consolidation.seals import fingerprint_of, seal_of, values_text
from cchc_calc.periods import calendar_period
from cchc_calc.states import State

SON = "Phường Phương Sơn"
VALUES = {"3.4.3.b": 425, "3.4.3.c": 424, "6.1.a": Decimal("12.50"), "1.6": State.UNDECIDED}
SEAL = seal_of(VALUES, FORM, SON, QUARTER)
KNOWN = "51e68d76bb53064641bd035a76cba70a666c52991f2dec25c2db0812f5a45128"


def test_the_canonical_text_can_be_read():
    assert values_text(VALUES, FORM) == "1.6 undecided\n3.4.3.b 425\n3.4.3.c 424\n6.1.a 25/2"


def test_a_seal_is_the_same_for_ever():
    assert SEAL == KNOWN


@pytest.mark.parametrize(
    "values",
    [
        dict(reversed(VALUES.items())),
        VALUES | {"6.1.a": Fraction(25, 2)},
        VALUES | {"6.1.a": Decimal("12.5")},
        VALUES | {"3.4.3.b": Decimal("425.0")},
        VALUES | {"1.1": State.BLANK},
        # what is computed follows from what was filled
        VALUES | {"3.4.3": Fraction(424, 425)},
    ],
)
def test_the_same_values_have_the_same_seal(values):
    assert seal_of(values, FORM, "UBND P. Phương Sơn", QUARTER) == SEAL


@pytest.mark.parametrize(
    ("values", "form", "unit", "period"),
    [
        (VALUES | {"3.4.3.c": 425}, FORM, SON, QUARTER),
        (VALUES | {"1.1": 0}, FORM, SON, QUARTER),
        (VALUES | {"1.6": State.NOT_ARISING}, FORM, SON, QUARTER),
        ({address: value for address, value in VALUES.items() if address != "1.6"}, FORM, SON, QUARTER),
        (VALUES, load_form("thong-ke-cchc", "2025"), SON, QUARTER),
        (VALUES, FORM, "Phường Phương Sài", QUARTER),
        (VALUES, FORM, SON, calendar_period("quarter", 2023, 3)),
        (VALUES, FORM, SON, None),
    ],
)
def test_anything_else_has_another_seal(values, form, unit, period):
    assert seal_of(values, form, unit, period) != SEAL


@settings(max_examples=30)
@given(CONTENTS, st.sampled_from([row.address for row in FORM.rows if row.is_input]))
def test_one_other_value_gives_another_fingerprint(values, address):
    computed = compute_contents(FORM, values).contents
    assert fingerprint_of(computed, FORM) == fingerprint_of(dict(reversed(computed.items())), FORM)
    other = dict(computed) | {address: 10**9 + 1}
    assert fingerprint_of(other, FORM) != fingerprint_of(computed, FORM)


@pytest.mark.parametrize("hash_seed", ["0", "12345"])
def test_neither_the_hash_seed_nor_the_locale_shows(hash_seed):
    code = (
        "from cchc_calc.consolidation.seals import seal_of; from cchc_calc.form_files import load_form;"
        "print(seal_of({'3.4.3.b': 425, '1.1': 2}, load_form(), 'Phường Phương Sơn', None))"
    )
    environment = os.environ | {"PYTHONHASHSEED": hash_seed, "LC_ALL": "C"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, env=environment)
    assert done.stdout.strip() == seal_of({"1.1": 2, "3.4.3.b": 425}, FORM, SON, None)
