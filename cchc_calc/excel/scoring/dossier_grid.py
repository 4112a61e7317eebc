"""Where everything lies on the sheet of dossiers, one line for each, and what formulas ask of all of them."""

from __future__ import annotations

from enum import Enum, IntEnum
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.scoring.line_grid import LineGrid
from cchc_calc.scoring.criteria import DOSSIER
from cchc_calc.scoring.headings import DOSSIERS_SHEET
from cchc_calc.scoring.records import NOT_APPLICABLE_TEXT
from cchc_calc.states import UNDECIDED_TEXT

if TYPE_CHECKING:
    from cchc_calc.scoring.criteria import Criterion
    from cchc_calc.scoring.scales import Scale

MOST_DOSSIERS: Final = 2_000
"""Lines of the sheet of dossiers."""

NOT_SCORED: Final = "chưa chấm"
"""What is read out of an empty cell of a dossier."""


class DossierLine(IntEnum):
    """The lines above the first dossier, counted from 0, and the lines of the dossiers."""

    TITLE = 0
    NOTE = 1
    HINT = 2
    HEADER = 3
    FIRST = 4
    LAST = FIRST + MOST_DOSSIERS - 1


COUNTED: Final = {UNDECIDED_TEXT: DossierLine.TITLE, NOT_SCORED: DossierLine.NOTE}
"""The lines in which it is counted, above what is read of each criterion, how often these are read."""


class DossierPart(Enum):
    """The parts of a line, in the order of their columns; a star stands for the number of each criterion."""

    UNIT = "Đơn vị"
    CODE = "Mã hồ sơ"
    GIVEN = "Tiêu chí *"
    MESSAGE = "Kiểm tra"
    READ = "Đọc được *"
    KEY = "Tên để so"
    PLACE = "Dòng của đơn vị"
    FIRST = "Dòng đầu của mã"
    TIMES = "Số lần ghi mã"
    REPEATED = "Mã trùng"


class DossierGrid(LineGrid):
    """The cells of the sheet of dossiers for a scale; only criteria scored by dossier have a column."""

    def __init__(self, scale: Scale) -> None:
        """Lay out the columns for the criteria of a scale."""
        self.criteria: tuple[Criterion, ...] = tuple(
            criterion for criterion in scale.criteria if DOSSIER in criterion.levels
        )
        stars = dict.fromkeys((DossierPart.GIVEN, DossierPart.READ), len(self.criteria))
        widths = {part: stars.get(part, 1) for part in DossierPart}
        super().__init__(DOSSIERS_SHEET, DossierLine.FIRST, DossierLine.LAST, widths)

    def scored(self, place: int) -> str:
        """Return the cell that counts the dossiers with something in a criterion."""
        return self.fixed(DossierPart.READ, DossierLine.HINT, place)

    def counted(self, content: str, place: int) -> str:
        """Return the cell that counts the dossiers of which a content is read in a criterion."""
        return self.fixed(DossierPart.READ, COUNTED[content], place)

    def count(self, place: int) -> str:
        """Render the number of dossiers of the unit in a line of the sheet of points, the first counted 1."""
        return f"COUNTIF({self.area(DossierPart.PLACE)},{place})"

    def repeated(self, place: int) -> str:
        """Render the number of a unit's dossiers whose code stands more than once."""
        return f"SUMIF({self.area(DossierPart.PLACE)},{place},{self.area(DossierPart.REPEATED)})"

    def average(self, criterion: Criterion, place: int, count: str, repeated: str) -> str:
        """Render what a unit's dossiers give in a criterion: an average, "Không áp dụng", nothing, or ``KXĐ``.

        ``count`` and ``repeated`` are the cells with the number of its dossiers and of those with a repeated code.
        """
        at, places = self.criteria.index(criterion), self.area(DossierPart.PLACE)
        read = self.area(DossierPart.READ, at)
        # Most sheets have none of these in a criterion, and then nothing needs to be looked for unit by unit.
        open_, unreadable = (
            f"IF('{self.sheet}'!{self.counted(content, at)}=0,0,COUNTIFS({places},{place},{read},\"{content}\"))"
            for content in (NOT_SCORED, UNDECIDED_TEXT)
        )
        mean = f'IFERROR(AVERAGEIFS({read},{places},{place}),"{NOT_APPLICABLE_TEXT}")'
        known = f'IF({repeated}+{unreadable}>0,"{UNDECIDED_TEXT}",IF({open_}>0,"",{mean}))'
        return f'IF({count}=0,"",IF({open_}={count},"",{known}))'
