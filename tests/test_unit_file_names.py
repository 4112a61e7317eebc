"""Names of files made of names of units: safe on every system, no two the same, the same in every run."""

from __future__ import annotations

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cchc_calc.intake.unit_file_names import LONGEST, safe_name, unit_file_names

RESERVED = ("CON", "PRN", "AUX", "NUL", "CONIN$", "COM1", "COM9", "LPT1", "COM¹", "LPT³")
HOSTILE = (
    "..",
    "../",
    "/",
    "\\",
    ":",
    "*",
    "?",
    '"',
    "<",
    ">",
    "|",
    ".",
    " ",
    "~$",
    "\0",
    "\n",
    "\u202e",
    "\u200b",
    "\ud800",
)
LETTERS = st.sampled_from([*RESERVED, *HOSTILE, "Phường", "phường", "Tân", "Hòa", "Hoà", "o\u0309", "ß", "İ", "3", "𐍈"])
NAMES = st.one_of(st.text(max_size=100), st.lists(LETTERS, max_size=40).map("".join))


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("Phường Phương Sơn", "Phường Phương Sơn"),
        (unicodedata.normalize("NFD", "Xã Đắk Rơ Wa"), "Xã Đắk Rơ Wa"),
        ("Phường 1/2", "Phường 1-2"),
        ("../../etc/passwd", "-..-etc-passwd"),
        ("C:\\Windows", "C--Windows"),
        ('xã "Tân" <Hòa>?', "xã -Tân- -Hòa--"),
        ("Phường 3. ", "Phường 3"),
        (".ẩn", "ẩn"),
        ("~$Phường 3", "$Phường 3"),
        ("Phường\u202e 3\u200b\n\x07", "Phường 3"),
        ("CON", "Đơn vị CON"),
        ("nul.txt", "Đơn vị nul.txt"),
        ("COM1", "Đơn vị COM1"),
        ("com¹ .x", "Đơn vị com¹ .x"),
        ("CONG HOA", "CONG HOA"),
        ("COM10", "COM10"),
        ("", "Đơn vị không tên"),
        (" . ", "Đơn vị không tên"),
        ("///", "Đơn vị không tên"),
        ("x" * 300, "x" * LONGEST),
        ("𐍈" * 300, "𐍈" * (LONGEST // 2)),
    ],
)
def test_a_name_is_made_safe(name, safe):
    assert safe_name(name) == safe


@pytest.mark.parametrize(
    ("units", "names"),
    [
        ([], []),
        ([("Phường 3",), ("Phường 4",)], ["Phường 3", "Phường 4"]),
        # A second ward of a name makes both tell their district.
        (
            [("Phường 3", "Phường 3 (Quận 1)"), ("Phường 3", "Phường 3 (Quận 5)")],
            ["Phường 3 (Quận 1)", "Phường 3 (Quận 5)"],
        ),
        ([("Xã A", "Xã A (Huyện B)", "Xã A (Huyện B, 01)")] * 2, ["Xã A (Huyện B, 01)", "Xã A (Huyện B, 01) (2)"]),
        ([("Xã A", "Xã A (01)"), ("Xã A",)], ["Xã A (01)", "Xã A"]),
        ([("Phường 3",)] * 3, ["Phường 3", "Phường 3 (2)", "Phường 3 (3)"]),
        # Windows and macOS take these for one name.
        ([("xã Tân",), ("Xã TÂN",)], ["xã Tân (2)", "Xã TÂN"]),
        ([("Xã Ý",), (unicodedata.normalize("NFD", "Xã Ý"),)], ["Xã Ý (2)", "Xã Ý"]),
        ([("a/b",), ("a:b",)], ["a-b", "a-b (2)"]),
        # A number that is given leads to no name that is taken.
        ([("Tổ",), ("Tổ",), ("Tổ (2)",)], ["Tổ", "Tổ (3)", "Tổ (2)"]),
        ([("x" * 300,)] * 2, ["x" * 80, f"{'x' * 76} (2)"]),
    ],
)
def test_units_get_names_of_their_own(units, names):
    assert list(unit_file_names(units)) == names


@given(st.lists(st.lists(NAMES, max_size=3), max_size=12), st.integers(24, LONGEST))
@example([["CON"], ["con"], ["../CON"]], 24)
@example([["Đơn vị không tên"], [], [""]], 24)
def test_names_are_safe_and_distinct(units, longest):
    names = unit_file_names(units, longest)
    assert len(names) == len(units)
    for name in names:
        assert name
        assert name == unicodedata.normalize("NFC", name) == name.strip(" .")
        assert not set(name) & set('\\/:*?"<>|')
        assert not any(unicodedata.category(sign)[0] == "C" for sign in name)
        assert not PureWindowsPath(f"{name}.xlsx").is_reserved()
        assert PureWindowsPath(name).parts == PurePosixPath(name).parts == (name,)
        assert len(name.encode("utf-16-le")) <= 2 * longest
        assert len(f"{name}.xlsx".encode()) <= 255
    for form in ("NFC", "NFD", "NFKC"):
        assert len({unicodedata.normalize(form, name).casefold() for name in names}) == len(names)


@given(
    st.lists(st.lists(NAMES, min_size=1, max_size=2), max_size=8, unique_by=tuple), st.randoms(use_true_random=False)
)
def test_the_order_of_the_units_changes_nothing(units, chance):
    shuffled = chance.sample(units, len(units))
    named = dict(zip(map(tuple, shuffled), unit_file_names(shuffled), strict=True))
    assert [named[tuple(unit)] for unit in units] == list(unit_file_names(units))


@given(st.text(st.sampled_from("aăâđêôơưĂÂĐÊÔƠƯáàảãạếệốợớữỳ 0123456789-()"), min_size=1, max_size=LONGEST))
def test_vietnamese_letters_are_kept(name):
    kept = " ".join(name.split())
    if any(map(str.isalnum, kept)):
        assert safe_name(name) == kept
