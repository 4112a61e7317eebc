"""Workbooks of quality objectives for the tests: one that shows every state, and random ones."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from cchc_calc.excel.objectives.typed_lines import ObjectiveLine, RequirementLine, TypedWorkbook
from cchc_calc.excel.sheets.cover import Cover
from cchc_calc.objectives.headings import COMPARATOR_WORDS
from cchc_calc.periods import Period

if TYPE_CHECKING:
    import random

HALF_YEAR = Period(date(2023, 1, 1), date(2023, 6, 30))
WHOLE_YEAR = Period(date(2023, 1, 1), date(2023, 12, 31))
WARD = "UBND phường Phương Sơn"

_COUNTS = (None, None, 0, 0, 1, 3, 10**9, 10**9 + 1, -1, 2.5, "x", " ", "Không phát sinh", "CHƯA  phát sinh", "KXĐ")
_RATES = (None, None, None, Decimal("0.5"), 0, 1, Decimal("0.942"), 1.2, -0.1, "94%", "Không phát sinh")
_VALUES = (None, 0, 1, Decimal("0.015"), Decimal("0.95"), Decimal("0.333333"), 2, 18, -1, "95%", " ")
_WORDS = ("", "dưới", "không quá", "từ", "trên", "Trên", " từ ", "khoảng")
_UNITS = ("%", "%", "%", "", "hồ sơ", "văn bản", "điểm")
_NUMBERS = ("1", "2", "3", "1.1", "1.10", " 2 ", "A*", "", "99")
_DAYS = (None, date(2023, 1, 1), date(2023, 3, 15), date(2023, 6, 30), date(2023, 12, 1), date(2023, 12, 31))


def requirement(number="1", group="a", comparator="từ", value=1, unit="%", **cells):
    """Make a line of the figures."""
    return RequirementLine(number=number, group=group, comparator=comparator, value=value, unit=unit, **cells)


_ONE: tuple[ObjectiveLine, ...] = (ObjectiveLine("1"),)


def workbook(requirements, objectives=_ONE, period=HALF_YEAR):
    """Make a typed workbook of lines."""
    return TypedWorkbook(Cover(WARD, period), "năm 2023", tuple(objectives), tuple(requirements))


def lines_at_every_edge():
    """Give each comparator results at, just below and just above its value, of wholes that are small and large."""
    lines = []
    for word in COMPARATOR_WORDS.values():
        for value, whole in (
            ("0.5", 2),
            ("0.07", 100),
            ("0.57", 100),
            ("0.29", 10**4),
            ("0.015", 2000),
            ("0.995", 10**9),
        ):
            at = int(Decimal(value) * whole)
            lines += [
                requirement(comparator=word, value=Decimal(value), numerator=part, denominator=whole, group="")
                for part in (at - 1, at, at + 1)
            ]
        for value in (0, 1):
            lines += [
                requirement(comparator=word, value=value, numerator=part, denominator=7, group="")
                for part in (0, 1, 6, 7)
            ]
        lines += [requirement(comparator=word, value=18, unit="văn bản", numerator=part) for part in (17, 18, 19)]
        lines += [
            requirement(
                comparator=word, value=Decimal("92.15"), unit="điểm", numerator=Decimal(part), denominator=whole
            )
            for part in ("92.149999", "92.15", "92.150001", "92", "100.5")
            for whole in (None, 100)
        ]
    return lines


def random_workbook(chance: random.Random, objectives=40, requirements=120):
    """Make a workbook as somebody may fill it: blanks, zeros, contradictions, texts, results at the edge."""
    planned = [_random_objective(chance) for _ in range(objectives)]
    lines = [_random_line(chance) for _ in range(requirements)]
    return workbook(lines, planned, chance.choice([None, HALF_YEAR, HALF_YEAR, WHOLE_YEAR]))


def _random_objective(chance):
    text = chance.choice(["", "Mục tiêu", "mục tiêu " * 20])
    attained, cause, remedy = (chance.choice(["", " ", "đã làm"]) for _ in range(3))
    start, finish = chance.choice(_DAYS), chance.choice(_DAYS)
    number = chance.choice(_NUMBERS) if chance.random() < 0.3 else str(chance.randint(3, 60))
    return ObjectiveLine(number, text, "", "", "", start, finish, attained, cause, remedy)


def _random_line(chance):
    number = chance.choice(_NUMBERS) if chance.random() < 0.3 else str(chance.randint(3, 60))
    line = {"number": number, "group": chance.choice(["", "", "a", "b", "B", "c"])}
    line["scope"] = chance.choice(["", "đất đai", "tỷ lệ " * 15])
    if chance.random() < 0.3:
        return requirement(**line, numerator=chance.choice([None, 0, "Không phát sinh"]))
    if chance.random() < 0.5:
        whole = chance.choice([1, 7, 20, 200, 1587, 13506, 10**6])
        value = (
            Decimal(chance.randint(0, 100)) / 100
            if chance.random() < 0.5
            else Decimal(chance.randint(0, 10**4)) / 10**4
        )
        part = min(whole, max(0, int(value * whole) + chance.randint(-1, 1)))
        word = chance.choice(list(COMPARATOR_WORDS.values()))
        declared = chance.choice([None, None, round(Decimal(part) / whole, chance.choice([2, 4])), Decimal("0.5")])
        line |= {"numerator": part, "denominator": whole, "declared": declared}
        return RequirementLine(comparator=word, value=value, unit="%", **line)
    line |= {"numerator": chance.choice(_COUNTS), "denominator": chance.choice(_COUNTS)}
    line |= {"declared": chance.choice(_RATES), "base": chance.choice(["", "hồ sơ đã giải quyết"])}
    return RequirementLine(
        comparator=chance.choice(_WORDS), value=chance.choice(_VALUES), unit=chance.choice(_UNITS), **line
    )
