"""The standard table: one row a dossier, the same columns whatever system exported it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Final


class Kind(Enum):
    """What a column holds.

    TEXT: a text. TIME: a day with the time of day, local and without a zone, midnight where only the day is known.
    NUMBER: a whole number. FLAG: yes or no.
    """

    TEXT = "text"
    TIME = "time"
    NUMBER = "number"
    FLAG = "flag"


KIND_NAMES: Final = {Kind.TEXT: "chữ", Kind.TIME: "ngày giờ", Kind.NUMBER: "số", Kind.FLAG: "đúng hoặc sai"}
"""What an official reads."""


class Channel(StrEnum):
    """How a dossier came in."""

    ONLINE = "online"
    DIRECT = "direct"
    POST = "post"


CHANNEL_NAMES: Final = {Channel.ONLINE: "Trực tuyến", Channel.DIRECT: "Trực tiếp", Channel.POST: "Bưu chính công ích"}
"""What an official reads."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the standard table; ``title`` and ``meaning`` are Vietnamese.

    A ``required`` column is filled in every row that can be used. Any other holds nothing where the export does not
    say: that is never taken for "no" or 0. A ``derived`` column is made by the reader of an export: no heading is one.
    """

    name: str
    kind: Kind
    title: str
    meaning: str
    required: bool = False
    derived: bool = False


COLUMNS: Final = (
    Column("code", Kind.TEXT, "Mã hồ sơ", "Mã của hồ sơ, mỗi hồ sơ một mã", required=True),
    Column("unit", Kind.TEXT, "Đơn vị", "Đơn vị giải quyết hồ sơ", required=True),
    Column("field", Kind.TEXT, "Lĩnh vực", "Lĩnh vực của thủ tục hành chính"),
    Column("received", Kind.TIME, "Ngày tiếp nhận", "Khi hồ sơ được tiếp nhận", required=True),
    Column("due", Kind.TIME, "Ngày hẹn trả", "Khi hết hạn giải quyết; trống: thủ tục không có ngày hẹn trả"),
    Column(
        "finished",
        Kind.TIME,
        "Ngày có kết quả",
        "Khi xử lý xong, bị từ chối hoặc được rút; trống: chưa xong. Không phải ngày công dân đến nhận kết quả",
    ),
    Column("channel", Kind.TEXT, "Hình thức nộp", "online (trực tuyến), direct (trực tiếp) hoặc post (bưu chính)"),
    Column(
        "service_level",
        Kind.NUMBER,
        "Mức độ dịch vụ công",
        "Mức độ 1 đến 4 của thủ tục; từ năm 2022 dịch vụ công một phần ghi 3, toàn trình ghi 4",
    ),
    Column("status", Kind.NUMBER, "Trạng thái", "Mã trạng thái 1 đến 10; trống: ngày có kết quả quyết định"),
    Column("paid_online", Kind.FLAG, "Thanh toán trực tuyến", "Hồ sơ có được thanh toán trực tuyến không"),
    Column("amount_paid", Kind.NUMBER, "Số tiền thanh toán trực tuyến", "Số tiền đã thanh toán trực tuyến, đồng"),
    Column("sent_by_post", Kind.FLAG, "Nộp qua BCCI", "Hồ sơ có được nộp qua bưu chính công ích không"),
    Column("returned_by_post", Kind.FLAG, "Trả qua BCCI", "Kết quả có được trả qua bưu chính công ích không"),
    Column(
        "unreadable",
        Kind.NUMBER,
        "Ngày không đọc được",
        "10: ngày tiếp nhận, 11: ngày hẹn trả, 12: ngày có kết quả không đọc được; phần mềm tự ghi khi đọc tệp",
        derived=True,
    ),
)
"""The columns in their order; a table may hold others beside them, which nothing looks at."""

EXPORTED: Final = tuple(column for column in COLUMNS if not column.derived)
"""The columns that an export may have."""

NAMES: Final = tuple(column.name for column in COLUMNS)


def column(name: str) -> Column:
    """Return the column of a name; ``KeyError`` where there is none.

    >>> column("due").title, column("due").required
    ('Ngày hẹn trả', False)
    """
    return _BY_NAME[name]


_BY_NAME: Final = {column.name: column for column in COLUMNS}
