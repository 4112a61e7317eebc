"""The command ``cchc tally``: what it counts, writes, says and refuses."""

import csv
import json
from pathlib import Path

import polars as pl
import pytest
from phuong_son_dossiers import UNIT, dossiers

from cchc_calc.reading import read_report

PERIOD = ("--from", "2023-06-13", "--to", "2023-09-12", "--today", "2023-09-13")
CHANNELS = {"online": "Trực tuyến", "direct": "Trực tiếp", "post": "Bưu chính công ích"}
STATUSES = {
    3: "Không được tiếp nhận",
    4: "Đang xử lý",
    7: "Công dân yêu cầu rút hồ sơ",
    9: "Đã xử lý xong",
    10: "Đã trả kết quả",
}
HEADINGS = {
    "code": "Mã hồ sơ",
    "unit": "Đơn vị",
    "field": "Lĩnh vực",
    "received": "Ngày tiếp nhận",
    "due": "Ngày hẹn trả",
    "finished": "Ngày có kết quả",
    "channel": "Hình thức nộp",
    "service_level": "Mức độ dịch vụ công",
    "status": "Trạng thái",
    "paid_online": "Thanh toán trực tuyến",
    "amount_paid": "Số tiền thanh toán trực tuyến",
    "sent_by_post": "Nộp qua BCCI",
    "returned_by_post": "Trả qua BCCI",
}
EXAMPLE = Path(__file__).parents[1] / "workbooks" / "vi-du" / "ho-so" / "phuong-son-quy-3-2023.csv"
FIGURES = {
    "3.4.3.a": 447,
    "3.4.3.b": 425,
    "3.4.3.c": 424,
    "7.7.4.a": 214,
    "7.7.4.b": 115,
    "7.7.5.d": 82,
    "7.7.5.e": 786_000,
    "7.8.2.a": 0,
    "7.8.2.b": 0,
    "7.8.2.c": 0,
}


def exported(path: Path, table: pl.DataFrame | None = None, headings=HEADINGS, delimiter=";", encoding="utf-8-sig"):
    """Write the dossiers as the one-stop system exports them."""
    table = dossiers() if table is None else table
    with path.open("w", encoding=encoding, newline="") as stream:
        lines = csv.writer(stream, delimiter=delimiter)
        lines.writerow(headings.values())
        for row in table.select(list(headings)).iter_rows(named=True):
            lines.writerow(shown(name, value) for name, value in row.items())
    return path


def shown(name, value):
    if value is None:
        return ""
    match name:
        case "received" | "due" | "finished":
            return f"{value:%d/%m/%Y %H:%M}"
        case "channel":
            return CHANNELS[value]
        case "status":
            return STATUSES[value]
        case "paid_online" | "sent_by_post" | "returned_by_post":
            return "Có" if value else "Không"
    return value


def counted(run, *arguments, code=0):
    found, printed = run("tally", *map(str, arguments), "--json", "ket-qua.json")
    assert found == code, printed
    return json.loads(Path("ket-qua.json").read_text(encoding="utf-8")), printed


def of_units(table: pl.DataFrame, count: int) -> pl.DataFrame:
    """Deal the dossiers out to so many wards, whose codes then differ."""
    units = [f"UBND phường {number + 1}" for number in range(count)]
    dealt = pl.Series([units[place % count] for place in range(len(table))])
    return table.with_columns(unit=dealt)


def test_the_quarter_of_phuong_son_fills_its_form(run, tmp_path):
    result, printed = counted(run, exported(tmp_path / "ho-so.csv"), "-o", "bieu-mau.xlsx", *PERIOD)
    assert {name: result[name] for name in ("read", "used", "refused")} == {"read": 447, "used": 447, "refused": 0}
    assert result["period"] == {"from": "2023-06-13", "to": "2023-09-12"}
    (unit,) = result["units"]
    assert unit["unit"] == UNIT
    assert {address: unit["rows"].get(address) for address in FIGURES} == FIGURES
    assert unit["balance"] == {
        "received": 447, "carried_over": 0, "resolved": 425, "pending": 16, "withdrawn": 5, "refused": 1,
    }  # fmt: skip
    assert "Tiếp nhận 447 + kỳ trước chuyển qua 0 = đã giải quyết 425 + đang giải quyết 16" in printed
    assert "99,76% (424/425) (mẫu số: hồ sơ đã giải quyết trong kỳ; xét theo ngày)" in printed
    report = read_report("bieu-mau.xlsx")
    assert report.unit == UNIT
    assert {address: report.entries[address].content for address in FIGURES} == FIGURES


def test_the_example_is_that_quarter(tmp_path):
    assert EXAMPLE.read_bytes() == exported(tmp_path / "ho-so.csv").read_bytes()


def test_many_units_get_a_form_each_and_their_sum(run, tmp_path):
    export = exported(tmp_path / "ho-so.csv", of_units(dossiers(), 12))
    result, _ = counted(run, export, "-o", "ket-qua", "--by", "unit,field", "--table", "bang.csv", *PERIOD)
    assert sum(unit["rows"]["3.4.3.a"] for unit in result["units"]) == 447
    forms = sorted(Path("ket-qua/bieu-mau").iterdir())
    assert [form.stem for form in forms][:2] == ["Phường 1", "Phường 10"]
    for unit in result["units"]:
        report = read_report(f"ket-qua/bieu-mau/{unit['unit'].removeprefix('UBND ').capitalize()}.xlsx")
        assert report.entries["3.4.3.a"].content == unit["rows"]["3.4.3.a"]
    code, printed = run("consolidate", "ket-qua/bieu-mau", "-o", "cong.xlsx", "--json", "cong.json")
    assert code == 0, printed
    rows = {row["address"]: row["value"] for row in json.loads(Path("cong.json").read_text("utf-8"))["rows"]}
    assert rows["3.4.3.a"] == "447"
    assert rows["3.4.3"] == "424/425"
    with Path("bang.csv").open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.DictReader(stream, delimiter=";"))
    assert sum(int(line["Tiếp nhận trong kỳ"]) for line in lines) == 447
    assert {line["Lĩnh vực"] for line in lines} == {"Hộ tịch", "Chứng thực", "Bảo trợ xã hội"}


@pytest.mark.parametrize("engine", ["duckdb", "polars", "pandas"])
def test_every_engine_gives_the_same_result(run, tmp_path, engine):
    export = exported(tmp_path / "ho-so.csv", of_units(dossiers(), 3))
    result, _ = counted(run, export, "-o", "ket-qua", "--engine", engine, *PERIOD)
    again, _ = counted(run, export, "-o", "nua", *PERIOD)
    assert result == again


def test_unique_codes_give_the_same_counts_from_plain_and_from_odd_csv(run, tmp_path):
    plain = exported(tmp_path / "ho-so.csv")
    odd = tmp_path / "le.csv"
    odd.write_bytes(plain.read_bytes().replace(b"\r\n", b"\n", 1) + b"1;2;3;4;5;6;7;8;9;10;11;12;13;14\r\n")
    first, _ = counted(run, plain, "-o", "a.xlsx", *PERIOD)
    again, printed = counted(run, plain, "-o", "b.xlsx", "--unique-codes", *PERIOD)
    assert first == again
    assert "Không tìm mã hồ sơ trùng" in printed
    broken, _ = counted(run, odd, "-o", "c.xlsx", "--unique-codes", *PERIOD)
    assert (broken["read"], broken["used"], broken["refused"]) == (448, 447, 1)
    assert broken["units"] == first["units"]
    told = [(one["rule"], one["cause"]) for one in broken["findings"] if one["severity"] == "warning"]
    assert told == [("dossiers_broken_rows", None)]


def test_a_unit_that_is_given_for_nothing_is_told(run, tmp_path):
    export = exported(tmp_path / "ho-so.csv")
    told, _ = counted(run, export, "-o", "a.xlsx", "--unit", "UBND phường Khác", *PERIOD)
    assert [one["where"] for one in told["findings"] if one["rule"] == "dossiers_unit_not_needed"] == [
        "UBND phường Khác"
    ]
    used, _ = counted(run, export, "-o", "b.xlsx", "--unit", UNIT, *PERIOD)
    assert "dossiers_unit_not_needed" not in {one["rule"] for one in used["findings"]}


def test_without_a_period_the_whole_table_is_counted(run, tmp_path):
    result, printed = counted(run, exported(tmp_path / "ho-so.csv"), "-o", "bieu-mau.xlsx", "--today", "2023-12-31")
    assert result["period"] == {"from": "2023-06-13", "to": "2023-09-12"}
    assert result["units"][0]["rows"]["3.4.3.a"] == 447
    assert "không ghi kỳ báo cáo" in printed.lower()


def test_refused_rows_are_counted_named_and_written(run, tmp_path):
    export = exported(tmp_path / "ho-so.csv")
    text = export.read_text(encoding="utf-8-sig").splitlines()
    text[1] = text[1].replace("13/06/2023", "13/19/2023", 1)
    text.append(text[5])
    export.write_text("\n".join(text), encoding="utf-8")
    result, printed = counted(run, export, "-o", "bieu-mau.xlsx", "--refused", "hong.csv", *PERIOD)
    assert (result["read"], result["used"], result["refused"]) == (448, 446, 2)
    assert len(result["refused_rows"]) == 2
    written = Path("hong.csv").read_text(encoding="utf-8-sig")
    assert [line.split(";")[-1].partition(" ")[0] for line in written.splitlines()[1:]] == ["'13/19/2023", ""]
    assert "H32.12.5-230613-0000: ngày tiếp nhận không đọc được: “13/19/2023 " in printed
    assert [str(row["unreadable"])[:10] for row in result["refused_rows"]] == ["13/19/2023", "None"]


def test_an_export_of_one_unit_needs_its_name(run, tmp_path):
    headings = {name: heading for name, heading in HEADINGS.items() if name != "unit"}
    export = exported(tmp_path / "ho-so.csv", headings=headings)
    code, printed = run("tally", str(export), "-o", "bieu-mau.xlsx", *PERIOD)
    assert code == 2
    assert "--unit" in printed
    result, _ = counted(run, export, "-o", "bieu-mau.xlsx", "--unit", UNIT, *PERIOD)
    assert result["units"][0]["rows"]["3.4.3.a"] == 447


def test_an_unknown_heading_is_asked_for_and_can_be_named(run, tmp_path):
    export = exported(tmp_path / "ho-so.csv", headings={**HEADINGS, "received": "Ngày nhận vào sổ"})
    code, printed = run("tally", str(export), "-o", "bieu-mau.xlsx", *PERIOD)
    assert code == 2
    assert "Ngày tiếp nhận" in printed
    assert "“Ngày nhận vào sổ”" in printed
    assert "--column" in printed
    named = ("--column", "Ngày nhận vào sổ=Ngày tiếp nhận")
    result, _ = counted(run, export, "-o", "bieu-mau.xlsx", *named, *PERIOD)
    assert result["used"] == 447


def test_a_text_that_means_nothing_known_is_told_and_can_be_declared(run, tmp_path):
    export = exported(tmp_path / "ho-so.csv")
    export.write_text(export.read_text("utf-8-sig").replace("Trực tuyến;4", "Qua ki-ốt;4"), encoding="utf-8")
    result, printed = counted(run, export, "-o", "bieu-mau.xlsx", *PERIOD)
    assert "“Qua ki-ốt” (82 dòng)" in printed
    assert result["units"][0]["rows"]["7.7.4.b"] == 33
    own = tmp_path / "cot.toml"
    own.write_text('[spellings.channel]\n"Qua ki-ốt" = "online"\n', encoding="utf-8")
    result, _ = counted(run, export, "-o", "bieu-mau.xlsx", "--columns", own, *PERIOD)
    assert result["units"][0]["rows"]["7.7.4.b"] == 115


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "Hãy cho biết tệp hồ sơ"),
        (("khong-co.csv",), "khong-co.csv"),
        (("ho-so.csv", "--from", "2023-06-13"), "cần cả --from và --to"),
        (("ho-so.csv", "--table", "bang.xls"), "đuôi .csv"),
        (("ho-so.csv", "--refused", "hong.xlsx"), "đuôi .csv"),
        (("ho-so.csv", "--column", "Ngày nhận"), "không đúng dạng"),
        (("ho-so.csv", "--json", "ho-so.csv"), "trùng tên"),
    ],
)
def test_wrong_use_is_said_and_writes_nothing(run, tmp_path, monkeypatch, arguments, said):
    monkeypatch.chdir(tmp_path)
    exported(tmp_path / "ho-so.csv")
    code, printed = run("tally", *arguments, "-o", "moi.xlsx")
    assert code == 2, printed
    assert said in printed
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ho-so.csv"]


def test_several_units_do_not_fit_one_form(run, tmp_path):
    export = exported(tmp_path / "ho-so.csv", of_units(dossiers(), 3))
    code, printed = run("tally", str(export), "-o", "bieu-mau.xlsx", *PERIOD)
    assert code == 2
    assert "3 đơn vị" in printed
    assert not Path("bieu-mau.xlsx").exists()


def test_a_folder_with_files_is_not_written_into(run, tmp_path):
    export = exported(tmp_path / "ho-so.csv")
    Path("ket-qua").mkdir()
    Path("ket-qua/cũ.txt").write_text("x", encoding="utf-8")
    code, printed = run("tally", str(export), "-o", "ket-qua", *PERIOD)
    assert code == 2
    assert "đã có tệp" in printed


@pytest.mark.parametrize(
    "arguments",
    [
        ("-o", "moi.xlsx", "--refused", "nguon/ho-so.csv"),
        ("-o", "moi.xlsx", "--json", "nguon/ho-so.csv"),
        ("-o", "moi.xlsx", "--table", "nguon/sau/bang.csv"),
        ("-o", "nguon/moi.xlsx"),
        ("-o", "nguon/ket-qua"),
    ],
)
def test_nothing_is_written_into_a_folder_that_is_read(run, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    Path("nguon/sau").mkdir(parents=True)
    before = exported(Path("nguon/ho-so.csv")).read_bytes()
    code, printed = run("tally", "nguon", *arguments, *PERIOD)
    assert code == 2, printed
    assert "nằm trong thư mục nguồn “nguon”" in printed
    assert Path("nguon/ho-so.csv").read_bytes() == before
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["ho-so.csv", "nguon", "sau"]


@pytest.mark.parametrize("name", ["moi.pdf", "moi.XLS", "moi.csv"])
def test_a_file_of_another_kind_is_no_folder(run, tmp_path, name):
    code, printed = run("tally", str(exported(tmp_path / "ho-so.csv")), "-o", name, *PERIOD)
    assert code == 2, printed
    assert f"không phải “{name}”" in printed
    assert not Path(name).exists()


def test_a_period_that_has_not_begun_is_refused(run, tmp_path):
    export = str(exported(tmp_path / "ho-so.csv"))
    period = ("--from", "2032-06-13", "--to", "2032-09-12", "--today", "2023-09-13")
    code, printed = run("tally", export, "-o", "moi.xlsx", *period)
    assert code == 2, printed
    assert "13/06/2032" in printed
    assert "13/09/2023" in printed


def test_numbers_under_the_headings_and_a_sum_below_make_no_unit(run, tmp_path):
    export = exported(tmp_path / "ho-so.csv")
    first, *rows = export.read_text("utf-8-sig").splitlines()
    numbers = ";".join(f"({place})" for place in range(1, len(HEADINGS) + 1))
    export.write_text("\n".join([first, numbers, *rows, "TỔNG CỘNG;447"]), encoding="utf-8")
    result, printed = counted(run, export, "-o", "bieu-mau.xlsx", *PERIOD)
    assert (result["read"], result["used"], result["refused"]) == (449, 447, 2)
    assert [unit["unit"] for unit in result["units"]] == [UNIT]
    assert "2 tên ở cột đơn vị không có dòng nào dùng được, không có biểu mẫu: “(2)”, “447”." in printed


@pytest.mark.parametrize("engine", ["duckdb", "polars", "pandas"])
def test_a_dossier_that_came_by_post_was_sent_by_post_without_a_column_that_says_so(run, tmp_path, engine):
    headings = {name: heading for name, heading in HEADINGS.items() if name != "sent_by_post"}
    table = dossiers().with_columns(channel=pl.lit("post"))
    export = exported(tmp_path / "ho-so.csv", table, headings)
    result, _ = counted(run, export, "-o", "bieu-mau.xlsx", "--engine", engine, *PERIOD)
    assert result["units"][0]["rows"]["7.8.2.a"] == 447


def test_a_blank_name_is_no_unit(run, tmp_path):
    headings = {name: heading for name, heading in HEADINGS.items() if name != "unit"}
    code, printed = run(
        "tally", str(exported(tmp_path / "ho-so.csv", headings=headings)), "-o", "m.xlsx", "--unit", " "
    )
    assert code == 2, printed
    assert "Không tìm thấy cột “Đơn vị”" in printed
