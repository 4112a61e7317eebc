"""A VBA project: its modules, its references and what else the file says of it.

``read_project(data: bytes) -> Project`` and ``write_project(project: Project) -> bytes`` are in
``cchc_calc.excel.vba.project_file``; all public names are found in ``cchc_calc.excel.vba``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from cchc_calc.excel.vba.errors import VbaProjectError
from cchc_calc.excel.vba.obfuscation import ObfuscationError, obfuscate, reveal

if TYPE_CHECKING:
    from collections.abc import Iterable

ModuleKind: TypeAlias = Literal["standard", "class", "document"]

LATIN: Final = 1252
_LONGEST_NAME: Final = 31
_LONGEST_LINE: Final = 1023
_NAME = re.compile(r"[^\W\d_]\w*")
_TAKEN_STREAMS: Final = frozenset({"dir", "_vba_project", "project", "projectwm", "projectlk", "vba"})
_HOST_LIBRARIES: Final = frozenset({"vba", "excel"})
"""Every project of Excel refers to these two without saying so."""

_UNPROTECTED, _NO_PASSWORD, _VISIBLE = bytes(4), bytes(1), b"\xff"
_VB_EDITOR: Final = "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000"


@dataclass(frozen=True, slots=True)
class Module:
    """One module: its whole source with the lines ``Attribute ...`` at its head, lines ended by CR LF.

    ``kind`` is "document" for the code behind the workbook or one sheet: its name is the code name of that sheet,
    never the name on the tab. ``write_project`` needs a name of at most 31 letters, digits and underscores
    that begins with a letter.
    """

    name: str
    kind: ModuleKind
    source: str
    description: str = ""
    help_context: int = 0
    is_read_only: bool = False
    is_private: bool = False


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to a library or to another project; ``record`` is kept as [MS-OVBA] 2.3.4.2.2 writes it."""

    name: str
    record: bytes


@dataclass(frozen=True, slots=True)
class Protection:
    """The obfuscated values CMG (protection), DPB (password) and GC (visibility) of the PROJECT stream."""

    state: str
    password: str
    visibility: str


@dataclass(frozen=True, slots=True)
class Project:
    """A VBA project. All but the name and the modules has the value of a new project of 64-bit Excel.

    ``code_page`` is the Windows code page of every text in the file. ``protection`` is None for a project
    that nobody has locked. ``extenders`` are the lines below ``[Host Extender Info]``.
    """

    name: str
    modules: tuple[Module, ...]
    references: tuple[Reference, ...] = ()
    code_page: int = LATIN
    identifier: str = "{8B0C3C5E-5E0A-5C1D-9A3F-2D6D3C7C0C01}"
    description: str = ""
    help_file: str = ""
    help_context: int = 0
    constants: str = ""
    system_kind: int = 3
    compatible_version: int | None = None
    language: int = 0x0409
    invoke_language: int = 0x0409
    library_flags: int = 0
    version: tuple[int, int] = (1, 0)
    protection: Protection | None = None
    extenders: tuple[str, ...] = (_VB_EDITOR,)

    @property
    def is_locked(self) -> bool:
        """Tell whether somebody has locked or hidden the project; then no one but the owner may change it."""
        if self.protection is None:
            return False
        try:
            return (
                any(reveal(self.protection.state, self.identifier))
                or reveal(self.protection.password, self.identifier) != _NO_PASSWORD
                or reveal(self.protection.visibility, self.identifier) != _VISIBLE
            )
        except ObfuscationError:
            # Values that belong to another project are a known way to make a project unviewable.
            return True


def written_protection(project: Project) -> Protection:
    """Give the values to write: those that were read, or those of a project that nobody has locked."""
    return project.protection or Protection(
        obfuscate(_UNPROTECTED, project.identifier),
        obfuscate(_NO_PASSWORD, project.identifier),
        obfuscate(_VISIBLE, project.identifier),
    )


def check_name(name: str) -> None:
    """Refuse what cannot be the name of a module in the file.

    Raises VbaProjectError.

    >>> check_name("Sheet1")
    >>> check_name("Biểu mẫu")
    Traceback (most recent call last):
    ...
    cchc_calc.excel.vba.errors.VbaProjectError: 'Biểu mẫu' không đặt được làm tên mô-đun VBA.
    """
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME or name.lower() in _TAKEN_STREAMS:
        raise VbaProjectError(f"{name!r} không đặt được làm tên mô-đun VBA.")


def with_modules(project: Project, modules: Iterable[Module]) -> Project:
    r"""Add modules behind those that are there.

    Raises VbaProjectError for a name that is there already, whether of a module, of the project or of a
    library it refers to (upper and lower case are the same to VBA); for a source that does not begin with
    its own name, ends a line by anything but CR LF, or has a line longer than the editor takes; and for a
    project that is locked.

    >>> button = Module("Nut", "standard", 'Attribute VB_Name = "Nut"\r\n')
    >>> [module.name for module in with_modules(Project("VBAProject", ()), [button]).modules]
    ['Nut']
    """
    if project.is_locked:
        raise VbaProjectError(f"dự án VBA {project.name} đã bị khóa, không thêm mô-đun vào được.")
    added = tuple(modules)
    taken = {project.name.lower(), *_HOST_LIBRARIES, *(reference.name.lower() for reference in project.references)}
    taken |= {module.name.lower() for module in project.modules}
    for module in added:
        check_name(module.name)
        if module.name.lower() in taken:
            raise VbaProjectError(f"trong dự án VBA đã có tên {module.name}.")
        taken.add(module.name.lower())
        _check_source(module)
    return replace(project, modules=project.modules + added)


def _check_source(module: Module) -> None:
    if not module.source.startswith(f'Attribute VB_Name = "{module.name}"\r\n'):
        raise VbaProjectError(f"mã nguồn của {module.name} không bắt đầu bằng dòng Attribute VB_Name của nó.")
    lines = module.source.split("\r\n")
    for number, line in enumerate(lines, start=1):
        if "\r" in line or "\n" in line:
            raise VbaProjectError(f"{module.name}: dòng {number} không xuống dòng bằng CR LF.")
        if len(line) > _LONGEST_LINE:
            raise VbaProjectError(f"{module.name}: dòng {number} dài hơn {_LONGEST_LINE} ký tự.")
