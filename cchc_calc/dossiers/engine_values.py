"""Values as engines give them back, so that what one of them calls nothing is told alike for all."""

from __future__ import annotations

from typing import Any


def is_nothing(value: Any) -> bool:
    """Tell whether an engine says nothing by a value: ``None``, and NaN, NaT and NA of pandas.

    >>> is_nothing(None), is_nothing(float("nan")), is_nothing(""), is_nothing(0)
    (True, True, False, False)
    """
    try:
        # NaT and NaN differ from themselves.
        return value is None or bool(value != value)
    except TypeError:
        # Of NA that cannot be told.
        return True


def text_of(value: Any) -> str:
    """Give a text, an empty one for nothing.

    >>> text_of("Đất đai"), text_of(None), text_of(float("nan"))
    ('Đất đai', '', '')
    """
    return value if isinstance(value, str) else ""
