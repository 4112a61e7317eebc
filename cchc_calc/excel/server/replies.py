"""What the server answers to a call: the cells Excel shows, or a refusal that says what to do."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Reply:
    """The status of an HTTP answer and its JSON."""

    status: int
    body: bytes


def cells_reply(cells: object) -> Reply:
    """Answer with rows of cells."""
    return Reply(200, json.dumps({"result": cells}, ensure_ascii=False).encode())


def refusal(status: int, text: str) -> Reply:
    """Refuse a call; ``text`` is a Vietnamese sentence, which the page of the add-in puts into the cell.

    >>> refusal(404, "không có").body.decode()
    '{"error": "Lỗi: không có"}'
    """
    return Reply(status, json.dumps({"error": f"Lỗi: {text}"}, ensure_ascii=False).encode())


NO_TOKEN: Final = refusal(
    401, "mã truy cập chưa nhập hoặc không đúng. Mở bảng CCHC trong Excel, nhập mã do người quản trị cấp, rồi tính lại."
)
TOO_LARGE: Final = refusal(
    413, "vùng ô quá lớn nên máy chủ không nhận. Hãy chọn đúng phần có số liệu, không chọn cả cột."
)
TOO_SLOW_TO_ARRIVE: Final = refusal(408, "số liệu gửi lên máy chủ quá chậm. Hãy kiểm tra đường mạng rồi tính lại.")
TOO_BUSY: Final = refusal(503, "máy chủ đang quá bận. Hãy đợi một phút rồi tính lại (Ctrl+Alt+F9).")
TOO_LONG: Final = refusal(
    504, "tính quá lâu nên máy chủ đã dừng ô này. Hãy chọn vùng nhỏ hơn; các ô khác vẫn tính bình thường."
)
BROKEN_WORKER: Final = refusal(
    503, "chương trình tính trên máy chủ bị dừng giữa chừng và đang được mở lại. Hãy tính lại."
)
BROKEN_CALL: Final = refusal(
    400, "máy chủ không đọc được yêu cầu của Excel. Hãy đóng Excel rồi mở lại; nếu vẫn vậy, báo cho người quản trị."
)
BROKEN_SERVER: Final = refusal(500, "máy chủ gặp lỗi phần mềm. Hãy báo cho người quản trị máy chủ.")
