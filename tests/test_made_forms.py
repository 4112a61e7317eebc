"""The made forms of the benchmarks: they read as they were meant, and as the programs themselves would save them."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from html import unescape

import pytest
from benchmarks.form_writers import SAVERS, SHEET, STRINGS, saved_by_libreoffice
from benchmarks.made_forms import MIX, QUARTER, REGISTER, empty_template, form_bytes, make_forms, totals_of
from benchmarks.made_units import FAULTS, made_units
from benchmarks.office_forms import OFFICES, typed_cells
from benchmarks.package_shapes import PackageShape
from filled_forms import FORM

from cchc_calc.consolidation.register_files import read_register
from cchc_calc.excel.sheets.cover import Cover
from cchc_calc.excel.sheets.form_figures import figures_of_cells
from cchc_calc.excel.template import write_figures
from cchc_calc.intake.receiving import receive
from cchc_calc.states import State

UNITS = list(made_units(40, 7))
# One of each fault and one without, so that every kind of result of a formula is there.
SAMPLE = [next(unit for unit in UNITS if unit.fault == fault) for fault in ("", *FAULTS)]
WITHOUT_LIBREOFFICE = {writer: share for writer, share in MIX.items() if writer != "libreoffice"}


def truly_filled(unit, folder):
    """Write the form of one unit by our own writer, every cell of it."""
    path = folder / f"{unit.code}.xlsx"
    write_figures(path, figures_of_cells(FORM, unit.typed), Cover.of(unit.name, QUARTER, None))
    return path.read_bytes()


def cells_of(data):
    """The cells of the form's sheet as they are written: style, type, formula, and the value or the string."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        xml = package.read(SHEET).decode()
        strings = package.read(STRINGS).decode() if STRINGS in package.namelist() else ""
    shared = re.findall(r"<si><t[^>]*?(?:/>|>(.*?)</t>)</si>", strings, re.DOTALL)
    cells = {}
    for attributes, content in re.findall(r"<c ([^>]*?)(?:/>|>(.*?)</c>)", xml, re.DOTALL):
        named = dict(re.findall(r'(\w+)="([^"]*)"', attributes))
        formula = re.search(r"<f[ >].*?</f>", content)
        value = re.sub(r"<[^>]*>", "", content.replace(formula[0], "") if formula else content)
        if named.get("t") == "s":
            value = shared[int(value)]
        cells[named["r"]] = (named.get("s"), named.get("t"), formula and formula[0], unescape(value))
    return cells


def shape_of(data):
    """How the parts are packed: their order and flags."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return [(part.filename, part.flag_bits, part.compress_type, part.create_system) for part in package.infolist()]


def read(data, folder):
    path = folder / "read.xlsx"
    path.write_bytes(data)
    received = receive(path)
    assert received.refusal is None
    return received.submission, received.faults


def hold(made, truly, folder):
    """Hold a made file to the one that the program itself saved."""
    assert cells_of(made) == cells_of(truly)
    assert shape_of(made) == shape_of(truly)
    (submission, faults), (expected, expected_faults) = read(made, folder), read(truly, folder)
    assert submission.contents == expected.contents
    assert (submission.unit, submission.period, submission.findings) == (
        expected.unit, expected.period, expected.findings
    )  # fmt: skip
    assert faults == expected_faults


@pytest.mark.parametrize("writer", ["cchc", "openpyxl", "ironcalc"])
@pytest.mark.parametrize("unit", SAMPLE, ids=lambda unit: unit.fault or "good")
def test_a_made_file_is_what_the_program_saves(writer, unit, tmp_path):
    _, save = SAVERS[writer]
    hold(form_bytes(unit, writer), save(truly_filled(unit, tmp_path)), tmp_path)


@pytest.mark.parametrize("writer", OFFICES)
@pytest.mark.parametrize("unit", SAMPLE, ids=lambda unit: unit.fault or "good")
def test_a_made_table_of_an_office_is_what_its_program_saves(writer, unit, tmp_path):
    _, write = OFFICES[writer]
    hold(form_bytes(unit, writer), write(unit.name, typed_cells(unit)), tmp_path)


@pytest.mark.slow
@pytest.mark.usefixtures("soffice")
def test_a_made_file_is_what_libreoffice_saves(tmp_path):
    saved = saved_by_libreoffice(*(truly_filled(unit, tmp_path) for unit in SAMPLE))
    for unit, truly in zip(SAMPLE, saved, strict=True):
        hold(form_bytes(unit, "libreoffice"), truly, tmp_path)


def test_every_made_file_reads_as_it_was_meant(tmp_path):
    made = make_forms(tmp_path, 60, 3, mix=WITHOUT_LIBREOFFICE)
    assert {form.writer for form in made} == set(WITHOUT_LIBREOFFICE)
    for form in made:
        received = receive(tmp_path / form.name)
        assert received.refusal is None, received.refusal
        assert received.submission.contents == form.contents(), form.name
        assert (received.submission.unit, received.submission.period.start) == (form.unit.name, QUARTER.start)
        undecided = {address for address, content in form.contents().items() if content is State.UNDECIDED}
        assert form.unit.undecided == {address for address in undecided if FORM.row(address).is_input}


def test_the_units_are_as_units_are():
    units = list(made_units(600, 1))
    assert len({unit.name for unit in units}) == 600
    assert len({unit.code for unit in units}) == 600
    faults = Counter(unit.fault for unit in units)
    assert set(faults) == {"", *FAULTS}
    assert 0.6 < faults[""] / 600 < 0.75
    inputs = sum(len(unit.typed) for unit in units)
    assert 0.75 < inputs / 600 / len(max((unit.typed for unit in units), key=len)) < 0.95
    assert list(made_units(3, 1)) == units[:3]
    assert list(made_units(3, 2)) != units[:3]


def test_the_register_names_every_unit(tmp_path):
    made = make_forms(tmp_path, 20, 5, mix={"cchc": 1})
    register = read_register(tmp_path / REGISTER)
    assert not register.findings
    for form in made:
        found = register.find(form.unit.name, QUARTER.end)
        assert found.unit is not None
        assert found.unit.code == form.unit.code
        assert register.name_of(found.unit.parent) == f"Tỉnh {form.unit.province}"


def test_the_totals_are_those_of_a_small_case_by_hand(tmp_path):
    made = make_forms(tmp_path, 12, 9, mix={"cchc": 1})
    totals = totals_of(made)
    assert totals["1.1"] == sum(
        form.unit.typed.get("1.1", 0) for form in made if isinstance(form.unit.typed.get("1.1", 0), int)
    )
    assert "3.1.1" not in totals
    assert 0 < totals["3.4.3"] < 1


def test_a_package_is_packed_again_as_it_was():
    assert PackageShape(empty_template()).packed({}) == empty_template()
