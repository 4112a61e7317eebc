"""Where units stand: in time or late, complete or not, returned or missing; and what goes back to them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from made_submissions import NHA_TRANG, QUARTER, sealed, submitted

from cchc_calc import consolidate
from cchc_calc.consolidation.deadlines import deadlines, due_day
from cchc_calc.consolidation.refusals import Refusal
from cchc_calc.consolidation.register_files import parse_register
from cchc_calc.consolidation.standings import TIMELINESS_NAMES, Timeliness
from cchc_calc.findings import Severity, make_finding
from cchc_calc.outcomes import OUTCOMES
from cchc_calc.periods import calendar_period, reporting_period

TWO = parse_register("Mã;Tên đơn vị;Cấp\n1;Phường 1;xã\n2;Phường 2;xã\n")
FILLED = {"3.4.3.b": 10, "3.4.3.c": 9}


def ward(number=1, **more):
    return submitted(f"UBND phường {number}", FILLED, **more)


def standing(reports, unit="Phường 1", **options):
    done = consolidate(reports, register=TWO, **options)
    return next(one for one in done.standings if one.unit == unit)


@pytest.mark.parametrize(
    ("sent", "options", "status", "day"),
    [
        # the day that the report bears decides
        ({"issued": date(2023, 9, 13)}, {}, "sent", date(2023, 9, 13)),
        ({"issued": date(2023, 9, 20)}, {}, "sent", date(2023, 9, 20)),
        ({"issued": date(2023, 9, 21)}, {}, "late", date(2023, 9, 21)),
        # an office may set its own day
        ({"issued": date(2023, 9, 13)}, {"due": date(2023, 9, 12)}, "late", date(2023, 9, 13)),
        ({}, {}, "day_unknown", None),
        # a day to come is no day
        ({"issued": date(2023, 9, 13)}, {"today": date(2023, 9, 12)}, "day_unknown", None),
        ({"issued": date(2023, 9, 13)}, {"today": date(2023, 9, 13)}, "sent", date(2023, 9, 13)),
        # of a calendar quarter nobody knows when it is due, so all is in time that was sent
        (
            {"period": calendar_period("quarter", 2023, 3)},
            {"period": calendar_period("quarter", 2023, 3)},
            "sent",
            None,
        ),
    ],
)
def test_timeliness(sent, options, status, day):
    found = standing([ward(**sent)], **options)
    assert (found.status, found.issued) == (Timeliness(status), day)


def test_the_day_of_the_seal_stands_in_where_none_is_printed_or_it_cannot_be():
    for issued in (None, date(2029, 9, 13)):
        found = standing([sealed(ward(issued=issued), "2023-09-19T08:00")], today=date(2023, 9, 30))
        assert (found.status, found.issued) == (Timeliness.SENT, date(2023, 9, 19))


def test_who_sent_nothing_is_missing_and_who_sent_what_does_not_count_has_it_back():
    other = ward(2, period=reporting_period("quarter", 2023, 2), source="sai kỳ.xlsx")
    found = standing([ward(), other], "Phường 2", period=QUARTER)
    assert (found.status, found.source, found.filled) == (Timeliness.RETURNED, "sai kỳ.xlsx", 0)
    assert standing([ward()], "Phường 2").status is Timeliness.MISSING
    two = [ward(), ward(source="b.xlsx", period=QUARTER), submitted("UBND phường 1", {"1.1": 3}, source="a.xlsx")]
    assert (standing(two).status, standing(two).source) == (Timeliness.RETURNED, "UBND phường 1.xlsx")


def test_a_file_that_nobody_could_read_is_that_of_the_unit_in_its_name():
    broken = Refusal("Bieu Phuong Vinh Hai.xlsx", "F05", "tệp rỗng (0 byte).", "Gửi lại.")
    reports = [submitted("UBND phường Phương Sơn", FILLED)]
    done = consolidate(reports, register=NHA_TRANG, refused=[broken])
    found = {one.unit: (one.status.value, one.source) for one in done.standings}
    assert found["Phường Vĩnh Hải"] == ("returned", "Bieu Phuong Vinh Hai.xlsx")
    assert found["Phường Vĩnh Hòa"] == ("missing", "")


def test_how_complete_a_report_is():
    found = standing([ward(findings={Severity.ERROR: 2, Severity.WARNING: 5, Severity.INFO: 9})])
    assert (found.filled, found.to_fill, found.errors, found.warnings) == (2, 70, 2, 5)
    assert found.share == Fraction(1, 35)
    # what cannot be used was filled all the same, and what the ward does not fill does not count
    extra = submitted("UBND phường 1", {"3.4.3.b": 3, "3.4.3.c": 9, "3.4.2.b": 7})
    assert standing([extra]).filled == 2


def test_every_unit_that_has_to_report_stands_once_in_the_order_of_the_register():
    done = consolidate([submitted("UBND phường Phương Sơn", FILLED)], register=NHA_TRANG)
    expected = NHA_TRANG.units_of("commune", QUARTER.end)
    assert [(one.unit, one.code) for one in done.standings] == [(unit.name, unit.code) for unit in expected]
    assert {one.due for one in done.standings} == {date(2023, 9, 20)}
    assert set(TIMELINESS_NAMES) == set(Timeliness)


class TestDeadlines:
    def test_each_has_a_source_and_says_how_certain_it_is(self):
        assert {level: one.mark for level, one in deadlines().items()} == {
            "province": "V",
            "district": "I",
            "commune": "I",
        }
        assert all("581/BNV-CCHC" in one.source for one in deadlines().values())

    @pytest.mark.parametrize(
        ("period", "due"),
        [
            (reporting_period("quarter", 2023, 1), date(2023, 3, 20)),
            (reporting_period("half", 2023, 1), date(2023, 6, 20)),
            (reporting_period("year", 2023), date(2023, 12, 20)),
            (QUARTER, date(2023, 9, 20)),
            (calendar_period("month", 2023, 9), None),
            (None, None),
        ],
    )
    def test_due_day(self, period, due):
        assert due_day("commune", period) == due


class TestDaysToCome:
    TODAY = date(2023, 9, 30)

    def told(self, *reports, today=TODAY):
        done = consolidate(reports, today=today)
        return [(one.code, one.where, one.found) for one in done.of_rule("submission_date_in_future")]

    def test_they_are_told(self):
        report = ward(issued=date(2032, 9, 13))
        assert self.told(report, ward(2, issued=date(2023, 9, 13))) == [
            ("X08", "UBND phường 1.xlsx", "ngày ghi trong báo cáo 13/09/2032")
        ]
        assert self.told(sealed(report, "2032-09-13T08:00"))[0][2].endswith("ngày chốt số liệu 13/09/2032")

    def test_without_today_nothing_is_judged(self):
        assert self.told(ward(issued=date(2032, 9, 13)), today=None) == []

    def test_a_clock_that_runs_ahead_does_not_make_a_seal_the_newest(self):
        ahead = sealed(ward(source="a.xlsx"), "2032-09-15T08:00")
        right = sealed(submitted("UBND phường 1", {"1.1": 3}, source="b.xlsx"), "2023-09-15T08:00")
        assert [unit.source for unit in consolidate([ahead, right]).units] == ["a.xlsx"]
        assert [unit.source for unit in consolidate([ahead, right], today=self.TODAY).units] == ["b.xlsx"]


class TestReturned:
    FAULT = make_finding(
        "part_exceeds_whole", "lớn hơn tổng.", rows=("3.4.3.c",), where="D58", found="11", expected="không quá 10"
    )

    def test_the_faults_of_files_that_count_come_after_the_files_that_do_not(self):
        asked = []

        class Faults(dict):
            def get(self, source, default=None):
                asked.append(source)
                return super().get(source, default)

        bad = ward(2, source="sai.xlsx", level="district")
        faults = Faults({"UBND phường 1.xlsx": (self.FAULT,)})
        done = consolidate([ward(), bad], faults=faults)
        # they are looked up when somebody asks, not before
        assert asked == []
        refused, counted = done.returned
        assert (refused.source, refused.code, refused.is_counted, refused.rule) == ("sai.xlsx", "X04", False, "")
        assert (counted.unit, counted.source, counted.is_counted) == ("UBND phường 1", "UBND phường 1.xlsx", True)
        assert (counted.rule, counted.code, counted.rows) == ("part_exceeds_whole", "V03", ("3.4.3.c",))
        assert (counted.where, counted.found, counted.expected) == ("D58", "11", "không quá 10")
        assert len(done.returned) == 2
        assert counted in done.returned
        outcomes = [(one["outcome"], one["code"]) for one in json.loads(json.dumps(done.to_json()))["returned"]]
        assert outcomes == [("REFUSE", "X04"), ("OK", "V03")]

    def test_every_line_says_what_to_do(self):
        bad = replace(ward(2), seal="0" * 64)
        done = consolidate([ward(), bad], faults={"UBND phường 1.xlsx": (self.FAULT,)})
        assert all(one.message and one.remedy and one.code in OUTCOMES for one in done.returned)
