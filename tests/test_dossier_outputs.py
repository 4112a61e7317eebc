"""What a tally is shown as: the period of a whole table, the lines on the screen, the table of all counts."""

from datetime import date, datetime

import pandas as pd
import polars as pl
import pytest
from phuong_son_dossiers import SCHEMA, UNIT, dossiers

from cchc_calc.dossiers.count_names import COUNT_NAMES
from cchc_calc.dossiers.count_table import NO_FIELD, By, count_table
from cchc_calc.dossiers.counts import COUNTED
from cchc_calc.dossiers.options import Base, Options
from cchc_calc.dossiers.span import span_of, whole_table
from cchc_calc.dossiers.summary import speed_line, summary_lines
from cchc_calc.dossiers.tally import tally
from cchc_calc.periods import Period

PERIOD = Period(date(2023, 6, 13), date(2023, 9, 12))


def dossier(received: str | None, finished: str | None = None) -> dict[str, object]:
    moments = {"received": received, "finished": finished}
    times = {name: None if text is None else datetime.fromisoformat(text) for name, text in moments.items()}
    return {"code": "1", "unit": UNIT} | times


@pytest.mark.parametrize(
    ("rows", "days"),
    [
        ([], None),
        ([(None,)], None),
        ([("2023-06-13T16:59",)], ("2023-06-13", "2023-06-13")),
        ([("2023-06-13", "2023-07-01T08:00")], ("2023-06-13", "2023-07-01")),
        ([("2023-06-13", "2023-07-01"), ("2023-08-02",)], ("2023-06-13", "2023-08-02")),
        # What would be refused says nothing: finished before it was received, received after the export.
        ([("2023-06-13",), ("2023-05-02", "2023-04-01")], ("2023-06-13", "2023-06-13")),
        ([("2023-06-13",), ("2024-05-02",)], ("2023-06-13", "2023-06-13")),
    ],
)
def test_the_span_of_a_table(rows, days):
    as_of = date(2023, 12, 31)
    frame = pl.DataFrame([dossier(*row) for row in rows], SCHEMA)
    for table in (frame, frame.to_pandas(), frame.lazy()):
        span = span_of(table, as_of)
        assert (span and (span.start.isoformat(), span.end.isoformat())) == days


def test_the_span_is_told():
    finding = whole_table(PERIOD)
    assert "13/06/2023 – 12/09/2023" in finding.message
    assert "--from" in finding.remedy


def test_every_count_has_its_own_name():
    assert tuple(COUNT_NAMES) == COUNTED
    assert len(set(COUNT_NAMES.values())) == len(COUNTED)


@pytest.mark.parametrize(
    ("by", "names"),
    [
        (By.UNIT, [(UNIT,)]),
        (By.FIELD, [(NO_FIELD,), ("Chứng thực",), ("Hộ tịch",)]),
        (By.UNIT_AND_FIELD, [(UNIT, NO_FIELD), (UNIT, "Chứng thực"), (UNIT, "Hộ tịch")]),
    ],
)
def test_the_table_has_a_row_for_each(by, names):
    table = dossiers().with_columns(pl.col("field").replace("Bảo trợ xã hội", None))
    made = count_table(tally(table, PERIOD, by_field=True), by)
    (block,) = made.blocks()
    frame = pd.DataFrame(dict(zip([column.name for column in made.columns], block, strict=True)))
    assert list(frame.iloc[:, : len(names[0])].itertuples(index=False, name=None)) == names
    assert frame["Tiếp nhận trong kỳ"].sum() == 447
    assert frame["Đúng hạn (tử số)"].sum() == 424
    assert frame["Đúng hạn (mẫu số)"].sum() == 425
    assert set(frame["Mẫu số là"]) == {"hồ sơ đã giải quyết trong kỳ"}


def test_of_no_dossier_the_table_has_no_row():
    made = count_table(tally(pl.DataFrame([], SCHEMA), PERIOD), By.UNIT)
    (block,) = made.blocks()
    assert [list(column) for column in block] == [[]] * len(made.columns)


def test_the_rate_is_never_without_its_base():
    for base, said in {
        Base.RESOLVED: "(424/425) (mẫu số: hồ sơ đã giải quyết trong kỳ",
        Base.DUE: "mẫu số: hồ sơ đến hạn trong kỳ",
        Base.RECEIVED: "(440/441) (mẫu số: hồ sơ phải giải quyết",
    }.items():
        lines = "\n".join(summary_lines(tally(dossiers(), PERIOD, options=Options(base=base))))
        assert said in lines


def test_long_lists_are_cut_and_counted():
    units = pl.Series([f"UBND phường {number % 25 + 1}" for number in range(447)])
    lines = list(summary_lines(tally(dossiers().with_columns(unit=units), PERIOD), by_field=True))
    assert "     … và 5 dòng nữa; ghi --table để có đủ." in lines
    assert "  25 đơn vị" in lines


def test_a_speed_is_told_where_it_means_something():
    assert speed_line(447, 1.0) == "  Đã đọc và đếm 447 dòng trong 1,0 giây."
    assert "2.000.000 dòng/giây" in speed_line(3_000_000, 1.5)
