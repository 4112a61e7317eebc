"""The stamp of our own templates: which form and edition the workbook was made of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.form_files import editions, form_ids

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cchc_calc.document import Paragraph

OWN_SHEETS: Final = ("Biểu mẫu", "Kiểm tra", "Tổng quan", "Cách tính", "Hướng dẫn", "Tự kiểm tra")
"""The sheets of our own template that an official sees, in the order of their tabs; the first holds the form."""

OWN_HIDDEN_SHEETS: Final = frozenset({"xlwings.conf", "CCHC_TINH"})
"""The sheets we hide ourselves: the settings of the functions, and the sums of a workbook they were bound into."""

OWN_COLUMNS: Final = 10
"""The columns of the form's sheet that an official may look at; those behind them we hide ourselves."""

_STAMP: Final = re.compile(r"(?P<form>[a-z]+(?:-[a-z]+)*)/(?P<edition>\d{4})")


@dataclass(frozen=True, slots=True)
class Stamp:
    """A form, an edition of it that may not exist here, and the cell that names them."""

    form: str
    edition: str
    where: str

    @property
    def is_known(self) -> bool:
        """Tell whether the edition is one of those that are held here."""
        return self.edition in editions(self.form)


def is_stamp(text: str) -> bool:
    """Tell whether a text is a stamp, of whatever edition.

    >>> is_stamp("thong-ke-cchc/2023"), is_stamp("Số: 45/BC-UBND")
    (True, False)
    """
    found = _STAMP.fullmatch(text)
    return found is not None and found["form"] in form_ids()


def find_stamp(paragraphs: Iterable[Paragraph]) -> Stamp | None:
    """Find the stamp among the texts around a form.

    >>> from cchc_calc.document import Paragraph
    >>> find_stamp([Paragraph("STT", "A1"), Paragraph("thong-ke-cchc/2023", "H3")])
    Stamp(form='thong-ke-cchc', edition='2023', where='H3')
    """
    for paragraph in paragraphs:
        found = _STAMP.fullmatch(paragraph.text)
        if found is not None and found["form"] in form_ids():
            return Stamp(found["form"], found["edition"], paragraph.where)
    return None
