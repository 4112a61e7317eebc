"""The compression of VBA source: what is packed comes back, others agree, and no input runs away."""

from __future__ import annotations

import random

import olefile
import pytest
from hypothesis import given
from hypothesis import strategies as st
from vba_projects import big_code, shipped_project, unpack_elsewhere

from cchc_calc.excel.vba.compression import CompressionError, compress, decompress

CHUNK = 4096

# The three examples of [MS-OVBA] 3.2: no repetition, some, and nothing but repetition.
SPECIFIED = {
    b"abcdefghijklmnopqrstuv.": "0119b000616263646566676800696a6b6c6d6e6f70007172737475762e",
    b"#aaabcdefaaaaghijaaaaaklaaamnopqaaaaaaaaaaaarstuvwxyzaaa": (
        "012fb000236161616263646582660070616768696a013808616b6c00306d6e6f700671027004107273747576107778797a003c"
    ),
    b"a" * 73: "0103b002614500",
}


@pytest.mark.parametrize("plain", SPECIFIED)
def test_the_examples_of_the_specification(plain: bytes) -> None:
    packed = bytes.fromhex(SPECIFIED[plain])
    assert decompress(packed) == plain
    # Another place of the same text may be copied, but never in more bytes.
    assert len(compress(plain)) == len(packed)
    assert unpack_elsewhere(compress(plain)) == plain


@pytest.mark.parametrize("chunks", [1, 2, 3, 16])
@pytest.mark.parametrize("off", [-2, -1, 0, 1, 2])
def test_lengths_around_whole_chunks(chunks: int, off: int) -> None:
    plain = big_code(chunks * 100).encode()[: chunks * CHUNK + off]
    assert len(plain) == chunks * CHUNK + off
    packed = compress(plain)
    assert decompress(packed) == unpack_elsewhere(packed) == plain


@pytest.mark.parametrize("length", [1, 2, 3, 17, 4095, 4096, 4097, 4098, 4099, 8192, 100_000])
def test_one_byte_repeated(length: int) -> None:
    packed = compress(b" " * length)
    assert decompress(packed) == unpack_elsewhere(packed) == b" " * length
    assert len(packed) <= 1 + 6 * -(-length // CHUNK)


def test_nothing_is_an_empty_container() -> None:
    assert compress(b"") == b"\x01"
    assert decompress(b"\x01") == b""


def test_a_large_module_shrinks() -> None:
    plain = big_code(3000).encode()
    assert len(plain) > 100_000
    packed = compress(plain)
    assert len(packed) < len(plain) / 2
    assert decompress(packed) == unpack_elsewhere(packed) == plain


def noise(length: int) -> bytes:
    return random.Random(length).randbytes(length)  # noqa: S311 - the same noise every time


@pytest.mark.parametrize("length", [1, 3639, 3640, 4096, 4097, 2 * CHUNK, 5 * CHUNK + 3640])
def test_what_does_not_shrink_is_stored(length: int) -> None:
    packed = compress(noise(length))
    assert decompress(packed) == unpack_elsewhere(packed) == noise(length)


def test_a_whole_chunk_that_does_not_shrink_is_written_as_it_is() -> None:
    assert compress(noise(CHUNK)) == b"\x01\xff\x3f" + noise(CHUNK)


@pytest.mark.parametrize("length", [3641, 4095, CHUNK + 4000])
def test_what_no_container_can_hold_is_refused(length: int) -> None:
    with pytest.raises(CompressionError):
        compress(noise(length))


BROKEN = {
    "nothing": b"",
    "another signature": b"\x02\x00\xb0\x00a",
    "half a header": b"\x01\x00",
    "cut": b"\x01\x19\xb0\x00abc",
    "another sign of a chunk": b"\x01\x01\x80\x00a",
    "a short chunk that is not packed": b"\x01\x02\x30abc",
    "a copy from before the beginning": b"\x01\x02\xb0\x01\x00\x00",
    "a copy from too far back": b"\x01\x03\xb0\x02a\x00\x10",
    "half a copy": b"\x01\x02\xb0\x02a\x00",
    "a chunk that is too long": b"\x01\x05\xb0\x06a\xff\x0f\xff\x0f",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_container(name: str) -> None:
    with pytest.raises(CompressionError):
        decompress(BROKEN[name])


def test_a_bomb_stops_at_the_limit() -> None:
    bomb = b"\x01" + bytes.fromhex("03b00261fc0f") * 100
    assert len(decompress(bomb)) == 100 * CHUNK
    assert len(decompress(bomb, limit=100 * CHUNK)) == 100 * CHUNK
    with pytest.raises(CompressionError):
        decompress(bomb, limit=100 * CHUNK - 1)


@pytest.mark.parametrize("stream", ["dir", "xlwings"])
def test_no_worse_than_the_packer_of_a_shipped_file(stream: str) -> None:
    packed = olefile.OleFileIO(shipped_project()).openstream(f"VBA/{stream}").read()
    assert len(compress(decompress(packed))) <= len(packed)


SHRINKING = st.lists(st.sampled_from([b"    ", b"End If\r\n", b"If x Then\r\n", b"'", b"\xe1"]), max_size=2000)


@given(SHRINKING.map(b"".join) | st.binary(max_size=3640) | st.binary(max_size=300).map(lambda part: part * 40))
def test_what_is_packed_comes_back(plain: bytes) -> None:
    packed = compress(plain)
    assert decompress(packed) == plain
    if plain:
        assert unpack_elsewhere(packed) == plain


@given(st.binary(max_size=200))
def test_any_bytes_are_unpacked_or_refused(data: bytes) -> None:
    try:
        plain = decompress(b"\x01" + data, limit=10_000)
    except CompressionError:
        return
    assert len(plain) <= 10_000
