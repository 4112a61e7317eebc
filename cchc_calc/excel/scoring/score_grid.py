"""Where everything lies on the sheet of points: one column for each part, one line for each unit."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.scoring.line_grid import LineGrid
from cchc_calc.scoring.headings import COMPUTED_POINTS, POINTS_SHEET

if TYPE_CHECKING:
    from cchc_calc.scoring.scales import Scale

MOST_UNITS: Final = 200
"""Lines of the sheet of points."""


class Line(IntEnum):
    """The lines above the first unit, counted from 0, and the lines of the units."""

    TITLE = 0
    SCALE = 1
    OFFICE = 2
    YEAR = 3
    NOTE = 4
    HEADER = 5
    FIRST = 6
    LAST = FIRST + MOST_UNITS - 1


class Part(Enum):
    """The parts of a line, in the order of their columns; a star stands for the number of each criterion."""

    NUMBER = "STT"
    UNIT = "Đơn vị"
    GIVEN = "Tiêu chí *"
    TOTAL = "Tổng điểm"
    MAXIMUM = "Điểm tối đa"
    POINTS = COMPUTED_POINTS
    CLASS = "Xếp loại"
    RANK = "Xếp hạng"
    GAP = ""
    ONE_MORE = "Thêm 1 điểm"
    BOUNDS = "Khi còn thiếu"
    MESSAGE = "Kiểm tra"
    USED = "Dùng để tính *"
    READ = "Đọc được *"
    KEY = "Tên để so"
    SAME = "Số lần ghi"
    DOSSIERS = "Số hồ sơ"
    REPEATED = "Mã hồ sơ trùng"
    STATE = "Trạng thái"
    MISSING = "Tiêu chí thiếu"
    UNREADABLE = "Tiêu chí KXĐ"
    MORE_POINTS = "Thêm 1: điểm"
    MORE_CLASS = "Thêm 1: loại"
    MORE_RANK = "Thêm 1: hạng"
    LOW_POINTS = "Ít nhất: điểm"
    LOW_CLASS = "Ít nhất: loại"
    LOW_RANK = "Ít nhất: hạng"
    HIGH_POINTS = "Nhiều nhất: điểm"
    HIGH_CLASS = "Nhiều nhất: loại"
    HIGH_RANK = "Nhiều nhất: hạng"
    ORDER = "Thứ tự"
    BEST = "Các đơn vị cao nhất"
    WORST = "Các đơn vị thấp nhất"
    WAITING = "Chưa đủ điểm"
    WAITED = "Các đơn vị chưa đủ điểm"


FIRST_HIDDEN: Final = Part.READ
"""The part from which on the columns serve formulas alone."""


class ScoreGrid(LineGrid):
    """The cells of the sheet of points for a scale.

    >>> from cchc_calc.scoring.scales import load_scale
    >>> grid = ScoreGrid(load_scale("tt01-2018"))
    >>> grid.cell(Part.GIVEN, Line.FIRST, 8), grid.area(Part.POINTS), grid.last_printed
    ('K7', "'Chấm điểm'!$N$7:$N$206", 15)
    """

    def __init__(self, scale: Scale) -> None:
        """Lay out the columns for the criteria of a scale."""
        self.criteria = scale.criteria
        self.numbers = tuple(criterion.number for criterion in scale.criteria)
        criteria = len(scale.criteria)
        # A scale without criteria has a total alone, which is read and used like the points of one.
        stars = {Part.GIVEN: criteria, Part.READ: max(1, criteria), Part.USED: max(1, criteria)}
        widths = {part: stars.get(part, 1) for part in Part}
        super().__init__(POINTS_SHEET, Line.FIRST, Line.LAST, widths)

    @property
    def last_printed(self) -> int:
        """Return the last column on paper."""
        return self.column(Part.RANK)

    @property
    def maxima(self) -> str:
        """Return the cells above what was read, which hold the most of each criterion."""
        return f"{self.maximum(0)}:{self.maximum(len(self.columns(Part.READ)) - 1)}"

    def maximum(self, place: int) -> str:
        """Return the cell with the most of a criterion."""
        return self.fixed(Part.READ, Line.SCALE, place)
