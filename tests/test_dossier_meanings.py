"""The meanings of texts in exports, alike on every engine."""

from __future__ import annotations

import unicodedata

import duckdb
import narwhals.stable.v2 as nw
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_calc.dossiers.column_entries import SPELLED
from cchc_calc.dossiers.counts import Counts
from cchc_calc.dossiers.fault_names import Fault
from cchc_calc.dossiers.headings import known_columns
from cchc_calc.dossiers.meanings import amount, with_meanings
from cchc_calc.dossiers.unknown_spellings import about_spellings, doubtful_columns, unknown_spellings

KNOWN = known_columns()


def as_polars(columns):
    return pl.LazyFrame(columns, dict.fromkeys(columns, pl.String))


def as_duckdb(columns):
    return duckdb.from_arrow(pa.table({name: pa.array(texts, pa.string()) for name, texts in columns.items()}))


def as_pandas(columns):
    return pd.DataFrame({name: pd.Series(texts, dtype="str") for name, texts in columns.items()})


def as_pandas_objects(columns):
    return pd.DataFrame({name: pd.Series(texts, dtype=object) for name, texts in columns.items()})


ENGINES = [as_polars, as_duckdb, as_pandas, as_pandas_objects]
engines = pytest.mark.parametrize("engine", ENGINES, ids=lambda one: one.__name__)


def plain(values):
    """Numbers and flags as Python has them, whatever the engine made of those beside nothing."""
    return [int(value) if isinstance(value, float) else value for value in values]


def meant(engine, name, texts):
    table = with_meanings(nw.from_native(engine({name: texts})).lazy(), [name], KNOWN)
    return plain(table.select(f"{name}_meaning").collect("pyarrow").to_native()[f"{name}_meaning"].to_pylist())


def amounts(engine, texts):
    table = nw.from_native(engine({"t": texts})).lazy().select(amount(nw.col("t")).alias("t"))
    return plain(table.collect("pyarrow").to_native()["t"].to_pylist())


MEANT = {
    "channel": {
        "Trực tuyến": "online",
        " TRỰC  TUYẾN ": "online",
        "Nộp trực tuyến": "online",
        "Online": "online",
        "online": "online",
        "2": "online",
        "2.0": "online",
        "Trực tiếp": "direct",
        "nộp trực tiếp\n": "direct",
        "1": "direct",
        "3": "post",
        "bcci": "post",
        "Qua\u00a0bưu chính công ích": "post",
        "post": "post",
        "4": None,
        "12": None,
        "bưu tá": None,
        "Trực tuyến, trực tiếp": None,
        "": None,
        "  ": None,
        None: None,
    },
    "service_level": {
        "4": 4,
        "4.0": 4,
        "Mức độ 3": 3,
        "mức 2": 2,
        "Toàn trình": 4,
        "DVC MỘT PHẦN": 3,
        "Dịch vụ công trực tuyến toàn trình": 4,
        "5": None,
        "0": None,
        "34": None,
        "Mức độ": None,
        None: None,
    },
    "status": {
        "10": 10,
        "9.0": 9,
        "1": 1,
        "Đã trả kết quả": 10,
        "đang xử lý": 4,
        "Yêu cầu bổ sung giấy tờ": 5,
        "Công dân yêu cầu rút hồ sơ": 7,
        "Chờ trả kết quả": 9,
        "11": 0,
        "0": 0,
        "Tạm dừng": 0,
        "?": 0,
        "": None,
        " \t": None,
        None: None,
    },
    "paid_online": {
        "Có": True,
        "KHÔNG": False,
        "x": True,
        "X ": True,
        "1": True,
        "0": False,
        "True": True,
        "false": False,
        "Trực tuyến": True,
        "Tiền mặt": False,
        "Qua bưu chính": None,
        "2": None,
        "xx": None,
        None: None,
    },
    "returned_by_post": {
        "Qua bưu chính công ích": True,
        "Trực tiếp": False,
        "nhận trực tiếp": False,
        "1": True,
        "0": False,
        "Tiền mặt": None,
        None: None,
    },
    "sent_by_post": {"Qua BCCI": True, "Trực tuyến": False, "Không": False, "Tiền mặt": None},
}

AMOUNTS = {
    "9500": 9500,
    " 9500 ": 9500,
    "0": 0,
    "9.500": 9500,
    "1.234.567": 1234567,
    "9.500,00": 9500,
    "9.500,0": 9500,
    "9500.00": 9500,
    "9500,00": 9500,
    "9500.0": 9500,
    "999999999999999": 999999999999999,
    "9999999999999999": None,
    "9,500": None,
    "9,500,000": None,
    "9.50": None,
    "9.5000": None,
    "9.500.00": None,
    "9500.5": None,
    "9500,50": None,
    "0.500": None,
    "1.23.456": None,
    "9 500": None,
    "9.500 đ": None,
    "-9500": None,
    "+9500": None,
    "9e3": None,
    "٩": None,
    "": None,
    None: None,
}


@engines
@pytest.mark.parametrize("name", MEANT)
def test_a_text_means(engine, name):
    texts = list(MEANT[name])
    assert dict(zip(texts, meant(engine, name, texts), strict=True)) == MEANT[name]


@engines
@pytest.mark.parametrize("name", SPELLED)
def test_each_spelling_means_its_value_however_it_is_stored(engine, name):
    """Accents in the letters, apart, or the tone alone apart as the code page of Windows has it; in any case."""
    spellings = KNOWN.spellings(name)
    values = [one.value for one in spellings]
    for change in (str, str.upper, str.title, decomposed, half_decomposed):
        assert meant(engine, name, [change(one.text) for one in spellings]) == values


def decomposed(text):
    return unicodedata.normalize("NFD", text)


def half_decomposed(text):
    return "".join(map(with_tone_apart, unicodedata.normalize("NFC", text)))


def with_tone_apart(letter):
    marks = decomposed(letter)
    tone = "".join(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
    return unicodedata.normalize("NFC", marks.translate(dict.fromkeys(map(ord, tone)))) + tone


@engines
def test_an_amount_is_read_by_its_form(engine):
    texts = list(AMOUNTS)
    assert dict(zip(texts, amounts(engine, texts), strict=True)) == AMOUNTS


odd = st.one_of(
    st.sampled_from([text for texts in MEANT.values() for text in texts]),
    st.text("0123456789., đ", max_size=8),
    st.text(max_size=6),
)


def all_meanings(engine, texts):
    """What texts mean in every column in which they are looked up."""
    table = with_meanings(nw.from_native(engine(dict.fromkeys(SPELLED, texts))).lazy(), SPELLED, KNOWN)
    read = table.select(f"{name}_meaning" for name in SPELLED).collect("pyarrow").to_native()
    return [plain(column.to_pylist()) for column in read.columns]


@settings(max_examples=10)
@given(st.lists(odd, min_size=1, max_size=40))
def test_all_engines_take_any_text_alike(texts):
    for read in (all_meanings, amounts):
        first, *others = (read(engine, texts) for engine in ENGINES)
        assert others == [first] * len(others)


COLUMNS = {
    "c0": ["Trực tuyến", "bưu tá", "bưu tá", "Bưu  tá", None, " ", "?"],
    "c1": ["4", "9", "9", "9", "", "Toàn trình", "lạ"],
    "c2": ["9.500", "9,5", "", "x", "1", None, "2"],
    "c3": ["Có", "Không", "0", "1", None, "", "x"],
}
NAMES = {"channel": "c0", "status": "c1", "amount_paid": "c2", "paid_online": "c3"}


@engines
def test_texts_without_a_known_meaning_are_told_with_their_number(engine):
    found = {one.name: one for one in unknown_spellings(engine(COLUMNS), NAMES, KNOWN)}
    assert set(found) == {"channel", "status", "amount_paid"}
    assert (found["channel"].rows, found["channel"].examples) == (4, (("bưu tá", 2), ("?", 1), ("Bưu  tá", 1)))
    assert found["status"].examples == (("Toàn trình", 1), ("lạ", 1))
    assert found["amount_paid"].examples == (("9,5", 1), ("x", 1))


def test_only_columns_asked_for_are_looked_at():
    assert [one.name for one in unknown_spellings(as_polars(COLUMNS), NAMES, KNOWN, ["status"])] == ["status"]
    numbers = pl.DataFrame({"c1": [1, 99]})
    assert list(unknown_spellings(numbers, NAMES, KNOWN, ["status"])) == []


def test_what_was_not_known_in_the_counts_names_the_columns():
    assert doubtful_columns(Counts(), []) == ()
    assert doubtful_columns(Counts(unknown_amount=1, unknown_level=1), []) == ("service_level", "amount_paid")
    assert doubtful_columns(Counts(), {Fault.UNKNOWN_STATUS: 3}) == ("status",)


def test_a_finding_says_what_is_written_and_how_to_declare_it():
    many = {"c0": [f"kiểu {number % 8}" for number in range(100)] + ['"=1+1', "x" * 500]}
    [finding] = about_spellings(unknown_spellings(as_duckdb(many), {"channel": "c0"}, KNOWN))
    assert finding.rule == "dossiers_spelling_unknown"
    assert (
        "Cột “Hình thức nộp” có 102 dòng ghi không rõ nghĩa, coi như không ghi: “kiểu 0” (13 dòng)" in finding.message
    )
    assert "và 38 dòng ghi cách khác" in finding.message
    assert '[spellings.channel], dưới đó: "kiểu 0" = "direct"' in finding.remedy
    status, amounts_told = about_spellings(
        unknown_spellings(as_polars(COLUMNS), NAMES, KNOWN, ["status", "amount_paid"])
    )
    assert "các dòng ấy không dùng được" in status.message
    assert "9.500" in amounts_told.remedy
