"""The harness itself: what LibreOffice did not compute must not pass for computed."""

from __future__ import annotations

import shutil
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
import xlsxwriter
from spreadsheet import (
    POISON_NUMBER,
    POISON_TEXT,
    RECALCULATE_NEVER,
    assert_not_poisoned,
    matches,
    poison_sheet,
    read_values,
    recalculate,
    to_pdf,
    to_png,
)

needs_libreoffice = pytest.mark.usefixtures("soffice")

INPUTS = {"A1": 425, "A2": 424, "A3": "Hồ sơ & đơn"}

# address: formula, the wrong result stored beside it, what a spreadsheet computes
FORMULAS = {
    "B1": ("=SUM(A1:A2)", 1, 849),
    "B2": ('=IF(A1="","",A2/A1)', 1, Fraction(424, 425)),
    "B3": ('=IF(A1>A2,"trễ hạn","đúng hạn")', "đúng hạn", "trễ hạn"),
    "B4": ('=IF(A9="","",A9)', "x", None),
    "B5": ('=A3&" <"&A1&">"', "x", "Hồ sơ & đơn <425>"),
    "B6": ("=A1/A9", 1, "#DIV/0!"),
    "B7": ("=NA()", "#VALUE!", "#N/A"),
    "B8": ("=A1>A2", False, True),
    "B9": ("=999+0", 1, 999),
    "B10": ("=ROUND(B2*100,1)", 1, Decimal("99.8")),
    "B11": ('=TEXT(B2,"0.00%")', "x", "99,76%"),
}

STALE = f"<v>{POISON_NUMBER}</v>"

# the cell in the XML of a sheet, the same with a poisoned result
CELLS = [
    ('<c r="A1"/>', '<c r="A1"/>'),
    ('<c r="A1"><v>7</v></c>', '<c r="A1"><v>7</v></c>'),
    ('<c r="A1" t="s"><v>0</v></c>', '<c r="A1" t="s"><v>0</v></c>'),
    ('<c r="A1"><f>B1</f></c>', f'<c r="A1"><f>B1</f>{STALE}</c>'),
    ('<c r="A1" t="n"><f>B1/2</f><v>7</v></c>', f'<c r="A1"><f>B1/2</f>{STALE}</c>'),
    ('<c r="A1" t="b"><f>B1</f><v>1</v></c>', f'<c r="A1"><f>B1</f>{STALE}</c>'),
    ('<c r="A1" t="e"><f>B1</f><v>#N/A</v></c>', f'<c r="A1"><f>B1</f>{STALE}</c>'),
    ('<c r="A1" t="str"><f>B1</f><v></v></c>', f'<c r="A1" t="str"><f>B1</f><v>{POISON_TEXT}</v></c>'),
    (
        '<c r="A1" s="2"/><c r="A2"><f t="shared" si="0"/><v>7</v></c>',
        f'<c r="A1" s="2"/><c r="A2"><f t="shared" si="0"/>{STALE}</c>',
    ),
    (
        '<c r="A1"><f t="array" ref="A1:A2">B1</f><v>7</v></c><c r="A2"><v>7</v></c><c r="A3"><v>7</v></c>',
        f'<c r="A1"><f t="array" ref="A1:A2">B1</f>{STALE}</c><c r="A2">{STALE}</c><c r="A3"><v>7</v></c>',
    ),
]


def write_workbook(path: Path, formulas: dict[str, tuple[str, object, object]] = FORMULAS) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Biểu mẫu")
        for address, content in INPUTS.items():
            sheet.write(address, content)
        for address, (formula, wrong, _) in formulas.items():
            sheet.write_formula(address, formula, None, wrong)
    return path


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return write_workbook(tmp_path / "biểu mẫu quý III.xlsx")


@pytest.mark.parametrize(("cell", "poisoned"), CELLS)
def test_only_results_of_formulas_are_poisoned(cell: str, poisoned: str) -> None:
    assert poison_sheet(cell).xml == poisoned


# stored, expected, whether they are the same
MATCHES = [
    (0.997647058823529, Fraction(424, 425), True),
    (0.99764705882352, Fraction(424, 425), False),
    (1, Fraction(1), True),
    (99.8, Decimal("99.8"), True),
    (849, 849, True),
    (849, 850, False),
    (10**6, 10**6 + 1, False),
    (0, Fraction(0), True),
    ("KXĐ", "KXĐ", True),
    ("1", 1, False),
    ("#DIV/0!", Fraction(1, 2), False),
    (None, None, True),
    (None, 0, False),
    (0, None, False),
    (None, Fraction(0), False),
]


@pytest.mark.parametrize(("stored", "expected", "same"), MATCHES)
def test_a_stored_value_is_compared_to_fifteen_digits(stored: object, expected: object, same: bool) -> None:
    assert matches(stored, expected) is same


@needs_libreoffice
def test_every_result_is_computed_anew(workbook: Path, tmp_path: Path) -> None:
    (recalculated,) = recalculate([workbook], tmp_path / "new")
    values = read_values(recalculated)
    assert_not_poisoned(values)
    cells = values["Biểu mẫu"]
    assert {address: cells[address] for address in INPUTS} == INPUTS
    for address, (formula, _, expected) in FORMULAS.items():
        assert matches(cells.get(address), expected), formula


@needs_libreoffice
def test_array_formulas_are_computed_anew(tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "array.xlsx") as book:
        sheet = book.add_worksheet("S")
        sheet.write_column("A1", [1, 2])
        sheet.write_array_formula("B1:B2", "{=A1:A2*2}", None, 7)
    (recalculated,) = recalculate([tmp_path / "array.xlsx"], tmp_path / "new")
    assert read_values(recalculated) == {"S": {"A1": 1, "A2": 2, "B1": 2, "B2": 4}}


@needs_libreoffice
def test_the_workbook_itself_is_not_touched(workbook: Path, tmp_path: Path) -> None:
    before = workbook.read_bytes()
    recalculate([workbook], tmp_path / "new")
    assert workbook.read_bytes() == before
    with pytest.raises(ValueError, match="another folder"):
        recalculate([workbook], tmp_path)
    assert workbook.read_bytes() == before


@needs_libreoffice
def test_many_workbooks_come_back_in_their_order(tmp_path: Path) -> None:
    workbooks = [
        write_workbook(tmp_path / f"{number}.xlsx", {"B1": (f"=A1+{number}", 0, None)}) for number in (3, 1, 2)
    ]
    recalculated = recalculate(workbooks, tmp_path / "new")
    assert [path.name for path in recalculated] == ["3.xlsx", "1.xlsx", "2.xlsx"]
    assert [read_values(path)["Biểu mẫu"]["B1"] for path in recalculated] == [428, 426, 427]


@needs_libreoffice
def test_results_that_were_not_computed_are_reported(workbook: Path, tmp_path: Path) -> None:
    (stale,) = recalculate([workbook], tmp_path / "new", recalculation=RECALCULATE_NEVER)
    assert read_values(stale)["Biểu mẫu"]["B1"] == POISON_NUMBER
    with pytest.raises(AssertionError, match=f"{len(FORMULAS)} cells were not computed: Biểu mẫu!B1"):
        assert_not_poisoned(read_values(stale))


@needs_libreoffice
def test_a_function_that_libreoffice_does_not_know_is_reported(tmp_path: Path) -> None:
    workbook = write_workbook(tmp_path / "unknown.xlsx", {"B1": ("=KHONGCO(A1)", 1, None)})
    (recalculated,) = recalculate([workbook], tmp_path / "new")
    with pytest.raises(AssertionError, match=r"1 cells .* Biểu mẫu!B1: #NAME\?"):
        assert_not_poisoned(read_values(recalculated))


@pytest.mark.parametrize("value", [POISON_NUMBER, POISON_TEXT, f"{POISON_TEXT} hồ sơ", "#NAME?"])
def test_each_kind_of_stale_value_is_reported(value: object) -> None:
    with pytest.raises(AssertionError, match="S!A1"):
        assert_not_poisoned({"S": {"A1": value, "A2": 999}})


def test_a_workbook_without_a_formula_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="holds no formula"):
        recalculate([write_workbook(tmp_path / "constants.xlsx", {})], tmp_path / "new")


def test_workbooks_of_one_name_are_refused(workbook: Path, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    twin = Path(shutil.copy(workbook, tmp_path / "other"))
    with pytest.raises(ValueError, match="same name"):
        recalculate([workbook, twin], tmp_path / "new")


@needs_libreoffice
def test_a_file_that_libreoffice_cannot_read_is_reported(tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook at all")
    with pytest.raises(RuntimeError, match=r"did not write broken\.pdf"):
        to_pdf(broken, tmp_path / "new")


@needs_libreoffice
def test_an_old_result_does_not_pass_for_a_new_one(tmp_path: Path) -> None:
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK\x03\x04 no workbook at all")
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "broken.pdf").touch()
    with pytest.raises(RuntimeError, match=r"did not write broken\.pdf"):
        to_pdf(broken, tmp_path / "new")


@needs_libreoffice
def test_a_workbook_becomes_pictures_of_its_pages(tmp_path: Path) -> None:
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm is not installed (package poppler-utils): pages are not drawn")
    with xlsxwriter.Workbook(tmp_path / "pages.xlsx") as book:
        for name in ("Một", "Hai"):
            book.add_worksheet(name).write("A1", "Cải cách hành chính")
    pdf = to_pdf(tmp_path / "pages.xlsx", tmp_path / "new")
    assert pdf.read_bytes().startswith(b"%PDF-")
    pages = to_png(pdf, tmp_path / "new")
    assert [page.name for page in pages] == ["pages-1.png", "pages-2.png"]
    assert all(page.read_bytes().startswith(b"\x89PNG") for page in pages)


# How the stand-in ends, by its number of times: its own death by a signal, or what a shell says of one.
ENDS = {"killed": "kill -ABRT $$", "reported": "exit 134", "failed": "exit 1", "well": "exit 0"}


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, *ends: str) -> tuple[Path, Path]:
    """Put a program in the place of LibreOffice that writes its results and then ends as told, time after time.

    It leaves a mark in the profile, and writes down every time what marks and results it found there.
    Returns the profile to start from and what it wrote down.
    """
    profile, log, program = folder / "profile", folder / "log", folder / "soffice"
    profile.mkdir()
    cases = "\n".join(f"{number}) {ENDS[end]} ;;" for number, end in enumerate(ends, 1))
    program.write_text(
        f"""#!/bin/sh
for argument; do
  case $argument in
    -env:UserInstallation=*) profile=${{argument#*file://}} ;;
  esac
  [ "$last" = --outdir ] && out=$argument
  last=$argument
done
mkdir -p "$out"
echo "$(ls "$profile") $(ls "$out")" >>{log}
time=$(wc -l <{log})
echo "output $time"
touch "$profile/mark" "$out/$(basename "$last")"
case $((time)) in
{cases}
esac
""",
        encoding="utf-8",
    )
    program.chmod(0o755)
    monkeypatch.setattr("spreadsheet.find_soffice", lambda: program)
    return profile, log


@pytest.mark.parametrize("death", ["killed", "reported"])
def test_a_spreadsheet_that_died_starts_once_more_from_nothing(death, tmp_path, monkeypatch) -> None:
    workbook = write_workbook(tmp_path / "book.xlsx")
    profile, log = stand_in(tmp_path, monkeypatch, death, "well")
    (result,) = recalculate([workbook], tmp_path / "new", profile=profile)
    assert result.exists()
    # No mark and no result of the first time was there the second time, and the given profile has none.
    assert log.read_text(encoding="utf-8").split() == []
    assert len(log.read_text(encoding="utf-8").splitlines()) == 2
    assert list(profile.iterdir()) == []


def test_a_spreadsheet_that_dies_twice_is_reported_with_both_outputs(tmp_path, monkeypatch) -> None:
    workbook = write_workbook(tmp_path / "book.xlsx")
    profile, log = stand_in(tmp_path, monkeypatch, "killed", "reported", "well")
    with pytest.raises(RuntimeError, match=r"ended with 134\noutput 2\n(.|\n)*ended with -6\noutput 1\n"):
        recalculate([workbook], tmp_path / "new", profile=profile)
    assert len(log.read_text(encoding="utf-8").splitlines()) == 2


def test_a_spreadsheet_that_fails_is_not_started_again(tmp_path, monkeypatch) -> None:
    workbook = write_workbook(tmp_path / "book.xlsx")
    profile, log = stand_in(tmp_path, monkeypatch, "failed", "well")
    with pytest.raises(RuntimeError, match="ended with 1\n"):
        recalculate([workbook], tmp_path / "new", profile=profile)
    assert len(log.read_text(encoding="utf-8").splitlines()) == 1
