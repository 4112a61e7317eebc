"""The files that the functions of the cells need: what a host without an installed package is given.

LibreOffice and the browser get them packed. They are found by following the imports, so no list can go stale.
"""

from __future__ import annotations

import ast
import sys
from dataclasses import dataclass
from importlib.util import resolve_name
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.host import FUNCTIONS_MODULE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HOST_PACKAGES: Final = frozenset({"uno", "unohelper", "xlwings"})
"""What a host may bring along; the functions work without."""

_PACKAGE: Final = "cchc_calc"
_FOLDER: Final = Path(__file__).parents[1]


def core_files(entries: Iterable[str] = (FUNCTIONS_MODULE,)) -> dict[str, bytes]:
    """Collect the modules that ``entries`` import, directly or not, and the data files these modules open.

    Returns path -> content, sorted; every path begins with ``cchc_calc/``. Raises ``ImportError`` where a
    module imports what is neither in the standard library nor in ``HOST_PACKAGES``, or a module of the
    package that does not exist.

    >>> list(core_files(["cchc_calc.states"]))[:2]
    ['cchc_calc/__init__.py', 'cchc_calc/errors.py']
    """
    modules: dict[str, _Module] = {}
    waiting = list(entries)
    while waiting:
        name = waiting.pop()
        if name not in modules:
            modules[name] = _read_module(name)
            waiting += modules[name].imports
    paths = {module.path for module in modules.values()}
    for package in {opened for module in modules.values() for opened in module.opens}:
        paths |= _data_files(_path_of(package).parent)
    return {path.relative_to(_FOLDER.parent).as_posix(): path.read_bytes() for path in sorted(paths)}


@dataclass(frozen=True, slots=True)
class _Module:
    """A module, the modules of this package it imports, and the packages whose data files it opens."""

    path: Path
    imports: frozenset[str]
    opens: frozenset[str]


def _read_module(name: str) -> _Module:
    path = _path_of(name)
    nodes = list(_running_nodes(ast.parse(path.read_bytes())))
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    imports = {imported for node in nodes for imported in _imported(node, package)} | {name.rpartition(".")[0]} - {""}
    own = {imported for imported in imports if imported.partition(".")[0] == _PACKAGE}
    strange = {imported.partition(".")[0] for imported in imports - own} - sys.stdlib_module_names - HOST_PACKAGES
    if strange:
        msg = f"{name} imports {', '.join(sorted(strange))}, which the hosts of the functions do not have"
        raise ImportError(msg)
    return _Module(path, frozenset(own), frozenset(opened for node in nodes for opened in _opened(node)))


def _running_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """Give the syntax tree without what only a type checker reads."""
    yield node
    children: Iterable[ast.AST] = ast.iter_child_nodes(node)
    if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
        children = node.orelse
    for child in children:
        yield from _running_nodes(child)


def _imported(node: ast.AST, package: str) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        source = resolve_name("." * node.level + (node.module or ""), package)
        yield source
        # What is imported from a package may be a module of it.
        yield from (name for alias in node.names if _exists(name := f"{source}.{alias.name}"))


def _opened(node: ast.AST) -> Iterator[str]:
    """Give the packages named in calls of ``importlib.resources.files``."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "files":
        yield from (str(argument.value) for argument in node.args if isinstance(argument, ast.Constant))


def _exists(name: str) -> bool:
    place = _FOLDER.parent.joinpath(*name.split("."))
    return place.with_suffix(".py").is_file() or (place / "__init__.py").is_file()


def _path_of(name: str) -> Path:
    if not _exists(name):
        msg = f"there is no module {name}"
        raise ModuleNotFoundError(msg)
    place = _FOLDER.parent.joinpath(*name.split("."))
    module = place.with_suffix(".py")
    return module if module.is_file() else place / "__init__.py"


def _data_files(folder: Path) -> set[Path]:
    """Find the data files of a package; a folder with modules in it is a package of its own."""
    found = set(folder.glob("*.toml"))
    for inner in folder.iterdir():
        if inner.is_dir() and not (inner / "__init__.py").exists():
            found |= _data_files(inner)
    return found
