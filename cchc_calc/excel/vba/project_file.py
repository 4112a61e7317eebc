"""Read and write ``vbaProject.bin``: ``read_project(data) -> Project``, ``write_project(project) -> bytes``.

A file is read with or without the caches that Excel keeps beside the source; it is written without them,
as [MS-OVBA] asks of every writer, so that Excel compiles the source anew.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from cchc_calc.compound import CompoundFile, CompoundFileError
from cchc_calc.excel.vba.code_pages import decode, encode
from cchc_calc.excel.vba.compound_writer import write_compound_file
from cchc_calc.excel.vba.compression import CompressionError, compress, decompress
from cchc_calc.excel.vba.dir_stream import read_dir_stream, write_dir_stream
from cchc_calc.excel.vba.errors import VbaProjectError
from cchc_calc.excel.vba.project import Module, Project, check_name
from cchc_calc.excel.vba.project_stream import (
    ProjectText,
    read_project_stream,
    write_name_map,
    write_project_stream,
)

if TYPE_CHECKING:
    from cchc_calc.excel.vba.compound_writer import Storage
    from cchc_calc.excel.vba.dir_stream import ModuleRecord

_NO_CACHE: Final = bytes.fromhex("cc61ffff000000")
"""The whole _VBA_PROJECT stream of a project without caches."""

_CACHES: Final = ("_vba_project", "__srp_")
_LARGEST_SOURCE: Final = 1 << 24
"""Bytes of source of all modules together."""


def read_project(data: bytes) -> Project:
    """Read the project of a ``vbaProject.bin``: every module with its whole source, attributes included.

    Raises VbaProjectError for a file that is cut or contradicts itself, that grows beyond all measure when
    unpacked, or that holds what ``write_project`` could not give back (forms, licences of controls).
    """
    try:
        streams = _Streams(data)
        project, records = read_dir_stream(streams.unpack("dir"))
        text = read_project_stream(streams.read("PROJECT"), project.code_page)
        modules = tuple(_read_module(streams, record, text, project.code_page) for record in records)
    except (CompoundFileError, CompressionError, KeyError) as error:
        raise VbaProjectError(f"dự án VBA bị cắt cụt hoặc bị hỏng. {error}") from error
    streams.check_all_read()
    return replace(
        project,
        modules=modules,
        identifier=text.identifier,
        protection=text.protection,
        extenders=text.extenders,
    )


class _Streams:
    """The streams of the file by name, upper and lower case being the same, unpacked under one limit."""

    def __init__(self, data: bytes) -> None:
        self.file = CompoundFile(data)
        self.names = {name.lower(): name for name in self.file.names}
        self.unread = {name for name in self.names if not name.startswith(_CACHES)} - {"projectwm"}
        self.rest = _LARGEST_SOURCE

    def read(self, name: str) -> bytes:
        self.unread.discard(name.lower())
        return self.file.read(self.names[name.lower()])

    def unpack(self, name: str, offset: int = 0) -> bytes:
        plain = decompress(self.read(name)[offset:], self.rest)
        self.rest -= len(plain)
        return plain

    def check_all_read(self) -> None:
        if self.unread:
            raise VbaProjectError(f"dự án VBA có phần không giữ nguyên được: {', '.join(sorted(self.unread))}.")


def _read_module(streams: _Streams, record: ModuleRecord, text: ProjectText, code_page: int) -> Module:
    # The names in the file are looked up wherever they stand, so a module may not be named like another stream.
    check_name(record.stream)
    kind = "standard" if record.is_procedural else text.kinds[record.name.lower()]
    return Module(
        record.name,
        kind,
        decode(streams.unpack(record.stream, record.offset), code_page),
        record.description,
        record.help_context,
        record.is_read_only,
        record.is_private,
    )


def write_project(project: Project) -> bytes:
    r"""Write a ``vbaProject.bin``; the same project always gives the same bytes.

    Raises VbaProjectError for a name that VBA does not allow, two modules of one name, a character that
    the project's code page does not have (the message names the module and the character), and a project
    of more than 6 MB.

    >>> project = Project("VBAProject", (Module("Nut", "standard", 'Attribute VB_Name = "Nut"\r\n'),))
    >>> read_project(write_project(project)).modules == project.modules
    True
    """
    names = [module.name.lower() for module in project.modules]
    if len(set(names)) < len(names):
        raise VbaProjectError(f"dự án VBA {project.name} có hai mô-đun trùng tên.")
    streams = {"dir": compress(write_dir_stream(project)), "_VBA_PROJECT": _NO_CACHE}
    for module in project.modules:
        check_name(module.name)
        streams[module.name] = _pack_source(module, project.code_page)
    root: Storage = {"VBA": streams, "PROJECT": write_project_stream(project), "PROJECTwm": write_name_map(project)}
    try:
        return write_compound_file(root)
    except ValueError as error:
        raise VbaProjectError(f"dự án VBA {project.name} quá lớn hoặc có hai tên gần như nhau.") from error


def _pack_source(module: Module, code_page: int) -> bytes:
    try:
        return compress(encode(module.source, code_page, module.name))
    except CompressionError as error:
        raise VbaProjectError(f"{module.name}: {error}") from error
