"""The folder of a tally: the forms of its units and the workbook that adds them up, whole or not there at all."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from benchmarks.made_dossiers import AS_OF, PERIOD, made_dossiers
from filled_forms import FORM
from made_submissions import NHA_TRANG
from phuong_son_dossiers import dossiers
from spreadsheet import read_values
from test_dossier_rules import dossier

from cchc_calc.consolidation.register import Register, Unit
from cchc_calc.dossiers.tally import tally
from cchc_calc.dossiers.totals import totals_of
from cchc_calc.errors import OutputError
from cchc_calc.form_files import load_form
from cchc_calc.intake import form_folder
from cchc_calc.intake.form_folder import require_free_folder, write_form_folder
from cchc_calc.intake.unit_titles import file_names_of, official_name, titles_of
from cchc_calc.reading import read_report
from cchc_calc.states import State

DISTRICTS = Register(
    (
        Unit("760", "Quận 1", "district"),
        Unit("774", "Quận 5", "district"),
        Unit("26740", "Phường 3", "commune", parent="760"),
        Unit("27100", "Phường 3", "commune", parent="774"),
        Unit("27101", "Phường 4", "commune", parent="774"),
    )
)


def tallied(*units, register=None, **columns):
    """A tally of one dossier for each of these units."""
    rows = [dossier(unit=unit, code=str(number), finished="2023-07-05", **columns) for number, unit in enumerate(units)]
    return tally(pl.concat(rows), PERIOD, register=register)


def names_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_every_unit_has_its_form_and_the_total_adds_them_up(tmp_path):
    table = pl.concat([dossiers(), pl.from_arrow(made_dossiers(300, 1, 4).table)], how="diagonal_relaxed")
    counted = tally(table, PERIOD, as_of=AS_OF)
    made = write_form_folder(tmp_path / "kết quả", counted, FORM)
    names = ["Phường 0", "Phường 1", "Phường 2", "Phường 3", "Phường Phương Sơn"]
    assert names_in(tmp_path) == sorted([*(f"kết quả/bieu-mau/{name}.xlsx" for name in names), "kết quả/tong-hop.xlsx"])
    for path, unit in zip(made.forms, counted.units, strict=True):
        report = read_report(path)
        assert report.unit == unit.unit.name
        filled = {
            address: entry.content for address, entry in report.entries.items() if entry.content is not State.BLANK
        }
        assert filled == unit.contents(FORM)
    total = made.totals.of_level["commune"]
    assert [unit.source for unit in total.units] == [path.name for path in made.forms]
    for address in FORM.inputs:
        content = total.row(address).content
        sums = [unit.rows[address] for unit in counted.units if address in unit.rows]
        assert content == sum(sums) if sums else content is State.BLANK
    shown = read_values(made.workbooks[0])["Tổng hợp"]
    assert sum(unit.rows["7.7.5.e"] for unit in counted.units) in shown.values()


@pytest.mark.slow
def test_the_forms_are_consolidated_to_the_same_totals(run, tmp_path):
    names = ("UBND phường 1", "P.2", "Xã Tân Hòa", "Sở Nội vụ")
    made = write_form_folder(tmp_path / "ra", tallied(*names), FORM)
    code, output = run("consolidate", tmp_path / "ra" / "bieu-mau", "-o", tmp_path / "lại.xlsx")[:2]
    assert code == 0, output
    ours, theirs = (read_values(path)["Tổng hợp"] for path in (made.workbooks[0], tmp_path / "lại.xlsx"))
    figures = {cell: value for cell, value in ours.items() if cell[0] == "D"}
    assert figures == {cell: value for cell, value in theirs.items() if cell[0] == "D"}
    assert 3 in figures.values()


def test_districts_and_communes_are_never_in_one_sum(tmp_path):
    made = write_form_folder(tmp_path / "ra", tallied("UBND phường 1", "UBND huyện Vạn Ninh", "UBND phường 2"), FORM)
    assert [path.name for path in made.workbooks] == ["tong-hop-cap-xa.xlsx", "tong-hop-cap-huyen.xlsx"]
    communes, districts = made.totals.of_level["commune"], made.totals.of_level["district"]
    assert (communes.row("3.4.3.a").content, communes.row("3.4.2.a").content) == (2, State.BLANK)
    assert (districts.row("3.4.2.a").content, districts.row("3.4.3.a").content) == (1, State.BLANK)
    assert made.totals.left_out == ()


@pytest.mark.parametrize(
    ("unit", "edition", "why"),
    [
        ("Sở Nội vụ", "2023", "không rõ là đơn vị cấp xã hay cấp huyện"),
        ("UBND tỉnh Khánh Hòa", "2023", "là đơn vị cấp tỉnh"),
        ("UBND huyện Vạn Ninh", "2025", "là đơn vị cấp huyện"),
    ],
)
def test_a_unit_outside_the_sums_is_named(unit, edition, why, tmp_path):
    made = write_form_folder(tmp_path / "ra", tallied("UBND phường 1", unit), load_form("thong-ke-cchc", edition))
    [left_out] = made.totals.left_out
    assert (left_out.unit, left_out.code, why in left_out.message) == (unit, "X03", True)
    assert [path.parent.name for path in sorted(made.forms)] == ["bieu-mau", "bieu-mau-khac"]
    assert made.totals.of_level["commune"].row("3.4.3.a").content == 1
    assert made.totals.of_level["commune"].refused == (left_out,)
    assert any(unit in str(value) for cells in read_values(made.workbooks[0]).values() for value in cells.values())


def test_units_outside_every_sum_have_forms_and_no_workbook(tmp_path):
    made = write_form_folder(tmp_path / "ra", tallied("Sở Nội vụ", "Sở Tài chính"), FORM)
    assert names_in(tmp_path) == ["ra/bieu-mau-khac/Sở Nội vụ.xlsx", "ra/bieu-mau-khac/Sở Tài chính.xlsx"]
    assert (made.workbooks, len(made.totals.left_out)) == ((), 2)


def test_with_a_register_missing_and_unknown_units_are_named(tmp_path):
    counted = tallied("Phường Phương Sơn", "Phường Lạ", register=NHA_TRANG)
    made = write_form_folder(tmp_path / "ra", counted, FORM, register=NHA_TRANG)
    total = made.totals.of_level["commune"]
    assert [unit.code for unit in total.units] == ["22354"]
    assert "Phường Vĩnh Hải" in total.missing
    assert len(total.missing) == len(NHA_TRANG.units_of("commune", PERIOD.end)) - 1
    assert [(one.source, one.unit) for one in made.totals.left_out] == [("Phường Lạ.xlsx", "Phường Lạ")]
    assert [path.parent.name for path in made.forms] == ["bieu-mau-khac", "bieu-mau"]


def test_wards_of_one_name_are_told_apart_by_their_districts(tmp_path):
    counted = tallied("Phường 3, Quận 1", "27100", "Phường 4", register=DISTRICTS)
    made = write_form_folder(tmp_path / "ra", counted, FORM, register=DISTRICTS)
    assert {path.stem for path in made.forms} == {"Phường 3 (Quận 1)", "Phường 3 (Quận 5)", "Phường 4"}
    assert {unit.code for unit in made.totals.of_level["commune"].units} == {"26740", "27100", "27101"}
    assert made.totals.left_out == ()
    titles = {read_values(path)["Biểu mẫu"]["A2"].partition(" TẠI ")[2] for path in made.forms}
    assert titles == {"UBND PHƯỜNG 3, QUẬN 1", "UBND PHƯỜNG 3, QUẬN 5", "UBND PHƯỜNG 4"}


def test_wards_of_one_name_without_a_register_keep_what_the_export_says(tmp_path):
    made = write_form_folder(tmp_path / "ra", tallied("Phường 3, Quận 1", "Phường 3, Quận 5"), FORM)
    assert [path.name for path in made.forms] == ["Phường 3, Quận 1.xlsx", "Phường 3, Quận 5.xlsx"]
    assert made.totals.of_level["commune"].row("3.4.3.a").content == 2


@pytest.mark.parametrize("name", ["../../../ngoài", "CON", "a/b:c*", "\u202eđảo", "x" * 300, ".ẩn", "C:\\Windows\\x"])
def test_no_name_of_a_unit_leaves_the_folder(name, tmp_path):
    made = write_form_folder(tmp_path / "ra", tallied(name, "UBND phường 1"), FORM)
    assert all(path.parent.parent == tmp_path / "ra" for path in made.forms)
    assert [path.name for path in tmp_path.iterdir()] == ["ra"]
    assert len(names_in(tmp_path)) == 3


def test_a_deep_folder_leaves_less_room_for_names(tmp_path):
    folder = tmp_path / ("sâu " * 30).strip()
    made = write_form_folder(folder, tallied("UBND phường " + "Rất Dài " * 20), FORM)
    assert [len(path.stem) for path in made.forms] == [len(path.stem.strip()) for path in made.forms]
    assert max(len(path.stem) for path in made.forms) < 80


def test_the_same_tally_gives_the_same_bytes(tmp_path):
    counted = tallied("UBND phường 1", "UBND phường 2")
    first, second = (write_form_folder(tmp_path / name, counted, FORM) for name in ("a", "b"))
    for one, other in zip((*first.forms, *first.workbooks), (*second.forms, *second.workbooks), strict=True):
        assert one.read_bytes() == other.read_bytes()


def test_macros_are_brought_along(tmp_path):
    made = write_form_folder(tmp_path / "ra", tallied("UBND phường 1", "UBND phường 2"), FORM, suffix=".xlsm")
    assert names_in(tmp_path) == ["ra/bieu-mau/Phường 1.xlsm", "ra/bieu-mau/Phường 2.xlsm", "ra/tong-hop.xlsm"]
    assert read_report(made.forms[1]).entries["3.4.3.a"].content == 1


def test_an_empty_folder_is_filled(tmp_path):
    folder = tmp_path / "ra"
    folder.mkdir()
    write_form_folder(folder, tallied("UBND phường 1"), FORM)
    assert names_in(folder) == ["bieu-mau/Phường 1.xlsx", "tong-hop.xlsx"]


@pytest.mark.parametrize(
    ("name", "said"), [("đầy", "đã có tệp"), ("tệp.xlsx", "là một tệp"), ("không có/ra", "Không có thư mục")]
)
def test_a_folder_that_is_not_free_is_refused(name, said, tmp_path):
    (tmp_path / "đầy").mkdir()
    (tmp_path / "đầy" / "cũ.xlsx").write_bytes(b"x")
    (tmp_path / "tệp.xlsx").write_bytes(b"x")
    before = names_in(tmp_path)
    with pytest.raises(OutputError, match=said):
        require_free_folder(tmp_path / name)
    with pytest.raises(OutputError, match=said):
        write_form_folder(tmp_path / name, tallied("UBND phường 1"), FORM)
    assert names_in(tmp_path) == before


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError])
@pytest.mark.parametrize("exists", [False, True])
def test_what_is_stopped_leaves_nothing(stop, exists, tmp_path):
    folder = tmp_path / "ra"
    if exists:
        folder.mkdir()

    @contextmanager
    def watch(total, title):
        assert (total, title) == (2, "Lập biểu mẫu")
        done = []

        def advance():
            done.append(1)
            if len(done) == total:
                raise stop

        yield advance

    with pytest.raises(stop):
        write_form_folder(folder, tallied("UBND phường 1", "UBND phường 2"), FORM, watch=watch)
    assert [path.name for path in tmp_path.iterdir()] == (["ra"] if exists else [])
    assert names_in(tmp_path) == []


def test_a_failing_total_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(form_folder, "_write_totals", lambda *_: signal.raise_signal(signal.SIGINT))
    with pytest.raises(KeyboardInterrupt):
        write_form_folder(tmp_path / "ra", tallied("UBND phường 1"), FORM)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "official"),
    [
        ("P.3", "UBND phường 3"),
        ("UBND Phường 03", "UBND phường 03"),
        ("ỦY BAN NHÂN DÂN XÃ TÂN HÒA", "UBND xã Tân Hòa"),
        ("Ủy ban nhân dân phường 3, quận 1", "UBND phường 3, quận 1"),
        ("TP. Nha Trang", "UBND thành phố Nha Trang"),
        ("Xã Ia Pa - Gia Lai", "UBND xã Ia Pa - Gia Lai"),
        ("Sở Nội vụ", "Sở Nội vụ"),
        ("Bộ phận Một cửa\u200b phường 3\n", "Bộ phận Một cửa phường 3"),
        ("", ""),
    ],
)
def test_the_official_name(name, official):
    assert official_name(name) == official


def test_titles_and_file_names_of_many_units_are_distinct():
    units = [unit.unit for unit in tallied("Phường 3, Quận 1", "27100", "Phường 4", "Sở X", register=DISTRICTS).units]
    day = date(2023, 9, 12)
    for named in (titles_of(units, day, DISTRICTS), file_names_of(units, day, DISTRICTS)):
        assert len(set(named)) == len(units) == 4


def test_an_empty_tally_has_no_totals():
    nothing = tally(dossiers().clear(), PERIOD)
    totals = totals_of(nothing, FORM, [])
    assert (totals.of_level, totals.left_out) == ({}, ())


def test_the_paths_are_those_of_the_folder_that_was_asked_for(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    made = write_form_folder(Path("ra"), tallied("UBND phường 1"), FORM)
    assert all(path.is_file() for path in (*made.forms, *made.workbooks))
