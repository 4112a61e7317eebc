"""The user's settings of xlwings: ours is found whatever the file looks like, and the others stay as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.excel.office.xlwings_conf import INTERPRETER_NAME, is_text, setting, with_setting

OURS = rb'"INTERPRETER_WIN","%LOCALAPPDATA%\cchc_calc\Scripts\pythonw.exe"' + b"\r\n"
VALUE = r"%LOCALAPPDATA%\cchc_calc\Scripts\pythonw.exe"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(b"", OURS, id="no file"),
        pytest.param(OURS, OURS, id="already there"),
        pytest.param(b'"INTERPRETER_WIN","C:\\Python\\pythonw.exe"\r\n', OURS, id="another Python"),
        pytest.param(b'"interpreter_win","python"\r\n', OURS, id="names have no case"),
        pytest.param(b"INTERPRETER_WIN,python\r\n", OURS, id="without quotes"),
        pytest.param(b'"INTERPRETER_WIN","a"\r\n"INTERPRETER_WIN","b"\r\n', OURS, id="twice"),
        pytest.param(b'"CONDA ENV","base"\r\n', OURS + b'"CONDA ENV","base"\r\n', id="other settings stay"),
        pytest.param(b'"CONDA ENV","base"', OURS + b'"CONDA ENV","base"', id="last line without an end"),
        pytest.param(b'"CONDA ENV","base"\n"X","1"\n', OURS + b'"CONDA ENV","base"\n"X","1"\n', id="ends by LF"),
        pytest.param(b'"INTERPRETER","python"\r\n', OURS + b'"INTERPRETER","python"\r\n', id="the old name"),
        pytest.param(b'"INTERPRETER_MAC","p"\r\n', OURS + b'"INTERPRETER_MAC","p"\r\n', id="the Mac's"),
        pytest.param(b'\xef\xbb\xbf"INTERPRETER_WIN","a"\r\n', OURS, id="BOM before ours"),
        pytest.param(b'\xef\xbb\xbf"X","1"\r\n', OURS + b'"X","1"\r\n', id="BOM before another"),
        pytest.param(b'"X","\xea\xf5"\r\n', OURS + b'"X","\xea\xf5"\r\n', id="letters of a code page"),
        pytest.param(b'\r\n"X","1"\r\n', OURS + b'\r\n"X","1"\r\n', id="an empty line"),
    ],
)
def test_ours_goes_before_the_others(before, after):
    assert with_setting(before, INTERPRETER_NAME, VALUE, "cp1252") == after
    assert setting(after, INTERPRETER_NAME, "cp1252") == VALUE


@pytest.mark.parametrize(
    ("content", "value"),
    [
        (b"", ""),
        (b'"CONDA ENV","base"\r\n', ""),
        (b'"INTERPRETER_WIN","a"\r\n"INTERPRETER_WIN","b"\r\n', "a"),
        (b'"INTERPRETER_WIN","C:\\T\xe0i\\pythonw.exe"\r\n', "C:\\Tài\\pythonw.exe"),
        (b'"INTERPRETER_WIN"\r\n', ""),
    ],
)
def test_a_setting_is_read_as_xlwings_reads_it(content, value):
    assert setting(content, INTERPRETER_NAME, "cp1252") == value


def test_a_value_that_the_code_page_cannot_hold_is_refused():
    with pytest.raises(UnicodeEncodeError):
        with_setting(b"", INTERPRETER_NAME, "C:\\Nguyễn\\pythonw.exe", "cp1252")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_unicode_files_are_known(encoding):
    assert not is_text('"CONDA ENV","base"'.encode(encoding))


NAMES = st.sampled_from(["INTERPRETER_WIN", "interpreter_win", "CONDA ENV", "PYTHONPATH", "UDF MODULES", "LICENSE_KEY"])
VALUES = st.text(st.characters(codec="cp1252", exclude_characters='"\0\r\n', exclude_categories=["Cc"]))
ENDS = st.sampled_from([b"\r\n", b"\n", b"\r"])
LINES = st.builds(lambda name, value, end: f'"{name}","{value}"'.encode("cp1252") + end, NAMES, VALUES, ENDS)
FILES = st.builds(lambda mark, lines: mark + b"".join(lines), st.sampled_from([b"", b"\xef\xbb\xbf"]), st.lists(LINES))
PATHS = st.text(st.characters(codec="cp1252", exclude_characters='",\0\r\n', exclude_categories=["Cc"])).map(str.strip)


@given(FILES, PATHS)
def test_twice_is_once(content, value):
    once = with_setting(content, INTERPRETER_NAME, value, "cp1252")
    assert with_setting(once, INTERPRETER_NAME, value, "cp1252") == once


@given(FILES, PATHS)
def test_the_others_stay_byte_for_byte_and_in_order(content, value):
    after = with_setting(content, INTERPRETER_NAME, value, "cp1252")
    others = [
        line
        for line in content.removeprefix(b"\xef\xbb\xbf").splitlines(keepends=True)
        if not line.lower().startswith(b'"interpreter_win"')
    ]
    first, *rest = after.splitlines(keepends=True)
    assert first == f'"INTERPRETER_WIN","{value}"\r\n'.encode("cp1252")
    assert rest == others


@given(FILES, PATHS)
def test_what_was_put_in_is_read_back(content, value):
    after = with_setting(content, INTERPRETER_NAME, value, "cp1252")
    assert setting(after, INTERPRETER_NAME, "cp1252") == value
