"""VBA projects without Excel: read, extended and written as [MS-OVBA] and [MS-CFB] say.

``read_project(data: bytes) -> Project`` and ``write_project(project: Project) -> bytes`` turn a
``vbaProject.bin`` into modules and back; ``with_modules`` adds modules, ``with_documents`` the code behind the
sheets. ``cchc_calc.excel.vba.sources`` keeps modules as text files, ``workbook_package`` puts a project into a
workbook that somebody else made.

The sources should be ASCII: what Vietnamese a macro shows is read from a cell,
because the code page of the project decides which letters it can hold.
"""

from cchc_calc.excel.vba.documents import DocumentKind, document_module, with_documents
from cchc_calc.excel.vba.errors import VbaProjectError
from cchc_calc.excel.vba.project import Module, ModuleKind, Project, Reference, with_modules
from cchc_calc.excel.vba.project_file import read_project, write_project
from cchc_calc.excel.vba.sources import class_module, standard_module

__all__ = [
    "DocumentKind",
    "Module",
    "ModuleKind",
    "Project",
    "Reference",
    "VbaProjectError",
    "class_module",
    "document_module",
    "read_project",
    "standard_module",
    "with_documents",
    "with_modules",
    "write_project",
]
