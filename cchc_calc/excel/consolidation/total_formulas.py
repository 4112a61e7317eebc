"""The formulas of the totals over the figures of the units: what ``consolidation.Totals`` adds up, in cells.

A unit whose cell is empty or ``KXĐ`` drops out of that row alone; "không phát sinh" is reported, and nothing to add.
Only functions of Excel 2007 are used.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.consolidation.total_grid import Side
from cchc_calc.excel_formulas import call, native
from cchc_calc.expressions import Rate, Reference, references
from cchc_calc.states import NOT_ARISING_TEXT, UNDECIDED_TEXT

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cchc_calc.catalogue import Form, Row
    from cchc_calc.excel.builds import Build
    from cchc_calc.excel.consolidation.total_grid import TotalGrid
    from cchc_calc.excel.consolidation.unit_layout import UnitLayout
    from cchc_calc.expressions import Quantity

_NOT_ARISING: Final = f'"{NOT_ARISING_TEXT}"'
_UNDECIDED: Final = f'"{UNDECIDED_TEXT}"'
_WITH_VALUE: Final = '">=0"'
_NOT_EMPTY: Final = '"<>"'
MEAN_DIFFERS: Final = "0.00005"
"""A mean that is closer to the rate than half of what the form shows is not another figure."""


def is_common_rate(form: Form, row: Row) -> bool:
    """Tell whether a row is a rate of counts that all units report alike."""
    if not isinstance(row.formula, Rate) or row.over_units != "recomputed":
        return False
    return all(form.by_address[address].over_units == "common" for address in references(row.formula))


def is_rate(row: Row) -> bool:
    """Tell whether a row is a rate that is computed from its parts over the units."""
    return isinstance(row.formula, Rate) and row.over_units == "recomputed"


@dataclass(frozen=True, slots=True)
class TotalFormulas:
    """Renders the formulas for a layout of the units, natively or as calls of the functions."""

    grid: TotalGrid
    layout: UnitLayout
    build: Build

    def reported(self, row: Row) -> str:
        """Count the units that report a row."""
        area = self.layout.area(row.address)
        return f"=COUNT({area})+COUNTIF({area},{_NOT_ARISING})"

    def undecided(self, row: Row) -> str:
        """Count the units of which a row cannot be used."""
        return f"=COUNTIF({self.layout.area(row.address)},{_UNDECIDED})"

    def total(self, row: Row) -> str:
        """Compute the total of a row."""
        area, reported = self.layout.area(row.address), self.grid.side(row.address, Side.REPORTED)
        match row.over_units:
            case "sum":
                found = f"SUM({area})"
            case "common":
                found = self._common(area, reported)
            case "union":
                within = f"{self.grid.value(row.union_within)}," if row.union_within else ""
                found = f"IF(MAX({area})>=MIN({within}SUM({area})),MAX({area}),{_UNDECIDED})"
            case "count_yes":
                found = f"COUNTIF({area},1)"
            case "distribution" if row.legend is not None:
                return self._distribution(area, row.legend.codes)
            case _:
                return self._computed(row)
        return f'=IF({reported}=0,"",{found})'

    def mean(self, row: Row) -> str:
        """Compute the mean of the units' rates where it is not the rate."""
        area, value = self.layout.area(row.address), self.grid.value(row.address)
        differs = f"ABS(AVERAGE({area})-{value})>={MEAN_DIFFERS}"
        return f'=IF(COUNT({area})=0,"",IF({differs},AVERAGE({area}),""))'

    def parts(self, row: Row) -> tuple[str, str]:
        """Add up the numerators and the denominators of the units that report both."""
        reported = self.grid.side(row.address, Side.REPORTED)
        if is_common_rate(self.layout.form, row):
            return self._common_part(row, Side.MIDDLE_NUMERATOR), self._common_part(row, Side.MIDDLE_DENOMINATOR)
        rate = _rate_of(row)
        numerators = (self._added(row, part, whole) for part, whole in rate.pairs)
        denominators = (self._added(row, whole, part) for part, whole in rate.pairs)
        numerator, denominator = ("+".join(parts).replace("+-", "-") for parts in (numerators, denominators))
        return f'=IF({reported}=0,"",{numerator})', f'=IF({reported}=0,"",{denominator})'

    def middles(self, row: Row) -> tuple[str, str]:
        """Find the middle numerator and denominator of the units that have a rate, as formulas over areas.

        A pair that more than half of the units report is the middle one.
        """
        rates = self.layout.area(row.address)
        part, whole = (self.layout.area(side.address) for side in _sides(row))
        middle = "=IF(COUNT({0})=0,0,MEDIAN(IF(ISNUMBER({0}),IF(ISNUMBER({1}),{1},0))))"
        return middle.format(rates, part), middle.format(rates, whole)

    def _common(self, area: str, reported: str) -> str:
        # A value that more than half of the units report is the middle one.
        most = f"IF(2*COUNTIF({area},MEDIAN({area}))>{reported},MEDIAN({area}),{_UNDECIDED})"
        zeros = f"COUNTIF({area},0)+COUNTIF({area},{_NOT_ARISING})"
        return f"IF(2*({zeros})>{reported},0,{most})"

    def _common_part(self, row: Row, middle: Side) -> str:
        rates = self.layout.area(row.address)
        part, whole = (self.layout.area(side.address) for side in _sides(row))
        reported, numerator, denominator, chosen = (
            self.grid.side(row.address, column)
            for column in (Side.REPORTED, Side.MIDDLE_NUMERATOR, Side.MIDDLE_DENOMINATOR, middle)
        )
        nothing = f"COUNTIF({rates},{_NOT_ARISING})"
        same = f"COUNTIFS({part},{numerator},{whole},{denominator})"
        same += f"+IF({numerator}=0,COUNTIFS({part},{_NOT_ARISING},{whole},{denominator}),0)"
        most = f"IF(2*({same})>{reported},{chosen},{_UNDECIDED})"
        return f'=IF({reported}=0,"",IF(2*{nothing}>{reported},0,{most}))'

    def _added(self, row: Row, added: Quantity, other: Quantity) -> str:
        """Add up a side of a pair over the units that have a rate, and of several pairs both sides of this one."""
        rates = self.layout.area(row.address)
        rate = _rate_of(row)
        both = ""
        if len(rate.pairs) > 1:
            if not isinstance(other, Reference):
                msg = f"row {row.address}: no formula tells whether a unit reports a sum among several pairs"
                raise ValueError(msg)
            both = f",{self.layout.area(other.address)},{_NOT_EMPTY}"
        terms = ((1, added),) if isinstance(added, Reference) else added.terms
        signed = (
            f"{'+' if sign > 0 else '-'}SUMIFS({self.layout.area(term.address)},{rates},{_WITH_VALUE}{both})"
            for sign, term in terms
        )
        return "".join(signed).removeprefix("+")

    def _distribution(self, area: str, codes: Mapping[str, int]) -> str:
        counts = ((word, f"COUNTIF({area},{code})") for word, code in codes.items())
        words = "&".join(f'IF({count}=0,"","; {word}: "&{count})' for word, count in counts)
        return f"=MID({words},3,255)"

    def _computed(self, row: Row) -> str:
        if row.formula is None:
            return '=""'
        render = call if self.build.calls_python else native
        if not is_rate(row):
            return render(row.formula, self.grid.value)
        parts = {"part": Side.NUMERATOR, "whole": Side.DENOMINATOR}
        pooled = Rate(_rate_of(row).name, ((Reference("part"), Reference("whole")),))
        return render(pooled, lambda name: self.grid.side(row.address, parts[name]))


def _rate_of(row: Row) -> Rate:
    if not isinstance(row.formula, Rate):
        msg = f"row {row.address} is no rate"
        raise TypeError(msg)
    return row.formula


def _sides(row: Row) -> tuple[Reference, Reference]:
    ((part, whole),) = _rate_of(row).pairs
    if not isinstance(part, Reference) or not isinstance(whole, Reference):
        msg = f"row {row.address}: a rate of common counts divides one row by another"
        raise TypeError(msg)
    return part, whole
