"""Reading the register of units from a CSV that an office keeps; a faulty line is named with what to do."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final, TypeAlias

from cchc_calc.consolidation.register import Register, Unit
from cchc_calc.consolidation.unit_names import kind_of, name_key
from cchc_calc.consolidation.written_levels import written_level
from cchc_calc.csv_tables import read_csv
from cchc_calc.findings import make_finding
from cchc_calc.gate import admit, admit_bytes
from cchc_calc.letterhead import LEVEL_OF_KIND
from cchc_calc.outcomes import refusal
from cchc_calc.spelling import clean, comparison_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from cchc_calc.document import Cell
    from cchc_calc.findings import Finding
    from cchc_calc.gate import Admitted

HEADINGS: Final = {
    "code": ("code", "mã", "mã đơn vị"),
    "name": ("name", "tên đơn vị", "đơn vị", "tên"),
    "level": ("level", "cấp", "cấp đơn vị"),
    "parent": ("parent", "đơn vị cấp trên", "cấp trên", "trực thuộc"),
    "valid_from": ("valid_from", "có hiệu lực từ", "hiệu lực từ", "từ ngày"),
    "valid_to": ("valid_to", "hết hiệu lực", "đến ngày"),
    "successor": ("successor", "đơn vị kế thừa", "kế thừa"),
}
"""The columns of the register and how their headings may be written; other columns are the office's own."""

_NEEDED: Final = ("code", "name")
_LINKS: Final = (
    ("parent", "register_parent_unknown", "đơn vị cấp trên"),
    ("successor", "register_successor_unknown", "đơn vị kế thừa"),
)
_ISO: Final = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_VIETNAMESE: Final = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")


@dataclass(frozen=True, slots=True)
class _Line:
    where: str
    texts: dict[str, str]

    def text(self, field: str) -> str:
        return self.texts.get(field, "")


_Listed: TypeAlias = tuple[str, Unit]
"""A unit and the line it stands in."""


def read_register(path: str | Path) -> Register:
    """Read a register from a CSV file (UTF-8, cells parted by ; or ,), headings Vietnamese or English.

    Only the code and the name are needed. Dates are 01/07/2025 or 2025-07-01. A line that cannot be used is left out
    with a finding; a parent or a successor that is not in the list is dropped with one.

    Raises SourceRefusedError as the gate does, F04 for a workbook, and S10 for a table without the columns.
    """
    admitted = admit(path)
    if admitted.kind != "text":
        remedy = "Mở danh sách bằng Excel, chọn Lưu thành, loại tệp CSV UTF-8, rồi dùng tệp đó."
        raise refusal(admitted.name, "F04", "danh sách đơn vị phải là tệp CSV.", remedy)
    return _register(admitted)


def parse_register(text: str, name: str = "danh-sach.csv") -> Register:
    r"""Read a register from the text of such a CSV, as ``read_register`` does.

    >>> register = parse_register("Mã;Tên đơn vị;Cấp\n22354;Phường Phương Sơn;Xã\n")
    >>> register.units[0].name, register.units[0].level
    ('Phường Phương Sơn', 'commune')
    """
    return _register(admit_bytes(name, text.encode()))


def _register(admitted: Admitted) -> Register:
    findings: list[Finding] = []
    units: list[_Listed] = []
    of_code: defaultdict[str, list[_Listed]] = defaultdict(list)
    for line in _lines(admitted):
        unit = _unit(line)
        fault = _repetition(line, unit, of_code[unit.code]) if isinstance(unit, Unit) else unit
        if isinstance(unit, Unit) and fault is None:
            units.append((line.where, unit))
            of_code[unit.code].append(units[-1])
        elif fault is not None:
            findings.append(fault)
    codes = {name_key(unit.name): unit.code for _, unit in units} | {code: code for code in of_code if of_code[code]}
    linked = [_linked(where, unit, codes, findings) for where, unit in units]
    return Register(_without_circles(linked, findings), tuple(findings))


def _lines(admitted: Admitted) -> Iterator[_Line]:
    rows = read_csv(admitted).tables[0].rows
    columns = _columns(rows[0])
    missing = [HEADINGS[field][1] for field in _NEEDED if field not in columns]
    if missing:
        message = f"danh sách đơn vị thiếu cột {', '.join(f'“{name.capitalize()}”' for name in missing)}."
        remedy = "Ghi dòng đầu: Mã;Tên đơn vị;Cấp;Đơn vị cấp trên;Có hiệu lực từ;Hết hiệu lực;Đơn vị kế thừa."
        raise refusal(admitted.name, "S10", message, remedy)
    for row in rows[1:]:
        texts = {field: clean(row[column].text) if column < len(row) else "" for field, column in columns.items()}
        yield _Line(row[0].where.partition(",")[0], texts)


def _columns(header: tuple[Cell, ...]) -> dict[str, int]:
    found: dict[str, int] = {}
    for column, cell in enumerate(header):
        key = comparison_key(cell.text)
        for field, names in HEADINGS.items():
            if key in names:
                found.setdefault(field, column)
    return found


def _unit(line: _Line) -> Unit | Finding:
    code, name, kind = line.text("code"), line.text("name"), line.text("level")
    if not code or not name:
        return _fault("register_line_incomplete", line.where, "thiếu mã hoặc tên đơn vị", code or name)
    if comparison_key(kind) in LEVEL_OF_KIND and not kind_of(name_key(name)):
        name = f"{kind.capitalize()} {name}"
    level = written_level(kind, name)
    if level is None:
        return _fault("register_level_unknown", line.where, f"“{name}”: không rõ cấp nào (“{kind}”)", kind)
    days: list[date | None] = []
    for written in (line.text("valid_from"), line.text("valid_to")):
        day = _day(written)
        if written and day is None:
            message = f"“{name}”: “{written}” không phải là một ngày"
            return _fault("register_date_impossible", line.where, message, written)
        days.append(day)
    begin, end = days
    if begin is not None and end is not None and end < begin:
        message = f"“{name}”: hết hiệu lực ({end:%d/%m/%Y}) trước khi có hiệu lực ({begin:%d/%m/%Y})"
        return _fault("register_date_impossible", line.where, message, f"{end:%d/%m/%Y}")
    return Unit(code, name, level, line.text("parent"), begin, end, line.text("successor"))


def _day(written: str) -> date | None:
    iso, vietnamese = _ISO.fullmatch(written), _VIETNAMESE.fullmatch(written)
    year, month, day = iso.groups() if iso else reversed(vietnamese.groups()) if vietnamese else ("0", "0", "0")
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _repetition(line: _Line, unit: Unit, others: Iterable[_Listed]) -> Finding | None:
    for where, other in others:
        if _overlap(other, unit):
            message = f"mã {unit.code} (“{unit.name}”) đã có ở {where} (“{other.name}”) trong cùng thời gian"
            return _fault("register_code_repeated", line.where, message, unit.code)
    return None


def _overlap(one: Unit, other: Unit) -> bool:
    begin = max(one.valid_from or date.min, other.valid_from or date.min)
    return begin <= min(one.valid_to or date.max, other.valid_to or date.max)


def _linked(where: str, unit: Unit, codes: Mapping[str, str], findings: list[Finding]) -> _Listed:
    """Turn the names of the parent and the successor into codes; drop those that are not in the list."""
    found = {}
    for field, rule, what in _LINKS:
        written = getattr(unit, field)
        found[field] = codes.get(written) or codes.get(name_key(written), "")
        if written and not found[field]:
            message = f"“{unit.name}”: {what} “{written}” không có trong danh sách"
            findings.append(_fault(rule, where, message, written))
    return where, replace(unit, parent=found["parent"], successor=found["successor"])


def _without_circles(units: list[_Listed], findings: list[Finding]) -> tuple[Unit, ...]:
    parents = {unit.code: unit.parent for _, unit in units}
    kept = []
    for where, unit in units:
        if _is_in_circle(unit.code, parents):
            message = f"“{unit.name}”: đơn vị cấp trên trỏ vòng về chính nó"
            findings.append(_fault("register_circle", where, message, unit.parent))
            kept.append(replace(unit, parent=""))
        else:
            kept.append(unit)
    return tuple(kept)


def _is_in_circle(code: str, parents: dict[str, str]) -> bool:
    seen = {code}
    above = parents.get(code, "")
    while above and above not in seen:
        seen.add(above)
        above = parents.get(above, "")
    return above == code


def _fault(rule: str, where: str, message: str, found: str) -> Finding:
    return make_finding(rule, f"{where}: {message}.", where=where, found=found)
