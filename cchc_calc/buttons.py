"""What the buttons of the workbook ask Python: every answer is a Vietnamese text for the official.

The macros call these functions through xlwings, see ``macros/CCHC_Nut.bas``. ``made_with`` is the version the
workbook was built with.
"""

from __future__ import annotations

import shutil
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from cchc_calc.errors import CchcError, SourceRefusedError
from cchc_calc.findings import SEVERITY_NAMES, tally
from cchc_calc.functions.self_test import self_test

if TYPE_CHECKING:
    from cchc_calc.findings import Finding

MOST_SHOWN: Final = 8
"""Findings; a window with more is taller than the screen."""

RESULT_NAME: Final = "tong-hop.xlsx"
"""What the button for consolidating writes beside the workbook."""

_COPY_NAME: Final = "bieu-mau.xlsm"
_FOLDER_PREFIX: Final = "cchc-kiem-tra-"
_WORKS: Final = "Đạt"
_WORKBOOKS: Final = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
_ADDRESS: Final = "://"
_NOT_SAVED: Final = (
    "Các báo cáo được lấy từ thư mục chứa tệp này, nên tệp này cần nằm trong một thư mục của máy.\n"
    "Hãy lưu tệp về máy (Tệp > Lưu thành), không phải trên OneDrive hay trang web, rồi bấm lại."
)


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
    return _after_versions(said, made_with)


def consolidate(made_with: str, folder: str, name: str) -> str:
    """Consolidate the workbooks of a folder into ``tong-hop.xlsx`` beside them, and sum up what came of it.

    The open workbook, of which the ``name`` is given, is no report of a unit and does not count.

    >>> consolidate("0.1.0", "", "bieu-mau.xlsm").partition(".")[0]
    'Các báo cáo được lấy từ thư mục chứa tệp này, nên tệp này cần nằm trong một thư mục của máy'
    """
    if not folder or _ADDRESS in folder:
        return _NOT_SAVED
    try:
        said = _consolidated(Path(folder), name)
    except SourceRefusedError as refused:
        said = f"Không tổng hợp được: {refused.source}: {refused.message}\n{refused.remedy}"
    except PermissionError:
        said = f"Không ghi được {RESULT_NAME}; có thể tệp đó đang mở. Hãy đóng nó rồi bấm lại."
    except (CchcError, OSError) as failed:
        said = f"Không tổng hợp được: {failed}"
    return _after_versions(said, made_with)


def _after_versions(said: str, made_with: str) -> str:
    """Put what is wrong with the versions first; nothing where they fit."""
    versions = self_test(made_with)
    return said if versions.startswith(_WORKS) else f"{versions}\n\n{said}"


def _consolidated(folder: Path, name: str) -> str:
    from cchc_calc.excel.consolidation.workbook import write_consolidation
    from cchc_calc.intake.collecting import Task, collect
    from cchc_calc.intake.own_results import is_own_result
    from cchc_calc.intake.store import Store, store_path
    from cchc_calc.intake.summary import short_lines

    result = folder / RESULT_NAME
    if result.exists() and not is_own_result(result):
        return (
            f"Đã có tệp {RESULT_NAME} không phải do phần mềm tổng hợp. Hãy đổi tên hoặc chuyển tệp đó đi, rồi bấm lại."
        )
    beside = (path for path in folder.iterdir() if path.suffix.lower() in _WORKBOOKS)
    reports = tuple(path for path in sorted(beside) if path.name not in {name, RESULT_NAME})
    if not reports:
        return f"Không có tệp báo cáo nào khác trong thư mục {folder}."
    task = Task(reports, today=date.today())  # noqa: DTZ011 - the day on the desk of the official
    with Store(store_path(result)) as store:
        collected = collect(task, store)
        lines = list(short_lines(collected, MOST_SHOWN))
        consolidation = collected.consolidation
        if consolidation is None or not consolidation.units:
            return "\n".join(["Không có báo cáo nào tính được.", *lines])
        write_consolidation(result, consolidation)
    return "\n".join([*lines, f"Đã ghi tệp {result}"])


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
