"""The clauses of an objective: what it asks for one by one, joint or as alternatives."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from cchc_calc.numerals import parse_figures
from cchc_calc.objectives.wording import begins_clause
from cchc_calc.spelling import clean, without_markup

if TYPE_CHECKING:
    from collections.abc import Iterator

_LIST_ITEM: Final = re.compile(r"\n\s*(?=[-+•–*]\s|[a-zđ]\)\s)")
_LIST_ON_ONE_LINE: Final = re.compile(r"(?<=\S)\s+[-+•–*]\s+(?=[A-ZÀ-ỸĐ\d])")
_DASHES: Final = ("-", "+", "•", "–", "*")
_MARKER: Final = re.compile(r"^(?:[-+•–*.,:]+\s*|[a-zđ]\)\s*|\(?\d{1,2}\)\s*)+")
# A point behind a short form ("TP. Nha Trang") ends no sentence, nor does one before a remark in brackets.
_END: Final = re.compile(
    r"(?<!\bTP)(?<!\bTT)(?<!\bTX)(?<!\bQ)(?<!\bP)(?<!\bH)[.](?=\s+[^\s(])|;(?!\s*\()", re.IGNORECASE
)
_OR: Final = re.compile(r"[(\[;,]?\s*(?<![/\w])(?:hoặc|hay)(?:\s+là)?\s+", re.IGNORECASE)
_AND: Final = re.compile(r",\s+(?:và\s+)?|\s+(?:và|đồng thời)\s+", re.IGNORECASE)
_WORD: Final = re.compile(r"[^\W\d_]+")
_LEAST_WORDS: Final = 2
"""A clause has at least so many words beside its figure."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One thing asked for, in the words of the objective; clauses of one ``group`` are alternatives."""

    text: str
    group: int


def split_clauses(text: str) -> tuple[Clause, ...]:
    """Part an objective into its clauses.

    Sentences, semicolons and list items are joint; a leading rate begins a clause even where the end of the sentence
    before was lost; "hoặc" between two clauses with a figure each makes alternatives. Two figures that nothing parts
    stay in one clause. A text without words gives no clause.

    >>> for clause in split_clauses("Đạt 25% hồ sơ (hoặc 45% thủ tục công bố); niêm yết."):
    ...     print(clause.group, clause.text)
    1 Đạt 25% hồ sơ
    1 45% thủ tục công bố
    2 niêm yết
    """
    clauses: list[Clause] = []
    group = 0
    for sentence in _sentences(text):
        either = _OR.match(sentence) if clauses and figure_spans(sentence) and figure_spans(clauses[-1].text) else None
        for part, is_alternative in _parts(sentence[either.end() :] if either else sentence):
            trimmed = _trimmed(part)
            if _WORD.search(trimmed) or figure_spans(trimmed):
                group += not (is_alternative or either)
                clauses.append(Clause(trimmed, group))
            either = None
    return tuple(clauses)


def figure_spans(text: str) -> list[tuple[int, int]]:
    """Give the places of the figures with their comparators and units, of "n/m" as one.

    >>> [text[start:end] for text in ["đúng hạn 18/18 hồ sơ, trễ không quá 2%"] for start, end in figure_spans(text)]
    ['18/18 hồ sơ', 'không quá 2%']
    """
    spans: list[tuple[int, int]] = []
    for figure in parse_figures(text):
        if figure.role == "denominator" and spans:
            spans[-1] = (spans[-1][0], figure.end)
        else:
            spans.append((figure.start, figure.end))
    return spans


def says_what(text: str) -> bool:
    """Tell whether a text has words of its own beside its figures.

    >>> says_what("không quá 2%"), says_what("trễ hạn không quá 2%")
    (False, True)
    """
    for start, end in reversed(figure_spans(text)):
        text = f"{text[:start]} {text[end:]}"
    return len(_WORD.findall(text)) >= _LEAST_WORDS


def _sentences(text: str) -> Iterator[str]:
    lines = _LIST_ITEM.split(without_markup(text))
    is_list = lines[0].lstrip().startswith(_DASHES)
    for item in (item for line in lines for item in (_LIST_ON_ONE_LINE.split(line) if is_list else [line])):
        plain = clean(item)
        ends = [end.span() for end in _END.finditer(plain) if not _is_inside_brackets(plain, end.start())]
        for sentence in _cut(plain, ends):
            spans = figure_spans(sentence)
            starts = [start for start, end in spans if begins_clause(sentence[:start], sentence[end:])]
            yield from _cut(sentence, [(start, start) for start in starts])


def _parts(sentence: str) -> Iterator[tuple[str, bool]]:
    """Part a sentence with several figures, and tell of each part whether it is an alternative to the one before."""
    spans = figure_spans(sentence)
    ends = [*(start for start, _ in spans[2:]), len(sentence)]
    begin, is_alternative = 0, False
    for ((_, end), (start, _)), reach in zip(pairwise(spans), ends, strict=False):
        either = _OR.search(sentence, end, start)
        cut = either or _joint_cut(sentence, end, start)
        if cut and says_what(sentence[begin : cut.start()]) and says_what(sentence[cut.end() : reach]):
            yield sentence[begin : cut.start()], is_alternative
            begin, is_alternative = cut.end(), either is not None
    yield sentence[begin:], is_alternative


def _joint_cut(sentence: str, end: int, start: int) -> re.Match[str] | None:
    """Find where two conditions meet: right behind the first figure, else as close before the second as may be."""
    cuts = [*_AND.finditer(sentence, end, start)]
    if not cuts:
        return None
    return cuts[0] if cuts[0].start() == end else cuts[-1]


def _is_inside_brackets(text: str, place: int) -> bool:
    return text.count("(", 0, place) > text.count(")", 0, place) and ")" in text[place:]


def _cut(text: str, cuts: list[tuple[int, int]]) -> Iterator[str]:
    begin = 0
    for start, end in cuts:
        yield text[begin:start]
        begin = end
    yield text[begin:]


def _trimmed(text: str) -> str:
    text = _MARKER.sub("", text.strip()).rstrip(" .,;:")
    if text.count(")") > text.count("(") and text.endswith(")"):
        text = text[:-1].rstrip(" .,;:")
    return text
