"""VBA projects without Excel: read, extended and written as [MS-OVBA] and [MS-CFB] say."""

from cchc_calc.excel.vba.errors import VbaProjectError
from cchc_calc.excel.vba.project import Module, ModuleKind, Project, Reference, with_modules
from cchc_calc.excel.vba.project_file import read_project, write_project

__all__ = [
    "Module",
    "ModuleKind",
    "Project",
    "Reference",
    "VbaProjectError",
    "read_project",
    "with_modules",
    "write_project",
]
