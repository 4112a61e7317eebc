"""The obfuscated values of a VBA project, [MS-OVBA] 2.4.3: its protection, its password, its visibility.

This hides nothing from anybody: the key is a checksum of the project's own identifier.
"""

from __future__ import annotations

from typing import Final

_VERSION: Final = 2
_SEED: Final = 0x8D
"""Any byte may be the seed; a fixed one gives the same file every time."""

_LENGTH_SIZE: Final = 4


class ObfuscationError(ValueError):
    """The value is not hexadecimal, cut, or of another project."""


def obfuscate(data: bytes, project_id: str) -> str:
    r"""Write bytes as the PROJECT stream keeps them; ``project_id`` is the identifier in its braces.

    >>> obfuscate(b"\xff", "{5CF9CDAB-B77B-4FE4-BD7E-D29900070E1B}")
    '8D8FA6BAA6BBA7BBA744'
    """
    key = sum(project_id.encode("ascii")) & 0xFF
    filling = bytes(_filling_size(_SEED))
    written = bytearray((_SEED, _SEED ^ _VERSION, _SEED ^ key))
    last = key
    for byte in filling + len(data).to_bytes(_LENGTH_SIZE, "little") + data:
        written.append(byte ^ (written[-2] + last & 0xFF))
        last = byte
    return written.hex().upper()


def reveal(value: str, project_id: str) -> bytes:
    r"""Read bytes from the PROJECT stream.

    Raises ObfuscationError for a value that is not hexadecimal, is cut or belongs to another project.

    >>> reveal("8D8FA61394EF95EF9510", "{5CF9CDAB-B77B-4FE4-BD7E-D29900070E1B}")
    b'\xff'
    """
    try:
        written = bytes.fromhex(value)
        key = sum(project_id.encode("ascii")) & 0xFF
    except ValueError as error:
        raise ObfuscationError from error
    if len(written) < 3 or written[1] != written[0] ^ _VERSION or written[2] != written[0] ^ key:
        raise ObfuscationError
    plain = bytearray()
    last = key
    for place in range(3, len(written)):
        last = written[place] ^ (written[place - 2] + last & 0xFF)
        plain.append(last)
    start = _filling_size(written[0])
    data = bytes(plain[start + _LENGTH_SIZE :])
    if len(data) != int.from_bytes(plain[start : start + _LENGTH_SIZE], "little"):
        raise ObfuscationError
    return data


def _filling_size(seed: int) -> int:
    return (seed & 6) >> 1
