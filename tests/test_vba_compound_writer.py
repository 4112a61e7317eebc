"""Compound files: every reader finds every stream, and the directory is the tree that the specification asks for."""

from __future__ import annotations

import struct
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vba_projects import open_strictly

from cchc_calc.compound import CompoundFile
from cchc_calc.excel.vba.compound_writer import Storage, write_compound_file

if TYPE_CHECKING:
    from olefile.olefile import OleDirectoryEntry

NO_ENTRY = 0xFFFFFFFF
RED, BLACK = 0, 1

TREES: dict[str, Storage] = {
    "nothing": {},
    "an empty stream": {"A": b""},
    "a small stream": {"A": b"a"},
    "just below a large stream": {"A": b"a" * 4095},
    "a large stream": {"A": b"a" * 4096},
    "one storage in another": {"VBA": {"Sheet1": b"x" * 70, "B": {"C": b"y" * 9000}}, "PROJECT": b"z"},
    "lengths before letters": {"zz": b"1", "b": b"2", "A": b"3", "aaa": b"4", "ZY": b"5"},
    "many": {"VBA": {f"M{number}": bytes([number % 251]) * (37 * number) for number in range(400)}},
    "sector by sector": {f"S{number}": b"s" * (512 * number + number % 3 - 1) for number in range(1, 40)},
}


def flat(tree: Storage, above: tuple[str, ...] = ()) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for name, content in tree.items():
        path = (*above, name)
        found |= {"/".join(path): content} if isinstance(content, bytes) else flat(content, path)
    return found


@pytest.mark.parametrize("name", TREES)
def test_other_readers_find_every_stream(name: str) -> None:
    data = write_compound_file(TREES[name])
    file = open_strictly(data)
    expected = flat(TREES[name])
    assert {"/".join(path) for path in file.listdir(streams=True, storages=False)} == expected.keys()
    assert {path: file.openstream(path).read() for path in expected} == expected
    own = CompoundFile(data)
    assert {path: own.read(path.rpartition("/")[2]) for path in expected} == expected


@pytest.mark.parametrize("name", TREES)
def test_the_header_and_the_sectors(name: str) -> None:
    data = write_compound_file(TREES[name])
    assert len(data) % 512 == 0
    minor, major, order, shift, small_shift = struct.unpack_from("<5H", data, 24)
    assert (minor, major, order, shift, small_shift) == (0x3E, 3, 0xFFFE, 9, 6)
    directories, tables, _, transaction, small_below, _, _, more, mores = struct.unpack_from("<9L", data, 40)
    assert (directories, transaction, small_below, more, mores) == (0, 0, 4096, 0xFFFFFFFE, 0)
    places = struct.unpack_from("<109L", data, 76)
    assert all(place == 0xFFFFFFFF for place in places[tables:])
    sectors = len(data) // 512 - 1
    table = b"".join(data[512 * (place + 1) : 512 * (place + 2)] for place in places[:tables])
    numbers = struct.unpack(f"<{len(table) // 4}L", table)
    assert [numbers[place] for place in places[:tables]] == [0xFFFFFFFD] * tables
    # Every sector of the file is in use, and none beyond it.
    assert 0xFFFFFFFF not in numbers[:sectors]
    assert set(numbers[sectors:]) <= {0xFFFFFFFF}


def order(name: str) -> tuple[int, list[int]]:
    """The order of [MS-CFB] 2.6.4: the shorter name first, then letter by letter in upper case."""
    upper = [letter.upper() if len(letter.upper()) == 1 else letter for letter in name]
    return len(name), [ord(letter) for letter in upper]


def check_tree(entries: list[OleDirectoryEntry], number: int, above_is_red: bool) -> tuple[list[str], int]:
    """Walk one tree of siblings in order; return its names and how many black entries every way down has."""
    if number == NO_ENTRY:
        return [], 1
    entry = entries[number]
    is_red = entry.color == RED
    assert not (is_red and above_is_red), "two red entries below each other"
    left, blacks_left = check_tree(entries, entry.sid_left, is_red)
    right, blacks_right = check_tree(entries, entry.sid_right, is_red)
    assert blacks_left == blacks_right, "more black entries on one side"
    return [*left, entry.name, *right], blacks_left + (not is_red)


def check_directory(tree: Storage) -> None:
    entries = [entry for entry in open_strictly(write_compound_file(tree)).direntries if entry]
    assert (entries[0].name, entries[0].entry_type, entries[0].color) == ("Root Entry", 5, BLACK)
    assert not any(entry.createTime or entry.modifyTime or entry.clsid for entry in entries)
    assert all((entry.isectStart, entry.size) == (0, 0) for entry in entries if entry.entry_type == 1)
    storages: list[tuple[int, Storage]] = [(0, tree)]
    for number, storage in storages:
        child = entries[number].sid_child
        assert child == NO_ENTRY or entries[child].color == BLACK
        names, _ = check_tree(entries, child, above_is_red=False)
        assert names == sorted(storage, key=order)
        by_name = {entry.name: place for place, entry in enumerate(entries)}
        storages += [(by_name[name], content) for name, content in storage.items() if not isinstance(content, bytes)]


@pytest.mark.parametrize("count", [*range(34), 62, 63, 64, 65, 66, 99, 127, 128, 500])
def test_the_directory_is_a_red_black_tree(count: int) -> None:
    check_directory({"VBA": {f"Sheet{number}": b"" for number in range(count)}, "PROJECT": b"", "PROJECTwm": b""})


def test_no_clock_and_no_chance() -> None:
    tree = TREES["many"]
    assert write_compound_file(tree) == write_compound_file(dict(reversed(tree.items())))


@pytest.mark.parametrize("name", ["", "a" * 32, "a/b", "a\\b", "a:b", "a!b", "a\0b"])
def test_names_that_the_format_does_not_allow(name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        write_compound_file({name: b""})


def test_two_names_that_are_one() -> None:
    with pytest.raises(ValueError, match="upper and lower"):
        write_compound_file({"VBA": {"Dir": b"", "dir": b""}})


def test_the_limit() -> None:
    """The header lists 109 tables of 128 sectors: so many, with the tables and the directory, are all there is."""
    largest = 512 * (109 * 128 - 109 - 1)
    data = write_compound_file({"A": b"a" * largest})
    assert len(data) == 512 * (1 + 109 * 128)
    assert open_strictly(data).openstream("A").read() == b"a" * largest
    with pytest.raises(ValueError, match="larger"):
        write_compound_file({"A": b"a" * (largest + 1)})


NAMES = st.text(st.characters(codec="utf-8", categories=["L", "N"], max_codepoint=0x2FFF), min_size=1, max_size=20)


@given(st.dictionaries(NAMES, st.binary(max_size=5000), max_size=40))
def test_whatever_is_written_is_read(tree: dict[str, bytes]) -> None:
    if len({tuple(order(name)[1]) for name in tree}) < len(tree):
        return
    own = CompoundFile(write_compound_file(tree))
    assert {name: own.read(name) for name in own.names} == tree
    check_directory(tree)
