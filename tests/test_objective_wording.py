"""What the words of objectives and results are about."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.objectives.records import Base
from cchc_calc.objectives.wording import (
    base_of,
    begins_clause,
    field_names,
    fields_in,
    plain_wording,
    quantity_of,
    without_filling,
)

CASES = tomllib.loads((Path(__file__).parent / "cases" / "objectives.toml").read_text(encoding="utf-8"))
QUANTITIES = [(text, case["key"]) for case in CASES["quantity"] for text in case["texts"]]
BASES = [(text, case["base"]) for case in CASES["base"] for text in case["texts"]]


@pytest.mark.parametrize(("text", "key"), QUANTITIES)
def test_what_is_measured_is_known_by_its_words(text, key):
    assert quantity_of(text) == key


@pytest.mark.parametrize(("text", "base"), BASES)
def test_the_dossiers_under_a_rate_are_known_by_the_words_of_the_whole(text, base):
    assert base_of(text) == (Base(base) if base else None)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Phần đầu 100% THCH", "phấn đấu 100% thủ tục hành chính"),
        ("đối với tục hành chính đủ điều kiện", "đối với thủ tục hành chính đủ điều kiện"),
        ("thủ tục hành chính", "thủ tục hành chính"),
        ("TTHC, DVC, PAKN", "thủ tục hành chính, dịch vụ công, phản ánh kiến nghị"),
        ("<i>Hô\u0300  sơ</i>", "hồ sơ"),
        ("ITTHC", "itthc"),
    ],
)
def test_abbreviations_and_slips_of_scanned_texts_are_written_out(text, plain):
    assert plain_wording(text) == plain


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("đất đai, môi trường", ("đất đai", "môi trường")),
        ("tài nguyên và môi trường", ("tài nguyên và môi trường",)),
        ("lao động - thương binh và xã hội", ("lao động - thương binh và xã hội",)),
        ("lao động thương binh và xã hội", ("lao động - thương binh và xã hội",)),
        ("LĐ-TB&XH và hộ tịch", ("lao động - thương binh và xã hội", "hộ tịch")),
        ("hộ tịch; đất đai; hộ tịch", ("hộ tịch", "đất đai")),
        ("người dân hài lòng", ()),
    ],
)
def test_fields_are_known_by_any_of_their_spellings(text, fields):
    assert fields_in(text) == fields


@pytest.mark.parametrize(
    ("before", "after", "begins"),
    [
        ("trong giải quyết TTHC ", " thủ tục hành chính được niêm yết", True),
        ("theo quy định ", " hồ sơ được số hóa", True),
        ("sử dụng hệ thống - ", " cán bộ sử dụng thư điện tử", True),
        ("Tiếp nhận và giải quyết ", " hồ sơ", False),
        ("Tỷ lệ niêm yết TTHC ", " theo quy định", False),
        ("Tỷ lệ niêm yết TTHC ", "", False),
        ("", " hồ sơ", False),
    ],
)
def test_a_rate_begins_a_clause_behind_the_end_of_one_and_before_what_it_counts(before, after, begins):
    assert begins_clause(before, after) is begins


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Phần đầu giải quyết đạt ", "giải quyết"),
        ("Đảm bảo ", ""),
        ("Mức độ hài lòng ở mức", "Mức độ hài lòng"),
        (" đơn thư khiếu nại, tố cáo.", "đơn thư khiếu nại, tố cáo"),
        ("Đạt và vượt", "vượt"),
    ],
)
def test_words_that_only_lead_to_a_figure_are_dropped(text, rest):
    assert without_filling(text) == rest


@given(st.lists(st.sampled_from(field_names()), min_size=1, max_size=6, unique=True), st.booleans())
def test_a_list_of_fields_is_read_back_whatever_stands_in_their_names(names, shouted):
    text = "; ".join(names)
    assert fields_in(text.upper() if shouted else text) == tuple(names)


@given(st.sampled_from(QUANTITIES), st.sampled_from(["", "  ", "\u200b"]), st.sampled_from(["", ".", " \n"]))
def test_blanks_and_capitals_do_not_change_what_is_measured(case, before, after):
    text, key = case
    assert quantity_of(f"{before}{text.upper()}{after}") == key


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text):
    assert isinstance(quantity_of(text), str)
    base_of(text)
    fields_in(text)
    assert without_filling(text) in text
