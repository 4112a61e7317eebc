"""The headings of an export: which column of the standard table each one is, never guessed."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from cchc_calc.dossiers.column_data import ColumnData, own_data, packaged_data
from cchc_calc.dossiers.column_entries import UNUSED, column_named
from cchc_calc.dossiers.schema import EXPORTED, column
from cchc_calc.outcomes import refusal
from cchc_calc.shortened_lists import shortened_list
from cchc_calc.spelling import clean, comparison_key, cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from cchc_calc.dossiers.column_entries import Spelling
    from cchc_calc.errors import SourceRefusedError

_LISTED: Final = 20
_LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class KnownColumns:
    """What is known of the headings and spellings of exports: ours, and those of an office over them."""

    data: ColumnData

    def column_of(self, heading: str) -> str | None:
        """Name the column of a heading: "" for one that is of no use, ``None`` for one that is not known.

        >>> known = known_columns()
        >>> known.column_of("MÃ HỒ SƠ:"), known.column_of("Số điện thoại"), known.column_of("Ngày nộp")
        ('code', '', None)
        """
        return self.data.headings.get(comparison_key(heading))

    def is_known(self, heading: str) -> bool:
        """Tell whether a heading is known, be it of use or not.

        >>> known_columns().is_known("STT"), known_columns().is_known("H32.12.5-230613-0001")
        (True, False)
        """
        return self.column_of(heading) is not None

    def spellings(self, name: str) -> tuple[Spelling, ...]:
        """List what is written in a column, in the order of the data."""
        return tuple(self.data.spellings[name].values())


@dataclass(frozen=True, slots=True)
class FoundColumns:
    """Where the columns of a table stand.

    ``places`` are the places of the headings by the names of the standard columns, from 0; ``unrecognised`` are
    headings that nobody knows, ``missing`` the optional columns that the table has not.
    """

    places: Mapping[str, int]
    unrecognised: tuple[str, ...]
    missing: tuple[str, ...]


def known_columns(path: Path | None = None) -> KnownColumns:
    """Load what is known of headings and spellings; an office's own file goes before ours.

    Raises SourceRefusedError: S26 for a file that breaks its rules, else as the gate does.
    """
    ours = packaged_data()
    if path is None:
        return KnownColumns(ours)
    own = own_data(path)
    # An office's own spellings stand first, to be looked for first, and last, to decide.
    spellings = {
        name: {**own.spellings.get(name, {}), **known, **own.spellings.get(name, {})}
        for name, known in ours.spellings.items()
    }
    return KnownColumns(ColumnData({**ours.headings, **own.headings}, spellings))


def find_columns(
    headings: Sequence[str],
    known: KnownColumns,
    *,
    chosen: Mapping[str, str] | None = None,
    source: str,
    unit_given: bool = False,
) -> FoundColumns:
    """Find the columns of a table by its headings; ``chosen`` says of a heading which column it is.

    A chosen heading goes before any other of its column. Where the unit is given no column of it is needed.

    Raises SourceRefusedError: S23 where a required column is missing, S24 where two headings are one column, S25 where
    a chosen heading or column does not exist.

    >>> found = find_columns(["Mã HS", "Đơn vị", "Ngày nhận", "Sổ"], known_columns(), source="a.csv")
    >>> found.places, found.unrecognised, found.missing[0]
    ({'code': 0, 'unit': 1, 'received': 2}, ('Sổ',), 'field')
    """
    table = _Headings(source, tuple(clean(heading) for heading in headings))
    picked = _picked(table, chosen or {})
    places: dict[str, list[int]] = {}
    unrecognised: list[str] = []
    for place, heading in enumerate(table.headings):
        name = known.column_of(heading)
        if place in picked.values() or not heading:
            continue
        if name is None:
            unrecognised.append(heading)
        elif name != UNUSED and name not in picked:
            places.setdefault(name, []).append(place)
    for name, doubles in places.items():
        if len(doubles) > 1:
            raise _two_of(table, name, doubles)
    found = picked | {name: place for name, [place] in places.items()}
    _require(table, found, unrecognised, unit_given=unit_given)
    return FoundColumns(
        {one.name: found[one.name] for one in EXPORTED if one.name in found},
        tuple(unrecognised),
        tuple(one.name for one in EXPORTED if not one.required and one.name not in found),
    )


@dataclass(frozen=True, slots=True)
class _Headings:
    source: str
    headings: tuple[str, ...]

    def places_of(self, text: str) -> list[int]:
        key = comparison_key(text)
        return [place for place, heading in enumerate(self.headings) if comparison_key(heading) == key]


def _picked(table: _Headings, chosen: Mapping[str, str]) -> dict[str, int]:
    picked: dict[str, int] = {}
    for heading, named in chosen.items():
        name, places = column_named(named), table.places_of(heading)
        if name is None:
            message = f"--column “{heading}={named}”: không có cột “{named}”; các cột là {_titles(_all_names())}."
            raise refusal(table.source, "S25", message, _write_choice("TIÊU ĐỀ TRONG TỆP", EXPORTED[0].title))
        if not places:
            message = f"--column “{heading}={named}”: tệp không có cột “{heading}”; tệp có {_quoted(table.headings)}."
            raise refusal(table.source, "S25", message, "Ghi đúng tiêu đề cột như trong tệp.")
        if name in picked:
            raise _two_of(table, name, [picked[name], *places])
        if len(places) > 1:
            raise _two_of(table, name, places)
        picked[name] = places[0]
    return picked


def _require(table: _Headings, found: Mapping[str, int], unrecognised: Iterable[str], *, unit_given: bool) -> None:
    needed = (one.name for one in EXPORTED if one.required and not (unit_given and one.name == "unit"))
    missing = [name for name in needed if name not in found]
    if not missing:
        return
    unknown = list(unrecognised)
    others = f" Các cột chưa nhận ra: {_quoted(unknown)}." if unknown else " Tệp không có cột nào chưa nhận ra."
    message = f"không tìm thấy cột {_titles(missing)}.{others}"
    remedy = _write_choice(_likeliest(missing[0], unknown), column(missing[0]).title)
    if "unit" in missing:
        remedy += ' Nếu cả tệp là của một đơn vị, ghi thêm: --unit "UBND phường …".'
    raise refusal(table.source, "S23", message, remedy)


def _two_of(table: _Headings, name: str, places: Sequence[int]) -> SourceRefusedError:
    title, texts = column(name).title, [table.headings[place] for place in places]
    message = f"có {len(places)} cột cùng là “{title}”: " + ", ".join(
        f"“{text}” (cột thứ {place + 1})" for text, place in zip(texts, places, strict=True)
    )
    if len({comparison_key(text) for text in texts}) == 1:
        remedy = "Đổi tên hoặc xóa bớt một cột trong tệp, rồi làm lại."
    else:
        remedy = _write_choice(texts[0], title)
    return refusal(table.source, "S24", f"{message}.", remedy)


def _write_choice(heading: str, title: str) -> str:
    return f'Cho biết cột nào là “{title}” bằng cách ghi thêm vào lệnh, ví dụ: --column "{heading}={title}".'


def _likeliest(name: str, unrecognised: Sequence[str]) -> str:
    """Take for an example the heading that looks most like the title."""
    keys = {comparison_key(text): text for text in unrecognised}
    close = get_close_matches(comparison_key(column(name).title), keys, n=1, cutoff=0.4)
    return cut(keys[close[0]], _LONGEST) if close else "TIÊU ĐỀ TRONG TỆP"


def _all_names() -> tuple[str, ...]:
    return tuple(one.name for one in EXPORTED)


def _titles(names: Iterable[str]) -> str:
    return ", ".join(f"“{column(name).title}”" for name in names)


def _quoted(headings: Iterable[str]) -> str:
    return shortened_list((f"“{cut(text, _LONGEST)}”" for text in headings if text), _LISTED, "cột")
