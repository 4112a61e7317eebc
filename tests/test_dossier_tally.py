"""From a table of dossiers to the rows of the form: a ward's real quarter, levels, fields, and what is not known."""

from __future__ import annotations

import subprocess
import sys
from datetime import date
from fractions import Fraction

import polars as pl
import pytest
from phuong_son_dossiers import UNIT, dossiers
from test_dossier_rules import PERIOD, dossier

from cchc_calc.computation import compute_contents
from cchc_calc.consolidation.consolidating import consolidate
from cchc_calc.consolidation.register import Register, Unit
from cchc_calc.dossiers.field_classes import class_of
from cchc_calc.dossiers.statuses import Outcome, codes_of, statuses
from cchc_calc.dossiers.tally import tally
from cchc_calc.errors import TableError
from cchc_calc.form_files import load_form

FORM = load_form("thong-ke-cchc", "2023")
PHUONG_SON = {
    "3.4.3.a": 447, "3.4.3.b": 425, "3.4.3.c": 424,
    "3.4.4.a1": 0, "3.4.4.a2": 0, "3.4.4.b1": 0, "3.4.4.b2": 0, "3.4.4.c1": 0, "3.4.4.c2": 0,
    "7.7.4.a": 214, "7.7.4.b": 115, "7.7.5.d": 82, "7.7.5.e": 786_000,
    "7.8.2.a": 0, "7.8.2.b": 0, "7.8.2.c": 0,
}  # fmt: skip


def test_the_quarter_of_phuong_son():
    result = tally(dossiers(), PERIOD, as_of=date(2023, 9, 13))
    [unit] = result.units
    assert unit.rows == PHUONG_SON
    counts = unit.counts
    assert (counts.early, counts.late, counts.pending, counts.overdue) == (424, 1, 16, 0)
    assert (counts.withdrawn, counts.refused, counts.carried_over) == (5, 1, 0)
    assert counts.is_balanced
    assert (result.read, result.used, result.refused, result.findings) == (447, 447, 0, ())
    computed = compute_contents(FORM, unit.contents(FORM))
    assert computed.broken == ()
    shown = [computed.text(address) for address in ("3.4.3", "7.7.4", "7.8.2", "3.4.4", "3.4.4.a")]
    assert shown == ["99,76%", "53,74%", "0,00%", "Không phát sinh", "Không phát sinh"]


def test_the_json_of_phuong_son():
    result = tally(dossiers(), PERIOD).to_json()
    assert result == {
        "read": 447,
        "used": 447,
        "refused": 0,
        "period": {"from": "2023-06-13", "to": "2023-09-12"},
        "options": {"lateness": "day", "base": "resolved"},
        "units": [
            {
                "unit": UNIT,
                "rows": PHUONG_SON,
                "balance": {
                    "received": 447, "carried_over": 0, "resolved": 425, "pending": 16, "withdrawn": 5, "refused": 1,
                },
                "on_time": {"base": "resolved", "numerator": 424, "denominator": 425},
            }
        ],
        "findings": [],
    }  # fmt: skip


def test_a_tally_can_be_consolidated():
    table = pl.concat(
        [dossiers(), dossier(unit="UBND phường 3", finished="2023-07-05", due="2023-07-04")], how="diagonal"
    )
    result = tally(table, PERIOD)
    sent = [unit.submission(FORM, PERIOD, "hồ sơ.csv") for unit in result.units]
    rows = {row.address: row.content for row in consolidate(sent).rows}
    assert (rows["3.4.3.a"], rows["3.4.3"]) == (448, Fraction(424, 426))


@pytest.mark.parametrize(
    ("unit", "rows"),
    [
        ("UBND phường 3", {"3.4.3.a", "3.4.3.b", "3.4.3.c"}),
        ("X. Tân Hòa", {"3.4.3.a", "3.4.3.b", "3.4.3.c"}),
        ("UBND thành phố Nha Trang", {"3.4.2.a", "3.4.2.b", "3.4.2.c"}),
        ("Huyện Vạn Ninh", {"3.4.2.a", "3.4.2.b", "3.4.2.c"}),
        ("UBND tỉnh Khánh Hòa", set()),
        ("Sở Nội vụ", set()),
    ],
)
def test_the_level_of_the_unit_decides_between_the_rows(unit, rows):
    [made] = tally(dossier(unit=unit), PERIOD).units
    assert {address for address in made.rows if address.startswith(("3.4.2", "3.4.3"))} == rows
    assert set(made.contents(load_form("thong-ke-cchc", "2025"))) == {a for a in made.rows if not a.startswith("3.4.2")}


def test_a_unit_without_rows_is_told_of():
    findings = tally(dossier(unit="Sở Nội vụ"), PERIOD).findings
    [of_level] = [one for one in findings if one.rule == "dossiers_unit_level"]
    assert of_level.where == "Sở Nội vụ"
    assert "không rõ là đơn vị cấp xã hay cấp huyện" in of_level.message


def test_the_register_tells_names_and_levels():
    register = Register(
        (
            Unit("22351", "Phường Phương Sài", "commune", valid_from=date(2023, 1, 1)),
            Unit("22354", "Phường Phương Sơn", "commune", valid_to=date(2022, 12, 31), successor="22351"),
            Unit("90", "Vạn Ninh", "district"),
        )
    )
    names = ("UBND phường Phương Sài", "P. Phương Sơn", "22354", "Vạn Ninh", "Phường 99")
    table = pl.concat([dossier(unit=name, code=name) for name in names])
    result = tally(table, PERIOD, register=register)
    received = {unit.unit.name: (unit.counts.received, unit.unit.level) for unit in result.units}
    assert received == {"Phường 99": (1, "commune"), "Phường Phương Sài": (3, "commune"), "Vạn Ninh": (1, "district")}
    assert [one.where for one in result.findings if one.rule == "dossiers_unit_unknown"] == ["Phường 99"]


def test_spellings_of_one_name_are_one_unit():
    names = ("UBND Phường 03", "phường 3", "P.3")
    table = pl.concat([dossier(unit=name, code=name) for name in names])
    for one in (table, table.reverse()):
        [unit] = tally(one, PERIOD).units
        assert (unit.unit.name, unit.counts.received) == ("P.3", 3)


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("ĐẤT ĐAI", "land"),
        ("Lĩnh vực đất đai", "land"),
        ("Quản lý hoạt động xây dựng", "construction"),
        ("Đầu tư xây dựng", "construction"),
        ("Vật liệu xây dựng", "other"),
        ("Đầu tư tại Việt Nam", "investment"),
        ("Hộ tịch", "other"),
        ("", ""),
    ],
)
def test_the_words_of_a_field_tell_its_class(field, name):
    assert class_of(field) == name


def test_fields_fill_their_rows():
    rows = [
        dossier(code="1", field="Đất đai", finished="2023-07-05"),
        dossier(code="2", field="đất  đai", finished="2023-07-05", due="2023-07-04"),
        dossier(code="3", field="Xây dựng", finished="2023-07-05"),
        dossier(code="4", field="Đầu tư"),
    ]
    result = tally(pl.concat(rows), PERIOD, by_field=True)
    made = result.units[0].rows
    assert [made[f"3.4.4.{row}"] for row in ("a1", "a2", "b1", "b2", "c1", "c2")] == [2, 1, 1, 1, 0, 0]
    assert {name: counts.resolved for name, counts in result.by_field().items()} == {
        "Xây dựng": 1, "Đất đai": 1, "Đầu tư": 0, "đất  đai": 1,
    }  # fmt: skip
    assert tally(pl.concat(rows), PERIOD).units[0].rows == made


@pytest.mark.parametrize(
    ("known", "rows"),
    [
        ({}, ""),
        ({"service_level": 2}, "7.7.4.a=0 7.7.4.b=0"),
        ({"service_level": 4}, "7.7.4.a=1"),
        ({"service_level": 3, "channel": "online"}, "7.7.4.a=1 7.7.4.b=1 7.8.2.a=0"),
        ({"channel": "post"}, "7.8.2.a=1"),
        ({"sent_by_post": True}, "7.8.2.a=1"),
        ({"sent_by_post": False, "returned_by_post": True}, "7.8.2.a=0 7.8.2.b=1 7.8.2.c=0"),
        ({"channel": "post", "returned_by_post": True}, "7.8.2.a=1 7.8.2.b=1 7.8.2.c=1"),
        ({"channel": "post", "returned_by_post": False}, "7.8.2.a=1 7.8.2.b=0 7.8.2.c=0"),
        ({"paid_online": False}, "7.7.5.d=0 7.7.5.e=0"),
        ({"paid_online": True}, "7.7.5.d=1"),
        ({"paid_online": True, "amount_paid": 16_500}, "7.7.5.d=1 7.7.5.e=16500"),
        ({"paid_online": False, "amount_paid": 16_500}, "7.7.5.d=0 7.7.5.e=0"),
    ],
)
def test_what_the_export_does_not_say_is_blank_and_not_0(known, rows):
    [unit] = tally(dossier(finished="2023-07-05", **known), PERIOD).units
    made = {address: value for address, value in unit.rows.items() if address.startswith("7.")}
    assert made == {address: int(value) for address, _, value in (row.partition("=") for row in rows.split())}


def test_what_is_not_resolved_was_not_returned():
    [unit] = tally(dossier(sent_by_post=True, returned_by_post=True), PERIOD).units
    assert [unit.rows[f"7.8.2.{row}"] for row in "abc"] == [1, 0, 0]


def test_what_some_dossiers_do_not_say_is_counted_and_told():
    table = pl.concat([dossier(code="1", service_level=3), dossier(code="2", service_level=None)])
    result = tally(table, PERIOD)
    assert result.units[0].rows["7.7.4.a"] == 1
    [told] = [one for one in result.findings if one.rows[:1] == ("7.7.4.a",)]
    assert told.found == "1"


def test_a_table_of_another_period_is_told_of():
    result = tally(dossier(received="2022-07-03", finished="2022-07-05"), PERIOD)
    assert "dossiers_outside_period" in {one.rule for one in result.findings}


def test_an_empty_table_gives_nothing():
    result = tally(dossiers().clear(), PERIOD)
    assert (result.read, result.used, result.units, result.findings) == (0, 0, (), ())


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (dossiers().drop("received"), "received (Ngày tiếp nhận)"),
        (dossiers().with_columns(due=pl.lit("10/7/2023")), "due (Ngày hẹn trả)"),
        ([1, 2], "list"),
    ],
)
def test_a_table_of_another_kind_is_refused(frame, said):
    with pytest.raises(TableError) as error:
        tally(frame, PERIOD)
    assert said in str(error.value)


def test_days_and_times_with_a_zone_are_times_too():
    days = dossier(received="2023-09-12", finished="2023-09-12").with_columns(pl.col("received").cast(pl.Date))
    zoned = dossier(received="2023-09-12T23:30").with_columns(
        pl.col("received").dt.replace_time_zone("Asia/Ho_Chi_Minh")
    )
    assert [tally(one, PERIOD).counts.received for one in (days, zoned)] == [1, 1]


def test_every_status_has_one_of_four_outcomes():
    assert sorted(code for outcome in Outcome for code in codes_of(outcome)) == list(range(1, 11))
    assert all(status.mark in {"V", "V-code", "M", "I"} for status in statuses().values())


def test_no_engine_is_imported_before_there_is_a_table():
    engines = ("narwhals", "polars", "duckdb", "pandas", "pyspark")
    code = f"import sys, cchc_calc.dossiers.tally; print([name for name in {engines!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
