"""Why a figure that a report prints differs from what follows from its counts: the likely slip, named."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from cchc_calc.evaluation import evaluate
from cchc_calc.expressions import Rate, Sum, references
from cchc_calc.rounding import agrees, format_number, format_percent, is_truncated
from cchc_calc.states import Content, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from decimal import Decimal

    from cchc_calc.catalogue import Form, Row
    from cchc_calc.computation import Computation
    from cchc_calc.readings import Declared


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a declared figure differs: a stable English word, and a Vietnamese sentence."""

    word: str = ""
    sentence: str = ""


def cause_of_rate(computation: Computation, row: Row, declared: Declared, rate: Fraction) -> Cause:
    """Name why a printed rate differs; a cause without a word says that nothing explains it."""
    value, decimals = declared.value, declared.decimals
    if value is None:
        return Cause()
    own = own_pair(row, computation.contents)
    printed = printed_pair(declared)
    if printed is not None and printed_counts(declared) != own:
        return other_base(declared, own)
    if is_truncated(value, decimals, rate * 100):
        return Cause("truncated", "Số đã in bị cắt bớt phần lẻ thay vì làm tròn.")
    if value <= 1 and agrees(value, decimals, rate):
        return Cause("ratio_for_percent", "Số đã in là tỷ số, chưa nhân 100.")
    if agrees(value, decimals, rate * 10000):
        return Cause("ratio_for_percent", "Số đã in bị nhân 100 hai lần.")
    if rate and agrees(value, decimals, 100 / rate):
        return Cause("swapped", "Tử số và mẫu số bị đổi chỗ.")
    if _is_mean(row, computation.contents, value, decimals):
        return Cause("mean_of_rates", "Số đã in là bình quân các tỷ lệ thành phần, không phải tổng chia tổng.")
    other = _other_pair(computation, row, value, decimals)
    if other is not None:
        return other
    if agrees(value, decimals, (1 - rate) * 100):
        return Cause("complement", "Số đã in là phần còn lại cho đủ 100%.")
    return Cause()


def cause_of_sum(computation: Computation, row: Row, declared: Declared) -> Cause:
    """Name why a printed sum differs, and which part most likely explains it."""
    if not isinstance(row.formula, Sum) or declared.value is None:
        return Cause()
    parts = {
        term.address: content
        for _, term in row.formula.terms
        if isinstance(content := computation.contents.get(term.address), int)
    }
    if row.formula.takes_off and declared.value == sum(parts.values()):
        return Cause("overlap_added", "Phần trùng nhau bị cộng thêm thay vì trừ đi.")
    gap = declared.value - sum(parts.values())
    return next((cause for address, part in parts.items() if (cause := _slip(address, part, gap))), Cause())


def other_base(declared: Declared, own: tuple[Fraction, Fraction] | None) -> Cause:
    """Name the other counts that a rate was printed with."""
    printed = f"{declared.numerator}/{declared.denominator}"
    if own is not None and printed_counts(declared) == own[::-1]:
        return Cause("swapped", f"Tử số và mẫu số bị đổi chỗ ({printed}).")
    beside = f", trong khi các ô của biểu cho {pair_text(own)}" if own is not None else ""
    return Cause("other_base", f"Số đã in tính trên gốc khác ({printed}){beside}.")


def printed_pair(declared: Declared) -> Fraction | None:
    """Divide the counts printed beside a rate; ``None`` without them."""
    if declared.numerator is None or not declared.denominator:
        return None
    return Fraction(declared.numerator, declared.denominator)


def printed_counts(declared: Declared) -> tuple[Fraction, Fraction] | None:
    """Return the counts printed beside a rate."""
    if declared.numerator is None or declared.denominator is None:
        return None
    return Fraction(declared.numerator), Fraction(declared.denominator)


def own_pair(row: Row, contents: Mapping[str, Content]) -> tuple[Fraction, Fraction] | None:
    """Return the counts a rate was divided from: over several pairs, those of which both sides are reported."""
    if not isinstance(row.formula, Rate):
        return None
    pairs = list(_complete_pairs(row, contents))
    return sum((part for part, _ in pairs), Fraction(0)), sum((whole for _, whole in pairs), Fraction(0))


def pair_text(pair: tuple[Fraction, Fraction]) -> str:
    """Write two counts as they are printed: "424/425"."""
    return "/".join(str(n.numerator) if n.denominator == 1 else format_number(n, 2) for n in pair)


def _slip(address: str, part: int, gap: Decimal) -> Cause | None:
    """Explain a gap between a printed sum and its parts by one of the parts."""
    if part and gap == -part:
        return Cause("part_left_out", f"Số đã in bỏ sót chỉ tiêu {address} ({part}).")
    if part and gap == part:
        return Cause("part_twice", f"Số đã in cộng hai lần chỉ tiêu {address} ({part}).")
    digits = str(part)
    for place in range(len(digits) - 1):
        swapped = f"{digits[:place]}{digits[place + 1]}{digits[place]}{digits[place + 2 :]}"
        if gap and gap == int(swapped) - part:
            return Cause("digits_swapped", f"Số đã in cộng {swapped} thay cho chỉ tiêu {address} ({part}): đảo chữ số.")
    return None


def _is_mean(row: Row, contents: Mapping[str, Content], value: Decimal, decimals: int) -> bool:
    rates = [part / whole for part, whole in _complete_pairs(row, contents) if whole]
    return len(rates) > 1 and agrees(value, decimals, sum(rates, start=Fraction(0)) / len(rates) * 100)


def _complete_pairs(row: Row, contents: Mapping[str, Content]) -> Iterator[tuple[Fraction, Fraction]]:
    """Give the counts of the pairs of a rate of which both sides are reported."""
    if not isinstance(row.formula, Rate):
        return
    for part_node, whole_node in row.formula.pairs:
        part, whole = evaluate(part_node, contents), evaluate(whole_node, contents)
        if not (isinstance(part, State) or isinstance(whole, State)):
            yield Fraction(part), Fraction(whole)


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


def _family(form: Form, row: Row) -> tuple[Row, ...]:
    below = list(form.group(row.address))
    grandchildren = [grandchild for child in below for grandchild in form.group(child.address)]
    siblings = [] if below else list(form.group(row.address.rpartition(".")[0]))
    return tuple(one for one in (*below, *grandchildren, *siblings) if one.is_input)
