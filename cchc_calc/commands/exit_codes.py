"""What the commands tell the shell beside 0."""

from typing import Final

FOUND_ERRORS: Final = 1
"""Findings of severity error, or some sources refused."""

UNUSABLE: Final = 2
"""Nothing usable, or wrong use."""

STOPPED: Final = 130
"""Ctrl+C, as shells count it."""
