"""Who reports for which period, and the report the form is annexed to: what stands above and under the form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.letterhead import level_of

if TYPE_CHECKING:
    from datetime import date

    from cchc_calc.catalogue import Form
    from cchc_calc.periods import Period
    from cchc_calc.report import Report

_TO_FILL_IN: Final = "…………………………"
_TITLE_BREAK: Final = "CẢI CÁCH HÀNH CHÍNH"


@dataclass(frozen=True, slots=True)
class Cover:
    """The names and days on a form; what is not known stays empty or ``None``."""

    unit: str = ""
    period: Period | None = None
    number: str = ""
    issued: date | None = None
    level: str = "commune"

    @classmethod
    def of(cls, unit: str, period: Period | None, report: Report | None) -> Cover:
        """Take what is given, and the rest from the report."""
        if report is None:
            return cls(unit, period, level=level_of(unit))
        return cls(unit or report.unit, period or report.period, report.number, report.issued, report.level)

    def title_lines(self, form: Form) -> tuple[str, str]:
        """Return the two lines of the title, the unit in capitals.

        >>> from cchc_calc.form_files import load_form
        >>> Cover("UBND phường Phương Sơn").title_lines(load_form("thong-ke-cchc", "2023"))[1]
        'CẢI CÁCH HÀNH CHÍNH TẠI UBND PHƯỜNG PHƯƠNG SƠN'
        """
        first, broken_before, rest = form.title.rpartition(_TITLE_BREAK)
        second = f"{broken_before}{rest} TẠI {self.unit.upper() or f'UBND {_TO_FILL_IN}'}"
        return (first.strip(), second) if first else (form.title, second.strip())

    @property
    def report_line(self) -> str:
        """Return the line that names the report, with dots where something has to be filled in."""
        number = self.number or "………/BC-UBND"
        day = vietnamese_date(self.issued) if self.issued is not None else "……/……/20……"
        return f"(Kèm theo Báo cáo số {number} ngày {day} của {self.unit or f'UBND {_TO_FILL_IN}'})"

    @property
    def period_line(self) -> str:
        """Return the line that names the period, with dots where it is not known."""
        if self.period is None:
            return "Kỳ báo cáo: từ ngày ……/……/20…… đến ngày ……/……/20……"
        start, end = vietnamese_date(self.period.start), vietnamese_date(self.period.end)
        return f"Kỳ báo cáo: từ ngày {start} đến ngày {end}"


def vietnamese_date(day: date) -> str:
    """Write a date as Nghị định 30/2020/NĐ-CP asks: a zero before days below 10 and before months 1 and 2.

    >>> from datetime import date
    >>> vietnamese_date(date(2023, 9, 3)), vietnamese_date(date(2023, 2, 13))
    ('03/9/2023', '13/02/2023')
    """
    return f"{day.day:02d}/{day.month:02d}/{day.year}" if day.month < 3 else f"{day.day:02d}/{day.month}/{day.year}"


def edition_line(form: Form) -> str:
    """Name the form and its edition, with its mark wherever it has one."""
    mark = f" ({form.mark})" if form.mark else ""
    return f"Biểu mẫu {form.id}/{form.edition}{mark}"
