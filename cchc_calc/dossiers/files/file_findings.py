"""What is said to an official about the files of an export: what was left out, not recognised, missing or broken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from cchc_calc.dossiers.schema import column
from cchc_calc.findings import Finding, Severity
from cchc_calc.rounding import format_number
from cchc_calc.shortened_lists import shortened_list
from cchc_calc.spelling import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cchc_calc.dossiers.files.rewritten import Rewritten
    from cchc_calc.dossiers.files.sources import Sources
    from cchc_calc.dossiers.headings import FoundColumns

_MOST_NAMED: Final = 10
_LONGEST: Final = 60


def file_findings(
    sources: Sources, found: Mapping[str, FoundColumns], broken: Mapping[str, Rewritten]
) -> Iterator[Finding]:
    """Say all there is to say; ``found`` are the columns and ``broken`` the broken rows by the names of files."""
    if sources.left_out:
        named = shortened_list(sources.left_out, _MOST_NAMED, "tệp")
        yield Finding(
            "dossier_files_left_out",
            Severity.INFO,
            f"Bỏ qua {format_number(len(sources.left_out))} tệp không phải bảng hồ sơ trong thư mục: {named}.",
            "Nếu trong đó có bảng hồ sơ, lưu lại thành tệp .csv hoặc .xlsx rồi tính lại.",
            found=str(len(sources.left_out)),
        )
    yield from _unrecognised(found)
    yield from _missing(found)
    for name, written in broken.items():
        lines = ", ".join(map(str, written.lines))
        others = ", …" if written.broken > len(written.lines) else ""
        yield Finding(
            "dossier_broken_rows",
            Severity.WARNING,
            f"{name}: {format_number(written.broken)} dòng hỏng không được tính (dòng {lines}{others}): nhiều ô hơn "
            "dòng tiêu đề, hoặc dấu nháy kép không đóng.",
            "Sửa các dòng ấy trong tệp, hoặc xuất lại ra tệp .xlsx, rồi tính lại.",
            where=name,
            found=str(written.broken),
        )


def _unrecognised(found: Mapping[str, FoundColumns]) -> Iterator[Finding]:
    headings = dict.fromkeys(heading for columns in found.values() for heading in columns.unrecognised)
    if headings:
        named = shortened_list((f"“{cut(heading, _LONGEST)}”" for heading in headings), _MOST_NAMED, "cột")
        yield Finding(
            "dossier_columns_unrecognised",
            Severity.INFO,
            f"Không dùng các cột chưa nhận ra: {named}.",
            'Nếu cần một cột trong đó, ghi thêm vào lệnh, ví dụ: --column "Ngày nhận HS=Ngày tiếp nhận".',
            found=str(len(headings)),
        )


def _missing(found: Mapping[str, FoundColumns]) -> Iterator[Finding]:
    for name in dict.fromkeys(name for columns in found.values() for name in columns.missing):
        without = [source for source, columns in found.items() if name in columns.missing]
        where = "Bảng" if len(without) == len(found) else shortened_list(without, _MOST_NAMED, "tệp")
        yield Finding(
            "dossier_column_missing",
            Severity.INFO,
            f"{where} không có cột “{column(name).title}”; số liệu cần cột này coi như không rõ.",
            "Xuất thêm cột này từ phần mềm Một cửa nếu có.",
            where=name,
        )
