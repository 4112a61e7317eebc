"""The prose against the form."""

import pytest
from filled_forms import report_of
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc import compute
from cchc_calc.narrative import check_narrative

QUARTER = {
    "1.1": "3",
    "1.2.a": "34",
    "1.6.a": "20",
    "2.1.3.a": "0",
    "2.1.3.b": "0",
    "2.2.a": "0",
    "2.3.a": "0",
    "3.1.4.b": "210",
    "3.4.3.a": "447",
    "3.4.3.b": "425",
    "3.4.3.c": "425",
    "3.5.a": "0",
    "4.2.a": "21",
    "4.2.b": "21",
    "7.7.4.a": "214",
    "7.7.4.b": "115",
    "7.8.2.a": "0",
}


def found_in(*prose, values=QUARTER):
    report = report_of(values, prose)
    return [(finding.rule, finding.rows, finding.found) for finding in check_narrative(report, compute(report))]


@pytest.mark.parametrize(
    ("text", "rows", "found"),
    [
        ("lấy ý kiến với 30 phiếu, qua đó đánh giá công chức", ("1.6.a",), "30"),
        ("Đã phát 30 phiếu khảo sát.", ("1.6.a",), "30"),
        ("đã giải quyết 425 (trong đó sớm hạn: 424 hồ sơ; trễ hạn: 01 hồ sơ)", ("3.4.3.c",), "1"),
        ("trong đó 424 hồ sơ sớm hạn, 01 hồ sơ trễ hạn", ("3.4.3.c",), "1"),
        ("giải quyết đúng hạn 424 hồ sơ", ("3.4.3.c",), "424"),
        ("Tổng số hồ sơ đã tiếp nhận: 450 hồ sơ", ("3.4.3.a",), "450"),
        ("Đến nay đã giải quyết 426 hồ sơ.", ("3.4.3.b",), "426"),
        ("- Hồ sơ trực tuyến mức độ 3,4 là: 116 hồ sơ đạt 54%", ("7.7.4.b",), "116"),
        ("- Hồ sơ nộp qua dịch vụ bưu chính công ích: 5 hồ sơ", ("7.8.2.a",), "5"),
        ("đang công khai tại phường là 212 thủ tục hành chính", ("3.1.4.b",), "212"),
        ("kế hoạch đề ra 35 nhiệm vụ trên 06 lĩnh vực", ("1.2.a",), "35"),
        ("Phường nhận được 2 phản ánh kiến nghị của công dân", ("3.5.a",), "2"),
        ("bố trí 20/21 cán bộ, công chức", ("4.2.b",), "20"),
    ],
)
def test_another_figure_than_the_form(text, rows, found):
    assert ("prose_differs", rows, found) in found_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "lấy ý kiến với 20 phiếu",
        "Tổng số hồ sơ đã tiếp nhận: 447 hồ sơ",
        "Tổng số hồ sơ đã giải quyết 425",
        "- Hồ sơ đang giải quyết: 16 hồ sơ, trong hạn 16 hồ sơ",
        "- Hồ sơ trực tuyến mức độ 3,4 là: 115 hồ sơ đạt 54% (115/214)",
        "- Hồ sơ nộp và trả qua dịch vụ bưu chính công ích: 0 hồ sơ",
        "phường không nhận được phản ánh kiến nghị nào",
        "phường không ban hành văn bản quy phạm pháp luật nào",
        "có 21/21 cán bộ, công chức",
        "cử 05 cán bộ, công chức học nghiệp vụ",
        "chỉ tiêu trên 15% hồ sơ qua bưu chính công ích",
        "Kế hoạch số 759/KH-UBND ngày 01/6/2023",
        "đề ra 34 nhiệm vụ trên 06 lĩnh vực",
    ],
)
def test_the_same_figure_or_another_matter(text):
    assert found_in(text) == []


def test_a_fact_is_told_once_however_often_the_prose_repeats_it():
    assert len(found_in("với 30 phiếu", "Đã thu 30 phiếu")) == 1


def test_a_blank_row_is_not_held_against_the_prose():
    assert found_in("Đã phát 30 phiếu", values={}) == []


@pytest.mark.parametrize(
    ("refused", "rules"),
    [("; từ chối 01 hồ sơ", []), ("", ["breakdown_differs"]), ("; từ chối 03 hồ sơ", ["breakdown_differs"])],
)
def test_received_is_resolved_pending_withdrawn_and_refused(refused, rules):
    text = f"Tiếp nhận 447 hồ sơ; đã giải quyết 425 hồ sơ; đang giải quyết 16 hồ sơ; hủy 05 hồ sơ{refused}"
    assert [rule for rule, _, _ in found_in(text)] == rules


@pytest.mark.parametrize(("count", "differs"), [(1, True), (2, True), (3, False), (4, True)])
def test_a_list_of_documents_is_counted(count, differs):
    items = [f"- Công văn số {number}/UBND ngày 20/6/2023 về việc {number}" for number in range(1, count + 1)]
    found = found_in("Phường ban hành các văn bản chỉ đạo sau, cụ thể:", *items, "Phường tiếp tục thực hiện.")
    assert found == ([("prose_differs", ("1.1",), str(count))] if differs else [])


@given(st.lists(st.text(max_size=80), max_size=3))
def test_any_prose_is_compared_without_an_error(prose):
    found_in(*prose)
