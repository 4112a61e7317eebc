"""Figures of Vietnamese administrative prose: numbers as written, with unit, comparator and place."""

from cchc_calc.numerals.figures import Figure, parse_figures
from cchc_calc.numerals.written import NumberReading, read_number

__all__ = ["Figure", "NumberReading", "parse_figures", "read_number"]
