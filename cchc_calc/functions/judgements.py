"""Targets met or not, classes of points, and ranks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cchc_calc.errors import FunctionUseError, ScaleError, TargetError
from cchc_calc.functions.cell_values import as_shown, cell_of, is_blank, read_amount
from cchc_calc.functions.figures import figure_of
from cchc_calc.functions.grids import all_given, cell_by_cell, one_cell, over_columns, quoted
from cchc_calc.functions.target_cells import target_in
from cchc_calc.numerals import read_number
from cchc_calc.scoring.scales import DEFAULT_SCALE, class_of, load_scale, ranks, scale_ids
from cchc_calc.states import STATE_TEXTS, State
from cchc_calc.targets import MET, NOT_MET, RATE, is_met

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cchc_calc.functions.grids import Cells
    from cchc_calc.scoring.scales import Scale
    from cchc_calc.states import Content
    from cchc_calc.targets import Target


def met(target: Cells | None, actual: Cells | None) -> Cells:
    """Judge a target: "Đạt" or "Chưa đạt", strict where its words are.

    The target is a phrase ("dưới 1,5%", "từ 25% trở lên") or a number; what was reached is a number or its
    text. Blank, "Không phát sinh" and "KXĐ" stay what they are.

    >>> met("dưới 1,5%", [[0.0149], [0.015], [""]])
    [['Đạt'], ['Chưa đạt'], ['']]
    """
    return over_columns(cell_by_cell(_met), all_given((target, "mục tiêu"), (actual, "kết quả thực tế")))


def classes(points: Cells | None, scale: Cells | None) -> Cells:
    """Name the class of points on a scale; the scale is its name or its highest total.

    >>> classes([[16], [14.99], [""]], 18)
    [['xuất sắc'], ['tốt'], ['']]
    """
    given = all_given((points, "điểm"))
    chosen = _scale(None if scale is None else one_cell(scale, "Thang điểm"))
    return over_columns(lambda columns: [_class(cell, chosen) for cell in columns[0]], given)


def ranking(points: Cells | None) -> Cells:
    """Rank points, the best first; equal points share a rank and the next rank is left out (1, 1, 3).

    A cell without points has no rank and takes none from the others.

    >>> ranking([[16], [13], [16], [""]])
    [[1.0], [3.0], [1.0], ['']]
    """
    return over_columns(_ranks, all_given((points, "vùng điểm")))


def _ranks(columns: list[Sequence[object]]) -> list[float | str]:
    contents = [read_amount(cell) for cell in columns[0]]
    places = ranks([None if isinstance(content, State) else content for content in contents])
    return [cell_of(content if place is None else place) for content, place in zip(contents, places, strict=True)]


def _met(target: object, actual: object) -> str:
    wanted = target_in(target)
    if isinstance(wanted, State):
        return STATE_TEXTS[wanted]
    reached = _reached(actual, wanted)
    if isinstance(reached, State):
        return STATE_TEXTS[reached]
    try:
        return MET if is_met(wanted, reached) else NOT_MET
    except TargetError:
        return STATE_TEXTS[State.UNDECIDED]


def _reached(actual: object, wanted: Target) -> Content:
    content = figure_of(actual)
    if isinstance(content, State):
        return content
    if isinstance(actual, float) and as_shown(actual) == as_shown(float(wanted.value)):
        # No double is 2/3: a cell that shows what the target shows has reached it.
        return wanted.value
    if isinstance(actual, str) and wanted.unit == RATE and content >= 1 and not (content == 1 and "%" in actual):
        # "96" may be a percentage; "96 hồ sơ" is none, and "120%" is not 1,2 %.
        plain = read_number(actual)
        return State.UNDECIDED if plain.value is None or plain.unit else content
    return content


def _class(points: object, scale: Scale) -> str:
    content = read_amount(points)
    if isinstance(content, State):
        return STATE_TEXTS[content]
    try:
        return class_of(content, scale)
    except ScaleError:
        return STATE_TEXTS[State.UNDECIDED]


def _scale(cell: object) -> Scale:
    """Find a scale by its name, or by its highest total where no other scale has that one too."""
    if is_blank(cell):
        return load_scale(DEFAULT_SCALE)
    known = [load_scale(name) for name in scale_ids()]
    name, total = str(cell).strip().casefold(), figure_of(cell)
    found = [scale for scale in known if name == scale.id] or [scale for scale in known if total == scale.highest]
    if len(found) == 1:
        return found[0]
    names = "; ".join(f"{scale.id} ({scale.highest} điểm)" for scale in found or known)
    if found:
        raise FunctionUseError(f"có {len(found)} thang {found[0].highest} điểm, hãy ghi tên thang: {names}")
    raise FunctionUseError(f"không có thang điểm “{quoted(cell)}”; có: {names}")
