"""The words of one heading of a table of points: what its column holds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from cchc_calc.spelling import comparison_key

if TYPE_CHECKING:
    from cchc_calc.scoring.scales import Scale

_LONGEST: Final = 200

_PLACE: Final = r"(?:xã|phường|thị trấn|đặc khu)"
_UNIT: Final = re.compile(
    rf"(?:tên )?(?:cơ quan )?đơn vị(?: (?:được )?(?:đánh giá|chấm điểm)| hành chính)?"
    rf"|(?:tên )?(?:ubnd )?(?:các )?{_PLACE}(?:[ /]{_PLACE})*|ubnd cấp xã|(?:tên )?cơ quan"
)
_NUMBER: Final = re.compile(r"stt|tt|số tt|số thứ tự")
_DOSSIER: Final = re.compile(r"mã(?: số)? hồ sơ")
_EVIDENCE: Final = re.compile(r"\b(?:minh chứng|dẫn chứng|tài liệu kiểm chứng)\b")
_CRITERION: Final = re.compile(
    r"(?:(?:số )?điểm )?(?:theo )?(?:(?:các|từng|của) )?(?:tiêu chí|tc|chỉ số)(?: số| thứ)? ?"
    r"(\d{1,2}(?:\.\d{1,2})?)(?!\S)"
)
_LAST_NUMBER: Final = re.compile(r"(?:^|\D)(\d{1,2}(?:\.\d{1,2})?)$")
_TOTAL: Final = re.compile(r"tổng(?: số)? điểm(?! tối đa| cao nhất)\b.*")
_OTHER_TOTAL: Final = re.compile(
    r"(?:kết quả )?(?:chấm )?(?:số )?điểm(?: số)?"
    r"(?: tổng| đạt(?: được)?| đánh giá| chấm| thẩm định| tự chấm| tự đánh giá| cuối cùng)*(?: năm \d{4})?"
    r"|tổng(?: cộng| số)?"
)


def is_unit(text: str) -> bool:
    """Tell whether a heading is that of the units.

    >>> is_unit("UBND xã, phường"), is_unit("Phường/xã"), is_unit("Điểm")
    (True, True, False)
    """
    return _UNIT.fullmatch(_key(text)) is not None


def role_of(text: str, scale: Scale) -> tuple[str, str] | None:
    """Name what a heading stands for, and the number of its criterion; ``None`` for any other heading.

    >>> from cchc_calc.scoring.scales import load_scale
    >>> [role_of(text, load_scale()) for text in ("Tên đơn vị", "Tiêu chí 01", "Điểm số đạt được", "Ghi chú")]
    [('unit', ''), ('criterion', '1'), ('other total', ''), None]
    """
    key = _key(text)
    for kind, pattern in (("unit", _UNIT), ("number", _NUMBER), ("dossier", _DOSSIER)):
        if pattern.fullmatch(key):
            return kind, ""
    if _EVIDENCE.search(key):
        numbered = _LAST_NUMBER.search(key)
        return "evidence", _plain(numbered[1]) if numbered else ""
    if found := _CRITERION.match(key):
        return "criterion", _plain(found[1])
    for criterion in scale.criteria:
        name = comparison_key(criterion.name)
        if key in {name, f"{criterion.number} {name}"}:
            return "criterion", criterion.number
    if _TOTAL.fullmatch(key):
        return "total", ""
    return ("other total", "") if _OTHER_TOTAL.fullmatch(key) else None


def _key(text: str) -> str:
    return comparison_key(text) if len(text) <= _LONGEST else ""


def _plain(number: str) -> str:
    return ".".join(part.lstrip("0") or "0" for part in number.split("."))
