"""What a machine lacks for Excel to call Python, each with the one thing that mends it."""

from __future__ import annotations

from pathlib import PureWindowsPath
from typing import TYPE_CHECKING, Final

from cchc_calc.examination import Line
from cchc_calc.excel.macros.xlwings_settings import INTERPRETER
from cchc_calc.excel.office.machine import is_synchronised, portable
from cchc_calc.excel.office.windows import MACROS_ASKED, MACROS_OFF, MACROS_SIGNED_ONLY
from cchc_calc.excel.office.xlwings_conf import INTERPRETER_NAME, setting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import PurePath

    from cchc_calc.excel.office.machine import Machine

OLDEST_PYTHON: Final = (3, 11)
_OLDEST_EXCEL: Final = 14
_PLACE: Final = PureWindowsPath(INTERPRETER).parents[1]
_REINSTALL: Final = (
    "mở Command Prompt (bấm phím Windows, gõ cmd, Enter), dán dòng sau rồi Enter: "
    rf'py -m venv "{_PLACE}" && "{_PLACE}\Scripts\python.exe" -m pip install cchc_calc'
    rf' && "{_PLACE}\Scripts\cchc.exe" install-excel'
)
_WITHOUT_MACROS: Final = "dùng bản .xlsx, tính bằng công thức thường"
_MACRO_SETTINGS: Final = {
    1: "mọi macro đều chạy, không hỏi (không an toàn, nhưng biểu mẫu dùng được)",
    MACROS_ASKED: "hỏi trước khi chạy (bấm Enable Content khi mở tệp)",
    MACROS_SIGNED_ONLY: "chỉ chạy macro có chữ ký số",
    MACROS_OFF: "tắt hết, không hỏi",
}


def examine_office(machine: Machine) -> tuple[Line, ...]:
    """Examine what Excel needs to call Python; off Windows, only what is of use there.

    The settings of xlwings and the templates, which the installation writes, are not among the lines.
    """
    if not machine.is_windows:
        return (_xlwings(machine), _functions(machine))
    return (
        *_python(machine),
        _xlwings(machine),
        *_connection(machine),
        _functions(machine),
        *_excel(machine),
        _path(machine),
        _folder(machine),
    )


def examine_settings(machine: Machine) -> Line:
    """Tell whether xlwings' file of the user names the Python that runs us."""
    named = setting(machine.settings or b"", INTERPRETER_NAME, machine.code_page)
    wanted = portable(machine, machine.interpreter)
    remedy = "chạy lệnh: cchc install-excel"
    return Line(f"Cấu hình {machine.settings_path}", named == wanted, named or "chưa có", remedy)


def usable_python(machine: Machine) -> bool:
    """Tell whether Excel could start the Python that runs us: otherwise no settings may name it."""
    return machine.interpreter in machine.files and not _from_store(machine)


def _python(machine: Machine) -> Iterator[Line]:
    version = ".".join(map(str, machine.python_version))
    remedy = "cài Python bản mới từ python.org, rồi " + _REINSTALL
    yield Line(
        "Python cho Excel", machine.python_version >= OLDEST_PYTHON, f"{version}, {machine.python_bits} bit", remedy
    )
    yield Line(
        "Nguồn cài Python",
        ok=not _from_store(machine),
        found="Microsoft Store: Excel gọi sẽ bị treo" if _from_store(machine) else str(machine.python_home),
        remedy="gỡ Python của Microsoft Store, cài Python từ python.org, rồi " + _REINSTALL,
    )
    yield Line(
        "Python ở nơi tệp .xlsm tìm",
        ok=machine.interpreter == machine.expected_interpreter,
        found=f"{machine.python.parent} (tệp .xlsm tìm ở {INTERPRETER})",
        remedy=_REINSTALL,
    )


def _from_store(machine: Machine) -> bool:
    folders = {part.lower() for path in (machine.python, machine.python_home) for part in path.parts}
    return "windowsapps" in folders


def _xlwings(machine: Machine) -> Line:
    found = machine.packages.get("xlwings", "chưa cài")
    pin = machine.xlwings_pin
    return Line(
        "xlwings đúng phiên bản của biểu mẫu",
        ok=found == pin,
        found=found if found == pin else f"{found} (cần {pin or 'cài cchc_calc bằng pip'})",
        remedy=f"chạy lệnh: {_install(machine, f'xlwings=={pin}' if pin else 'cchc_calc')}",
    )


def _install(machine: Machine, package: str) -> str:
    return f'"{machine.python}" -m pip install {package}'


def _connection(machine: Machine) -> Iterator[Line]:
    pywin32 = machine.packages.get("pywin32")
    yield Line("pywin32 (Excel và Python nói chuyện với nhau)", bool(pywin32), pywin32 or "chưa cài", _REINSTALL)
    yield _file(machine, "pythonw.exe", (machine.interpreter,))
    yield _file(machine, " hoặc ".join(machine.library_names), machine.libraries)


def _file(machine: Machine, name: str, places: tuple[PurePath, ...]) -> Line:
    found = [place for place in places if place in machine.files]
    return Line(f"Tệp {name}", bool(found), str(found[0]) if found else "không thấy", _REINSTALL)


def _functions(machine: Machine) -> Line:
    error = machine.functions_error
    remedy = _REINSTALL if machine.is_windows else f"chạy lệnh: {_install(machine, '--force-reinstall cchc_calc')}"
    return Line("Python nạp được các hàm CCHC_*", not error, error or "được", remedy)


def _excel(machine: Machine) -> Iterator[Line]:
    excel = machine.excel
    if excel is None:
        yield Line("Excel", ok=False, found="không thấy", remedy="cài Microsoft Excel, hoặc dùng LibreOffice.")
        return
    bits = f"{excel.bits} bit" if excel.bits else "không rõ 32 hay 64 bit"
    apart = "; khác Python, không sao" if excel.bits not in {0, machine.python_bits} else ""
    yield Line(
        "Excel",
        ok=excel.release >= _OLDEST_EXCEL,
        found=f"{excel.version}, {bits}{apart}",
        remedy=f"bản Excel này quá cũ cho các hàm Python: {_WITHOUT_MACROS}.",
    )
    yield Line(
        "Nguồn cài Excel",
        ok=not excel.from_store,
        found="Microsoft Store: không gọi được Python" if excel.from_store else "bộ cài thường",
        remedy=f"gỡ Office của Microsoft Store, cài Office từ office.com; trong lúc chờ thì {_WITHOUT_MACROS}.",
    )
    yield Line(
        "Macro trong Excel",
        ok=excel.macros not in {MACROS_SIGNED_ONLY, MACROS_OFF},
        found=_MACRO_SETTINGS.get(excel.macros, f"không rõ ({excel.macros})"),
        remedy=f"cơ quan đã khóa: nhờ người quản trị máy cho chạy macro, hoặc {_WITHOUT_MACROS}."
        if excel.macros_by_policy
        else "trong Excel: File > Options > Trust Center > Trust Center Settings > Macro Settings, "
        "chọn Disable VBA macros with notification.",
    )
    yield Line(
        "Macro trong tệp tải về từ mạng",
        ok=not excel.blocks_web_macros,
        found="cơ quan chặn" if excel.blocks_web_macros else "Excel chặn đến khi bỏ dấu chặn của tệp",
        remedy="dùng các tệp .xlsm mà lệnh này ghi ra; tệp nhận qua mạng thì bấm chuột phải vào tệp, "
        "Properties, đánh dấu Unblock, OK.",
        needed=False,
    )


def _path(machine: Machine) -> Line:
    # Names like %LOCALAPPDATA% keep the settings readable, but xlwings' VBA then loads its file by LoadLibraryA,
    # which knows the letters of the code page of Windows only.
    path = str(machine.interpreter)
    lost = "".join(sorted({letter for letter in path if not _holds(machine.code_page, letter)}))
    return Line(
        "Đường dẫn tới Python",
        ok=not lost,
        found=f"{path}: Excel không đọc được các chữ “{lost}”" if lost else portable(machine, machine.interpreter),
        remedy="đăng nhập Windows bằng tài khoản có tên không dấu rồi cài lại; trong lúc chờ thì "
        + _WITHOUT_MACROS
        + ".",
    )


def _holds(code_page: str, letter: str) -> bool:
    try:
        letter.encode(code_page)
    except UnicodeEncodeError:
        return False
    return True


def _folder(machine: Machine) -> Line:
    return Line(
        "Thư mục của biểu mẫu",
        ok=not is_synchronised(machine.folder, machine.environment),
        found=str(machine.folder),
        remedy="thư mục này do OneDrive hoặc SharePoint giữ, nút Xuất PDF và việc gọi Python dễ hỏng; "
        r"chọn thư mục khác, ví dụ: cchc install-excel --folder %USERPROFILE%\CCHC",
    )
