"""Figures of a phrase: ``parse_figures``."""

from __future__ import annotations

import sys
import tomllib
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.numerals import Figure, parse_figures

if TYPE_CHECKING:
    from decimal import Decimal
    from types import FrameType

CASES = Path(__file__).parent / "cases"
COMPARATORS = {"=", "<", "<=", ">", ">=", "~<", "~>"}


def written(figure: Figure) -> str:
    """Write a figure as the case files do."""
    if figure.value is None:
        meaning = f"? {' | '.join(map(str, figure.readings))} {figure.unit}"
    else:
        meaning = f"{figure.comparator} {figure.value} {figure.unit}"
    return meaning.strip() + (f" ({figure.role})" if figure.role else "")


def load(name: str) -> dict[str, Any]:
    return tomllib.loads((CASES / name).read_text(encoding="utf-8"))


PHRASES = [phrase for phrase in load("phrases.toml")["phrase"] if phrase["reader"] == "figures"]
OWN = [
    pytest.param(text, figures, id=f"{subject}: {text}")
    for subject, cases in load("figures.toml").items()
    for text, figures in cases.items()
]


@pytest.mark.parametrize("phrase", PHRASES, ids=lambda phrase: f"{phrase['n']}: {phrase['text'][:40]}")
def test_reads_the_phrases_of_real_documents(phrase: dict[str, Any]) -> None:
    figures = parse_figures(phrase["text"], phrase.get("column", ""))
    assert [written(figure) for figure in figures] == phrase["figures"]


@pytest.mark.parametrize(("text", "expected"), OWN)
def test_reads_a_phrase(text: str, expected: list[str]) -> None:
    assert [written(figure) for figure in parse_figures(text)] == expected


@pytest.mark.parametrize("document", load("real_figures.toml")["document"], ids=lambda document: document["title"])
def test_reads_a_real_document(document: dict[str, Any], real_reports: Path) -> None:
    """Nothing is missed and nothing misread in a whole document."""
    (path,) = real_reports.glob(document["file"])
    found = [
        [figure.text, written(figure)]
        for line in path.read_text(encoding="utf-8").splitlines()
        for figure in parse_figures(line)
    ]
    assert found == document["figures"]


def test_there_are_enough_phrases() -> None:
    assert len(load("phrases.toml")["phrase"]) == 81
    assert len(OWN) >= 120


@pytest.mark.parametrize(
    ("text", "column", "expected"),
    [
        ("786.000", "đồng", "= 786000 đồng"),
        ("1200", "Văn bản", "= 1200 Văn bản"),
        ("1.234", "%", "? 1234 | 1.234 %"),
        ("1,234", "Hồ sơ", "? 1.234 | 1234 Hồ sơ"),
        ("425 (đúng hạn)", "Hồ sơ", "= 425 Hồ sơ"),
        ("12 cán bộ", "Hồ sơ", "= 12 cán bộ"),
        ("53,7%", "Hồ sơ", "= 53.7 %"),
        ("không phát sinh", "Hồ sơ", "= 0 Hồ sơ"),
        ("15", "Ngày", "= 15 Ngày"),
    ],
)
def test_the_column_gives_the_unit_the_text_does_not_name(text: str, column: str, expected: str) -> None:
    assert [written(figure) for figure in parse_figures(text, column)] == [expected]


def test_the_place_covers_number_comparator_and_unit() -> None:
    text = "Tỷ lệ trễ hạn: không quá 2% (234/13.506 hồ sơ), đạt từ 25% hồ sơ trở lên"
    figures = parse_figures(text)
    assert [figure.text for figure in figures] == [
        "không quá 2%",
        "234",
        "13.506 hồ sơ",
        "đạt từ 25% hồ sơ trở lên",
    ]
    assert [text[figure.start : figure.end] for figure in figures] == [figure.text for figure in figures]


def test_places_are_those_of_the_text_given() -> None:
    text = unicodedata.normalize("NFD", "Đã giải quyết\u200b đúng hạn: <b>1540</b>\u00a0hồ sơ")
    (figure,) = parse_figures(text)
    assert text[figure.start : figure.end] == figure.text
    assert unicodedata.normalize("NFC", figure.text) == "1540</b>\u00a0hồ sơ"


def test_the_note_says_how_it_was_read() -> None:
    notes = {
        "05 hồ sơ": "có số 0 đứng đầu",
        "0 hồ sơ": "",
        "1.234 hồ sơ": "dấu chấm ngăn hàng nghìn",
        "sáu đơn vị": "số viết bằng chữ",
        "thứ 3/10": "thứ hạng",
        "không có hồ sơ nào": "nói rõ là không có",
        "giảm 3,86% so với năm 2021": "mức tăng, giảm so với kỳ hoặc mốc khác",
        "1.234%": "ba chữ số sau dấu: hàng nghìn hay phần thập phân",
    }
    assert {text: parse_figures(text)[0].note for text in notes} == notes


# --- laws -------------------------------------------------------------------------------------------------

UNITS = {"hồ sơ": "hồ sơ", "thủ tục hành chính": "TTHC", "phản ánh, kiến nghị": "PAKN", "đơn thư": "đơn", "xã": "xã"}
PIECES = [
    "1", "12", "05", "1.234", "1,234", "98,5", "2023", "0258", "%", "/", "//", "-", "–", "(", ")", ":", ".", ";", ",",
    " ", "\n", "\t", "$", "\\geq", "\\%", "≤", ">=", "=", "“", "hồ sơ", "điểm", "đồng", "tỷ", "triệu", "nghìn", "ngày",
    "năm", "tháng", "quý", "từ", "đến", "trên", "dưới", "hơn", "gần", "trở lên", "so với", "giảm", "tăng", "thứ", "số",
    "không", "chưa", "phát sinh", "nào", "hai", "mươi", "mốt", "mười", "trăm", "linh", "một", "mức độ", "Điều", "QĐ",
    "/QĐ-UBND", "UBND", "H32.", "13/6/2023", "07/19/2013", "III", "cán bộ, công chức", "\u00a0", "\u200b", "\u0301",
    "１", "²", "½", "<b>", "</p>", "www.", "ISO", "9001:2015",
]  # fmt: skip
RUBBLE = st.lists(st.sampled_from(PIECES), max_size=16).flatmap(
    lambda pieces: st.sampled_from([" ".join(pieces), "".join(pieces)])
)


@given(st.integers(0, 10**9), st.sampled_from(sorted(UNITS)))
def test_a_count_reads_back(count: int, unit: str) -> None:
    (figure,) = parse_figures(f"đã giải quyết {count:,} {unit}".replace(",", ".", f"{count:,}".count(",")))
    assert (figure.value, figure.unit, figure.comparator) == (count, UNITS[unit], "=")


@given(st.decimals(0, 100, places=2), st.sampled_from(["dưới", "không quá", "trên", "ít nhất", "gần", ""]))
def test_a_rate_reads_back_with_its_comparator(rate: Decimal, words: str) -> None:
    (figure,) = parse_figures(f"tỷ lệ {words} {rate}%".replace(".", ","))
    expected = {"dưới": "<", "không quá": "<=", "trên": ">", "ít nhất": ">=", "gần": "~<", "": "="}[words]
    assert (str(figure.value), figure.unit, figure.comparator) == (str(rate), "%", expected)


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.sampled_from(["/", " / ", "/ "]))
def test_a_ratio_reads_back(part: int, whole: int, slash: str) -> None:
    figures = parse_figures(f"đúng hạn {part}{slash}{whole} hồ sơ, đạt")
    assert [written(figure) for figure in figures] == [
        f"= {part} hồ sơ (numerator)",
        f"= {whole} hồ sơ (denominator)",
    ]


@given(st.integers(0, 9999), st.integers(1, 9999))
def test_counts_in_brackets_after_a_rate_are_a_ratio(part: int, whole: int) -> None:
    figures = parse_figures(f"{part} hồ sơ đạt 54% ({part}/{whole})")
    assert [figure.role for figure in figures] == ["", "", "numerator", "denominator"]
    assert [figure.value for figure in figures[2:]] == [part, whole]


@given(
    st.integers(1, 9999),
    st.sampled_from(["QĐ-UBND", "KH-UBND", "BC-VP", "TTr-SNV", "NQ-CP", "UBND-KSTT", "TTVPCP"]),
    st.dates().map(lambda day: f"{day.day}/{day.month}/{day.year:04}"),
    st.sampled_from(["/", " /", "//", "/2023/"]),
)
def test_no_digit_of_a_cited_document_is_a_figure(number: int, code: str, day: str, slash: str) -> None:
    text = f"Căn cứ Quyết định số {number:02}{slash}{code} ngày {day}, đã giải quyết 12 hồ sơ"
    assert [written(figure) for figure in parse_figures(text)] == ["= 12 hồ sơ"]


@given(RUBBLE)
def test_figures_stand_in_order_and_never_overlap(text: str) -> None:
    figures = parse_figures(text)
    assert all(text[figure.start : figure.end] == figure.text != "" for figure in figures)
    assert all(before.end <= after.start for before, after in pairwise(figures))


@given(RUBBLE)
def test_a_figure_has_a_value_or_readings(text: str) -> None:
    for figure in parse_figures(text):
        assert (figure.value is None) == (len(figure.readings) == 2)
        assert figure.comparator in COMPARATORS
        assert figure.role in {"", "numerator", "denominator"}
        assert figure.value is None or figure.value.is_finite()


@given(st.text(max_size=60), st.text(max_size=10))
def test_no_text_raises(text: str, unit: str) -> None:
    parse_figures(text, unit)


@pytest.mark.parametrize(
    "spell", [lambda text: unicodedata.normalize("NFD", text), lambda text: text.replace(" ", "\u00a0")]
)
def test_decomposed_letters_and_hard_blanks_read_the_same(spell: Any) -> None:
    for text in [phrase["text"] for phrase in PHRASES] + [param.values[0] for param in OWN]:
        assert [written(figure) for figure in parse_figures(spell(str(text)))] == [
            written(figure) for figure in parse_figures(str(text))
        ]


# --- size -------------------------------------------------------------------------------------------------

REPEATED = [
    "1", "1 ", "1/", "12/", "/", " ", "1.", "1,", "-1 ", "1 hồ sơ ", "1,5 ", "không ", "tỷ ", "1 tỷ ", "1\t", "\n",
    "(1) ", "123 ", "mười ", "1 - ", "mức độ 3, ", "12/QĐ-", "tháng 1 ", "từ 1/1 đến ", "0258 ", "a\u0301\u0323",
    "www.", "là 5 là ",
]  # fmt: skip


def work(text: str) -> int:
    """Count the calls that reading a text takes."""
    calls = 0

    def count(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        parse_figures(text)
    finally:
        sys.setprofile(before)
    return calls


@pytest.mark.parametrize("piece", REPEATED)
def test_twice_the_text_is_twice_the_work(piece: str) -> None:
    parse_figures(piece * 20)  # patterns and tables are made on first use
    assert work(piece * 800) <= 2.2 * work(piece * 400) + 100


@pytest.mark.parametrize("piece", ["1", " ", "/", "1/", "1.", "- ", "(", "12/QĐ-", "\u0301", "0258 ", "<p "])
def test_a_long_paragraph_of_nothing_is_read_through(piece: str) -> None:
    """A pattern that backtracks would not come back from this."""
    assert parse_figures(piece * (200_000 // len(piece))) == ()


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("giải ngân 1.250/2.500 triệu đồng", ["1250000000", "2500000000"]),
        ("từ 2 - 3 triệu đồng", ["2000000", "3000000"]),
        ("500 triệu đồng/1,2 tỷ đồng", ["500000000", "1200000000"]),
        ("giải quyết 1 540/1 587 hồ sơ", ["1540", "1587"]),
        ("Phường 3 540/1 587 hồ sơ", ["540", "1587"]),
    ],
)
def test_both_sides_of_a_pair_are_of_one_size(text, values):
    assert [str(figure.value) for figure in parse_figures(text)] == values
