"""What the numbers of a report count or measure: the words of a unit, its one name, and how its numbers are read."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cchc_calc.numerals.tokens import Tokens

PER_CENT = "%"
PER_CENT_POINTS = "điểm %"
POINTS = "điểm"
MONEY = "đồng"


class Kind(Enum):
    """How the numbers of a unit behave.

    COUNT: whole numbers of things. PLACE: the same, of places work is spread over ("trên 06 lĩnh vực" is
    across, not more than). RATE, POINTS, STEPS (of a ranking): levels, which rise and fall. TIME: durations
    and ages, which are no figures of a report.
    """

    COUNT = "count"
    PLACE = "place"
    RATE = "rate"
    POINTS = "points"
    STEPS = "steps"
    MONEY = "money"
    MEASURE = "measure"
    TIME = "time"
    UNKNOWN = "unknown"


WHOLE = frozenset({Kind.COUNT, Kind.PLACE})
LEVELS = frozenset({Kind.RATE, Kind.POINTS, Kind.STEPS})


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit under its one name."""

    name: str
    kind: Kind


NO_UNIT = Unit("", Kind.UNKNOWN)
PERCENT = Unit(PER_CENT, Kind.RATE)

# A unit's name, then after a colon other words for it. "xã, phường" is one name of two words.
_WORDS: dict[Kind, str] = {
    Kind.COUNT: """
        hồ sơ: bộ hồ sơ, lượt hồ sơ, hồ sơ tthc
        PAKN: phản ánh kiến nghị, phản ánh, nội dung phản ánh, ý kiến phản ánh, thông tin phản ánh
        TTHC: thủ tục hành chính, thủ tục
        đơn: đơn thư, lượt đơn, đơn khiếu nại, đơn tố cáo, khiếu nại, tố cáo
        văn bản: văn bản quy phạm pháp luật, vbqppl, văn bản qppl
        nghị định; thông tư; luật; nghị quyết; quyết định; chỉ thị; công văn; kế hoạch; báo cáo; tờ trình
        thông báo; hướng dẫn; công điện; kết luận; quy chế; biên bản; giấy mời; thư mời; thư xin lỗi
        nhiệm vụ; mục tiêu; chỉ tiêu; tiêu chí; tiêu chí thành phần; chỉ số; chỉ số thành phần; nội dung; vấn đề
        ý kiến: ý kiến chỉ đạo, ý kiến góp ý, lượt ý kiến
        kiến nghị; câu hỏi; câu trả lời; nguyên nhân; giải pháp; sáng kiến; mô hình; đề tài; đề án; dự án
        công trình; hạng mục; gói thầu; quy trình; quy trình nội bộ; thành phần hồ sơ; biểu mẫu; tài liệu
        dịch vụ công: dịch vụ công trực tuyến, dvc, dvctt, dvc trực tuyến
        dịch vụ; chứng thư số; chữ ký số; chứng thư; tài khoản; giao dịch; lượt; lượt truy cập; lượt giao dịch
        cán bộ; công chức; viên chức; lãnh đạo; chức danh; biên chế; vị trí việc làm; vị trí; hợp đồng lao động
        người: cán bộ công chức, cán bộ công chức viên chức, cán bộ công chức viên chức người lao động, cbcc, cbccvc
        người: công chức viên chức, công chức viên chức người lao động, cán bộ đảng viên, người lao động, người dân
        người: cán bộ công chức người lao động, nhân viên, lao động, thành viên
        lượt người: lượt cán bộ, lượt cán bộ công chức, lượt cán bộ công chức viên chức, lượt công chức
        lượt người: lượt công dân, lượt đại biểu
        đảng viên; đại biểu; học viên; học sinh; giáo viên; công dân; khách hàng; cử tri; báo cáo viên
        đoàn viên; hội viên; đồng chí; cá nhân; tập thể; trẻ em; trẻ; hộ gia đình; hộ dân; hộ; nhân khẩu
        doanh nghiệp; hợp tác xã; tổ chức; tổ chức cá nhân
        phiếu: phiếu khảo sát, phiếu đánh giá, phiếu lấy ý kiến
        trường hợp; vụ; vụ việc; sai phạm; lỗi; cuộc: cuộc họp, cuộc kiểm tra, cuộc thanh tra, cuộc đối thoại
        hội nghị; hội thảo; lớp: lớp tập huấn, lớp bồi dưỡng
        buổi; đợt; chuyến; phiên; phiên họp; kỳ họp; chuyên đề; phóng sự; chuyên mục; bảng
        bảng xếp hạng; băng rôn; pa nô; áp phích
        tin, bài: tin bài, tin bài viết, bài viết
        tin; bài; ấn phẩm; tờ rơi; tờ gấp; cuốn; quyển; bản; bản sao; trang
        giấy chứng nhận; giấy phép; giấy khai sinh; giấy tờ; thẻ; thẻ căn cước; mã
        bộ: bộ máy tính
        máy tính; máy; máy in; máy scan; máy quét; thiết bị; chiếc; cái; camera; xe
        đoàn; đoàn kiểm tra; tổ kiểm tra; kết quả
        tổ công tác; tổ công nghệ số cộng đồng; nhóm; bước; khâu; mức; giải; danh hiệu; cặp; phần; điểm mới
        bộ phận: bộ phận/người
        đầu mối; văn phòng; bưu cục; điểm giao dịch; điểm cầu; điểm phục vụ; cơ sở; ngành nghề; tổ chức hành chính
        km đường; lô; thửa; thửa đất; căn; căn nhà; phương án; quy định; điều kiện; yêu cầu; thông tin; tiện ích
    """,
    Kind.PLACE: """
        lĩnh vực; địa phương; địa bàn; tỉnh; thành phố; huyện; thị xã; quận; xã; phường; thị trấn; đặc khu
        tỉnh, thành phố: tỉnh thành, tỉnh thành phố trực thuộc trung ương, tỉnh tp
        huyện, thành phố; huyện, thị xã; huyện, thị xã, thành phố; quận, huyện; quận, huyện, thị xã; thành phố, huyện
        xã, phường; phường, xã; xã, thị trấn; xã, phường, thị trấn; phường, xã, thị trấn; xã, phường, đặc khu
        thôn; tổ dân phố; thôn, tổ dân phố; thôn, buôn; khu phố; ấp; khóm; bản, làng; khu dân cư; vùng; tổ
        đơn vị: đơn vị hành chính
        đơn vị sự nghiệp: đơn vị sự nghiệp công lập, đvsncl
        cơ quan; cơ quan, đơn vị; cơ quan, đơn vị, địa phương; bộ, ngành; bộ, cơ quan; sở, ban, ngành; sở, ngành
        phòng; ban; phòng, ban; phòng chuyên môn; sở; trường; trường học; trạm y tế; chi cục; trung tâm
        bộ phận một cửa; kênh; hệ thống; phần mềm; cổng; nền tảng; ứng dụng; cơ sở dữ liệu; trang thông tin điện tử
        mặt; phương diện; khu vực; tuyến
    """,
    Kind.POINTS: "điểm",
    Kind.STEPS: "bậc; hạng; thứ bậc",
    Kind.RATE: "%: phần trăm; điểm %: điểm phần trăm; ‰: phần nghìn",
    Kind.MONEY: "đồng: vnđ, vnd, đ; USD",
    Kind.MEASURE: """
        lần; km; m; m2: m², mét vuông; km2: km², ki lô mét vuông; m3: m³; ha: héc ta, hecta; kg; tấn; tạ; lít; mét
        gb; mb; tb; mbps; kwh; kw; cm; mm
    """,
    Kind.TIME: """
        ngày; ngày làm việc; giờ; giờ làm việc; phút; giây; tuần; tháng; quý; năm; tuổi; tháng tuổi; h; tiếng; ngày công
        thế kỷ; thập kỷ; nhiệm kỳ; buổi sáng; buổi chiều; năm công tác
    """,
}
_LONGEST = 12


def unit_after(tokens: Tokens, first: int) -> tuple[Unit, int]:
    """Read the unit named from token ``first`` on, and return it with the number of its last token.

    No unit there: ``(NO_UNIT, first - 1)``. Commas, slashes and "và" between its words do not matter.
    """
    word = tokens.word(first)
    if word.endswith("%"):
        return PERCENT, first
    if word == POINTS and tokens.word(first + 1).endswith("%"):
        return Unit(PER_CENT_POINTS, Kind.RATE), first + 1
    if word in {"m", "km"} and tokens.glued(first + 1) and tokens.word(first + 1) in {"2", "3"}:
        return Unit(word + tokens.word(first + 1), Kind.MEASURE), first + 1
    known, words, best = _lexicon(), "", (NO_UNIT, first - 1)
    for place in range(first, first + _LONGEST):
        word = tokens.word(place)
        if word in {",", "/", "và"} and words:
            continue
        if not word[:1].isalpha():
            break
        words = f"{words} {word}" if words else word
        if words not in known:
            break
        if unit := known[words]:
            best = unit, place
    return best


def named_unit(name: str) -> Unit:
    """Return the unit a column is headed with, under the name given there.

    >>> named_unit("Hồ sơ").kind, named_unit("Triệu đồng").kind, named_unit("").kind
    (<Kind.COUNT: 'count'>, <Kind.MONEY: 'money'>, <Kind.UNKNOWN: 'unknown'>)
    """
    words = " ".join(name.replace(",", " ").replace("/", " ").split()).lower()
    known = PERCENT if words == PER_CENT else _lexicon().get(words)
    if known is None and words.endswith(" đồng"):
        return Unit(name, Kind.MONEY)
    return Unit(name, known.kind if known else Kind.UNKNOWN)


@cache
def _lexicon() -> dict[str, Unit | None]:
    """Map the words of every unit to it, and the beginnings of longer ones to ``None``."""
    lexicon: dict[str, Unit | None] = {}
    for kind, table in _WORDS.items():
        for name, words in _entries(table):
            lexicon[words] = Unit(name, kind)
    for words in list(lexicon):
        parts = words.split()
        for length in range(1, len(parts)):
            lexicon.setdefault(" ".join(parts[:length]), None)
    return lexicon


def _entries(table: str) -> Iterator[tuple[str, str]]:
    for entry in table.replace("\n", ";").split(";"):
        name, _, others = entry.strip().partition(":")
        if name:
            yield name, _plain(name)
            yield from ((name, _plain(other)) for other in others.split(",") if other.strip())


def _plain(words: str) -> str:
    return " ".join(words.replace(",", " ").replace("/", " ").split()).lower()
