"""What a higher level printed against what its units report: tables of three levels, and the form of one."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from filled_forms import FORM, report_of
from hypothesis import given, settings
from hypothesis import strategies as st
from made_submissions import NHA_TRANG, submitted

from cchc_calc import SourceRefusedError, consolidate
from cchc_calc.consolidation.printed_tables import table_findings
from cchc_calc.consolidation.printed_totals import PrintedTotals, printed_totals_of
from cchc_calc.consolidation.table_files import parse_unit_table, read_unit_table
from cchc_calc.consolidation.unit_tables import TableUnit
from cchc_calc.intake.printed_files import read_printed
from cchc_calc.report import Report
from cchc_calc.states import State

CASES = tomllib.loads((Path(__file__).parent / "cases" / "printed_tables.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_tables(case):
    table = parse_unit_table(case["table"].lstrip(), FORM)
    assert table.findings == ()
    found = list(table_findings(table.units, FORM))
    told = [[one.where, *one.rows, one.found, one.expected, one.cause] for one in found]
    assert told == [line[:5] for line in case["told"]]
    for finding, (*_, culprit) in zip(found, case["told"], strict=True):
        assert f"“{culprit}”" in finding.message
        assert finding.message.endswith(".")


class TestReading:
    def read(self, text):
        table = parse_unit_table(text, FORM)
        return table.units, [(one.rule, one.where) for one in table.findings]

    def test_what_cannot_be_used_is_told_by_its_place(self):
        units, told = self.read(
            "Cấp;Đơn vị;3.4.3.a;3.4.3.b;Ghi chú;3.4.3.a\n"
            "Huyện;Huyện B;12O;30;=1+1;5\n"
            ";TỔNG CỘNG;99;99;;\n"
            "Thôn;Thôn 3;1;1;;\n"
            "Xã;;1;1;;\n"
            "Xã;Xã C;-;không phát sinh;@SUM(A1);\n"
        )
        (district,) = units
        assert [part.name for part in district.parts] == ["Xã C"]
        assert district.figures == {"3.4.3.a": State.UNDECIDED, "3.4.3.b": 30}
        assert district.parts[0].figures["3.4.3.b"] is State.NOT_ARISING
        assert told == [
            ("printed_column_unknown", "dòng 1, ô 5"),
            ("printed_column_unknown", "dòng 1, ô 6"),
            ("unreadable_value", "dòng 2, ô 3"),
            ("printed_line_unusable", "dòng 3"),
            ("printed_line_unusable", "dòng 4"),
            ("printed_line_unusable", "dòng 5"),
            ("unreadable_value", "dòng 6, ô 3"),
        ]

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ("Cấp;3.4.3.a\nHuyện;5\n", "S10"),
            ("Cấp;Đơn vị;Ghi chú\nHuyện;Huyện B;5\n", "S10"),
            ("", "F05"),
            ("Cấp;Đơn vị;3.4.3.a\nHuyện;Huyện B;5;6;7\n", "F12"),
        ],
    )
    def test_what_is_no_such_table_is_refused(self, text, code):
        with pytest.raises(SourceRefusedError) as error:
            parse_unit_table(text, FORM)
        assert error.value.code == code

    def test_a_label_that_several_rows_have_names_none(self):
        label = "Tổng số hồ sơ TTHC đã tiếp nhận"
        assert sum(row.label == label for row in FORM.rows) > 1
        text = f"Cấp;Đơn vị;3.5.b;{label}\nHuyện;Huyện B;5;6\n"
        (finding,) = parse_unit_table(text, FORM).findings
        assert "chỉ tiêu cùng tên" in finding.message

    def test_from_a_file(self, tmp_path):
        path = tmp_path / "bảng.csv"
        path.write_text("Cấp;Đơn vị;3.4.3.b\nHuyện;Huyện B;30\n", encoding="utf-8-sig")
        assert read_unit_table(path, FORM) == read_printed(path)
        assert read_printed(path).units[0].figures == {"3.4.3.b": 30}


def city(values, declared=None, level="district"):
    """The printed form of a city."""
    report = report_of({address: str(value) for address, value in (values | (declared or {})).items()})
    printed = printed_totals_of(report)
    (unit,) = printed.units
    return PrintedTotals("tp.xlsx", (TableUnit("TP Nha Trang", level, unit.figures, declared=unit.declared),))


def ward(number, values):
    return submitted(f"UBND phường {number}", values)


WARDS = [
    ward(1, {"3.4.3.b": 447, "3.4.3.c": 447, "3.1.4.b": 132}),
    ward(2, {"3.4.3.b": 351, "3.4.3.c": 340, "3.1.4.b": 132}),
    ward(3, {"3.4.3.b": 312, "3.4.3.c": 300, "3.1.4.b": 132}),
]
SOUND = {"3.4.3.b": 1110, "3.4.3.c": 1087, "3.1.4.b": 132}
PRINTED = ("parts_do_not_add_up", "printed_common_differs", "printed_mean_of_rates", "printed_figure_differs")


def told(reports, printed, **options):
    done = consolidate(reports, printed=printed, **options)
    return [finding for finding in done.findings if finding.rule in PRINTED]


class TestTheFormOfACity:
    @pytest.mark.parametrize(
        ("change", "expected"),
        [
            ({}, []),
            # a ward left out, a ward counted twice, two digits exchanged
            ({"3.4.3.b": 798}, [("3.4.3.b", "798", "1.110", "part_left_out")]),
            ({"3.4.3.b": 1461}, [("3.4.3.b", "1.461", "1.110", "part_counted_twice")]),
            ({"3.4.3.c": 1078}, [("3.4.3.c", "1.078", "1.087", "digits_exchanged")]),
            # never added up
            ({"3.1.4.b": 396}, [("3.1.4.b", "396", "132", "")]),
            # what the city itself fills is no sum of its wards
            ({"3.4.2.b": 9000}, []),
        ],
    )
    def test_row_by_row(self, change, expected):
        found = told(WARDS, city(SOUND | change))
        assert [(*one.rows, one.found, one.expected, one.cause) for one in found] == expected

    def test_a_row_that_wards_do_not_fill_is_no_sum_of_theirs_though_one_filled_it(self):
        wards = [*WARDS[:2], ward(3, {"3.4.3.b": 312, "3.4.3.c": 300, "3.1.4.b": 132, "3.4.2.b": 7})]
        assert told(wards, city(SOUND | {"3.4.2.b": 9000})) == []

    def test_the_ward_is_named(self):
        (finding,) = told(WARDS, city(SOUND | {"3.4.3.b": 798}))
        assert finding.message == (
            "“TP Nha Trang” (cấp huyện), chỉ tiêu 3.4.3.b: số tổng ghi 798, các phần cộng lại 1.110, lệch -312: "
            "có thể vì số tổng chưa cộng “UBND phường 3” (312)."
        )
        assert finding.code == "V05"

    def test_the_city_may_have_added_its_own(self):
        (finding,) = told(WARDS, city(SOUND | {"3.4.3.b": 1210}))
        assert finding.remedy.endswith("Nếu số tổng gồm cả số của chính cơ quan cấp trên thì không phải lỗi.")

    def test_a_unit_that_is_missing_may_be_the_difference(self):
        wards = [
            submitted(f"UBND {unit.name}", {"3.4.3.b": 10 + number})
            for number, unit in enumerate(NHA_TRANG.units_of("commune", WARDS[0].period.end)[1:])
        ]
        total = sum(one.content("3.4.3.b") for one in wards)
        (finding,) = told(wards, city({"3.4.3.b": total + 500}), register=NHA_TRANG)
        assert finding.cause == "blank_part"
        assert "“Phường Vĩnh Hòa” chưa có số dùng được; phần còn thiếu đúng bằng 500" in finding.message

    def test_the_mean_of_rates_offered_as_the_rate_of_the_city(self):
        wards = [ward(1, {"3.4.3.b": 50, "3.4.3.c": 50}), ward(2, {"3.4.3.b": 52, "3.4.3.c": 26})]
        counts = {"3.4.3.b": 102, "3.4.3.c": 76}
        (finding,) = told(wards, city(counts, {"3.4.3": "75,0%"}))
        assert (finding.code, finding.cause) == ("V16", "mean_of_rates")
        assert (finding.found, finding.expected) == ("75,0%", "74,51%")
        # 75% is right too, without decimals
        assert told(wards, city(counts, {"3.4.3": "74,5%"})) == told(wards, city(counts, {"3.4.3": "75%"})) == []

    def test_a_form_of_something_else_is_told_row_by_row_without_culprits(self):
        rows = [
            row.address
            for row in FORM.rows
            if row.kind == "count" and row.over_units == "sum" and "commune" in row.levels
        ]
        wards = [ward(number, dict.fromkeys(rows, 0)) for number in (1, 2)]
        found = told(wards, city(dict.fromkeys(rows, 5)))
        assert sorted(one.rows[0] for one in found) == sorted(rows)

    def test_a_report_without_a_form_is_wrong_use(self, tmp_path):
        with pytest.raises(ValueError, match="no form"):
            printed_totals_of(Report("lời văn.txt"))
        prose = tmp_path / "lời văn.txt"
        prose.write_text("Báo cáo công tác cải cách hành chính quý III năm 2023.\n", encoding="utf-8")
        with pytest.raises(SourceRefusedError) as error:
            read_printed(prose)
        assert error.value.code == "S10"

    def test_what_is_printed_changes_no_figure(self):
        done, alone = consolidate(WARDS, printed=city({"3.4.3.b": 1, "3.1.4.b": 9})), consolidate(WARDS)
        assert (done.rows, done.units, done.rankings) == (alone.rows, alone.units, alone.rankings)


class TestATableOfThoseWhoReport:
    TABLE = (
        "Cấp;Đơn vị;3.4.3.b\nThành phố;TP Nha Trang;1.110\n"
        "Phường;Phường 1;447\nPhường;Phường 2;351\nPhường;Phường 3;312\nPhường;Phường 4;5\n"
    )

    def test_each_figure_is_held_against_the_file_of_the_unit(self):
        found = told(WARDS, parse_unit_table(self.TABLE.replace("351", "315"), FORM))
        assert [(one.rule, one.where, one.found, one.expected) for one in found] == [
            ("parts_do_not_add_up", "TP Nha Trang", "1.110", "1.079"),
            ("printed_figure_differs", "UBND phường 2", "315", "351"),
        ]
        assert found[1].message == "“UBND phường 2”, chỉ tiêu 3.4.3.b: bảng ghi 315, đơn vị báo cáo 351."

    def test_a_name_that_stands_twice_is_nobody(self):
        heading, lines = self.TABLE.split("\n", 1)
        twice = f"{heading}\nThành phố;TP Cam Ranh;9\nPhường;Phường 1;9\n{lines}"
        found = told(WARDS, parse_unit_table(twice, FORM))
        assert [(one.rule, one.where) for one in found] == [("parts_do_not_add_up", "TP Nha Trang")]

    def test_what_was_found_in_reading_it_is_told(self):
        done = consolidate(WARDS, printed=parse_unit_table("Đơn vị;3.4.3.b;Ghi chú\nPhường 1;447;1\n", FORM))
        assert done.of_rule("printed_column_unknown")


COUNTS = st.lists(st.integers(0, 999), min_size=2, max_size=6)


@settings(max_examples=40)
@given(COUNTS, st.integers(-50, 50), st.randoms(use_true_random=False))
def test_a_printed_total_is_told_exactly_when_it_differs(counts, gap, shuffled):
    wards = [ward(number, {"3.5.a": count}) for number, count in enumerate(counts)]
    total = sum(counts) + gap
    if total < 0:
        return
    printed = PrintedTotals("", (TableUnit("TP A", "district", {"3.5.a": total}),))
    found = told(wards, printed)
    shuffled.shuffle(wards)
    assert [(one.found, one.expected) for one in found] == [(one.found, one.expected) for one in told(wards, printed)]
    assert len(found) == bool(gap)
