"""Names of units in the cells, made comparable as far as formulas can: "UBND Phường 03" and "P. 3" are one."""

from __future__ import annotations

from typing import Final

from cchc_calc.unit_names import unit_key

# The tone of "hoà" may stand on either letter; both spellings are in use.
_ON_SECOND: Final = "OÀ OÁ OẢ OÃ OẠ OÈ OÉ OẺ OẼ OẸ UỲ UÝ UỶ UỸ UỴ"
_ON_FIRST: Final = "ÒA ÓA ỎA ÕA ỌA ÒE ÓE ỎE ÕE ỌE ÙY ÚY ỦY ŨY ỤY"
# What the formula replaces in the name, which has a blank before its first letter and behind its last, in this order.
_REPLACED: Final = (
    *((f"{old} ", f"{new} ") for old, new in zip(_ON_SECOND.split(), _ON_FIRST.split(), strict=True)),
    ("ỦY BAN NHÂN DÂN ", ""),
    ("UBND ", ""),
    (" P.", " PHƯỜNG "),
    (" X.", " XÃ "),
    (" TT.", " THỊ TRẤN "),
    (" 0", " "),
)
_KEY_OF_SIGNS: Final = "…"
_LONGEST_LITERAL: Final = 255
"""A formula holds no longer text."""


def native_key(cell: str, name: str = "") -> str:
    """Render the formula of the key of the unit whose name is in a cell.

    Python tells more spellings apart than a formula can: where both differ on the ``name`` that is written into the
    cell, the formula brings Python's key of it along.

    >>> native_key("B7", "Phường 3") == native_key("B7"), native_key("B7", "xã Số (1)")[:28]
    (True, '=IF(B7="xã Số (1)","XÃ SỐ 1"')
    """
    text = f'" "&UPPER(TRIM({cell}))&" "'
    for old, new in _REPLACED:
        text = f'SUBSTITUTE({text},"{old}","{new}")'
    formula = f'IF(ISERROR({cell}),"",TRIM({text}))'
    key = key_of(name)
    if not name or key == formula_key(name) or max(len(name), len(key)) > _LONGEST_LITERAL:
        return f"={formula}"
    return f"=IF({cell}={_literal(name)},{_literal(key)},{formula})"


def key_of(name: str) -> str:
    """Return the key of a name as its cell stores it; an empty name has an empty key.

    >>> key_of("P. 03"), key_of("")
    ('PHƯỜNG 3', '')
    """
    if not name.strip():
        return ""
    if len(name) > _LONGEST_LITERAL:
        return formula_key(name)
    return unit_key(name).upper() or _KEY_OF_SIGNS


def formula_key(name: str) -> str:
    """Return the key that the formula makes of a name by itself.

    >>> formula_key("UBND xã Tân Hoà"), formula_key("xã Số (1)"), key_of("xã Số (1)")
    ('XÃ TÂN HÒA', 'XÃ SỐ (1)', 'XÃ SỐ 1')
    """
    text = f" {_trimmed(name).upper()} "
    for old, new in _REPLACED:
        text = text.replace(old, new)
    return _trimmed(text)


def _trimmed(text: str) -> str:
    return " ".join(word for word in text.split(" ") if word)


def _literal(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
