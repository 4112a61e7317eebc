"""A document understood as a report: its form and edition, its cells, its head and its prose."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from cchc_calc.cell_checks import conversions, judge_formulas, remarks
from cchc_calc.document import Paragraph
from cchc_calc.entries import odd_about, read_entry, refused_entry
from cchc_calc.findings import Finding, make_finding
from cchc_calc.form_choice import FormChoice, choose_form
from cchc_calc.legacy_letters import with_modern_letters
from cchc_calc.letterhead import read_letterhead
from cchc_calc.report import Report
from cchc_calc.shortened_lists import shortened_list
from cchc_calc.spelling import clean, comparison_key, without_markup
from cchc_calc.stamp import find_stamp
from cchc_calc.table_layout import Layout, find_layouts
from cchc_calc.workbook_findings import workbook_findings

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cchc_calc.catalogue import Form
    from cchc_calc.document import Document, Table
    from cchc_calc.letterhead import Letterhead
    from cchc_calc.report import Entry
    from cchc_calc.row_matching import Matching
    from cchc_calc.stamp import Stamp
    from cchc_calc.table_layout import Line

SPREADSHEETS: Final = frozenset({"xlsx", "xlsm", "xls", "ods"})
_HEAD_ROWS: Final = 4
_MOST_NAMED: Final = 8
_LONGEST_LABEL: Final = 50


@dataclass(frozen=True, slots=True)
class Recognition:
    """A report with what it was recognised by.

    ``loose`` is the text around the form, ``others`` are the tables that are not the form. ``lines`` are the form's
    by address, ``leading`` the findings that are told before those of the rows; both are empty without a form.
    """

    report: Report
    loose: tuple[Paragraph, ...]
    others: tuple[Table, ...]
    stamp: Stamp | None
    choice: FormChoice | None = None
    lines: Mapping[str, Line] = field(default_factory=lambda: MappingProxyType({}))
    leading: tuple[Finding, ...] = ()


def recognise(document: Document) -> Report:
    """Turn a document into a report; without a table of the form its ``form`` is ``None``.

    Everything found on the way (rows missing, twice, in other words, cells that cannot be read) is in
    ``findings``. Nothing is taken by position.

    Raises SourceRefusedError where nobody can tell which figures are the report's, as ``choose_form`` does.
    """
    return recognition_of(document).report


def recognition_of(document: Document) -> Recognition:
    """Recognise a document as ``recognise`` does, and keep by what."""
    document, of_letters = with_modern_letters(document)
    layouts, others = find_layouts(document.tables)
    loose = tuple(_loose_paragraphs(document, layouts, others))
    head = read_letterhead(loose, title_of(loose))
    stamp = find_stamp(loose)
    choice = choose_form(document, layouts, stamp, head.period)
    if choice is None:
        prose = (*document.paragraphs, *_cells(document.tables))
        return Recognition(make_report(document.source, head, None, {}, prose, ()), loose, others, stamp)
    form, layout, matching = choice.form, choice.layout, choice.matching
    is_stamped = stamp is not None and choice.fits
    # What stands on other sheets of a workbook is not the report.
    prose = (*document.paragraphs, *_cells(table for table in others if table.name == layout.name))
    lines, of_formulas = judge_formulas(document, form, matching.lines)
    leading = (
        *of_letters,
        *workbook_findings(document, form, layout, is_stamped=is_stamped),
        *_stamp_findings(choice, stamp),
        *_layout_findings(form, layout, matching),
        *of_formulas,
    )
    entries, of_rows = _read_rows(form, lines, matching.refused)
    findings = [*leading, *of_rows]
    if document.kind in SPREADSHEETS:
        findings.extend(conversions(form, lines, entries))
        findings.extend(remarks(document, form, lines))
    report = make_report(document.source, head, form, entries, prose, findings, is_stamped=is_stamped)
    return Recognition(report, loose, others, stamp, choice, lines, leading)


def _read_rows(
    form: Form, lines: Mapping[str, Line], refused: Mapping[str, Line]
) -> tuple[dict[str, Entry], list[Finding]]:
    entries: dict[str, Entry] = {}
    findings: list[Finding] = []
    for row in form.rows:
        line = lines.get(row.address)
        if line is not None:
            findings += odd_about(row, line)
            entries[row.address], finding = read_entry(row, line.value, line.reported, has_reported=line.has_reported)
            findings += [] if finding is None else [finding]
        elif row.address in refused:
            entries[row.address] = refused_entry(row, refused[row.address])
    return entries, findings


def make_report(
    source: str,
    head: Letterhead,
    form: Form | None,
    entries: dict[str, Entry],
    prose: tuple[Paragraph, ...],
    findings: Iterable[Finding],
    *,
    is_stamped: bool = False,
) -> Report:
    """Put a report together from its head, its entries and its prose."""
    return Report(
        source=source,
        form=form,
        unit=head.unit,
        level=head.level,
        number=head.number,
        issued=head.issued,
        period=head.period,
        title=head.title,
        is_stamped=is_stamped,
        missing=frozenset() if form is None else _missing(form, head.level, entries),
        head=head,
        entries=MappingProxyType(entries),
        prose=prose,
        findings=tuple(findings),
    )


def _loose_paragraphs(
    document: Document, layouts: tuple[Layout, ...], others: tuple[Table, ...]
) -> Iterator[Paragraph]:
    """Yield the text around the form; of a workbook, that on the form's own sheet."""
    if document.kind in SPREADSHEETS:
        sheets = {layout.name for layout in layouts}
        yield from _cells(table for table in others if not sheets or table.name in sheets)
        return
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield block
        elif block in others and len(block.rows) <= _HEAD_ROWS:
            # Word writes the head of a report as a small table without lines.
            yield from _cells([block])


def _cells(tables: Iterable[Table]) -> Iterator[Paragraph]:
    for table in tables:
        for row in table.rows:
            for cell in row:
                text = clean(without_markup(cell.text))
                if text:
                    yield Paragraph(text, cell.where)


def title_of(paragraphs: Sequence[Paragraph]) -> str:
    """Return the title of the form with the line that follows it, which names the unit."""
    for index, paragraph in enumerate(paragraphs):
        if comparison_key(paragraph.text).startswith("biểu mẫu thống kê"):
            following = paragraphs[index + 1].text if index + 1 < len(paragraphs) else ""
            return f"{paragraph.text} {following}"
    return ""


def _missing(form: Form, level: str, entries: Mapping[str, Entry]) -> frozenset[str]:
    if len(entries) == len(form.rows):
        return frozenset()
    rows = (row for row in form.rows if row.is_input and level in row.levels)
    return frozenset(row.address for row in rows if row.address not in entries)


def _stamp_findings(choice: FormChoice, stamp: Stamp | None) -> Iterator[Finding]:
    """Yield a finding where our own template, which alone names the address of its lines, is not stamped as it was."""
    if stamp is not None and choice.fits:
        return
    if stamp is not None:
        found = f"{stamp.form}/{stamp.edition}"
        message = f"Dấu phiên bản ghi {found} ({stamp.where}) nhưng các dòng là của năm {choice.form.edition}."
    elif any(line.address for line in choice.layout.lines):
        found, message = "", f"Trang “{choice.layout.name}” mất dấu phiên bản, hoặc dấu đã bị sửa."
    else:
        return
    expected = f"{choice.form.id}/{choice.form.edition}"
    message += f" Đã đọc theo biểu mẫu năm {choice.form.edition} để kiểm tra thử."
    yield make_finding("stamp_missing", message, where=choice.layout.name, found=found, expected=expected)


def _layout_findings(form: Form, layout: Layout, matching: Matching) -> Iterator[Finding]:
    yield from matching.findings
    missing = [row for row in form.rows if row.address not in matching.lines and row.address not in matching.refused]
    if missing:
        names = (f"{row.address} ({row.label[:_LONGEST_LABEL]})" for row in missing)
        listed = shortened_list(names, _MOST_NAMED, "dòng", parted_by="; ")
        yield make_finding(
            "row_missing",
            f"Biểu thiếu {len(missing)} dòng so với biểu mẫu năm {form.edition}: {listed}. "
            "Dòng thuộc phần đơn vị phải báo cáo và mọi chỉ tiêu tính từ đó là KXĐ.",
            rows=tuple(row.address for row in missing),
            where=layout.name,
            expected=f"{len(form.rows)} dòng",
            found=f"{len(form.rows) - len(missing)} dòng",
        )
    if layout.repeated_headers:
        yield make_finding(
            "row_split",
            "Dòng tiêu đề của biểu lặp lại sau khi sang trang; đã đọc liền thành một bảng.",
            where=layout.repeated_headers[0],
        )
