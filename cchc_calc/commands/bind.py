"""The command ``cchc bind``: functions into an office's own template."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from cchc_calc.commands.files import JSON, OUTPUT, PATH, TEMPLATE, require_new_file, require_writable_json, write_json

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cchc_calc.catalogue import Row
    from cchc_calc.excel.binding.result import Binding, BoundCell

_MOST_LISTED: Final = 40
_FUNCTION_NAMES: Final = {"python": "hàm CCHC_* gọi Python", "excel": "công thức thường của Excel"}
_NEEDS: Final = {
    ".xlsx": "  Hàm CCHC_* cần máy có cài hàm (xlwings, hoặc phần bổ trợ của LibreOffice), nếu không ô hiện #NAME?. "
    "Máy không cài thì gắn bằng --functions excel; muốn kèm macro gọi Python thì ghi ra tệp .xlsm.",
    ".xlsm": "  Máy mở tệp cần cài phần mềm (cchc install-excel) và bật macro (Enable Content); "
    "trang “Tự kiểm tra” cho biết hàm có chạy được không.",
}


@click.command()
@click.argument("template", type=PATH)
@OUTPUT
@JSON
@click.option(
    "--functions",
    type=click.Choice(["python", "excel"]),
    default="python",
    show_default=True,
    help="Hàm CCHC_* gọi Python, hay công thức thường của Excel.",
)
@click.option("--sheet", default="", help="Tên trang cần gắn, khi nhiều trang trong tệp có biểu mẫu.")
@click.option("--replace", is_flag=True, help="Thay cả những công thức mà đơn vị đã đặt trong các ô tính.")
def bind(template: Path, output: Path, json_path: Path | None, sheet: str, functions: str, *, replace: bool) -> int:
    """Gắn hàm tính vào biểu mẫu TEMPLATE của đơn vị, ghi ra tệp mới; mọi thứ khác giữ nguyên."""
    from cchc_calc.binding import OUTPUT_SUFFIXES, bind_template
    from cchc_calc.console import Printer

    require_new_file(output, template, suffixes=OUTPUT_SUFFIXES.get(template.suffix.lower()[1:], TEMPLATE))
    require_writable_json(json_path, template, output)
    binding = bind_template(template, output, sheet=sheet, functions=functions, replace=replace)
    write_json(json_path, binding.to_json() | {"output": str(output)})
    printer = Printer()
    for line in (*_lines(binding), *_hints(binding)):
        printer.say(line)
    if functions == "python":
        printer.say(_NEEDS[output.suffix.lower()])
    printer.say(f"Đã ghi {output}")
    return 0


def _lines(binding: Binding) -> Iterator[str]:
    counts = binding.counts()
    yield f"{binding.source}: trang “{binding.sheet}”, biểu mẫu {binding.form.id}, bản {binding.form.edition}"
    yield (
        f"  {counts['computed']} ô tính = {counts['bound']} đã gắn {_FUNCTION_NAMES[binding.functions]}"
        f" + {counts['left']} để nguyên; thêm trang {_quoted(binding.added)}"
    )
    replaced = [one for one in binding.bound if one.old or one.old_formula]
    if replaced:
        yield f"  {len(replaced)} ô trước đây có nội dung, nay do hàm tính; {counts['differ']} ô khác số cũ:"
        yield from _shortened(sorted(map(_replaced, replaced), key=lambda line: "KHÁC" not in line))
    if binding.left:
        yield "  Các ô để nguyên:"
        yield from _shortened([f"{_cell(one.row, one.cell, one.found)}: {one.reason}" for one in binding.left])
    if binding.inputs.odd:
        yield "  Các ô số liệu mà ô tính không dùng được, hoặc hiểu khác khi đọc báo cáo; nên gõ lại dạng số:"
        yield from _shortened(
            [
                f"{_cell(one.row, one.cell, one.found)}: đọc là {one.understood}, ô tính dùng {one.used}"
                for one in binding.inputs.odd
            ]
        )


def _hints(binding: Binding) -> Iterator[str]:
    """Say what an official has to do so that the cells follow what is typed."""
    inputs = binding.inputs
    if inputs.as_text:
        yield (
            f"  {len(inputs.as_text)} ô số liệu đang để định dạng Text: số gõ vào thành chữ, ô tính sẽ hiện KXĐ. "
            "Hãy chọn các ô đó, đổi định dạng sang General, rồi gõ lại số:"
        )
        yield f"     {_cells(inputs.as_text)}"
    if inputs.uncomputed:
        yield (
            f"  {len(inputs.uncomputed)} ô số liệu có công thức mà trong tệp chưa có kết quả; "
            "mở tệp đã gắn bằng Excel hoặc LibreOffice thì được tính:"
        )
        yield f"     {_cells(inputs.uncomputed)}"
    if binding.is_calculated_by_hand:
        yield (
            "  Tệp đang đặt chế độ tính thủ công: gõ số xong phải bấm F9, ô tính mới đổi. "
            "Nên bật lại: Formulas (Công thức) > Calculation Options > Automatic."
        )


def _quoted(names: tuple[str, ...]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _replaced(one: BoundCell) -> str:
    old = f"“{one.old}”" if one.old else "trống"
    behind = f" ({one.old_formula})" if one.old_formula else ""
    new = f"“{one.new}”" if one.new else "trống"
    if not one.was_computed:
        return f"{_cell(one.row, one.cell)}: cũ chưa có kết quả{behind}, mới {new}: không so được"
    verdict = "KHÁC" if one.differs else "giống"
    return f"{_cell(one.row, one.cell)}: cũ {old}{behind}, mới {new}: {verdict}"


def _cell(row: Row, cell: str, found: str = "") -> str:
    place = f" (ô {cell})" if cell else ""
    return f"{row.address}{place} ghi “{found}”" if found else f"{row.address}{place}"


def _cells(names: tuple[str, ...]) -> str:
    more = f" … và {len(names) - _MOST_LISTED} ô khác; xem đủ bằng --json." if len(names) > _MOST_LISTED else ""
    return ", ".join(names[:_MOST_LISTED]) + more


def _shortened(lines: list[str]) -> Iterator[str]:
    yield from (f"     {line}" for line in lines[:_MOST_LISTED])
    if len(lines) > _MOST_LISTED:
        yield f"     … và {len(lines) - _MOST_LISTED} ô khác; xem đủ bằng --json."
