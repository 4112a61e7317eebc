"""The tables of a consolidation as DataFrames: four states, exact numbers, stable types, a developer's use."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pandas as pd
import pytest
from filled_forms import FORM
from hypothesis import given, settings
from made_submissions import QUARTER, submitted, wards

from cchc_calc import consolidate
from cchc_calc.consolidation.refusals import Refusal
from cchc_calc.findings import Severity
from cchc_calc.states import State

FILLED = [row.address for row in FORM.rows if not row.is_heading]
TABLES = ("values", "totals", "units", "refused")
VALUE_TYPES = {
    **dict.fromkeys(
        ("form", "period", "unit", "code", "source", "seal", "address", "id", "label", "kind", "state"),
        "category",
    ),
    "value": "float64",
    "exact": "str",
    "text": "str",
}


def of_two(**more):
    """A consolidation of two wards that have a value, 0, nothing, what does not arise and what is undecided."""
    first = {"1.1": 0, "3.4.3.b": 425, "3.4.3.c": 424, "6.1.a": Decimal("12.50"), "6.1.b": Decimal(5)}
    second = {"3.4.3.b": 0, "3.4.3.c": 0, "1.2": 3, "6.1.a": Decimal(2), "6.1.b": Decimal(5)}
    reports = [
        submitted("UBND phường 1", first, sha256="a" * 64, findings={Severity.WARNING: 2}, issued=date(2023, 9, 13)),
        submitted("UBND phường 2", second),
    ]
    return consolidate(reports, **more)


def cells(frame, unit):
    return frame[frame["unit"] == unit].set_index("address")


def test_one_row_a_unit_and_address():
    done = of_two()
    frame = done.to_frame()
    assert len(frame) == 2 * len(FILLED)
    assert list(frame["address"]) == FILLED * 2
    line = cells(frame, "UBND phường 1").loc["3.4.3"].to_dict()
    assert line == {
        "form": "thong-ke-cchc/2023",
        "period": "2023-06-13/2023-09-12",
        "unit": "UBND phường 1",
        "code": "",
        "source": "UBND phường 1.xlsx",
        "seal": done.units[0].seal,
        "id": "commune_on_time_rate",
        "label": FORM.row("3.4.3").label,
        "kind": "rate",
        "state": "value",
        "value": 424 / 425,
        "exact": "424/425",
        "text": "99,76%",
    }


@pytest.mark.parametrize(
    ("unit", "address", "state", "value", "exact", "text"),
    [
        (1, "1.1", "value", 0.0, "0", "0"),
        (2, "1.1", "blank", None, None, ""),
        (2, "3.4.3", "not_arising", None, None, "Không phát sinh"),
        (2, "6.1", "undecided", None, None, "KXĐ"),
        (1, "6.1.a", "value", 12.5, "12.50", "12,50"),
    ],
)
def test_the_four_states_stay_four(unit, address, state, value, exact, text):
    line = cells(of_two().to_frame(), f"UBND phường {unit}").loc[address]
    assert line["state"] == state
    assert line["text"] == text
    assert (None if pd.isna(line["value"]) else line["value"]) == value
    assert (None if pd.isna(line["exact"]) else line["exact"]) == exact


def test_the_totals():
    done = of_two()
    totals = done.to_frame("totals").set_index("address")
    assert list(totals.index) == FILLED
    rate = totals.loc["3.4.3"]
    assert (rate["exact"], rate["text"]) == ("424/425", "99,76%")
    assert (rate["units_reported"], rate["units_expected"]) == (done.row("3.4.3").units_reported, 2)
    assert pd.isna(rate["mean_of_rates"])


def test_the_bounds_and_the_mean_of_rates():
    def dossiers(number, resolved, on_time):
        return submitted(f"UBND phường {number}", {"3.4.3.b": resolved, "3.4.3.c": on_time})

    previous = [dossiers(number, 50, 50) for number in (1, 2, 3)]
    done = consolidate([dossiers(1, 50, 50), dossiers(2, 1, 0)], previous=previous)
    rate = done.to_frame("totals").set_index("address").loc["3.4.3"]
    assert (rate["exact_low"], rate["exact_high"]) == ("50/101", "100/101")
    assert (rate["low"], rate["high"], rate["mean_of_rates"]) == (50 / 101, 100 / 101, 0.5)


def test_the_units_and_what_was_refused():
    refusal = Refusal("hỏng.xlsx", "F05", "tệp rỗng.", "Gửi lại.", sha256="b" * 64)
    done = of_two(refused=[refusal])
    units = done.to_frame("units")
    assert list(units["unit"]) == ["UBND phường 1", "UBND phường 2"]
    assert units.loc[0, ["sha256", "issued"]].tolist() == ["a" * 64, "2023-09-13"]
    assert units.loc[0, ["errors", "warnings", "infos", "repeated"]].tolist() == [0, 2, 0, 0]
    assert pd.isna(units.loc[1, "issued"])
    (refused,) = done.to_frame("refused").to_dict("records")
    assert (refused["source"], refused["code"], refused["remedy"]) == ("hỏng.xlsx", "F05", "Gửi lại.")


@pytest.mark.parametrize("table", TABLES)
def test_the_types_do_not_depend_on_the_rows(table):
    done = of_two(refused=[Refusal("hỏng.xlsx", "F05", "tệp rỗng.", "Gửi lại.")])
    empty = replace(done, units=(), contents=(), rows=(), refused=()).to_frame(table)
    frame = done.to_frame(table)
    assert len(frame) > len(empty) == 0
    assert list(empty.columns) == list(frame.columns)
    assert frame.dtypes.astype(str).to_dict() == empty.dtypes.astype(str).to_dict()
    if table == "values":
        assert frame.dtypes.astype(str).to_dict() == VALUE_TYPES
        assert list(empty["state"].cat.categories) == list(frame["state"].cat.categories)


def test_another_table_does_not_exist():
    with pytest.raises(ValueError, match="no table 'ranks'; there are values, totals, units, refused"):
        of_two().to_frame("ranks")


def test_the_name_of_a_file_need_not_be_text():
    done = consolidate([submitted("UBND phường 1", {"1.1": 1}, source="biểu\udcff.xlsx")])
    assert set(done.to_frame()["source"]) == {r"biểu\udcff.xlsx"}


@settings(max_examples=25)
@given(wards())
def test_every_content_can_be_had_back(reports):
    done = consolidate(reports)
    frame = done.to_frame()
    contents = [of_unit.get(address, State.BLANK) for of_unit in done.contents for address in FILLED]
    assert [content_of(*line) for line in zip(frame["state"], frame["exact"], strict=True)] == contents
    values = [None if isinstance(content, State) else float(content) for content in contents]
    assert [None if pd.isna(value) else value for value in frame["value"]] == values
    totals = done.to_frame("totals")
    assert [content_of(*line) for line in zip(totals["state"], totals["exact"], strict=True)] == [
        row.content for row in done.rows
    ]


def content_of(state, exact):
    return Fraction(exact) if state == "value" else State(state)


def test_what_a_developer_does_with_it():
    """Counts of the units add up to the total, a rate is pooled from them, and quarters stand under each other."""
    third = of_two()
    second = replace(third, period=replace(QUARTER, start=date(2023, 3, 13), end=date(2023, 6, 12)))
    frame = pd.concat([second.to_frame(), third.to_frame()], ignore_index=True)
    table = frame.pivot_table(index=["period", "unit"], columns="address", values="value", observed=True)
    assert list(table.columns) == [address for address in FILLED if address in set(table.columns)]
    pooled = table.groupby("period", observed=True)[["3.4.3.c", "3.4.3.b"]].sum()
    assert (pooled["3.4.3.c"] / pooled["3.4.3.b"]).tolist() == [424 / 425] * 2
    wide = third.to_frame().pivot(index="unit", columns="address", values="text")
    assert wide.loc["UBND phường 2", ["1.1", "3.4.3", "6.1"]].tolist() == ["", "Không phát sinh", "KXĐ"]


@pytest.mark.parametrize(
    "statement",
    [
        "from cchc_calc import consolidate",
        "from cchc_calc.consolidation.result import Consolidation",
        "from cchc_calc.tables.writing import write_table",
        "from cchc_calc.tables.csv_files import write_csv",
    ],
)
def test_pandas_and_pyarrow_are_imported_when_they_are_needed(statement):
    code = f"import sys; {statement}; print([name for name in ('pandas', 'numpy', 'pyarrow') if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
