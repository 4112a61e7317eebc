"""Exported files through every engine: the same counts for every unit, field and row of the form, and the true ones."""

from __future__ import annotations

import shutil
from datetime import date
from functools import cache

import pytest
from benchmarks.export_shapes import SHAPES
from benchmarks.made_dossiers import AS_OF, PERIOD
from benchmarks.raw_exports import write_export
from phuong_son_dossiers import UNIT, dossiers
from test_dossier_tally import PHUONG_SON

from cchc_calc.dossiers.counts import COUNTED, values_of
from cchc_calc.dossiers.engine_names import Engine
from cchc_calc.dossiers.fault_names import Fault
from cchc_calc.dossiers.files import read_dossiers
from cchc_calc.dossiers.tally import tally

ROWS, UNITS = 20_000, 12
MILLION, MANY_UNITS = 1_000_000, 200


@pytest.fixture(scope="session")
def exports(tmp_path_factory):
    """Write exports once for all tests; gives the folder of one and what is in it."""
    folder = tmp_path_factory.mktemp("xuất")

    @cache
    def exported(shape, rows=ROWS, units=UNITS):
        place = folder / f"{shape} {rows}"
        return place, write_export(place, SHAPES[shape], rows, 2023, units)

    return exported


def counted_by(engine, folder, **options):
    with read_dossiers([str(folder)], engine=engine) as files:
        return tally(files.frame, PERIOD, as_of=AS_OF, broken_rows=files.broken_rows, **options)


def groups_of(result):
    return {
        (unit.unit.name, field): {
            name: value for name, value in zip(COUNTED, values_of(counts), strict=True) if value and name != "read"
        }
        for unit in result.units
        for field, counts in unit.fields.items()
        if counts.used
    }


def hold_to(truth, result):
    assert result.faults == dict(truth.faults)
    assert (result.read, result.refused) == (truth.read, truth.faults.total())
    assert groups_of(result) == {group: dict(counts) for group, counts in truth.groups.items()}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_is_counted_as_it_was_made(shape, exports):
    folder, truth = exports(shape)
    assert truth.faults[Fault.DOUBLE] > 0
    assert truth.faults[Fault.BROKEN_ROW] == (3 if shape == "broken" else 0)
    hold_to(truth, counted_by(Engine.DUCKDB, folder, by_field=True))


@pytest.mark.parametrize("shape", ["standard", "vietnamese", "partitioned", "one-stop", "synchronised", "broken"])
@pytest.mark.parametrize("engine", [Engine.POLARS, Engine.PANDAS])
def test_every_engine_counts_the_same(engine, shape, exports):
    folder, truth = exports(shape)
    result = counted_by(engine, folder, by_field=True)
    hold_to(truth, result)
    assert result == counted_by(Engine.DUCKDB, folder, by_field=True)


@pytest.mark.long
@pytest.mark.slow
@pytest.mark.parametrize("shape", ["standard", "one-stop"])
@pytest.mark.parametrize("engine", Engine)
def test_a_million_dossiers(engine, shape, exports):
    """Every unit, field and row of the form, through every engine, from parquet and from csv."""
    if engine is Engine.PYSPARK and shutil.which("java") is None:
        pytest.skip("java is not installed: nothing is counted by Spark")
    folder, truth = exports(shape, MILLION, MANY_UNITS)
    assert truth.rows > MILLION
    result = counted_by(engine, folder, by_field=True)
    hold_to(truth, result)
    _, as_made = exports("standard", MILLION, MANY_UNITS)
    assert (truth.groups, truth.faults.total()) == (as_made.groups, as_made.faults.total())
    assert {unit.unit.name: unit.rows for unit in result.units} == rows_of_the_first_engine(exports)


@cache
def rows_of_the_first_engine(exports):
    folder, _ = exports("standard", MILLION, MANY_UNITS)
    return {unit.unit.name: unit.rows for unit in counted_by(Engine.DUCKDB, folder).units}


@pytest.mark.parametrize("engine", [Engine.DUCKDB, Engine.POLARS, Engine.PANDAS])
@pytest.mark.parametrize("name", ["hồ sơ.csv", "hồ sơ.parquet"])
def test_the_quarter_of_phuong_son_from_a_file(name, engine, tmp_path):
    path = tmp_path / name
    if path.suffix == ".csv":
        dossiers().write_csv(path, separator=";", datetime_format="%d/%m/%Y %H:%M")
    else:
        dossiers().write_parquet(path)
    with read_dossiers([str(path)], engine=engine) as files:
        result = tally(files.frame, PERIOD, as_of=date(2023, 9, 13), broken_rows=files.broken_rows)
    [unit] = result.units
    assert (unit.unit.name, unit.rows) == (UNIT, PHUONG_SON)
    assert (result.read, result.used, result.findings) == (447, 447, ())
