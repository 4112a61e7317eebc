"""What commands print of a file's texts: never markup, and nothing that steers the terminal or turns a line round."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.errors import SourceRefusedError
from cchc_calc.findings import make_finding
from cchc_calc.spelling import printable

STEERING = "\x1b]0;tên\x07\x1b[2J\x9b31m\u202e\u2066\r"


def unseen(text):
    return {sign for sign in text if unicodedata.category(sign) in {"Cc", "Cf", "Cs", "Co", "Cn"}} - {"\n", "\t"}


@pytest.fixture
def printer():
    from cchc_calc.console import Printer

    return Printer()


@pytest.mark.parametrize(
    "of",
    [
        lambda printer, text: printer.say(text),
        lambda printer, text: printer.note(text),
        lambda printer, text: printer.fail(text, text),
        lambda printer, text: printer.refuse(SourceRefusedError(text, "F00", text, text)),
        lambda printer, text: printer.findings([make_finding("dossiers_unit_unknown", text, remedy=text)]),
    ],
    ids=["a sentence", "a note", "a failure", "a refusal", "a finding"],
)
def test_a_text_of_a_file_steers_no_terminal(printer, capsys, of):
    of(printer, f"UBND phường [bold]1[/] {STEERING}")
    captured = capsys.readouterr()
    printed = captured.out + captured.err
    assert "UBND phường [bold]1[/] �" in printed
    assert not unseen(printed)


def test_a_table_of_dossiers_steers_no_terminal(run, tmp_path):
    unit = "\x1b[2J\u202e"
    lines = [
        f"Mã hồ sơ;Đơn vị;Ngày tiếp nhận;Ngày hẹn trả;Ngày có kết quả;Cột {unit}",
        f"1;UBND phường {unit};13/06/2023;20/06/2023;19/06/2023;",
        f"2{unit};UBND phường {unit};13/16/2023 {unit};20/06/2023;19/06/2023;",
    ]
    (tmp_path / "ho-so.csv").write_text("\n".join(lines), encoding="utf-8")
    code, printed = run("tally", "ho-so.csv", "-o", "bieu-mau.xlsx")
    assert code == 0
    assert "Đơn vị: UBND phường �" in printed
    assert not unseen(printed)


@given(st.text())
def test_what_is_printed_can_be_seen(text):
    shown = printable(text)
    assert not unseen(shown)
    assert len(shown) == len(text)
    assert printable(shown) == shown
