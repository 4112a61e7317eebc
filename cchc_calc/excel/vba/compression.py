"""The compression of VBA source, [MS-OVBA] 2.4.1: chunks of 4096 bytes, each compressed by itself.

A chunk is a row of tokens: one byte as it is, or a copy of bytes that stand earlier in the same chunk.
"""

from __future__ import annotations

from typing import Final

CHUNK: Final = 4096
"""Bytes of plain data in every chunk but the last."""

LIMIT: Final = 1 << 24
"""Bytes that ``decompress`` gives at most: far above the 64 kB of source that VBA takes in one procedure."""

_SIGNATURE: Final = b"\x01"
_HEADER_BITS: Final = 0b011 << 12
_IS_COMPRESSED: Final = 1 << 15
_SIZE_MASK: Final = 0xFFF
_SHORTEST_COPY: Final = 3
_TOKENS_A_FLAG_BYTE: Final = 8


class CompressionError(ValueError):
    """The container is cut, contradicts itself or is too large; or the data does not fit into one."""


def compress(data: bytes) -> bytes:
    r"""Pack bytes as Office packs them; the result for the same bytes is always the same.

    A chunk that does not shrink is stored as it is, and the format stores none but whole chunks: raises
    CompressionError when the last chunk is not whole, has 3641 bytes or more and does not shrink. The text
    of a program always shrinks.

    >>> decompress(compress(b"End Sub\r\n" * 1000)) == b"End Sub\r\n" * 1000
    True
    """
    chunks = (data[start : start + CHUNK] for start in range(0, len(data), CHUNK))
    return _SIGNATURE + b"".join(map(_pack_chunk, chunks))


def decompress(data: bytes, limit: int = LIMIT) -> bytes:
    """Unpack a container.

    Raises CompressionError for one that is cut or contradicts itself, and as soon as it gives more than
    ``limit`` bytes: every chunk gives 4096 bytes at most, so no input can make it run on.

    >>> decompress(bytes.fromhex("0119b000616263646566676800696a6b6c6d6e6f70007172737475762e"))
    b'abcdefghijklmnopqrstuv.'
    """
    if data[:1] != _SIGNATURE:
        raise CompressionError("phần nén không bắt đầu bằng dấu hiệu của nó.")
    plain = bytearray()
    place = 1
    while place < len(data):
        header = int.from_bytes(data[place : place + 2], "little")
        end = place + 3 + (header & _SIZE_MASK)
        if header & (0b111 << 12) != _HEADER_BITS or end > len(data):
            raise CompressionError("phần nén bị cắt cụt hoặc bị hỏng.")
        content = data[place + 2 : end]
        plain += _unpack_chunk(content) if header & _IS_COMPRESSED else _stored_chunk(content)
        if len(plain) > limit:
            raise CompressionError(f"phần nén giải ra hơn {limit} byte.")
        place = end
    return bytes(plain)


def _pack_chunk(chunk: bytes) -> bytes:
    packed = _pack_tokens(chunk)
    flag = _IS_COMPRESSED
    if len(packed) > CHUNK:
        if len(chunk) < CHUNK:
            raise CompressionError(f"{len(chunk)} byte cuối không nén được.")
        packed, flag = chunk, 0
    return (flag | _HEADER_BITS | len(packed) - 1).to_bytes(2, "little") + packed


def _pack_tokens(chunk: bytes) -> bytes:
    packed = bytearray()
    seen: dict[bytes, list[int]] = {}
    place = 0
    while place < len(chunk):
        flag_place = len(packed)
        packed.append(0)
        for bit in range(_TOKENS_A_FLAG_BYTE):
            if place == len(chunk):
                break
            start, length = _longest_match(chunk, place, seen)
            if length:
                packed[flag_place] |= 1 << bit
                packed += _copy_token(place, place - start, length)
            else:
                packed.append(chunk[place])
                length = 1
            for passed in range(place, place + length):
                seen.setdefault(chunk[passed : passed + _SHORTEST_COPY], []).append(passed)
            place += length
    return bytes(packed)


def _longest_match(chunk: bytes, place: int, seen: dict[bytes, list[int]]) -> tuple[int, int]:
    longest, best = _SHORTEST_COPY - 1, place
    rest = len(chunk) - place
    for start in reversed(seen.get(chunk[place : place + _SHORTEST_COPY], ())):
        if rest <= longest:
            break
        if chunk[start + longest] != chunk[place + longest]:
            continue
        length = _SHORTEST_COPY
        while length < rest and chunk[start + length] == chunk[place + length]:
            length += 1
        if length > longest:
            longest, best = length, start
    if best == place:
        return place, 0
    return best, min(longest, (1 << _length_bits(place)) - 1 + _SHORTEST_COPY)


def _copy_token(place: int, offset: int, length: int) -> bytes:
    return ((offset - 1) << _length_bits(place) | length - _SHORTEST_COPY).to_bytes(2, "little")


def _length_bits(place: int) -> int:
    # The further into the chunk, the more of the sixteen bits say how far back the copy starts.
    return 16 - max((place - 1).bit_length(), 4)


def _stored_chunk(content: bytes) -> bytes:
    if len(content) != CHUNK:
        raise CompressionError("khối không nén phải đủ 4096 byte.")
    return content


def _unpack_chunk(content: bytes) -> bytes:
    plain = bytearray()
    place = 0
    while place < len(content):
        flags = content[place]
        place += 1
        for bit in range(_TOKENS_A_FLAG_BYTE):
            if place >= len(content):
                break
            if flags >> bit & 1:
                _copy(plain, content[place : place + 2])
                place += 2
            else:
                plain.append(content[place])
                place += 1
            if len(plain) > CHUNK:
                raise CompressionError("một khối nén giải ra hơn 4096 byte.")
    return bytes(plain)


def _copy(plain: bytearray, token: bytes) -> None:
    bits = _length_bits(len(plain))
    number = int.from_bytes(token, "little")
    offset = (number >> bits) + 1
    length = (number & ((1 << bits) - 1)) + _SHORTEST_COPY
    if len(token) < 2 or offset > len(plain):
        raise CompressionError("phần nén chép từ chỗ không có.")
    # The copy may reach into the bytes that it writes itself.
    start = len(plain) - offset
    pattern = plain[start : start + length]
    plain += (pattern * -(-length // len(pattern)))[:length]
