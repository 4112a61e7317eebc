"""The consolidated workbook as a file: what stands in its cells, what it says of the units, and what it never holds."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from filled_workbooks import open_book
from made_consolidations import random_consolidation, random_units
from made_submissions import read_values as figures
from made_submissions import submitted
from spreadsheet import read_values, to_pdf

from cchc_calc.consolidation.consolidating import consolidate
from cchc_calc.consolidation.register import Register, Unit
from cchc_calc.errors import FormError
from cchc_calc.excel.consolidation import list_sheet, unit_layout
from cchc_calc.excel.consolidation.example import constructed_example
from cchc_calc.excel.consolidation.headings import CODE_NAMES
from cchc_calc.excel.consolidation.total_grid import Side, TotalGrid
from cchc_calc.excel.consolidation.unit_layout import UnitLayout
from cchc_calc.excel.consolidation.workbook import write_consolidation
from cchc_calc.form_files import load_form

FORM = load_form("thong-ke-cchc", "2023")
GRID = TotalGrid(FORM)
SHEETS = [
    "Tổng hợp",
    "Số liệu đơn vị",
    "Xếp hạng",
    "Tình hình nộp",
    "So kỳ trước",
    "Bất thường",
    "Trả lại",
    "Tổng quan",
    "Kê khai",
    "Hướng dẫn",
]
NOTE = "Ví dụ dựng: không phải số thật."

SCRIPT = """
from pathlib import Path
from cchc_calc.excel.consolidation.example import write_example
write_example(Path("ra.xlsm"))
"""


def written(folder, consolidation, name="tong-hop.xlsx", **details):
    path = folder / name
    write_consolidation(path, consolidation, **details)
    return path


def texts(cells):
    return [value for value in cells.values() if isinstance(value, str)]


def lines_of(cells):
    """The lines of a sheet as lists of their values, without empty cells."""
    lines = {}
    for address, value in cells.items():
        lines.setdefault(int("".join(filter(str.isdigit, address))), []).append(value)
    return [lines[line] for line in sorted(lines)]


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """The values of the workbook of the example, by sheets."""
    folder = tmp_path_factory.mktemp("example")
    command = ("cchc", "consolidate", "thư mục", "-o", "tong-hop.xlsx")
    return read_values(
        written(folder, constructed_example(), unit="UBND thành phố Nha Trang", note=NOTE, command=command)
    )


TOTALS = {
    "a sum": ({"3.4.3.a": [3, 4, ""]}, "3.4.3.a", 7),
    "a sum of decimals": ({"6.1.a": ["0,1", "0,2", "0,3"]}, "6.1.a", 0.6),
    "a sum without a unit that is undecided": ({"3.4.3.a": [3, "KXĐ"]}, "3.4.3.a", 3),
    "a reported nothing is 0": ({"3.4.3.a": ["Không phát sinh"]}, "3.4.3.a", 0),
    "nobody reported": ({"3.4.3.a": ["", ""]}, "3.4.3.a", None),
    "a rate of all": ({"3.4.3.b": [50, 1], "3.4.3.c": [50, 0]}, "3.4.3", 50 / 51),
    "a rate of those that report both": ({"3.4.3.b": [4, 9], "3.4.3.c": [1, ""]}, "3.4.3", 0.25),
    "a rate without a contradiction": ({"3.4.3.b": [4, 9], "3.4.3.c": [1, 10]}, "3.4.3", 0.25),
    "nothing arose": ({"3.4.3.b": [0], "3.4.3.c": [0]}, "3.4.3", "Không phát sinh"),
    "what most report": ({"3.1.2": [5, 5, 6]}, "3.1.2", 5),
    "no majority": ({"3.1.2": [5, 6]}, "3.1.2", "KXĐ"),
    "things counted twice": ({"7.7.1.c": [3, 4], "7.7.1.b": [36, 36], "7.7.1.a": [40, 40]}, "7.7.1.c", "KXĐ"),
    "things of one unit alone": ({"7.7.1.c": [3, 0], "7.7.1.b": [36, 36], "7.7.1.a": [40, 40]}, "7.7.1.c", 3),
    "units that say yes": ({"1.6": [1, 0, 1]}, "1.6", 2),
    "units by their choice": ({"1.6.b": [1, 0, 1]}, "1.6.b", "Trực tuyến: 1; Phát phiếu: 2"),
    "a sum of totals": ({"2.1.3.a": [1, 2], "2.1.3.b": ["", 4]}, "2.1", 7),
}


@pytest.mark.parametrize(("columns", "address", "expected"), TOTALS.values(), ids=TOTALS)
@pytest.mark.parametrize("most", [256, 0], ids=["columns", "lines"])
def test_the_total_of_a_row(columns, address, expected, most, tmp_path, monkeypatch):
    monkeypatch.setattr(unit_layout, "MOST_COLUMNS", most)
    units = zip(*columns.values(), strict=True)
    sent = [
        submitted(f"UBND phường {number}", figures(dict(zip(columns, unit, strict=True))))
        for number, unit in enumerate(units, start=1)
    ]
    path = written(tmp_path, consolidate(sent))
    assert read_values(path)["Tổng hợp"].get(GRID.value(address)) == expected
    assert str(open_book(path)["Tổng hợp"][GRID.value(address)].value).startswith("=")


def test_the_mean_of_rates_stands_beside_and_is_said_to_be_wrong(tmp_path):
    sent = [submitted("Phường 1", {"3.4.3.b": 50, "3.4.3.c": 50}), submitted("Phường 2", {"3.4.3.b": 1, "3.4.3.c": 0})]
    cells = read_values(written(tmp_path, consolidate(sent)))["Tổng hợp"]
    assert cells[GRID.side("3.4.3", Side.MEAN)] == 0.5
    assert (cells[GRID.side("3.4.3", Side.NUMERATOR)], cells[GRID.side("3.4.3", Side.DENOMINATOR)]) == (50, 51)
    assert "SAI" in cells["O6"]


def test_a_unit_that_is_missing_leaves_no_place_to_sign(example, tmp_path):
    missing = "CHƯA ĐỦ ĐƠN VỊ: thiếu 2/8 đơn vị, chưa dùng để ký, gửi"
    assert f"{missing}\n{NOTE}" in example["Tổng hợp"].values()
    assert "NGƯỜI LẬP BIỂU" not in example["Tổng hợp"].values()
    whole = read_values(written(tmp_path, consolidate([submitted("Phường 1", {"1.1": 3})])))
    assert "NGƯỜI LẬP BIỂU" in whole["Tổng hợp"].values()
    assert not any("thiếu" in text for text in texts(whole["Tổng hợp"]))


def test_what_every_sheet_has_to_say(example):
    for sheet in SHEETS[:-1]:
        said = " ".join(texts(example[sheet]))
        assert NOTE in said, sheet
        assert "thiếu 2/8 đơn vị" in said, sheet
        assert "UBND thành phố Nha Trang" in said or sheet == "Tổng hợp", sheet
    assert "CẢI CÁCH HÀNH CHÍNH TẠI UBND THÀNH PHỐ NHA TRANG" in example["Tổng hợp"].values()


def test_a_derived_edition_is_marked(tmp_path):
    form = load_form("thong-ke-cchc", "2025")
    values = read_values(written(tmp_path, random_consolidation(1, 2, form)))
    for sheet in SHEETS:
        assert any(form.mark in text for text in texts(values[sheet])), sheet


def test_how_the_units_stand(example):
    lines = {line[2]: line for line in lines_of(example["Tình hình nộp"]) if isinstance(line[0], int)}
    statuses = {unit.removeprefix("Phường "): line[3] for unit, line in lines.items()}
    assert statuses == {
        "Vĩnh Hòa": "Đã nộp",
        "Vĩnh Hải": "Đã nộp",
        "Vĩnh Phước": "Đã nộp",
        "Phương Sài": "Đã nộp",
        "Phương Sơn": "Nộp muộn",
        "Phước Hải": "Đã nộp, không rõ ngày",
        "Lộc Thọ": "Phải nộp lại",
        "Phước Long": "Chưa nộp",
    }
    issued, due, *rest = lines["Phường Vĩnh Hòa"][4:]
    assert (issued.date(), due.date()) == (date(2023, 9, 13), date(2023, 9, 20))
    assert rest == [68, 70, 68 / 70, 0, 0, "22327.xlsx"]
    counted = {line[0]: line[1] for line in lines_of(example["Tổng quan"]) if line[0] in statuses.values()}
    assert counted == Counter(statuses.values())


def test_equal_rates_share_a_rank(tmp_path):
    pairs = [(1, 2), (2, 4), (1, 4), (0, 0), (5, 4), (3, 3)]
    sent = [submitted(f"Phường {n}", {"3.4.3.c": part, "3.4.3.b": whole}) for n, (part, whole) in enumerate(pairs)]
    cells = read_values(written(tmp_path, consolidate(sent)))["Xếp hạng"]
    at = next(address for address, value in cells.items() if value == "Hạng 3.4.3")
    column, line = at[0], int(at[1:])
    before = chr(ord(column) - 1)
    found = [(cells.get(f"{before}{line + n}"), cells.get(f"{column}{line + n}")) for n in range(1, 7)]
    assert found == [(0.5, 2), (0.5, 2), (0.25, 4), ("Không phát sinh", None), ("KXĐ", None), (1, 1)]


def test_units_of_one_name_in_two_districts(tmp_path):
    units = [Unit("1", "Quận 1", "district"), Unit("2", "Quận 2", "district")]
    units += [Unit(code, "Phường 3", "commune", code[0]) for code in ("11", "21")]
    sent = [submitted(code, {"3.4.3.b": 4, "3.4.3.c": part}) for code, part in (("11", 1), ("21", 3))]
    cells = read_values(written(tmp_path, consolidate(sent, register=Register(tuple(units)))))["Xếp hạng"]
    ranked = {line[1]: line[3:] for line in lines_of(cells) if line[0] in (1, 2)}
    assert {code: [cell for cell in rest if not isinstance(cell, str)] for code, rest in ranked.items()} == {
        "11": [0.25, 2],
        "21": [0.75, 1],
    }


def test_what_goes_back_has_a_line_for_each_fault(example):
    lines = [line[1:] for line in lines_of(example["Trả lại"]) if isinstance(line[0], int)]
    assert [(line[0], line[2], line[3]) for line in lines] == [
        ("Phường Lộc Thọ", "Không", "X01"),
        ("Phường Phương Sài", "Có", "V03"),
    ]
    assert lines[1][4] == "3.4.3.b, 3.4.3.c"


def test_what_changed_since_the_period_before(example):
    lines = {line[0]: line[1:] for line in lines_of(example["So kỳ trước"])}
    assert lines["1.1"][1:6] == [81, 72, "-9", 8, 6]
    assert "3.1.4.b" not in lines


def test_what_is_odd_links_to_its_row(tmp_path):
    path = written(tmp_path, constructed_example())
    sheet = open_book(path)["Bất thường"]
    links = {cell.value: cell.hyperlink.location for line in sheet.iter_rows() for cell in line if cell.hyperlink}
    assert links["3.4.3.a, …"] == f"'Tổng hợp'!{GRID.value('3.4.3.a')}"


def test_the_manifest_names_files_hashes_and_seals(example):
    done, cells = constructed_example(), texts(example["Kê khai"])
    for unit in done.units:
        assert {unit.unit, unit.source, unit.sha256, unit.seal} <= set(cells)
    assert "không được tính, mã X01" in cells
    assert "cchc consolidate thư mục -o tong-hop.xlsx" in cells
    assert "cchc_calc" in " ".join(cells)


def test_sheets_without_lines_say_so(tmp_path):
    values = read_values(written(tmp_path, consolidate([submitted("Phường 1", {"1.1": 3})])))
    assert any(text.startswith("Không có báo cáo kỳ trước để so") for text in texts(values["So kỳ trước"]))
    assert "Không có gì phải trả lại." in values["Trả lại"].values()
    assert list(values) == SHEETS


def test_no_unit_counts(tmp_path):
    """All files were refused: the form is empty, and what goes back is listed."""
    sent = [submitted("Phường 1", {"1.1": number}, source=f"{number}.xlsx") for number in (1, 2)]
    values = read_values(written(tmp_path, consolidate(sent)))
    assert values["Tổng hợp"].get(GRID.value("1.1")) is None
    assert len([line for line in lines_of(values["Trả lại"]) if "X02" in line]) == 2


def test_every_unit_cell_shows_what_the_form_shows(tmp_path, monkeypatch):
    sent = [
        submitted(f"Phường {n}", figures({"3.4.3.b": whole, "3.4.3.c": part, "6.1.a": "12,50"}))
        for n, (part, whole) in enumerate([(1, 4), ("", 4), (5, 4), (0, 0)])
    ]
    for most in (256, 0):
        monkeypatch.setattr(unit_layout, "MOST_COLUMNS", most)
        cells = open_book(written(tmp_path, consolidate(sent)))["Số liệu đơn vị"]
        layout = UnitLayout(FORM, len(sent))
        found = [
            [_cell(cells, layout, address, unit) for address in ("3.4.3", "3.4.3.c", "3.4.3.a")] for unit in range(4)
        ]
        assert found == [[0.25, 1, None], [None, None, None], ["KXĐ", "KXĐ", None], ["Không phát sinh", 0, None]]
        line, column = layout.cell("6.1.a", 0)
        assert (cells.cell(line + 1, column + 1).value, cells.cell(line + 1, column + 1).number_format) == (
            12.5,
            "#,##0.##",
        )


def _cell(sheet, layout, address, unit):
    line, column = layout.cell(address, unit)
    return sheet.cell(line + 1, column + 1).value


HOSTILE = {
    "a formula": "=cmd|'/c calc'!A0",
    "a link": "http://example.org/x",
    "a number": "0012",
    "markup": "<r><t>x</t></r>",
    "an entity": "&lt;&amp;",
    "an escape": "_x0041_",
    "control characters": "Phường\x00\x07 1\x1f",
    "half a letter": "Phường \ud800",
    "letters outside the plane": "🏛" * 5,
    "a line break": "Phường\n1",
    "very long": "Ơ" * 40_000,
    "long and outside the plane": "🏛" * 20_000,
}
# As it is stored; a text that begins as an escape has that beginning escaped, which not every reader takes back.
SHOWN = {
    "markup": "<r><t>x</t></r> ",
    "an escape": "_x005F_x0041_",
    "control characters": "Phường�� 1�",
    "half a letter": "Phường �",
    "very long": "Ơ" * 32_767,
    "long and outside the plane": "🏛" * 16_383,
}


@pytest.mark.parametrize("kind", HOSTILE)
@pytest.mark.parametrize("most", [256, 0], ids=["columns", "lines"])
def test_a_text_of_a_unit_stays_text(kind, most, tmp_path, monkeypatch):
    monkeypatch.setattr(unit_layout, "MOST_COLUMNS", most)
    name, expected = HOSTILE[kind], SHOWN.get(kind, HOSTILE[kind])
    done = consolidate([submitted("Phường 1", {"3.4.3.b": 4, "3.4.3.c": 3})])
    done = replace(
        done,
        units=tuple(replace(unit, unit=name, source=name, repeated=(name,)) for unit in done.units),
        standings=tuple(replace(standing, unit=name, source=name) for standing in done.standings),
        missing=(name,),
    )
    book = open_book(written(tmp_path, done, unit="UBND tỉnh Khánh Hòa"))
    for sheet in ("Số liệu đơn vị", "Tình hình nộp", "Xếp hạng", "Kê khai"):
        cells = [cell for line in book[sheet].iter_rows() for cell in line]
        found = [cell for cell in cells if cell.value in (name, expected)]
        assert found, sheet
        assert {cell.data_type for cell in found} == {"s"}
        assert not any(cell.hyperlink for cell in found)


def test_a_list_that_nobody_reads_to_its_end_is_cut(tmp_path, monkeypatch):
    monkeypatch.setattr(list_sheet, "MOST_LINES", 3)
    values = read_values(written(tmp_path, constructed_example()))
    assert [line[0] for line in lines_of(values["Kê khai"]) if isinstance(line[0], int)] == [1, 2, 3]
    assert any(text.startswith("Danh sách dừng ở") for text in texts(values["Kê khai"]))


class Counted(Sequence):
    """Contents that count how often each of them is read, and how many are alive."""

    def __init__(self, contents):
        self.contents, self.reads = contents, Counter()

    def __len__(self):
        return len(self.contents)

    def __getitem__(self, index):
        self.reads[index] += 1
        return self.contents[index]


@pytest.mark.parametrize("most", [256, 0], ids=["columns", "lines"])
def test_the_figures_of_the_units_are_gone_through_twice(most, tmp_path, monkeypatch):
    monkeypatch.setattr(unit_layout, "MOST_COLUMNS", most)
    done = consolidate(random_units(3, 12))
    counted = Counted(done.contents)
    written(tmp_path, replace(done, contents=counted))
    assert max(counted.reads.values()) == 2


class Broken(Sequence):
    """Contents of which the third cannot be read."""

    def __len__(self):
        return 5

    def __getitem__(self, index):
        if index >= len(self):
            raise IndexError(index)
        if index == 2:
            raise OSError(5, "the store is gone")
        return {}


@pytest.mark.parametrize("most", [256, 0], ids=["columns", "lines"])
def test_a_failure_leaves_the_workbook_that_was_there(most, tmp_path, monkeypatch):
    monkeypatch.setattr(unit_layout, "MOST_COLUMNS", most)
    path = written(tmp_path, random_consolidation(2, 5))
    before = path.read_bytes()
    with pytest.raises(OSError, match="the store is gone"):
        write_consolidation(path, replace(random_consolidation(2, 5), contents=Broken()))
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (before, [path])


def test_a_full_disk_is_told_by_the_name_of_the_workbook(tmp_path, monkeypatch):
    path = tmp_path / "tong-hop.xlsx"

    def full(*_arguments, **_options):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("xlsxwriter.workbook.ZipFile", full)
    with pytest.raises(OSError, match="No space left on device") as failed:
        write_consolidation(path, random_consolidation(2, 2))
    assert (failed.value.errno, failed.value.filename, list(tmp_path.iterdir())) == (28, str(path), [])


@pytest.mark.parametrize("count", [5, unit_layout.MOST_COLUMNS + 1])
def test_the_same_units_give_the_same_bytes(count, tmp_path):
    first, second = (
        written(tmp_path, random_consolidation(4, count), name).read_bytes() for name in ("a.xlsx", "b.xlsx")
    )
    assert first == second


def test_another_process_elsewhere_gives_the_same_bytes(tmp_path):
    hashes = set()
    for number, zone in enumerate(("Asia/Ho_Chi_Minh", "America/Los_Angeles")):
        folder = tmp_path / str(number)
        folder.mkdir()
        settings = os.environ | {"TZ": zone, "PYTHONHASHSEED": str(number), "LC_ALL": "C"}
        subprocess.run([sys.executable, "-c", SCRIPT], cwd=folder, env=settings, check=True)
        hashes.add(hashlib.sha256((folder / "ra.xlsm").read_bytes()).hexdigest())
    assert len(hashes) == 1


def test_no_clock_stands_in_the_file(tmp_path):
    properties = open_book(written(tmp_path, constructed_example())).properties
    assert properties.created.date() == FORM.valid_from
    assert properties.modified.date() == FORM.valid_from


def test_macros_know_the_sheets(tmp_path):
    book = open_book(written(tmp_path, constructed_example(), "a.xlsm"))
    names = {sheet.title: sheet.sheet_properties.codeName for sheet in book}
    assert {sheet: names[sheet] for sheet in CODE_NAMES} == CODE_NAMES
    assert str(book["Tổng hợp"][GRID.value("3.4.3")].value).startswith("=CCHC_TYLE_DUNGHAN(")


def test_macros_need_their_suffix(tmp_path):
    with pytest.raises(FormError):
        write_consolidation(tmp_path / "a.xlsm", constructed_example(), functions="excel")


def test_everything_but_the_ranking_is_locked(tmp_path):
    book = open_book(written(tmp_path, constructed_example()))
    assert {sheet.title for sheet in book if not sheet.protection.sheet} == {"Xếp hạng"}


def test_long_sheets_keep_their_head_in_sight(tmp_path):
    book = open_book(written(tmp_path, random_consolidation(4, unit_layout.MOST_COLUMNS + 1)))
    sheet = book["Số liệu đơn vị"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == (
        "D7",
        f"A6:{sheet.cell(6, sheet.max_column).column_letter}263",
    )
    assert all(book[name].auto_filter.ref for name in ("Xếp hạng", "Tình hình nộp", "Kê khai"))


@pytest.mark.slow
def test_the_official_form_is_what_is_printed(soffice, tmp_path):
    assert soffice
    path = written(tmp_path, constructed_example(), unit="UBND thành phố Nha Trang")
    pdftotext = shutil.which("pdftotext")
    assert pdftotext, "pdftotext is in the package poppler-utils"
    command = [pdftotext, "-layout", str(to_pdf(path, tmp_path / "pdf")), "-"]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    form, _, rest = printed.partition("SỐ LIỆU CỦA TỪNG ĐƠN VỊ")
    words = " ".join(form.split())
    assert "CẢI CÁCH HÀNH CHÍNH TẠI UBND THÀNH PHỐ NHA TRANG" in words
    assert "Kỳ báo cáo: từ ngày 13/6/2023 đến ngày 12/9/2023" in words
    assert "thiếu 2/8 đơn vị" in words
    for column in FORM.columns:
        assert column in words
    codes = [row.code for row in FORM.rows if row.code[0].isdigit()]
    openings = [line.split()[0] for line in form.splitlines() if line.split()]
    assert set(codes) <= set(openings)
    assert "Mã dòng" not in words
    assert "Tử số" not in words
    assert "DANH SÁCH TRẢ LẠI ĐƠN VỊ" in rest


def test_decimals_add_up_to_fifteen_digits(tmp_path):
    sent = [submitted(f"Phường {n}", {"6.1.a": Decimal(n) / 100}) for n in range(1, 200)]
    cells = read_values(written(tmp_path, consolidate(sent)))["Tổng hợp"]
    assert cells[GRID.value("6.1.a")] == 199.0
