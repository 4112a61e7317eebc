"""Forty files that are bad in forty ways among thousands: all others count, and each of the forty is told apart."""

from __future__ import annotations

import json
import warnings
from dataclasses import replace

import openpyxl
import pytest
from benchmarks.made_forms import REGISTER, make_forms, register_of, totals_of
from benchmarks.made_units import made_units
from hostile.forty_ways import forty_files

from cchc_calc.computation import exact_text

# Two programs of offices beside our own: their files are small, so thousands are made in seconds.
MIX = {"cchc": 2, "office shared": 1, "office inline": 1}
SEED = 40


@pytest.fixture(scope="module")
def forty():
    unit = replace(next(made_units(1, 99)), code="99999", name="UBND phường Mẫu Hỏng")
    return unit, forty_files(unit)


def returned_lines(path):
    """Read from the workbook what goes back to the units, line by line."""
    with warnings.catch_warnings():
        # openpyxl warns of every extension that it does not read.
        warnings.simplefilter("ignore", UserWarning)
        book = openpyxl.load_workbook(path, read_only=True)
    lines = [set(line) for line in book["Trả lại"].iter_rows(values_only=True)]
    book.close()
    return lines


def test_there_are_forty_ways(forty):
    _, files = forty
    assert len(files) == 40
    assert len({data for data, _ in files.values()}) == 40
    assert len({code for _, code in files.values()}) == 25


# The second time the few files are read anew, and the many are those that were kept.
@pytest.mark.parametrize(("count", "second"), [(200, ["--again"]), pytest.param(5000, [], marks=pytest.mark.long)])
def test_forty_bad_files_are_listed_and_all_others_count(count, second, forty, run, tmp_path):
    unit, bad = forty
    folder, register = tmp_path / "nộp", tmp_path / "đơn vị.csv"
    made = make_forms(folder, count - len(bad), SEED, mix=MIX)
    (folder / REGISTER).unlink()
    register.write_text(register_of([*(form.unit for form in made), unit]), encoding="utf-8")
    for name, (data, _) in bad.items():
        (folder / name).write_bytes(data)
    options = [folder, "--units", register, "--json", tmp_path / "a.json"]

    code, printed = run("consolidate", "-o", tmp_path / "a.xlsx", *options)
    with_bad = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert code == 1
    refused = {one["source"]: one["code"] for one in with_bad["refused"]}
    assert refused == {name: known for name, (_, known) in bad.items()}
    assert all(one["message"].endswith(".") and one["remedy"].endswith(".") for one in with_bad["refused"])
    assert {one["source"] for one in with_bad["units"]} == {form.name for form in made}
    assert len(with_bad["units"]) == count - 40
    assert "40 tệp" in printed
    lines = returned_lines(tmp_path / "a.xlsx")
    for one in with_bad["refused"]:
        assert len([line for line in lines if {one["source"], one["code"], one["remedy"]} <= line]) == 1

    for name in bad:
        (folder / name).unlink()
    code, _ = run("consolidate", "-o", tmp_path / "a.xlsx", *second, *options)
    without = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    assert code == 0
    assert json.dumps(with_bad["rows"]) == json.dumps(without["rows"])
    assert json.dumps(with_bad["units"]) == json.dumps(without["units"])

    values = {row["address"]: row["value"] for row in without["rows"]}
    totals = totals_of(made)
    assert {address: values[address] for address in totals} == {
        address: exact_text(total) for address, total in totals.items()
    }
