"""The numbered outcomes: what becomes of a file or a cell that is not as it should be, stable for ever."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from cchc_calc.errors import SourceRefusedError

if TYPE_CHECKING:
    from collections.abc import Mapping


class Outcome(StrEnum):
    """What becomes of a fault, the gravest first.

    REFUSE: the file gives no figure at all. BLOCK: the cell, and all that is computed from it, is undecided.
    ASK: two honest readings exist; undecided until a person chooses. WARN: used, and told. NORMALISED:
    converted without loss, what was written is kept beside it.
    """

    REFUSE = "REFUSE"
    BLOCK = "BLOCK"
    ASK = "ASK"
    WARN = "WARN"
    NORMALISED = "NORMALISED"


@dataclass(frozen=True, slots=True)
class Code:
    """What a code stands for: its outcome, and its meaning in Vietnamese."""

    outcome: Outcome
    meaning: str


def _refuse(meaning: str) -> Code:
    return Code(Outcome.REFUSE, meaning)


def _block(meaning: str) -> Code:
    return Code(Outcome.BLOCK, meaning)


def _ask(meaning: str) -> Code:
    return Code(Outcome.ASK, meaning)


def _warn(meaning: str) -> Code:
    return Code(Outcome.WARN, meaning)


def _normalise(meaning: str) -> Code:
    return Code(Outcome.NORMALISED, meaning)


OUTCOMES: Final[Mapping[str, Code]] = MappingProxyType(
    {
        # The file and its container.
        "F00": _refuse("không tìm thấy tệp"),
        "F01": _refuse("tệp nén bất thường: khai gian kích thước, nén quá mức hoặc các phần chồng lên nhau"),
        "F02": _refuse("tệp quá lớn: quá nhiều dung lượng, phần, dòng hoặc ô"),
        "F03": _refuse("tệp có mật khẩu"),
        "F04": _refuse("không đúng loại tệp"),
        "F05": _refuse("tệp rỗng, bị cắt cụt hoặc bị hỏng"),
        "F06": _refuse("hai phần trong tệp trùng tên"),
        "F07": _refuse("tên phần trong tệp không hợp lệ"),
        "F08": _refuse("không phải tệp thông thường: thư mục, liên kết hoặc thiết bị"),
        "F09": _refuse("không mở được tệp"),
        "F10": _refuse(
            "tệp có phần có thể chạy lệnh hoặc nối ra ngoài: macro kiểu cũ (Excel 4), OLE, ActiveX, kết nối"
        ),
        "F11": _refuse("tệp có khai báo DTD hoặc thực thể XML"),
        "F12": _refuse("tệp theo dạng mà không phần mềm nào đọc chắc chắn được"),
        "F13": _refuse("tệp khóa tạm của Excel hoặc Word"),
        "F14": _refuse("văn bản không phải mã UTF-8"),
        "F15": _refuse("máy chưa cài phần đọc loại tệp này"),
        "F16": _warn("tệp có macro; macro không được chạy, không được giữ"),
        "F17": _refuse("không đọc xong được tệp: tiến trình đọc bị dừng, hoặc quá lâu"),
        # Functions put into an office's own workbook.
        "B01": _refuse("tệp có chữ ký số, không được sửa"),
        "B02": _refuse("không có ô nào gắn được hàm"),
        "B03": _refuse("tệp là biểu mẫu của chính phần mềm, đã có công thức"),
        # Sheets, rows and columns.
        "S01": _refuse("thiếu trang biểu mẫu"),
        "S02": _refuse("biểu mẫu có ở nhiều nơi trong tệp, số liệu khác nhau"),
        "S03": _warn("trang đổi tên, hoặc dòng nằm sai thứ tự; vẫn đọc theo mã và nội dung"),
        "S04": _block("một dòng của biểu mẫu xuất hiện hai lần"),
        "S05": _block("thiếu dòng của biểu mẫu"),
        "S06": _warn("dòng không có trong biểu mẫu, không được tính"),
        "S07": _block("mã dòng bị bảng tính đổi thành số hoặc ngày tháng"),
        "S08": _block("mã dòng và nội dung không khớp nhau"),
        "S09": _refuse("biểu mẫu của một năm mà phần mềm chưa có"),
        "S10": _refuse("không tìm thấy biểu mẫu trong tệp"),
        "S11": _block("ô số liệu nằm trong vùng gộp ô"),
        "S12": _warn("có dòng, cột hoặc trang bị ẩn hoặc bị lọc; dòng và cột ẩn vẫn được đọc"),
        "S13": _refuse("dòng hoặc ô bị lặp, hoặc không theo thứ tự"),
        "S14": _refuse("ô nằm ngoài bảng tính"),
        "S15": _refuse("ô trỏ tới chuỗi hoặc định dạng không có trong tệp"),
        "S16": _block("công thức lấy số liệu từ nơi không có trong tệp: tệp khác, hoặc tên đã mất (#REF!)"),
        "S17": _warn("mất khóa trang hoặc mất kiểm tra dữ liệu nhập của biểu mẫu"),
        "S18": _warn("mất dấu phiên bản của biểu mẫu; chỉ được kiểm tra thử"),
        "S19": _refuse("số ghi sai dạng trong tệp"),
        "S20": _warn("tên đặt cho vùng ô đã mất (#REF!), không ô số liệu nào dùng"),
        "S21": _block("không rõ dòng thuộc chỉ tiêu nào"),
        "S22": _refuse("biểu mẫu không đủ điều kiện để chốt số liệu"),
        "S23": _refuse("bảng hồ sơ thiếu cột bắt buộc"),
        "S24": _refuse("hai cột của bảng hồ sơ có cùng một nội dung"),
        "S25": _refuse("cột được chỉ định không có trong bảng hồ sơ hoặc trong danh sách cột"),
        "S26": _refuse("tệp khai báo cột ghi sai quy cách"),
        "S27": _refuse("bảng hồ sơ không có hồ sơ nào dùng được"),
        # What stands in a cell.
        "C01": _ask("dấu hoặc chữ không cho biết là 0, để trống hay không phát sinh"),
        "C02": _normalise("ô chỉ có khoảng trắng được coi là để trống"),
        "C03": _normalise("số có dấu ngăn nhóm nghìn"),
        "C04": _warn("dấu chấm trong số đếm được hiểu là ngăn nhóm nghìn"),
        "C05": _block("số lẻ ở chỉ tiêu đếm"),
        "C06": _ask("con số có hai cách hiểu"),
        "C07": _block("tỷ lệ hiển thị quá 100 lần: số phần trăm trong ô định dạng %"),
        "C08": _block("chữ số không phải 0-9"),
        "C09": _block("có chữ hoặc ký hiệu lạ trong ô số liệu"),
        "C10": _normalise("số kèm ký tự ẩn, hoặc số lưu dạng chữ"),
        "C11": _block("ô báo lỗi của bảng tính"),
        "C12": _block("ô TRUE/FALSE"),
        "C13": _block("ô ngày tháng hoặc thời gian"),
        "C14": _block("ngày không có thật"),
        "C15": _block("chữ trong ô quá dài hoặc có ký tự điều khiển"),
        "C16": _warn("chữ viết bằng bảng mã cũ (TCVN3, VNI)"),
        "C17": _block("ô có hai con số, hoặc số bị gạch ngang"),
        "C18": _warn("ô nhập liệu chứa công thức"),
        "C19": _block("công thức chưa có kết quả"),
        "C20": _refuse("kết quả công thức đã cũ, khác số tính lại"),
        "C21": _block("công thức vòng tròn"),
        "C22": _warn("công thức cho kết quả thay đổi theo thời điểm hoặc theo nơi mở"),
        "C23": _refuse("công thức gọi ra ngoài tệp (DDE, dịch vụ mạng, liên kết)"),
        "C24": _warn("tệp đặt chế độ tính tay, hoặc tính theo số hiển thị"),
        "C25": _warn("công thức dùng hàm mà không phải bảng tính nào cũng có"),
        "C26": _warn("ô có ghi chú kèm theo"),
        # The figures.
        "V01": _block("số âm"),
        "V02": _block("số quá lớn"),
        "V03": _block("bộ phận lớn hơn tổng số"),
        "V04": _block("mẫu số bằng 0 nhưng tử số lớn hơn 0"),
        "V05": _block("tổng khác các phần cộng lại"),
        "V06": _warn("số đầu kỳ khác số cuối kỳ trước"),
        "V07": _block("số lũy kế nhỏ hơn kỳ trước"),
        "V08": _block("tỷ lệ nhỏ hơn 0% hoặc lớn hơn 100%"),
        "V09": _warn("làm tròn làm đổi kết quả xếp loại"),
        "V10": _block("điểm không có trong các mức của tiêu chí"),
        "V11": _block("ngày tháng trái thứ tự, hoặc ở tương lai"),
        "V12": _warn("số gấp nhiều lần các kỳ trước"),
        "V13": _warn("mọi tỷ lệ đều đúng 100%"),
        "V14": _warn("hạn trả rơi vào ngày nghỉ"),
        "V15": _block("số đã in khác số tính lại"),
        "V16": _warn("tỷ lệ chung lấy bình quân các tỷ lệ"),
        "V17": _warn("số khác hẳn các đơn vị khác"),
        # Many files.
        "X01": _refuse("đơn vị hoặc kỳ báo cáo không khớp"),
        "X02": _refuse("một đơn vị gửi nhiều tệp khác nhau"),
        "X03": _refuse("đơn vị không có trong danh mục"),
        "X04": _refuse("tệp tổng hợp nằm lẫn với tệp của đơn vị"),
        "X05": _refuse("phiên bản biểu mẫu khác, chưa có cách chuyển"),
        "X06": _warn("hai tệp có số liệu giống hệt nhau"),
        "X07": _refuse("tệp khác với bản kê đã ghi"),
        "X08": _warn("ngày của tệp nằm ở tương lai"),
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

    ``source`` is a file's name without its folder. Raises KeyError for a code under which nothing is refused.

    >>> raise refusal("bao-cao.xlsx", "F05", "tệp rỗng (0 byte).", "Lưu lại rồi nộp lại.")
    Traceback (most recent call last):
    cchc_calc.errors.SourceRefusedError: bao-cao.xlsx: tệp rỗng (0 byte).
    """
    if OUTCOMES[code].outcome is not Outcome.REFUSE:
        raise KeyError(code)
    return SourceRefusedError(source, code, message, remedy)
