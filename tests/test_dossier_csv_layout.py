"""Csv exports of every make: encodings, marks between cells, titles above, quotations, and rows that are broken."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from exported_dossiers import ENCODINGS, HEADINGS, ROWS, csv_text, read, rows_read, windows_1258, written
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_calc.csv_tables import DELIMITERS
from cchc_calc.dossiers.files.csv_records import LONGEST_LINE, records
from cchc_calc.dossiers.files.line_ends import has_lone_returns
from cchc_calc.errors import SourceRefusedError

CODES = sorted(row[0] for row in ROWS)
ROW = ";".join(ROWS[0])
HEAD = ";".join(HEADINGS)
BROKEN_HEAD = HEAD.replace("Ngày tiếp nhận", '"Ngày\ntiếp nhận"')
QUOTED_HEAD = HEAD.replace("Đơn vị", '"Đơn vị"')
NEXT = ROW.replace("00123", "H32-9")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", DELIMITERS)
def test_an_encoding_and_a_mark(tmp_path, encoding, delimiter):
    text = csv_text(delimiter=delimiter, ending="\r\n" if delimiter in ";," else "\n")
    first, second, third = rows_read(written(tmp_path, ENCODINGS[encoding](text)))
    assert [first["code"], second["code"], third["code"]] == CODES
    assert (first["unit"], first["field"], first["channel"]) == ("UBND phường Phương Sơn", "Đất đai", "online")
    assert (second["field"], second["finished"], second["channel"]) == ("Hộ tịch; chứng thực", None, "direct")
    assert (third["unit"], third["field"]) == ('UBND xã "Vĩnh Phương"', "Bảo trợ, xã hội")
    assert f"{first['received']} {third['received']}" == "2023-06-13 08:30:00 2023-06-15 16:05:10"


TEXTS = {
    # text -> codes, broken rows
    "line breaks of old": (f"{HEAD}\r{ROW}\r{NEXT}\r", ["00123", "H32-9"], 0),
    "no line break at the end": (f"{HEAD}\n{ROW}", ["00123"], 0),
    "blank lines": (f"\n\n{HEAD}\n\n{ROW}\n\n\n", ["00123"], 0),
    "rows of blank cells": (f"{HEAD}\n;;;;;;\n{ROW}\n;;\n   \n", ["00123"], 0),
    "titles above": (f"UBND THÀNH PHỐ\nBẢNG HỒ SƠ; quý III\n;;;\n{HEAD}\n{ROW}\n", ["00123"], 0),
    "a title that is a heading": (f"Đơn vị;UBND phường\n{HEAD}\n{ROW}\n", ["00123"], 0),
    "a title with commas": (
        f"Từ ngày 13/06, đến ngày 12/09, năm 2023, tất cả, các, đơn, vị\n{HEAD}\n{ROW}\n",
        ["00123"],
        0,
    ),
    "lines that end otherwise above the headings": (f"UBND XÃ\n\n{HEAD}\r\n{ROW}\r\n{NEXT}\r\n", ["00123", "H32-9"], 0),
    "headings that end otherwise": (f"UBND XÃ\r\n{HEAD}\n{ROW}\r\n{NEXT}\r\n", ["00123", "H32-9"], 0),
    "rows that end otherwise": (f"{HEAD}\r\n{ROW}\n{NEXT}\r\n", ["00123", "H32-9"], 0),
    "a title over two lines": (f'"BẢNG\nHỒ SƠ"\n{HEAD}\n{ROW}\n', ["00123"], 0),
    "a heading over two lines": (f"{BROKEN_HEAD}\n{ROW}\n", ["00123"], 0),
    "the mark named": (f"sep=;\n{HEAD}\n{ROW}\n", ["00123"], 0),
    "few cells": (f"{HEAD}\n{ROW}\nH32-9;UBND xã A;;13/06/2023\n", ["00123", "H32-9"], 0),
    "blank cells too many": (f"{HEAD}\n{ROW};;;\n", ["00123"], 0),
    "a cell too many": (f"{HEAD}\n{ROW};x\n{NEXT}\n", ["H32-9"], 1),
    "headings again": (f"{HEAD}\n{ROW}\n{HEAD}\n{NEXT}\n", ["00123", "H32-9"], 0),
    "headings again in quotation marks": (
        f'{HEAD}\n{ROW}\n{QUOTED_HEAD}\n"H32-9"{ROW[5:]}\n',
        ["00123", "H32-9"],
        0,
    ),
    "a quotation over two lines": (f'{HEAD}\nH32-1;"UBND xã\nA";x;13/06/2023;;\nH32-2;UBND\n', ["H32-1", "H32-2"], 0),
    "a quotation with the mark": (f'{HEAD}\n"H32;1";"UBND ""A""";;13/06/2023;;\n', ["H32;1"], 0),
    "a quotation never closed": (f'{HEAD}\n{ROW}\n"H32-2;UBND\n{NEXT}\n', ["00123", "H32-9"], 1),
    "a letter after a quotation": (f'{HEAD}\nH32-1;"UBND" xã;x\n{ROW}\n', ["00123"], 1),
    "marks inside a cell": (f'{HEAD}\nH32-1;xã "A";x;13/06/2023\n{ROW}\n', ["00123", "H32-1"], 0),
    "two kinds of line breaks": (f"{HEAD}\r\n{ROW}\n{NEXT}\r\n", ["00123", "H32-9"], 0),
    "a line break of old": (f"{HEAD}\n{ROW}\r{NEXT}\n", ["00123", "H32-9"], 0),
    "the number zero as a letter": (f"{HEAD}\n{ROW}\n\0\0\0\0\n", ["\0\0\0\0", "00123"], 0),
    "a formula": (f"{HEAD}\n=cmd|'/c calc'!A0;UBND;x;13/06/2023\n", ["=cmd|'/c calc'!A0"], 0),
    "the word null": (f"{HEAD}\nNULL;UBND;NaN;13/06/2023\n", ["NULL"], 0),
    "a long row": (f"{HEAD}\n{'x' * 10_000_000};UBND\n{ROW}\n", ["00123"], 1),
    "only headings": (f"{HEAD}\n", [], 0),
    "only headings, and no line break": (HEAD, [], 0),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text(tmp_path, name):
    text, codes, broken = TEXTS[name]
    found = read(written(tmp_path, text))
    assert (found.codes, found.broken) == (codes, broken)
    assert found.used + found.refused == len(codes)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("name", ["titles above", "a quotation over two lines", "a cell too many", "headings again"])
def test_a_text_in_an_encoding(tmp_path, name, encoding):
    text, codes, broken = TEXTS[name]
    found = read(written(tmp_path, ENCODINGS[encoding](text)))
    assert (found.codes, found.broken) == (codes, broken)


def test_letters_of_no_encoding_lose_no_row(tmp_path):
    data = f"{HEAD}\n{ROW}\n".encode() + b"H32-9;ph\xff\xfe;x;13/06/2023\n"
    assert read(written(tmp_path, data)).codes == ["00123", "H32-9"]


def test_windows_1258_far_below_is_not_taken_for_utf_8(tmp_path):
    text = csv_text([ROWS[0]] * 9)
    assert {row["unit"] for row in rows_read(written(tmp_path, windows_1258(text)))} == {ROWS[0][1]}


REFUSED = {
    # data -> code, words
    "empty": (b"", "F05", "0 byte"),
    "only line breaks": (b"\n\n\n", "F05", "không có ô nào"),
    "zeros": (b"\0" * 1000, "F05", "không có ô nào"),
    "a program": (b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff", "F04", "tệp chương trình"),
    "a PDF": (b"%PDF-1.7 \xe2\xe3\xcf\xd3", "F04", "tệp PDF"),
    "a document in RTF": ("{\\rtf1 H\\u7891?}", "F04", "tệp RTF"),
    "a web page": ("<html><table><tr><td>Mã hồ sơ</td></tr></table></html>", "F04", "HTML"),
    "a column missing": ("Mã hồ sơ;Đơn vị;Lĩnh vực\n1;2;3\n", "S23", "Ngày tiếp nhận"),
    "a double column": (f"{HEAD};Mã hồ sơ\n{ROW};1\n", "S24", "Mã hồ sơ"),
    "no headings": (f"{ROW}\n{ROW}\n", "S23", "Mã hồ sơ"),
    "too many columns": (f"{HEAD};{';'.join(map(str, range(10_000)))}\n", "F02", "10007 cột"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_export_is_refused(tmp_path, name):
    data, code, words = REFUSED[name]
    with pytest.raises(SourceRefusedError) as refused:
        read(written(tmp_path, data))
    assert refused.value.code == code
    assert words in refused.value.message
    assert refused.value.source == "hồ sơ.csv"
    assert refused.value.remedy


def test_a_million_broken_rows_are_counted(tmp_path):
    text = f"{HEAD}\n" + "1;2;3;4;5;6;7;8\n" * 300_000 + f"{ROW}\n"
    found = read(written(tmp_path, text))
    assert (found.codes, found.broken) == (["00123"], 300_000)


@pytest.mark.parametrize("rows", [10, 30_000])
@pytest.mark.parametrize(("between", "more"), [("\r", 1), ("\n", 1), ("", 0)])
def test_lines_that_end_otherwise_far_below(tmp_path, rows, between, more):
    row = ROW + ";" * 80
    text = csv_text([]).replace("\n", "\r\n") + f"{row}\r\n" * rows + f"{row}{between}{row}\r\n" * more
    path = Path(written(tmp_path, text))
    assert has_lone_returns(path, text[:200]) == (between == "\r" and rows > 10)
    found = read(str(path))
    assert (found.used + found.refused, found.broken) == (rows + 2 * more, 0)


def test_a_line_end_between_two_blocks_is_one(tmp_path, monkeypatch):
    monkeypatch.setattr("cchc_calc.dossiers.files.line_ends._CUT_BY_THREADS", 0)
    monkeypatch.setattr("cchc_calc.dossiers.files.line_ends._BLOCK", 3)
    for text, lone in (
        ("ab\r\n\ncd\r\n", False),
        ("ab\r\n\rcd\r\n", True),
        ("\r\n" * 9, False),
        ("\r\n" * 9 + "\r", True),
    ):
        assert has_lone_returns(Path(written(tmp_path, text)), "ab\r\n") == lone


CELLS = st.text(
    st.sampled_from([*"aàđ09 ;,|\t\"'=#\\\n"]),
    max_size=8,
).map(str.strip)


@settings(max_examples=20)
@given(
    rows=st.lists(st.tuples(st.text("abđ\";,\n'", min_size=1, max_size=9), CELLS, CELLS), min_size=1, max_size=20),
    delimiter=st.sampled_from([*DELIMITERS]),
    encoding=st.sampled_from([*ENCODINGS]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    ending=st.sampled_from(["\n", "\r\n"]),
)
def test_written_rows_come_back(tmp_path_factory, rows, delimiter, encoding, quoting, ending):
    made = [
        (f"H{place}{code}x", unit, of_field, "13/06/2023", "", "", "")
        for place, (code, unit, of_field) in enumerate(rows)
    ]
    text = csv_text(made, delimiter=delimiter, quoting=quoting, ending=ending)
    path = written(tmp_path_factory.mktemp("csv"), ENCODINGS[encoding](text))
    found = rows_read(path)
    expected = sorted((code, unit or None, of_field or None) for code, unit, of_field, *_ in made)
    assert sorted((row["code"], row["unit"] or None, row["field"] or None) for row in found) == expected


@given(st.lists(st.text('ab;"\n\0', max_size=12), max_size=12))
def test_every_line_is_in_one_row(lines):
    made = [f"{line.replace(chr(10), '')}\n" for line in lines]
    found = [record.line for record in records(made, ";")]
    assert found == sorted(set(found))
    assert all(1 <= line <= len(made) for line in found)
    broken = sum(record.cells is None for record in records(made, ";"))
    assert broken <= len(made)


def test_a_broken_row_costs_itself_alone():
    lines = ["a;b\n", '"x;1\n', "c;d\n", 'e;"f\n', 'g"\n', '"' + "y" * LONGEST_LINE + "\n", "h;i\n"]
    assert [record.cells for record in records(lines, ";")] == [
        ["a", "b"], None, ["c", "d"], ["e", "f\ng"], None, ["h", "i"],
    ]  # fmt: skip
