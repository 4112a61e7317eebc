"""What a report prints in a computed row against what follows from its counts, and why they differ."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from cchc_calc.computation import show
from cchc_calc.evaluation import evaluate
from cchc_calc.expressions import Rate, Sum, references
from cchc_calc.findings import Finding, make_finding
from cchc_calc.rounding import agrees, format_number, format_percent, is_truncated
from cchc_calc.states import NOT_ARISING_TEXT, Content, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from cchc_calc.catalogue import Form, Row
    from cchc_calc.computation import Computation
    from cchc_calc.readings import Declared
    from cchc_calc.report import Report


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a declared figure differs: a stable English word, and a Vietnamese sentence."""

    word: str = ""
    sentence: str = ""


def check_declared(report: Report, computation: Computation) -> Iterator[Finding]:
    """Compare every computed row that the report filled with what follows from its counts."""
    for row in computation.form.computed:
        entry = report.entries.get(row.address)
        if entry is not None and entry.declared is not None:
            content = computation.contents[row.address]
            finding = _judge(computation, row, entry.declared, content, entry.where)
            if finding is not None:
                yield finding


def _judge(computation: Computation, row: Row, declared: Declared, content: Content, where: str) -> Finding | None:
    if content is State.UNDECIDED:
        return None
    if content is State.BLANK:
        if declared.state is not None:
            return None
        message = f"Chỉ tiêu {row.address} ({where}): in “{declared.text}” nhưng thiếu số thành phần để tính lại."
        return make_finding("counts_missing", message, rows=(row.address,), where=where, found=declared.text)
    if content is State.NOT_ARISING:
        return _judge_not_arising(row, declared, where)
    if isinstance(content, State):
        return None
    if row.kind == "rate":
        return _judge_rate(computation, row, declared, Fraction(content), where)
    if declared.value is not None and declared.value == content:
        return None
    return _differs(row, declared, show(row, content), _cause_of_sum(computation, row, declared), where)


def _judge_not_arising(row: Row, declared: Declared, where: str) -> Finding | None:
    if declared.state is State.NOT_ARISING:
        return None
    if declared.value == 0 or (declared.value is None and declared.numerator == declared.denominator == 0):
        message = (
            f"Chỉ tiêu {row.address} ({where}): in “{declared.text}” nhưng tử số và mẫu số đều bằng 0, tức là "
            "không phát sinh, không phải 0%."
        )
        return make_finding(
            "zero_for_not_arising",
            message,
            rows=(row.address,),
            where=where,
            found=declared.text,
            expected=NOT_ARISING_TEXT,
        )
    return _differs(row, declared, NOT_ARISING_TEXT, Cause(), where)


def _judge_rate(computation: Computation, row: Row, declared: Declared, rate: Fraction, where: str) -> Finding | None:
    printed_pair = _printed_pair(declared)
    own = _own_pair(row, computation.contents)
    if declared.state is not None:
        return _differs(row, declared, format_percent(rate), Cause(), where)
    if declared.value is None:
        if printed_pair == rate:
            return _same_rate_of_other_counts(row, declared, own, where)
        return _differs(row, declared, format_percent(rate), _other_base(declared, own), where)
    if agrees(declared.value, declared.decimals, rate * 100):
        return None if printed_pair is None else _same_rate_of_other_counts(row, declared, own, where)
    return _differs(row, declared, format_percent(rate), _cause_of_rate(computation, row, declared, rate), where)


def _cause_of_rate(computation: Computation, row: Row, declared: Declared, rate: Fraction) -> Cause:
    value, decimals = declared.value, declared.decimals
    if value is None:
        return Cause()
    own = _own_pair(row, computation.contents)
    printed = _printed_pair(declared)
    if printed is not None and _printed_counts(declared) != own:
        return _other_base(declared, own)
    if is_truncated(value, decimals, rate * 100):
        return Cause("truncated", "Số đã in bị cắt bớt phần lẻ thay vì làm tròn.")
    if value <= 1 and agrees(value, decimals, rate):
        return Cause("ratio_for_percent", "Số đã in là tỷ số, chưa nhân 100.")
    if agrees(value, decimals, rate * 10000):
        return Cause("ratio_for_percent", "Số đã in bị nhân 100 hai lần.")
    if rate and agrees(value, decimals, 100 / rate):
        return Cause("swapped", "Tử số và mẫu số bị đổi chỗ.")
    other = _other_pair(computation, row, value, decimals)
    if other is not None:
        return other
    if agrees(value, decimals, (1 - rate) * 100):
        return Cause("complement", "Số đã in là phần còn lại cho đủ 100%.")
    return Cause()


def _other_base(declared: Declared, own: tuple[Fraction, Fraction] | None) -> Cause:
    printed = f"{declared.numerator}/{declared.denominator}"
    if own is not None and _printed_counts(declared) == own[::-1]:
        return Cause("swapped", f"Tử số và mẫu số bị đổi chỗ ({printed}).")
    beside = f", trong khi các ô của biểu cho {_pair_text(own)}" if own is not None else ""
    return Cause("other_base", f"Số đã in tính trên gốc khác ({printed}){beside}.")


def _other_pair(computation: Computation, row: Row, value: Decimal, decimals: int) -> Cause | None:
    """Find two other counts of the same group whose ratio is what was printed."""
    form = computation.form
    own = set(references(row.formula)) if row.formula is not None else set()
    counts = [
        (other.address, content)
        for other in _family(form, row)
        if isinstance(content := computation.read.get(other.address), int)
    ]
    pairs = [
        (part, whole)
        for part in counts
        for whole in counts
        if part[1] <= whole[1] and whole[1] > 0 and {part[0], whole[0]} != own
    ]
    for fits, how in ((agrees, ""), (is_truncated, ", rồi cắt bớt phần lẻ")):
        for (part_address, part), (whole_address, whole) in pairs:
            ratio = Fraction(part, whole)
            if fits(value, decimals, ratio * 100):
                return Cause(
                    "other_pair",
                    f"Số đã in bằng {part}/{whole} = {format_percent(ratio)}, tức là lấy chỉ tiêu "
                    f"{part_address} chia chỉ tiêu {whole_address}{how}.",
                )
    return None


def _cause_of_sum(computation: Computation, row: Row, declared: Declared) -> Cause:
    if not isinstance(row.formula, Sum) or declared.value is None:
        return Cause()
    parts = {
        term.address: content
        for _, term in row.formula.terms
        if isinstance(content := computation.contents.get(term.address), int)
    }
    if row.formula.takes_off and declared.value == sum(parts.values()):
        return Cause("overlap_added", "Phần trùng nhau bị cộng thêm thay vì trừ đi.")
    for address, part in parts.items():
        if part and declared.value == sum(parts.values()) - part:
            return Cause("part_left_out", f"Số đã in bỏ sót chỉ tiêu {address} ({part}).")
    return Cause()


def _family(form: Form, row: Row) -> tuple[Row, ...]:
    below = list(form.group(row.address))
    grandchildren = [grandchild for child in below for grandchild in form.group(child.address)]
    siblings = [] if below else list(form.group(row.address.rpartition(".")[0]))
    return tuple(one for one in (*below, *grandchildren, *siblings) if one.is_input)


def _printed_pair(declared: Declared) -> Fraction | None:
    if declared.numerator is None or not declared.denominator:
        return None
    return Fraction(declared.numerator, declared.denominator)


def _printed_counts(declared: Declared) -> tuple[Fraction, Fraction] | None:
    if declared.numerator is None or declared.denominator is None:
        return None
    return Fraction(declared.numerator), Fraction(declared.denominator)


def _own_pair(row: Row, contents: Mapping[str, Content]) -> tuple[Fraction, Fraction] | None:
    """Return the counts a rate was divided from: over several pairs, those of which both sides are reported."""
    if not isinstance(row.formula, Rate):
        return None
    parts = wholes = Fraction(0)
    for part_node, whole_node in row.formula.pairs:
        part, whole = evaluate(part_node, contents), evaluate(whole_node, contents)
        if isinstance(part, State) or isinstance(whole, State):
            continue
        parts, wholes = parts + Fraction(part), wholes + Fraction(whole)
    return parts, wholes


def _pair_text(pair: tuple[Fraction, Fraction]) -> str:
    return "/".join(str(n.numerator) if n.denominator == 1 else format_number(n, 2) for n in pair)


def _same_rate_of_other_counts(
    row: Row, declared: Declared, own: tuple[Fraction, Fraction] | None, where: str
) -> Finding | None:
    if _printed_counts(declared) == own:
        return None
    counts = _pair_text(own) if own is not None else "số khác"
    message = f"Chỉ tiêu {row.address} ({where}): in “{declared.text}”; tỷ lệ đúng, nhưng các ô của biểu cho {counts}."
    return make_finding(
        "ambiguous_base",
        message,
        rows=(row.address,),
        where=where,
        found=declared.text,
        expected=counts,
        cause="other_base",
    )


def _differs(row: Row, declared: Declared, expected: str, cause: Cause, where: str) -> Finding:
    because = f" {cause.sentence}" if cause.sentence else ""
    message = f"Chỉ tiêu {row.address} ({where}): in “{declared.text}”, tính lại là {expected}.{because}"
    return make_finding(
        "declared_differs",
        message,
        rows=(row.address,),
        where=where,
        found=declared.text,
        expected=expected,
        cause=cause.word,
    )
