"""The streams PROJECT and PROJECTwm, [MS-OVBA] 2.3.1 and 2.3.3: which module is of what kind, and who may see it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.vba.code_pages import decode, encode, encode_unicode
from cchc_calc.excel.vba.errors import VbaProjectError
from cchc_calc.excel.vba.project import Protection, written_protection

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cchc_calc.excel.vba.project import ModuleKind, Project

_KINDS: Final[Mapping[str, ModuleKind]] = {"Module": "standard", "Class": "class", "Document": "document"}
_KEYS: Final = {kind: key for key, kind in _KINDS.items()}
_FORM: Final = "BaseClass"
_EXTENDERS: Final = "[Host Extender Info]"
_DOCUMENT_VERSION: Final = {"document": "/&H00000000"}
_LINE_END: Final = "\r\n"
_CONTROL_CHARACTER = re.compile(r"[\x00-\x1f]")


@dataclass(frozen=True, slots=True)
class ProjectText:
    """What the PROJECT stream says beyond the dir stream; ``kinds`` are found by the module's name in lower case."""

    identifier: str
    kinds: Mapping[str, ModuleKind]
    protection: Protection
    extenders: tuple[str, ...]


def read_project_stream(data: bytes, code_page: int) -> ProjectText:
    """Read the PROJECT stream.

    Raises VbaProjectError for a form (UserForm), whose drawing is not read here, and for a stream without
    identifier or protection.
    """
    lines = decode(data, code_page).split(_LINE_END)
    blank = lines.index("") if "" in lines else len(lines)
    properties: dict[str, str] = {}
    kinds: dict[str, ModuleKind] = {}
    for line in lines[:blank]:
        key, _, value = line.partition("=")
        if key == _FORM:
            raise VbaProjectError(f"dự án VBA có biểu mẫu nhập liệu (UserForm) {value}, không giữ nguyên được.")
        if key in _KINDS:
            kinds[value.partition("/")[0].lower()] = _KINDS[key]
        else:
            properties.setdefault(key, value.strip('"'))
    missing = {"ID", "CMG", "DPB", "GC"} - properties.keys()
    if missing:
        raise VbaProjectError(f"dự án VBA thiếu thuộc tính {', '.join(sorted(missing))}.")
    protection = Protection(properties["CMG"], properties["DPB"], properties["GC"])
    return ProjectText(properties["ID"], kinds, protection, _read_extenders(lines[blank:]))


def _read_extenders(lines: list[str]) -> tuple[str, ...]:
    if _EXTENDERS not in lines:
        return ()
    following = lines[lines.index(_EXTENDERS) + 1 :]
    return tuple(following[: following.index("")] if "" in following else following)


def write_project_stream(project: Project) -> bytes:
    """Write the PROJECT stream, with every window of the editor closed.

    Raises VbaProjectError for text that the code page does not have.
    """
    protection = written_protection(project)
    if _CONTROL_CHARACTER.search(project.name + project.help_file + project.description):
        raise VbaProjectError(f"tên hoặc mô tả của dự án VBA {project.name!r} có ký tự điều khiển.")
    lines = [f'ID="{project.identifier}"']
    lines += [
        f"{_KEYS[module.kind]}={module.name}{_DOCUMENT_VERSION.get(module.kind, '')}" for module in project.modules
    ]
    if project.help_file:
        lines.append(f'HelpFile="{project.help_file}"')
    lines += [f'Name="{project.name}"', f'HelpContextID="{project.help_context}"']
    if project.description:
        quoted = project.description.replace('"', '""')
        lines.append(f'Description="{quoted}"')
    lines += [
        'VersionCompatible32="393222000"',
        f'CMG="{protection.state}"',
        f'DPB="{protection.password}"',
        f'GC="{protection.visibility}"',
        "",
        _EXTENDERS,
        *project.extenders,
        "",
        "[Workspace]",
        *(f"{module.name}=0, 0, 0, 0, C" for module in project.modules),
        "",
    ]
    return encode(_LINE_END.join(lines), project.code_page, project.name)


def write_name_map(project: Project) -> bytes:
    """Write the PROJECTwm stream: the name of each module in the code page and in UTF-16."""
    names = b"".join(
        encode(module.name, project.code_page, module.name) + b"\0" + encode_unicode(module.name) + b"\0\0"
        for module in project.modules
    )
    return names + b"\0\0"
