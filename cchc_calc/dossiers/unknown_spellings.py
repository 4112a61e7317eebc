"""Texts of an export that nobody knows the meaning of: what they are, how often they stand there, and what to do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.dossiers.column_entries import SPELLED
from cchc_calc.dossiers.fault_names import Fault
from cchc_calc.dossiers.schema import Channel, column
from cchc_calc.findings import make_finding
from cchc_calc.rounding import format_number
from cchc_calc.spelling import clean, cut

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from cchc_calc.dossiers.counts import Counts
    from cchc_calc.dossiers.headings import KnownColumns
    from cchc_calc.findings import Finding

AMOUNT: Final = "amount_paid"
READ_BY_MEANING: Final = (*SPELLED, AMOUNT)
"""The columns in which a text may have no known meaning."""

_COLUMNS_OF: Final = {
    "unknown_level": ("service_level",),
    "unknown_channel": ("channel",),
    "unknown_payment": ("paid_online",),
    "unknown_amount": ("amount_paid",),
    "unknown_sending": ("sent_by_post", "channel"),
    "unknown_returning": ("returned_by_post",),
}
_EXAMPLE_VALUES: Final = {"channel": f'"{Channel.DIRECT}"', "service_level": "4", "status": "10"}
_MOST: Final = 5
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class UnknownSpellings:
    """The texts of a column that mean nothing known: ``rows`` in all, and the most frequent ones with their rows."""

    name: str
    rows: int
    examples: tuple[tuple[str, int], ...]


def doubtful_columns(counts: Counts, faults: Collection[Fault]) -> tuple[str, ...]:
    """Name the columns that may hold unknown spellings, by what was not known when the dossiers were counted.

    >>> from cchc_calc.dossiers.counts import Counts
    >>> doubtful_columns(Counts(unknown_sending=2), [Fault.UNKNOWN_STATUS])
    ('channel', 'status', 'sent_by_post')
    """
    doubtful = {name for count, names in _COLUMNS_OF.items() if getattr(counts, count) for name in names}
    if Fault.UNKNOWN_STATUS in faults:
        doubtful.add("status")
    return tuple(name for name in READ_BY_MEANING if name in doubtful)


def unknown_spellings(
    frame: Any, names: Mapping[str, str], known: KnownColumns, columns: Iterable[str] = READ_BY_MEANING
) -> Iterator[UnknownSpellings]:
    """Find the texts of an export that mean nothing known, column by column: a pass over the table for each.

    ``frame`` and ``names`` are those given to ``standardised``. A column without such texts does not come.
    """
    from cchc_calc.dossiers.unread_texts import unread_texts

    for name in columns:
        if name in names:
            rows, examples = unread_texts(frame, names[name], name, known, _MOST)
            if rows:
                yield UnknownSpellings(name, rows, examples)


def about_spellings(found: Iterable[UnknownSpellings]) -> Iterator[Finding]:
    """Say what is written that nobody knows the meaning of, one finding a column."""
    for one in found:
        title = column(one.name).title
        texts = [f"“{cut(clean(text), _LONGEST)}” ({format_number(rows)} dòng)" for text, rows in one.examples]
        others = one.rows - sum(rows for _, rows in one.examples)
        listed = ", ".join(texts) + (f" và {format_number(others)} dòng ghi cách khác" if others else "")
        becomes = "các dòng ấy không dùng được" if one.name == "status" else "coi như không ghi"
        yield make_finding(
            "dossiers_spelling_unknown",
            f"Cột “{title}” có {format_number(one.rows)} dòng ghi không rõ nghĩa, {becomes}: {listed}.",
            where=title,
            found=one.examples[0][0],
            remedy=_remedy(one),
        )


def not_looked_for(columns: Sequence[str], rows: int) -> Iterator[Finding]:
    """Say that the table is too large to be searched for such texts: a pass for each column."""
    if columns:
        titles = ", ".join(f"“{column(name).title}”" for name in columns)
        yield make_finding(
            "dossiers_spelling_not_sought",
            f"Bảng có {format_number(rows)} dòng nên không tìm xem cột {titles} có cách ghi nào chưa rõ nghĩa.",
        )


def _remedy(one: UnknownSpellings) -> str:
    if one.name == AMOUNT:
        return "Ghi số tiền bằng đồng, ví dụ 9500 hoặc 9.500; số có dấu phẩy hàng nghìn hoặc số lẻ không được đọc."
    value = _EXAMPLE_VALUES.get(one.name, "true")
    text = clean(one.examples[0][0]).replace("\\", "\\\\").replace('"', '\\"')
    return (
        "Sửa cách ghi trong tệp; hoặc khai báo nghĩa của nó trong tệp --columns của đơn vị, ví dụ mục "
        f'[spellings.{one.name}], dưới đó: "{cut(text, _LONGEST)}" = {value}.'
    )
