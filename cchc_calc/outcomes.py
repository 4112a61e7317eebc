"""The codes under which a file is refused or a cell is blocked: one table, stable for ever."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from cchc_calc.errors import SourceRefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping

OUTCOMES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "F00": "không tìm thấy tệp",
        "F01": "tệp nén bất thường: khai gian kích thước, nén quá mức hoặc các phần chồng lên nhau",
        "F02": "tệp quá lớn: quá nhiều dung lượng, phần, dòng hoặc ô",
        "F03": "tệp có mật khẩu",
        "F04": "không đúng loại tệp",
        "F05": "tệp rỗng, bị cắt cụt hoặc bị hỏng",
        "F06": "hai phần trong tệp trùng tên",
        "F07": "tên phần trong tệp không hợp lệ",
        "F08": "không phải tệp thông thường: thư mục, liên kết hoặc thiết bị",
        "F09": "không mở được tệp",
        "F10": "tệp có macro kiểu cũ (Excel 4)",
        "F11": "tệp có khai báo DTD hoặc thực thể XML",
        "F12": "tệp theo dạng mà không phần mềm nào đọc chắc chắn được",
        "F13": "tệp khóa tạm của Excel hoặc Word",
        "F14": "văn bản không phải mã UTF-8",
        "F15": "máy chưa cài phần đọc loại tệp này",
        "B01": "tệp có chữ ký số, không được sửa",
        "B02": "không có ô nào gắn được hàm",
        "B03": "tệp là biểu mẫu của chính phần mềm, đã có công thức",
        "S02": "biểu mẫu có ở nhiều nơi trong tệp, số liệu khác nhau",
        "S10": "không tìm thấy biểu mẫu trong tệp",
        "S11": "ô số liệu nằm trong vùng gộp ô",
        "S13": "dòng hoặc ô bị lặp, hoặc không theo thứ tự",
        "S14": "ô nằm ngoài bảng tính",
        "S15": "ô trỏ tới chuỗi hoặc định dạng không có trong tệp",
        "S16": "công thức lấy số liệu từ tệp khác",
        "S19": "số ghi sai dạng trong tệp",
    }
)
"""What each code means. A code is never given to another meaning, nor taken away."""

RESAVE: Final = "Mở tệp bằng Excel (hoặc LibreOffice), lưu thành tệp mới loại .xlsx rồi nộp lại."
"""The remedy for a file that a current spreadsheet may still be able to mend."""

SEND_AGAIN: Final = "Xin đơn vị gửi lại tệp; nếu vẫn lỗi, mở tệp bằng Excel rồi lưu thành tệp mới."
"""The remedy for a file that was damaged on its way."""

UNLOCK: Final = "Mở tệp, bỏ mật khẩu (Tệp > Thông tin > Bảo vệ), lưu lại rồi nộp lại."
"""The remedy for a file with a password, which is never asked for here."""

DISTRUST: Final = "Không dùng tệp này; xin lại tệp gốc từ đơn vị gửi."
"""The remedy for a file that no office program writes."""


def refusal(source: str, code: str, message: str, remedy: str) -> SourceRefusedError:
    """Make the error for a source that gives no figure at all.

    ``source`` is a file's name without its folder. Raises KeyError for a code that is not in ``OUTCOMES``.

    >>> raise refusal("bao-cao.xlsx", "F05", "tệp rỗng (0 byte).", "Lưu lại rồi nộp lại.")
    Traceback (most recent call last):
    cchc_calc.errors.SourceRefusedError: bao-cao.xlsx: tệp rỗng (0 byte).
    """
    if code not in OUTCOMES:
        raise KeyError(code)
    return SourceRefusedError(source, code, message, remedy)
