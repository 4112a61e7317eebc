"""The checks of the wording: slips of spelling, phrases written twice, terms replaced, a place without its marks."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.findings import Finding, make_finding
from cchc_calc.remembering import remembered
from cchc_calc.spelling import clean, without_marks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from cchc_calc.document import Paragraph
    from cchc_calc.report import Report

_LONGEST_REPEAT: Final = 5
_TOKEN: Final = re.compile(r"\w+|[^\w\s]")
_LETTERS: Final = "aàáảãạăằắẳẵặâầấẩẫậdđeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"


@dataclass(frozen=True, slots=True)
class Slip:
    """A wrong spelling, in lower case, with the right one and what must or must not stand beside it."""

    wrong: str
    right: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Term:
    """A term that was replaced: the ``new`` one, since when and by which source, and where the old ones stand."""

    new: str
    since: date
    source: str
    pattern: re.Pattern[str]


def check_wording(report: Report) -> Iterator[Finding]:
    """Yield the slips, repetitions and outdated terms of a report's prose, and a place without its marks.

    The prose is taken to be clean.
    """
    yield from _place_without_marks(report)
    yield from _slips(report)
    yield from _repetitions(report)
    yield from _outdated_terms(report)


def find_repetitions(text: str) -> tuple[str, ...]:
    """Find the phrases of two or more syllables that are written twice in a row, each as printed once.

    A doubled syllable ("luôn luôn") is Vietnamese and no repetition; neither is a phrase after a comma.

    >>> find_repetitions("Công văn về Triển khai Triển khai giải pháp luôn luôn đúng hạn")
    ('Triển khai',)
    """
    return _known_repetitions(clean(text))


def _all_repetitions(text: str) -> tuple[str, ...]:
    return tuple(_repetitions_in(text))


_known_repetitions = remembered(_all_repetitions)


def _repetitions_in(text: str) -> Iterator[str]:
    words = _TOKEN.findall(text.casefold())
    last: dict[str, int] = {}
    distance = run = 0
    for place, word in enumerate(words):
        gap = place - last.get(word, -_LONGEST_REPEAT)
        run = run + 1 if gap == distance else 1
        distance = gap
        last[word] = place
        if run == distance and 2 <= distance <= _LONGEST_REPEAT and _is_phrase(words[place - run + 1 : place + 1]):
            yield " ".join(_TOKEN.findall(text)[place - run + 1 : place + 1])


def _is_phrase(words: list[str]) -> bool:
    return all(word.isalpha() for word in words) and " ".join(words) not in _allowed_repeats()


def _repetitions(report: Report) -> Iterator[Finding]:
    for paragraph in report.prose:
        for phrase in _known_repetitions(paragraph.text):
            message = f"{paragraph.where}: “{phrase}” được viết hai lần liền nhau."
            yield make_finding(
                "repeated_words", message, where=paragraph.where, found=f"{phrase} {phrase}", expected=phrase
            )


def _slips(report: Report) -> Iterator[Finding]:
    possible = [(paragraph, slip) for paragraph in report.prose for slip in _known_slips(paragraph.text)]
    for slip in slips() if possible else ():
        found = _places([paragraph for paragraph, one in possible if one is slip], slip.pattern)
        if found:
            where, printed = found[0]
            right = _in_case_of(printed, slip.right)
            message = f"{where}: “{printed}”{_again(found)} viết đúng là “{right}”."
            yield make_finding("misspelling", message, where=where, found=printed, expected=right)


def _possible_slips(text: str) -> tuple[Slip, ...]:
    lower = text.casefold()
    return tuple(slip for slip in slips() if slip.wrong in lower)


_known_slips = remembered(_possible_slips)


def _in_case_of(printed: str, right: str) -> str:
    if printed.isupper():
        return right.upper()
    return right[0].upper() + right[1:] if printed[0].isupper() else right


def _outdated_terms(report: Report) -> Iterator[Finding]:
    written = report.issued or (report.period.end if report.period else None)
    for term in terms():
        if written is None or written < term.since:
            continue
        found = _places(report.prose, term.pattern)
        if found:
            where, printed = found[0]
            message = f"{where}: “{printed}”{_again(found)} đã được thay bằng “{term.new}” theo {term.source}."
            yield make_finding("outdated_term", message, where=where, found=printed, expected=term.new)


def _places(prose: Iterable[Paragraph], pattern: re.Pattern[str]) -> list[tuple[str, str]]:
    return [(paragraph.where, match[0]) for paragraph in prose for match in pattern.finditer(paragraph.text)]


def _again(found: list[tuple[str, str]]) -> str:
    return f" (tất cả {len(found)} chỗ)" if len(found) > 1 else ""


def _place_without_marks(report: Report) -> Iterator[Finding]:
    place = report.head.place if report.head else ""
    if not place or not place.isascii():
        return
    spelled = re.compile(rf"(?<!\w){''.join(map(_any_marks, place))}(?!\w)")
    # A name of one syllable, such as Vinh, is part of many other names.
    texts = [paragraph.text for paragraph in report.prose] if " " in place else []
    for text in (report.unit, *texts):
        for match in spelled.finditer(text):
            if match[0] != place:
                where = next((line.where for line in report.prose if place in line.text), "")
                message = f"{where}: địa danh “{place}” viết không dấu; trong bài là “{match[0]}”."
                yield make_finding(
                    "misspelling", message, where=where, found=place, expected=match[0], cause="no_marks"
                )
                return


def _any_marks(letter: str) -> str:
    """Return a pattern for a letter with any marks on it, in its own case."""
    marked = _marked_letters().get(letter.lower())
    if marked is None:
        return re.escape(letter)
    return f"[{marked.upper() if letter.isupper() else marked}]"


@cache
def _marked_letters() -> dict[str, str]:
    bare = {letter: without_marks(letter) for letter in _LETTERS}
    return {base: "".join(letter for letter in bare if bare[letter] == base) for base in bare.values()}


@cache
def slips() -> tuple[Slip, ...]:
    """Return the known slips of spelling.

    >>> next(slip.right for slip in slips() if slip.wrong == "thch")
    'TTHC'
    """
    return tuple(_slip(entry) for entry in _data()["slip"])


@cache
def terms() -> tuple[Term, ...]:
    """Return the terms that have been replaced.

    >>> terms()[0].since.isoformat()
    '2022-08-15'
    """
    return tuple(
        Term(
            entry["new"],
            entry["since"],
            entry["source"],
            re.compile(rf"(?:{'|'.join(map(re.escape, entry['old']))})(?!\w)", re.IGNORECASE),
        )
        for entry in _data()["term"]
    )


def _slip(entry: dict[str, str]) -> Slip:
    before = rf"(?<=[\w,;:] )(?<!\b{entry['not_preceded_by']} )" if "not_preceded_by" in entry else ""
    after = rf"(?= (?:{entry['followed_by']}))" if "followed_by" in entry else ""
    if "not_followed_by" in entry:
        after += rf"(?! (?:{entry['not_followed_by']})(?!\w))"
    pattern = rf"(?<!\w){before}{re.escape(entry['wrong'])}(?!\w){after}"
    return Slip(entry["wrong"], entry["right"], re.compile(pattern, re.IGNORECASE))


@cache
def _allowed_repeats() -> frozenset[str]:
    return frozenset(_data()["repeats"]["allowed"])


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((resources.files("cchc_calc.prose") / "wording.toml").read_text(encoding="utf-8"))
