"""The look that the charts of all workbooks have in common."""

from __future__ import annotations

from typing import Any, Final

from cchc_calc.excel.sheets.styles import FONT, NOTE_SIZE

SMALL: Final = {"name": FONT, "size": NOTE_SIZE}
ORANGE: Final = "#ED7D31"
NAMES_AXIS: Final = {"reverse": True, "num_font": SMALL, "major_gridlines": {"visible": False}}
"""The axis of names beside bars that lie: the first name on top."""
PIXELS_A_LINE: Final = 20
"""The height of a usual line, by which a chart covers lines."""

_GRIDLINES: Final = {"visible": True, "line": {"color": "#D9D9D9"}}


def set_title(chart: Any, title: str) -> None:
    """Write the title over a chart."""
    chart.set_title({"name": title, "name_font": {"name": FONT, "size": 13, "bold": True}, "overlay": False})


def value_axis(name: str = "", **options: Any) -> dict[str, Any]:
    """Return the look of an axis of values, with XlsxWriter's ``options`` on top; without a name it has none."""
    named = {"name": name, "name_font": SMALL | {"bold": False}, "major_tick_mark": "none"} if name else {}
    return {"num_font": SMALL, "major_gridlines": _GRIDLINES} | named | options
