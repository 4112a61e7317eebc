"""The error of a server that cannot start."""

from __future__ import annotations

from cchc_calc.errors import CchcError


class ServerSetupError(CchcError):
    """The server is set up in a way it must not or cannot run; the message is a Vietnamese phrase."""
