"""A whole consolidation: its JSON, its findings, its manifest, thousands of units, and reports read anew each time."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from fractions import Fraction

import pytest
from filled_forms import FORM, report_of
from made_submissions import NHA_TRANG, QUARTER, submitted

from cchc_calc import consolidate, read_report
from cchc_calc.consolidation.manifest import manifest_of
from cchc_calc.consolidation.refusals import Refusal
from cchc_calc.consolidation.submissions import StoredSubmissions, submission_of
from cchc_calc.findings import Severity
from cchc_calc.periods import reporting_period
from cchc_calc.states import State

ROW_KEYS = {"address", "state", "value", "text", "units_reported", "units_expected", "low", "high"}


def dossiers(unit, resolved, on_time, **more):
    return submitted(unit, {"3.4.3.b": resolved, "3.4.3.c": on_time}, **more)


def test_the_json_has_the_fixed_keys():
    reports = [
        dossiers("UBND phường Phương Sơn", 425, 424, sha256="ab" * 32, findings={Severity.ERROR: 2}),
        dossiers("UBND phường Vĩnh Hải", 100, 90),
        dossiers("UBND phường Không Có", 5, 5),
    ]
    found = json.loads(json.dumps(consolidate(reports, register=NHA_TRANG).to_json()))
    assert {"form", "level", "period", "units", "rows", "refused", "findings"} <= found.keys()
    assert found["form"] == {"id": "thong-ke-cchc", "edition": "2023"}
    assert (found["level"], found["period"]) == ("city", {"from": "2023-06-13", "to": "2023-09-12"})
    son = next(unit for unit in found["units"] if unit["unit"] == "Phường Phương Sơn")
    assert (son["source"], son["sha256"], son["outcome"]) == ("UBND phường Phương Sơn.xlsx", "ab" * 32, "OK")
    assert (son["code"], son["findings"]) == ("22354", {"error": 2, "warning": 0, "info": 0})
    rows = {row["address"]: row for row in found["rows"]}
    assert len(rows) == sum(1 for row in FORM.rows if not row.is_heading)
    assert all(row.keys() >= ROW_KEYS for row in rows.values())
    assert {key: rows["3.4.3"][key] for key in ROW_KEYS} == {
        "address": "3.4.3",
        "state": "value",
        "value": "514/525",
        "text": "97,90%",
        "units_reported": 2,
        "units_expected": 27,
        "low": None,
        "high": None,
    }
    assert rows["3.4.3"]["mean_of_rates"] == "94,88%"
    assert (rows["1.1"]["state"], rows["1.1"]["value"], rows["1.1"]["text"]) == ("blank", None, "")
    assert [(one["source"], one["outcome"], one["code"]) for one in found["refused"]] == [
        ("UBND phường Không Có.xlsx", "REFUSE", "X03")
    ]
    assert len(found["missing"]) == 25


def test_a_row_that_another_level_fills_expects_nobody_and_tells_who_filled_it():
    reports = [submitted("UBND phường 1", {"3.4.2.b": 5, "3.4.2.c": 5}), submitted("UBND phường 2", {"1.1": 2})]
    done = consolidate(reports)
    assert (done.row("3.4.2").units_reported, done.row("3.4.2").units_expected) == (1, 1)
    assert done.row("3.4.3").units_expected == 2
    assert [finding.rows for finding in done.of_rule("total_row_of_other_level")] == [("3.4.2.b",), ("3.4.2.c",)]


def test_missing_units_are_named_and_counted():
    done = consolidate([dossiers("UBND phường Phương Sơn", 4, 3)], register=NHA_TRANG)
    (finding,) = done.of_rule("units_missing")
    assert finding.message.startswith("thiếu 26/27 đơn vị: Phường Vĩnh Hòa, ")
    assert finding.message.endswith("và 6 đơn vị khác.")
    assert done.missing[0] == "Phường Vĩnh Hòa"


def test_without_a_register_those_of_the_period_before_are_expected():
    before = [dossiers(f"UBND phường {number}", 10, 9) for number in (10, 2, 1)]
    done = consolidate([dossiers("UBND phường 2", 5, 5)], previous=before)
    assert done.missing == ("UBND phường 1", "UBND phường 10")


def test_units_merged_since_weigh_what_they_weighed_together():
    third = reporting_period("quarter", 2025, 3)
    before = [dossiers(f"UBND phường {name}", 10, 9) for name in ("Phương Sài", "Ngọc Hiệp")]
    now = dossiers("UBND phường Nha Trang", 20, 20, period=third)
    done = consolidate([now], register=NHA_TRANG, previous=before).row("3.4.3")
    # nothing is known of the other two that are missing
    assert done.low is None
    others = [dossiers(f"UBND phường {name} Nha Trang", 30, 30, period=third) for name in ("Bắc", "Nam")]
    done = consolidate([now, *others], register=NHA_TRANG, previous=before).row("3.4.3")
    assert (done.low, done.high) == (Fraction(80, 80 + 20), 1)


def test_a_report_of_the_period_before_weighs_once():
    before = dossiers("UBND phường 2", 20, 20)
    done = consolidate([dossiers("UBND phường 1", 80, 78)], previous=[before, replace(before, source="b.xlsx")])
    assert done.row("3.4.3").low == Fraction(78, 100)


def test_the_mean_of_rates_is_named_as_the_mistake_it_would_be():
    done = consolidate([dossiers("UBND phường 1", 50, 50), dossiers("UBND phường 2", 1, 0)])
    (finding,) = done.of_rule("mean_of_rates")
    assert (finding.rows, finding.found, finding.expected, finding.code) == (("3.4.3",), "50,00%", "98,04%", "V16")


def test_units_that_differ_in_a_common_row_are_named():
    reports = [submitted(f"UBND phường {number}", {"3.1.4.b": 132}) for number in range(3)]
    done = consolidate([*reports, submitted("UBND phường 7", {"3.1.4.b": 131})])
    (finding,) = [finding for finding in done.of_rule("common_value_differs") if finding.rows == ("3.1.4.b",)]
    assert finding.found == "131 (UBND phường 7)"
    assert finding.expected == "132"


def test_reports_as_read_can_be_added_up():
    report = report_of({"3.4.3.b": "425", "3.4.3.c": "424"})
    done = consolidate([replace(report, unit="UBND phường Phương Sơn")])
    assert done.row("3.4.3").text == "99,76%"


def test_a_report_without_a_form_is_wrong_use():
    with pytest.raises(ValueError, match="no form"):
        submission_of(report_of(rows=[["", "", "", "", "", ""]]))


class ReadAnew(StoredSubmissions):
    """Submissions that are made each time they are asked for."""

    def __init__(self, count):
        self.count = count
        self.asked = 0

    def __len__(self):
        return self.count

    def __getitem__(self, number):
        if not 0 <= number < self.count:
            raise IndexError(number)
        self.asked += 1
        return dossiers(f"UBND phường {number}", 10 + number % 7, 10)


def test_submissions_may_be_read_anew_and_an_iterator_does_as_well():
    collection = ReadAnew(5)
    done = consolidate(collection)
    assert collection.asked == 2 * 5
    assert done.rows == consolidate(iter(ReadAnew(5))).rows == consolidate(list(ReadAnew(5))).rows
    assert [contents["3.4.3.b"] for contents in done.contents] == [10, 11, 12, 13, 14]
    assert collection.asked == 3 * 5


def test_the_contents_stand_in_the_order_of_the_units():
    done = consolidate([dossiers(f"UBND phường {number}", number, 0) for number in (10, 2, 1)])
    assert [contents["3.4.3.b"] for contents in done.contents] == [1, 2, 10]
    assert [contents["3.4.3.b"] for contents in done.contents[1:]] == [2, 10]


def damaged(place, one):
    """One of the ways in which a file gives no figure that counts."""
    return [
        replace(one, period=reporting_period("quarter", 2023, 1 + place % 2)),
        replace(one, edition="2025"),
        replace(one, unit=f"UBND huyện {place}", level="district"),
        replace(one, seal=f"{place:064}"),
    ][place % 4]


def test_five_thousand_files_of_which_forty_are_bad():
    rng = random.Random(40)  # noqa: S311
    good = [
        dossiers(
            f"UBND xã {number}", resolved := rng.randrange(1, 900), rng.randrange(resolved + 1), source=f"{number}.xlsx"
        )
        for number in range(4960)
    ]
    read = [damaged(place, dossiers(f"UBND phường {place}", 5, 5, source=f"hỏng {place}.xlsx")) for place in range(30)]
    broken = [Refusal(f"tệp {place}.xlsx", "F05", "tệp rỗng (0 byte).", "Gửi lại.") for place in range(10)]
    mixed = [*good, *read]
    rng.shuffle(mixed)
    done = consolidate(mixed, period=QUARTER, refused=broken)
    assert (len(done.units), len(done.refused)) == (4960, 40)
    assert {refusal.source for refusal in done.refused} == {
        *(f"hỏng {place}.xlsx" for place in range(30)),
        *(f"tệp {place}.xlsx" for place in range(10)),
    }
    assert all(refusal.message and refusal.remedy for refusal in done.refused)
    alone = consolidate(good, period=QUARTER)
    assert done.units == alone.units
    # who sent a bad file is missing, and that alone is what the bad files change
    unknown = {"units_expected": 0, "low": None, "high": None}
    assert [replace(row, **unknown) for row in done.rows] == [replace(row, **unknown) for row in alone.rows]
    assert len(done.missing) == 30 - 7
    resolved = sum(one.content("3.4.3.b") for one in good)
    assert done.row("3.4.3.b").content == resolved


class TestManifest:
    REPORTS = (
        dossiers("UBND phường 2", 10, 9, sha256="b" * 64),
        dossiers("UBND phường 1", 20, 20, sha256="a" * 64),
        dossiers("UBND huyện A", 20, 20, level="district", sha256="c" * 64),
    )

    def test_it_names_every_file_its_hash_and_the_seal_of_its_values(self):
        manifest = manifest_of(consolidate(self.REPORTS), ["cchc", "consolidate", "thư mục"])
        assert [(unit["unit"], unit["sha256"]) for unit in manifest["units"]] == [
            ("UBND phường 1", "a" * 64),
            ("UBND phường 2", "b" * 64),
        ]
        assert manifest["units"][0]["seal"] == self.REPORTS[1].computed_seal()
        assert manifest["refused"] == [{"source": "UBND huyện A.xlsx", "sha256": "c" * 64, "code": "X04"}]
        assert manifest["command"] == ["cchc", "consolidate", "thư mục"]

    def test_the_order_of_the_files_changes_nothing(self):
        manifests = [manifest_of(consolidate(reports)) for reports in (self.REPORTS, self.REPORTS[::-1])]
        assert json.dumps(manifests[0]) == json.dumps(manifests[1])


def test_the_row_of_a_heading_does_not_exist():
    done = consolidate([dossiers("UBND phường 1", 1, 1)])
    assert done.row("3.4.3").state is State.VALUE
    with pytest.raises(KeyError):
        done.row("3.4")


def test_the_quarterly_report_of_phuong_son_in_its_city(real_reports):
    """The report of phường Phương Sơn, III/2023, as the first of the 27 that thành phố Nha Trang waits for."""
    [path] = real_reports.glob("*_phuong-son.txt")
    done = consolidate([read_report(path)], register=NHA_TRANG)
    assert [(unit.unit, unit.code) for unit in done.units] == [("Phường Phương Sơn", "22354")]
    assert (len(done.missing), done.refused) == (26, ())
    assert [done.row(address).text for address in ("3.4.3", "7.7.4", "6.1", "7.7.1.c")] == [
        "100,00%",
        "53,74%",
        "Không phát sinh",
        "15",
    ]
    # 7.7.5.a is 0 while 27 are provided; the choice of 1.6.b was edited into the legend
    assert [
        (done.row(address).units_reported, done.row(address).units_undecided) for address in ("7.7.5", "1.6.b")
    ] == [
        (0, 1),
        (0, 1),
    ]
