"""Packages written anew with some of their parts changed."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cchc_calc.package import Package


def patched(package: Package, changes: Mapping[str, bytes | None]) -> bytes:
    """Write a package anew with parts changed, added or (``None``) dropped; the others keep every byte.

    The parts keep their order, new ones come last, and no clock gets in: the same input gives the same file.
    """
    # It takes longer to import than a workbook to read.
    import zipfile

    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name in dict.fromkeys([*package.names, *changes]):
            content = changes[name] if name in changes else package.read(name)
            if content is not None:
                archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return target.getvalue()
