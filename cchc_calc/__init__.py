"""Compute and check the statistics form of Vietnam's administrative reform (CCHC).

The indicators are exact and import nothing but the standard library::

    >>> from cchc_calc import on_time_rate, format_percent
    >>> format_percent(on_time_rate(424, 425))
    '99,76%'

What reads and writes files is imported when it is first asked for, so that a function in a cell starts fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from cchc_calc.errors import CchcError, FormError, IndicatorError, SourceRefusedError
from cchc_calc.indicators import (
    bcci_rate,
    disbursement_rate,
    electronic_document_rate,
    late_rate,
    on_time_rate,
    online_rate,
    petition_resolution_rate,
    provision_rate,
    ratio,
    reduction_rate,
    shortfall,
    task_completion_rate,
)
from cchc_calc.rounding import format_percent

if TYPE_CHECKING:
    from cchc_calc.checking import CheckResult, check
    from cchc_calc.computation import Computation, compute
    from cchc_calc.consolidation.consolidating import consolidate
    from cchc_calc.form_files import load_form
    from cchc_calc.numerals import Figure, parse_figures
    from cchc_calc.objective_reading import read_objectives
    from cchc_calc.objectives.evaluation import evaluate_objectives
    from cchc_calc.reading import read_report
    from cchc_calc.report import Report
    from cchc_calc.score_reading import read_scores
    from cchc_calc.scoring.scored_units import score_units
    from cchc_calc.states import State

__all__ = [
    "CchcError",
    "CheckResult",
    "Computation",
    "Figure",
    "FormError",
    "IndicatorError",
    "Report",
    "SourceRefusedError",
    "State",
    "bcci_rate",
    "check",
    "compute",
    "consolidate",
    "disbursement_rate",
    "electronic_document_rate",
    "evaluate_objectives",
    "format_percent",
    "late_rate",
    "load_form",
    "on_time_rate",
    "online_rate",
    "parse_figures",
    "petition_resolution_rate",
    "provision_rate",
    "ratio",
    "read_objectives",
    "read_report",
    "read_scores",
    "reduction_rate",
    "score_units",
    "shortfall",
    "task_completion_rate",
]

_HOMES = {
    "CheckResult": "checking",
    "Computation": "computation",
    "Figure": "numerals",
    "Report": "report",
    "State": "states",
    "check": "checking",
    "compute": "computation",
    "consolidate": "consolidation.consolidating",
    "evaluate_objectives": "objectives.evaluation",
    "load_form": "form_files",
    "parse_figures": "numerals",
    "read_objectives": "objective_reading",
    "read_report": "reading",
    "read_scores": "score_reading",
    "score_units": "scoring.scored_units",
}


def __getattr__(name: str) -> object:
    if name == "__version__":
        from cchc_calc.version import VERSION

        return VERSION
    if name in _HOMES:
        return getattr(import_module(f"cchc_calc.{_HOMES[name]}"), name)
    msg = f"module 'cchc_calc' has no attribute {name!r}"
    raise AttributeError(msg)
