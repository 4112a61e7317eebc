"""Forms filled with what was counted: what stands in them, and that those made of another are those written anew."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from filled_forms import CONTENTS, FORM
from filled_workbooks import GRID, compare_with_spreadsheet
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from phuong_son_dossiers import dossiers
from spreadsheet import assert_not_poisoned, matches, read_values, recalculate
from test_dossier_rules import PERIOD

from cchc_calc.checking import check
from cchc_calc.dossiers.tally import tally
from cchc_calc.errors import FormError
from cchc_calc.excel.counted_forms import Counted, counted_result, write_form
from cchc_calc.excel.prepared import form_writer
from cchc_calc.excel.prepared.form_writer import FormWriter
from cchc_calc.excel.template import write_template
from cchc_calc.findings import Finding, Severity
from cchc_calc.form_files import load_form
from cchc_calc.intake.form_folder import counted_of
from cchc_calc.reading import read_report
from cchc_calc.states import State

WARD = "UBND phường Phương Sơn"
COUNTED = {"3.4.3.a": 447, "3.4.3.b": 425, "3.4.3.c": 424, "7.7.4.a": 214, "7.7.4.b": 115, "7.7.5.e": 786_000}
ODD_NAMES = st.text(st.sampled_from("UBND phường&<>\"'_x0041_\t\r\n\x0b é"), max_size=200)
READ_ONLY = {"period_not_preset", "macros_present"}
"""What can be found in a file alone."""
LONG_FINDING = Finding(
    "dossiers_not_saying", Severity.INFO, "12 hồ sơ không ghi " * 30, "", rows=("7.7.4.b", "7.7.5.d")
)
FEW = settings(deadline=None, max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def quarter():
    """What is counted of the dossiers of phường Phương Sơn."""
    [counted] = counted_of(tally(dossiers(), PERIOD, as_of=date(2023, 9, 13)), FORM)
    return counted


def test_the_form_of_phuong_son(quarter, tmp_path):
    path = tmp_path / "bieu-mau.xlsx"
    written = write_form(path, FORM, quarter, PERIOD)
    values = read_values(path)["Biểu mẫu"]
    shown = {row.address: values.get(GRID.value(row.address)) for row in FORM.rows}
    assert {address: shown[address] for address in COUNTED} == COUNTED
    assert matches(shown["3.4.3"], Fraction(424, 425))
    assert matches(shown["7.7.4"], Fraction(115, 214))
    assert (shown["3.4.4"], shown["7.8.2"], shown["1.1"]) == ("Không phát sinh", 0, None)
    assert not written.has_errors
    assert len(compare_with_spreadsheet(path)) > 500


@pytest.mark.parametrize("name", ["bieu-mau.xlsx", "bieu-mau.xlsm"])
def test_the_form_is_read_back_as_it_was_counted(quarter, name, tmp_path):
    path = tmp_path / name
    written = write_form(path, FORM, quarter, PERIOD)
    read = check(read_report(path))
    assert (read.report.unit, read.report.level, read.report.period) == (WARD, "commune", PERIOD)
    assert read.computation.contents == written.computation.contents
    assert {one.rule for one in read.findings} - {one.rule for one in written.findings} <= READ_ONLY
    assert not read.has_errors


@pytest.mark.slow
@pytest.mark.usefixtures("soffice")
def test_libreoffice_computes_what_is_stored(quarter, tmp_path):
    path = tmp_path / "bieu-mau.xlsx"
    writer = FormWriter(FORM, PERIOD)
    writer.write(path, Counted("UBND phường 3", "commune", quarter.contents | {"3.4.3.c": 1}))
    writer.write(path, quarter)
    stored = read_values(path)
    [recalculated] = recalculate([path], tmp_path / "tính lại")
    computed = read_values(recalculated)
    assert_not_poisoned(computed)
    for sheet, cells in stored.items():
        for cell, value in cells.items():
            assert matches(computed[sheet].get(cell), value), (sheet, cell)


@pytest.mark.parametrize(
    ("counted", "rules"),
    [
        (
            Counted(WARD, "commune", {"3.4.3.b": 425, "3.4.3.c": 426}),
            {"part_exceeds_whole", "blocked_by", "missing_value"},
        ),
        (
            Counted(WARD, "commune", COUNTED, (LONG_FINDING,)),
            {"dossiers_not_saying", "missing_value", "ambiguous_base"},
        ),
        # Nobody knows which rows such a unit fills.
        (Counted("Sở Nội vụ", "", {"7.7.4.a": 4, "7.7.4.b": 5}), {"part_exceeds_whole", "blocked_by"}),
    ],
)
def test_what_is_found_names_the_cells_of_the_form(counted, rules):
    result = counted_result(FORM, counted, PERIOD)
    assert {one.rule for one in result.findings} - {"numbering_gap", "unit_unsuited"} == rules
    assert all(one.where.startswith("Biểu mẫu!D") for one in result.findings if one.rule == "part_exceeds_whole")


def same(folder, writer, form, counted, period=PERIOD, suffix=".xlsx"):
    """Write a form in both ways and compare the bytes."""
    made, written = folder / f"made{suffix}", folder / f"written{suffix}"
    result = writer.write(made, counted)
    assert write_form(written, form, counted, period) == result
    assert made.read_bytes() == written.read_bytes()


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
@pytest.mark.parametrize("edition", ["2023", "2025"])
def test_every_form_is_the_one_that_is_written_anew(edition, suffix, tmp_path):
    form = load_form("thong-ke-cchc", edition)
    writer = FormWriter(form, PERIOD)
    for counted in (
        Counted(WARD, "commune", COUNTED),
        Counted("UBND xã A & B <1>", "commune", COUNTED | {"3.4.3.b": 0, "3.4.3.c": 0}),
        Counted("UBND phường có cái tên dài đến mức phải xuống dòng ở mọi trang " * 3, "commune", {"3.4.3.a": 1}),
        Counted("UBND huyện Vạn Ninh", "district", {"3.4.3.a": 10**9, "7.7.5.e": 10**15}),
        Counted(WARD, "commune", COUNTED, (LONG_FINDING,)),
        Counted("UBND phường 3", "commune", {"3.4.3.a": 12}, (LONG_FINDING,)),
        Counted("", "", {}),
        Counted(WARD, "commune", COUNTED),
    ):
        known = Counted(counted.unit, counted.level, {a: n for a, n in counted.contents.items() if a in form.inputs})
        same(tmp_path, writer, form, known, suffix=suffix)


@FEW
@given(CONTENTS, st.one_of(ODD_NAMES, st.just(WARD)), st.sampled_from(["commune", "district", "province", ""]))
@example(dict.fromkeys(FORM.inputs, 0), "_x0041_\r ", "commune")
@example({"1.1": State.UNDECIDED, "6.1.a": 3, "6.1.b": 4}, " \x0b", "")
def test_whatever_was_counted_the_bytes_are_the_same(tmp_path, contents, unit, level):
    writer = FormWriter(FORM, PERIOD)
    # What the second is made of has the same findings, or it would be written anew.
    other = {
        address: content + 1 if type(content) is int and content > 1 else content
        for address, content in contents.items()
    }
    same(tmp_path, writer, FORM, Counted(unit, level, contents))
    same(tmp_path, writer, FORM, Counted("UBND xã Tân Hòa", level, other))
    same(tmp_path, writer, FORM, Counted(unit, level, contents))


def test_forms_of_one_kind_are_written_once(tmp_path, monkeypatch):
    written = []
    monkeypatch.setattr(
        form_writer,
        "write_figures",
        lambda path, *rest, **options: written.append(path) or real(path, *rest, **options),
    )
    writer = FormWriter(FORM, PERIOD)
    for number in range(5):
        writer.write(
            tmp_path / f"{number}.xlsx",
            Counted(f"UBND phường {number}", "commune", COUNTED | {"3.4.3.c": 420 + number}),
        )
    assert [path.name for path in written] == ["0.xlsx"]


real = form_writer.write_figures


def test_a_kind_that_was_forgotten_is_written_anew(tmp_path, monkeypatch):
    monkeypatch.setattr(form_writer, "_MOST_KEPT", 1)
    writer = FormWriter(FORM, PERIOD)
    for counted in 2 * (Counted(WARD, "commune", COUNTED), Counted(WARD, "commune", COUNTED, (LONG_FINDING,))):
        same(tmp_path, writer, FORM, counted)


def test_a_failure_leaves_the_old_file(tmp_path, monkeypatch):
    path = tmp_path / "bieu-mau.xlsx"
    path.write_text("cũ", encoding="utf-8")
    writer = FormWriter(FORM, PERIOD)
    writer.write(tmp_path / "a.xlsx", Counted(WARD, "commune", COUNTED))
    monkeypatch.setattr("cchc_calc.excel.prepared.package.string_xml", lambda _: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        writer.write(path, Counted("UBND phường 3", "commune", COUNTED))
    assert path.read_text(encoding="utf-8") == "cũ"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.xlsx", "bieu-mau.xlsx"]


def test_wrong_use_is_refused_as_by_the_template(tmp_path):
    with pytest.raises(FormError, match=r"\.xlsx"):
        FormWriter(FORM, PERIOD, functions="excel").write(tmp_path / "a.xlsm", Counted(WARD, "commune", COUNTED))
    assert not list(tmp_path.iterdir())


def test_one_form_is_what_the_template_makes_of_its_result(tmp_path):
    counted = Counted(WARD, "commune", COUNTED)
    write_form(tmp_path / "a.xlsx", FORM, counted, PERIOD, functions="python")
    result = counted_result(FORM, counted, PERIOD)
    write_template(tmp_path / "b.xlsx", FORM, result=result, functions="python")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
