"""Numbers as written in digits: which marks part thousands, which part decimals, and where two readings are honest."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from cchc_calc.numerals.units import NO_UNIT, PER_CENT, PERCENT, WHOLE, Kind, Unit, named_unit
from cchc_calc.spelling import clean

LONGEST_NUMBER = 40
"""More digits than this are no number of a report."""

_GROUPED_BY = {".": "dấu chấm", ",": "dấu phẩy", " ": "khoảng trắng"}
_LOOKALIKES = {"o": "0", "l": "1", "i": "1", "о": "0", "ο": "0", "b": "8", "s": "5", "z": "2"}


@dataclass(frozen=True, slots=True)
class NumberReading:
    """What one number means.

    ``value`` keeps the decimals as printed and ``decimals`` counts them; ``unit`` is ``"%"`` or empty.
    ``value`` is ``None`` when the text is no number, and when two honest ``readings`` exist.
    ``note`` says in words how it was read, or why not.
    """

    value: Decimal | None
    decimals: int = 0
    unit: str = ""
    readings: tuple[Decimal, ...] = ()
    note: str = ""

    def negated(self) -> NumberReading:
        """Return the same reading of the number below zero; there is no ``-0``."""
        value = self.value.copy_negate() if self.value else self.value
        return replace(self, value=value, readings=tuple(other.copy_negate() for other in self.readings))


def read_number(text: str, unit: str = "") -> NumberReading:
    """Read the one number a cell holds, written the Vietnamese or the English way.

    ``unit`` is that of the column: a dot before three figures parts thousands of dossiers or đồng, and may
    part decimals of a rate. Without it both readings are kept. Blank cells, words beside the number, ``3/4``
    and ``1E3`` are no numbers: ``value`` is ``None`` and there are no ``readings``.

    >>> read_number("98,50%")
    NumberReading(value=Decimal('98.50'), decimals=2, unit='%', readings=(), note='')
    >>> read_number("1.234").readings, read_number("1.234", "Hồ sơ").value
    ((Decimal('1234'), Decimal('1.234')), Decimal('1234'))
    >>> read_number("(5)").value, read_number("1O").note
    (Decimal('-5'), 'chữ “O” đứng ở chỗ của số 0')
    """
    words = clean(text).removeprefix("'").strip()
    match = _cell().fullmatch(words) if len(words) <= 2 * LONGEST_NUMBER else None
    if match is None or bool(match["open"]) != bool(match["close"]) or (match["open"] and match["sign"]):
        return NumberReading(None, note=_why_no_number(words))
    percent = bool(match["percent"])
    reading = read_written(match["number"], PERCENT if percent else named_unit(unit), in_cell=True)
    if match["open"] or match["sign"] in {"-", "−"}:
        reading = reading.negated()
    return replace(reading, unit=PER_CENT if percent else "")


def read_written(
    number: str, unit: Unit = NO_UNIT, power: int = 0, *, fraction: bool = False, in_cell: bool = False
) -> NumberReading:
    """Read digits with their marks as a number of ``unit``, times ten to the ``power``.

    A count cannot have a fraction unless ``fraction`` allows it, as an average does. A number of unknown unit
    is read the Vietnamese way in prose; ``in_cell`` keeps both readings.

    >>> read_written("15.019", Unit("hồ sơ", Kind.COUNT)).value
    Decimal('15019')
    >>> read_written("1,2", Unit("đồng", Kind.MONEY), power=9).value
    Decimal('1200000000')
    """
    grouped, decimal = _parts(number) if len(number) <= LONGEST_NUMBER else (None, None)
    as_grouped = None if grouped is None else _scaled(grouped, "", power)
    as_decimal = None if decimal is None else _scaled(*decimal, power)
    if as_grouped is not None and as_decimal is not None:
        return _choose(number, as_grouped, as_decimal, unit.kind, power, in_cell=in_cell)
    if as_grouped is not None:
        return _reading(as_grouped, _how_grouped(number))
    if as_decimal is None:
        return NumberReading(None, note="cách viết số không rõ")
    if unit.kind in WHOLE and not fraction and as_decimal != as_decimal.to_integral_value():
        joined = Decimal(re.sub("[., ]", "", number))
        return NumberReading(None, readings=(as_decimal, joined), note="số đếm không thể có phần lẻ")
    return _reading(as_decimal, "" if "," in number else "dấu chấm ngăn phần thập phân")


def _choose(number: str, grouped: Decimal, decimal: Decimal, kind: Kind, power: int, *, in_cell: bool) -> NumberReading:
    """Choose between the two readings of one mark before three figures: 1.234 or 1,234."""
    dot = "." in number
    level = kind in {Kind.RATE, Kind.POINTS}
    if dot and not level and not (in_cell and kind is Kind.UNKNOWN):
        return _reading(grouped, "dấu chấm ngăn hàng nghìn")
    if not dot and (level or power or kind is Kind.MEASURE):
        return _reading(decimal, "dấu phẩy ngăn phần thập phân")
    readings = (grouped, decimal) if dot else (decimal, grouped)
    return NumberReading(None, readings=readings, note="ba chữ số sau dấu: hàng nghìn hay phần thập phân")


def _parts(number: str) -> tuple[str | None, tuple[str, str] | None]:
    """Take a number apart as thousands in groups, and as whole and decimals; ``None`` where it cannot be."""
    marks = [mark for mark in number if not mark.isdigit()]
    if not marks:
        return number, None
    groups = re.split("[., ]", number)
    *earlier, last = marks
    if set(marks) - set(_GROUPED_BY) or (last in earlier and len(set(marks)) > 1) or len(set(earlier)) > 1:
        return None, None
    if earlier and last not in earlier:
        whole = "".join(groups[:-1])
        return None, ((whole, groups[-1]) if _in_groups(groups[:-1]) and last != " " else None)
    grouped = "".join(groups) if _in_groups(groups) else None
    return grouped, ((groups[0], groups[1]) if len(groups) == 2 and last != " " else None)


def _in_groups(groups: list[str]) -> bool:
    return len(groups[0]) <= 3 and groups[0][0] != "0" and all(len(group) == 3 for group in groups[1:])


def _scaled(whole: str, decimals: str, power: int) -> Decimal:
    """Shift the decimal mark by hand: the product of a long number would be rounded."""
    digits = whole + decimals[:power].ljust(power, "0")
    rest = decimals[power:]
    return Decimal(f"{digits}.{rest}" if rest else digits)


def _reading(value: Decimal, note: str) -> NumberReading:
    exponent = value.as_tuple().exponent
    return NumberReading(value, -exponent if isinstance(exponent, int) and exponent < 0 else 0, note=note)


def _how_grouped(number: str) -> str:
    mark = next((mark for mark in _GROUPED_BY if mark in number), "")
    if mark:
        return f"{_GROUPED_BY[mark]} ngăn hàng nghìn"
    return "có số 0 đứng đầu" if len(number) > 1 and number[0] == "0" else ""


def _why_no_number(words: str) -> str:
    if not words:
        return "không có gì"
    if any(letter.isdigit() and not letter.isascii() for letter in words):
        return "có chữ số khác các chữ số 0–9 thông thường"
    letters = dict.fromkeys(letter for letter in words if letter.isalpha())
    looks_like_a_number = any(map(str.isdigit, words)) and " " not in words and all(map(_is_lookalike, letters))
    if not (letters and looks_like_a_number):
        return "không phải một con số"
    return ", ".join(f"{_named(letter)} đứng ở chỗ của số {_LOOKALIKES[letter.lower()]}" for letter in letters)


def _is_lookalike(letter: str) -> bool:
    return letter.lower() in _LOOKALIKES


def _named(letter: str) -> str:
    return f"chữ “{letter}”" if letter.isascii() else f"chữ “{letter}” (không phải chữ Latinh)"


@cache
def _cell() -> re.Pattern[str]:
    return re.compile(
        r"(?P<open>\()? ?(?P<sign>[-−+])? ?"
        r"(?P<number>[0-9]+(?:[.,][0-9]+)*|[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?) ?(?P<percent>%)? ?(?P<close>\))?"
    )
