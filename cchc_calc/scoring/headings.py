"""The names of sheets and headings in our workbook of points, on which its writer and reader agree."""

from __future__ import annotations

from typing import Final

POINTS_SHEET: Final = "Chấm điểm"
DOSSIERS_SHEET: Final = "Hồ sơ"
EVIDENCE_SHEET: Final = "Minh chứng"
SUMMARY_SHEET: Final = "Tổng hợp"
SCALE_SHEET: Final = "Thang điểm"

COMPUTED_POINTS: Final = "Điểm quy đổi"
"""The heading of the points on the whole scale. Where it stands the totals are computed, and so are not read."""

SCALE_ID: Final = "Mã thang điểm"
"""What stands on the sheet of the scale before the name it is loaded by."""
