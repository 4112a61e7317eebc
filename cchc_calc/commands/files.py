"""The files a command reads and writes: the options that name them, and what is refused before any work."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import click

PATH = click.Path(path_type=Path)
JSON = click.option("--json", "json_path", type=PATH, help="Ghi kết quả ra tệp JSON.")
FUNCTIONS = click.option(
    "--functions",
    type=click.Choice(["excel", "python"]),
    help="Công thức của Excel, hay hàm CCHC_* gọi Python. Không ghi thì theo đuôi tệp: .xlsm gọi Python.",
)
OUTPUT = click.option("-o", "--output", type=PATH, required=True, help="Tệp kết quả, luôn là tệp mới.")


WORKBOOK: Final = (".xlsx",)
TEMPLATE: Final = (".xlsx", ".xlsm")
"""How the file of a template may end: with macros, and without."""


def require_new_file(output: Path, source: Path | None = None, *, suffixes: tuple[str, ...] = WORKBOOK) -> None:
    """Refuse an output that would replace its source, is of another kind, or has no folder to go to."""
    if source is not None and output.resolve() == source.resolve():
        raise click.UsageError("Tệp kết quả trùng tệp nguồn; hãy đặt tên khác, tệp nguồn không bao giờ bị ghi đè.")
    if output.suffix.lower() not in suffixes:
        allowed = " hoặc ".join(suffixes)
        raise click.UsageError(f"Tệp kết quả phải có đuôi {allowed}, không phải “{output.suffix or output.name}”.")
    if not output.parent.is_dir():
        raise click.UsageError(f"Không có thư mục “{output.parent}” để ghi tệp kết quả.")
    if output.is_dir():
        raise click.UsageError(f"“{output}” là một thư mục, không ghi đè được.")


def require_writable_json(path: Path | None, *others: Path) -> None:
    """Refuse a JSON file that would replace another file of the command, or cannot be written."""
    if path is not None:
        require_writable_beside(path, "JSON", *others)


def require_writable_beside(path: Path, kind: str, *others: Path) -> None:
    """Refuse a second output of some kind that would replace another file of the command, or cannot be written."""
    if any(path.resolve() == other.resolve() for other in others):
        raise click.UsageError(
            f"Tệp {kind} “{path}” trùng tên với một tệp khác của lệnh; hãy đặt tên khác, tệp nguồn không bao giờ bị "
            "ghi đè."
        )
    if not path.parent.is_dir():
        raise click.UsageError(f"Không có thư mục “{path.parent}” để ghi tệp {kind}.")
    if path.exists() and not path.is_file():
        raise click.UsageError(f"“{path}” không phải là tệp, không ghi {kind} vào đó được.")


def require_outputs(output: Path, json_path: Path | None, *sources: Path | None) -> None:
    """Refuse the workbook and the JSON file of a command that reads ``sources``, as the two functions above do."""
    for source in filter(None, sources):
        require_new_file(output, source, suffixes=TEMPLATE)
        require_writable_json(json_path, source, output)


def write_json(path: Path | None, content: object) -> None:
    """Write a result as JSON, or nothing where no file was asked for."""
    if path is None:
        return
    from cchc_calc.atomic import replacing

    with replacing(path) as part, part.open("w", encoding="utf-8") as stream:
        json.dump(content, stream, ensure_ascii=False, indent=1)
        stream.write("\n")
