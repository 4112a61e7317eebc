"""How officials call the counts of dossiers."""

from __future__ import annotations

from typing import Final

COUNT_NAMES: Final = {
    "read": "Số dòng đã đọc",
    "used": "Số hồ sơ dùng được",
    "received": "Tiếp nhận trong kỳ",
    "carried_over": "Kỳ trước chuyển qua",
    "resolved": "Đã giải quyết",
    "refused": "Không được tiếp nhận",
    "withdrawn": "Rút hoặc dừng xử lý",
    "pending": "Đang giải quyết",
    "early": "Giải quyết trước hạn",
    "late": "Giải quyết trễ hạn",
    "without_due": "Đã giải quyết, không có ngày hẹn trả",
    "overdue": "Đang giải quyết, đã quá hạn",
    "due": "Đến hạn trong kỳ",
    "due_late": "Đến hạn trong kỳ, bị trễ",
    "due_before_received": "Ngày hẹn trả trước ngày tiếp nhận",
    "online": "Hình thức nộp: trực tuyến",
    "direct": "Hình thức nộp: trực tiếp",
    "by_post": "Hình thức nộp: bưu chính",
    "online_services": "Hồ sơ của thủ tục có dịch vụ trực tuyến",
    "online_services_online": "Hồ sơ của thủ tục có dịch vụ trực tuyến, nộp trực tuyến",
    "paid_online": "Thanh toán trực tuyến",
    "amount_paid_online": "Số tiền thanh toán trực tuyến (đồng)",
    "sent_by_post": "Nộp qua BCCI",
    "returned_by_post": "Trả kết quả qua BCCI",
    "both_by_post": "Nộp và trả qua BCCI",
    "unknown_level": "Không ghi mức độ dịch vụ công",
    "unknown_channel": "Không ghi hình thức nộp",
    "unknown_payment": "Không ghi có thanh toán trực tuyến hay không",
    "unknown_amount": "Không ghi số tiền thanh toán trực tuyến",
    "unknown_sending": "Không ghi có nộp qua BCCI hay không",
    "unknown_returning": "Không ghi có trả qua BCCI hay không",
}
"""Each field of ``Counts``, in the same order."""
