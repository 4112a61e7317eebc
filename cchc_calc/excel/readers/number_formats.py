"""Numbers of a spreadsheet in Vietnamese notation, as the cell's number format shows them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache
from typing import Final

GENERAL: Final = "General"

BUILT_IN_FORMATS: Final = {
    0: GENERAL, 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 49: "@",
}  # fmt: skip
"""The formats of plain numbers that a file names by number alone; the other numbers show dates, or money."""

# A spreadsheet keeps fifteen digits; what a double holds beyond them is noise.
_SPREADSHEET = Context(prec=15, rounding=ROUND_HALF_UP)
_EXACT = Context(prec=400, rounding=ROUND_HALF_UP)
_LARGEST_EXACT: Final = 10**15
_NOISE = Decimal("1e-9")
_MOST_DIGITS: Final = 21
"""A longer number is shown with its power of ten, as a spreadsheet does."""
_LONGEST_FORMAT, _MOST_PLACES = 255, 60

_TOKEN = re.compile(
    r"""(?P<next>;)|(?P<places>[0#?.,]+)|"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]
    |(?P<unseen>[_*].|\[[^\]<>=]*\])|(?P<unread>General|[Ee][+-]|[@/\[])|(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)
_PLACES = re.compile(r"([0#?,]*[0#?])?(?:\.([0#?]*))?")
_LITERALS: Final = frozenset({"quoted", "escaped", "currency", "other"})
# The sign is written by us; an accountant's brackets and the dash for a zero would be read as something else.
_SIGNS: Final = str.maketrans("", "", "()+-–")


@dataclass(frozen=True, slots=True)
class _Section:
    """One section of a format: the places of the digits, and what stands before and after them."""

    prefix: str
    suffix: str
    least_digits: int
    least_decimals: int
    most_decimals: int
    has_groups: bool
    power: int


def exact_number(number: float) -> Decimal:
    """Take a stored number at the fifteen digits that a spreadsheet keeps; a whole one is written without a point.

    >>> exact_number(0.1 + 0.2) == Decimal("0.3"), exact_number(447), exact_number(447.0)
    (True, Decimal('447'), Decimal('447'))
    """
    if isinstance(number, int) or (abs(number) < _LARGEST_EXACT and number.is_integer()):
        return Decimal(int(number))
    return _SPREADSHEET.create_decimal(repr(number))


def stored_figure(number: float, *, computed: bool = False) -> Decimal:
    """Take a stored number as a figure: exact, and the result of a formula without its noise.

    >>> stored_figure(1234.567), stored_figure(0.1 * 3 * 10, computed=True)
    (Decimal('1234.567'), Decimal('3'))
    """
    exact = exact_number(number)
    return without_noise(exact) if computed else exact


def without_noise(number: Decimal) -> Decimal:
    """Round the result of a formula to what is no noise of its arithmetic.

    >>> without_noise(Decimal("2.99999999999998"))
    Decimal('3')
    """
    if number.adjusted() >= _MOST_DIGITS:
        return number
    return number.quantize(_NOISE, ROUND_HALF_UP, _EXACT).normalize(_EXACT)


def figure_text(number: Decimal, number_format: str = GENERAL, *, computed: bool = False) -> str:
    """Write a number as its cell shows it: decimal comma, and dots between groups where the format has them.

    A format of whole numbers never hides a fraction, a format without places never hides the number, and
    a scale of thousands is undone: then the number is written plainly. The result of a formula
    (``computed``) loses noise up to 1e-9.

    >>> figure_text(Decimal("0.997"), "0.0%"), figure_text(Decimal("0.997"))
    ('99,7%', '0,997')
    >>> figure_text(Decimal(786000), "#,##0"), figure_text(Decimal("12.5"), "0")
    ('786.000', '12,5')
    """
    if computed:
        number = without_noise(number)
    sections = _sections_of(number_format)
    chosen = 1 if number < 0 else 0 if number else 2
    section = sections[chosen if chosen < len(sections) else 0]
    return _plain(number) if section is None else _shown(number, section)


def _plain(number: Decimal) -> str:
    if not number:
        return "0"
    if abs(number.adjusted()) >= _MOST_DIGITS:
        return f"{number.normalize(_EXACT):E}".replace(".", ",")
    whole, _, decimals = f"{number:f}".partition(".")
    decimals = decimals.rstrip("0")
    return f"{whole},{decimals}" if decimals else whole


def _shown(number: Decimal, section: _Section) -> str:
    scaled = number.copy_abs().scaleb(section.power, _EXACT)
    rounded = scaled.quantize(Decimal(1).scaleb(-section.most_decimals), ROUND_HALF_UP, _EXACT)
    hides_fraction = section.most_decimals == section.power == 0 and rounded != scaled
    if hides_fraction or scaled.adjusted() >= _MOST_DIGITS:
        return _plain(number)
    whole, _, decimals = f"{rounded:f}".partition(".")
    whole = whole.lstrip("0").rjust(section.least_digits, "0")
    if section.has_groups:
        whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ".", whole)
    decimals = decimals.rstrip("0").ljust(section.least_decimals, "0")
    figure = (whole or "0") + ("," + decimals if decimals else "")
    sign = "-" if number < 0 and rounded else ""
    return f"{sign}{section.prefix}{figure}{section.suffix}".strip()


@lru_cache(maxsize=512)
def _sections_of(number_format: str) -> tuple[_Section | None, ...]:
    """Read a format; a section that does not show the number in one plain run of digits gives None."""
    if len(number_format) > _LONGEST_FORMAT:
        return (None,)
    sections: list[_Section | None] = []
    tokens: list[tuple[str, str]] = []
    for found in _TOKEN.finditer(number_format):
        kind = found.lastgroup or ""
        if kind == "next":
            sections.append(_section_of(tokens))
            tokens = []
        else:
            tokens.append((kind, found[kind]))
    return (*sections, _section_of(tokens))


def _section_of(tokens: list[tuple[str, str]]) -> _Section | None:
    kinds = [kind for kind, _ in tokens]
    if kinds.count("places") != 1 or "unread" in kinds:
        return None
    middle = kinds.index("places")
    places = _PLACES.fullmatch(tokens[middle][1])
    if places is None or len(places[0]) > _MOST_PLACES:
        return None
    whole, decimals = places[1] or "", places[2] or ""
    return _Section(
        prefix=_literal(tokens[:middle]),
        suffix=_literal(tokens[middle + 1 :]),
        least_digits=whole.count("0"),
        least_decimals=decimals.count("0"),
        most_decimals=len(decimals),
        has_groups="," in whole,
        power=2 * sum(token == ("other", "%") for token in tokens),
    )


def _literal(tokens: list[tuple[str, str]]) -> str:
    return "".join(text for kind, text in tokens if kind in _LITERALS).translate(_SIGNS)
