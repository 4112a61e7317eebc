"""What engines give back for nothing."""

from datetime import date, datetime

import pandas as pd
import pytest

from cchc_calc.dossiers.engine_values import is_nothing, text_of
from cchc_calc.dossiers.refused_rows import refused_rows

NOTHING = [None, float("nan"), pd.NaT, pd.NA]


@pytest.mark.parametrize("value", NOTHING, ids=repr)
def test_each_kind_of_nothing_is_told(value):
    assert is_nothing(value)
    assert text_of(value) == ""


@pytest.mark.parametrize("value", ["", 0, False, date(2023, 6, 13), pd.Timestamp("2023-06-13")], ids=repr)
def test_what_is_small_is_not_nothing(value):
    assert not is_nothing(value)


def test_a_row_without_its_number_is_listed():
    rows = pd.DataFrame(
        {
            "code": ["1", "2"],
            "unit": ["Phường 1"] * 2,
            "received": pd.Series([datetime.fromisoformat("2030-01-01")] * 2),
            "row": pd.array([None, 3], dtype="Int64"),
        }
    )
    assert [row.row for row in refused_rows(rows, date(2023, 9, 13))] == [0, 3]
