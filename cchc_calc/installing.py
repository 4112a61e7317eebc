"""The installation for a Windows office: what is to be written in the user's own folders, and the writing of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Final

from cchc_calc.atomic import replacing
from cchc_calc.errors import CchcError
from cchc_calc.excel.libreoffice.addin import ADDIN_NAME, write_addin
from cchc_calc.excel.office.examination import usable_python
from cchc_calc.excel.office.machine import portable
from cchc_calc.excel.office.xlwings_conf import INTERPRETER_NAME, is_text, with_setting
from cchc_calc.form_files import editions, form_ids, load_form

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cchc_calc.excel.office.machine import Machine


class Action(Enum):
    """What becomes of a file."""

    WRITE = "sẽ ghi"
    KEEP = "giữ nguyên"
    BLOCKED = "chưa làm được"
    WRITTEN = "đã ghi"


@dataclass(frozen=True, slots=True)
class Step:
    """One file of the installation. ``write`` makes it, ``replaces`` tells whether it may go over a file."""

    path: PurePath
    what: str
    write: Callable[[Path], None] = field(repr=False, compare=False)
    action: Action = Action.WRITE
    reason: str = ""
    replaces: bool = False

    def to_json(self) -> dict[str, str]:
        """Write the step down under fixed keys."""
        return {
            "path": str(self.path),
            "what": self.what,
            "action": self.action.name.lower(),
            "reason": self.reason,
        }


_READ_ONLY: Final = (
    "tệp này chỉ cho đọc: bấm chuột phải vào tệp, Properties, bỏ dấu Read-only, OK, rồi chạy lại cchc install-excel"
)
_NOT_TEXT: Final = (
    "Excel không đọc được tệp này: mở bằng Notepad, File > Save As, Encoding chọn ANSI, rồi chạy lại cchc install-excel"
)
_NO_PYTHON: Final = "Python này chưa dùng được cho Excel, xem các dòng ✗; sửa xong thì chạy lại cchc install-excel"

_BUILDS: Final = {".xlsx": "công thức thường", ".xlsm": "hàm Python và các nút"}
_THERE: Final = "đã có tệp tên này, không ghi đè"


def plan_of(machine: Machine) -> tuple[Step, ...]:
    """Plan what is to be written on a machine; nothing is read or written.

    Files of the user are kept: a template that is there stays, and of the settings only ours change.
    """
    steps = (
        replace(step, action=Action.KEEP, reason=_THERE) if step.path in machine.files else step
        for step in _folder_steps(machine.folder)
    )
    return (_settings_step(machine), *steps)


def file_names() -> tuple[str, ...]:
    """Name the files that come into the folder: the templates, every edition in both builds, and the add-in.

    >>> file_names()[:2]
    ('thong-ke-cchc-2023.xlsx', 'thong-ke-cchc-2023.xlsm')
    """
    return tuple(step.path.name for step in _folder_steps(PurePath()))


def carry_out(steps: Iterable[Step]) -> tuple[Step, ...]:
    """Write what is to be written and return the steps as they came out; one that fails does not stop the others."""
    return tuple(_carried_out(step) if step.action is Action.WRITE else step for step in steps)


def _settings_step(machine: Machine) -> Step:
    old = machine.settings or b""
    step = Step(machine.settings_path, "cấu hình của xlwings", partial(_write_settings, old), replaces=True)
    if not machine.is_windows:
        return replace(step, action=Action.BLOCKED, reason="chỉ có ích trên Windows")
    if not usable_python(machine):
        return replace(step, action=Action.BLOCKED, reason=_NO_PYTHON)
    if not is_text(old):
        return replace(step, action=Action.BLOCKED, reason=_NOT_TEXT)
    try:
        new = with_setting(old, INTERPRETER_NAME, portable(machine, machine.interpreter), machine.code_page)
    except UnicodeEncodeError:
        return replace(step, action=Action.BLOCKED, reason=_NO_PYTHON)
    if new == old:
        return replace(step, action=Action.KEEP, reason="đã đúng")
    if machine.settings_read_only:
        return replace(step, action=Action.BLOCKED, reason=_READ_ONLY)
    return replace(step, write=partial(_write_settings, new))


def _folder_steps(folder: PurePath) -> Iterator[Step]:
    for form in form_ids():
        for edition in editions(form):
            write = partial(_write_template, form, edition)
            for suffix, build in _BUILDS.items():
                what = f"biểu mẫu {form}, bản {edition}, {build}"
                yield Step(folder / f"{form}-{edition}{suffix}", what, write)
    what = "phần bổ sung cho LibreOffice, bấm đúp để cài"
    yield Step(folder / ADDIN_NAME, what, write_addin)


def _carried_out(step: Step) -> Step:
    path = Path(step.path)
    try:
        if path.exists() and not step.replaces:
            return replace(step, action=Action.KEEP, reason=_THERE)
        path.parent.mkdir(parents=True, exist_ok=True)
        step.write(path)
    except PermissionError:
        reason = "Windows không cho ghi vào đây; đóng tệp nếu đang mở, hoặc chọn thư mục khác bằng --folder"
        return replace(step, action=Action.BLOCKED, reason=reason)
    except OSError as error:
        return replace(step, action=Action.BLOCKED, reason=f"không ghi được ({error.strerror})")
    except CchcError as error:
        return replace(step, action=Action.BLOCKED, reason=str(error))
    return replace(step, action=Action.WRITTEN)


def _write_settings(content: bytes, path: Path) -> None:
    backup = path.with_name(path.name + ".bak")
    if path.exists() and not backup.exists():
        with replacing(backup) as part:
            part.write_bytes(path.read_bytes())
    with replacing(path) as part:
        part.write_bytes(content)


def _write_template(form: str, edition: str, path: Path) -> None:
    from cchc_calc.excel.template import write_template

    write_template(path, load_form(form, edition))
