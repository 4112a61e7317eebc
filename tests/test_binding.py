"""Functions bound into an office's template: every cell computes, and nothing else in the file changes."""

import json
import re
from datetime import date
from fractions import Fraction

import pytest
from containers import parts_of, with_parts
from filled_forms import FORM
from filled_workbooks import open_book
from office_templates import SHEET, TYPED, office_template, place_of, quoted_place_of
from spreadsheet import matches, read_values

from cchc_calc.binding import bind_template
from cchc_calc.excel.sheets.form_grid import FormGrid
from cchc_calc.reading import read_report

GRID = FormGrid(FORM)
COMPUTED = [row.address for row in FORM.rows if row.is_computed]


@pytest.fixture
def bind(tmp_path):
    """Bind the bytes of a template; give what was done and the new file."""

    def bind_bytes(data, name="mau.xlsx", **options):
        template, output = tmp_path / name, tmp_path / f"ra-{name}"
        template.write_bytes(data)
        binding = bind_template(template, output, **options)
        assert template.read_bytes() == data
        return binding, output

    return bind_bytes


def cell_xml(xml, address):
    return re.search(rf'<c r="{address}"[^>]*?(?:/>|>.*?</c>)', xml)[0]


def rules_of(sheet):
    return [(str(area.sqref), [rule.type for rule in area.rules]) for area in sheet.conditional_formatting]


def without_bound(xml, binding):
    """The XML of a sheet without the cells that were bound."""
    for one in binding.bound:
        xml = re.sub(rf'<c r="{one.cell}"[^>]*?(?:/>|>.*?</c>)', "", xml)
    return xml


def test_calls_read_the_hidden_sheet(bind):
    binding, output = bind(office_template(TYPED))
    assert binding.counts() == {
        "computed": 31, "bound": 31, "left": 0, "replaced": 0, "differ": 0, "odd_inputs": 3,
    }  # fmt: skip
    bound = {one.row.address: one for one in binding.bound}
    c, b = GRID.used("3.4.3.c"), GRID.used("3.4.3.b")
    assert bound["3.4.3"].formula == f"=CCHC_TYLE_DUNGHAN(CCHC_TINH!{c},CCHC_TINH!{b})"
    assert bound["3.4.3"].new == "99,76%"
    book = open_book(output)
    assert book[SHEET][place_of("3.4.3")].value == bound["3.4.3"].formula
    assert book["CCHC_TINH"].sheet_state == "hidden"
    assert book["CCHC_TINH"][GRID.read("3.4.3.b")].value.startswith("=IF(ISERROR('Biểu của Tổ ''1'' & 2'!")


def test_a_cell_that_formulas_cannot_read_is_named(bind):
    binding, _ = bind(office_template({"7.7.4.a": "1.214", "7.7.4.b": 115}))
    (odd,) = binding.inputs.odd
    assert (odd.row.address, odd.cell, odd.found) == ("7.7.4.a", place_of("7.7.4.a"), "1.214")
    assert (odd.understood, odd.used) == ("1.214", "KXĐ")


@pytest.mark.parametrize(
    ("address", "old", "differs", "cause"),
    [
        ("3.4.3", 0.9976, False, ""),
        ("3.4.3", 0.997, True, ""),
        ("3.4.3", "99,7%", True, "truncated"),
        ("3.4.3", "99,76%", False, ""),
        ("3.4.3", "98%", True, ""),
        ("3.4.3", "theo báo cáo", True, ""),
        ("2.1", 7, False, ""),
        ("2.1", 8, True, ""),
        ("2.2.d", 0, True, ""),
        ("2.2.d", "Không phát sinh", False, ""),
        # What was printed without its counts cannot be computed again, and is gone from the new file.
        ("4.2.e", "30%", True, ""),
    ],
)
def test_what_an_office_computed_by_hand_is_replaced_and_listed(bind, address, old, differs, cause):
    binding, _ = bind(
        office_template({**TYPED, address: old}, formats={address: "0.00%" if address[0] == "3" else "0"})
    )
    (one,) = [one for one in binding.bound if one.old]
    assert (one.row.address, one.differs, one.cause) == (address, differs, cause)
    assert binding.counts()["replaced"] == 1


def test_a_formula_of_the_office_stays_unless_it_is_to_be_replaced(bind):
    data = office_template(TYPED, formulas={"3.4.3": (f"={place_of('3.4.3.c')}/{place_of('3.4.3.b')}", 0.99)})
    binding, output = bind(data)
    (left,) = binding.left
    assert (left.row.address, left.found) == ("3.4.3", f"={place_of('3.4.3.c')}/{place_of('3.4.3.b')}")
    assert "--replace" in left.reason
    before, after = (parts_of(content)["xl/worksheets/sheet1.xml"].decode() for content in (data, output.read_bytes()))
    assert cell_xml(after, left.cell) == cell_xml(before, left.cell)
    binding, output = bind(data, replace=True)
    assert binding.left == ()
    assert {one.old_formula for one in binding.bound} - {""} == {left.found}
    assert "CCHC_TYLE_DUNGHAN" in open_book(output)[SHEET][left.cell].value


@pytest.mark.parametrize("functions", ["excel", "python"])
def test_everything_outside_the_bound_cells_is_kept(bind, functions):
    data = office_template(TYPED)
    binding, output = bind(data, functions=functions)
    before, after = parts_of(data), parts_of(output.read_bytes())
    changed = {"[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"}
    changed.add("xl/styles.xml")
    assert after.keys() - before.keys() == {"xl/worksheets/cchc.xml"}
    assert {name for name in before if before[name] != after.get(name)} == changed
    old, new = (parts["xl/worksheets/sheet1.xml"].decode() for parts in (before, after))
    assert without_bound(new, binding) == without_bound(old, binding)
    # The lists lose nothing and gain what names the new sheet.
    for name, added in {
        "[Content_Types].xml": r'<Override PartName="/xl/worksheets/cchc.xml" [^>]*/>',
        "xl/_rels/workbook.xml.rels": r'<Relationship Id="rIdCchc"[^>]*/>',
        "xl/workbook.xml": r'<sheet name="CCHC_TINH" sheetId="3" state="hidden" r:id="rIdCchc"/>',
        "xl/styles.xml": r'(?<=</xf>)<xf numFmtId="10"[^>]*/>(?=</cellXfs>)|<xf numFmtId="10"(?:(?!<xf).)*</xf>',
    }.items():
        kept = re.sub(added, "", after[name].decode())
        assert re.sub(r'cellXfs count="\d+"', "", kept) == re.sub(r'cellXfs count="\d+"', "", before[name].decode())


def test_openpyxl_sees_the_same_workbook(bind):
    data = office_template(TYPED)
    binding, output = bind(data)
    template = output.with_name("mau.xlsx")
    old, new = open_book(template), open_book(output)
    assert new.sheetnames == [*old.sheetnames, "CCHC_TINH"]
    assert new.defined_names.keys() == old.defined_names.keys()
    bound = {one.cell for one in binding.bound}
    for name in old.sheetnames:
        before, after = old[name], new[name]
        assert after.merged_cells.ranges == before.merged_cells.ranges
        assert after.print_area == before.print_area
        assert after.print_title_rows == before.print_title_rows
        assert after.freeze_panes == before.freeze_panes
        assert vars(after.protection) == vars(before.protection)
        assert vars(after.page_setup).keys() == vars(before.page_setup).keys()
        assert after.page_setup.orientation == before.page_setup.orientation
        assert len(after._images) == len(before._images)
        assert len(after._charts) == len(before._charts)
        assert repr(after.data_validations) == repr(before.data_validations)
        assert rules_of(after) == rules_of(before)
        assert {at: one.width for at, one in after.column_dimensions.items()} == {
            at: one.width for at, one in before.column_dimensions.items()
        }
        assert {at: one.height for at, one in after.row_dimensions.items()} == {
            at: one.height for at, one in before.row_dimensions.items()
        }
        for line in before.iter_rows():
            for cell in line:
                twin = after[cell.coordinate]
                if cell.coordinate in bound and not cell.has_style:
                    # It was not there, and took the look of its column.
                    continue
                for look in ("font", "fill", "border", "alignment", "protection"):
                    assert repr(getattr(twin, look)) == repr(getattr(cell, look)), cell.coordinate
                if cell.coordinate not in bound:
                    assert (twin.value, twin.number_format) == (cell.value, cell.number_format)
                    assert getattr(twin.comment, "text", None) == getattr(cell.comment, "text", None)


@pytest.mark.parametrize(
    ("address", "number_format", "shown"),
    [
        ("3.4.3", "General", "0.00%"),
        ("3.4.3", "0", "0.00%"),
        ("3.4.3", "0.00", "0.00%"),
        ("3.4.3", '0"%"', "0.00%"),
        ("3.4.3", "@", "0.00%"),
        ("3.4.3", "0%", "0%"),
        ("3.4.3", "0.0%;[Red]-0.0%", "0.0%;[Red]-0.0%"),
        ("2.1", "#,##0", "#,##0"),
        ("2.1", "@", "General"),
    ],
)
def test_a_rate_is_shown_as_a_percentage_in_its_own_look(bind, address, number_format, shown):
    _, output = bind(office_template(TYPED, formats={address: number_format}))
    cell = open_book(output)[SHEET][place_of(address)]
    assert cell.number_format == shown
    assert (cell.font.name, cell.font.sz, cell.font.b, cell.border.left.style) == ("Tahoma", 13, True, "thin")


def test_a_cell_that_is_not_there_takes_the_look_of_its_column(bind):
    data = office_template(TYPED)
    assert f'r="{place_of("3.4.3")}"' not in parts_of(data)["xl/worksheets/sheet1.xml"].decode()
    _, output = bind(data)
    cell = open_book(output)[SHEET][place_of("3.4.3")]
    assert (cell.font.name, cell.protection.locked, cell.number_format) == ("Verdana", False, "0.00%")


def test_rows_the_office_dropped_are_blank_and_what_needs_them_is_still_right(bind):
    without = ("2.1.2", "3.4.4.a2", "7.5.3", "7.8.1.c", "3.4.3.c")
    typed = {**TYPED, "3.4.4.a1": 10, "3.4.4.a2": 9, "3.4.4.b1": 4, "3.4.4.b2": 4}
    binding, _ = bind(office_template(typed, without=without))
    assert {one.row.address: one.reason for one in binding.left} == {
        "2.1.2": "biểu không có dòng này",
        "7.5.3": "biểu không có dòng này",
    }
    shown = {one.row.address: one.new for one in binding.bound}
    # 2.1 adds up 2.1.2 and 2.1.3 though the row 2.1.2 is not there.
    assert (shown["2.1"], shown["3.4.4"], shown["3.4.4.a"]) == ("7", "100,00%", "")
    assert (shown["3.4.3"], shown["7.8.1"]) == ("", "")


def test_the_bound_file_is_read_as_the_template_was(bind):
    data = office_template(TYPED)
    _, output = bind(data)
    report, again = read_report(output.with_name("mau.xlsx")), read_report(output)
    for address, entry in report.entries.items():
        if FORM.row(address).is_input:
            assert again.entries[address] == entry
    for address in COMPUTED:
        assert again.entries[address].where == f"{SHEET}!{place_of(address)}"


def test_the_same_template_gives_the_same_file(bind):
    data = office_template(TYPED)
    _, output = bind(data)
    first = output.read_bytes()
    _, output = bind(data)
    assert output.read_bytes() == first


def test_json_holds_everything(bind):
    binding, _ = bind(office_template({**TYPED, "3.4.3": "98%"}, without=("7.5.3",)))
    data = json.loads(json.dumps(binding.to_json()))
    assert data["counts"] == {"computed": 31, "bound": 30, "left": 1, "replaced": 1, "differ": 1, "odd_inputs": 3}
    assert [one["address"] for one in data["left"]] == ["7.5.3"]
    (replaced,) = [one for one in data["bound"] if one["old"]]
    assert (replaced["cell"], replaced["old"], replaced["new"], replaced["differs"]) == (
        place_of("3.4.3"), "98%", "99,76%", True,
    )  # fmt: skip


def test_a_merged_figure_is_nobodys(bind, tmp_path):
    """A figure merged over two rows, and a label merged over a value cell."""
    path = tmp_path / "gop.xlsx"
    path.write_bytes(office_template(TYPED, plain=True))
    book = open_book(path)
    c, d = place_of("3.4.3.b"), place_of("3.4.3.c")
    book[SHEET].merge_cells(f"{c}:{d}")
    e = place_of("2.1")
    book[SHEET].merge_cells(f"C{e[1:]}:{e}")
    f, g = place_of("2.1.3.a"), place_of("7.7.4")
    book[SHEET].merge_cells(f"C{f[1:]}:{f}")
    book[SHEET].merge_cells(f"{g}:E{g[1:]}")
    book.save(path)
    binding, _ = bind(path.read_bytes(), "gop2.xlsx")
    assert [one.row.address for one in binding.left] == ["2.1"]
    assert f"vùng gộp C{e[1:]}:{e}" in binding.left[0].reason
    shown = {one.row.address: one.new for one in binding.bound}
    assert (shown["3.4.3"], shown["2.1.3"]) == ("KXĐ", "4")


def test_a_date_is_a_number_to_a_formula_and_is_named(bind, tmp_path):
    path = tmp_path / "ngay.xlsx"
    path.write_bytes(office_template({"1.2.b": 4}, plain=True))
    book = open_book(path)
    book[SHEET][place_of("1.2.a")].value = date(2023, 9, 12)
    book[SHEET][place_of("1.2.a")].number_format = "dd/mm/yyyy"
    book.save(path)
    binding, output = bind(path.read_bytes(), "ngay2.xlsx")
    (odd,) = binding.inputs.odd
    assert (odd.row.address, odd.found, odd.understood, odd.used) == ("1.2.a", "12/09/2023", "KXĐ", "45.181")
    # What is stored is what a spreadsheet computes from the day's number.
    rate = next(one for one in binding.bound if one.row.address == "1.2")
    assert matches(read_values(output)[SHEET][rate.cell], Fraction(4, 45181))


@pytest.mark.parametrize(
    ("formulas", "left"),
    [
        ({"3.4.3.c": f"={place_of('3.4.3.b')}-1"}, set()),
        ({"3.4.3.c": f"={place_of('3.4.3')}*{place_of('3.4.3.b')}"}, {"3.4.3"}),
        ({"3.4.3.c": f"=SUM({place_of('3.4.2')}:{place_of('3.4.4')})"}, {"3.4.3"}),
        ({"3.4.3.c": f"=SUM($D:$D)-{quoted_place_of('3.4.3')}"}, {"3.4.3"}),
        # No rate reads the dossiers received that would be read by them in turn.
        ({"3.4.3.a": f"={quoted_place_of('3.4.3')}"}, set()),
        # Through the total, which is bound as well, and through a name.
        ({"2.1.2.a": f"={place_of('2.1')}"}, {"2.1", "2.1.2"}),
        ({"3.4.3.c": "=TyLe*400"}, {"3.4.3"}),
        # The total between them keeps the office's formula, so it is computed on the hidden sheet.
        ({"2.1.2": "=5", "2.1.2.a": f"={place_of('2.1')}"}, {"2.1"}),
    ],
)
def test_what_would_read_itself_is_left(bind, formulas, left):
    data = office_template(TYPED, formulas={address: (formula, 1) for address, formula in formulas.items()})
    binding, _ = bind(data)
    assert {one.row.address for one in binding.left if "vòng tròn" in one.reason} == left
    assert all(one.row.address in formulas for one in binding.left if one.row.address not in left)


def test_a_part_in_another_encoding_is_kept_as_it_is(bind):
    part = "xl/worksheets/sheet2.xml"
    data = office_template(TYPED)
    sheet = parts_of(data)[part].decode().replace("UTF-8", "UTF-16").encode("utf-16")
    _, output = bind(with_parts(data, {part: sheet}))
    assert parts_of(output.read_bytes())[part] == sheet
