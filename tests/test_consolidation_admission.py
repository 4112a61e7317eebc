"""Which submissions count: each that does not is refused by name, with a code and what to do, and harms no other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from filled_forms import FORM
from hypothesis import given, settings
from hypothesis import strategies as st
from made_submissions import NHA_TRANG, QUARTER, sealed, submitted, wards

from cchc_calc import SourceRefusedError, consolidate, load_form
from cchc_calc.consolidation.file_names import FileNames
from cchc_calc.consolidation.register_files import parse_register
from cchc_calc.consolidation.reporting_periods import stands_for
from cchc_calc.outcomes import OUTCOMES, Outcome
from cchc_calc.periods import Period, calendar_period, reporting_period

FORM_2025 = load_form("thong-ke-cchc", "2025")
SECOND_QUARTER = reporting_period("quarter", 2023, 2)
IN_2025 = calendar_period("quarter", 2025, 3)


def ward(name="Phương Sơn", resolved=10, on_time=9, kind="phường", **more):
    return submitted(f"UBND {kind} {name}", {"3.4.3.b": resolved, "3.4.3.c": on_time}, **more)


def refusals(reports, **options):
    done = consolidate(reports, **options)
    return [(refusal.code, refusal.source) for refusal in done.refused]


GOOD = [ward("Vĩnh Hải"), ward("Ngọc Hiệp", 20, 20), ward("Lộc Thọ", 7, 5)]


@pytest.mark.parametrize(
    ("bad", "expected", "message"),
    [
        (ward(period=SECOND_QUARTER), [("X01", "UBND phường Phương Sơn.xlsx")], "quý II/2023"),
        (ward(period=calendar_period("year", 2023)), [("X01", "UBND phường Phương Sơn.xlsx")], "năm 2023"),
        (ward(source="Bieu Vinh Hai Q3.xlsx"), [("X01", "Bieu Vinh Hai Q3.xlsx")], "tên tệp ghi “Phường Vĩnh Hải”"),
        (
            ward(source="Phương Sơn quý II 2023.xlsx"),
            [("X01", "Phương Sơn quý II 2023.xlsx")],
            "tên tệp ghi quý II/2023",
        ),
        (ward("Thử Nghiệm"), [("X03", "UBND phường Thử Nghiệm.xlsx")], "không có trong danh sách đơn vị"),
        (ward("Phương Sơn", kind="xã"), [("X03", "UBND xã Phương Sơn.xlsx")], "không có trong danh sách"),
        (ward("Bắc Nha Trang"), [("X03", "UBND phường Bắc Nha Trang.xlsx")], "chỉ có từ ngày 01/07/2025"),
        (
            ward("Nha Trang", kind="thành phố", level="district"),
            [("X04", "UBND thành phố Nha Trang.xlsx")],
            "là đơn vị cấp huyện, trong khi tổng hợp báo cáo của các đơn vị cấp xã",
        ),
        # its level was not recognised, but the register knows it
        (ward("TP Nha Trang", kind=""), [("X04", "UBND  TP Nha Trang.xlsx")], "cấp huyện"),
        (ward(form=FORM_2025), [("X05", "UBND phường Phương Sơn.xlsx")], "bản 2025"),
        (
            replace(ward(), seal="0" * 64),
            [("X07", "UBND phường Phương Sơn.xlsx")],
            "số liệu trong tệp khác số liệu đơn vị đã chốt",
        ),
        # all faults of a file at once
        (
            ward(period=SECOND_QUARTER, form=FORM_2025),
            [("X05", "UBND phường Phương Sơn.xlsx")],
            "kỳ báo cáo quý II/2023",
        ),
    ],
)
def test_a_refused_report_is_named_and_changes_no_figure(bad, expected, message):
    done = consolidate([*GOOD, bad], register=NHA_TRANG)
    assert [(refusal.code, refusal.source) for refusal in done.refused] == expected
    assert message in done.refused[0].message
    assert done.refused[0].remedy
    alone = consolidate(GOOD, register=NHA_TRANG)
    assert (done.rows, done.units) == (alone.rows, alone.units)
    assert "Phường Phương Sơn" in done.missing


def test_every_code_of_a_refusal_is_one_that_refuses():
    for code in ("X01", "X02", "X03", "X04", "X05", "X07"):
        assert OUTCOMES[code].outcome is Outcome.REFUSE


@pytest.mark.parametrize(
    ("first", "second", "counted", "refused"),
    [
        # the same values count once
        (ward(source="a.xlsx"), ward(source="b.xlsx"), "a.xlsx", []),
        # different values: neither counts
        (ward(source="a.xlsx"), ward(source="b.xlsx", on_time=8), None, ["a.xlsx", "b.xlsx"]),
        # unless one of them is sealed
        (
            ward(source="a.xlsx"),
            sealed(ward(source="b.xlsx", on_time=8), "2023-09-15T08:00"),
            "b.xlsx",
            ["a.xlsx"],
        ),
        # the newest seal wins
        (
            sealed(ward(source="a.xlsx"), "2023-09-16T08:00"),
            sealed(ward(source="b.xlsx", on_time=8), "2023-09-15T08:00"),
            "a.xlsx",
            ["b.xlsx"],
        ),
        # two seals of one moment decide nothing
        (
            sealed(ward(source="a.xlsx"), "2023-09-15T08:00"),
            sealed(ward(source="b.xlsx", on_time=8), "2023-09-15T08:00"),
            None,
            ["a.xlsx", "b.xlsx"],
        ),
    ],
)
def test_one_unit_counts_once(first, second, counted, refused):
    for reports in ([first, second], [second, first]):
        done = consolidate([*GOOD, *reports], register=NHA_TRANG)
        sources = [unit.source for unit in done.units if unit.unit == "Phường Phương Sơn"]
        assert sources == ([] if counted is None else [counted])
        assert [(refusal.code, refusal.source) for refusal in done.refused] == [("X02", name) for name in refused]
        assert ("Phường Phương Sơn" in done.missing) == (counted is None)


def test_the_same_values_twice_are_told():
    done = consolidate([ward(source="a.xlsx"), ward("Phương Sơn", source="b (1).xlsx")])
    (finding,) = done.of_rule("submission_repeated")
    assert (finding.code, finding.where, finding.found) == ("X06", "a.xlsx", "b (1).xlsx")
    assert done.units[0].repeated == ("b (1).xlsx",)


def test_of_the_same_values_the_sealed_file_is_the_one_named():
    done = consolidate([ward(source="a.xlsx"), sealed(ward(source="b.xlsx"), "2023-09-15T08:00")])
    assert (done.units[0].source, done.units[0].repeated) == ("b.xlsx", ("a.xlsx",))


def test_a_register_of_several_cities_is_narrowed_to_one():
    register = parse_register(
        "Mã;Tên đơn vị;Cấp;Đơn vị cấp trên\n1;Thành phố A;huyện;\n2;Thành phố B;huyện;\n"
        "11;Phường 1;xã;1\n12;Phường 2;xã;1\n21;Phường 1;xã;2\n23;Phường 3;xã;2\n"
    )
    done = consolidate([ward("1"), ward("3")], register=register, parent="TP. A")
    assert [unit.code for unit in done.units] == ["11"]
    assert done.missing == ("Phường 2",)
    assert [(one.code, one.message) for one in done.refused] == [("X03", "“UBND phường 3” không thuộc TP. A.")]
    assert refusals([ward("1"), ward("3")], register=register) == [("X03", "UBND phường 1.xlsx")]


def test_a_broken_seal_does_not_win():
    broken = replace(sealed(ward(source="a.xlsx"), "2023-09-20T08:00"), contents=ward(on_time=3).contents)
    assert refusals([broken, ward(source="b.xlsx")], register=NHA_TRANG) == [("X07", "a.xlsx")]


def test_a_time_with_a_zone_is_wrong_use():
    with pytest.raises(ValueError, match="without a zone"):
        replace(ward(), sealed_at=datetime.fromisoformat("2023-09-15T08:00+07:00"))


@pytest.mark.parametrize(
    ("editions", "options", "expected"),
    [
        (["2023", "2023", "2025"], {}, "2023"),
        (["2023", "2025", "2025"], {}, "2025"),
        # equally many: the edition in force
        (["2023", "2025"], {"period": QUARTER}, "2023"),
        (["2023", "2025"], {"period": IN_2025}, "2025"),
        (["2023", "2025", "2025"], {"form": FORM}, "2023"),
    ],
)
def test_the_edition_is_that_of_most_units(editions, options, expected):
    reports = [ward(f"Phường {place}", form=load_form("thong-ke-cchc", one)) for place, one in enumerate(editions)]
    assert consolidate(reports, **options).form.edition == expected


class TestMergedUnits:
    def test_an_old_name_counts_for_the_unit_that_took_its_place(self):
        done = consolidate([ward(form=FORM_2025, period=IN_2025)], register=NHA_TRANG)
        assert [unit.unit for unit in done.units] == ["Phường Tây Nha Trang"]
        (finding,) = done.of_rule("unit_merged")
        assert finding.expected == "Phường Tây Nha Trang"

    @pytest.mark.parametrize("others", [["Tây Nha Trang"], ["Ngọc Hiệp"], ["Ngọc Hiệp", "Tây Nha Trang"]])
    def test_it_does_not_count_beside_another_report_for_that_unit(self, others):
        reports = [ward(name, form=FORM_2025, period=IN_2025) for name in ("Phương Sơn", *others)]
        done = consolidate(reports, register=NHA_TRANG)
        assert [unit.source for unit in done.units] == [
            f"UBND phường {name}.xlsx" for name in others if name == "Tây Nha Trang"
        ]
        assert {refusal.code for refusal in done.refused} == {"X03"}
        assert "nay thuộc “Phường Tây Nha Trang”" in done.refused[0].message


class TestPeriods:
    @pytest.mark.parametrize(
        ("period", "expected"),
        [
            (QUARTER, "2023-Q3"),
            (reporting_period("quarter", 2023, 3), "2023-Q3"),
            (calendar_period("quarter", 2023, 3), "2023-Q3"),
            (reporting_period("month", 2023, 1), "2023-01"),
            (reporting_period("half", 2023, 1), "2023-H1"),
            (reporting_period("year", 2023), "2023"),
            (Period(date(2023, 1, 1), date(2023, 9, 30)), "2023-01-01/2023-09-30"),
            (Period(date(2022, 12, 15), date(2023, 9, 14)), "2022-12-15/2023-09-14"),
            # the days say nothing known, the name does
            (Period(date(2023, 7, 1), date(2023, 8, 31), "quý III/2023"), "2023-Q3"),
        ],
    )
    def test_what_the_days_stand_for(self, period, expected):
        assert stands_for(period).code == expected

    @given(st.sampled_from(["month", "quarter", "half", "year"]), st.integers(2019, 2030), st.integers(1, 12))
    def test_both_ways_of_counting_days_are_one_period(self, kind, year, number):
        number = {"month": number, "quarter": (number + 2) // 3, "half": (number + 5) // 6, "year": 1}[kind]
        calendar = calendar_period(kind, year, number)
        assert stands_for(calendar) == stands_for(reporting_period(kind, year, number)) == calendar

    def test_units_may_count_the_days_of_a_quarter_differently(self):
        other = ward("Lộc Thọ", period=calendar_period("quarter", 2023, 3))
        done = consolidate([ward(), ward("Vĩnh Hải"), other])
        assert done.refused == ()
        assert done.period == QUARTER
        assert [finding.where for finding in done.of_rule("submission_days_differ")] == ["UBND phường Lộc Thọ.xlsx"]

    def test_a_report_without_a_period_counts_and_is_told(self):
        done = consolidate([ward(), ward("Vĩnh Hải", period=None)])
        assert len(done.units) == 2
        assert [finding.where for finding in done.of_rule("submission_without_period")] == ["UBND phường Vĩnh Hải.xlsx"]

    def test_the_period_asked_for_decides(self):
        reports = [ward(), ward("Vĩnh Hải"), ward("Lộc Thọ", period=SECOND_QUARTER)]
        done = consolidate(reports, period=SECOND_QUARTER)
        assert [unit.unit for unit in done.units] == ["UBND phường Lộc Thọ"]
        assert [refusal.code for refusal in done.refused] == ["X01", "X01"]


MANY = {"3.4.3.a": 447, "3.4.3.b": 425, "3.4.3.c": 424, "7.7.4.a": 214, "7.7.4.b": 115}


def test_two_units_with_the_same_figures_are_told():
    done = consolidate([submitted("UBND phường 1", MANY), submitted("UBND phường 2", MANY), ward("Lộc Thọ")])
    (finding,) = done.of_rule("submissions_identical")
    assert finding.code == "X06"
    assert "phường 1" in finding.message
    assert "phường 2" in finding.message
    assert len(done.units) == 3


def test_few_or_no_figures_may_be_the_same_by_chance():
    assert not consolidate([ward("A"), ward("B"), submitted("UBND xã C", {}), submitted("UBND xã D", {})]).of_rule(
        "submissions_identical"
    )


def test_the_figures_of_the_period_before_sent_again_are_told():
    before = [submitted("UBND phường 1", MANY, period=SECOND_QUARTER)]
    done = consolidate([submitted("UBND phường 1", MANY)], previous=before)
    assert [finding.code for finding in done.of_rule("submission_sent_again")] == ["X06"]


def test_a_report_without_a_unit_counts_alone_but_not_where_there_is_a_register():
    nameless = ward()
    nameless = replace(nameless, unit="", source="không tên.xlsx")
    done = consolidate([nameless, ward("Vĩnh Hải")])
    assert {unit.unit for unit in done.units} == {"không tên.xlsx", "UBND phường Vĩnh Hải"}
    assert done.of_rule("submission_without_unit")
    assert refusals([nameless, *GOOD], register=NHA_TRANG) == [("X03", "không tên.xlsx")]


def test_what_readers_refused_is_listed_too():
    error = SourceRefusedError("hỏng.xlsx", "F05", "tệp rỗng (0 byte).", "Gửi lại.")
    done = consolidate(GOOD, refused=[error])
    assert done.to_json()["refused"][0] | {"unit": "", "sha256": ""} == {
        "source": "hỏng.xlsx",
        "outcome": "REFUSE",
        "code": "F05",
        "message": "tệp rỗng (0 byte).",
        "remedy": "Gửi lại.",
        "unit": "",
        "sha256": "",
    }


def test_the_units_of_a_province_are_its_districts_as_long_as_there_are_any():
    districts = [ward(name, kind="huyện", level="district") for name in ("A", "B")]
    assert len(consolidate(districts, level="province").units) == 2
    assert refusals([*districts, ward()], level="province") == [("X04", "UBND phường Phương Sơn.xlsx")]
    communes = [ward(name, kind="xã", form=FORM_2025, period=IN_2025) for name in ("A", "B")]
    assert len(consolidate(communes, level="province").units) == 2


@pytest.mark.parametrize(("reports", "options"), [([], {}), (GOOD, {"level": "xã"})])
def test_wrong_use(reports, options):
    with pytest.raises(ValueError, match="there is no"):
        consolidate(reports, **options)


class TestFileNames:
    NAMES = FileNames(["Phường Nha Trang", "Phường Tây Nha Trang", "Phường 3", "Xã Vĩnh Thạnh", "Xã Vĩnh Thái"])

    @pytest.mark.parametrize(
        ("source", "unit", "expected"),
        [
            ("Biểu CCHC Vĩnh Thái.xlsx", "Xã Vĩnh Thạnh", "Xã Vĩnh Thái"),
            ("xa_vinh_thai-Q3.xlsx", "Xã Vĩnh Thạnh", "Xã Vĩnh Thái"),
            ("Tay Nha Trang.xlsx", "Phường Tây Nha Trang", ""),
            ("bao cao TP Nha Trang.xlsx", "Phường Tây Nha Trang", ""),
            ("Vĩnh Thái và Vĩnh Thạnh.xlsx", "Phường 3", ""),
            ("quý 3.xlsx", "Xã Vĩnh Thạnh", ""),
            ("phuong 3.xlsx", "Xã Vĩnh Thạnh", "Phường 3"),
            ("", "Xã Vĩnh Thạnh", ""),
        ],
    )
    def test_other_unit(self, source, unit, expected):
        assert self.NAMES.other_unit(source, unit) == expected


BREAKAGES = [
    lambda one: replace(one, period=SECOND_QUARTER),
    lambda one: replace(one, edition="2025"),
    lambda one: replace(one, unit="UBND huyện Thử", level="district"),
    lambda one: replace(one, unit="UBND phường Không Có"),
    lambda one: replace(one, unit="UBND phường Bắc Nha Trang"),
    lambda one: replace(one, seal="0" * 64),
    lambda one: replace(one, unit=""),
]


@settings(max_examples=25)
@given(wards(1, 3), st.lists(st.sampled_from(BREAKAGES), max_size=4), st.randoms(use_true_random=False))
def test_whatever_is_refused_changes_no_other_unit(good, breakages, shuffled):
    names = iter(["Vĩnh Hải", "Ngọc Hiệp", "Lộc Thọ"])
    good = [
        replace(one, unit=f"UBND phường {name}", source=f"{name}.xlsx") for one, name in zip(good, names, strict=False)
    ]
    bad = [damage(ward(source=f"hỏng {place}.xlsx")) for place, damage in enumerate(breakages)]
    mixed = [*good, *bad]
    shuffled.shuffle(mixed)
    options = {"register": NHA_TRANG, "period": QUARTER, "form": FORM}
    done, alone = consolidate(mixed, **options), consolidate(good, **options)
    assert (done.rows, done.units, done.missing) == (alone.rows, alone.units, alone.missing)
    assert len(done.refused) == len(bad)
    assert (
        done.to_json()["refused"]
        == consolidate(sorted(mixed, key=lambda one: one.source), **options).to_json()["refused"]
    )
