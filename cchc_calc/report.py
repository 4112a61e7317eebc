"""A report as read: who reports for which period, the cells of the form, and the prose."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from cchc_calc.states import Content, State

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from cchc_calc.catalogue import Form
    from cchc_calc.document import Cell, Paragraph
    from cchc_calc.findings import Finding
    from cchc_calc.letterhead import Letterhead
    from cchc_calc.periods import Period
    from cchc_calc.readings import Declared


@dataclass(frozen=True, slots=True)
class Entry:
    """What the source holds for one row of the form.

    ``reported`` is the cell verbatim. An input row has its ``content``; a computed row what was
    ``declared`` there, kept beside what is computed and never mixed with it; ``result`` is the cell of our own
    template, where a formula stands and its result is never taken.
    """

    reported: str
    where: str
    content: Content = State.BLANK
    declared: Declared | None = None
    result: Cell | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """A report. Without a form it is prose alone: ``form`` is ``None`` and there are no entries.

    ``level`` is the level of administration of the unit ("commune", "district", "province").
    ``is_stamped`` tells that the form carries the stamp of our own template. ``missing`` are the input rows
    that the document does not have, though units of this level fill them.
    ``findings`` are those of reading the document; ``cchc_calc.checking.check`` adds its own.
    ``prose`` holds paragraphs and the cells of tables that are not the form.
    """

    source: str
    form: Form | None = None
    unit: str = ""
    level: str = "commune"
    number: str = ""
    issued: date | None = None
    period: Period | None = None
    title: str = ""
    is_stamped: bool = False
    missing: frozenset[str] = frozenset()
    head: Letterhead | None = None
    entries: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))
    prose: tuple[Paragraph, ...] = ()
    findings: tuple[Finding, ...] = ()

    def where(self, address: str) -> str:
        """Name the place of a row in the source, or an empty text."""
        entry = self.entries.get(address)
        return entry.where if entry is not None else ""
