"""The checks of a report's prose that need no form: citations, dates, periods, bands, breakdowns, wording."""

from cchc_calc.prose.checks import check_prose

__all__ = ["check_prose"]
