"""The headings of exports: which column each one is, and what is said where that is not clear."""

from __future__ import annotations

import tomllib
import unicodedata
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.dossiers.column_entries import SPELLED, column_named
from cchc_calc.dossiers.headings import find_columns, known_columns
from cchc_calc.dossiers.schema import COLUMNS, EXPORTED
from cchc_calc.errors import SourceRefusedError

KNOWN = known_columns()
NEEDED = ["Mã hồ sơ", "Đơn vị", "Ngày tiếp nhận"]
MARKS = {"V", "V-code", "M", "I"}


def found(headings, **more):
    return find_columns(headings, more.pop("known", KNOWN), source="ho-so.csv", **more)


def refusal(headings, **more):
    with pytest.raises(SourceRefusedError) as error:
        found(headings, **more)
    assert error.value.source == "ho-so.csv"
    return error.value


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Mã hồ sơ", "code"),
        ("  MÃ  HỒ SƠ: ", "code"),
        (unicodedata.normalize("NFD", "Mã hồ sơ"), "code"),
        ("MaHoSo", "code"),
        ("Số hồ sơ", "code"),
        ("DonViXuLy", "unit"),
        ("Cơ quan/đơn vị", "unit"),
        ("TenLinhVuc", "field"),
        ("Ngày nhận", "received"),
        ("NgayTiepNhan", "received"),
        ("NgayHenTra", "due"),
        ("Ngày hẹn trả\nkết quả", "due"),
        ("NgayKetThucXuLy", "finished"),
        ("Ngày có kết quả", "finished"),
        ("KenhThucHien", "channel"),
        ("Loại tiếp nhận", "channel"),
        ("Hình thức nộp", "channel"),
        ("HinhThuc", "returned_by_post"),
        ("Hình thức trả kết quả", "returned_by_post"),
        ("Hình thức thanh toán", "paid_online"),
        ("TrangThaiHoSo", "status"),
        ("received", "received"),
        ("returned_by_post", "returned_by_post"),
        # The day of handing over is no day of a result.
        ("Ngày trả", ""),
        ("NgayTra", ""),
        ("STT", ""),
        ("Số điện thoại", ""),
        ("Chủ hồ sơ", ""),
        ("Ngày nộp", None),
        ("unreadable", None),
        ("", None),
    ],
)
def test_a_heading_is_known_as(heading, name):
    assert KNOWN.column_of(heading) == name
    assert KNOWN.is_known(heading) == (name is not None)


def test_each_column_has_its_name_and_title_for_headings():
    for one in EXPORTED:
        assert KNOWN.column_of(one.name) == KNOWN.column_of(one.title) == one.name
        assert column_named(one.title.upper()) == one.name


def test_each_entry_of_the_data_has_a_mark_and_a_source():
    for name in ("columns.toml", "spellings.toml"):
        data = tomllib.loads((resources.files("cchc_calc") / "dossiers" / name).read_text(encoding="utf-8"))
        sources = data.pop("sources")
        entries = [entry for table in data.values() for entry in table.values()]
        assert {entry["mark"] for entry in entries} <= MARKS
        assert {entry["source"] for entry in entries} <= set(sources)


def test_columns_are_found_by_their_places():
    columns = found(["STT", "Ngày nhận", "Mã HS", "", "Sổ", "Đơn vị", "Ngày trả"])
    assert columns.places == {"code": 2, "unit": 5, "received": 1}
    assert columns.unrecognised == ("Sổ",)
    assert columns.missing == tuple(one.name for one in EXPORTED if not one.required)


def test_a_required_column_that_is_missing_is_asked_for():
    error = refusal(["Mã hồ sơ", "Đơn vị", "Ngày nhận HS", "Sổ"])
    assert error.code == "S23"
    assert "“Ngày tiếp nhận”" in error.message
    assert "“Ngày nhận HS”, “Sổ”" in error.message
    assert '--column "Ngày nhận HS=Ngày tiếp nhận"' in error.remedy


def test_a_table_without_any_heading_asks_for_all():
    error = refusal(["", " "])
    assert error.code == "S23"
    assert all(one.title in error.message for one in COLUMNS if one.required)
    assert "không có cột nào chưa nhận ra" in error.message


def test_a_unit_that_is_given_needs_no_column():
    headings = ["Mã hồ sơ", "Ngày nhận"]
    assert found(headings, unit_given=True).places == {"code": 0, "received": 1}
    assert "--unit" in refusal(headings).remedy


def test_two_headings_of_one_column_are_asked_about():
    error = refusal([*NEEDED, "Ngày nhận"])
    assert error.code == "S24"
    assert "“Ngày tiếp nhận” (cột thứ 3), “Ngày nhận” (cột thứ 4)" in error.message
    assert '--column "Ngày tiếp nhận=Ngày tiếp nhận"' in error.remedy


def test_a_heading_that_stands_twice_cannot_be_chosen():
    assert "Đổi tên" in refusal([*NEEDED, "Ngày tiếp nhận"]).remedy
    error = refusal([*NEEDED, "Sổ", "Sổ"], chosen={"Sổ": "Lĩnh vực"})
    assert (error.code, "Đổi tên" in error.remedy) == ("S24", True)


@pytest.mark.parametrize(
    ("chosen", "places"),
    [
        ({"Ngày nhận": "Ngày tiếp nhận"}, {"received": 3}),
        ({"ngày  nhận": "received"}, {"received": 3}),
        ({"Ngày tiếp nhận": "Ngày tiếp nhận"}, {"received": 2}),
        ({"Ngày trả": "Ngày có kết quả", "Ngày nhận": "received"}, {"received": 3, "finished": 4}),
        ({"Ngày nhận": "due"}, {"received": 2, "due": 3}),
    ],
)
def test_a_chosen_heading_goes_before_any_other(chosen, places):
    columns = found([*NEEDED, "Ngày nhận", "Ngày trả"], chosen=chosen)
    assert columns.places == {"code": 0, "unit": 1} | places


@pytest.mark.parametrize(
    ("chosen", "code", "said"),
    [
        ({"Sổ": "Lĩnh vực"}, "S25", "tệp không có cột “Sổ”; tệp có “Mã hồ sơ”"),
        ({"Ngày nhận": "Ngày nộp"}, "S25", "không có cột “Ngày nộp”; các cột là “Mã hồ sơ”"),
        ({"Ngày nhận": "Ngày hẹn trả", "Ngày trả": "due"}, "S24", "có 2 cột cùng là “Ngày hẹn trả”"),
    ],
)
def test_a_choice_that_cannot_be_is_refused(chosen, code, said):
    error = refusal([*NEEDED, "Ngày nhận", "Ngày trả"], chosen=chosen)
    assert error.code == code
    assert said in error.message


def test_long_lists_of_headings_are_cut():
    error = refusal(["Mã hồ sơ", *(f"{number} {'x' * 500}" for number in range(1000))])
    assert "và 980 cột khác" in error.message
    assert len(error.message) < 2000


OWN = """
[headings]
"Ngày nhận HS" = "Ngày tiếp nhận"
"Đơn vị" = ""
"Phường" = { column = "unit", source = "phần mềm của tỉnh" }

[spellings.channel]
"Nộp tại nhà" = "online"
"Trực tuyến" = "direct"
[spellings."Mức độ dịch vụ công"]
"Mức tối đa" = 4
"""


def test_an_office_adds_its_own_headings_and_spellings(tmp_path):
    path = tmp_path / "cot.toml"
    path.write_bytes(b"\xef\xbb\xbf" + OWN.encode())
    own = known_columns(path)
    assert found(["Mã hồ sơ", "Đơn vị", "Phường", "Ngày nhận HS"], known=own).places == {
        "code": 0,
        "unit": 2,
        "received": 3,
    }
    meant = {one.text: one.value for one in own.spellings("channel")}
    assert (meant["Nộp tại nhà"], meant["Trực tuyến"], meant["Trực tiếp"]) == ("online", "direct", "direct")
    assert {one.text: one.value for one in own.spellings("service_level")}["Mức tối đa"] == 4


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[headings]\n"Ngày" = "Ngày nộp"', "“Ngày” = “Ngày nộp”: không có cột “Ngày nộp”"),
        ('[headings]\n"Ngày" = 3', "không có cột “3”"),
        ('[headings]\n"Ngày" = "due"\n"NGÀY." = "received"', "“NGÀY.” được khai báo hai lần"),
        ('[headings]\n"…" = "due"', "không có chữ nào"),
        ('[headings]\n"Ngày" = {source = "x"}', "“Ngày” thiếu column"),
        ("headings = 3", "“headings” phải là một mục"),
        ("[heading]\nx = 1", "không hiểu mục [heading]"),
        ('[spellings.code]\n"x" = 1', "mục [spellings.code]: không có cột này"),
        ('[spellings.channel]\n"x" = "qua mạng"', "phải là một trong"),
        ('[spellings.channel]\n"x" = true', "phải là một trong"),
        ('[spellings.paid_online]\n"x" = 1', "phải là một trong: true, false"),
        ('[spellings.status]\n"x" = 11', "phải là một trong: 1, 2"),
        ('[spellings.status]\n"x" = 1\n"X " = 2', "“X ” của cột “Trạng thái” được khai báo hai lần"),
        ('[spellings.status]\n" " = 1', "có cách ghi trống"),
        ("[headings]\nNgày nhận = 3", "dòng 2 viết sai quy cách TOML"),
    ],
)
def test_a_faulty_file_of_an_office_is_refused_with_its_fault(tmp_path, text, said):
    path = tmp_path / "cot.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SourceRefusedError) as error:
        known_columns(path)
    assert (error.value.source, error.value.code) == ("cot.toml", "S26")
    assert said in error.value.message


def test_a_file_that_is_no_text_or_not_there_is_refused(tmp_path):
    path = tmp_path / "cot.toml"
    with pytest.raises(SourceRefusedError) as error:
        known_columns(path)
    assert error.value.code == "F00"
    path.write_bytes("[headings]".encode("utf-16"))
    with pytest.raises(SourceRefusedError) as error:
        known_columns(path)
    assert error.value.code == "S26"


def test_each_column_that_is_looked_up_has_spellings():
    for name in SPELLED:
        texts = [one.key for one in KNOWN.spellings(name)]
        assert texts
        assert len(texts) == len(set(texts))


extra = st.lists(
    st.sampled_from(["Lĩnh vực", "Ngày trả", "STT", "Sổ", "Ngày nhận", ""]) | st.text(max_size=8), max_size=6
)


@given(extra.flatmap(lambda more: st.permutations([*NEEDED, *more])))
def test_a_table_is_refused_for_two_headings_of_one_column_and_for_nothing_else(headings):
    named = [name for name in map(KNOWN.column_of, headings) if name]
    if len(named) != len(set(named)):
        assert refusal(headings).code == "S24"
        return
    columns = found(headings)
    assert {name: KNOWN.column_of(headings[place]) for name, place in columns.places.items()} == {
        name: name for name in named
    }
    assert all(KNOWN.column_of(heading) is None for heading in columns.unrecognised)
