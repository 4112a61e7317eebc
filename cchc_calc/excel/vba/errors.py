"""The one error of a VBA project: it cannot be read, or what is to be written breaks the format."""

from __future__ import annotations

from cchc_calc.errors import CchcError


class VbaProjectError(CchcError, ValueError):
    """A VBA project is broken, or holds what cannot be kept; the message is a Vietnamese sentence."""
