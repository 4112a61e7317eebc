"""Files and folders written aside and renamed, so that nobody ever finds half of one."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a file beside ``path`` to write to, and put it in the place of ``path`` when all went well.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     target = Path(folder) / "bieu.txt"
    ...     with replacing(target) as part:
    ...         _ = part.write_text("425", encoding="utf-8")
    ...     target.read_text(encoding="utf-8"), len(list(Path(folder).iterdir()))
    ('425', 1)
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.stem[:40]}-", suffix=path.suffix, dir=path.parent)
    os.close(handle)
    part = Path(name)
    try:
        yield part
        # mkstemp keeps the file to its owner; a result is as readable as any file the user makes.
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    except BaseException as error:
        part.unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename in (None, str(part)):
            # A full disk names no file, and nobody knows the file beside.
            error.filename = str(path)
        raise


@contextmanager
def new_folder(path: Path) -> Iterator[Path]:
    """Give a folder beside ``path`` to write into, and put it in the place of ``path`` when all went well.

    What stands at ``path`` may be an empty folder; anything else raises ``OSError`` at the end.

    >>> with tempfile.TemporaryDirectory() as folder:
    ...     target = Path(folder) / "bieu-mau"
    ...     with new_folder(target) as part:
    ...         _ = (part / "a.txt").write_text("425", encoding="utf-8")
    ...     [one.name for one in Path(folder).iterdir()], [one.name for one in target.iterdir()]
    (['bieu-mau'], ['a.txt'])
    """
    part = Path(tempfile.mkdtemp(prefix=f".{path.name[:40]}-", dir=path.parent))
    try:
        yield part
        part.chmod(0o777 & ~_umask())
        # Windows replaces no folder, not even an empty one.
        if path.is_dir():
            path.rmdir()
        part.rename(path)
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
