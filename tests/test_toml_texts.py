"""TOML that people write by hand: what is wrong is named with its line."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.toml_texts import TomlTextError, parse_toml


@pytest.mark.parametrize(
    ("text", "line"),
    [
        # Python names no place where a text breaks off at its very end.
        ('"Ngày nhận" =', 0),
        ('[headings]\n"Ngày nhận" "Ngày tiếp nhận"', 2),
        ('[headings]\n"Ngày nhận" = "Ngày tiếp nhận"\n\n[spellings\n', 4),
    ],
)
def test_the_line_is_named(text: str, line: int) -> None:
    with pytest.raises(TomlTextError) as raised:
        parse_toml(text)
    assert raised.value.line == line
    assert raised.value.where == (f"dòng {line}" if line else "")


@given(st.text())
def test_any_text_is_parsed_or_refused(text: str) -> None:
    with suppress(TomlTextError):
        assert isinstance(parse_toml(text), dict)
