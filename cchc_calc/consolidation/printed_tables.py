"""Printed tables of units at several levels: parts that do not add up, and figures that are not what a unit reports."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING

from cchc_calc.computation import compute_contents, show
from cchc_calc.consolidation.imbalance import find_imbalances
from cchc_calc.consolidation.submissions import Submission
from cchc_calc.consolidation.totals import Totals
from cchc_calc.consolidation.unit_names import name_key
from cchc_calc.expressions import references
from cchc_calc.findings import make_finding
from cchc_calc.rounding import agrees, format_percent
from cchc_calc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cchc_calc.catalogue import Form, Row
    from cchc_calc.consolidation.row_totals import RowTotal
    from cchc_calc.consolidation.unit_tables import TableUnit
    from cchc_calc.findings import Finding
    from cchc_calc.readings import Declared
    from cchc_calc.states import Content


def table_findings(units: Iterable[TableUnit], form: Form) -> Iterator[Finding]:
    """Yield the rows of a table whose parts do not add up, and the rates that are means of the parts' rates.

    >>> from cchc_calc.consolidation.unit_tables import nest
    >>> from cchc_calc.form_files import load_form
    >>> table = nest([
    ...     ("district", "Huyện B", {"3.4.3.b": 51}), ("commune", "Xã C", {"3.4.3.b": 10}),
    ...     ("commune", "Xã D", {"3.4.3.b": 14}),
    ... ])
    >>> [(found.rows, found.found, found.expected, found.cause) for found in table_findings(table, load_form())]
    [(('3.4.3.b',), '51', '24', 'digits_exchanged')]
    """
    for root in units:
        added = {address for unit in root.everyone() for address in unit.figures if adds_up(form, address)}
        yield from (imbalance.finding() for imbalance in find_imbalances([only_rows(root, added)]))
        for unit in root.everyone():
            if unit.parts and unit.declared:
                yield from mean_findings(unit, _totals(unit.parts, form), form)


def mean_findings(unit: TableUnit, rows: Iterable[RowTotal], form: Form) -> Iterator[Finding]:
    """Yield the rates a unit prints that are no rate of all cases but the mean of its parts' rates."""
    for total in rows:
        declared, mean = unit.declared.get(total.address), total.mean_of_rates
        if declared is None or mean is None or isinstance(total.content, State):
            continue
        right = Fraction(total.content)
        if _prints(declared, mean) and not _prints(declared, right):
            expected = show(form.by_address[total.address], right)
            message = (
                f"“{unit.name}”, chỉ tiêu {total.address}: ghi {declared.text}, đúng bằng bình quân các tỷ lệ "
                f"({format_percent(mean)}); tỷ lệ chung là {expected}."
            )
            yield make_finding(
                "printed_mean_of_rates",
                message,
                rows=(total.address,),
                where=unit.name,
                found=declared.text,
                expected=expected,
                cause="mean_of_rates",
            )


def unit_findings(
    units: Iterable[TableUnit], form: Form, level: str, reported: Iterable[tuple[str, Mapping[str, Content]]]
) -> Iterator[Finding]:
    """Yield the figures of a table that are not what the unit itself reports; what is not known is not judged."""
    printed: dict[str, list[TableUnit]] = {}
    for root in units:
        for unit in root.everyone():
            if unit.level == level:
                printed.setdefault(name_key(unit.name), []).append(unit)
    for name, contents in reported:
        named = printed.get(name_key(name), [])
        # A name that stands twice in the table may be that of either unit.
        for address, figure in named[0].figures.items() if len(named) == 1 else ():
            row, own = form.by_address.get(address), contents.get(address, State.BLANK)
            if row is not None and not isinstance(figure, State) and not isinstance(own, State) and figure != own:
                found, expected = show(row, figure), show(row, own)
                message = f"“{name}”, chỉ tiêu {address}: bảng ghi {found}, đơn vị báo cáo {expected}."
                yield make_finding(
                    "printed_figure_differs", message, rows=(address,), where=name, found=found, expected=expected
                )


def adds_up(form: Form, address: str) -> bool:
    """Tell whether the figures of units in a row make up that of the unit above, be it one they fill or a sum of such.

    >>> from cchc_calc.form_files import load_form
    >>> [adds_up(load_form(), address) for address in ("3.4.3.b", "2.1", "7.8.1", "3.4.3", "3.1.1")]
    [True, True, False, False, False]
    """
    row: Row | None = form.by_address.get(address)
    if row is None:
        return False
    if row.kind == "sum" and row.formula is not None:
        return all(adds_up(form, part) for part in references(row.formula))
    return row.is_added_up


def only_rows(unit: TableUnit, rows: set[str]) -> TableUnit:
    """Leave all other rows out of a unit and its parts."""
    figures = {row: figure for row, figure in unit.figures.items() if row in rows}
    return replace(unit, figures=figures, parts=tuple(only_rows(part, rows) for part in unit.parts))


def _totals(parts: Iterable[TableUnit], form: Form) -> tuple[RowTotal, ...]:
    totals = Totals(form)
    for part in parts:
        figures = {row: figure for row, figure in part.figures.items() if form.by_address[row].is_input}
        contents = compute_contents(form, figures).contents
        totals.add(Submission("", part.name, form.id, form.edition, contents, part.level))
    return totals.rows()


def _prints(declared: Declared, rate: Fraction) -> bool:
    return declared.value is not None and agrees(declared.value, declared.decimals, rate * 100)
