"""Why a row of a table of dossiers may be refused, and how an official reads it."""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class Fault(IntEnum):
    """Why a row is refused; the numbers are stable. NO_CODE and DOUBLE are found by looking at all rows."""

    NO_UNIT = 1
    NO_RECEIVED = 2
    IN_FUTURE = 3
    FINISHED_BEFORE_RECEIVED = 4
    UNKNOWN_STATUS = 5
    FINISHED_BUT_PENDING = 6
    RESOLVED_WITHOUT_DATE = 7
    NO_CODE = 8
    DOUBLE = 9
    UNREADABLE_RECEIVED = 10
    UNREADABLE_DUE = 11
    UNREADABLE_FINISHED = 12
    BROKEN_ROW = 13


FAULT_NAMES: Final = {
    Fault.NO_UNIT: "không có tên đơn vị",
    Fault.NO_RECEIVED: "không có ngày tiếp nhận",
    Fault.IN_FUTURE: "ngày tiếp nhận hoặc ngày có kết quả ở tương lai",
    Fault.FINISHED_BEFORE_RECEIVED: "ngày có kết quả trước ngày tiếp nhận",
    Fault.UNKNOWN_STATUS: "mã trạng thái không có trong danh sách",
    Fault.FINISHED_BUT_PENDING: "có ngày có kết quả nhưng trạng thái là chưa xong",
    Fault.RESOLVED_WITHOUT_DATE: "trạng thái là đã xong nhưng không có ngày có kết quả",
    Fault.NO_CODE: "không có mã hồ sơ",
    Fault.DOUBLE: "mã hồ sơ đã có ở dòng khác, dòng ấy mới hơn hoặc giống hệt",
    Fault.UNREADABLE_RECEIVED: "ngày tiếp nhận không đọc được",
    Fault.UNREADABLE_DUE: "ngày hẹn trả không đọc được",
    Fault.UNREADABLE_FINISHED: "ngày có kết quả không đọc được",
    Fault.BROKEN_ROW: "dòng có nhiều ô hơn dòng tiêu đề hoặc ghi sai quy cách",
}
"""What an official reads."""
