"""What is said to an official about the files of an export: what was left out, not recognised, missing or broken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.dossiers.schema import column
from cchc_calc.findings import make_finding
from cchc_calc.rounding import format_number
from cchc_calc.shortened_lists import shortened_list
from cchc_calc.spelling import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cchc_calc.dossiers.files.rewritten import Rewritten
    from cchc_calc.dossiers.files.sources import Sources
    from cchc_calc.dossiers.headings import FoundColumns
    from cchc_calc.findings import Finding

_MOST_NAMED: Final = 10
_LONGEST: Final = 60


def file_findings(
    sources: Sources, found: Mapping[str, FoundColumns], broken: Mapping[str, Rewritten]
) -> Iterator[Finding]:
    """Say all there is to say; ``found`` are the columns and ``broken`` the broken rows by the names of files."""
    if sources.left_out:
        named = shortened_list(sources.left_out, _MOST_NAMED, "tệp")
        yield make_finding(
            "dossiers_files_left_out",
            f"Bỏ qua {format_number(len(sources.left_out))} tệp không phải bảng hồ sơ trong thư mục: {named}.",
            found=str(len(sources.left_out)),
        )
    yield from _unrecognised(found)
    yield from _missing(found)
    for name, written in broken.items():
        lines = ", ".join(map(str, written.lines))
        others = ", …" if written.broken > len(written.lines) else ""
        yield make_finding(
            "dossiers_broken_rows",
            f"Tệp {name}: {format_number(written.broken)} dòng hỏng không được tính (dòng {lines}{others}): nhiều ô "
            "hơn dòng tiêu đề, hoặc dấu nháy kép không đóng.",
            where=name,
            found=str(written.broken),
        )


def _unrecognised(found: Mapping[str, FoundColumns]) -> Iterator[Finding]:
    headings = dict.fromkeys(heading for columns in found.values() for heading in columns.unrecognised)
    if headings:
        named = shortened_list((f"“{cut(heading, _LONGEST)}”" for heading in headings), _MOST_NAMED, "cột")
        yield make_finding(
            "dossiers_columns_unrecognised",
            f"Không dùng các cột chưa nhận ra: {named}.",
            found=str(len(headings)),
        )


def _missing(found: Mapping[str, FoundColumns]) -> Iterator[Finding]:
    """Name the columns that are missing in the same files together."""
    missing: dict[tuple[str, ...], list[str]] = {}
    for name in dict.fromkeys(name for columns in found.values() for name in columns.missing):
        without = tuple(source for source, columns in found.items() if name in columns.missing)
        missing.setdefault(without, []).append(column(name).title)
    for without, titles in missing.items():
        where = "Bảng" if len(without) == len(found) else shortened_list(without, _MOST_NAMED, "tệp")
        named = ", ".join(f"“{title}”" for title in titles)
        yield make_finding(
            "dossiers_column_missing",
            f"{where} không có cột {named}; số liệu cần {'cột này' if len(titles) == 1 else 'các cột này'} coi như "
            "không rõ.",
            where=", ".join(titles),
            found=str(len(titles)),
        )
