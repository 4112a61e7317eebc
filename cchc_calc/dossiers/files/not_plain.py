"""The error of csv files that DuckDB cannot be left alone with."""

from __future__ import annotations

from cchc_calc.errors import CchcError


class NotPlainError(CchcError):
    """Csv files are not as plain as DuckDB needs them; their rows have to be read one by one."""
