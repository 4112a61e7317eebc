"""The checks of cited documents and of dates: numbers miswritten, types mixed up, dates that cannot be."""

from __future__ import annotations

import re
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from cchc_calc.findings import Finding, make_finding
from cchc_calc.periods import find_dates, written_day
from cchc_calc.prose.citations import Citation, abbreviations, citations_in, document_types, known_codes
from cchc_calc.spelling import clean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TypeAlias

    from cchc_calc.document import Paragraph
    from cchc_calc.periods import FoundDate
    from cchc_calc.report import Report

    Cited: TypeAlias = tuple[Paragraph, Citation]
    Dated: TypeAlias = tuple[Paragraph, tuple[FoundDate, ...]]

_OPENING: Final = 4
_COMPARED: Final = 12
_ALIKE: Final = Fraction(17, 20)
_EMPTY_WORDS: Final = frozenset({"của", "về", "việc", "và", "các", "trong"})
_FULL_YEAR: Final = re.compile(r"(?<!\d)\d{4}$")
_WORD: Final = re.compile(r"\w+")
_HINT_OF_DATE: Final = re.compile(r"\d ?[/.-] ?\d{4}|\d,? năm \d")


def check_citations(report: Report) -> Iterator[Finding]:
    """Yield what is wrong with the documents a report cites and with the dates it gives.

    Each fault is told once, at its first place, however often the document is cited. The prose is taken to
    be clean.
    """
    dated = [(paragraph, _dates(paragraph.text)) for paragraph in report.prose]
    cited = [(paragraph, citation) for paragraph, dates in dated for citation in citations_in(paragraph.text, dates)]
    told: set[tuple[str, str]] = set()
    for finding in (*_findings(report, cited), *_impossible_dates(dated, cited)):
        if (finding.rule, finding.found) not in told:
            told.add((finding.rule, finding.found))
            yield finding


def _findings(report: Report, cited: list[Cited]) -> Iterator[Finding]:
    codes = _codes(cited)
    for paragraph, citation in cited:
        yield from _malformed(paragraph, citation, codes)
        yield from _type_differs(paragraph, citation)
        yield from _year_differs(paragraph, citation)
        yield from _in_future(paragraph, citation, report)
    yield from _reused(cited)


def _dates(text: str) -> tuple[FoundDate, ...]:
    return find_dates(text) if _HINT_OF_DATE.search(text) else ()


def _codes(cited: list[Cited]) -> dict[str, str]:
    """Map codes without their hyphen to codes with it: the known ones and those the document itself uses."""
    codes = known_codes().union(citation.code for _, citation in cited if "-" in citation.code)
    return {code.replace("-", "").casefold(): code for code in codes}


def _malformed(paragraph: Paragraph, citation: Citation, codes: dict[str, str]) -> Iterator[Finding]:
    code = citation.code
    hyphenated = codes.get(code.casefold(), code) if not {"-", "/"} & set(code) else code
    expected = citation.name.removesuffix(code) + hyphenated
    if citation.printed == expected:
        return
    if hyphenated != code:
        cause, fault = "missing_hyphen", "thiếu dấu gạch nối"
    elif "//" in citation.printed:
        cause, fault = "double_slash", "thừa dấu gạch chéo"
    elif any(blank.isspace() for blank in citation.printed):
        cause, fault = "blank", "có khoảng trắng bên trong"
    else:
        cause, fault = "dash", "dùng dấu gạch dài thay dấu gạch nối"
    message = f"{paragraph.where}: số, ký hiệu “{citation.printed}” {fault}; viết đúng là “{expected}”."
    yield make_finding(
        "citation_malformed", message, where=paragraph.where, found=citation.printed, expected=expected, cause=cause
    )


def _type_differs(paragraph: Paragraph, citation: Citation) -> Iterator[Finding]:
    named = document_types().get(citation.word.casefold())
    letters, _, rest = citation.code.partition("-")
    printed = next((kind for kind in document_types().values() if kind.code and kind.code == letters), None)
    # Letters such as CT and KH also name offices, so only a known pair of type and issuer tells the type.
    if named is None or printed is None or named is printed or rest.partition("-")[0] not in printed.issuers:
        return
    found = f"{citation.word} số {citation.name}"
    message = (
        f"{paragraph.where}: gọi là “{citation.word}” nhưng ký hiệu {citation.name} là của {printed.word.lower()} "
        f"({printed.code})."
    )
    yield make_finding(
        "citation_type_differs",
        message,
        where=paragraph.where,
        found=found,
        expected=f"{printed.word} số {citation.name}",
    )


def _year_differs(paragraph: Paragraph, citation: Citation) -> Iterator[Finding]:
    if citation.year is None or citation.day is None or citation.day.year == citation.year:
        return
    found = _dated(citation)
    expected = f"{citation.day.day}/{citation.day.month}/{citation.year}"
    message = (
        f"{paragraph.where}: {found}: năm trong ký hiệu là {citation.year}, năm ban hành ghi {citation.day.year}; "
        f"nếu ký hiệu đúng thì là ngày {expected}."
    )
    yield make_finding("citation_year_differs", message, where=paragraph.where, found=found, expected=expected)


def _in_future(paragraph: Paragraph, citation: Citation, report: Report) -> Iterator[Finding]:
    if report.issued is None or citation.day is None or citation.day <= report.issued:
        return
    issued = written_day(report.issued)
    found = _dated(citation)
    message = f"{paragraph.where}: văn bản dẫn ra {found} có sau ngày của báo cáo này ({issued})."
    yield make_finding(
        "date_in_future", message, where=paragraph.where, found=found, expected=f"không sau ngày {issued}"
    )


def _reused(cited: list[Cited]) -> Iterator[Finding]:
    titled: dict[object, Citation] = {}
    for paragraph, citation in cited:
        if citation.day is None or not citation.title:
            continue
        first = titled.setdefault((citation.identity, citation.day), citation)
        if not is_same_title(first.title, citation.title):
            message = (
                f"{paragraph.where}: {_dated(citation)} được dẫn cho hai nội dung: "
                f"“{_short(first.title)}” và “{_short(citation.title)}”."
            )
            yield make_finding(
                "citation_reused",
                message,
                where=paragraph.where,
                found=_dated(citation),
                expected="mỗi số, ngày một văn bản",
            )


def is_same_title(one: str, other: str) -> bool:
    """Tell whether two titles may be of one document: alike at their opening, or in most of their words.

    A title is often printed in full once and shortened after that, with or without abbreviations.

    >>> is_same_title("Kế hoạch kiểm soát thủ tục hành chính năm 2023", "Kế hoạch kiểm soát TTHC")
    True
    >>> is_same_title("điều chỉnh phân công nhiệm vụ của thành viên UBND", "phân công nhiệm vụ của công chức")
    False
    """
    first, second = _title_words(one), _title_words(other)
    opening = min(_OPENING, len(first), len(second))
    if first[:opening] == second[:opening]:
        return True
    shorter, longer = sorted((first, second), key=len)
    # What runs on behind a title belongs to the sentence, so only its first words are looked for.
    compared = set(shorter[:_COMPARED])
    return len(compared.intersection(longer)) >= _ALIKE * len(compared)


def _title_words(title: str) -> list[str]:
    text = clean(title).casefold()
    for phrase, short in abbreviations().items():
        text = text.replace(phrase, short)
    return [word for word in _WORD.findall(text) if word not in _EMPTY_WORDS]


def _dated(citation: Citation) -> str:
    return f"{citation.name} ngày {citation.date_text.removeprefix('ngày ')}"


def _short(title: str) -> str:
    return title if len(title) <= 60 else f"{title[:60].rpartition(' ')[0]}…"


def _impossible_dates(dated: list[Dated], cited: list[Cited]) -> Iterator[Finding]:
    elsewhere = _dates_elsewhere(cited)
    for paragraph, dates in dated:
        for found in dates:
            # A year of two digits is short, not impossible.
            if found.day is None and _FULL_YEAR.search(found.text):
                expected = elsewhere.get(found.text, "")
                message = f"{paragraph.where}: ngày “{found.text}” không có thật: {found.fault}."
                if expected:
                    message += f" Chỗ khác trong bài, cùng văn bản này ghi ngày {expected}."
                yield make_finding(
                    "date_impossible", message, where=paragraph.where, found=found.text, expected=expected
                )


def _dates_elsewhere(cited: list[Cited]) -> dict[str, str]:
    """Map dates that cannot be to the date with which the same document is cited elsewhere."""
    dates = {citation.identity: citation.date_text for _, citation in cited if citation.day}
    return {
        citation.date_text: dates[citation.identity]
        for _, citation in cited
        if not citation.day and citation.identity in dates
    }
