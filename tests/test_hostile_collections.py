"""Folders of files with something wrong in them: what must not count is refused by name, and harms no other unit."""

from __future__ import annotations

import json
import tomllib
from datetime import date
from pathlib import Path

import pytest
from benchmarks.made_forms import totals_of
from hostile.many_files import COLLECTIONS

from cchc_calc import consolidate
from cchc_calc.computation import exact_text
from cchc_calc.consolidation.register_files import read_register
from cchc_calc.intake.folders import list_files
from cchc_calc.intake.receiving import receive
from cchc_calc.outcomes import OUTCOMES, Outcome

LIST = Path(__file__).parent / "cases" / "hostile_collections.toml"
CASES = {case["name"]: case for case in tomllib.loads(LIST.read_text(encoding="utf-8"))["case"]}


def written(collection, folder):
    """Write a collection into folders of this period and of the one before, with the register beside them."""
    for name, files in (("nop", collection.files), ("ky-truoc", collection.before)):
        (folder / name).mkdir()
        for file, sent in files.items():
            (folder / name / file).write_bytes(sent.data)
    (folder / "don-vi.csv").write_text(collection.register, encoding="utf-8")
    return folder


def received(folder):
    return [receive(Path(file.path), file.name) for file in list_files([folder]).files]


def consolidated(collection, folder):
    """Consolidate a written collection without the command."""
    options = dict(zip(collection.options[::2], collection.options[1::2], strict=True))
    now, before = received(folder / "nop"), received(folder / "ky-truoc")
    return consolidate(
        [one.submission for one in now if one.submission],
        register=read_register(folder / "don-vi.csv"),
        parent=options["--parent"],
        previous=[one.submission for one in before if one.submission],
        refused=[one.refusal for one in now if one.refusal],
        faults={one.name: one.faults for one in now},
        today=date.fromisoformat(options["--today"]) if "--today" in options else None,
    )


@pytest.fixture(scope="module")
def all_collections(tmp_path_factory):
    """Every collection, made and consolidated once."""
    done = {}
    for name, build in COLLECTIONS.items():
        collection = build()
        folder = written(collection, tmp_path_factory.mktemp("sent"))
        done[name] = collection, folder, consolidated(collection, folder)
    return done


def test_every_collection_has_its_line():
    assert set(CASES) == set(COLLECTIONS)
    # 123, of 5 000 files, has a test of its own.
    assert {case["item"] for case in CASES.values()} == {0, 53, 54, 100, 101, 106, 113, *range(115, 123), 124, 125}


@pytest.mark.parametrize("name", CASES)
def test_a_collection_has_its_outcome(name, all_collections):
    case, (_, _, done) = CASES[name], all_collections[name]
    assert [refusal.source for refusal in done.refused] == sorted(case.get("files", []))
    assert len(done.units) == case["counted"]
    assert done.form.edition == case.get("edition", "2023")
    wanted = None if case["outcome"] == "OK" else Outcome(case["outcome"])
    assert (OUTCOMES[case["code"]].outcome if "code" in case else None) is wanted
    if wanted is Outcome.REFUSE:
        assert {refusal.code for refusal in done.refused} == {case["code"]}
        assert all(case["words"] in refusal.message for refusal in done.refused)
    elif "rule" in case:
        told = [finding for finding in done.of_rule(case["rule"]) if list(finding.rows) == case.get("rows", [])]
        assert len(told) == 1, done.of_rule(case["rule"])
        assert (told[0].code, told[0].where) == (case.get("code", ""), case.get("where", ""))
        assert case["words"] in told[0].message
    repeated = [file for unit in done.units for file in unit.repeated]
    assert repeated == case.get("repeated", [])


@pytest.mark.parametrize("name", CASES)
def test_no_file_changes_the_figure_of_another_unit(name, all_collections):
    """What counts adds up to what the units typed whose files count, which is known from their making."""
    case, (collection, _, done) = CASES[name], all_collections[name]
    totals = totals_of(collection.made({unit.source for unit in done.units}))
    assert len(totals) > 20
    rows = {row.address: row for row in done.rows}
    assert {address: rows[address].content for address in totals if address in rows} == {
        address: total for address, total in totals.items() if address in rows
    }
    assert {address for address, row in rows.items() if row.units_undecided} == set(case.get("undecided", []))
    for address in case.get("bounded", []):
        assert rows[address].low < rows[address].content < rows[address].high
    for address in case.get("unbounded", []):
        assert (rows[address].low, rows[address].high) == (None, None)


@pytest.mark.parametrize("name", CASES)
def test_an_official_is_told_what_to_do(name, all_collections):
    _, folder, done = all_collections[name]
    for refusal in done.refused:
        assert refusal.message.endswith("."), refusal
        assert refusal.remedy.endswith("."), refusal
    for finding in done.findings:
        assert finding.message.endswith((".", "?")), finding
    assert str(folder) not in json.dumps(done.to_json(), ensure_ascii=False)


@pytest.mark.parametrize("name", CASES)
def test_the_command_says_the_same(name, all_collections, run, tmp_path):
    case, (collection, folder, done) = CASES[name], all_collections[name]
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    previous = ["--previous", folder / "ky-truoc"] if collection.before else []
    options = ["--units", folder / "don-vi.csv", "--json", "a.json", "--processes", "1", *previous, *collection.options]
    code, printed = run("consolidate", folder / "nop", "-o", "tong-hop.xlsx", *options)
    assert code == (1 if case.get("files") else 0), printed
    told = json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))
    expected = json.loads(json.dumps(done.to_json(), ensure_ascii=False))
    assert [refusal["source"] for refusal in told["refused"]] == [refusal["source"] for refusal in expected["refused"]]
    # Without --today the command takes that of the clock.
    clock = {"submission_date_in_future"}
    for key in ("form", "level", "period", "units", "rows", "refused", "missing", "changes"):
        assert told[key] == expected[key], key
    assert [finding for finding in told["findings"] if finding["rule"] not in clock] == [
        finding for finding in expected["findings"] if finding["rule"] not in clock
    ]
    for refusal in done.refused:
        assert refusal.source in printed
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before
    assert exact_text(done.row("1.1").content) == next(row["value"] for row in told["rows"] if row["address"] == "1.1")
