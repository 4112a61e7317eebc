"""Hostile and bad inputs for any program that reads this form: files on disk, and what has to become of each.

    python tests/hostile/corpus.py FOLDER

writes three kinds of inputs into the folder, and one line of JSON for each into ``expected.jsonl``:

- ``files/``: one file each; bad as containers, sheets or structures (bombs, passwords, other types, rows twice).
- ``cells/`` and ``values/``: the good form with one cell changed, or with figures that contradict each other, in an
  office's own workbook, in our template or as a text.
- ``collections/``: folders of six wards' files (``nop/``), those of the quarter before (``ky-truoc/``) and the register
  of units (``don-vi.csv``), to be consolidated for the city with the code 568.

A line holds ``id``, ``item`` (its number in the list of hostile inputs; 0: found by chance), ``name``, ``path``,
``outcome`` and ``code``, and where they apply: ``cell`` and ``rows`` that have to be named, ``undecided`` (rows without
a usable figure), ``values`` (rows and their exact figures), and of collections ``files`` (those that must not count),
``counted`` (how many units do) and ``options`` (of the command ``cchc consolidate``).

``outcome`` is REFUSE (no figure of the file counts, and it says why), BLOCK or ASK (that cell, and what is computed
from it, has no figure), WARN (used, and told), NORMALISED (converted without loss), or OK. The codes are those of
``cchc_calc.outcomes``; another program may have codes of its own, but not other outcomes. Whatever becomes of an input:
no crash, no figure nobody wrote, the file untouched, nothing executed or fetched, below 10 seconds and 300 MB.

The files are written by script and never stored: some of them are bombs. ``macros.xlsm`` and its like hold macros that
do nothing. Two runs write the same bytes, but for files that other programs date.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if __name__ == "__main__":
    # A script finds its neighbours first, and some have the names of modules of Python.
    sys.path[0] = str(Path(__file__).parents[1])

import tomllib

from filled_forms import FORM
from hostile import cases
from hostile.cell_cases import NAMED, built, dependants
from hostile.cells import BASES, place
from hostile.many_files import COLLECTIONS
from hostile.values import SUFFIXES, build

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LISTS = Path(__file__).parents[1] / "cases"
_TOLD = ("outcome", "code", "rows", "undecided", "values", "files", "counted", "options")
_USABLE = {"OK", "NORMALISED", "WARN"}


def write_corpus(folder: Path) -> list[dict[str, Any]]:
    """Write every input and the list of what is expected; return the list."""
    expected = []
    for write in (_files, _cells, _values, _collections):
        expected.extend(write(folder))
    lines = (json.dumps(line, ensure_ascii=False) for line in expected)
    (folder / "expected.jsonl").write_text("\n".join([*lines, ""]), encoding="utf-8")
    (folder / "README.md").write_text(__doc__, encoding="utf-8")
    return expected


def _files(folder: Path) -> Iterator[dict[str, Any]]:
    (folder / "files").mkdir(parents=True)
    for name, case in cases.CASES.items():
        path = cases.write(name, folder / "files")
        cell = {"cell": case["where"]} if "where" in case else {}
        yield _line(f"file {name}", case, path.relative_to(folder)) | cell


def _cells(folder: Path) -> Iterator[dict[str, Any]]:
    (folder / "cells").mkdir()
    for number, case in enumerate(NAMED.values(), 1):
        for base in case.get("bases", BASES):
            path = folder / "cells" / f"{case['item']:03d}-{number:03d}-{base}.xlsx"
            path.write_bytes(built(case, base))
            yield _line(f"cell {number} {base}", case, path.relative_to(folder)) | _of_cell(case, base)


def _of_cell(case: Mapping[str, Any], base: str) -> dict[str, Any]:
    if "row" not in case:
        return {}
    told: dict[str, Any] = {"cell": f"Biểu mẫu!{place(base, case['row'])}", "rows": [case["row"]]}
    # What a computed row prints is compared, never taken: it blocks nothing.
    if case["outcome"] in {"BLOCK", "ASK"} and FORM.row(case["row"]).is_input:
        told["undecided"] = sorted({case["row"], *dependants(case["row"])})
    elif case["outcome"] in _USABLE and "value" in case:
        told["values"] = {case["row"]: case["value"]}
    return told


def _values(folder: Path) -> Iterator[dict[str, Any]]:
    (folder / "values").mkdir()
    listed = [case for case in _read("hostile_values.toml") if "name" in case]
    for number, case in enumerate(listed, 1):
        for kind, suffix in SUFFIXES.items():
            path = folder / "values" / f"{case['item']:03d}-{number:03d}-{kind}{suffix}"
            path.write_bytes(build(case, kind))
            yield _line(f"value {number} {kind}", case, path.relative_to(folder))


def _collections(folder: Path) -> Iterator[dict[str, Any]]:
    for case in _read("hostile_collections.toml"):
        collection, place_of = COLLECTIONS[case["name"]](), folder / "collections" / case["name"]
        for part, files in (("nop", collection.files), ("ky-truoc", collection.before)):
            for name, sent in files.items():
                (place_of / part).mkdir(parents=True, exist_ok=True)
                (place_of / part / name).write_bytes(sent.data)
        (place_of / "don-vi.csv").write_text(collection.register, encoding="utf-8")
        line = _line(f"collection {case['name']}", case, place_of.relative_to(folder))
        yield line | {"options": list(collection.options)}


def _line(identity: str, case: Mapping[str, Any], path: Path) -> dict[str, Any]:
    told = {name: case[name] for name in _TOLD if name in case}
    return {"id": identity, "item": case["item"], "name": case["name"], "path": path.as_posix(), "code": None} | told


def _read(name: str) -> list[dict[str, Any]]:
    return tomllib.loads((_LISTS / name).read_text(encoding="utf-8"))["case"]


if __name__ == "__main__":
    print(f"{len(write_corpus(Path(sys.argv[1])))} inputs")  # noqa: T201
