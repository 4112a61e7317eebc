"""Texts typed with the fonts of TCVN3 and VNI, read as what an official sees on paper."""

from __future__ import annotations

import pytest
from filled_forms import FORM, HEADER, form_rows, table_of

from cchc_calc.document import Document
from cchc_calc.legacy_letters import modern_letters, with_modern_letters
from cchc_calc.recognition import recognise

TCVN3 = "¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉËÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\xadøõö÷ùýúûüþ®"
MODERN = "áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđ"
VNI = (
    "aù aø aû aõ aï aê aé aè aú aü aë aâ aá aà aå aã aä eù eø eû eõ eï eâ eá eà eå eã eä í ì æ ó ò "
    "où oø oû oõ oï oâ oá oà oå oã oä ô ôù ôø ôû ôõ ôï uù uø uû uõ uï ö öù öø öû öõ öï yù yø yû yõ î ñ"
)


def test_every_letter_of_tcvn3():
    assert modern_letters(f"tr®¬ {TCVN3}") == f"trđơ {MODERN}"


def test_every_letter_of_vni():
    assert modern_letters(f"ñöôïc {VNI}").removeprefix("được ").replace(" ", "") == MODERN


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("§óng h¹n", "Đúng hạn"),
        ("Sè hå s¬ ®· gi¶i quyÕt", "Số hồ sơ đã giải quyết"),
        ("¦u tiªn", "Ưu tiên"),
        ("Ñuùng haïn", "Đúng hạn"),
        ("Soá hoà sô ñaõ giaûi quyeát", "Số hồ sơ đã giải quyết"),
        ("ÑUÙNG HAÏN", "ĐÚNG HẠN"),
    ],
)
def test_a_text_of_the_old_fonts(typed, meant):
    assert modern_letters(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "Số hồ sơ đã giải quyết đúng hạn",
        "Xuân hòa, yên tĩnh, khoẻ, quý",
        "hoà giải, toán, loa, xoá",
        "25 m² × 3 m, ½ ngày",
        "§ 5, khoản 2",
        "1.234",
        "naïve",
        "",
    ],
)
def test_other_texts_stay_as_they_are(text):
    assert modern_letters(text) == text


@pytest.mark.parametrize("row", FORM.rows, ids=lambda row: row.address)
def test_the_labels_of_the_form_stay_as_they_are(row):
    assert modern_letters(row.label) == row.label


def to_tcvn3(text):
    back = dict(zip(MODERN, TCVN3, strict=True)) | dict(zip("ĂÂÊÔƠƯĐ", "¡¢£¤¥¦§", strict=True))
    return "".join(back.get(letter, letter) for letter in text)


def test_a_whole_form_in_tcvn3_gives_its_figures():
    """Capital letters with marks need a font of their own there, so only small ones are tried."""
    rows = [[to_tcvn3(cell) for cell in row] for row in form_rows({"3.4.3.b": "425", "3.4.3.c": "424", "1.7": "Có"})]
    header = [to_tcvn3(cell) for cell in HEADER]
    report = recognise(Document("biểu.txt", (table_of(rows, header),)))
    assert report.form is FORM
    assert report.entries["3.4.3.b"].content == 425
    assert report.entries["1.7"].content == 1
    (finding,) = [finding for finding in report.findings if finding.code == "C16"]
    assert "bảng mã cũ" in finding.message
    assert not [finding for finding in report.findings if finding.rule in ("row_missing", "label_conflicts")]


def test_a_document_in_unicode_is_left_alone():
    document = Document("biểu.txt", (table_of(form_rows({"1.1": "5"})),))
    assert with_modern_letters(document) == (document, ())
