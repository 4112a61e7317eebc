"""Reading many reports by what differs between them: always the answer that the plain way gives."""

from __future__ import annotations

import io
import re
from functools import cache

import pytest
import xlsxwriter
from benchmarks.made_forms import form_bytes
from benchmarks.made_units import made_units
from containers import SHEET, parts_of, with_parts
from filled_forms import FORM, HEADER, form_rows
from hostile.cell_cases import NAMED, built
from hostile.cells import BASES, TITLE, office_workbook, template
from hostile.mutations import mutated
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_calc import report_reader
from cchc_calc.errors import SourceRefusedError
from cchc_calc.form_files import load_form
from cchc_calc.gate import admit_bytes
from cchc_calc.reading import find_report
from cchc_calc.report_reader import ReportReader

WRITERS = ["cchc", "openpyxl", "ironcalc", "office inline", "office shared"]
STRINGS = "xl/sharedStrings.xml"
UNITS = list(made_units(12, 5))
PIECE = re.compile(rb'<c r="[A-Z]+[0-9]+"[^>]*?(?:/>|>.*?</c>)', re.DOTALL)


def read_or_refused(read, data):
    """A report, or why there is none."""
    try:
        return read(admit_bytes("a.xlsx", data))
    except SourceRefusedError as refusal:
        return refusal.code, refusal.message, refusal.remedy


@cache
def good(writer, number=0):
    """The file of a unit as a program writes it."""
    if writer == "template":
        return template()
    return office_workbook() if writer == "office" else form_bytes(UNITS[number], writer)


@cache
def primed(*writers):
    """A reader that met one file of each of these programs."""
    reader = ReportReader()
    for writer in writers:
        reader.read(admit_bytes("a.xlsx", good(writer)))
    assert len(reader._known) == len(writers)
    return reader


@pytest.fixture
def read_plainly(monkeypatch):
    """The files that were read the plain way."""
    seen = []

    def find(admitted):
        seen.append(admitted.name)
        return find_report(admitted)

    monkeypatch.setattr(report_reader, "find_report", find)
    return seen


@pytest.mark.parametrize("writer", WRITERS)
def test_the_files_of_one_make_are_read_by_what_differs(writer, read_plainly):
    reader = primed(writer)
    del read_plainly[:]
    for number in range(1, len(UNITS)):
        data = good(writer, number)
        assert read_or_refused(reader.read, data) == read_or_refused(find_report, data), UNITS[number].name
    assert not read_plainly


@pytest.mark.libreoffice
def test_so_are_those_that_libreoffice_saved(soffice, read_plainly):
    assert soffice
    reader = ReportReader()
    for unit in UNITS[:4]:
        data = form_bytes(unit, "libreoffice")
        assert read_or_refused(reader.read, data) == read_or_refused(find_report, data)
    assert len(read_plainly) == 1


def test_a_reader_knows_many_makes_at_once(read_plainly):
    reader = ReportReader()
    for number, unit in enumerate(UNITS):
        data = form_bytes(unit, WRITERS[number % len(WRITERS)])
        assert read_or_refused(reader.read, data) == read_or_refused(find_report, data)
    assert len(read_plainly) == len(WRITERS)


@pytest.mark.parametrize("base", BASES)
def test_every_faulty_cell_is_read_as_the_plain_way_reads_it(base):
    reader = primed(base)
    for name, case in NAMED.items():
        if base in case.get("bases", BASES):
            data = built(case, base)
            assert read_or_refused(reader.read, data) == read_or_refused(find_report, data), name


@pytest.mark.parametrize(("name", "base"), [("mẫu.xlsx", "template"), ("biểu.xlsx", "office")])
def test_a_file_changed_at_random_is_read_as_the_plain_way_reads_it(name, base):
    reader = primed(base)
    for seed in range(60):
        data = mutated(name, seed)
        assert read_or_refused(reader.read, data) == read_or_refused(find_report, data), seed


def in_sheet(old, new):
    """A change of the sheet's XML, which has to find what it changes."""

    def change(data):
        xml = parts_of(data)[SHEET]
        changed = re.sub(old, new, xml, count=1)
        assert changed != xml
        return with_parts(data, {SHEET: changed})

    return change


def in_part(part, old, new):
    """The same of another part."""

    def change(data):
        xml = parts_of(data)[part]
        changed = xml.replace(old, new, 1)
        assert changed != xml
        return with_parts(data, {part: changed})

    return change


MORE_THAN_A_VALUE = {
    "a row is hidden": in_sheet(rb'<row r="63" ', rb'<row r="63" hidden="1" '),
    "a row has no height": in_sheet(rb'(<row r="63" [^>]*ht=)"[0-9.]+"', rb'\1"0"'),
    "a column is hidden": in_sheet(rb'<col min="2"', rb'<col hidden="1" min="2"'),
    "a cell has the place of another": in_sheet(rb'<c r="D62"', rb'<c r="D61"'),
    "a cell lies in another column": in_sheet(rb'<c r="D62"', rb'<c r="C62"'),
    "two cells changed places": in_sheet(rb'(<c r="D62".*?)(<c r="E62".*?)(?=<c)', rb'\2\1'),
    "a row is there twice": in_sheet(rb'(<row r="62" .*?</row>)', rb'\1\1'),
    "a row is gone": in_sheet(rb'<row r="62" .*?</row>', b''),
    "a formula is another": in_sheet(rb'(<c r="D60"[^>]*><f>)[^<]*', rb'\g<1>1/2'),
    "a formula is gone": in_sheet(rb'(<c r="D60"[^>]*>)<f>[^<]*</f>', rb'\1'),
    "a figure is a formula": in_sheet(rb'(<c r="D62"[^>]*>)', rb'\1<f>400+24</f>'),
    "figures are merged": in_sheet(rb'(<mergeCells count="[0-9]+">)', rb'\1<mergeCell ref="D62:D63"/>'),
    "a merged title is a number": in_sheet(rb'<c r="A1"( s="[0-9]+")[^>]*>.*?</c>', rb'<c r="A1"\1><v>2</v></c>'),
    "a merged area hides a figure": in_sheet(rb'<c r="B1"( s="[0-9]+")/>', rb'<c r="B1"\1><v>7</v></c>'),
    "a label shows another string": in_sheet(rb'(<c r="B62"[^>]*><v>)[0-9]+', rb"\g<1>5"),
    "a note beside a row is another": in_sheet(rb'(<c r="F63"[^>]*><v>)[0-9]+', rb"\g<1>5"),
    "something follows the sheet": in_sheet(rb"</worksheet>", rb"</worksheet><!-- -->"),
    "the sheet is not protected": in_sheet(rb'<sheetProtection [^>]*/>', b''),
    "a validation is gone": in_sheet(rb'<dataValidation .*?</dataValidation>', b''),
    "the sheet is filtered": in_sheet(
        rb"</sheetData>", rb'</sheetData><autoFilter ref="A6:F9"><filterColumn colId="0"/></autoFilter>'
    ),
    "the calculation is manual": in_part("xl/workbook.xml", b"<calcPr ", b'<calcPr calcMode="manual" '),
    "a name is lost": in_part(
        "xl/workbook.xml", b"<definedNames>", b'<definedNames><definedName name="a">#REF!</definedName>'
    ),
    "the sheet has another name": in_part("xl/workbook.xml", "Biểu mẫu".encode(), "Biểu mẫu 2".encode()),
    "another sheet is hidden": in_part("xl/workbook.xml", b' sheetId="2"', b' sheetId="2" state="hidden"'),
    "dates begin in 1904": in_part("xl/workbook.xml", b"<workbookPr ", b'<workbookPr date1904="1" '),
    "a style shows dates": in_part("xl/styles.xml", b'numFmtId="3"', b'numFmtId="14"'),
    "a font strikes out": in_part("xl/styles.xml", b"<font>", b"<font><strike/>"),
    "a string has markup": in_part(STRINGS, b"</si><si>", b"<!-- --></si><si>"),
    "strings are counted otherwise": in_part(STRINGS, b' uniqueCount="', b' uniqueCount="9'),
}  # fmt: skip


SAYS_NOTHING = {"strings are counted otherwise", "dates begin in 1904"}
"""What no figure of a form without dates hangs on."""


@pytest.mark.parametrize("name", MORE_THAN_A_VALUE)
def test_where_more_than_a_value_differs_the_plain_way_reads(name, read_plainly):
    data = MORE_THAN_A_VALUE[name](good("template"))
    reader = ReportReader()
    reader.read(admit_bytes("a.xlsx", good("template")))
    del read_plainly[:]
    assert read_or_refused(reader.read, data) == read_or_refused(find_report, data)
    assert read_plainly or name in SAYS_NOTHING


def test_what_a_merged_area_covers_is_no_figure():
    merged = MORE_THAN_A_VALUE["figures are merged"](good("template"))
    other = in_sheet(rb'(<c r="D63"[^>]*><v>)[0-9]+', rb"\g<1>7")(merged)
    reader = ReportReader()
    for data in (merged, other):
        assert read_or_refused(reader.read, data) == read_or_refused(find_report, data)


def both_ways(first, second):
    """Read a file after another of its make, and plainly."""
    reader = ReportReader()
    reader.read(admit_bytes("a.xlsx", first))
    return read_or_refused(reader.read, second), read_or_refused(find_report, second)


def with_string(data, old, new):
    """Write the string anew that begins so, as it is to stand in the part."""
    known = rb"<t[^>]*>" + re.escape(old.encode()) + rb"[^<]*</t>"
    changed = re.sub(known, new.encode(), parts_of(data)[STRINGS], count=1)
    assert changed != parts_of(data)[STRINGS]
    return with_parts(data, {STRINGS: changed})


def office_table(form=FORM, period="QUÝ III/2023", figure=447, unit="Hồ sơ"):
    """An office's own workbook of an edition, with the period above it, one figure, and the unit of its row."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet("Biểu")
        for number, row in enumerate([("", TITLE[0]), ("", TITLE[1]), ("", period), HEADER, *form_rows({}, form)]):
            sheet.write_row(number, 0, row)
        line = 4 + [row.address for row in form.rows].index("3.4.3.a")
        sheet.write_row(line, 2, [unit, figure])
    return target.getvalue()


def test_the_period_may_decide_the_edition():
    form = load_form("thong-ke-cchc", "2025")
    now, before = (office_table(form, period) for period in ("QUÝ III/2025", "QUÝ III/2023"))
    ours, plain = both_ways(now, before)
    assert ours == plain
    assert plain.form is not form


COUNTER = r'\1 t="str">\2<v>Số liệu</v></c>'


def test_texts_above_the_form_may_make_another_header():
    data = with_string(good("template"), "Kỳ báo cáo", "<t>Chỉ tiêu</t>")
    data = in_sheet(rb'(<c r="I4"[^>]*?)(?: t="[a-z]+")?>(<f>.*?</f>)<v>[^<]*</v></c>', COUNTER.encode())(data)
    ours, plain = both_ways(good("template"), data)
    assert ours == plain


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (TITLE[0], "<t></t>"),
        (TITLE[1], "<t>T¹i UBND ph­êng §ång T©m</t>"),
        (TITLE[1], "<t>thong-ke-cchc/2025</t>"),
        ("1.2.", "<t>1.2.</t><t>"),
    ],
)
def test_texts_of_an_office_are_read_anew(old, new):
    ours, plain = both_ways(good("office"), with_string(good("office"), old, new))
    assert ours == plain


def test_a_string_that_is_none_moves_all_that_follow():
    data = with_string(good("template"), "Văn bản", "<t>a</t></si><si/><si><t>b</t>")
    ours, plain = both_ways(good("template"), data)
    assert ours == plain != read_or_refused(find_report, good("template"))


def test_what_is_odd_about_a_row_is_told_whatever_its_figure():
    ours, plain = both_ways(office_table(unit="Lượt"), office_table(unit="Lượt", figure=448))
    assert ours == plain
    assert any(finding.rule == "unit_differs" for finding in ours.findings)


AROUND = {
    "another unit": ("TẠI UBND PHƯỜNG", "TẠI UBND XÃ"),
    "another period": ("13/6/2023", "13/3/2023"),
    "a stamp": ("UBND phường Phương Sơn)", "thong-ke-cchc/2025"),
    "nothing": ("(Kèm theo", ""),
}


@pytest.mark.parametrize("name", AROUND)
def test_texts_around_the_form_are_read_anew(name):
    old, new = (text.encode() for text in AROUND[name])
    data = good("template")
    strings = parts_of(data)[STRINGS].split(b"</si><si>")
    place = next(index for index, one in enumerate(strings) if old in one)
    whole = strings[place].replace(old, new) if name in {"another unit", "another period"} else b"<t>" + new + b"</t>"
    strings[place] = whole
    data = with_parts(data, {STRINGS: b"</si><si>".join(strings)})
    report = read_or_refused(primed("template").read, data)
    assert report == read_or_refused(find_report, data) != read_or_refused(find_report, good("template"))


VALUES = st.sampled_from(
    ["0", "12", "447", "-3", "12.5", "1E3", "1e400", "NaN", "", " 5", "0005", "99999999999", "KXĐ", "1.234", "12 hồ sơ",
     "Không phát sinh", "#REF!", "[1]A!B2", "a&amp;b", "&#272;", "&#65;", "&bad;", "]]>", "§óng h¹n", "_x0041_", "x\r",
     "thong-ke-cchc/2023", "UBND xã Khác", "Số liệu", "Có", "1", "0.5", "\x01", "<b>", "2", "TRUE", "45000"]
)  # fmt: skip
KINDS = st.sampled_from(["", ' t="n"', ' t="s"', ' t="str"', ' t="inlineStr"', ' t="b"', ' t="e"', ' t="d"', ' t="x"'])
SHAPES = st.sampled_from(
    ["<c{a}{k}><v>{v}</v></c>", "<c{a}{k}/>", "<c{a}{k}></c>", "<c{a}{k}><f>1+1</f><v>{v}</v></c>",
     "<c{a}{k}><is><t>{v}</t></is></c>", "<c{a}{k} x='1'><v>{v}</v></c>", "", "<c{k}><v>{v}</v></c>",
     "<c{a}{a}{k}><v>{v}</v></c>", "<c{a}{k}><v>{v}</v><v>1</v></c>", "<c{a}{k}><!-- --><v>{v}</v></c>"]
)  # fmt: skip
CHANGES = st.lists(st.tuples(st.integers(0, 10**6), VALUES, KINDS, SHAPES, st.booleans()), min_size=1, max_size=4)


def changed_sheet(xml, changes):
    """Write some cells of a sheet anew, or only their values where the cell is to stay as it is."""
    for place, value, kind, shape, whole in changes:
        cells = list(PIECE.finditer(xml))
        cell = cells[place % len(cells)]
        address = re.match(rb'<c( r="[A-Z]+[0-9]+"(?: s="[0-9]+")?)', cell[0])[1].decode()
        new = (
            shape.format(a=address, k=kind, v=value)
            if whole
            else re.sub("<v>[^<]*</v>", lambda _, v=value: f"<v>{v}</v>", cell[0].decode())
        )
        xml = xml[: cell.start()] + new.encode() + xml[cell.end() :]
    return xml


@settings(max_examples=50)
@given(st.sampled_from(["template", "office", *WRITERS]), st.integers(0, 3), CHANGES)
def test_cells_written_anew_are_read_as_the_plain_way_reads_them(writer, number, changes):
    data = good(writer, number)
    data = with_parts(data, {SHEET: changed_sheet(parts_of(data)[SHEET], changes)})
    assert read_or_refused(primed(writer).read, data) == read_or_refused(find_report, data)


@settings(max_examples=50)
@given(
    st.sampled_from(["template", "office", "ironcalc", "office shared"]), st.integers(0, 10**6), VALUES, st.booleans()
)
def test_strings_written_anew_are_read_as_the_plain_way_reads_them(writer, place, value, whole):
    data = good(writer)
    strings = parts_of(data)[STRINGS].split(b"</si><si>")
    index = 1 + place % (len(strings) - 2)
    strings[index] = value.encode() if whole else f"<t>{value}</t>".encode()
    data = with_parts(data, {STRINGS: b"</si><si>".join(strings)})
    assert read_or_refused(primed(writer).read, data) == read_or_refused(find_report, data)


def test_other_makes_are_forgotten_about_when_there_are_too_many(monkeypatch):
    monkeypatch.setattr(report_reader, "_MOST_KNOWN", 1)
    reader = ReportReader()
    for writer in WRITERS:
        data = good(writer)
        assert read_or_refused(reader.read, data) == read_or_refused(find_report, data)
    assert len(reader._known) == 1


def test_files_that_teach_nothing_are_not_tried_for_ever(monkeypatch):
    tried = []
    monkeypatch.setattr(report_reader, "_MOST_LESSONS", 2)
    monkeypatch.setattr(ReportReader, "_learn", lambda _, admitted, __: tried.append(admitted.name))
    reader = ReportReader()
    for number in range(4):
        reader.read(admit_bytes(f"{number}.xlsx", good("office shared", number)))
    assert tried == ["0.xlsx", "1.xlsx"]
