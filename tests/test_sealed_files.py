"""Real sealed files, received and consolidated: which one counts, and what no longer says what was sealed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from filled_forms import FORM
from filled_workbooks import GRID, WARD
from hypothesis import given, settings
from hypothesis import strategies as st
from made_submissions import submitted
from openpyxl.styles import Font, PatternFill
from sealed_forms import MORNING, SOUND, sealed_again, sealed_file, sound_bytes, typed, with_written
from spreadsheet import save_as
from test_seal_parts import custom, with_custom

from cchc_calc import consolidate
from cchc_calc.consolidation.manifest import manifest_of
from cchc_calc.consolidation.manifest_verification import verify_manifest
from cchc_calc.consolidation.written_seals import WrittenSeal, to_properties
from cchc_calc.errors import CchcError
from cchc_calc.intake.receiving import receive
from cchc_calc.periods import Period
from cchc_calc.states import State

EVENING = "2023-09-15T18:00"
OTHER_WARD = "UBND phường Vĩnh Hải"


def admitted(*paths):
    """Consolidate files; give the sources that count and the codes of those that do not."""
    submissions = [received.submission for received in map(receive, paths)]
    assert None not in submissions
    done = consolidate(submissions)
    return [unit.source for unit in done.units], {one.source: one.code for one in done.refused}


@pytest.fixture
def first(tmp_path):
    return sealed_file(tmp_path / "lần 1.xlsx")


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
def test_a_sealed_file_counts_and_brings_its_seal(tmp_path, suffix):
    path = sealed_file(tmp_path / f"biểu{suffix}")
    submission = receive(path).submission
    assert submission.seal == submission.computed_seal()
    assert submission.sealed_at.isoformat(timespec="minutes") == MORNING
    assert admitted(path) == ([path.name], {})
    drafted = tmp_path / f"nháp{suffix}"
    drafted.write_bytes(sound_bytes(suffix=suffix))
    assert (receive(drafted).submission.seal, receive(drafted).submission.sealed_at) == (None, None)


def test_of_two_files_of_a_unit_the_one_sealed_last_counts(tmp_path, first):
    later = sealed_file(tmp_path / "a.xlsx", EVENING, values=(("1.1", "4"),))
    for files in ((first, later), (later, first)):
        assert admitted(*files) == (["a.xlsx"], {"lần 1.xlsx": "X02"})


def test_a_sealed_file_counts_before_a_draft_however_new(tmp_path, first):
    draft = tmp_path / "bản sửa (1).xlsx"
    draft.write_bytes(sound_bytes((("1.1", "4"),)))
    assert admitted(draft, first) == (["lần 1.xlsx"], {draft.name: "X02"})


def test_two_that_were_sealed_in_one_minute_are_both_refused(tmp_path, first):
    other = sealed_file(tmp_path / "a.xlsx", values=(("1.1", "4"),))
    assert admitted(other, first) == ([], {"a.xlsx": "X02", "lần 1.xlsx": "X02"})


def test_re_opened_and_sealed_again_it_counts_before_its_first_state(tmp_path, first):
    again = tmp_path / "lần 2.xlsx"
    again.write_bytes(first.read_bytes())
    sealed_again(again, {"1.1": 4, "1.2.a": 7}, "2023-09-15T10:00", EVENING)
    assert receive(again).submission.content("1.2.a") == 7
    assert admitted(first, again) == (["lần 2.xlsx"], {"lần 1.xlsx": "X02"})
    # The same ward's file, sealed in the evening and then typed into, stands for nothing, and the first counts.
    typed(again, {"1.1": 5})
    assert admitted(first, again) == (["lần 1.xlsx"], {"lần 2.xlsx": "X07"})


CHANGES = {
    "another count": {"3.4.3.b": 426},
    "a count taken out": {"3.4.3.a": None},
    "a zero for a blank": {"7.8.1.c": 0},
    "another measure": {"6.1.a": 12.51},
    "what did not arise": {"3.5.a": "Không phát sinh"},
    "another answer": {"1.6": 0},
}


@pytest.mark.parametrize("values", CHANGES.values(), ids=CHANGES)
def test_a_file_typed_into_after_its_seal_is_refused(tmp_path, first, values):
    other = sealed_file(tmp_path / "khác.xlsx", unit=OTHER_WARD)
    assert admitted(typed(first, values), other) == (["khác.xlsx"], {"lần 1.xlsx": "X07"})


@pytest.mark.parametrize(
    "head", [{"unit": OTHER_WARD}, {"period": Period(date(2023, 6, 14), date(2023, 9, 12))}], ids=["unit", "period"]
)
def test_a_seal_carried_into_the_file_of_another_unit_or_period_fits_nothing(tmp_path, first, head):
    seal = receive(first).submission
    path = tmp_path / "chép.xlsx"
    path.write_bytes(with_written(sound_bytes(**head), WrittenSeal(seal.seal, seal.sealed_at)))
    assert admitted(path) == ([], {"chép.xlsx": "X07"})


@settings(max_examples=12)
@given(st.sampled_from([row.address for row in FORM.rows if row.kind == "count" and row.address not in SOUND]))
def test_any_other_row_that_is_filled_breaks_the_seal(tmp_path_factory, address):
    path = sealed_file(tmp_path_factory.mktemp("sealed") / "biểu.xlsx")
    submission = receive(typed(path, {address: 1})).submission
    assert submission.content(address) is not State.BLANK
    assert submission.seal != submission.computed_seal()


def restyled(sheet):
    for row in sheet.iter_rows(min_row=7, max_row=60, max_col=6):
        for cell in row:
            cell.font, cell.fill = Font(name="Arial", bold=True), PatternFill("solid", fgColor="FFEE00")
            if isinstance(cell.value, int):
                cell.number_format = "#,##0"


def narrowed(sheet):
    sheet.column_dimensions["B"].width = 20
    sheet.row_dimensions[12].height = 40
    sheet.freeze_panes = "A3"
    sheet.protection.sheet = False


def respelled(sheet):
    for address in ("1.1", "3.4.3.b"):
        cell = sheet[f"B{GRID.line(address)}"]
        cell.value = f"  {cell.value.upper()}. "
    noted = sheet[f"F{GRID.line('1.1')}"]
    noted.value = "Số chính thức"


@pytest.mark.parametrize("change", [restyled, narrowed, respelled, None])
def test_neither_looks_nor_spelling_break_a_seal(first, change):
    typed(first, {"6.1.a": 12.5, "3.4.3.a": "1.447"}, also=change)
    submission = receive(first).submission
    assert submission.seal == submission.computed_seal()
    assert admitted(first) == ([first.name], {})


@pytest.mark.usefixtures("soffice")
def test_saved_by_libreoffice_a_seal_holds_until_a_value_changes(tmp_path, first):
    macros = sealed_file(tmp_path / "macro.xlsm", EVENING, unit=OTHER_WARD)
    changed = typed(sealed_file(tmp_path / "sửa.xlsx", unit="UBND phường Lộc Thọ"), {"1.1": 4})
    saved = save_as([first, macros, changed], "xlsx", tmp_path / "saved")
    sources, refused = admitted(*saved)
    assert sorted(sources) == ["lần 1.xlsx", "macro.xlsx"]
    assert refused == {"sửa.xlsx": "X07"}
    typed(saved[1], {"1.1": 4})
    assert admitted(saved[1])[1] == {"macro.xlsx": "X07"}


@pytest.mark.parametrize("name", ["Seal", "SealedAt", "SealCheck", "SealVersion"])
def test_a_seal_typed_over_in_the_properties_is_refused(tmp_path, first, name):
    seal = receive(first).submission
    texts = to_properties(WrittenSeal(seal.seal, seal.sealed_at))
    path = tmp_path / "chép.xlsx"
    path.write_bytes(with_custom(custom(texts), data=sound_bytes()))
    assert admitted(path) == (["chép.xlsx"], {})
    texts[f"CCHC.{name}"] = "2023-12-31T08:00" if name == "SealedAt" else "0" * 64
    path.write_bytes(with_custom(custom(texts), data=sound_bytes()))
    assert admitted(path) == ([], {"chép.xlsx": "X07"})


def test_properties_with_a_dtd_refuse_the_file(tmp_path):
    path = tmp_path / "biểu.xlsx"
    path.write_bytes(with_custom(b'<!DOCTYPE a [<!ENTITY b "c">]><a>CCHC.&b;</a>', data=sound_bytes()))
    assert receive(path).refusal.code == "F11"


class TestManifest:
    ONE, TWO = (submitted(f"UBND phường {n}", {"1.1": n}, source=f"p{n}.xlsx") for n in (1, 2))
    MANIFEST = manifest_of(consolidate([ONE, TWO]))
    CHANGED = submitted("UBND phường 2", {"1.1": 3}, source="p2.xlsx")

    @pytest.mark.parametrize(
        ("now", "expected"),
        [
            ([ONE, TWO], []),
            ([TWO, ONE], []),
            ([replace(ONE, source="a/b.xlsx", sha256="c" * 64), TWO], []),
            ([ONE, CHANGED], [("changed", "p2.xlsx")]),
            ([ONE, replace(CHANGED, source="p2 sửa.xlsx")], [("changed", "p2 sửa.xlsx")]),
            ([ONE, replace(TWO, unit="UBND phường Hai")], [("changed", "p2.xlsx")]),
            ([ONE], [("gone", "p2.xlsx")]),
            ([], [("gone", "p1.xlsx"), ("gone", "p2.xlsx")]),
            ([ONE, TWO, submitted("UBND phường 3", {}, source="p3.xlsx")], [("added", "p3.xlsx")]),
            # a second file of a unit, beside the one that counted
            ([ONE, TWO, replace(CHANGED, source="p2 (1).xlsx")], [("added", "p2 (1).xlsx")]),
        ],
    )
    def test_what_is_not_as_it_was_is_told(self, now, expected):
        findings = verify_manifest(self.MANIFEST, now)
        assert [(one.cause, one.where) for one in findings] == expected
        assert {one.code for one in findings} <= {"X07"}

    def test_what_was_refused_or_repeated_then_is_known(self):
        twice = replace(self.ONE, source="p1 (1).xlsx")
        wrong = replace(self.CHANGED, source="khác kỳ.xlsx", period=Period(date(2023, 1, 1), date(2023, 3, 31)))
        done = consolidate([self.ONE, twice, self.TWO, wrong])
        assert [one.code for one in done.refused] == ["X01"]
        manifest = manifest_of(done)
        assert verify_manifest(manifest, [self.ONE, twice, self.TWO, wrong]) == ()
        assert verify_manifest(manifest, [self.ONE, self.TWO]) == ()

    @settings(max_examples=30)
    @given(st.lists(st.integers(0, 2), min_size=1, max_size=6), st.data())
    def test_exactly_the_changed_units_are_named(self, values, data):
        then = [submitted(f"UBND phường {n}", {"1.1": value}, source=f"{n}") for n, value in enumerate(values)]
        others = data.draw(st.lists(st.integers(0, 2), min_size=len(values), max_size=len(values)))
        now = [submitted(f"UBND phường {n}", {"1.1": value}, source=f"{n}") for n, value in enumerate(others)]
        told = {one.where for one in verify_manifest(manifest_of(consolidate(then)), now)}
        assert told == {str(n) for n, pair in enumerate(zip(values, others, strict=True)) if pair[0] != pair[1]}

    @pytest.mark.parametrize(
        "manifest",
        [
            {},
            {"units": None},
            {"units": [1]},
            {"units": [{"unit": "a", "source": "b"}]},
            {"units": [{"unit": 1, "source": "b", "seal": "c"}]},
            {"units": [], "refused": [{}]},
            {"units": [], "refused": 3},
            [],
            None,
        ],
    )
    def test_what_is_no_manifest_is_wrong_use(self, manifest):
        with pytest.raises(CchcError, match="bản kê"):
            verify_manifest(manifest, [])

    def test_a_sealed_file_that_was_opened_and_changed_is_found_in_the_manifest(self, tmp_path):
        paths = [sealed_file(tmp_path / "a.xlsx", unit=WARD), sealed_file(tmp_path / "b.xlsx", unit=OTHER_WARD)]
        manifest = manifest_of(consolidate([receive(path).submission for path in paths]))
        typed(paths[0], {}, also=restyled)
        assert verify_manifest(manifest, [receive(path).submission for path in paths]) == ()
        sealed_again(paths[1], {"1.1": 4}, "2023-09-16T08:00", "2023-09-16T09:00")
        (finding,) = verify_manifest(manifest, [receive(path).submission for path in paths])
        assert (finding.cause, finding.where) == ("changed", "b.xlsx")
        assert OTHER_WARD.removeprefix("UBND ").lower() in finding.message.lower()
