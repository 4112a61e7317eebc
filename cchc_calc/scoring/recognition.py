"""Tables of points found in a document: our own workbook, an office's own table, or a list of totals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.document import Paragraph
from cchc_calc.findings import by_severity
from cchc_calc.letterhead import find_unit
from cchc_calc.outcomes import refusal
from cchc_calc.scoring.averages import average_dossiers, with_averages
from cchc_calc.scoring.headings import EVIDENCE_SHEET, SCALE_ID, SCALE_SHEET
from cchc_calc.scoring.scales import load_scale, scale_ids
from cchc_calc.scoring.score_headings import FoundTable, find_columns
from cchc_calc.scoring.score_rows import is_own, read_dossiers, read_evidence, read_units
from cchc_calc.spelling import clean, comparison_key, tidy

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cchc_calc.document import Cell, Document, Table
    from cchc_calc.findings import Finding
    from cchc_calc.scoring.records import UnitPoints
    from cchc_calc.scoring.scales import Scale
    from cchc_calc.scoring.score_headings import ScoreColumns

_HEAD: Final = 25
_REMARKS: Final = "ghi chú"
_OFFICE: Final = re.compile(r"^cơ quan(?: chấm điểm| đánh giá)?(?: ?: ?| )([^\s:].*)$", re.IGNORECASE)
_YEAR: Final = re.compile(r"\bnăm(?: đánh giá| chấm điểm)? ?:? ?((?:19|20)\d\d)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ScoreTable:
    """The units of a table of points as read, with what is wrong with their cells.

    ``office`` is who scores and ``year`` the year scored, where the document says so; ``note`` is the remark that
    stands beside every unit, empty where they differ.
    """

    scale: Scale
    units: tuple[UnitPoints, ...]
    findings: tuple[Finding, ...] = ()
    office: str = ""
    year: str = ""
    note: str = ""


def recognise_scores(document: Document, scale: Scale | None = None) -> ScoreTable:
    """Read the units and their points from a document, by the headings of its tables and never by position.

    Without a scale the one that our own workbook states is taken, else the default one. A table of criteria goes
    before one of totals. Dossiers (a table with "Mã hồ sơ") fill, averaged, the criteria
    that are blank for the unit. A cell that holds no score is undecided, with a finding.

    Raises SourceRefusedError: S10 where no table fits, S02 where several do, or several columns of one, S09 where the
    workbook states a scale that is not there.
    """
    chosen = _stated_scale(document) if scale is None else scale
    found = tuple(_find(document.tables, chosen))
    evidence = [table for table in found if table.name == EVIDENCE_SHEET]
    dossiers = [table for table in found if table.columns.dossier is not None and table.columns.criteria]
    scored = _scored([table for table in found if table not in (*evidence, *dossiers)])
    _require_one(document.source, scored, dossiers)
    units, findings = _averages(dossiers, chosen)
    if scored:
        texts = read_evidence(evidence[0]) if evidence else {}
        typed, unread = read_units(scored[0], chosen, texts)
        units, merging = with_averages(typed, units)
        findings = (*unread, *findings, *merging)
    head = _head(document, (scored or dossiers)[0])
    year = next((match[1] for text in head if (match := _YEAR.search(text))), "")
    return ScoreTable(chosen, units, by_severity(findings), _office(head), year, _note(scored or dossiers))


def _note(tables: Sequence[FoundTable]) -> str:
    """Return the one remark of a column "Ghi chú" that is the same in every row."""
    table = tables[0]
    columns = [
        place for row in table.columns.header for place, text in enumerate(row) if comparison_key(text) == _REMARKS
    ]
    if len(columns) != 1:
        return ""
    remarks = {tidy(row[columns[0]].text) if columns[0] < len(row) else "" for row in table.rows}
    return remarks.pop() if len(remarks) == 1 else ""


def _stated_scale(document: Document) -> Scale:
    """Load the scale whose name our own workbook gives on a sheet of its own."""
    rows = [row for table in document.tables if table.name == SCALE_SHEET for row in table.rows]
    for row in rows:
        texts = [clean(cell.text) for cell in row if cell.text]
        if len(texts) > 1 and comparison_key(texts[0]) == comparison_key(SCALE_ID):
            if texts[1] in scale_ids():
                return load_scale(texts[1])
            message = f"tệp ghi thang điểm “{texts[1]}”, phần mềm chỉ có: {', '.join(scale_ids())}."
            raise refusal(document.source, "S09", message, "Chọn một thang điểm có sẵn, hoặc cập nhật phần mềm.")
    return load_scale()


def _scored(tables: Sequence[FoundTable]) -> Sequence[FoundTable]:
    """Choose the tables whose points count: our own sheet, else those of criteria, else those of totals."""
    own = [table for table in tables if is_own(table)]
    detailed = [table for table in tables if table.columns.criteria]
    return own or detailed or [table for table in tables if table.columns.holds_points]


def _averages(tables: Sequence[FoundTable], scale: Scale) -> tuple[tuple[UnitPoints, ...], tuple[Finding, ...]]:
    if not tables:
        return (), ()
    dossiers, unread = read_dossiers(tables[0], scale)
    averages, findings = average_dossiers(dossiers, scale)
    return averages, (*unread, *findings)


def _find(tables: Iterable[Table], scale: Scale) -> Iterator[FoundTable]:
    """Give the tables of points; one that goes on after a page break, with or without its header, is one table."""
    gathered: list[tuple[Table, ScoreColumns, list[tuple[Cell, ...]]]] = []
    for table in tables:
        columns = find_columns(table, scale)
        first, known, rows = gathered[-1] if gathered else (table, columns, [])
        if known is not None and gathered and not (table.name or first.name) and _goes_on(table, columns, known):
            rows += table.rows[0 if columns is None else columns.first_row :]
        elif columns is not None:
            gathered.append((table, columns, list(table.rows[columns.first_row :])))
    for table, columns, rows in gathered:
        yield FoundTable(table.name, columns, tuple(rows), table.rows[: columns.header_row])


def _goes_on(table: Table, columns: ScoreColumns | None, last: ScoreColumns) -> bool:
    if columns is not None:
        return columns.header == last.header
    return all(len(row) > max(last.scored, default=0) for row in table.rows)


def _require_one(source: str, scored: Sequence[FoundTable], dossiers: Sequence[FoundTable]) -> None:
    if not scored and not dossiers:
        raise refusal(
            source,
            "S10",
            "không tìm thấy bảng điểm: không có bảng nào mang cột “Đơn vị” cùng các cột “Tiêu chí 1”, “Tiêu chí 2”… "
            "hoặc cột “Tổng điểm”.",
            "Ghi mỗi đơn vị một dòng, mỗi tiêu chí một cột, tiêu đề cột như trên, rồi làm lại; hoặc chép điểm vào tệp "
            "mẫu cham-diem-tthc.xlsx.",
        )
    for table in (*scored, *dossiers):
        if table.columns.rivals:
            headings = "”, “".join(table.columns.rivals)
            message = f"{table.place}: nhiều cột cùng ghi một loại điểm: “{headings}”."
            raise refusal(source, "S02", message, "Giữ lại một cột dùng để xếp hạng, xóa các cột kia, rồi làm lại.")
    for tables in (scored, dossiers):
        if len(tables) > 1:
            message = f"có {len(tables)} bảng điểm: {'; '.join(table.place for table in tables)}."
            remedy = "Để mỗi bảng điểm trong một tệp riêng, hoặc gộp vào một bảng, rồi làm lại."
            raise refusal(source, "S02", message, remedy)


def _head(document: Document, table: FoundTable) -> list[str]:
    """List what stands over the table: the first paragraphs of the document and the rows above the header."""
    paragraphs = [block.text for block in document.blocks if isinstance(block, Paragraph)][:_HEAD]
    rows = (clean(" ".join(cell.text for cell in row)) for row in table.above)
    return [*filter(None, rows), *paragraphs]


def _office(head: Sequence[str]) -> str:
    labelled = next((match[1] for text in head if (match := _OFFICE.match(text))), "")
    return labelled or find_unit("", head, head)
