"""The checks of periods in the prose: figures of other days than the title's, figures cut off on different days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from cchc_calc.findings import Finding, make_finding
from cchc_calc.periods import find_dates, find_periods, preset, reporting_period, written_day

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.periods import FoundPeriod, Period
    from cchc_calc.report import Report

_SECOND_DAY: Final = re.compile(r"(?:đến|tới|[-–—]) ?(?:hết )?(?:ngày )?\d{1,2}(?: ?[/.-] ?\d| tháng)", re.IGNORECASE)
_FIGURES: Final = re.compile(r"kết quả|số liệu|thống kê|tổng số|tiếp nhận|giải quyết|hồ sơ", re.IGNORECASE)
_LONGER: Final = re.compile(r"l[ũu][ỹy] kế|cộng dồn|đầu năm|cùng kỳ|giai đoạn|nhiệm kỳ|\d năm", re.IGNORECASE)
_CUT_OFF: Final = re.compile(
    r"(?<!\w)(?P<from>từ đầu năm|tính|số liệu|l[ũu][ỹy] kế)[^.;]{0,30}?(?:đến|tới) (?:hết )?(?:ngày )?\Z", re.IGNORECASE
)
_LENGTHS: Final = {"month": 31, "quarter": 92, "half": 182, "year": 365}


@dataclass(frozen=True, slots=True)
class DaySpan:
    """Days named in the prose; ``start`` is ``None`` where only the cut-off is told, and after ``end`` in a slip.

    ``of_figures`` tells whether the paragraph speaks of figures, ``longer`` whether it says itself that they
    reach beyond the period of the report ("lũy kế", "cùng kỳ").
    """

    start: date | None
    end: date
    text: str
    where: str
    of_figures: bool
    longer: bool = False


def check_periods(report: Report) -> Iterator[Finding]:
    """Yield where the days of the figures in the prose contradict the title's or each other.

    A term of office, a stage of years and a plan cover no figures; figures counted from the first day of the
    year contradict nothing. The prose is taken to be clean.
    """
    spans = list(find_day_spans(report))
    yield from _not_preset(report, spans)
    contradictions = _contradictions(report.period, spans)
    yield from contradictions.values()
    rest = [span for span in spans if span not in contradictions]
    yield from _backwards(rest)
    rest = [span for span in rest if not _runs_backwards(span)]
    yield from _different_cut_offs(report, rest)
    yield from _later_cut_offs(report, rest)


def find_day_spans(report: Report) -> Iterator[DaySpan]:
    """Find the days named from one to another in the prose, and the cut-offs, in reading order."""
    for paragraph in report.prose:
        if _SECOND_DAY.search(paragraph.text):
            yield from _spans_in(paragraph.text, paragraph.where)


def _spans_in(text: str, where: str) -> Iterator[DaySpan]:
    of_figures = bool(_FIGURES.search(text))
    ranges = [(found, days) for found in find_periods(text) if (days := _days(found))]
    for found, days in ranges:
        longer = bool(_LONGER.search(text, max(0, found.start - 60), found.start))
        yield DaySpan(*days, found.text, where, of_figures, longer)
    for dated in find_dates(text):
        cut_off = _CUT_OFF.search(text, max(0, dated.start - 60), dated.start)
        if cut_off and dated.day and not any(found.start <= dated.start < found.end for found, _ in ranges):
            from_new_year = cut_off["from"].casefold() == "từ đầu năm"
            start = date(dated.day.year, 1, 1) if from_new_year else None
            yield DaySpan(start, dated.day, cut_off[0] + dated.text, where, of_figures)


def _days(found: FoundPeriod) -> tuple[date, date] | None:
    """Return the days of a range, also of one that runs backwards; a period called by its name gives none."""
    if found.period is not None:
        return None if found.period.label else (found.period.start, found.period.end)
    days = [dated.day for dated in find_dates(found.text) if dated.day]
    return (days[0], days[1]) if len(days) == 2 else None


def _contradictions(period: Period | None, spans: list[DaySpan]) -> dict[DaySpan, Finding]:
    """Find the figures of days that share an end with the period, or contain it, but reach beyond it."""
    contradictions: dict[DaySpan, Finding] = {}
    for span in spans:
        if period is None or span.start is None or not span.of_figures or span.longer:
            continue
        touches = span.start == period.start or span.end == period.end
        contains = span.start <= period.start and span.end >= period.end
        inside = period.start <= span.start <= span.end <= period.end
        if (touches or contains) and not inside and not _is_new_year(span.start, span.end):
            contradictions[span] = _contradiction(period, span)
    return contradictions


def _runs_backwards(span: DaySpan) -> bool:
    return span.start is not None and span.start > span.end


def _backwards(spans: list[DaySpan]) -> Iterator[Finding]:
    for span in spans:
        if _runs_backwards(span):
            message = f"{span.where}: “{span.text}” có ngày đầu sau ngày cuối."
            expected = "ngày đầu không sau ngày cuối"
            yield make_finding("period_contradicts", message, where=span.where, found=span.text, expected=expected)


def _is_new_year(start: date, end: date) -> bool:
    """Tell whether days are counted from the first of the year, or of the reporting year on 15 December."""
    return start in {date(end.year, 1, 1), date(end.year - 1, 12, 15)}


def _contradiction(period: Period, span: DaySpan) -> Finding:
    expected = f"từ ngày {written_day(period.start)} đến ngày {written_day(period.end)}"
    ends = [(day.month, day.day) for day in (span.start, span.end, period.start, period.end) if day]
    message = f"{span.where}: số liệu ghi “{span.text}”, trong khi kỳ báo cáo là {expected}."
    return make_finding(
        "period_contradicts",
        message,
        where=span.where,
        found=span.text,
        expected=expected,
        cause="year" if ends[:2] == ends[2:] else "",
    )


def _different_cut_offs(report: Report, spans: list[DaySpan]) -> Iterator[Finding]:
    """Yield a finding for figures counted from one day but cut off on several."""
    by_start: dict[date, dict[date, DaySpan]] = {}
    for span in spans:
        if span.start is not None and (span.of_figures or _is_period(report.period, span)):
            by_start.setdefault(span.start, {}).setdefault(span.end, span)
    for cut_offs in by_start.values():
        if len(cut_offs) > 1:
            places = ", ".join(f"{written_day(end)} ({span.where})" for end, span in cut_offs.items())
            second = list(cut_offs.values())[1]
            message = f"{second.where}: số liệu trong báo cáo chốt ở nhiều ngày khác nhau: {places}."
            found = "; ".join(written_day(end) for end in cut_offs)
            yield make_finding("periods_differ", message, where=second.where, found=found, expected="một ngày chốt")


def _later_cut_offs(report: Report, spans: list[DaySpan]) -> Iterator[Finding]:
    """Yield a finding for figures that run on after the end of the reporting period."""
    period = report.period
    told: set[date] = set()
    for span in spans:
        if period is None or not span.of_figures or span.end <= period.end or span.end in told:
            continue
        # What lies after the day of the report is a plan.
        if report.issued is not None and span.end > report.issued:
            continue
        if span.start is None or (span.start <= period.end and not span.longer):
            told.add(span.end)
            name = period.label or f"{written_day(period.start)} - {written_day(period.end)}"
            days = (span.end - period.end).days
            message = (
                f"{span.where}: số liệu tính đến {written_day(span.end)}, sau ngày cuối của kỳ báo cáo “{name}” "
                f"({written_day(period.end)}) {days} ngày."
            )
            yield make_finding(
                "periods_differ", message, where=span.where, found=span.text, expected=f"đến {written_day(period.end)}"
            )


def _not_preset(report: Report, spans: list[DaySpan]) -> Iterator[Finding]:
    period = report.period
    if period is None or preset(period):
        return
    printed = next((span for span in spans if _is_period(period, span)), None)
    if printed is None:
        return
    kind = min(_LENGTHS, key=lambda name: abs(_LENGTHS[name] - period.days))
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[kind]
    usual = reporting_period(kind, period.end.year, -(-period.end.month // months))
    expected = f"{written_day(usual.start)} - {written_day(usual.end)}"
    message = (
        f"{printed.where}: kỳ báo cáo {written_day(period.start)} - {written_day(period.end)} ({period.days} ngày) "
        f"không trùng kỳ theo Điều 12 Nghị định 09/2019/NĐ-CP ({expected})."
    )
    yield make_finding("period_not_preset", message, where=printed.where, found=printed.text, expected=expected)


def _is_period(period: Period | None, span: DaySpan) -> bool:
    return period is not None and (span.start, span.end) == (period.start, period.end)
