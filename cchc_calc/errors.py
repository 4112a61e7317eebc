"""The errors of the library: wrong use raises; faults in a file are returned as findings."""

from __future__ import annotations


class CchcError(Exception):
    """The root of every error raised on purpose by this library."""


class IndicatorError(CchcError, ValueError):
    """An indicator was asked of operands that cannot be counts: negative, fractional, NaN, part > whole."""


class FormError(CchcError, ValueError):
    """A form's data file breaks its own rules, or names a form, an edition or a row that does not exist."""


class ExpressionError(CchcError, ValueError):
    """A formula or check of a form's data file is not written in the expression language."""


class FunctionUseError(CchcError, ValueError):
    """A cell function was given what it cannot work with; the message is a Vietnamese phrase for the cell."""


class CalendarError(CchcError, ValueError):
    """Working days were asked for outside the table of days off, or the table breaks its own rules."""


class TargetError(IndicatorError):
    """A target cannot be read, or does not fit the result beside it; the message is Vietnamese."""


class ScaleError(CchcError, ValueError):
    """A scale of points breaks its own rules or does not exist, or points lie outside it."""


class TableError(CchcError, ValueError):
    """A table cannot be written as it is asked for; the message is Vietnamese."""


class OutputError(CchcError, ValueError):
    """Results cannot be written where they are asked for; the message is Vietnamese."""


class SourceRefusedError(CchcError):
    """A source gives no figure at all: it is missing, of another kind, locked, broken or not a report.

    ``code`` is stable for ever, ``message`` and ``remedy`` are Vietnamese sentences for the official.
    """

    def __init__(self, source: str, code: str, message: str, remedy: str) -> None:
        """Keep the parts apart, so that the command line can print them one by one."""
        super().__init__(f"{source}: {message}")
        self.source = source
        self.code = code
        self.message = message
        self.remedy = remedy
