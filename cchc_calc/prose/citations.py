"""Cited documents: "Kế hoạch số 979/KH-UBND ngày 18/7/2023 của UBND phường về …", found and taken apart."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from cchc_calc.periods import FoundDate, find_dates
from cchc_calc.spelling import clean

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class DocumentType:
    """A type of document: its word, its letters in a number (empty for a công văn), and who issues it so."""

    word: str
    code: str
    issuers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """One cited document; a part that is not printed is empty or ``None``.

    ``printed`` is the number as printed ("1779//BC-UBND"), ``word`` the type named before it, ``year`` the
    one inside the number (61/2018/NĐ-CP), ``code`` the letters written as they should be, ``date_text`` the
    date as printed, also where it cannot be.
    """

    printed: str
    word: str
    number: str
    year: int | None
    code: str
    day: date | None
    date_text: str
    title: str

    @property
    def name(self) -> str:
        """Return the number as it should be printed, but for a hyphen that is missing inside the code.

        >>> find_citations("Số: 9758 /BC-UBND")[0].name
        '9758/BC-UBND'
        """
        if "/" in self.code:
            return f"{self.number}-{self.code}"
        return "/".join(str(part) for part in (self.number, self.year, self.code) if part)

    @property
    def identity(self) -> tuple[int, int | None, str]:
        """Return what two citations of one document share."""
        return int(self.number), self.year, self.code.replace("-", "").casefold()


def find_citations(text: str) -> tuple[Citation, ...]:
    """Find the documents cited in a text by their number, in the order written.

    A document named without a number ("Luật Cư trú") or by bare figures ("QĐ 1150") is not found.

    >>> found = find_citations("Kế hoạch số 979/KH-UBND ngày 18/7/2023 của UBND phường về Nâng cao mức độ hài lòng")[0]
    >>> found.word, found.name, found.day.isoformat(), found.title
    ('Kế hoạch', '979/KH-UBND', '2023-07-18', 'Nâng cao mức độ hài lòng')
    """
    text = clean(text)
    return citations_in(text, find_dates(text))


def citations_in(text: str, dates: tuple[FoundDate, ...]) -> tuple[Citation, ...]:
    """Find the documents cited in a clean text of which the dates are known."""
    if "/" not in text:
        return ()
    numbers = [found for found in _patterns()["number"].finditer(text) if _is_code(found)]
    words = [_patterns()["word"].search(text, max(0, found.start() - 30), found.start()) for found in numbers]
    begins = [(word or found).start() for word, found in zip(words, numbers, strict=True)]
    ends = [*begins[1:], len(text)]
    return tuple(
        _citation(text, found, word["word"] if word else "", end, dates)
        for found, word, end in zip(numbers, words, ends, strict=False)
    )


@cache
def document_types() -> dict[str, DocumentType]:
    """Return the known types by their word in lower case.

    >>> document_types()["báo cáo"].code
    'BC'
    """
    return {
        entry["word"].casefold(): DocumentType(entry["word"], entry["code"], tuple(entry["issuers"]))
        for entry in _data()["type"]
    }


@cache
def known_codes() -> frozenset[str]:
    """Return every known code, such as "NĐ-CP" and "KH-UBND"."""
    return frozenset(
        f"{kind.code}-{issuer}" for kind in document_types().values() if kind.code for issuer in kind.issuers
    )


@cache
def abbreviations() -> dict[str, str]:
    """Return the phrases that titles also print as an abbreviation, in lower case."""
    return {phrase: short for short, phrases in _data()["abbreviations"].items() for phrase in phrases}


def _citation(text: str, found: re.Match[str], word: str, end: int, dates: tuple[FoundDate, ...]) -> Citation:
    place = bisect_left(dates, found.end(), key=lambda day: day.start)
    dated = next((day for day in dates[place : place + 1] if _belongs(text, found, day)), None)
    title = _patterns()["title"].match(text, dated.end if dated else found.end(), end)
    return Citation(
        printed=found[0],
        word=word,
        number=found["number"] or found["party_number"],
        year=int(found["year"]) if found["year"] else None,
        code=re.sub(r" ?[-–] ?", "-", found["code"] or found["party_code"]),
        day=dated.day if dated else None,
        date_text=dated.text if dated else "",
        title=title["title"].strip(" ,:") if title else "",
    )


def _is_code(found: re.Match[str]) -> bool:
    """Tell QĐ-UBND and UBND, which are codes, from the "Quý" of "01/Quý"."""
    code: str = found["code"] or found["party_code"]
    return sum(letter.isupper() for letter in code) > 1


def _belongs(text: str, found: re.Match[str], day: FoundDate) -> bool:
    between = text[found.end() : day.start]
    return bool(_patterns()["until date"].fullmatch(between)) and "ngày" in (between + day.text).casefold()


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    types = document_types().values()
    words = "|".join(kind.word for kind in types)
    codes = "|".join(kind.code for kind in types if kind.code)
    issuers = "|".join({issuer for kind in types for issuer in kind.issuers})
    slash, part = r"\s?/{1,2}\s?", r"[A-ZĐ][A-Za-zĐđ]{0,12}\d{0,2}"
    # A blank beside the hyphen is taken only between a type and its issuer: "KH-UBND - Phòng" is two things.
    spaced = rf"(?:{codes})\s?[-–]\s?(?:{issuers})"
    return {
        "number": re.compile(
            rf"(?<![\w/.,–-])(?:(?P<number>\d{{1,6}}){slash}(?:(?P<year>(?:19|20)\d\d){slash})?"
            rf"(?P<code>(?:{spaced}|{part})(?:-{part}){{0,3}})"
            rf"|(?P<party_number>\d{{1,6}})-(?P<party_code>{part}/{part}))(?![\w/])"
        ),
        "word": re.compile(rf"(?<!\w)(?P<word>{words}|{codes}|CV)(?: số)? ?:? ?\Z", re.IGNORECASE),
        "until date": re.compile(r"[ ,;(]{0,3}(?:ban hành |ký )?(?:ngày )?", re.IGNORECASE),
        "title": re.compile(
            r"[, )]{0,3}(?:của [^;:().,]{2,80}? )?(?:về|v/v)(?: việc)? "
            r"(?!UBND|Ủy ban|Sở|Phòng|Văn phòng|đơn vị)(?P<title>[^;.()]{3,240})",
            re.IGNORECASE,
        ),
    }


@cache
def _data() -> dict[str, Any]:
    text = (resources.files("cchc_calc.prose") / "citations.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
