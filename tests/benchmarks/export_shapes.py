"""The shapes of exported tables of dossiers: their headings, words and forms of dates, as systems write them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

SCREEN = {
    "number": "STT",
    "code": "Mã hồ sơ",
    "owner": "Chủ hồ sơ",
    "unit": "Đơn vị",
    "field": "Lĩnh vực",
    "received": "Ngày tiếp nhận",
    "due": "Ngày hẹn trả",
    "finished": "Ngày có kết quả",
    "channel": "Hình thức nộp",
    "service_level": "Mức độ",
    "status": "Trạng thái",
    "paid_online": "Thanh toán trực tuyến",
    "amount_paid": "Số tiền thanh toán trực tuyến",
    "sent_by_post": "Nộp qua BCCI",
    "returned_by_post": "Trả qua BCCI",
}
"""The headings of a screen's table; the first and third are of no use."""

_VIETNAMESE = {name: heading for name, heading in SCREEN.items() if name not in {"number", "owner"}}
_SYNCHRONISED = {
    **_VIETNAMESE,
    "code": "MaHoSo",
    "unit": "DonViXuLy",
    "field": "TenLinhVuc",
    "received": "NgayTiepNhan",
    "due": "NgayHenTra",
    "finished": "NgayKetThucXuLy",
    "channel": "KenhThucHien",
    "service_level": "MucDo",
    "status": "TrangThaiHoSo",
}

_WORDS = (
    "Mới đăng ký",
    "Được tiếp nhận",
    "Không được tiếp nhận",
    "Đang xử lý",
    "Yêu cầu bổ sung giấy tờ",
    "Yêu cầu thực hiện nghĩa vụ tài chính",
    "Công dân yêu cầu rút hồ sơ",
    "Dừng xử lý",
    "Đã xử lý xong",
    "Đã trả kết quả",
)


@dataclass(frozen=True, slots=True)
class Shape:
    """How a system writes a table; without ``times`` it is parquet, with the types and names of the standard table.

    ``folders`` is the name of the folders that parts are in. ``headings`` say by standard names which columns there
    are, in their order. ``levels`` are the words of levels 2 to 4, ``flags`` those of no and yes. ``broken`` lines of
    every part have too many cells.
    """

    file: str = ""
    headings: Mapping[str, str] = field(default_factory=dict)
    folders: str = ""
    times: str = ""
    delimiter: str = ";"
    encoding: str = "utf-8"
    titles: tuple[str, ...] = ()
    channels: tuple[str, ...] = ("Trực tuyến", "Trực tiếp", "Qua bưu chính công ích")
    levels: tuple[str, ...] = ("Mức độ 2", "Một phần", "Toàn trình")
    statuses: tuple[str, ...] = _WORDS
    flags: tuple[str, ...] = ("Không", "Có")
    unreadable: str = "31/02/2023 08:00:00"
    broken: int = 0


_ONE_STOP = Shape("ho-so.csv", SCREEN, times="%d/%m/%Y %H:%M:%S")

SHAPES = {
    "standard": Shape("dossiers.parquet"),
    "vietnamese": Shape("ho-so.parquet", _VIETNAMESE),
    "partitioned": Shape(folders="nam"),
    "one-stop": _ONE_STOP,
    "synchronised": Shape(
        "HoSo.csv",
        _SYNCHRONISED,
        times="%Y-%m-%d %H:%M:%S",
        delimiter=",",
        channels=("2", "1", "3"),
        levels=("2", "3", "4"),
        statuses=tuple(map(str, range(1, 11))),
        flags=("0", "1"),
        unreadable="2023-02-31",
    ),
    "broken": replace(_ONE_STOP, broken=3),
    "marked": replace(_ONE_STOP, encoding="utf-8-sig", delimiter=",", times="%H:%M %d/%m/%Y"),
    "utf-16": replace(_ONE_STOP, encoding="utf-16", delimiter="\t", times="%d/%m/%Y %H:%M"),
    "windows": replace(
        _ONE_STOP,
        encoding="cp1258",
        times="%d-%m-%Y",
        titles=("DANH SÁCH HỒ SƠ", ""),
        flags=("Không", "x"),
    ),
}
"""Every shape by its name."""
