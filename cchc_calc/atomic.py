"""Files written aside and renamed, so that nobody ever finds half a file."""

from __future__ import annotations

import os
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


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
