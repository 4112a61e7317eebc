"""What an official form is: rows with address, meaning, formula, checks and sources.

The forms themselves are data, read by ``cchc_calc.form_files``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from cchc_calc.errors import FormError
from cchc_calc.expressions import Comparison, Formula, pair_checks, references

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from cchc_calc.legends import Legend

KINDS: Final = ("heading", "count", "measure", "flag", "choice", "text", "rate", "sum")
COMPUTED: Final = frozenset({"rate", "sum"})
LEVELS: Final = ("commune", "district", "province")
LEVEL_NAMES: Final = {"commune": "cấp xã", "district": "cấp huyện", "province": "cấp tỉnh"}
"""What an official reads."""


@dataclass(frozen=True, slots=True)
class Check:
    """A relation that must hold between rows; where it does not, those rows are undecided."""

    rule: str
    comparison: Comparison

    @property
    def addresses(self) -> tuple[str, ...]:
        """List the rows the check compares."""
        return references(self.comparison)


@dataclass(frozen=True, slots=True)
class Homonyms:
    """Rows with nearly the same name that need not hold the same number, and why."""

    rows: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Fact:
    """How the prose of a report tells of a figure of the form.

    Every group of ``words`` must stand beside the figure (alternatives parted by "|"), none of
    ``without``; ``unit`` lists the units it may have (any when empty), ``role`` is that of a part of n/m.
    ``formula`` gives the figure of the form, ``None`` where the form does not count it.
    """

    name: str
    words: tuple[str, ...]
    formula: Formula | None = None
    without: tuple[str, ...] = ()
    unit: tuple[str, ...] = ()
    role: str = ""
    rows: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Balance:
    """Facts of the prose of which the parts add up to the whole, if the first ``needed`` of them are told."""

    whole: str
    parts: tuple[str, ...]
    needed: int


@dataclass(frozen=True, slots=True)
class Listing:
    """Words that introduce a list of documents in the prose, and the row that counts them."""

    words: str
    row: str


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a form.

    ``address`` is stable within a family of editions, ``id`` survives editions. ``code`` is printed in the
    first column, or is the dash that opens the label. ``levels`` are the levels of administration that
    fill the row. ``legal`` is the source in law, or the form's mark that none is known. ``whole`` is set
    for a measure that has no smaller unit, such as an amount in đồng.
    """

    address: str
    code: str
    id: str
    label: str
    kind: str
    levels: tuple[str, ...]
    legal: str
    unit: str = ""
    agency: str = ""
    note: str = ""
    italic: bool = False
    whole: bool = False
    formula: Formula | None = None
    checks: tuple[Check, ...] = ()
    legend: Legend | None = None
    over_units: str = ""
    union_within: str = ""
    over_time: str = ""

    @property
    def is_heading(self) -> bool:
        """Tell whether the row only names a section."""
        return self.kind == "heading"

    @property
    def is_computed(self) -> bool:
        """Tell whether the row follows from other rows."""
        return self.kind in COMPUTED

    @property
    def is_input(self) -> bool:
        """Tell whether an official fills the row."""
        return not (self.is_computed or self.is_heading)

    @property
    def is_added_up(self) -> bool:
        """Tell whether the row holds a figure of a unit that makes up the total of all units."""
        return self.kind in {"count", "measure"} and self.over_units == "sum"

    @property
    def short_label(self) -> str:
        """Return the label without what explains it.

        >>> from cchc_calc.form_files import load_form
        >>> load_form("thong-ke-cchc", "2023").row("7.7.5").short_label
        'Tỷ lệ TTHC triển khai thanh toán trực tuyến'
        """
        return self.label.partition("(")[0].partition(". ")[0].rstrip(" .:;")


@dataclass(frozen=True, eq=False)
class Form:
    """An edition of an official form; loaded once, so two forms are the same only if they are one object."""

    id: str
    edition: str
    title: str
    source: str
    mark: str
    valid_from: date
    valid_to: date | None
    levels: tuple[str, ...]
    columns: tuple[str, ...]
    no_legal_source: str
    rows: tuple[Row, ...]
    homonyms: tuple[Homonyms, ...] = ()
    narrative: tuple[Fact, ...] = ()
    balances: tuple[Balance, ...] = ()
    listings: tuple[Listing, ...] = ()

    def row(self, address: str) -> Row:
        """Return the row at an address; raise ``FormError`` when the form has none.

        >>> from cchc_calc.form_files import load_form
        >>> load_form("thong-ke-cchc", "2023").row("3.4.3").id
        'commune_on_time_rate'
        """
        try:
            return self.by_address[address]
        except KeyError:
            msg = f"form {self.id!r}, edition {self.edition}: there is no row {address!r}"
            raise FormError(msg) from None

    @property
    def name(self) -> str:
        """Name the form and its edition for an official, with its mark wherever it has one.

        >>> from cchc_calc.form_files import load_form
        >>> load_form("thong-ke-cchc", "2025").name
        'thong-ke-cchc, bản 2025 (suy ra, chưa có văn bản ban hành)'
        """
        mark = f" ({self.mark})" if self.mark else ""
        return f"{self.id}, bản {self.edition}{mark}"

    @cached_property
    def by_address(self) -> dict[str, Row]:
        """Map addresses to rows."""
        return {row.address: row for row in self.rows}

    @cached_property
    def inputs(self) -> dict[str, Row]:
        """Map the addresses of the rows that officials fill to the rows, in the order of the form."""
        return {row.address: row for row in self.rows if row.is_input}

    @cached_property
    def computed(self) -> tuple[Row, ...]:
        """List the computed rows so that each comes after the rows it reads."""
        return tuple(_in_order({row.address: row for row in self.rows if row.formula is not None}))

    @cached_property
    def checks(self) -> tuple[Check, ...]:
        """List the checks of all rows, those that the formulas imply included, each once."""
        implied = (
            Check("part_exceeds_whole", comparison)
            for row in self.computed
            if row.formula is not None
            for comparison in pair_checks(row.formula)
        )
        stated = (check for row in self.rows for check in row.checks)
        return tuple(dict.fromkeys([*implied, *stated]))

    def group(self, address: str) -> tuple[Row, ...]:
        """List the rows directly under a row: its "-" rows, or the "+" rows of a "-" row."""
        return self._groups.get(address, ())

    @cached_property
    def _groups(self) -> dict[str, tuple[Row, ...]]:
        groups: dict[str, list[Row]] = {}
        for row in self.rows:
            groups.setdefault(parent_of(row.address), []).append(row)
        return {parent: tuple(rows) for parent, rows in groups.items()}


def parent_of(address: str) -> str:
    """Name the row an address stands under; a section stands under nothing.

    >>> parent_of("3.4.4.a1"), parent_of("3.4.4.a"), parent_of("3.4"), parent_of("3")
    ('3.4.4.a', '3.4.4', '3', '')
    """
    head, _, last = address.rpartition(".")
    return address.rstrip("0123456789") if last[:1].isalpha() and len(last) > 1 else head


def _in_order(rows: dict[str, Row]) -> Iterator[Row]:
    done: set[str] = set()

    def visit(row: Row) -> Iterator[Row]:
        if row.address in done:
            return
        done.add(row.address)
        for address in references(row.formula) if row.formula is not None else ():
            if address in rows:
                yield from visit(rows[address])
        yield row

    for row in rows.values():
        yield from visit(row)
