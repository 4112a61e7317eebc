"""Who reports, under which number, on which day and for which period: read from the head of a document."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.periods import find_dates, read_period
from cchc_calc.spelling import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from cchc_calc.document import Paragraph
    from cchc_calc.periods import Period

_HEAD: Final = 25
"""So many paragraphs make the head of a document."""
_LETTERHEAD: Final = 8
"""Among so many lines of it stands who issues the document."""

LEVEL_OF_KIND: Final = {
    "phường": "commune",
    "xã": "commune",
    "thị trấn": "commune",
    "đặc khu": "commune",
    "quận": "district",
    "huyện": "district",
    "thị xã": "district",
    "thành phố": "district",
    "tỉnh": "province",
}
CENTRAL_CITIES: Final = frozenset({"Hà Nội", "Hồ Chí Minh", "Hải Phòng", "Đà Nẵng", "Cần Thơ", "Huế"})
"""The cities directly under the central government, which stand where a province stands."""

_SHORT_KINDS: Final = {"tp": "thành phố", "tx": "thị xã", "tt": "thị trấn", "p": "phường", "q": "quận", "h": "huyện"}
_KIND = "|".join([*LEVEL_OF_KIND, *(rf"{short}\b\.?" for short in _SHORT_KINDS)])
_WORD = r"(?:[^\W\d_]['’\w]*|\d{1,2}(?![\d/]))"
_UNIT = re.compile(
    rf"(?:UBND|[uủ][yỷ] ban nhân dân)\s+(?P<kind>{_KIND})\s*"
    rf"(?P<name>(?<=[\s.]){_WORD}(?:\s+(?:[-–]\s+)?{_WORD}){{0,4}})",
    re.IGNORECASE,
)
_STATE_MOTTO = re.compile(r"\s*(?:cộng h(?:òa|oà) xã hội|độc lập\s*[-–]).*", re.IGNORECASE)
_BELOW = re.compile(r"^(?:xã|phường|thị trấn)\s+\S", re.IGNORECASE)
_OFFICE = re.compile(r"^(?:UBND|[uủ][yỷ] ban nhân dân)(?!\w)", re.IGNORECASE)
_ADDRESSEE = re.compile(r"^\W*(?:kính gửi|nơi nhận)", re.IGNORECASE)
# A cell of Word joins its lines by blanks; the number and the state's motto each begin or end a line.
_COLUMNS = re.compile(r"[|\t]|<br ?/?>|(?<=\S) (?=Số ?: ?\d)|(?<=[Hh]ạnh phúc) (?=\S)")
_NUMBER = re.compile(r"^\W*Số\s*:?\s*(?P<number>\d{1,6})\s*(?P<code>/+\s*[\w-]{2,20})", re.IGNORECASE)
_PLACE_AND_DAY = re.compile(
    r"^\W*(?:Số\s*:?\s*\d{0,6}\s*/+\s*[\w-]{2,20}\s+)?(?P<place>[^,\d]{2,40}),\s*ngày\s", re.IGNORECASE
)
_ANNEXED = re.compile(
    r"^\W*kèm theo báo cáo(?:\s+số\s*:?\s*(?P<number>\d{1,6})\s*(?P<code>/+\s*[\w-]{2,20}))?.*?\sngày\s", re.IGNORECASE
)
_PERIOD_BEGINS = re.compile(
    r"(?:quý\s+(?:iv|i{1,3}|[1-4])|tháng\s+\d{1,2}|\d{1,2}\s+tháng|năm\s+(?:19|20)\d\d)(?!\w)", re.IGNORECASE
)
_SUBJECT = re.compile(r"\s+(?:báo cáo|tại|trình|kính)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The head of a document; a part that is not there is empty or ``None``."""

    unit: str
    level: str
    number: str
    number_as_printed: str
    place: str
    issued: date | None
    period: Period | None
    title: str


def read_letterhead(paragraphs: Sequence[Paragraph], title: str = "") -> Letterhead:
    """Read the head of a document; ``title`` is that of the form, which names the unit most surely."""
    head = [line for paragraph in paragraphs[:_HEAD] for line in _lines(paragraph.text)]
    unit = find_unit(title, head, (paragraph.text for paragraph in paragraphs))
    # An annex names the report that it belongs to, instead of a number and a day of its own.
    annexed = next((found for text in head if (found := _ANNEXED.match(text))), None)
    number = next((found for text in head if (found := _NUMBER.match(text))), None)
    if number is None and annexed is not None and annexed["number"]:
        number = annexed
    dated = next(((place[1], text) for text in head if (place := _PLACE_AND_DAY.match(text))), ("", ""))
    if not dated[1] and annexed is not None:
        dated = "", annexed.string
    days = [found.day for found in find_dates(dated[1]) if found.day is not None]
    titles = [text for text in head if text.isupper() and len(text) > 12]
    return Letterhead(
        unit=unit,
        level=level_of(unit),
        number=re.sub(r"\s+|(?<=/)/+", "", f"{number['number']}{number['code']}") if number else "",
        number_as_printed=number[0] if number else "",
        place=dated[0].strip(),
        issued=days[0] if days else None,
        period=_period(head),
        title=next((text for text in titles if "CỘNG HÒA" not in text and "ỦY BAN" not in text), ""),
    )


def find_unit(title: str, head: Sequence[str], texts: Iterable[str]) -> str:
    """Name the reporting unit: by the form's title, the letterhead, who "báo cáo", or the most named one."""
    if units := _units(title):
        return units[0]
    if unit := _issuer(head):
        return unit
    counts: Counter[str] = Counter()
    for text in texts:
        for found in () if _ADDRESSEE.match(text) else _UNIT.finditer(clean(text)):
            name = _proper(found)
            if name:
                reports = _SUBJECT.match(found.string, found.start() + len(_printed(found)))
                counts[name] += 5 if reports else 1
    return counts.most_common(1)[0][0] if counts else ""


def _lines(text: str) -> list[str]:
    """Part a line of the head into its columns, which a Markdown table or an editor joins."""
    columns = (clean(column).strip("*_ ") for column in _COLUMNS.split(text))
    return [column for column in columns if any(map(str.isalnum, column))]


def _issuer(head: Sequence[str]) -> str:
    """Name who issues a document: the lowest office of its letterhead, for the one above stands over it."""
    lines = [_STATE_MOTTO.sub("", line) for line in head[:_LETTERHEAD]]
    unit, office = "", ""
    for line in filter(None, lines):
        if _OFFICE.match(line):
            office = line
        elif office and line.isupper() and (_BELOW.match(line) or not _units(office)):
            # The kind and the name of the unit may stand on lines of their own.
            office = f"UBND {line}" if _BELOW.match(line) else f"{office} {line}"
        elif office or not line.isupper():
            break
        if named := _units(office):
            unit = named[0]
    return unit


def level_of(unit: str) -> str:
    """Name the level of administration of a unit; a unit without a name is taken for a commune.

    >>> level_of("UBND phường Phương Sơn"), level_of("UBND thành phố Hà Nội"), level_of("UBND thành phố Đà Lạt")
    ('commune', 'province', 'district')
    """
    for kind, level in LEVEL_OF_KIND.items():
        if unit.casefold().startswith(f"ubnd {kind}"):
            return "province" if unit.removeprefix("UBND thành phố ") in CENTRAL_CITIES else level
    return "commune"


def _period(head: Sequence[str]) -> Period | None:
    # Dates say more than the name of a quarter, wherever in the head they stand.
    periods = [period for text in head[:12] if (period := read_period(text)) is not None]
    return next((period for period in periods if period.kind == "range"), periods[0] if periods else None)


def _units(text: str) -> list[str]:
    return [name for found in _UNIT.finditer(clean(text)) if (name := _proper(found))]


def _printed(found: re.Match[str]) -> str:
    """Return the match up to the last word that belongs to a proper name."""
    first = found["name"].split()[0]
    shouted = len(first) > 1 and first.isupper()
    end = 0
    for word in re.finditer(r"\S+", found["name"]):
        is_proper = word[0].isupper() if shouted else word[0][0].isupper()
        if word[0] in "-–":
            continue
        if end and _PERIOD_BEGINS.match(found.string, found.start("name") + word.start()):
            break
        if not (is_proper or word[0].isdigit()):
            break
        end = word.end()
        if word[0].isdigit():
            break
    return found.string[found.start() : found.start("name") + end] if end else ""


def _proper(found: re.Match[str]) -> str:
    printed = _printed(found)
    if not printed:
        return ""
    name = printed[found.start("name") - found.start() :]
    if name.isupper():
        name = " ".join(word.capitalize() for word in name.split())
    kind = found["kind"].casefold().rstrip(".")
    return f"UBND {_SHORT_KINDS.get(kind, kind)} {name}"
