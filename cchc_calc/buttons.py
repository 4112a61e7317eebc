"""What the buttons of the workbook ask Python: every answer is a Vietnamese text for the official.

The macros call these functions through xlwings, see ``macros/CCHC_Nut.bas``. ``made_with`` is the version the
workbook was built with.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cchc_calc.errors import CchcError, SourceRefusedError
from cchc_calc.findings import SEVERITY_NAMES, tally
from cchc_calc.functions.self_test import self_test

if TYPE_CHECKING:
    from cchc_calc.findings import Finding

MOST_SHOWN: Final = 8
"""Findings; a window with more is taller than the screen."""

_COPY_NAME: Final = "bieu-mau.xlsm"
_FOLDER_PREFIX: Final = "cchc-kiem-tra-"
_WORKS: Final = "Đạt"


def recalculated(made_with: str) -> str:
    """Say that the cells are computed, and whether the functions in them are those the workbook was made for.

    >>> recalculated("0.1.0").startswith("Đã tính lại mọi ô.")
    True
    """
    return f"Đã tính lại mọi ô.\n\n{self_test(made_with)}"


def path_for_copy() -> str:
    """Return where the workbook may save a copy of itself for ``check_copy``: a folder nobody else reads."""
    return str(Path(tempfile.mkdtemp(prefix=_FOLDER_PREFIX)) / _COPY_NAME)


def check_copy(path: str, made_with: str) -> str:
    """Check the copy of the workbook as ``cchc check`` would, remove it, and sum up what was found."""
    copy = Path(path)
    try:
        said = _checked(copy)
    except SourceRefusedError as refused:
        said = f"Không kiểm tra được: {refused.message}\n{refused.remedy}"
    except (CchcError, OSError) as failed:
        said = f"Không kiểm tra được: {failed}"
    finally:
        # Only the folder that was made for the copy: the path comes from outside.
        if copy.parent.name.startswith(_FOLDER_PREFIX):
            shutil.rmtree(copy.parent, ignore_errors=True)
    versions = self_test(made_with)
    return said if versions.startswith(_WORKS) else f"{versions}\n\n{said}"


def consolidate(made_with: str) -> str:
    """Say that this version does not consolidate yet.

    >>> consolidate("0.1.0")[:65]
    'Phiên bản này (0.1.0) chưa có chức năng tổng hợp nhiều đơn vị. Hã'
    """
    return (
        f"Phiên bản này ({made_with}) chưa có chức năng tổng hợp nhiều đơn vị. Hãy giữ nguyên các tệp của từng đơn vị "
        "để tổng hợp khi có bản mới."
    )


def _checked(copy: Path) -> str:
    """Check a workbook of ours, whichever it is, by the command that reads it."""
    from cchc_calc.excel import finished_workbooks
    from cchc_calc.sources import sheet_names

    match finished_workbooks.name_by_sheets(sheet_names(copy)):
        case finished_workbooks.OBJECTIVES:
            from cchc_calc.objective_reading import read_objectives
            from cchc_calc.objectives.evaluation import evaluate_objectives

            evaluation = evaluate_objectives(read_objectives(copy))
            return _summary(evaluation.findings, "cchc objectives")
        case finished_workbooks.SCORES:
            from cchc_calc.score_reading import read_scores
            from cchc_calc.scoring.scored_units import score_table

            return _summary(score_table(read_scores(copy)).findings, "cchc score")
    from cchc_calc.checking import check
    from cchc_calc.reading import read_report

    return _summary(check(read_report(copy)).findings, "cchc check")


def _summary(findings: tuple[Finding, ...], command: str) -> str:
    lines = [f"Kết quả kiểm tra: {tally(findings)}.", *map(_line, findings[:MOST_SHOWN])]
    if len(findings) > MOST_SHOWN:
        lines.append(f"… và {len(findings) - MOST_SHOWN} điều nữa; lệnh {command} in danh sách đầy đủ.")
    return "\n".join(lines)


def _line(finding: Finding) -> str:
    rows = ", ".join(finding.rows)
    return f"• {SEVERITY_NAMES[finding.severity]}{f', dòng {rows}' if rows else ''}: {finding.message}"
