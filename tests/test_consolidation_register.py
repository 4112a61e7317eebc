"""The register of units: names that mean one unit on a day, mergers, and the faults of a list kept by hand."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_submissions import NHA_TRANG

from cchc_calc import SourceRefusedError
from cchc_calc.consolidation.register import Register, Unit
from cchc_calc.consolidation.register_files import parse_register, read_register

IN_2023, IN_2025, AFTER = date(2023, 9, 12), date(2025, 3, 14), date(2025, 9, 14)
HEADER = "Mã;Tên đơn vị;Cấp;Đơn vị cấp trên;Có hiệu lực từ;Hết hiệu lực;Đơn vị kế thừa\n"


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("Phường Phương Sơn", IN_2023, "22354"),
        ("UBND P. Phương Sơn", IN_2023, "22354"),
        ("ỦY BAN NHÂN DÂN PHƯỜNG PHƯƠNG SƠN", IN_2023, "22354"),
        ("22354", IN_2023, "22354"),
        ("xã Vĩnh Thạnh, thành phố Nha Trang", IN_2023, "22393"),
        ("xã Vĩnh Thạnh (TP. Nha Trang)", IN_2023, "22393"),
        ("xã Vĩnh Thạnh, huyện Diên Khánh", IN_2023, "không có trong danh sách đơn vị"),
        ("UBND TP Nha Trang", IN_2023, "568"),
        ("tỉnh Khánh Hoà", IN_2023, "56"),
        ("Xã Phương Sơn", IN_2023, "không có trong danh sách đơn vị"),
        ("Phường Bắc Nha Trang", IN_2023, "chỉ có từ ngày 01/07/2025"),
        ("Phường Tân Tiến", IN_2023, "chỉ có từ ngày 01/11/2024"),
        # a code is given again to the unit that takes the place
        ("22366", IN_2023, "22366 Phường Phước Tiến"),
        ("22366", IN_2025, "22366 Phường Tân Tiến"),
        ("22366", AFTER, "22366 Phường Nha Trang"),
        # merged units lead to the one that exists
        ("Phường Phương Sơn", IN_2025, "22351 Phường Phương Sài"),
        ("Phường Phương Sơn", AFTER, "22390 Phường Tây Nha Trang"),
        ("Phường Phước Tiến", IN_2025, "22366 Phường Tân Tiến"),
        ("Phường Tân Lập", AFTER, "22366 Phường Nha Trang"),
        ("Phường Vĩnh Phước", AFTER, "22333 Phường Bắc Nha Trang"),
        ("Thành phố Nha Trang", AFTER, "không còn từ sau ngày 30/06/2025, danh sách không ghi đơn vị kế thừa"),
    ],
)
def test_find(name, day, expected):
    match = NHA_TRANG.find(name, day)
    found = match.reason if match.unit is None else f"{match.unit.code} {match.unit.name}"
    assert found.startswith(expected)
    if match.merged is not None:
        assert not match.merged.exists_on(day)


def test_what_is_found_under_an_old_name_says_so():
    match = NHA_TRANG.find("Phường Phương Sơn", AFTER)
    assert (match.merged.name, match.unit.name) == ("Phường Phương Sơn", "Phường Tây Nha Trang")
    assert NHA_TRANG.find("Phường Phương Sơn", IN_2023).merged is None


def test_the_example_is_sound():
    assert NHA_TRANG.findings == ()
    for day, count in ((IN_2023, 27), (IN_2025, 22), (AFTER, 4)):
        assert len(NHA_TRANG.units_of("commune", day)) == count
    assert len(NHA_TRANG.units_of("commune", IN_2023, "TP. Nha Trang")) == 27
    assert len(NHA_TRANG.units_of("commune", AFTER, "56")) == 4


def test_every_unit_of_the_example_has_a_successor_or_still_exists():
    for unit in NHA_TRANG.units:
        if unit.level == "commune":
            found = NHA_TRANG.find(unit.name, AFTER).unit
            assert found is not None
            assert found.valid_to is None


def test_a_name_that_exists_twice_needs_its_parent():
    register = parse_register(
        f"{HEADER}1;Tỉnh A;tỉnh;;;;\n2;Huyện B;huyện;1;;;\n3;Huyện C;huyện;1;;;\n4;Xã D;xã;2;;;\n5;Xã D;xã;3;;;\n"
    )
    assert register.find("UBND xã D", IN_2023).reason == "có 2 đơn vị cùng tên (Huyện B, Huyện C)"
    assert register.find("UBND xã D, huyện C", IN_2023).unit.code == "5"
    assert register.find("UBND xã D - huyện B", IN_2023).unit.code == "4"
    assert [unit.code for unit in register.units_of("commune", IN_2023, "huyện B")] == ["4"]
    assert len(register.units_of("commune", IN_2023, "Tỉnh A")) == 2


def test_a_dash_may_belong_to_the_name():
    register = parse_register(f"{HEADER}1;Thành phố Phan Rang - Tháp Chàm;huyện;;;;\n2;Phường Mỹ Bình;xã;1;;;\n")
    assert register.find("UBND TP. Phan Rang – Tháp Chàm", IN_2023).unit.code == "1"
    assert register.find("Phường Mỹ Bình, TP Phan Rang - Tháp Chàm", IN_2023).unit.code == "2"


def test_english_headings_iso_dates_commas_a_mark_and_names_for_codes():
    register = parse_register(
        "\ufeffcode,name,level,parent,valid_from,valid_to,successor\n"
        "10,Huyện B,district,,,,\n11,Xã Cũ,commune,huyện B,2019-01-01,2024-12-31,Xã Mới\n"
        "12,Xã Mới,commune,10,2025-01-01,,\n"
    )
    assert register.findings == ()
    old, new = register.units[1:]
    assert (old.parent, old.successor, old.valid_from, old.valid_to) == (
        "10",
        "12",
        date(2019, 1, 1),
        date(2024, 12, 31),
    )
    assert register.find("xã Cũ", IN_2025).unit == new


def test_the_kind_may_stand_in_the_column_of_levels():
    register = parse_register(f"{HEADER}1;Phương Sơn;Phường;;;;\n2;Đà Nẵng;Thành phố;;;;\n3;TP. Đà Nẵng;;;;;\n")
    assert [(unit.name, unit.level) for unit in register.units] == [
        ("Phường Phương Sơn", "commune"),
        ("Thành phố Đà Nẵng", "province"),
        ("TP. Đà Nẵng", "province"),
    ]


@pytest.mark.parametrize(
    ("lines", "rule", "where", "kept"),
    [
        ("1;;xã;;;;\n", "register_line_incomplete", "dòng 2", 0),
        (";Xã A;xã;;;;\n", "register_line_incomplete", "dòng 2", 0),
        ("1;Thôn A;thôn;;;;\n", "register_level_unknown", "dòng 2", 0),
        ("1;A;;;;;\n", "register_level_unknown", "dòng 2", 0),
        ("1;Xã A;xã;;31/02/2024;;\n", "register_date_impossible", "dòng 2", 0),
        ("1;Xã A;xã;;1/7/25;;\n", "register_date_impossible", "dòng 2", 0),
        ("1;Xã A;xã;;01/07/2025;30/06/2025;\n", "register_date_impossible", "dòng 2", 0),
        ("1;Xã A;xã;;;;\n1;Xã B;xã;;;;\n", "register_code_repeated", "dòng 3", 1),
        ("1;Xã A;xã;;;30/06/2025;\n1;Xã B;xã;;30/06/2025;;\n", "register_code_repeated", "dòng 3", 1),
        ("1;Xã A;xã;9;;;\n", "register_parent_unknown", "dòng 2", 1),
        ("1;Xã A;xã;;;30/06/2025;9\n", "register_successor_unknown", "dòng 2", 1),
        ("1;Xã A;xã;1;;;\n", "register_circle", "dòng 2", 1),
        ("1;Huyện A;huyện;2;;;\n2;Tỉnh B;tỉnh;1;;;\n", "register_circle", "dòng 2", 2),
    ],
)
def test_faults_name_the_line_and_what_to_do(lines, rule, where, kept):
    register = parse_register(HEADER + lines)
    finding = register.findings[0]
    assert (finding.rule, finding.where) == (rule, where)
    assert finding.message.startswith(f"{where}: ")
    assert finding.remedy
    assert len(register.units) == kept


def test_a_code_may_be_given_again_once_it_is_free():
    register = parse_register(f"{HEADER}1;Xã A;xã;;;30/06/2025;1\n1;Xã B;xã;;01/07/2025;;\n")
    assert register.findings == ()
    assert register.find("Xã A", AFTER).unit.name == "Xã B"


def test_mergers_in_a_circle_lead_nowhere():
    register = parse_register(f"{HEADER}1;Xã A;xã;;;31/12/2023;2\n2;Xã B;xã;;;31/12/2024;1\n")
    assert "không ghi đơn vị kế thừa" in register.find("Xã A", AFTER).reason


def test_of_two_former_units_of_one_name_nobody_knows_which():
    register = parse_register(f"{HEADER}1;Xã A;xã;;;31/12/2023;3\n2;Xã A;xã;;;31/12/2023;3\n3;Xã B;xã;;;;\n")
    assert register.find("Xã A", AFTER).reason == "từng có 2 đơn vị cùng tên trong danh sách"


def test_a_table_without_the_columns_is_refused():
    with pytest.raises(SourceRefusedError, match="thiếu cột “Mã”, “Tên đơn vị”") as refused:
        parse_register("STT;Ghi chú\n1;a\n")
    assert refused.value.code == "S10"


def test_a_file_is_read_through_the_gate(tmp_path):
    path = tmp_path / "danh sách đơn vị.csv"
    path.write_text(f"\ufeff{HEADER}22354;Phường Phương Sơn;Phường;;;;\n", encoding="utf-8")
    assert read_register(path).units[0].name == "Phường Phương Sơn"
    with pytest.raises(SourceRefusedError) as refused:
        read_register(tmp_path / "không có.csv")
    assert refused.value.code == "F00"


DAYS = st.one_of(st.none(), st.dates(date(2019, 1, 1), date(2026, 12, 31)))


@given(
    st.lists(
        st.builds(
            Unit,
            st.sampled_from("1234"),
            st.sampled_from(["Xã A", "Xã B", "Huyện C"]),
            st.sampled_from(["commune", "district"]),
            st.sampled_from(["", "1", "2", "3"]),
            DAYS,
            DAYS,
            st.sampled_from(["", "1", "2", "3", "4"]),
        ),
        max_size=6,
    ),
    st.dates(date(2019, 1, 1), date(2026, 12, 31)),
)
def test_whatever_the_list_what_is_found_exists_on_that_day_or_a_reason_is_given(units, day):
    register = Register(tuple(units))
    for name in ("Xã A", "Xã B, huyện C", "2", ""):
        match = register.find(name, day)
        assert match.unit is None or match.unit.exists_on(day)
        assert (match.unit is None) == bool(match.reason)
    register.units_of("commune", day, "Huyện C")
