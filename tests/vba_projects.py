"""VBA projects for the tests: the one that xlwings ships, any that Hypothesis draws, and what other readers see."""

from __future__ import annotations

import io
import warnings
import zipfile
from functools import cache
from importlib import resources

import olefile
from hypothesis import strategies as st

from cchc_calc.excel.vba import Module, Project, Reference, document_module

with warnings.catch_warnings():
    # It calls functions of pyparsing by their former names.
    warnings.simplefilter("ignore", DeprecationWarning)
    from oletools.olevba import VBA_Parser, decompress_stream

SHIPPED = "quickstart_standalone.xlsm"
REFERENCE = Reference("stdole", bytes.fromhex("0d000e0000000400000041424344000000000000"))


@cache
def shipped_project() -> bytes:
    """Give the vbaProject.bin of the workbook that xlwings ships, which Excel is known to open."""
    with zipfile.ZipFile(io.BytesIO(resources.files("xlwings").joinpath(SHIPPED).read_bytes())) as package:
        return package.read("xl/vbaProject.bin")


def unpack_elsewhere(container: bytes) -> bytes:
    """Decompress with the code of olevba."""
    return bytes(decompress_stream(bytearray(container)))


def open_strictly(data: bytes) -> olefile.OleFileIO:
    """Open with olefile, every defect being an error."""
    file = olefile.OleFileIO(data, raise_defects=olefile.DEFECT_UNSURE)
    assert file.parsing_issues == []
    return file


def sources_elsewhere(data: bytes) -> dict[str, str]:
    """Read the sources with olevba: the names it gives to the files, and the texts."""
    parser = VBA_Parser("vbaProject.bin", data=data)
    try:
        found = {name: code for _, _, name, code in parser.extract_macros()}
    finally:
        parser.close()
    return {name: code if isinstance(code, str) else code.decode("cp1252") for name, code in found.items()}


def big_code(lines: int) -> str:
    """Give the code of a standard module whose lines differ; a line is about 50 bytes."""
    return "".join(f"' {number:06}: {number * number:012} ngay lam viec, ho so\r\n" for number in range(lines))


NAMES = st.from_regex(r"[A-Za-z][A-Za-z0-9_]{0,30}", fullmatch=True).filter(
    lambda name: name.lower() not in {"dir", "project", "projectwm", "projectlk", "vba"}
)
TEXTS = st.text(st.characters(codec="cp1252", exclude_characters="\0"), max_size=300)
LINES = st.text(st.characters(codec="cp1252", min_codepoint=32), max_size=40)
MODULES = st.builds(
    Module,
    NAMES,
    st.sampled_from(["standard", "class", "document"]),
    TEXTS | TEXTS.map(lambda text: text * 30),
    TEXTS,
    st.integers(0, 2**32 - 1),
    st.booleans(),
    st.booleans(),
)
PROJECTS = st.builds(
    Project,
    NAMES,
    st.lists(MODULES, max_size=12, unique_by=lambda module: module.name.lower()).map(tuple),
    st.just(()) | st.just((REFERENCE,)),
    description=LINES,
    help_file=LINES,
    help_context=st.integers(0, 2**32 - 1),
    constants=LINES,
    system_kind=st.sampled_from([1, 2, 3]),
    compatible_version=st.none() | st.integers(0, 2**32 - 1),
    version=st.tuples(st.integers(0, 2**32 - 1), st.integers(0, 2**16 - 1)),
    extenders=st.lists(LINES.filter(bool), max_size=2).map(tuple),
)


def workbook_documents(sheets: int) -> tuple[Module, ...]:
    """Give the modules behind a workbook with so many sheets."""
    names = [f"Sheet{number}" for number in range(1, sheets + 1)]
    return (document_module("ThisWorkbook", "workbook"), *(document_module(name, "worksheet") for name in names))
