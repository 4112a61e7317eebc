"""One entry of a data file that an office edits: its keys by name and kind, every fault told in Vietnamese."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import TYPE_CHECKING, Any, Final, TypeVar

from cchc_calc.calendar_vn.data_files import MARKS
from cchc_calc.errors import CalendarError

if TYPE_CHECKING:
    from collections.abc import Mapping

    Kind = TypeVar("Kind")

_WANTED: Final[dict[type, str]] = {
    str: "chữ trong ngoặc kép",
    int: "một số nguyên",
    bool: "true hoặc false",
    date: "một ngày viết như 2027-02-04, không có ngoặc kép",
    time: "giờ viết như 17:00:00, không có ngoặc kép",
    list: "một danh sách trong ngoặc vuông",
    dict: "một mục có các khóa",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """The ``data`` of an entry; ``place`` says in Vietnamese where it stands."""

    place: str
    data: Mapping[str, Any]

    def value(self, key: str, kind: type[Kind]) -> Kind:
        """Return the value of a key, which must be there and of this very kind: a moment is no day, true no number."""
        if key not in self.data:
            raise self.fault(f"thiếu “{key}”")
        return self._of_kind(key, self.data[key], kind)

    def values(self, key: str, kind: type[Kind]) -> tuple[Kind, ...]:
        """Return the values of a list; none where the key is missing."""
        found = self._of_kind(key, self.data.get(key, []), list)
        return tuple(self._of_kind(key, one, kind) for one in found)

    def mark(self) -> str:
        """Return the mark of certainty."""
        mark = self.value("mark", str)
        if mark not in MARKS:
            raise self.fault(f"“mark” là “{mark}”, phải là một trong {', '.join(sorted(MARKS))}")
        return mark

    def require_known(self, *keys: str) -> None:
        """Refuse a key that means nothing, such as a misspelt one."""
        for key in self.data:
            if key not in keys:
                raise self.fault(f"không có khóa “{key}”; các khóa được dùng là {', '.join(keys)}")

    def fault(self, text: str) -> CalendarError:
        """Make the error of a fault of this entry."""
        return CalendarError(f"{self.place}: {text}" if self.place else text)

    def _of_kind(self, key: str, value: Any, kind: type[Kind]) -> Kind:
        if type(value) is not kind:
            raise self.fault(f"“{key}” phải là {_WANTED[kind]}")
        return value


def written(day: date) -> str:
    """Write a day as officials do.

    >>> written(date(2027, 2, 4))
    '04/02/2027'
    """
    return f"{day.day:02}/{day.month:02}/{day.year:04}"
