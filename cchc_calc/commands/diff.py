"""The command ``cchc diff``: what changed between two versions of a report, or two consolidations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import click

from cchc_calc.commands.files import JSON, PATH, require_writable_json, write_json
from cchc_calc.shortened_lists import shortened_list
from cchc_calc.spelling import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from cchc_calc.catalogue import Row
    from cchc_calc.checking import CheckResult
    from cchc_calc.console import Printer
    from cchc_calc.consolidation.differences import RowDifference

_NAMED: Final = 50
_LONGEST_LABEL: Final = 60
_BOTH: Final = "So sánh được hai báo cáo, hoặc hai tệp JSON của cchc consolidate; không so sánh báo cáo với tệp JSON."


@click.command()
@click.argument("old", type=PATH)
@click.argument("new", type=PATH)
@JSON
def diff(old: Path, new: Path, json_path: Path | None) -> int:
    """So sánh hai bản của một báo cáo, hoặc hai kết quả tổng hợp (tệp JSON): OLD là bản cũ, NEW là bản mới."""
    from cchc_calc.console import Printer

    require_writable_json(json_path, old, new)
    are_results = [path.suffix.lower() == ".json" for path in (old, new)]
    if len({*are_results}) > 1:
        raise click.UsageError(_BOTH)
    printer = Printer()
    write_json(json_path, _results(old, new, printer) if all(are_results) else _reports(old, new, printer))
    return 0


def _reports(old: Path, new: Path, printer: Printer) -> dict[str, Any]:
    from cchc_calc.consolidation.differences import difference

    before, now = _checked(old), _checked(new)
    changes = difference(before, now)
    rows = _rows(before) | _rows(now)
    printer.say(f"So sánh {old.name} (cũ) với {new.name} (mới)")
    for what, was, is_now in _heads(before, now):
        printer.say(f"  {what}: {_change(was, is_now, '') if was != is_now else was or '(không ghi)'}")
    values = sum(change.is_changed for change in changes)
    printer.say(f"  {values} chỉ tiêu đổi số liệu." if changes else "  Hai bản không khác nhau.")
    for change in changes:
        _say_change(change, rows.get(change.address), printer)
    return {
        "old": _head(before),
        "new": _head(now),
        "rows": [_row(change, rows.get(change.address)) for change in changes],
    }


def _results(old: Path, new: Path, printer: Printer) -> dict[str, Any]:
    from cchc_calc.consolidation.result_differences import result_difference
    from cchc_calc.consolidation.stored_results import read_stored_result

    before, now = read_stored_result(old), read_stored_result(new)
    found = result_difference(before, now)
    printer.say(f"So sánh kết quả tổng hợp {old.name} (cũ) với {new.name} (mới)")
    if before.period != now.period:
        printer.say(f"  Kỳ báo cáo: {before.period or '(không ghi)'} → {now.period or '(không ghi)'}")
    for what, names in (
        ("Đơn vị mới có", found.come),
        ("Đơn vị không còn", found.gone),
        ("Đơn vị đổi số liệu", found.changed),
    ):
        printer.say(f"  {what}: {len(names)}{_within(names)}")
    printer.say(f"  {len(found.rows)} chỉ tiêu tổng hợp thay đổi.")
    for row in found.rows:
        change = _change(row.old_text, row.new_text, row.difference)
        printer.say(f"  {row.address} {cut(row.label, _LONGEST_LABEL)}: {change}")
    return found.to_json()


def _within(names: Sequence[str]) -> str:
    return f" ({shortened_list(names, _NAMED, 'đơn vị')})" if names else ""


def _checked(path: Path) -> CheckResult:
    from cchc_calc.checking import check
    from cchc_calc.outcomes import refusal
    from cchc_calc.reading import read_report

    result = check(read_report(path))
    if result.computation is None:
        remedy = "Chọn hai tệp có biểu mẫu."
        raise refusal(path.name, "S10", "tệp không có biểu mẫu thống kê, không có gì để so sánh.", remedy)
    return result


def _rows(result: CheckResult) -> dict[str, Row]:
    return {} if result.computation is None else result.computation.form.by_address


def _heads(before: CheckResult, now: CheckResult) -> Iterable[tuple[str, str, str]]:
    old, new = before.report, now.report
    yield "Đơn vị", old.unit, new.unit
    was, is_now = ("" if one.period is None else one.period.span for one in (old, new))
    yield "Kỳ báo cáo", was, is_now


def _say_change(change: RowDifference, row: Row | None, printer: Printer) -> None:
    place = "Cả tệp" if row is None else f"{row.address} {cut(row.label, _LONGEST_LABEL)}"
    told = _change(change.old_text, change.new_text, _difference(change, row)) if change.is_changed else "số không đổi"
    printer.say(f"  {place}: {told}" if row is not None else f"  {place}:")
    for what, rules in (("lỗi mới", change.failing), ("đã sửa", change.mended)):
        if rules:
            printer.say(f"     {what}: {'; '.join(_titles(rules))}")


def _change(old: str, new: str, difference: str) -> str:
    return f"{old or '(trống)'} → {new or '(trống)'}{f' ({difference})' if difference else ''}"


def _difference(change: RowDifference, row: Row | None) -> str:
    from cchc_calc.consolidation.total_changes import difference_text

    return "" if row is None else difference_text(row, change.old, change.new)


def _titles(rules: Sequence[str]) -> list[str]:
    from cchc_calc.findings import rules as known

    return [known()[rule].title for rule in rules]


def _head(result: CheckResult) -> dict[str, Any]:
    period = result.report.period
    return {
        "source": result.report.source,
        "unit": result.report.unit,
        "period": None if period is None else period.to_json(),
    }


def _row(change: RowDifference, row: Row | None) -> dict[str, Any]:
    from cchc_calc.computation import exact_text

    return {
        "address": change.address,
        "old": exact_text(change.old),
        "new": exact_text(change.new),
        "old_text": change.old_text,
        "new_text": change.new_text,
        "difference": _difference(change, row),
        "failing": list(change.failing),
        "mended": list(change.mended),
    }
