"""The dir stream of a VBA project, [MS-OVBA] 2.3.4.2, uncompressed: properties, references, modules, in this order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from cchc_calc.excel.vba.code_pages import decode, encode
from cchc_calc.excel.vba.dir_records import Records, record, text, whole
from cchc_calc.excel.vba.project import Module, Project, Reference

_SYSTEM_KIND, _COMPATIBLE_VERSION, _LANGUAGE, _INVOKE_LANGUAGE, _CODE_PAGE = 0x01, 0x4A, 0x02, 0x14, 0x03
_NAME, _DESCRIPTION, _DESCRIPTION_UNICODE, _HELP_FILE, _HELP_FILE_AGAIN = 0x04, 0x05, 0x40, 0x06, 0x3D
_HELP_CONTEXT, _LIBRARY_FLAGS, _VERSION, _CONSTANTS, _CONSTANTS_UNICODE = 0x07, 0x08, 0x09, 0x0C, 0x3C

_REFERENCE_NAME, _REFERENCE_NAME_UNICODE = 0x16, 0x3E
_REGISTERED, _OTHER_PROJECT, _ORIGINAL, _CONTROL, _CONTROL_EXTENDED = 0x0D, 0x0E, 0x33, 0x2F, 0x30

_MODULES, _COOKIE = 0x0F, 0x13
_MODULE_NAME, _MODULE_NAME_UNICODE, _STREAM_NAME, _STREAM_NAME_UNICODE = 0x19, 0x47, 0x1A, 0x32
_MODULE_DESCRIPTION, _MODULE_DESCRIPTION_UNICODE, _OFFSET, _MODULE_HELP_CONTEXT = 0x1C, 0x48, 0x31, 0x1E
_MODULE_COOKIE, _PROCEDURAL, _OBJECT, _READ_ONLY, _PRIVATE, _END_OF_MODULE = 0x2C, 0x21, 0x22, 0x25, 0x28, 0x2B
_END: Final = 0x10

_NO_COOKIE: Final = 0xFFFF


@dataclass(frozen=True, slots=True)
class ModuleRecord:
    """What the dir stream says of a module: the properties, the stream of the source and where it begins there."""

    name: str
    stream: str
    offset: int
    is_procedural: bool
    description: str = ""
    help_context: int = 0
    is_read_only: bool = False
    is_private: bool = False


def read_dir_stream(data: bytes) -> tuple[Project, tuple[ModuleRecord, ...]]:
    """Read the properties and references of the project, without modules, and the records of its modules.

    Raises VbaProjectError for a stream that does not follow the specification.
    """
    records = Records(data)
    project = _read_information(records)
    count = records.take_number(_MODULES, 2)
    records.take(_COOKIE)
    modules = tuple(_read_module(records, project.code_page) for _ in range(count))
    records.take(_END)
    return project, modules


def _read_information(records: Records) -> Project:
    system_kind = records.take_number(_SYSTEM_KIND)
    has_compatible_version = records.next_number() == _COMPATIBLE_VERSION
    compatible_version = records.take_number(_COMPATIBLE_VERSION) if has_compatible_version else None
    language = records.take_number(_LANGUAGE)
    invoke_language = records.take_number(_INVOKE_LANGUAGE)
    code_page = records.take_number(_CODE_PAGE, 2)
    name = decode(records.take(_NAME), code_page)
    description = decode(records.take(_DESCRIPTION), code_page)
    records.take(_DESCRIPTION_UNICODE)
    help_file = decode(records.take(_HELP_FILE), code_page)
    records.take(_HELP_FILE_AGAIN)
    help_context = records.take_number(_HELP_CONTEXT)
    library_flags = records.take_number(_LIBRARY_FLAGS)
    version = records.take_version(_VERSION)
    constants = records.take_if_there(_CONSTANTS)
    if constants is not None:
        records.take(_CONSTANTS_UNICODE)
    references = []
    while records.next_number() != _MODULES:
        references.append(_read_reference(records, code_page))
    return Project(
        name,
        modules=(),
        references=tuple(references),
        code_page=code_page,
        description=description,
        help_file=help_file,
        help_context=help_context,
        constants=decode(constants or b"", code_page),
        system_kind=system_kind,
        compatible_version=compatible_version,
        language=language,
        invoke_language=invoke_language,
        library_flags=library_flags,
        version=version,
    )


def _read_reference(records: Records, code_page: int) -> Reference:
    name = decode(_take_reference_name(records) or b"", code_page)
    start = records.place
    kind = records.next_number()
    if kind == _ORIGINAL:
        records.take(_ORIGINAL)
        kind = records.next_number()
    if kind == _CONTROL:
        records.skip_texts(_CONTROL, texts=1, tail=6)
        _take_reference_name(records)
        records.skip_texts(_CONTROL_EXTENDED, texts=1, tail=26)
    elif kind == _OTHER_PROJECT:
        records.skip_texts(_OTHER_PROJECT, texts=2, tail=6)
    else:
        records.skip_texts(_REGISTERED, texts=1, tail=6)
    return Reference(name, records.data[start : records.place])


def _take_reference_name(records: Records) -> bytes | None:
    name = records.take_if_there(_REFERENCE_NAME)
    if name is not None:
        records.take_if_there(_REFERENCE_NAME_UNICODE)
    return name


def _read_module(records: Records, code_page: int) -> ModuleRecord:
    name = decode(records.take(_MODULE_NAME), code_page)
    records.take_if_there(_MODULE_NAME_UNICODE)
    stream = decode(records.take(_STREAM_NAME), code_page)
    records.take(_STREAM_NAME_UNICODE)
    description = decode(records.take(_MODULE_DESCRIPTION), code_page)
    records.take(_MODULE_DESCRIPTION_UNICODE)
    offset = records.take_number(_OFFSET)
    help_context = records.take_number(_MODULE_HELP_CONTEXT)
    records.take(_MODULE_COOKIE)
    is_procedural = records.take_if_there(_PROCEDURAL) is not None
    if not is_procedural:
        records.take(_OBJECT)
    is_read_only = records.take_if_there(_READ_ONLY) is not None
    is_private = records.take_if_there(_PRIVATE) is not None
    records.take(_END_OF_MODULE)
    return ModuleRecord(name, stream, offset, is_procedural, description, help_context, is_read_only, is_private)


def write_dir_stream(project: Project) -> bytes:
    """Write the properties, the references and one record for each module, whose source begins at offset 0.

    Raises VbaProjectError for text that the code page does not have.
    """
    parts = [_information(project)]
    parts += [_reference(reference, project.code_page) for reference in project.references]
    parts += [record(_MODULES, whole(len(project.modules), 2)), record(_COOKIE, whole(_NO_COOKIE, 2))]
    parts += [_module(module, project.code_page) for module in project.modules]
    return b"".join((*parts, record(_END)))


def _information(project: Project) -> bytes:
    page = project.code_page
    help_file = encode(project.help_file, page, project.name)
    compatible = project.compatible_version
    return b"".join((
        record(_SYSTEM_KIND, whole(project.system_kind)),
        b"" if compatible is None else record(_COMPATIBLE_VERSION, whole(compatible)),
        record(_LANGUAGE, whole(project.language)),
        record(_INVOKE_LANGUAGE, whole(project.invoke_language)),
        record(_CODE_PAGE, whole(page, 2)),
        record(_NAME, encode(project.name, page, project.name)),
        text(_DESCRIPTION, _DESCRIPTION_UNICODE, project.description, page, project.name),
        record(_HELP_FILE, help_file),
        record(_HELP_FILE_AGAIN, help_file),
        record(_HELP_CONTEXT, whole(project.help_context)),
        record(_LIBRARY_FLAGS, whole(project.library_flags)),
        # The size counts the first number alone, so the second follows the record.
        record(_VERSION, whole(project.version[0])) + whole(project.version[1], 2),
        text(_CONSTANTS, _CONSTANTS_UNICODE, project.constants, page, project.name),
    ))  # fmt: skip


def _reference(reference: Reference, code_page: int) -> bytes:
    if not reference.name:
        return reference.record
    name = text(_REFERENCE_NAME, _REFERENCE_NAME_UNICODE, reference.name, code_page, reference.name)
    return name + reference.record


def _module(module: Module, code_page: int) -> bytes:
    place = module.name
    return b"".join((
        text(_MODULE_NAME, _MODULE_NAME_UNICODE, module.name, code_page, place),
        text(_STREAM_NAME, _STREAM_NAME_UNICODE, module.name, code_page, place),
        text(_MODULE_DESCRIPTION, _MODULE_DESCRIPTION_UNICODE, module.description, code_page, place),
        record(_OFFSET, whole(0)),
        record(_MODULE_HELP_CONTEXT, whole(module.help_context)),
        record(_MODULE_COOKIE, whole(_NO_COOKIE, 2)),
        record(_PROCEDURAL if module.kind == "standard" else _OBJECT),
        record(_READ_ONLY) if module.is_read_only else b"",
        record(_PRIVATE) if module.is_private else b"",
        record(_END_OF_MODULE),
    ))  # fmt: skip
