"""The command ``cchc diff``: two versions of a report, and two consolidations, as an official reads them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from filled_forms import form_rows
from made_submissions import submitted

from cchc_calc import SourceRefusedError, consolidate
from cchc_calc.consolidation.register_files import parse_register
from cchc_calc.consolidation.stored_results import parse_stored_result

HEADER = ("STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Số liệu", "Cơ quan, đơn vị báo cáo", "Ghi chú")
OLD = {"1.1": "3", "3.4.3.b": "425", "3.4.3.c": "424", "3.4.3": "99,76%"}
TITLE = "BIỂU MẪU THỐNG KÊ QUÝ III/2023 (Từ ngày 13/6/2023 đến ngày 12/9/2023)"


def written(name, values, unit="phường Phương Sơn"):
    lines = [f"UBND {unit}", "", TITLE, "", *("\t".join(row) for row in (HEADER, *form_rows(values)))]
    Path(name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return name


def reports(run, old, new):
    written("cũ.txt", old), written("mới.txt", new)
    code, printed = run("diff", "cũ.txt", "mới.txt", "--json", "khác.json")
    assert code == 0, printed
    return json.loads(Path("khác.json").read_text(encoding="utf-8")), printed


class TestReports:
    def test_values_differences_and_rules(self, run):
        data, printed = reports(run, OLD, OLD | {"3.4.3.c": "420"})
        rows = {row["address"]: row for row in data["rows"]}
        assert list(rows) == ["3.4.3", "3.4.3.c"]
        assert {name: rows["3.4.3"][name] for name in ("old_text", "new_text", "difference", "failing", "mended")} == {
            "old_text": "99,76%",
            "new_text": "98,82%",
            "difference": "-0,94 điểm %",
            "failing": ["declared_differs"],
            "mended": [],
        }
        assert (rows["3.4.3.c"]["old"], rows["3.4.3.c"]["new"], rows["3.4.3.c"]["difference"]) == ("424", "420", "-4")
        assert "So sánh cũ.txt (cũ) với mới.txt (mới)" in printed
        assert "2 chỉ tiêu đổi số liệu." in printed
        assert "99,76% → 98,82% (-0,94 điểm %)" in printed
        assert "lỗi mới: Số đã in khác số tính lại" in printed

    def test_what_is_mended(self, run):
        _, printed = reports(run, OLD | {"3.4.3": "98%"}, OLD)
        assert "3.4.3 Tỷ lệ hồ sơ TTHC được giải quyết đúng hạn" in printed
        assert "số không đổi" in printed
        assert "đã sửa: Số đã in khác số tính lại" in printed

    def test_the_same_twice(self, run):
        data, printed = reports(run, OLD, OLD)
        assert data["rows"] == []
        assert "Hai bản không khác nhau." in printed

    def test_another_unit_is_told(self, run):
        written("a.txt", OLD), written("b.txt", OLD, "phường Vĩnh Hải")
        code, printed = run("diff", "a.txt", "b.txt")
        assert code == 0
        assert "Phương Sơn →" in printed

    @pytest.mark.parametrize("name", ["không có.txt", "lời văn.txt"])
    def test_what_has_no_form_is_refused(self, run, name):
        Path("lời văn.txt").write_text("Báo cáo công tác cải cách hành chính quý III năm 2023.\n", encoding="utf-8")
        code, printed = run("diff", written("cũ.txt", OLD), name)
        assert code == 2
        assert "Cách xử lý" in printed

    def test_the_json_never_replaces_a_source(self, run):
        written("cũ.txt", OLD), written("mới.txt", OLD)
        before = Path("mới.txt").read_bytes()
        assert run("diff", "cũ.txt", "mới.txt", "--json", "mới.txt")[0] == 2
        assert Path("mới.txt").read_bytes() == before


REGISTER = parse_register("Mã;Tên đơn vị;Cấp\n1;Phường 1;xã\n2;Phường 2;xã\n3;Phường 3;xã\n10;Phường 10;xã\n")


def ward(number, resolved, on_time):
    return submitted(f"UBND phường {number}", {"3.4.3.b": resolved, "3.4.3.c": on_time})


def result(name, submissions, **options):
    text = json.dumps(consolidate(submissions, **options).to_json(), ensure_ascii=False)
    Path(name).write_text(text, encoding="utf-8")
    return name


class TestConsolidations:
    BEFORE = (ward(1, 10, 9), ward(2, 20, 20), ward(10, 7, 7))
    NOW = (ward(1, 10, 9), ward(2, 20, 19), ward(3, 5, 5))

    @pytest.mark.parametrize("options", [{}, {"register": REGISTER}])
    def test_units_by_their_seals_and_the_totals(self, run, options):
        result("cũ.json", self.BEFORE, **options), result("mới.json", self.NOW, **options)
        code, printed = run("diff", "cũ.json", "mới.json", "--json", "khác.json")
        assert code == 0, printed
        data = json.loads(Path("khác.json").read_text(encoding="utf-8"))
        named = {
            what: [name.removeprefix("UBND ").capitalize() for name in data["units"][what]] for what in data["units"]
        }
        assert named == {"come": ["Phường 3"], "gone": ["Phường 10"], "changed": ["Phường 2"]}
        rows = {row["address"]: (row["old"], row["new"], row["difference"]) for row in data["rows"]}
        assert rows == {
            "3.4.3": ("36/37", "33/35", "-3,01 điểm %"),
            "3.4.3.b": ("37", "35", "-2"),
            "3.4.3.c": ("36", "33", "-3"),
        }
        assert "Đơn vị đổi số liệu: 1" in printed
        assert "97,30% → 94,29% (-3,01 điểm %)" in printed

    def test_the_same_twice(self, run):
        result("cũ.json", self.BEFORE), result("mới.json", self.BEFORE[::-1])
        code, printed = run("diff", "cũ.json", "mới.json")
        assert code == 0
        assert "0 chỉ tiêu tổng hợp thay đổi." in printed

    def test_a_report_and_a_consolidation_are_two_things(self, run):
        code, printed = run("diff", result("cũ.json", self.BEFORE), written("mới.txt", OLD))
        assert code == 2
        assert "không so sánh báo cáo với tệp JSON" in printed

    def test_states_and_texts_come_back_as_they_were(self):
        done = consolidate([*self.BEFORE, submitted("UBND phường 4", {"7.7.1.c": 4, "1.6.b": 1, "6.1.a": 5})])
        stored = parse_stored_result(json.dumps(done.to_json()).encode())
        for row in stored.rows:
            total = done.row(row.address)
            assert (row.content, row.text, row.units_reported) == (total.content, total.text, total.units_reported)
        assert {name for name, _ in stored.units.values()} == {unit.unit for unit in done.units}

    GOOD = json.dumps(consolidate(BEFORE).to_json())

    @pytest.mark.parametrize(
        "data",
        [
            b"",
            b"\xff\xfe",
            b"[1, 2]",
            b"{}",
            b"[" * 200_000,
            b'{"form": {"id": "../x", "edition": "2023"}}',
            GOOD.replace('"thong-ke-cchc"', '"khac"').encode(),
            GOOD.replace('"36/37"', '"36/0"').encode(),
            GOOD.replace('"36/37"', '"1e999999"').encode(),
            GOOD.replace('"36/37"', '"\u0663"').encode(),
            GOOD.replace('"36/37"', f'"{"9" * 5000}"').encode(),
            GOOD.replace('"36/37"', "0.97").encode(),
            GOOD.replace('"3.4.3"', '"3.4.33"').encode(),
            GOOD.replace('"units_reported": 3', '"units_reported": "3"').encode(),
        ],
    )
    def test_what_is_something_else_is_refused(self, data):
        with pytest.raises(SourceRefusedError) as error:
            parse_stored_result(data)
        assert error.value.code == "F04"
        assert error.value.remedy

    def test_a_folder_and_a_file_that_is_not_there(self, run):
        Path("thư mục.json").mkdir()
        for name in ("thư mục.json", "không có.json"):
            code, printed = run("diff", result("cũ.json", self.BEFORE), name)
            assert code == 2
            assert "Cách xử lý" in printed

    def test_names_of_units_are_printed_as_they_are(self, run):
        odd = replace(ward(1, 10, 9), unit="[bold]=cmd|' /C calc'!A0")
        result("cũ.json", [ward(2, 1, 1)]), result("mới.json", [odd, ward(2, 1, 1)])
        _, printed = run("diff", "cũ.json", "mới.json")
        assert "[bold]=cmd|" in printed
