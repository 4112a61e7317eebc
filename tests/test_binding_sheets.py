"""A workbook with the form on several sheets: the named one is bound, and no byte of the others changes."""

import io

import openpyxl
import pytest
from containers import parts_of
from office_templates import SHEET, office_template, place_of
from spreadsheet import matches, read_values, recalculate

from cchc_calc.binding import bind_template
from cchc_calc.cli import main
from cchc_calc.errors import SourceRefusedError

QUARTERS = ("Quý I", "Quý II", "Quý III")


@pytest.fixture
def quarters(tmp_path):
    """A year in one file: every quarter on a sheet of its own, and one that is hidden."""
    book = openpyxl.load_workbook(io.BytesIO(office_template(plain=True)))
    first = book[SHEET]
    first.title = QUARTERS[0]
    for title in (*QUARTERS[1:], "Quý IV"):
        book.copy_worksheet(first).title = title
    book["Quý IV"].sheet_state = "hidden"
    for number, title in enumerate(QUARTERS, start=1):
        book[title][place_of("3.4.3.b")], book[title][place_of("3.4.3.c")] = 10, number
    path = tmp_path / "nam.xlsx"
    book.save(path)
    return path


@pytest.mark.parametrize("name", ["Quý II", " quý ii", "Quy\u0301 II"])
def test_the_named_sheet_alone_is_bound(quarters, tmp_path, name):
    binding = bind_template(quarters, tmp_path / "ra.xlsx", sheet=name)
    before, after = parts_of(quarters.read_bytes()), parts_of((tmp_path / "ra.xlsx").read_bytes())
    assert (binding.sheet, len(binding.bound)) == ("Quý II", 31)
    assert [part for part in before if part.startswith("xl/worksheets") and after[part] != before[part]] == [
        "xl/worksheets/sheet2.xml"
    ]


@pytest.mark.slow
def test_one_quarter_after_the_other(quarters, tmp_path, soffice):  # noqa: ARG001 - marks the test
    path, added = quarters, []
    for title in QUARTERS:
        output = tmp_path / f"{title}.xlsx"
        added += bind_template(path, output, sheet=title, functions="excel").added
        path = output
    assert added == ["CCHC_TINH", "CCHC_TINH2", "CCHC_TINH3"]
    (computed,) = recalculate([path], tmp_path / "tinh")
    values = read_values(computed)
    for number, title in enumerate(QUARTERS, start=1):
        assert matches(values[title][place_of("3.4.3")], number / 10)


@pytest.mark.parametrize(
    ("name", "code", "said", "remedy"),
    [
        ("", "S02", "“Quý I” và “Quý II” và “Quý III”", '--sheet "Quý I"'),
        ("Quý IV", "S10", "không có trang “Quý IV” trong các trang có nội dung đang hiện: “Quý I”, “Quý II”", "bị ẩn"),
        ("Quý 1", "S10", "không có trang “Quý 1”", "đúng tên trang"),
    ],
)
def test_a_name_that_is_missing_or_wrong(quarters, tmp_path, name, code, said, remedy):
    with pytest.raises(SourceRefusedError) as refused:
        bind_template(quarters, tmp_path / "ra.xlsx", sheet=name)
    assert refused.value.code == code
    assert said in refused.value.message
    assert remedy in refused.value.remedy


def test_the_command_takes_the_name(quarters, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        main(["bind", quarters.name, "-o", "ra.xlsx", "--sheet", "Quý III"])
    assert ended.value.code == 0
    assert "trang “Quý III”" in capsys.readouterr().out
