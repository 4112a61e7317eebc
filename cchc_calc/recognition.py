"""A document understood as a report: its form and edition, its cells, its head and its prose."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from cchc_calc.cell_checks import conversions, judge_formulas, remarks
from cchc_calc.document import Paragraph
from cchc_calc.findings import Finding, make_finding
from cchc_calc.form_files import editions, form_ids, load_form
from cchc_calc.letterhead import read_letterhead
from cchc_calc.outcomes import refusal
from cchc_calc.readings import read_declared, read_input
from cchc_calc.report import Entry, Report
from cchc_calc.row_matching import Matching, match_rows
from cchc_calc.spelling import clean, comparison_key, without_markup
from cchc_calc.states import State
from cchc_calc.table_layout import Layout, find_layouts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cchc_calc.catalogue import Form, Row
    from cchc_calc.document import Document, Table
    from cchc_calc.letterhead import Letterhead
    from cchc_calc.periods import Period
    from cchc_calc.table_layout import Line

SPREADSHEETS: Final = frozenset({"xlsx", "xlsm", "xls", "ods"})
_SMALLEST_SHARE: Final = 4
"""A table of which less than one row in so many is the form's is another table."""
_OWN_FAULTS: Final = frozenset({"C11", "C21"})
"""What is wrong with a computed cell even of our own template, whose results are not taken but computed anew."""
_HEAD_ROWS: Final = 4
_STAMP: Final = re.compile(r"(?P<form>[a-z]+(?:-[a-z]+)*)/(?P<edition>\d{4})")


def recognise(document: Document) -> Report:
    """Turn a document into a report; without a table of the form its ``form`` is ``None``.

    Everything found on the way (rows missing, twice, in other words, cells that cannot be read) is in
    ``findings``. Nothing is taken by position.

    Raises SourceRefusedError where nobody can tell which figures are the report's: S02 for two tables that
    hold the form with different figures, S10 for two columns of figures.
    """
    layouts, others = find_layouts(document.tables)
    loose = [*_loose_paragraphs(document, layouts, others)]
    head = read_letterhead(loose, _title(loose))
    stamp = _stamped(loose)
    best = _best(document.source, layouts, stamp, head.period)
    if best is None:
        return _report(document, head, None, {}, (*document.paragraphs, *_cells(document.tables)), ())
    form, layout, matching = best
    # What stands on other sheets of a workbook is not the report.
    prose = (*document.paragraphs, *_cells(table for table in others if table.name == layout.name))
    findings = [*_layout_findings(form, layout, matching)]
    lines, found = judge_formulas(document, form, matching.lines)
    findings.extend(found)
    entries: dict[str, Entry] = {}
    for row in form.rows:
        line = lines.get(row.address)
        if line is not None:
            entries[row.address] = _entry(row, line, findings)
        elif row.address in matching.refused:
            entries[row.address] = _refused_entry(row, matching.refused[row.address])
    if document.kind in SPREADSHEETS:
        findings.extend(conversions(form, lines, entries))
        findings.extend(remarks(document, form, lines))
    return replace(_report(document, head, form, entries, prose, findings), is_stamped=stamp is not None)


def _report(
    document: Document,
    head: Letterhead,
    form: Form | None,
    entries: dict[str, Entry],
    prose: tuple[Paragraph, ...],
    findings: Iterable[Finding],
) -> Report:
    return Report(
        source=document.source,
        form=form,
        unit=head.unit,
        level=head.level,
        number=head.number,
        issued=head.issued,
        period=head.period,
        title=head.title,
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


def _title(paragraphs: list[Paragraph]) -> str:
    """Return the title of the form with the line that follows it, which names the unit."""
    for index, paragraph in enumerate(paragraphs):
        if comparison_key(paragraph.text).startswith("biểu mẫu thống kê"):
            following = paragraphs[index + 1].text if index + 1 < len(paragraphs) else ""
            return f"{paragraph.text} {following}"
    return ""


def _stamped(paragraphs: list[Paragraph]) -> tuple[str, str] | None:
    """Read the stamp our own templates carry."""
    for paragraph in paragraphs:
        stamp = _STAMP.fullmatch(paragraph.text)
        if stamp is not None and stamp["form"] in form_ids() and stamp["edition"] in editions(stamp["form"]):
            return stamp["form"], stamp["edition"]
    return None


def _best(
    source: str, layouts: tuple[Layout, ...], stamp: tuple[str, str] | None, period: Period | None
) -> tuple[Form, Layout, Matching] | None:
    """Choose the table that holds the form; a second one has to be empty or say the same."""
    known = [stamp] if stamp else [(name, edition) for name in form_ids() for edition in editions(name)]
    forms = [load_form(name, edition) for name, edition in known]
    found = [one for layout in layouts if (one := _best_edition(layout, forms, period)) is not None]
    filled = [one for one in found if _figures(one[2])] or found
    if not filled:
        return None
    form, layout, matching = filled[0]
    if any(_figures(other) != _figures(matching) for _, _, other in filled):
        places = " và ".join(dict.fromkeys(_place(other) for _, other, _ in filled))
        message = f"biểu mẫu có ở nhiều nơi với số liệu khác nhau: {places}; không rõ nơi nào là của kỳ báo cáo này."
        raise refusal(source, "S02", message, "Chỉ giữ lại bảng của kỳ báo cáo này trong tệp, rồi nộp lại.")
    if layout.rivals:
        names = " và ".join(f"“{name}”" for name in layout.rivals)
        message = f"biểu mẫu có nhiều cột số liệu: {names}; không rõ cột nào là của kỳ báo cáo này."
        remedy = "Đặt tên “Số liệu” cho cột của kỳ báo cáo này, đổi tên hoặc xóa cột kia, rồi nộp lại."
        raise refusal(source, "S10", message, remedy)
    return form, layout, matching


def _figures(matching: Matching) -> dict[str, str]:
    lines = matching.lines | matching.refused
    cells = ((address, line.value) for address, line in lines.items())
    return {address: cell.text or cell.fault for address, cell in cells if cell.text or cell.fault}


def _place(layout: Layout) -> str:
    return f"“{layout.name}”" if layout.name else layout.lines[0].where


def _best_edition(layout: Layout, forms: list[Form], period: Period | None) -> tuple[Form, Layout, Matching] | None:
    """Choose the edition of a table: the one that has a place for every line.

    Between editions that have, the period decides, so that a ward of 2023 that deleted the district's rows
    is told which rows are missing.
    """
    candidates = []
    for form in forms:
        matching = match_rows(form, layout.lines)
        matched = len(matching.lines) + len(matching.refused)
        if matched * _SMALLEST_SHARE < len(form.rows):
            continue
        missing = len(form.rows) - matched
        valid = _is_valid(form, period)
        if valid and not matching.unknown and not missing:
            return form, layout, matching
        candidates.append(((matching.unknown, not valid, missing), form, matching))
    if not candidates:
        return None
    _, form, matching = min(candidates, key=lambda candidate: candidate[0])
    return form, layout, matching


def _is_valid(form: Form, period: Period | None) -> bool:
    if period is None:
        return True
    return form.valid_from <= period.end and (form.valid_to is None or period.start <= form.valid_to)


def _layout_findings(form: Form, layout: Layout, matching: Matching) -> Iterator[Finding]:
    yield from matching.findings
    missing = [row for row in form.rows if row.address not in matching.lines and row.address not in matching.refused]
    if missing:
        names = "; ".join(f"{row.address} ({row.label[:50]})" for row in missing[:8])
        more = f" và {len(missing) - 8} dòng khác" if len(missing) > 8 else ""
        yield make_finding(
            "row_missing",
            f"Biểu thiếu {len(missing)} dòng so với biểu mẫu năm {form.edition}: {names}{more}.",
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


def _entry(row: Row, line: Line, findings: list[Finding]) -> Entry:
    value = line.value
    if row.is_heading:
        if value.text:
            findings.append(_heading_value(row, line))
        return Entry(value.text, value.where)
    if line.unit and line.unit != row.unit and comparison_key(line.unit) != comparison_key(row.unit):
        findings.append(_unit_differs(row, line))
    if row.is_input:
        content, finding = read_input(row, value.text, value.where, value.fault, value.number, value.code)
        entry = Entry(value.text, value.where, content)
    else:
        # In our template the cell is a formula, and what the report printed stands beside it; what somebody
        # typed over the formula is what the form shows.
        own = line.has_reported and (value.computed or not value.text) and value.code not in _OWN_FAULTS
        text = line.reported if own else value.text
        fault, number, code = ("", None, "") if own else (value.fault, value.number, value.code)
        declared, finding = read_declared(row, text, value.where, fault, number, code)
        entry = Entry(text, value.where, declared=declared)
    if finding is not None:
        findings.append(finding)
    return entry


def _refused_entry(row: Row, line: Line) -> Entry:
    content = State.UNDECIDED if row.is_input else State.BLANK
    return Entry(line.value.text, line.value.where, content)


def _heading_value(row: Row, line: Line) -> Finding:
    text = line.value.text
    message = f"Chỉ tiêu {row.address} ({line.value.where}) là dòng tiêu đề nhưng ghi “{text}”; số này không được tính."
    return make_finding("heading_value", message, rows=(row.address,), where=line.value.where, found=text)


def _unit_differs(row: Row, line: Line) -> Finding:
    expected = f"“{row.unit}”" if row.unit else "để trống"
    message = f"Chỉ tiêu {row.address} ({line.where}): đơn vị tính ghi “{line.unit}”, biểu mẫu ghi {expected}."
    return make_finding(
        "unit_differs", message, rows=(row.address,), where=line.where, found=line.unit, expected=row.unit
    )
