"""What an official is told of the cells that the formulas read, and of what stood in the bound cells."""

import pytest
from containers import changed
from office_templates import office_template, place_of

from cchc_calc.binding import bind_template
from cchc_calc.cli import main
from cchc_calc.excel.binding.result import Inputs

PART = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"


@pytest.fixture
def said(tmp_path, monkeypatch, capsys):
    """Bind the bytes of a template; give what was done, and what the command prints."""
    monkeypatch.chdir(tmp_path)

    def say(data, *options):
        (tmp_path / "mau.xlsx").write_bytes(data)
        with pytest.raises(SystemExit) as ended:
            main(["bind", "mau.xlsx", "-o", "ra.xlsx", *options])
        assert ended.value.code == 0
        return bind_template("mau.xlsx", "ra.xlsx", replace="--replace" in options), capsys.readouterr().out

    return say


def with_blank_result(data):
    """The template with its one formula showing nothing, as Excel stores that."""
    return changed(data, PART, b"</f><v>x</v>", b"</f><v></v>")


def without_result(data):
    """The template as a program writes it that cannot compute: its one formula without a result."""
    return changed(data, PART, b"</f><v>0.5</v>", b"</f><v></v>")


def test_cells_in_the_text_format_are_named_before_anybody_types(said):
    texts = {"3.4.3.a": "@", "3.4.3.b": "@", "3.4.3.c": "0", "3.4.3": "@", "1.6.a": "@"}
    binding, printed = said(office_template({"3.4.3.b": "425", "3.4.3.c": 424}, formats=texts))
    assert binding.inputs.as_text == (place_of("3.4.3.a"), place_of("3.4.3.b"))
    assert [one.cell for one in binding.inputs.odd] == [place_of("3.4.3.b")]
    assert "2 ô số liệu đang để định dạng Text" in printed
    assert f"     {place_of('3.4.3.a')}, {place_of('3.4.3.b')}\n" in printed
    assert binding.to_json()["text_inputs"] == list(binding.inputs.as_text)


def test_a_formula_that_nobody_has_computed_yet_is_no_odd_figure(said):
    data = office_template({"3.4.3.c": 424}, formulas={"3.4.3.b": ("=400+25", 0.5)})
    binding, printed = said(without_result(data))
    assert binding.inputs == Inputs(uncomputed=(place_of("3.4.3.b"),))
    assert "1 ô số liệu có công thức mà trong tệp chưa có kết quả" in printed
    assert "nên gõ lại dạng số" not in printed
    binding, _ = said(data)
    assert [one.cell for one in binding.inputs.odd] == [place_of("3.4.3.b")]


@pytest.mark.parametrize(
    ("result", "stored", "computed", "differs", "told"),
    [
        (0.5, bytes, True, True, "cũ “0,5” (=1/2), mới “99,76%”: KHÁC"),
        ("x", with_blank_result, True, True, "cũ trống (=1/2), mới “99,76%”: KHÁC"),
        (0.5, without_result, False, False, "cũ chưa có kết quả (=1/2), mới “99,76%”: không so được"),
    ],
)
def test_what_an_old_formula_gave_is_compared_only_where_it_is_known(said, result, stored, computed, differs, told):
    data = office_template({"3.4.3.b": 425, "3.4.3.c": 424}, formulas={"3.4.3": ("=1/2", result)})
    binding, printed = said(stored(data), "--replace")
    (one,) = [one for one in binding.bound if one.row.address == "3.4.3"]
    assert (one.was_computed, one.differs) == (computed, differs)
    assert f"3.4.3 (ô {one.cell}): {told}" in printed


def test_a_formula_that_showed_nothing_and_shows_nothing_is_the_same(said):
    binding, printed = said(with_blank_result(office_template(formulas={"3.4.3": ('=""', "x")})), "--replace")
    assert not binding.counts()["differ"]
    assert 'cũ trống (=""), mới trống: giống' in printed


def test_a_workbook_that_computes_by_hand_is_told(said):
    data = office_template()
    assert "F9" not in said(data)[1]
    binding, printed = said(changed(data, BOOK, b"<calcPr ", b'<calcPr calcMode="manual" '))
    assert binding.is_calculated_by_hand
    assert "phải bấm F9" in printed


def test_nothing_odd_is_nothing_said(said):
    binding, _ = said(office_template({"3.4.3.b": 425, "3.4.3.c": 424}))
    assert binding.inputs == Inputs()
