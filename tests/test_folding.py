"""Text folded for searching, and the way back to the original."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.folding import fold

MARKED = st.text(alphabet=st.sampled_from("aăâđeêôơưiyAĐ \u00a0\u2009\u200b\u00ad\u0301\u0323\u0302\u031b\n\t<b>*/İß"))


@pytest.mark.parametrize(
    ("text", "cased"),
    [
        ("Hồ\u00a0sơ\u2009đã", "Hồ sơ đã"),
        ("Hồ\u200b sơ\ufeff", "Hồ sơ"),
        (unicodedata.normalize("NFD", "Hồ sơ"), "Hồ sơ"),
        ("<i>05</i> hồ sơ", "   05     hồ sơ"),
        ("<p>05</p>", "\n  05\n   "),
        ("**05** hồ sơ", "  05   hồ sơ"),
        ("9001\u20112015", "9001-2015"),
        ("a\r\nb", "a\n\nb"),
        ("a < b và c > d", "a < b và c > d"),
    ],
)
def test_folds(text: str, cased: str) -> None:
    assert fold(text).cased == cased


@given(MARKED)
def test_both_spellings_have_one_length_and_every_letter_a_place(text: str) -> None:
    folded = fold(text)
    assert len(folded.cased) == len(folded.lower)
    places = [folded.original_span(place, place + 1) for place in range(len(folded.cased))]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert places == sorted(places)


@given(MARKED)
def test_decomposed_text_folds_the_same(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert fold(unicodedata.normalize("NFD", composed)).lower == fold(composed).lower


@given(st.text(max_size=50))
def test_any_text_folds(text: str) -> None:
    folded = fold(text)
    assert folded.original_span(0, len(folded.cased))[1] <= len(text)
