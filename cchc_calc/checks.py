"""The checks of a form's figures: contradictions, gaps, empty totals, and what the form itself leaves unclear."""

from __future__ import annotations

from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from cchc_calc.evaluation import evaluate
from cchc_calc.expressions import Quantity, Rate, Reference, Sum, references
from cchc_calc.findings import Finding, make_finding
from cchc_calc.rounding import format_number
from cchc_calc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.catalogue import Form, Row
    from cchc_calc.computation import Computation
    from cchc_calc.report import Report


_MANY_RATES: Final = 5
"""A unit with fewer rates than this may well have done all its work in time."""


def check_figures(report: Report, computation: Computation) -> Iterator[Finding]:
    """Yield what is wrong with the figures of a form, in the order an official mends it."""
    yield from _contradictions(report, computation)
    yield from _missing_values(report, computation)
    yield from _incomplete(report, computation)
    yield from _empty_parents(report, computation)
    yield from _homonyms(report, computation)
    yield from _all_full(computation)


def check_layout(report: Report, form: Form) -> Iterator[Finding]:
    """Yield what is odd about the table as a table: gaps in its numbers, units that do not suit."""
    if gaps := _numbering_gaps(form, frozenset(report.entries)):
        message = f"Số thứ tự của biểu không liên tục, không thấy các mục: {', '.join(gaps)}."
        yield make_finding("numbering_gap", message, found=", ".join(gaps))
    for row in _unsuited(form):
        if row.address in report.entries:
            message = (
                f"Chỉ tiêu {row.address} ({report.where(row.address)}) là tỷ lệ nhưng đơn vị tính của biểu mẫu là "
                f"“{row.unit}”; phần mềm tính theo nội dung chỉ tiêu."
            )
            yield make_finding(
                "unit_unsuited", message, rows=(row.address,), where=report.where(row.address), found=row.unit
            )


def _contradictions(report: Report, computation: Computation) -> Iterator[Finding]:
    for check in computation.broken:
        left, right = check.comparison.left, check.comparison.right
        left_text = _described(left, computation)
        message = (
            f"{left_text[0].upper()}{left_text[1:]} lớn hơn {_described(right, computation)}, "
            f"lệch {_gap(left, right, computation)}. Các số này mâu thuẫn, nên chúng và các tỷ lệ tính từ chúng là KXĐ."
        )
        reported = tuple(
            address for address in check.addresses if computation.read.get(address, State.BLANK) is not State.BLANK
        )
        is_of_nothing = check.rule == "part_exceeds_whole" and evaluate(right, computation.read) == 0
        yield make_finding(
            check.rule,
            message,
            rows=reported,
            where=report.where(reported[0]),
            found=_value(left, computation),
            expected=f"không quá {_value(right, computation)}",
            code="V04" if is_of_nothing else "",
        )


def _missing_values(report: Report, computation: Computation) -> Iterator[Finding]:
    noted = _noted(report)
    missing = [
        row
        for address, row in computation.form.inputs.items()
        if computation.contents.get(address, State.BLANK) is State.BLANK
        and report.level in row.levels
        and address in report.entries
        and address not in noted
    ]
    if missing:
        names = ", ".join(row.address for row in missing)
        yield make_finding(
            "missing_value",
            f"Còn {len(missing)} chỉ tiêu chưa nhập số liệu: {names}.",
            rows=tuple(row.address for row in missing),
            where=report.where(missing[0].address),
        )


def _incomplete(report: Report, computation: Computation) -> Iterator[Finding]:
    for row in computation.form.computed:
        if isinstance(row.formula, Sum):
            yield from _missing_parts(report, computation, row, row.formula)
        elif isinstance(row.formula, Rate) and len(row.formula.pairs) > 1:
            yield from _missing_pairs(report, computation, row, row.formula)


def _missing_parts(report: Report, computation: Computation, row: Row, parts: Sum) -> Iterator[Finding]:
    blank = _blank_to_fill(report, computation, row)
    reported = any(computation.state(address) is not State.BLANK for address in references(parts))
    if blank and reported:
        message = (
            f"Chỉ tiêu {row.address} ({report.where(row.address)}) chưa đủ các phần: thiếu chỉ tiêu {', '.join(blank)}."
        )
        yield make_finding("part_missing", message, rows=tuple(blank), where=report.where(blank[0]))


def _missing_pairs(report: Report, computation: Computation, row: Row, rate: Rate) -> Iterator[Finding]:
    to_fill = set(_blank_to_fill(report, computation, row))
    for part, whole in rate.pairs:
        addresses = [*references(part), *references(whole)]
        blank = [address for address in addresses if address in to_fill]
        if blank and computation.state(row.address) is not State.BLANK:
            message = (
                f"Chỉ tiêu {row.address} ({report.where(row.address)}) không tính cặp {' và '.join(addresses)} "
                f"vì thiếu chỉ tiêu {', '.join(blank)}."
            )
            yield make_finding("pair_missing", message, rows=tuple(blank), where=report.where(blank[0]))


def _blank_to_fill(report: Report, computation: Computation, row: Row) -> list[str]:
    """List the blank operands of a row that the reporting unit's level has to fill."""
    if row.formula is None:
        return []
    form = computation.form
    return [
        address
        for address in references(row.formula)
        if computation.state(address) is State.BLANK and report.level in form.by_address[address].levels
    ]


def _empty_parents(report: Report, computation: Computation) -> Iterator[Finding]:
    noted = _noted(report)
    for row in computation.form.computed:
        entry = report.entries.get(row.address)
        if entry is None or entry.reported or row.address in noted or report.level not in row.levels:
            continue
        if entry.result is not None and not entry.result.fault:
            # The formula of our own template shows it.
            continue
        if computation.state(row.address) not in {State.VALUE, State.NOT_ARISING}:
            continue
        expected = computation.text(row.address)
        message = f"Chỉ tiêu {row.address} ({entry.where}) để trống; tính từ các chỉ tiêu thành phần được {expected}."
        yield make_finding("parent_empty", message, rows=(row.address,), where=entry.where, expected=expected)


def _all_full(computation: Computation) -> Iterator[Finding]:
    rates = [
        row
        for row in computation.form.computed
        if isinstance(row.formula, Rate) and computation.state(row.address) is State.VALUE
    ]
    if len(rates) >= _MANY_RATES and all(computation.contents[row.address] == 1 for row in rates):
        message = f"Cả {len(rates)} tỷ lệ tính được đều đúng 100%."
        yield make_finding("all_rates_full", message, rows=tuple(row.address for row in rates), found="100%")


def _noted(report: Report) -> set[str]:
    """Return the rows of which reading the document has already said what is wrong."""
    return {address for finding in report.findings for address in finding.rows}


def _homonyms(report: Report, computation: Computation) -> Iterator[Finding]:
    for homonyms in computation.form.homonyms:
        values = {
            address: content
            for address in homonyms.rows
            if not isinstance(content := computation.contents.get(address, State.BLANK), State)
        }
        if len(set(values.values())) > 1:
            shown = ", ".join(f"{address} ghi {computation.text(address)}" for address in values)
            last = homonyms.rows[-1]
            message = f"Các chỉ tiêu cùng tên nhưng khác số: {shown}. Lưu ý: {homonyms.why}."
            yield make_finding("ambiguous_base", message, rows=(last,), where=report.where(last), found=shown)


@cache
def _unsuited(form: Form) -> tuple[Row, ...]:
    """List the rows for which the form itself prints a unit that does not suit."""
    computed = (row for row in form.rows if row.is_computed)
    return tuple(row for row in computed if not row.unit or (row.kind == "rate" and row.unit != "%"))


@lru_cache(maxsize=16)  # nearly every report has the same rows
def _numbering_gaps(form: Form, present: frozenset[str]) -> tuple[str, ...]:
    """Name the numbers that are skipped before the last one of their kind; a section without its row counts."""
    children: dict[str, set[int]] = {}
    for row in form.rows:
        if row.address in present and (numbers := [part for part in row.address.split(".") if part.isdigit()]):
            for depth, number in enumerate(numbers):
                children.setdefault(".".join(numbers[:depth]), set()).add(int(number))
    return tuple(
        f"{head}.{skipped}" if head else str(skipped)
        for head, seen in children.items()
        for skipped in sorted(set(range(1, max(seen))) - seen)
    )


def _described(quantity: Quantity, computation: Computation) -> str:
    if isinstance(quantity, Reference):
        row = computation.form.by_address[quantity.address]
        return f"chỉ tiêu {row.address} “{row.label[:60]}” ({_value(quantity, computation)})"
    return f"tổng các chỉ tiêu {', '.join(references(quantity))} ({_value(quantity, computation)})"


def _gap(left: Quantity, right: Quantity, computation: Computation) -> str:
    more, less = evaluate(left, computation.read), evaluate(right, computation.read)
    if isinstance(more, State) or isinstance(less, State):
        return ""
    gap = Fraction(more) - Fraction(less)
    return format_number(gap, 0 if gap.denominator == 1 else 2)


def _value(quantity: Quantity, computation: Computation) -> str:
    content = evaluate(quantity, computation.read)
    return "" if isinstance(content, State) else format_number(content, None if isinstance(content, int) else 2)
