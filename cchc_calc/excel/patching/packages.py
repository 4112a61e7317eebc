"""Packages written anew with some of their parts changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_calc.excel.packing import packed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cchc_calc.package import Package


def patched(package: Package, changes: Mapping[str, bytes | None]) -> bytes:
    """Write a package anew with parts changed, added or (``None``) dropped; the others keep every byte.

    The parts keep their order, new ones come last, and no clock gets in: the same input gives the same file.
    """
    contents = {name: changes[name] if name in changes else package.read(name) for name in [*package.names, *changes]}
    return packed({name: content for name, content in contents.items() if content is not None})
