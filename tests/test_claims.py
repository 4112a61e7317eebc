"""Claims of the prose: every n/m, and every rate printed with its counts, recomputed."""

from decimal import Decimal

import pytest
from filled_forms import report_of
from hypothesis import given
from hypothesis import strategies as st

from cchc_calc.claims import Verdict, check_claims, claims_in, find_claims
from cchc_calc.document import Document, Paragraph
from cchc_calc.recognition import recognise


@pytest.mark.parametrize(
    ("text", "declared", "numerator", "denominator", "computed", "verdict"),
    [
        ("115 hồ sơ đạt 54% (115/214)", "54%", 115, 214, "53,74%", "rounded"),
        ("115 hồ sơ đạt 53,7% (115/214)", "53,7%", 115, 214, "53,74%", "rounded"),
        ("115 hồ sơ đạt 53% (115/214)", "53%", 115, 214, "53,74%", "truncated"),
        ("115 hồ sơ đạt 57% (115/214)", "57%", 115, 214, "53,74%", "wrong"),
        ("99,7% (446/447)", "99,7%", 446, 447, "99,78%", "truncated"),
        ("99,8%(446/447)", "99,8%", 446, 447, "99,78%", "rounded"),
        ("12/16 đơn vị, chiếm tỷ lệ 75%", "75%", 12, 16, "75,00%", "exact"),
        ("04/16 đơn vị, chiếm tỷ lệ 25%.", "25%", 4, 16, "25,00%", "exact"),
        ("13.506 hồ sơ, trong đó trễ hạn 234 hồ sơ, tỷ lệ 1,73%", "1,73%", 234, 13506, "1,73%", "rounded"),
        ("13.506 hồ sơ, trong đó trễ hạn 234 hồ sơ, chiếm 1,8%", "1,8%", 234, 13506, "1,73%", "wrong"),
        ("giải quyết đúng hạn 1540/1587 hồ sơ, tỷ lệ 97%", "97%", 1540, 1587, "97,04%", "rounded"),
        ("giải quyết 9/9 đơn thư đạt 100%.", "100%", 9, 9, "100,00%", "exact"),
        ("có 21/21 cán bộ, công chức", "", 21, 21, "100,00%", "exact"),
        ("có 22/21 cán bộ, công chức", "", 22, 21, "104,76%", "wrong"),
        ("0/0 hồ sơ đạt 100%", "100%", 0, 0, "", "not_computable"),
        ("tiếp nhận 5.436 hồ sơ trực tuyến, đạt tỷ lệ 36,19%.", "36,19%", 5436, None, "", "not_computable"),
        ("nhận được 27 phản ánh kiến nghị, tỷ lệ 100%", "100%", 27, None, "", "not_computable"),
    ],
)
def test_one_claim(text, declared, numerator, denominator, computed, verdict):
    (claim,) = claims_in(text, "dòng 1")
    assert (claim.declared, claim.numerator, claim.denominator) == (declared, numerator, denominator)
    assert (claim.computed, claim.verdict) == (computed, verdict)
    assert claim.text in text


@pytest.mark.parametrize(
    ("text", "declared", "numerator", "denominator", "verdict"),
    [
        ("75% tương ứng 12/16", "75%", 12, 16, "exact"),
        ("70% (tương ứng 12/16 đơn vị)", "70%", 12, 16, "wrong"),
        ("99,7%: 424/425 hồ sơ", "99,7%", 424, 425, "truncated"),
        ("Tỷ lệ: 120/125 x 100% = 96%", "96%", 120, 125, "exact"),
        ("Có 234 hồ sơ trễ hạn trong tổng số 13.506 hồ sơ, tỷ lệ 1,73%", "1,73%", 234, 13506, "rounded"),
        ("234 hồ sơ trễ hạn trong 13.506 hồ sơ, tỷ lệ 1,8%", "1,8%", 234, 13506, "wrong"),
        ("12 đơn vị (70%) trong tổng số 16 đơn vị", "70%", 12, 16, "wrong"),
        ("có 12 trong 16 đơn vị (chiếm 75%)", "75%", 12, 16, "exact"),
        ("Tiếp nhận 500 hồ sơ, trong đó trực tuyến 200 hồ sơ (45%)", "45%", 200, 500, "wrong"),
        ("1.204 hồ sơ, gồm 900 hồ sơ trực tuyến (75,74%)", "75,74%", 900, 1204, "wrong"),
        ("12.540 văn bản điện tử trên tổng số 12.600 văn bản, đạt 99,52%", "99,52%", 12540, 12600, "rounded"),
        ("giải ngân 1.250/2.500 triệu đồng, đạt 50%", "50%", 1250000000, 2500000000, "exact"),
        ("giải ngân 125,4/310 tỷ đồng, đạt 41%", "41%", 125400000000, 310000000000, "wrong"),
        ("chỉ số đạt 85,42/100 điểm", "", Decimal("85.42"), 100, "exact"),
        ("giải quyết 1 540/1 587 hồ sơ, đạt 97,04%", "97,04%", 1540, 1587, "rounded"),
        ("kế hoạch 95%: 1.450/1.500 hồ sơ", "", 1450, 1500, "exact"),
        ("có 12/16 phường đạt tỷ lệ 100% hồ sơ đúng hạn", "", 12, 16, "exact"),
        ("giải quyết 12/16 hồ sơ đạt 100%", "100%", 12, 16, "wrong"),
        ("có 7/16 đơn vị, chiếm tỷ lệ 50%", "50%", 7, 16, "wrong"),
    ],
)
def test_the_counts_of_a_rate_are_found_however_they_are_written(text, declared, numerator, denominator, verdict):
    (claim,) = claims_in(text)
    assert (claim.declared, claim.numerator, claim.denominator) == (declared, numerator, denominator)
    assert claim.verdict == verdict


def test_a_rate_in_front_of_a_bracket_is_not_that_of_the_ratio_before():
    claims = list(claims_in("từ 90% (90/100) lên 95% (190/200)"))
    assert [(claim.numerator, claim.declared, claim.verdict) for claim in claims] == [
        (90, "", Verdict.EXACT),
        (190, "95%", Verdict.EXACT),
    ]


def test_the_whole_may_stand_in_the_sentence_before():
    text = "Giải quyết 590 hồ sơ, trong đó đúng hạn 587 hồ sơ, đạt 99,49%; trễ hạn 03 hồ sơ, chiếm 0,51%."
    assert [(claim.numerator, claim.denominator) for claim in claims_in(text)] == [(587, 590), (3, 590)]
    text = "Kết quả: 23.980 hồ sơ; trong đó: đúng hạn 23.751 hồ sơ (99,05%), trễ hạn 229 hồ sơ (0,95%)."
    assert [(claim.numerator, claim.denominator) for claim in claims_in(text)] == [(23751, 23980), (229, 23980)]


@pytest.mark.parametrize(
    "text",
    [
        "trong đó có 10 đơn vị đạt tỷ lệ 100% hồ sơ đúng hạn",
        "có 200 hồ sơ (100% trực tuyến)",
        "Tổng số 900 hồ sơ, tăng 120 hồ sơ (15,38%)",
    ],
)
def test_a_rate_that_units_reached_has_no_counts(text):
    assert list(claims_in(text)) == []


def test_a_quote_closes_only_the_brackets_it_opens():
    (claim,) = claims_in("đạt gần 100% (424/425 hồ sơ)")
    assert claim.text == "424/425 hồ sơ"


def test_two_ratios_keep_their_own_rates():
    text = "xử lý đúng hạn 2/3 nội dung phản ánh, đạt 67%, chưa xử lý 1/3 ý kiến chiếm 33%"
    assert [(claim.numerator, claim.declared) for claim in claims_in(text)] == [(2, "67%"), (1, "33%")]


@pytest.mark.parametrize(
    "text",
    [
        "7/10 hồ sơ, còn 3 hồ sơ chưa giải quyết (30%)",
        "đúng hạn 490/500 hồ sơ, hài lòng 89%",
        "đúng hạn 490/500 hồ sơ, mức độ hài lòng đạt 89%",
        "đúng hạn 490/500 hồ sơ Hài lòng 89%",
        "đúng hạn 490/500 hồ sơ và hài lòng đạt 89%",
    ],
)
def test_the_rate_of_something_else_is_not_that_of_the_ratio_before(text):
    (claim,) = [claim for claim in claims_in(text) if claim.denominator]
    assert (claim.declared, claim.verdict) == ("", "exact")


@pytest.mark.parametrize(
    "words", [", tỷ lệ đúng hạn đạt", " đúng hạn đạt", ", đạt", " (", " (tỷ lệ", ":", " =", " và đạt", ", tương ứng"]
)
def test_words_that_declare_lead_from_a_ratio_to_its_rate(words):
    (claim,) = claims_in(f"490/500 hồ sơ{words} 96%")
    assert (claim.numerator, claim.declared, claim.verdict) == (490, "96%", "wrong")


def test_counts_that_are_not_part_and_whole_are_not_divided():
    (claim,) = claims_in("mức 3 có 179 TTHC, mức 4 có 112 TTHC, đạt 88% TTHC của xã")
    assert (claim.numerator, claim.denominator, claim.verdict) == (None, None, "not_computable")


@pytest.mark.parametrize(
    "text",
    [
        "chỉ tiêu đạt trên 15% hồ sơ",
        "3 chỉ tiêu đạt dưới 40%",
        "100 % cán bộ, công chức dùng thư điện tử",
        "mức độ hài lòng đạt 94,2%",
        "Nghị định số 61/2018/NĐ-CP ngày 23/4/2018",
        "từ ngày 13/6/2023 đến ngày 12/9/2023",
        "",
    ],
)
def test_what_is_no_claim(text):
    assert list(claims_in(text)) == []


def test_a_rate_without_a_base_takes_the_one_total_that_explains_it():
    prose = (
        Paragraph("Tổng số hồ sơ đã tiếp nhận: 15.019 hồ sơ.", "dòng 1"),
        Paragraph("Đã tiếp nhận 5.436 hồ sơ trực tuyến, đạt tỷ lệ 36,19%.", "dòng 2"),
    )
    (claim,) = find_claims(recognise(Document("a.txt", prose)))
    assert (claim.denominator, claim.verdict) == (15019, Verdict.ROUNDED)


def test_a_rate_that_no_total_explains_keeps_no_base():
    prose = (
        Paragraph("Tổng số hồ sơ đã tiếp nhận: 15.019 hồ sơ.", "dòng 1"),
        Paragraph("Đã tiếp nhận 5.436 hồ sơ trực tuyến, đạt tỷ lệ 40,25%.", "dòng 2"),
    )
    (claim,) = find_claims(recognise(Document("a.txt", prose)))
    assert (claim.denominator, claim.verdict) == (None, Verdict.NOT_COMPUTABLE)


def test_value_cells_make_claims_too():
    report = report_of({"3.4.3": "99,7% (446/447)", "3.4.3.b": "425"})
    (claim,) = find_claims(report)
    assert (claim.verdict, claim.where) == (Verdict.TRUNCATED, report.entries["3.4.3"].where)


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("115 hồ sơ đạt 54% (115/214)", []),
        ("115 hồ sơ đạt 53% (115/214)", ["claim_truncated"]),
        ("115 hồ sơ đạt 57% (115/214)", ["claim_wrong"]),
        ("nhận được 27 phản ánh kiến nghị, tỷ lệ 100%", ["claim_without_base"]),
    ],
)
def test_findings(text, rules):
    findings = list(check_claims(claims_in(text, "dòng 1")))
    assert [finding.rule for finding in findings] == rules
    assert all(finding.message.startswith("dòng 1: “") for finding in findings)


@given(st.text(max_size=200))
def test_any_text_is_judged_without_an_error(text):
    for claim in claims_in(text):
        assert isinstance(claim.verdict, Verdict)


@given(st.integers(1, 9999), st.integers(1, 9999), st.integers(0, 2))
def test_a_correctly_printed_claim_is_never_wrong(one, other, decimals):
    from fractions import Fraction

    from cchc_calc.rounding import format_percent

    part, whole = sorted((one, other))
    text = f"{part} hồ sơ đạt {format_percent(Fraction(part, whole), decimals)} ({part}/{whole})"
    (claim,) = claims_in(text)
    assert claim.verdict in {Verdict.EXACT, Verdict.ROUNDED}
