"""Forms filled with figures that were counted, not read from a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.checking import check
from cchc_calc.computation import compute_contents, show
from cchc_calc.document import Cell
from cchc_calc.excel.sheets.form_grid import FORM_SHEET, FormGrid
from cchc_calc.excel.template import write_template
from cchc_calc.report import Entry, Report
from cchc_calc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from cchc_calc.catalogue import Form
    from cchc_calc.checking import CheckResult
    from cchc_calc.computation import Computation
    from cchc_calc.findings import Finding
    from cchc_calc.periods import Period
    from cchc_calc.states import Content

_SOURCE: Final = "dossiers"


@dataclass(frozen=True, slots=True)
class Counted:
    """What was counted for one unit: the ``contents`` of input rows by address; a row that is missing is blank.

    ``unit`` is the name as it stands on the form. ``level`` is empty where nobody knows it; then no row is called
    missing. ``findings`` are what the counting has to say of the unit.
    """

    unit: str
    level: str
    contents: Mapping[str, Content]
    findings: tuple[Finding, ...] = ()


def counted_result(form: Form, counted: Counted, period: Period) -> CheckResult:
    """Check the report that counted figures make: its places are the cells of the form that it will fill.

    >>> from datetime import date
    >>> from cchc_calc.form_files import load_form
    >>> from cchc_calc.periods import Period
    >>> counted = Counted("UBND phường Phương Sơn", "commune", {"3.4.3.b": 425, "3.4.3.c": 426})
    >>> result = counted_result(load_form(), counted, Period(date(2023, 6, 13), date(2023, 9, 12)))
    >>> result.findings[0].rule, result.report.where("3.4.3.c")
    ('part_exceeds_whole', 'Biểu mẫu!D63')
    """
    contents = {address: counted.contents.get(address, State.BLANK) for address in form.inputs}
    computation = compute_contents(form, contents)
    report = Report(
        _SOURCE,
        form,
        counted.unit,
        counted.level,
        period=period,
        entries=dict(_entries(form, contents, computation)),
        findings=counted.findings,
    )
    return check(report, computation)


def write_form(
    path: Path, form: Form, counted: Counted, period: Period, *, functions: str | None = None
) -> CheckResult:
    """Write the form of one unit, filled with what was counted, and return what was found in it.

    The file, ``functions`` and the errors are those of ``write_template``.
    """
    result = counted_result(form, counted, period)
    write_template(path, form, result=result, functions=functions)
    return result


def _entries(form: Form, contents: Mapping[str, Content], computation: Computation) -> Iterator[tuple[str, Entry]]:
    grid = FormGrid(form)
    for row in form.rows:
        where = f"{FORM_SHEET}!{grid.value(row.address)}"
        if row.is_computed:
            result = Cell(computation.text(row.address), where, computed=True)
            yield row.address, Entry("", where, result=result)
        else:
            content = contents.get(row.address, State.BLANK)
            yield row.address, Entry(show(row, content), where, content)
