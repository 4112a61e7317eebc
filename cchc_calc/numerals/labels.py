"""Numbers that name a thing instead of counting: mức độ 3, Điều 13, Phường 3, năm 2023, 1. of a list, một cửa."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_calc.numerals.tokens import BREAKS, HIDDEN, phrases

if TYPE_CHECKING:
    from cchc_calc.numerals.tokens import Tokens

# Before a number, these always name.
_NAMES_ALWAYS = """
    điều; khoản; mục; chương; phụ lục; mức độ; cấp độ; tiêu chí; lần thứ; thứ; stt; tt; trang; mã; mã số; top
    mục tiêu số; tiêu chí số; nhiệm vụ số; chỉ tiêu số; phụ lục số; mẫu số; biểu số; biểu mẫu số; quyết định số
    nghị định số; kế hoạch số; công văn số; báo cáo số; chỉ thị số; thông tư số; nghị quyết số; văn bản số
    tờ trình số; thông báo số; luật số; đề án; phường; quận; quý; tháng; mồng; mùng; lúc; ban chỉ đạo; bản đồ
    số nhà; quốc lộ; tỉnh lộ; số điện thoại; điện thoại; hotline; đường dây nóng; tổng đài; fax; sđt; đt
    iso; tcvn; iec; covid; công nghiệp; phiên bản; windows; office
"""
# These name unless a unit follows: "nhóm 2", but "nhóm 16 tỉnh".
_NAMES_UNLESS_COUNTED = """
    mức; mục tiêu; nhiệm vụ; chỉ tiêu; nội dung; câu; bước; giai đoạn; đợt; kỳ; khóa; khoá; lần; lớp; nhóm; loại
    hạng; cấp; bậc; đối tượng; vùng; khu vực; khu phố; tổ; tổ dân phố; thôn; ấp; khóm; đội; xóm; buôn; phòng
    tầng; lô; thửa; tờ; đường; phố; hẻm; kiệt; ngõ; bảng; hình; biểu; mẫu; phần; tiểu mục; ngày; năm; tuần
    trung ương; đại hội; điểm cầu; chiến lược; phương châm; nguyên tắc; phong trào; km; lý trình; dịp; lễ; tết
    trước; sau; hôm; sáng; chiều; tối
"""
# So do these, whatever their size: "Kế hoạch 26", "QĐ 1150", but "kế hoạch 26 hồ sơ".
_DOCUMENTS = """
    số; nghị định; quyết định; thông tư; công văn; kế hoạch; báo cáo; chỉ thị; tờ trình; thông báo; nghị quyết
    luật; văn bản; hướng dẫn; công điện; dự án; chương trình; kết luận; qđ; nđ; tt; cv; kh; bc; ct; nq; tb; hd
"""
# Longer words that end like a name and are none.
_NO_NAMES = """
    tổng số; con số; chỉ số; trong số; đa số; dân số; một số; thiểu số; chữ ký số; chứng thư số; chuyển đổi số; hệ số
    kinh tế số; chính quyền số; công dân số; nền tảng số; môi trường số; kỹ năng số; công nghệ số; xã hội số; dữ liệu số
    tài khoản; điều khoản; danh mục; hạng mục; chuyên mục; phân cấp; cung cấp; trung cấp; nâng cấp; đã cấp; được cấp
    một phần; thành phần; góp phần; toàn phần; cả năm; một năm; trong năm; mỗi năm; hằng năm; hàng năm; đầu năm
    cuối năm; trong kỳ; đầu kỳ; cuối kỳ; kỳ này; cấp phường; phân loại; xếp loại
    đạt mức; ở mức; trên mức; dưới mức; quá mức
"""
# After a number, these make it part of a fixed expression.
_EXPRESSIONS = frozenset(
    {"cửa", "cấp", "rõ", "tại chỗ", "công khai", "sẵn sàng", "mặt", "bên", "chiều", "trong những", "nhà"}
)
_RANKING = frozenset({"xếp", "đứng", "vị trí", "hạng", "giữ"})
_LIST_MARKS = frozenset({",", ";", "và", "hoặc", "-", "–", "/", "đến", "&", "+"})
_BULLETS = frozenset({"-", "–", "+", "*", "•", "#"})
# Số: 12, điện thoại: 1022, đường dây nóng: 1900
_NAMES_OVER_A_MARK = frozenset({"số", "thoại", "đt", "sđt", "nóng", "đài"})
_ITEM_ENDS = frozenset({";", "."})
_FAR = 80
_OPENING_QUOTES = frozenset({"“", "‘", '"'})
_IN_A_YEAR = {"quý": 4, "tháng": 12}
_LONGEST_NAME = 4
_FIRST_YEAR, _LAST_YEAR = 1900, 2100

_ALWAYS, _UNLESS_COUNTED = phrases(_NAMES_ALWAYS), phrases(_NAMES_UNLESS_COUNTED)
_DOCUMENT, _NONE = phrases(_DOCUMENTS), phrases(_NO_NAMES)


def is_rank(tokens: Tokens, place: int) -> bool:
    """Tell whether the number at ``place`` is a place in a ranking: "xếp thứ 3", "đứng thứ 5", "hạng 9/63"."""
    before, earlier = tokens.word(place - 1), tokens.word(place - 2)
    if before == "thứ":
        return bool(_RANKING & {earlier, tokens.word(place - 3)}) or tokens.word(place + 1) == "/"
    if before == "hạng" and tokens.word(place + 1) == "/":
        return True
    return before in {"xếp", "đứng"} or tokens.phrase(place - 2, place - 1) in {"xếp hạng", "vị trí", "thứ hạng"}


def is_label(tokens: Tokens, place: int, *, counted: bool) -> bool:
    """Tell whether the words before the number at ``place`` make it a name; ``counted``: a unit follows it."""
    before = place - 1
    while tokens.word(before) in {":", "(", "“", '"'} and tokens.word(before - 1) in _NAMES_OVER_A_MARK:
        before -= 1
    number = tokens.word(place)
    if len(number) > _LONGEST_NAME and "." in number:
        # 140.112 is in thousands; no name is that long.
        return False
    for length in (4, 3, 2, 1):
        phrase = tokens.phrase(before - length + 1, before)
        if phrase in _NONE:
            return False
        if phrase in _ALWAYS:
            return _may_name(number, phrase)
        if phrase in _DOCUMENT or (phrase in _UNLESS_COUNTED and len(number) <= _LONGEST_NAME):
            # "số quyết định 15" counts the decisions, "Quyết định 15" names one.
            return not counted and tokens.word(before - length) not in {"số", "tổng", "lượng"}
    return tokens.word(before) == "=" and not counted


def continues_list(tokens: Tokens, label: int, place: int, *, counted: bool) -> bool:
    """Tell whether the number at ``place`` goes on with the list that the label at ``label`` began: "mức độ 3, 4"."""
    if place - label > 2 or any(tokens.word(between) not in _LIST_MARKS for between in range(label + 1, place)):
        return False
    return not counted or (len(tokens.word(place)) == 1 and tokens.word(place - 1) in {",", "/"})


def is_enumerator(tokens: Tokens, place: int) -> bool:
    """Tell whether the number begins an item of a list, a heading or a row: 1. or (2) or 3.4.3. or 1)."""
    number, after = tokens.word(place), tokens.word(place + 1)
    if tokens.word(place - 1) == "(" and after == ")":
        return len(number) <= 2 and number[0] != "0" and _is_bracketed_item(tokens, place)
    if any(len(part) > 2 for part in number.split(".")):
        return False
    before = place - 1
    while tokens.word(before) in _BULLETS:
        before -= 1
    begins_line, begins_cell = tokens.word(before) in {"\n", ""}, tokens.word(before) in {"\n", "\t", ""}
    if begins_line and after == "\t":
        return _next_in_line(tokens, place + 2) not in {"\t", ""}
    if begins_cell and "." in number and tokens.is_capital(place + 1):
        return True
    if after not in {".", ")"} or not tokens.glued(place + 1):
        return False
    follows = tokens.word(place + 2)
    if begins_cell:
        return not tokens.glued(place + 2) or follows in BREAKS
    if after != "." or not follows[:1].isalpha():
        return False
    # "gồm: 1. Tiếp nhận; 2. Trả" lists, "trễ hạn: 5. Nguyên nhân" tells how many.
    return tokens.word(place - 1) in _ITEM_ENDS or (
        tokens.word(place - 1) == ":" and _second_item_follows(tokens, place)
    )


def _is_bracketed_item(tokens: Tokens, place: int) -> bool:
    """Tell "(1) do lỗi", "(2). Lượng" and the note "nhiệm vụ(1)" from "tốt (4), khá (2)"."""
    follows = place + 3 if tokens.word(place + 2) == "." else place + 2
    return tokens.glued(place - 1) or tokens.word(follows)[:1].isalpha() or len(tokens) == len("(1)")


def _second_item_follows(tokens: Tokens, place: int) -> bool:
    following = range(place + 2, place + _FAR)
    return tokens.word(place) == "1" and any(
        tokens.phrase(item, item + 1) == "2 ." and tokens.word(item - 1) in _ITEM_ENDS for item in following
    )


def _next_in_line(tokens: Tokens, place: int) -> str:
    while tokens.word(place) == "\n":
        place += 1
    return tokens.word(place)


def is_expression(tokens: Tokens, place: int) -> bool:
    """Tell whether the words after the number, or quotes around it, make it a fixed expression: "03 cấp", "“5 rõ”"."""
    after = tokens.word(place + 1)
    if after in _EXPRESSIONS or tokens.phrase(place + 1, place + 2) in _EXPRESSIONS:
        return True
    if after == "nhóm":
        return any(tokens.phrase(word, word + 1) == "liên thông" for word in range(place + 2, place + 10))
    return False


def is_quoted(tokens: Tokens, place: int) -> bool:
    """Tell whether an opening quotation mark stands right before the number."""
    return tokens.word(place - 1) in _OPENING_QUOTES and tokens.glued(place)


def is_year(tokens: Tokens, place: int) -> bool:
    """Tell whether a bare number of four figures is a year and nothing calls it a result."""
    number = tokens.word(place)
    if not (len(number) == 4 and number.isdigit() and _FIRST_YEAR <= int(number) < _LAST_YEAR):
        return False
    alone = len(tokens) == 1
    return not alone and tokens.word(place - 1) not in {":", "là", "được", "đạt", "\t"}


def _may_name(number: str, label: str) -> bool:
    """Tell numbers that cannot name: a ward is not called 05, a quarter not 425."""
    if label in {"phường", "quận"}:
        return "," in number or (number[0] != "0" and len(number) <= 2)
    if label in _IN_A_YEAR:
        return not number.isdigit() or int(number[:4]) <= _IN_A_YEAR[label]
    return True


def touches_letters(tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether letters are written onto the number: A4, COVID-19, H32.12, 8h30, 3G; a unit may be, as in 50ha.

    ``first`` is the number, ``last`` the last token of its unit, which forgives a missing blank.
    """
    counted = last > first
    before, after = tokens.word(first - 1), tokens.word(last + 1)
    if tokens.glued(last + 1) and (after[:1].isalnum() or after[:1] in {"_", "^", HIDDEN}):
        return True
    if not tokens.glued(first):
        return False
    if before[:1].isalnum() or before[:1] in {"_", "^", HIDDEN}:
        return True
    joined = before in {"-", "."} and tokens.glued(first - 1) and tokens.word(first - 2)[:1].isalnum()
    return joined and not counted


def sign_before(tokens: Tokens, first: int) -> tuple[bool, int]:
    """Tell whether a minus belongs to the number, and where the number begins with it.

    A hyphen is a minus only after a bracket or a word of change: at the head of a line it is a bullet, between
    two numbers it is "to".
    """
    sign = tokens.word(first - 1)
    if not tokens.glued(first) or sign not in {"-", "−"}:
        return False, first
    before = tokens.word(first - 2)
    is_minus = sign == "−" or before in {"(", "tăng", "giảm", "trưởng", "lệch"}
    return is_minus, first - 1 if is_minus else first
