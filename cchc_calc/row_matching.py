"""Lines of a document matched to rows of a form: by code and label, never by position."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from cchc_calc.document import DATE_FAULT
from cchc_calc.findings import Finding, make_finding
from cchc_calc.row_labels import ALIKE, as_address, is_code, labels_of, likeness
from cchc_calc.shortened_lists import shortened_list
from cchc_calc.spelling import comparison_key
from cchc_calc.split_rows import continuations, join_split

if TYPE_CHECKING:
    from cchc_calc.catalogue import Form, Row
    from cchc_calc.table_layout import Line

_MOST_LISTED: Final = 24


@dataclass(slots=True)
class Matching:
    """What was matched. ``refused`` are rows whose line cannot be trusted: two lines, or another's label."""

    lines: dict[str, Line] = field(default_factory=dict)
    refused: dict[str, Line] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    unknown: int = 0


def match_rows(form: Form, lines: tuple[Line, ...]) -> Matching:
    """Match the lines of a table to the rows of a form; every fault of the layout is a finding."""
    return _Matcher(form).run(lines)


class _Matcher:
    """The state of one pass over the lines: under which code, under which dash."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self.index = labels_of(form)
        self.result = Matching()
        self.parent = ""
        self.dash = ""
        self.below: dict[str, list[str]] = {}
        self.conflicting: set[str] = set()

    def run(self, lines: tuple[Line, ...]) -> Matching:
        joined_with: Line | None = None
        for line, follower in continuations(_without_tail(self.form, lines)):
            if line is joined_with:
                continue
            if follower is not None and self._is_split(line, follower):
                joined_with = follower
                whole = join_split(line, follower)
                self._note("row_split", whole, f"Dòng “{_short(whole.label)}” bị ngắt sang trang sau; đã nối lại.")
                self._place(whole)
            else:
                self._place(line)
        moved = self._note_moved()
        self._refuse_unclear(moved=moved)
        return self.result

    def _is_split(self, line: Line, follower: Line) -> bool:
        """Tell whether a label alone is no row's, and together with the next line it is."""
        row = self._row(line)
        if row is not None and self.index.key[row.address] == comparison_key(line.label):
            return False
        joined = join_split(line, follower)
        whole = self._row(joined)
        return whole is not None and self.index.key[whole.address] == comparison_key(joined.label)

    def _place(self, line: Line) -> None:
        row = self._row(line)
        if line.mark.fault == DATE_FAULT:
            self._refuse_changed(row, line)
            return
        if row is None:
            self._place_unknown(line)
            return
        if not line.marker and line.code:
            self.parent, self.dash = row.address, ""
        elif line.marker != "+":
            self.dash = row.address
        if not line.code and not line.address:
            self.below.setdefault(self.parent, []).append(row.address)
        if row.address in self.result.lines or row.address in self.result.refused:
            self._refuse_twice(row, line)
        elif self._label_fits(row, line):
            self.result.lines[row.address] = line
            self._note_other_code(row, line)

    def _row(self, line: Line) -> Row | None:
        if line.address and (row := self.form.by_address.get(as_address(line.address))) is not None:
            return row
        code = as_address(line.code)
        if code:
            return self.form.by_address.get(code) or self.index.unique.get(comparison_key(line.label))
        key = comparison_key(line.label)
        near = self._candidates(line.marker)
        same = [row for row in near if self.index.key[row.address] == key]
        if same:
            return next((row for row in same if row.address not in self.result.lines), same[0])
        if (only := self.index.unique.get(key)) is not None:
            return only
        return max(
            (
                row
                for row in near
                if row.address not in self.result.lines and likeness(self.index.key[row.address], key) >= ALIKE
            ),
            key=lambda row: likeness(self.index.key[row.address], key),
            default=None,
        )

    def _candidates(self, marker: str) -> list[Row]:
        dashes = self.index.dashes.get(self.parent, [])
        if marker == "+":
            return self.index.group.get(self.dash, [])
        if marker == "-":
            return dashes
        return [row for dash in dashes for row in (dash, *self.index.group.get(dash.address, []))]

    def _label_fits(self, row: Row, line: Line) -> bool:
        key, expected = comparison_key(line.label), self.index.key[row.address]
        if key == expected:
            return True
        owner = self.index.unique.get(key)
        if likeness(expected, key) >= ALIKE and (owner is None or owner is row):
            message = (
                f"Chỉ tiêu {row.address} ({line.where}): nội dung ghi “{_short(line.label)}”, "
                f"biểu mẫu ghi “{_short(row.label)}”."
            )
            self._note("label_differs", line, message, row, expected=row.label)
            return True
        message = (
            f"Chỉ tiêu {row.address} ({line.where}): mã là {row.address} nhưng nội dung ghi “{_short(line.label)}”"
            f"{f', là nội dung của chỉ tiêu {owner.address}' if owner else ''}; biểu mẫu ghi “{_short(row.label)}”. "
            "Số liệu của chỉ tiêu này không được dùng."
        )
        if line.mark.number is not None:
            # A spreadsheet drops the last zero of a number: 1.10 becomes 1.1.
            message += f" Mã được ghi dạng số: là {row.address} hay {row.address}0?"
        rule = "label_conflicts" if line.mark.number is None else "code_changed"
        self._note(rule, line, message, row, expected=row.label)
        self.result.refused[row.address] = line
        self.conflicting.add(row.address)
        return False

    def _refuse_changed(self, row: Row | None, line: Line) -> None:
        """Refuse a line whose code a spreadsheet has turned into a date, though the label may still name a row."""
        guess = f"; theo nội dung thì là chỉ tiêu {row.address}" if row is not None else ""
        message = (
            f"Dòng ở {line.where} “{_short(line.label)}”: mã dòng bị bảng tính đổi thành ngày “{line.mark.text}”"
            f"{guess}. Số liệu của dòng này không được dùng."
        )
        self._note("code_changed", line, message, row, expected=row.code if row is not None else "")
        if row is None:
            self.result.unknown += 1
            return
        self.parent, self.dash = row.address, ""
        self.result.lines.pop(row.address, None)
        self.result.refused[row.address] = line

    def _place_unknown(self, line: Line) -> None:
        self.result.unknown += 1
        if (code := as_address(line.code)) and is_code(line.code):
            self.parent, self.dash = code, ""
        if line.label or line.code or line.value.text:
            name = f"mã {_short(line.code)}, " if line.code else ""
            what = f"“{_short(line.label)}”" if line.label else f"chỉ có số liệu “{_short(line.value.text)}”"
            message = f"Dòng ở {line.where} ({name}{what}) không có trong biểu mẫu, số liệu không được tính."
            self._note("row_unknown", line, message)

    def _refuse_twice(self, row: Row, line: Line) -> None:
        first = self.result.lines.pop(row.address, None) or self.result.refused[row.address]
        self.result.refused[row.address] = first
        message = (
            f"Chỉ tiêu {row.address} “{_short(row.label)}” xuất hiện hai lần, "
            f"ở {first.where} (ghi “{first.value.text}”) và {line.where} (ghi “{line.value.text}”). Không dùng số nào."
        )
        # A spreadsheet drops the last zero of a number: 1.10 becomes 1.1, which another row has already.
        is_changed = line.mark.number is not None and not _is_alike(self.index.key[row.address], line)
        if is_changed:
            message += f" Mã ở {line.where} được ghi dạng số: là {row.address} hay {row.address}0?"
        self._note("code_changed" if is_changed else "row_duplicated", line, message, row)

    def _refuse_unclear(self, *, moved: bool) -> None:
        """Refuse dashes that stand under several codes where the code above them is not to be relied on.

        It is not when its own label is another row's, nor, in a table whose rows were moved, when its dashes
        are not all there in the order of the form, as after sorting.
        """
        for parent, placed in self.below.items():
            group = [row.address for row in self.form.rows if row.address.rpartition(".")[0] == parent]
            is_doubtful = parent in self.conflicting or (moved and placed != group)
            unclear = [a for a in placed if a in self.result.lines and self.index.key[a] not in self.index.unique]
            if not (is_doubtful and unclear):
                continue
            lines = [self.result.lines.pop(address) for address in unclear]
            self.result.refused.update(zip(unclear, lines, strict=True))
            message = (
                f"Các dòng {', '.join(unclear)} ({lines[0].where}) có nội dung trùng với dòng của chỉ tiêu khác và "
                f"không nằm đúng chỗ dưới chỉ tiêu {parent}, nên không rõ là của chỉ tiêu nào. Không dùng số nào."
            )
            self.result.findings.append(make_finding("row_unclear", message, rows=tuple(unclear), where=lines[0].where))

    def _note_other_code(self, row: Row, line: Line) -> None:
        code = as_address(line.code)
        if code and not line.address and code != row.address:
            message = (
                f"Chỉ tiêu {row.address} ({line.where}): nội dung đúng nhưng mã ghi “{_short(line.code)}”; "
                "đã đọc theo nội dung."
            )
            self._note("code_differs", line, message, row, expected=row.code)

    def _note_moved(self) -> bool:
        highest, moved = -1, []
        for address in self.result.lines:
            place = self.index.place[address]
            if place < highest:
                moved.append(address)
            highest = max(highest, place)
        if moved:
            listed = shortened_list(moved, _MOST_LISTED, "chỉ tiêu")
            message = f"Các chỉ tiêu sau nằm sai thứ tự so với biểu mẫu: {listed}."
            where = self.result.lines[moved[0]].where
            self.result.findings.append(make_finding("row_moved", message, rows=tuple(moved), where=where))
        return bool(moved)

    def _note(self, rule: str, line: Line, message: str, row: Row | None = None, expected: str = "") -> None:
        self.result.findings.append(
            make_finding(
                rule,
                message,
                rows=(row.address,) if row is not None else (),
                where=line.where,
                found=_short(line.label),
                expected=_short(expected),
            )
        )


def _without_tail(form: Form, lines: tuple[Line, ...]) -> tuple[Line, ...]:
    """Drop what stands under the last row, such as the signatures: no code, no dash, no known label."""
    last = len(lines)
    labels = labels_of(form).key.values()
    while last and not (lines[last - 1].code or lines[last - 1].marker or lines[last - 1].address):
        if comparison_key(lines[last - 1].label) in labels:
            break
        last -= 1
    return lines[:last]


def _is_alike(key: str, line: Line) -> bool:
    return likeness(key, comparison_key(line.label)) >= ALIKE


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}…"
