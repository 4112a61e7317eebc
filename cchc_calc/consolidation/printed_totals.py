"""What a higher level printed, held against what its units report: row, gap, and the likeliest culprit."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from cchc_calc.computation import show
from cchc_calc.consolidation.imbalance import find_imbalances
from cchc_calc.consolidation.printed_tables import adds_up, mean_findings, only_rows, table_findings, unit_findings
from cchc_calc.consolidation.unit_tables import TableUnit
from cchc_calc.findings import make_finding
from cchc_calc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cchc_calc.catalogue import Form
    from cchc_calc.consolidation.exact_sums import Amount
    from cchc_calc.consolidation.row_totals import RowTotal
    from cchc_calc.findings import Finding
    from cchc_calc.report import Report
    from cchc_calc.states import Content

_EXPLAINED: Final = 20
"""In so many rows the culprit is looked for; where more differ, the printed form is that of something else."""
_OWN: Final = "Nếu số tổng gồm cả số của chính cơ quan cấp trên thì không phải lỗi."


@dataclass(frozen=True, slots=True)
class PrintedTotals:
    """What a higher level printed: a form without its parts, or a table of units at several levels."""

    source: str
    units: tuple[TableUnit, ...]
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Reported:
    """What units of a level report: names and contents in the same order, their totals, and who is missing."""

    form: Form
    level: str
    names: Sequence[str]
    contents: Iterable[Mapping[str, Content]]
    rows: Sequence[RowTotal]
    missing: Sequence[str] = ()


def printed_totals_of(report: Report) -> PrintedTotals:
    """Take what the report of a higher level prints, its rates as declared; ValueError for a report without a form."""
    if report.form is None:
        msg = f"{report.source}: there is no form in it"
        raise ValueError(msg)
    figures = {
        address: entry.content
        for address, entry in report.entries.items()
        if report.form.by_address[address].is_input and isinstance(entry.content, int | Decimal | State)
    }
    declared = {address: entry.declared for address, entry in report.entries.items() if entry.declared is not None}
    return PrintedTotals(
        report.source, (TableUnit(report.unit or report.source, report.level, figures, declared=declared),)
    )


def printed_findings(printed: PrintedTotals, reported: Reported) -> Iterator[Finding]:
    """Yield where what was printed is not what the units report; what is not known is not judged.

    A table is held against itself too. The form of one unit is held against the totals of all; units that are missing
    are parts without a figure. The contents are gone through once, and only where a row differs.
    """
    yield from printed.findings
    yield from table_findings(printed.units, reported.form)
    if len(printed.units) == 1 and not printed.units[0].parts:
        yield from _total_findings(printed.units[0], reported)
    else:
        pairs = zip(reported.names, reported.contents, strict=True)
        yield from unit_findings(printed.units, reported.form, reported.level, pairs)


def _total_findings(unit: TableUnit, reported: Reported) -> Iterator[Finding]:
    form, rows = reported.form, {total.address: total for total in reported.rows}
    differing = [
        address
        for address, figure in unit.figures.items()
        if address in rows
        and not isinstance(figure, State)
        and not isinstance(content := rows[address].content, State)
        and figure != content
    ]
    added = [address for address in differing if adds_up(form, address)]
    added = [address for address in added if reported.level in form.by_address[address].levels]
    explained, others = added[:_EXPLAINED], added[_EXPLAINED:]
    if explained:
        parts = tuple(_parts(reported, explained))
        for imbalance in find_imbalances([replace(only_rows(unit, set(explained)), parts=parts)]):
            found = imbalance.finding()
            is_own_too = imbalance.gap > 0 and unit.level in form.by_address[imbalance.row].levels
            yield replace(found, remedy=f"{found.remedy} {_OWN}") if is_own_too else found
    for address in others:
        yield _differs("parts_do_not_add_up", unit, rows[address], form)
    for address in differing:
        if form.by_address[address].over_units == "common":
            yield _differs("printed_common_differs", unit, rows[address], form)
    yield from mean_findings(unit, reported.rows, form)


def _parts(reported: Reported, addresses: Sequence[str]) -> Iterator[TableUnit]:
    for name, contents in zip(reported.names, reported.contents, strict=True):
        figures = {address: _figure(contents.get(address, State.BLANK)) for address in addresses}
        yield TableUnit(name, reported.level, figures)
    for name in reported.missing:
        yield TableUnit(name, reported.level, {})


def _figure(content: Content) -> Amount | State:
    """Take what cannot be used for a gap of its own, so that the rest can still be held against the total."""
    return content if isinstance(content, int | Decimal) or content is State.NOT_ARISING else State.BLANK


def _differs(rule: str, unit: TableUnit, total: RowTotal, form: Form) -> Finding:
    found = show(form.by_address[total.address], unit.figures[total.address])
    message = f"“{unit.name}”, chỉ tiêu {total.address}: ghi {found}, các đơn vị báo cáo {total.text}."
    return make_finding(rule, message, rows=(total.address,), where=unit.name, found=found, expected=total.text)
