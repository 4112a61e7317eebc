"""The checks of the rows of a table of objectives: numbers, repetitions, rows that page breaks parted."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from cchc_calc.findings import Finding, make_finding
from cchc_calc.objectives.figures_line import RECOMPUTE
from cchc_calc.objectives.table_columns import TEXT
from cchc_calc.shortened_lists import shortened_list
from cchc_calc.spelling import comparison_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cchc_calc.objectives.table_rows import ObjectiveRow, ObjectiveTable

_PLACES_NAMED: Final = 5


def check_rows(planned: ObjectiveTable, reported: ObjectiveTable) -> Iterator[Finding]:
    """Yield what is wrong with the rows; both tables are one in a report that has its objectives beside the results."""
    for table in distinct(planned, reported):
        yield from _broken(table)
        yield from _without_number(table)
        yield from _joined(table)
        yield from _same_number(table)
    yield from _same_text(planned)
    yield from _not_planned(planned, reported)


def distinct(planned: ObjectiveTable, reported: ObjectiveTable) -> tuple[ObjectiveTable, ...]:
    """Return both tables, or the one that is both."""
    return (planned,) if planned is reported else (planned, reported)


def repeated_numbers(table: ObjectiveTable) -> frozenset[str]:
    """Return the numbers that several objectives of a table have."""
    return frozenset(_repeated(table, lambda row: row.number))


def _broken(table: ObjectiveTable) -> Iterator[Finding]:
    """Yield one finding for all cells of one fault: a file that was never computed has it in every formula."""
    alike: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for cell in table.broken:
        alike[cell.fault, cell.code].append(cell.where)
    for (fault, code), places in alike.items():
        message = f"{shortened_list(places, _PLACES_NAMED, 'ô')}: {fault}. Nội dung của ô chưa được đọc."
        yield make_finding(
            "unreadable_value", message, where=places[0], found=fault, cause="cell_fault", remedy=RECOMPUTE, code=code
        )


def _without_number(table: ObjectiveTable) -> Iterator[Finding]:
    for row in table.lost:
        message = (
            f"{row.where()}: dòng có nội dung nhưng không ghi số thứ tự (STT) của mục tiêu; dòng này chưa được đọc."
        )
        yield make_finding("objective_unknown", message, where=row.where())


def _joined(table: ObjectiveTable) -> Iterator[Finding]:
    for row in table.rows:
        if row.continued_at:
            places = " và ".join(row.continued_at)
            message = f"Mục tiêu {row.number} ({row.where()}) bị ngắt trang, phần tiếp ở {places}; đã đọc liền."
            yield make_finding("row_split", message, rows=(row.number,), where=row.continued_at[0])


def _same_number(table: ObjectiveTable) -> Iterator[Finding]:
    for number, rows in _repeated(table, lambda row: row.number).items():
        message = (
            f"Số thứ tự {number} được ghi cho {len(rows)} mục tiêu: {_places(rows)}; không rõ kết quả thuộc mục tiêu "
            "nào nên chưa đánh giá."
        )
        yield make_finding("objective_duplicated", message, rows=(number,), where=rows[1].where())


def _same_text(table: ObjectiveTable) -> Iterator[Finding]:
    for rows in _repeated(table, lambda row: comparison_key(row.text(TEXT))).values():
        numbers = tuple(dict.fromkeys(row.number for row in rows))
        if len(numbers) > 1:
            message = f"Các mục tiêu {', '.join(numbers)} có cùng một nội dung: {_places(rows)}."
            yield make_finding("objective_duplicated", message, rows=numbers, where=rows[1].where())


def _not_planned(planned: ObjectiveTable, reported: ObjectiveTable) -> Iterator[Finding]:
    known = {row.number for row in planned.rows}
    for row in reported.rows:
        if row.number not in known:
            message = f"{row.where()}: có kết quả của mục tiêu số {row.number}, nhưng kế hoạch không có mục tiêu này."
            yield make_finding("objective_unknown", message, rows=(row.number,), where=row.where())


def _repeated(table: ObjectiveTable, key: Callable[[ObjectiveRow], str]) -> dict[str, list[ObjectiveRow]]:
    alike: defaultdict[str, list[ObjectiveRow]] = defaultdict(list)
    for row in table.rows:
        alike[key(row)].append(row)
    return {name: rows for name, rows in alike.items() if name and len(rows) > 1}


def _places(rows: list[ObjectiveRow]) -> str:
    return "; ".join(row.where() for row in rows)
