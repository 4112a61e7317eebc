"""A table read by code and label: moved, split, renamed, doubled and missing rows."""

import pytest
from filled_forms import FORM, HEADER, form_rows, report_of, table_of

from cchc_calc.document import Document, Paragraph
from cchc_calc.errors import SourceRefusedError
from cchc_calc.form_files import load_form
from cchc_calc.recognition import recognise
from cchc_calc.states import State

REAL = {"3.4.3.a": "447", "3.4.3.b": "425", "3.4.3.c": "425", "1.2.a": "34", "1.2.b": "26", "7.7.5.e": "786.000"}


def recognised(rows, header=HEADER, **options):
    return recognise(Document("biểu.txt", (table_of(rows, header),), **options))


def rules_of(report):
    return [finding.rule for finding in report.findings]


def place_of(address):
    return next(index for index, row in enumerate(FORM.rows) if row.address == address)


def test_the_form_as_it_should_be():
    report = report_of(REAL)
    assert report.form is FORM
    assert len(report.entries) == 168
    assert report.findings == ()
    assert report.entries["3.4.3.b"].content == 425
    assert report.entries["3.4.3.b"].where == f"dòng {place_of('3.4.3.b') + 2}, ô 4"
    assert report.entries["7.7.5.e"].content == 786000


def test_rows_in_any_order_keep_their_figures():
    """A block moved as a whole keeps its code, so its dashes keep their parent."""
    rows = form_rows(REAL)
    start, end = place_of("3.4.3"), place_of("3.4.4")
    moved = rows[:start] + rows[end:] + rows[start:end]
    report = recognised(moved)
    assert report.entries["3.4.3.b"].content == 425
    assert "row_moved" in rules_of(report)
    assert "row_missing" not in rules_of(report)


def test_a_row_of_the_offices_own_is_named_and_not_counted():
    rows = form_rows(REAL)
    rows.insert(place_of("3.4.4"), ["", "- Số hồ sơ chuyển cơ quan khác", "Hồ sơ", "99", "", ""])
    report = recognised(rows)
    assert rules_of(report) == ["row_unknown"]
    assert report.entries["3.4.3.c"].content == 425


def test_a_missing_row_is_an_error_that_names_it():
    rows = form_rows(REAL)
    del rows[place_of("3.4.3.b")]
    report = recognised(rows)
    (finding,) = [finding for finding in report.findings if finding.rule == "row_missing"]
    assert finding.rows == ("3.4.3.b",)
    assert report.entries["3.4.3.c"].content == 425


def test_a_row_that_stands_twice_gives_no_figure():
    rows = form_rows(REAL)
    rows.insert(place_of("1.2"), ["1.1.", FORM.row("1.1").label, "Văn bản", "7", "", ""])
    report = recognised(rows)
    assert "row_duplicated" in rules_of(report)
    assert report.entries["1.1"].content is State.UNDECIDED


def test_swapped_labels_give_no_figure():
    rows = form_rows({"3.1.1": "5", "3.1.2": "9"})
    one, other = place_of("3.1.1"), place_of("3.1.2")
    rows[one][1], rows[other][1] = rows[other][1], rows[one][1]
    report = recognised(rows)
    assert rules_of(report) == ["label_conflicts", "label_conflicts"]
    assert report.entries["3.1.1"].content is State.UNDECIDED
    assert report.entries["3.1.2"].content is State.UNDECIDED


@pytest.mark.parametrize(
    ("label", "rule"),
    [
        ("Số văn bản chỉ đạo CCHC đã ban hành (kết luận, chỉ thị, công văn chỉ đạo, quán triệt).", None),
        ("SỐ VĂN BẢN CHỈ ĐẠO CCHC ĐÃ BAN HÀNH (kết luận, chỉ thị, công văn chỉ đạo, quán triệt)", None),
        ("Số văn bản chỉ đạo CCHC đã ban hành (kết luận, chỉ thị, công văn, quán triệt)", "label_differs"),
        ("Số cuộc họp giao ban trong quý", "label_conflicts"),
    ],
)
def test_labels_in_other_words(label, rule):
    rows = form_rows({"1.1": "3"})
    rows[place_of("1.1")][1] = label
    report = recognised(rows)
    assert rules_of(report) == ([] if rule is None else [rule])
    assert report.entries["1.1"].content == (State.UNDECIDED if rule == "label_conflicts" else 3)


@pytest.mark.parametrize(
    ("address", "code", "rule"),
    [
        ("3.4.3", "3.4.3", None),
        ("3.4.3", "3,4,3", None),  # a spreadsheet that took the code for a number
        ("3.1.1", "3.1.1 ", None),
        ("3.1.1", "9.9", "code_differs"),
        ("3.1.1", "", None),
    ],
)
def test_codes_as_they_are_typed(address, code, rule):
    rows = form_rows({"3.1.1": "5", "3.4.3.c": "425"})
    rows[place_of(address)][0] = code
    report = recognised(rows)
    assert rules_of(report) == ([] if rule is None else [rule])
    assert report.entries["3.1.1"].content == 5
    assert report.entries["3.4.3.c"].content == 425


def test_dashes_of_any_kind_or_none():
    rows = form_rows(REAL)
    rows[place_of("3.4.3.a")][1] = f"– {FORM.row('3.4.3.a').label}"
    rows[place_of("3.4.3.b")][1] = f"-{FORM.row('3.4.3.b').label}"
    rows[place_of("3.4.3.c")][1] = FORM.row("3.4.3.c").label
    rows[place_of("1.2.a")][:2] = ["-", FORM.row("1.2.a").label]
    report = recognised(rows)
    assert report.findings == ()
    assert [report.entries[address].content for address in ("3.4.3.a", "3.4.3.b", "3.4.3.c", "1.2.a")] == [
        447,
        425,
        425,
        34,
    ]


def test_a_row_cut_by_a_page_break_is_joined():
    rows = form_rows(REAL)
    label = rows[place_of("3.1.5")][1]
    rows[place_of("3.1.5")][1] = label[:60]
    rows.insert(place_of("3.1.5") + 1, ["", label[60:], "", "", "", ""])
    report = recognised(rows)
    assert rules_of(report) == ["row_split"]
    assert "3.1.5.b" in report.entries


def test_a_table_in_pieces_with_its_header_again_is_one_table():
    rows = form_rows(REAL)
    middle = place_of("3.4.3")
    blocks = (table_of(rows[:40], HEADER), table_of(rows[40:middle], None), table_of(rows[middle:], HEADER))
    report = recognise(Document("biểu.txt", blocks))
    assert len(report.entries) == 168
    assert rules_of(report) == ["row_split"]


@pytest.mark.parametrize(
    "header",
    [
        ("TT", "Nội dung chỉ tiêu", "ĐVT", "Số liệu báo cáo", "Cơ quan", "Ghi chú"),
        ("", "CHỈ TIÊU", "ĐƠN VỊ TÍNH", "SỐ LIỆU", "", ""),
    ],
)
def test_headers_of_other_offices(header):
    report = recognised(form_rows(REAL), header)
    assert report.entries["3.4.3.b"].content == 425


def test_a_column_more_and_a_header_of_two_rows():
    rows = [[*row[:3], "ghi chú nội bộ", *row[3:]] for row in form_rows(REAL)]
    upper = ("STT", "Chỉ tiêu", "Đơn vị", "Theo", "Số", "Cơ quan", "Ghi chú")
    lower = ("", "thống kê", "tính", "dõi", "liệu", "báo cáo", "")
    report = recognise(Document("biểu.txt", (table_of([upper, lower, *rows], None),)))
    assert report.entries["3.4.3.b"].content == 425


def test_what_stands_under_the_table_is_not_a_row():
    rows = [*form_rows(REAL), ["", "Nơi nhận:", "", "TM. ỦY BAN NHÂN DÂN", "", ""]]
    assert recognised(rows).findings == ()


@pytest.mark.parametrize(
    ("title", "edition"),
    [
        ("Từ ngày 13/6/2023 đến ngày 12/9/2023", "2023"),
        ("Từ ngày 15/9/2025 đến ngày 14/12/2025", "2025"),
        ("không nói kỳ nào", "2025"),
    ],
)
def test_the_edition_of_a_table_without_district_rows(title, edition):
    """A ward of 2023 that deleted the district's rows is told which are missing."""
    derived = load_form("thong-ke-cchc", "2025")
    document = Document("biểu.txt", (Paragraph(title, "dòng 1"), table_of(form_rows(REAL, derived))))
    report = recognise(document)
    assert report.form.edition == edition
    assert ("row_missing" in rules_of(report)) == (edition == "2023")


def test_a_whole_form_of_2023_stays_one_after_2025():
    document = Document("biểu.txt", (Paragraph("Quý IV năm 2025", "dòng 1"), table_of(form_rows(REAL))))
    assert recognise(document).form.edition == "2023"


@pytest.mark.parametrize(
    ("address", "value", "rule"),
    [
        ("2.2", "0", "heading_value"),
        ("1.3.2", "%", "unit_in_value"),
        ("1.6", "Có = 1 Không = 0", "legend_copied"),
        ("1.6.b", "Trực tuyến = 0 Phát phiếu = 1 Kết hợp = 0", "legend_edited"),
        ("1.1", "ba văn bản", "unreadable_value"),
    ],
)
def test_cells_are_read_for_their_row(address, value, rule):
    assert rules_of(report_of({address: value})) == [rule]


def test_a_unit_that_differs_is_told():
    rows = form_rows(REAL)
    rows[place_of("1.1")][2] = "Công văn"
    assert rules_of(recognised(rows)) == ["unit_differs"]


def test_prose_alone_is_a_report_without_a_form():
    report = recognise(Document("lời văn.txt", (Paragraph("Phường đã giải quyết 425 hồ sơ.", "dòng 1"),)))
    assert report.form is None
    assert report.prose[0].text == "Phường đã giải quyết 425 hồ sơ."


def test_another_table_is_no_form_but_its_cells_are_read():
    rows = [["1", "Mục tiêu", "100%", "đạt 54% (115/214)", "", ""]]
    report = recognised(rows, ("Stt", "Nội dung", "Mức đo lường", "Kết quả", "Nguyên nhân", "Hướng"))
    assert report.form is None
    assert "đạt 54% (115/214)" in [paragraph.text for paragraph in report.prose]


def test_what_stands_on_other_sheets_names_nobody():
    other = table_of([["Mục tiêu do UBND phường Phương Sơn giao"]], None, "Tổng quan")
    document = Document("biểu.xlsx", (other, table_of(form_rows(REAL), name="Biểu mẫu")), "xlsx")
    assert recognise(document).unit == ""


TWO_PERIODS = ("STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Số liệu kỳ trước", "Số liệu kỳ này", "Ghi chú")


def with_last_period(rows):
    return [[*row[:3], "7", row[3], row[5]] for row in rows]


def test_of_two_columns_of_figures_none_is_picked():
    with pytest.raises(SourceRefusedError, match="“Số liệu kỳ trước” và “Số liệu kỳ này”") as refusal:
        recognised(with_last_period(form_rows(REAL)), TWO_PERIODS)
    assert refusal.value.code == "S10"


def test_a_column_of_figures_divided_below_its_heading_is_not_picked_from():
    header = ("STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Số liệu", "", "Ghi chú")
    below = ["", "", "", "Kỳ trước", "Kỳ này", ""]
    with pytest.raises(SourceRefusedError, match="“Kỳ trước” và “Kỳ này”"):
        recognised([below, *with_last_period(form_rows(REAL))], header)


def test_a_group_of_figures_above_the_header_is_not_picked_from():
    header = ["STT", "Chỉ tiêu thống kê", "Đơn vị tính", "Kỳ trước", "Kỳ này", "Ghi chú"]
    with pytest.raises(SourceRefusedError, match="“Kỳ trước” và “Kỳ này”;"):
        recognised([header, *with_last_period(form_rows(REAL))], ("", "", "", "Số liệu", "", ""))


def test_a_heading_of_two_rows_beside_others_is_one_column():
    header = ["STT", "Chỉ tiêu thống kê", "Đơn vị tính", "trong kỳ", "Cơ quan, đơn vị báo cáo", "Ghi chú"]
    report = recognised([header, *form_rows(REAL)], ("", "", "", "Số liệu", "", ""))
    assert report.entries["3.4.3.b"].content == 425


def test_the_forms_own_heading_wins_over_a_longer_one():
    header = tuple(heading.replace(" kỳ này", "") for heading in TWO_PERIODS)
    assert recognised(with_last_period(form_rows(REAL)), header).entries["3.4.3.b"].content == 425


@pytest.mark.parametrize("other", [{"3.4.3.b": "99"}, {"1.1": "3"}])
def test_of_two_tables_with_the_form_none_is_picked(other):
    tables = table_of(form_rows(REAL | other), name="Quý II"), table_of(form_rows(REAL), name="Quý III")
    with pytest.raises(SourceRefusedError, match="“Quý II” và “Quý III”") as refusal:
        recognise(Document("biểu.xlsx", tables, "xlsx"))
    assert refusal.value.code == "S02"


@pytest.mark.parametrize("values", [{}, REAL])
def test_an_empty_form_or_a_copy_beside_the_filled_one_does_no_harm(values):
    tables = table_of(form_rows(values), name="Mẫu"), table_of(form_rows(REAL), name="Quý III")
    assert recognise(Document("biểu.xlsx", tables, "xlsx")).entries["3.4.3.b"].content == 425


def test_a_figure_in_each_half_of_a_split_row_is_no_figure():
    rows, place = form_rows(REAL), place_of("3.4.3.b")
    upper, lower = rows[place].copy(), ["", "giải quyết xong", "", "234", "", ""]
    upper[1], upper[3] = "- Số hồ sơ TTHC đã", "1"
    report = recognised([*rows[:place], upper, lower, *rows[place + 1 :]])
    assert report.entries["3.4.3.b"].content is State.UNDECIDED


def test_a_figure_without_a_label_is_named():
    rows = form_rows(REAL)
    rows.insert(place_of("3.4.3.c"), ["", "", "", "999", "", ""])
    (finding,) = recognised(rows).findings
    assert (finding.rule, "“999”" in finding.message) == ("row_unknown", True)


def test_dashes_below_a_code_with_the_label_of_another_give_no_figure():
    """3.4.2 and 3.4.3 have the same dashes: whose they are, the code or the label, nobody knows."""
    rows, one, other = form_rows(REAL), place_of("3.4.2"), place_of("3.4.3")
    rows[one][1], rows[other][1] = rows[other][1], rows[one][1]
    report = recognised(rows)
    assert report.entries["3.4.3.b"].content is State.UNDECIDED
    assert {"label_conflicts", "row_unclear"} == set(rules_of(report))


def test_dashes_that_sorting_brought_below_another_code_give_no_figure():
    values = {"3.4.2.a": "70", "3.4.2.b": "60", "3.4.2.c": "50", "1.1": "3"}
    report = recognised(form_rows(values)[::-1])
    assert report.entries["3.4.3.b"].reported == "60"
    assert report.entries["3.4.3.b"].content is State.UNDECIDED
    assert report.entries["1.1"].content == 3
