"""Whole workbooks changed around one cell: their settings, their labels, what is pinned to them."""

from __future__ import annotations

import re
import unicodedata
from html import escape
from typing import TYPE_CHECKING

from containers import SHEET, parts_of, with_parts
from filled_forms import FORM
from hostile.cells import label_cell, place, with_xml

if TYPE_CHECKING:
    from collections.abc import Callable

ROW = "3.4.3.b"
LABEL = "- Số hồ sơ TTHC đã giải quyết xong"
IN_TCVN3 = "- Sè hå s¬ TTHC ®· gi¶i quyÕt xong"
IN_VNI = "- Soá hoà sô TTHC ñaõ giaûi quyeát xong"


def since_1904(data: bytes, _base: str) -> bytes:
    """Count the days of a workbook from 1904."""
    return _in_workbook(data, "<workbookPr ", '<workbookPr date1904="1" ')


def manual_calculation(data: bytes, _base: str) -> bytes:
    """Set a workbook to compute only when it is asked to."""
    return _in_workbook(data, "<calcPr ", '<calcPr calcMode="manual" ')


def precision_as_shown(data: bytes, _base: str) -> bytes:
    """Set a workbook to compute with the figures as they are shown."""
    return _in_workbook(data, "<calcPr ", '<calcPr fullPrecision="0" ')


def label_of_several_lines(data: bytes, base: str) -> bytes:
    """Break the lines of a label, as people do to fit it into its cell."""
    return _with_label(data, base, LABEL.replace(" hồ sơ", "\nhồ  sơ"))


def label_in_nfd(data: bytes, base: str) -> bytes:
    """Write a label with its marks apart from the letters, as some keyboards do."""
    return _with_label(data, base, unicodedata.normalize("NFD", LABEL))


def labels_in_tcvn3(data: bytes, base: str) -> bytes:
    """Write a label as the fonts of TCVN3 do."""
    return _with_label(data, base, IN_TCVN3)


def labels_in_vni(data: bytes, base: str) -> bytes:
    """Write a label as the fonts of VNI do."""
    return _with_label(data, base, IN_VNI)


def partly_struck_out(data: bytes, base: str) -> bytes:
    """Strike one of two figures out inside a cell."""
    runs = "<r><rPr><strike/></rPr><t>418</t></r><r><t>425</t></r>"
    strings = parts_of(data)["xl/sharedStrings.xml"].decode()
    number = len(re.findall(r"<si>|<si/>", strings))
    data = with_parts(data, {"xl/sharedStrings.xml": strings.replace("</sst>", f"<si>{runs}</si></sst>").encode()})
    return with_xml(data, place(base, ROW), f'<c r="{{cell}}" t="s"><v>{number}</v></c>')


def pinned_note(data: bytes, base: str) -> bytes:
    """Pin a note to a cell, as people do to figures that are not final."""
    namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    comments = (
        f'<comments xmlns="{namespace}"><authors><author>Cán bộ</author></authors><commentList>'
        f'<comment ref="{place(base, ROW)}" authorId="0"><text><r><t>số </t></r><r><t>tạm</t></r></text></comment>'
        "</commentList></comments>"
    )
    links = "xl/worksheets/_rels/sheet1.xml.rels"
    link = f'<Relationship Id="rIdNote" Type="{office}/comments" Target="../comments9.xml"/>'
    empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    present = parts_of(data).get(links, empty.encode()).decode()
    types = parts_of(data)["[Content_Types].xml"].decode()
    override = (
        '<Override PartName="/xl/comments9.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"/>'
    )
    return with_parts(
        data,
        {
            "xl/comments9.xml": comments.encode(),
            links: present.replace("</Relationships>", f"{link}</Relationships>").encode(),
            "[Content_Types].xml": types.replace("</Types>", f"{override}</Types>").encode(),
        },
    )


def old_result(data: bytes, base: str) -> bytes:
    """Change the result that a formula of our template left, as a program that does not compute would."""
    spot = place(base, "3.4.3")
    xml, count = re.subn(
        rf'(<c r="{spot}"[^>]*>(?:<f>.*?</f>))<v>[^<]*</v>', r"\g<1><v>0.99</v>", parts_of(data)[SHEET].decode()
    )
    assert count == 1
    return with_parts(data, {SHEET: xml.encode()})


BUILDERS: dict[str, Callable[[bytes, str], bytes]] = {
    builder.__name__: builder
    for builder in (
        since_1904,
        manual_calculation,
        precision_as_shown,
        label_of_several_lines,
        label_in_nfd,
        labels_in_tcvn3,
        labels_in_vni,
        partly_struck_out,
        pinned_note,
        old_result,
    )
}


def _with_label(data: bytes, base: str, label: str) -> bytes:
    assert f"{FORM.row(ROW).code} {FORM.row(ROW).label}" == LABEL
    text = f'<is><t xml:space="preserve">{escape(label, quote=False)}</t></is>'
    return with_xml(data, label_cell(base, ROW), f'<c r="{{cell}}" t="inlineStr">{text}</c>')


def _in_workbook(data: bytes, old: str, new: str) -> bytes:
    workbook = parts_of(data)["xl/workbook.xml"].decode()
    assert old in workbook
    return with_parts(data, {"xl/workbook.xml": workbook.replace(old, new).encode()})
