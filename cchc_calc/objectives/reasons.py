"""The reasons of judgements and of objectives, in short sentences that an official understands."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

from cchc_calc.objectives.records import BASE_TEXTS, Status
from cchc_calc.periods import written_day
from cchc_calc.rounding import decimals_needed, format_number, format_percent, round_half_up
from cchc_calc.spelling import capitalised
from cchc_calc.targets import RATE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from cchc_calc.objectives.records import Attainment, Judgement, Measurement
    from cchc_calc.targets import Target

NO_FIGURE_ASKED: Final = "mục tiêu không nêu con số nên không tính được"
TARGET_UNREAD: Final = "mức phải đạt trong câu mục tiêu chưa rõ nên không đánh giá được"
TIME_ASKED: Final = "mục tiêu nêu mức thời gian; phần mềm chưa đánh giá mức tính bằng ngày, giờ"
NO_FIGURE_REPORTED: Final = "chưa có số liệu"
NO_RESULT_YET: Final = "kế hoạch, chưa có kết quả"
DECLARED_ALONE: Final = "chỉ theo công bố, không có số đếm"
NOTHING_AROSE: Final = "không phát sinh nên không có tỷ lệ để đánh giá"

_REACHED: Final = {"<": "dưới {}", "<=": "không quá {}", ">=": "đạt mức từ {} trở lên", ">": "trên {}"}
_MISSED: Final = {"<": "không dưới {}", "<=": "vượt quá {}", ">=": "chưa đạt {}", ">": "không trên {}"}
_NOTHING_ASKED: Final = "Mục tiêu không nêu nội dung nào để đánh giá."
_LONGEST_NAME: Final = 60
_MOST_DECIMALS: Final = 12
_HUNDRED: Final = 100


def comparison(target: Target, measurement: Measurement, *, met: bool, printed: str = "") -> str:
    """Say how a result compares with its target, with both figures; ``printed`` is the rate as the report has it.

    >>> from cchc_calc.objectives.records import Measurement
    >>> from cchc_calc.targets import read_target
    >>> comparison(read_target("dưới 1,5%"), Measurement(Fraction(234, 13506), 234, 13506), met=False)
    '1,73% (234/13.506) không dưới 1,5%'
    """
    words = _REACHED if met else _MISSED
    phrase = words[target.comparator].format(level(target))
    if met and target.comparator == ">=" and target.unit == RATE and target.value == 1:
        phrase = f"đạt mức {level(target)}"
    return f"{result(target, measurement, printed)} {phrase}"


def result(target: Target, measurement: Measurement, printed: str = "") -> str:
    """Write a result with its counts; a rate with so many decimals that it shows on its side of the target.

    >>> from cchc_calc.objectives.records import Measurement
    >>> from cchc_calc.targets import read_target
    >>> result(read_target("dưới 1,5%"), Measurement(Fraction(14999, 1000000), 14999, 1000000))
    '1,4999% (14.999/1.000.000)'
    """
    if target.unit != RATE:
        number = format_number(measurement.value, decimals_needed(measurement.value, _MOST_DECIMALS) or 0)
        return f"{number} {target.unit}".rstrip()
    if measurement.numerator is None or measurement.denominator is None:
        return printed.replace(" %", "%") or format_percent(measurement.value, _decimals(target, measurement.value))
    counts = f"{format_number(measurement.numerator)}/{format_number(measurement.denominator)}"
    return f"{format_percent(measurement.value, _decimals(target, measurement.value))} ({counts})"


def level(target: Target) -> str:
    """Write the value of a target in its unit.

    >>> from cchc_calc.targets import read_target
    >>> level(read_target("dưới 1,5%")), level(read_target("12/15")), level(read_target("từ 2 hội nghị trở lên"))
    ('1,5%', '80%', '2 hội nghị')
    """
    scale = _HUNDRED if target.unit == RATE else 1
    number = target.value * scale
    unit = RATE if target.unit == RATE else f" {target.unit}".rstrip()
    return f"{format_number(number, _places(number))}{unit}"


def still_missing(target: Target, cases: int | None, unit: str, quality: str) -> str:
    """Say how many whole cases are missing or too many; ``None`` is that no number of cases reaches the target.

    >>> from cchc_calc.targets import read_target
    >>> still_missing(read_target("dưới 1,5%"), 32, "hồ sơ", "trễ hạn")
    'còn phải giảm 32 hồ sơ trễ hạn'
    """
    if cases is None:
        return "không số lượng nào đạt được mức này"
    verb = "còn phải giảm" if target.comparator in {"<", "<="} else "còn thiếu"
    return " ".join(f"{verb} {format_number(cases)} {unit} {quality}".split())


def on_other_base(target: Target, measurement: Measurement, as_of: date | None) -> str:
    """Write the result on another base than the decisive one; ``as_of`` where that was counted up to another day."""
    base = f"trên {BASE_TEXTS[measurement.base]}" if measurement.base is not None else "trên số khác"
    cut_off = f" chốt ngày {written_day(as_of)}" if as_of is not None else ""
    return f"tính {base}{cut_off} là {result(target, measurement)}"


def objective_reason(judgements: Sequence[Judgement]) -> str:
    """Say in sentences why an objective is met or not: each with what it is about where they differ.

    Of alternatives only the one that is met is told, where one is; requirements with the same reason are told together.

    >>> from cchc_calc.objectives.records import Judgement, Requirement, Status
    >>> reasons = {"chung": "2% không dưới 1,5%", "đất đai": "chưa có số liệu", "hộ tịch": "chưa có số liệu"}
    >>> fields = [(Requirement("", scope), reason) for scope, reason in reasons.items()]
    >>> objective_reason([Judgement(field, Status.UNDECIDED, reason) for field, reason in fields])
    'Chung: 2% không dưới 1,5%. Đất đai, hộ tịch: chưa có số liệu.'
    """
    if not judgements:
        return _NOTHING_ASKED
    told = [judgement for judgement in judgements if not _is_needless(judgement, judgements)]
    names: dict[str, list[str]] = {}
    for judgement in told:
        names.setdefault(judgement.reason, []).append(shown_scope(judgement))
    if len(names) == 1:
        return f"{capitalised(told[0].reason)}."
    return " ".join(f"{capitalised(', '.join(scopes))}: {reason}." for reason, scopes in names.items())


def shown_scope(judgement: Judgement) -> str:
    """Name what a requirement is about, cut after some words where it is long."""
    requirement = judgement.requirement
    name = requirement.scope or requirement.text
    if len(name) <= _LONGEST_NAME:
        return name
    return f"{name[:_LONGEST_NAME].rpartition(' ')[0].rstrip(' ,;')}…"


def taken_from(report: str, number: str) -> str:
    """Say from which report and objective a result of another year is taken."""
    return f"Theo kết quả của mục tiêu {number} trong báo cáo {report}:"


def not_in(report: str) -> str:
    """Say that another year's report has no objective of the same content."""
    return f"Báo cáo {report} không có mục tiêu cùng nội dung:"


def without_unit(text: str) -> str:
    """Say that a number alone tells nothing."""
    return f"báo cáo chỉ ghi “{text.strip()}”, không rõ là tỷ lệ hay số lượng: ghi kèm %, đơn vị hoặc tử số/mẫu số"


def of_another_period(attainments: Sequence[Attainment]) -> str:
    """Say that only results of other periods are reported."""
    names = dict.fromkeys(one.period.label or one.period.code for one in attainments if one.period is not None)
    return f"{NO_FIGURE_REPORTED} của kỳ báo cáo này: báo cáo chỉ nêu kết quả của {', '.join(names)}"


def _is_needless(judgement: Judgement, judgements: Sequence[Judgement]) -> bool:
    """Tell whether an alternative of it is met, so that nobody has to look at this one."""
    group = judgement.requirement.group
    return judgement.status is not Status.MET and any(
        other.status is Status.MET and other.requirement.group == group for other in judgements
    )


def _decimals(target: Target, value: Fraction) -> int:
    """Return how many decimals show the value on its own side of the target: two, or more where it is close."""
    if value == target.value:
        return max(2, _places(value * _HUNDRED))
    for decimals in range(2, _MOST_DECIMALS):
        shown = Fraction(round_half_up(value * _HUNDRED, decimals)) / _HUNDRED
        if _side(shown, target.value) == _side(value, target.value):
            return decimals
    return _MOST_DECIMALS


def _places(number: Fraction) -> int:
    """Count the decimals of a number; of one that does not end, two are shown."""
    needed = decimals_needed(number, _MOST_DECIMALS - 1)
    return 2 if needed is None else needed


def _side(value: Fraction, bound: Fraction) -> int:
    return (value > bound) - (value < bound)
