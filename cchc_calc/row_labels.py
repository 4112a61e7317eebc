"""The codes and labels of a form's rows, and how like them a line of a document is."""

from __future__ import annotations

from difflib import SequenceMatcher
from functools import cache
from typing import TYPE_CHECKING, Final

from cchc_calc.catalogue import parent_of
from cchc_calc.spelling import comparison_key

if TYPE_CHECKING:
    from cchc_calc.catalogue import Form, Row

ALIKE: Final = 0.75
"""Labels that share this much are one label in two spellings."""


class RowLabels:
    """A form's rows by label. ``unique`` are the rows whose label no other row has."""

    def __init__(self, form: Form) -> None:
        """Look through the form once."""
        self.key = {row.address: comparison_key(row.label) for row in form.rows}
        self.group: dict[str, list[Row]] = {}
        self.dashes: dict[str, list[Row]] = {}
        by_label: dict[str, list[Row]] = {}
        for row in form.rows:
            self.group.setdefault(parent_of(row.address), []).append(row)
            if not is_code(row.code):
                self.dashes.setdefault(parent_of(row.address), []).append(row)
            by_label.setdefault(self.key[row.address], []).append(row)
        self.unique = {key: rows[0] for key, rows in by_label.items() if len(rows) == 1}
        self.place = {row.address: place for place, row in enumerate(form.rows)}


@cache
def labels_of(form: Form) -> RowLabels:
    """Return the labels of a form, made once a form."""
    return RowLabels(form)


def as_address(code: str) -> str:
    """Bring a code into the shape of an address; a spreadsheet may hold 3.4 as the number 3,4.

    >>> as_address("3.4.3."), as_address("3,4")
    ('3.4.3', '3.4')
    """
    return code.replace(",", ".").replace(" ", "").rstrip(".")


def is_code(code: str) -> bool:
    """Tell a code from a dash.

    >>> is_code("3.4.3."), is_code("-")
    (True, False)
    """
    return bool(code) and all(part.isdigit() for part in as_address(code).split("."))


def likeness(one: str, other: str) -> float:
    """Measure how much two keys of labels share: 1 for the same, 0 for keys that are not alike.

    >>> likeness("số hồ sơ đã giải quyết", "số hồ sơ giải quyết") >= ALIKE, likeness("số", "")
    (True, 0.0)
    """
    if not one or not other:
        return 0.0
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    # The quick bounds spare the slow comparison for labels that have little in common.
    if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
        return 0.0
    return matcher.ratio()
