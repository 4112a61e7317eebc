"""The forms as data: held against the real annex row by row, and derived editions against their parent."""

import re
import tomllib
from importlib import resources

import pytest

from cchc_calc import form_files
from cchc_calc.catalogue import LEVELS, parent_of
from cchc_calc.errors import FormError
from cchc_calc.expressions import references
from cchc_calc.form_files import editions, load_form

ANNEX = "004_bao-cao-cchc-quy-3-2023_phuong-son.txt"
FORM = load_form("thong-ke-cchc", "2023")
DERIVED = load_form("thong-ke-cchc", "2025")


@pytest.fixture
def annex(real_reports):
    """The 168 rows of the real annex: code, label, unit, agency, note, each without its markup."""
    text = (real_reports / ANNEX).read_text(encoding="utf-8")
    rows = [line.split("\t") for line in text.split("\n") if "\t" in line]
    return [[re.sub(r"</?[ip]>", "", cell).strip() for cell in row] for row in rows[1:]]


def test_every_row_of_the_annex_stands_in_the_form_word_for_word(annex):
    assert len(annex) == len(FORM.rows) == 168
    for (code, label, unit, _, agency, note), row in zip(annex, FORM.rows, strict=True):
        printed = row.label if code else f"{row.code} {row.label}"
        assert (code or row.code, label) == (row.code, printed)
        assert (unit, agency, note) == (row.unit, row.agency, row.note)


def test_addresses_follow_the_codes_of_the_annex(annex):
    expected, code, letters, numbers = [], "", 0, 0
    for printed, label, *_ in annex:
        if printed:
            code, letters = printed.rstrip("."), 0
            expected.append(code)
        elif label.startswith("-"):
            letters, numbers = letters + 1, 0
            expected.append(f"{code}.{chr(96 + letters)}")
        else:
            numbers += 1
            expected.append(f"{code}.{chr(96 + letters)}{numbers}")
    assert [row.address for row in FORM.rows] == expected
    assert len(set(expected)) == 168


@pytest.mark.parametrize("form", [FORM, DERIVED], ids=["2023", "2025"])
def test_every_row_says_who_fills_it_how_it_adds_up_and_by_what_law(form):
    units = {"sum", "common", "union", "count_yes", "distribution", "recomputed"}
    for row in form.rows:
        assert row.id.isascii()
        assert row.id.isidentifier()
        assert row.legal
        assert row.levels
        assert set(row.levels) <= set(LEVELS)
        if not row.is_heading:
            assert row.over_units in units, row.address
            assert row.over_time in {"sum", "last", "recomputed"}, row.address
        if row.kind in {"flag", "choice"}:
            assert row.legend is not None
            assert len(row.legend.codes) >= 2


def test_the_kinds_of_the_form():
    kinds = {"heading": 27, "count": 100, "measure": 4, "flag": 5, "choice": 1, "rate": 23, "sum": 8}
    assert {kind: sum(row.kind == kind for row in FORM.rows) for kind in kinds} == kinds


@pytest.mark.parametrize(
    ("address", "operands"),
    [
        ("1.2", "1.2.b 1.2.a"),
        ("1.3.2", "1.3.2.b 1.3.2.a"),
        ("2.1", "2.1.2 2.1.3"),
        ("2.2.d", "2.2.c 2.2.b"),
        ("3.1.4", "3.1.4.a 3.1.4.b"),
        ("3.4.2", "3.4.2.c 3.4.2.b"),
        ("3.4.3", "3.4.3.c 3.4.3.b"),
        ("3.4.4.b", "3.4.4.b2 3.4.4.b1"),
        ("3.4.4", "3.4.4.a2 3.4.4.a1 3.4.4.b2 3.4.4.b1 3.4.4.c2 3.4.4.c1"),
        ("4.1.5.b", "4.1.5.b2 4.1.5.b1"),
        ("4.2.e", "4.2.e2 4.2.e1"),
        ("4.3.d", "4.3.d2 4.3.d1"),
        ("6.1", "6.1.b 6.1.a"),
        ("6.2.1", "6.2.2 6.2.3 6.2.4 6.2.5"),
        ("7.5.3", "7.5.3.a1 7.5.3.a2 7.5.3.b1 7.5.3.b2"),
        ("7.7.1", "7.7.1.b 7.7.1.a"),
        ("7.7.5", "7.7.5.b 7.7.5.a"),
        ("7.8.1", "7.8.1.a 7.8.1.b 7.8.1.c"),
        ("7.8.2", "7.8.2.a 3.4.2.a 3.4.3.a"),
    ],
)
def test_formulas(address, operands):
    assert references(FORM.row(address).formula) == tuple(operands.split())


def test_resolved_is_never_held_against_received():
    """Dossiers are carried over from the period before."""
    for check in FORM.checks:
        assert {"3.4.3.a", "3.4.3.b"} - set(check.addresses)


def test_checks_that_must_exist():
    pairs = {" ".join(check.addresses) for check in FORM.checks}
    assert pairs >= {"3.4.3.c 3.4.3.b", "7.7.1.c 7.7.1.b", "7.8.1.c 7.8.1.a", "7.8.1.c 7.8.1.b", "7.7.5.b 7.7.5.a"}
    assert "1.5.b 1.5.c 1.5.d 1.5.a" in pairs


def test_computed_rows_come_after_what_they_read():
    seen = {row.address for row in FORM.rows if not row.is_computed}
    for row in FORM.computed:
        assert set(references(row.formula)) <= seen
        seen.add(row.address)


def test_the_edition_without_districts():
    gone = {row.address for row in FORM.rows} - {row.address for row in DERIVED.rows}
    assert len(DERIVED.rows) == 115
    roots = {"2.1.2", "3.1.4.a", "3.1.5.a", "3.4.2", "4.1.5", "4.3", "5.1", "5.2", "5.3", "6.2", "7.5.2.a", "7.5.3.a"}
    roots |= {"5.4.a", "5.4.b", "5.4.c"}
    assert roots <= gone
    for address in gone - roots:
        assert parent_of(address) in gone
    assert DERIVED.mark == "suy ra, chưa có văn bản ban hành"
    assert references(DERIVED.row("7.8.2").formula) == ("7.8.2.a", "3.4.3.a")
    assert references(DERIVED.row("7.5.3").formula) == ("7.5.3.b1", "7.5.3.b2")
    assert all("district" not in row.levels for row in DERIVED.rows)
    for row in DERIVED.rows:
        assert (row.id, row.label) == (FORM.row(row.address).id, FORM.row(row.address).label)


def test_editions_are_found_by_their_files():
    assert editions("thong-ke-cchc") == ("2023", "2025")


@pytest.mark.parametrize(("name", "edition"), [("thong-ke-cchc", "1999"), ("another", "2023"), ("../secret", "2023")])
def test_a_form_that_does_not_exist_is_named_with_those_that_do(name, edition):
    with pytest.raises(FormError, match=r"there are thong-ke-cchc \(2023, 2025\)"):
        load_form(name, edition)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda rows: rows[1].update(address="1"), "address 1 stands twice"),
        (lambda rows: rows[1].update(id="direction"), "id direction stands twice"),
        (lambda rows: rows[1].update(kind="number"), "'number' is no kind"),
        (lambda rows: rows[1].update(kind="rate"), "a rate needs a formula"),
        (lambda rows: rows[1].update(formula="[1.2.a]"), "a count has no formula"),
        (lambda rows: rows[2].update(formula="ratio([1.2.a], [9.9])"), "reads 9.9, which the form does not have"),
        (lambda rows: rows[2].update(formula="ratio([1.2.a]"), r"expected '\)'"),
        (lambda rows: rows[20].update(formula="[2.1]"), "goes round in a circle"),
        (lambda rows: rows[1].update(colour="red"), "colour"),
        (lambda rows: rows[1].pop("label"), "label"),
    ],
)
def test_a_form_that_breaks_its_rules_is_refused(change, message):
    text = (resources.files("cchc_calc") / "forms" / "thong-ke-cchc-2023.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    change(data["row"])
    with pytest.raises((FormError, KeyError, TypeError, ValueError), match=message):
        form_files._form(data, tuple(form_files._row(data, row) for row in data["row"]))


def test_a_form_is_one_object_however_it_is_asked_for():
    assert load_form() is FORM
    assert load_form(edition="2025", form_id="thong-ke-cchc") is DERIVED
