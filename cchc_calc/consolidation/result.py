"""A consolidation: the totals, whose they are, what did not count, and what to tell."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cchc_calc.computation import exact_text
from cchc_calc.findings import Severity, finding_json
from cchc_calc.rounding import format_percent

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from pandas import DataFrame

    from cchc_calc.catalogue import Form
    from cchc_calc.consolidation.ranking import Ranking
    from cchc_calc.consolidation.refusals import Refusal
    from cchc_calc.consolidation.returned import Returned
    from cchc_calc.consolidation.row_changes import RowChange
    from cchc_calc.consolidation.row_totals import RowTotal
    from cchc_calc.consolidation.standings import Standing
    from cchc_calc.findings import Finding
    from cchc_calc.periods import Period
    from cchc_calc.states import Content
    from cchc_calc.tables.consolidated import TableName


@dataclass(frozen=True, slots=True)
class UnitReport:
    """A unit whose submission counts.

    ``seal`` is that of its values now, ``repeated`` the files that say the same, ``issued`` the day its report bears.
    """

    unit: str
    source: str
    sha256: str
    code: str = ""
    seal: str = ""
    findings: Mapping[Severity, int] = field(default_factory=dict)
    repeated: tuple[str, ...] = ()
    issued: date | None = None


@dataclass(frozen=True, slots=True)
class Consolidation:
    """The total form of many units.

    ``missing`` names the units that have not sent what counts. ``contents`` holds what each of the ``units`` reports,
    in their order; a long one may read its items anew each time, and so may ``returned``, what goes back to the units.
    ``standings`` has every unit that has to report; ``changes`` compares the totals with the period before.
    """

    form: Form
    level: str
    period: Period | None
    units: tuple[UnitReport, ...]
    rows: tuple[RowTotal, ...]
    refused: tuple[Refusal, ...]
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]
    contents: Sequence[Mapping[str, Content]] = ()
    returned: Collection[Returned] = ()
    standings: tuple[Standing, ...] = ()
    rankings: tuple[Ranking, ...] = ()
    changes: tuple[RowChange, ...] = ()

    def row(self, address: str) -> RowTotal:
        """Return the total of a row; raise ``KeyError`` for a heading and for an address the form does not have."""
        for row in self.rows:
            if row.address == address:
                return row
        raise KeyError(address)

    def of_rule(self, rule: str) -> tuple[Finding, ...]:
        """List the findings of one rule."""
        return tuple(finding for finding in self.findings if finding.rule == rule)

    def to_frame(self, table: TableName = "values") -> DataFrame:
        """Return a tidy table for pandas: "values", one row a unit and address, or "totals", "units", "refused".

        ``state`` tells blank, 0, not arising and undecided apart; ``value`` is a float, NaN without a value; ``exact``
        is the number itself as a text, from which ``Fraction`` makes one again. Raises ValueError for another table.

        >>> from cchc_calc.consolidation.consolidating import consolidate
        >>> from cchc_calc.consolidation.submissions import Submission
        >>> from fractions import Fraction
        >>> contents = {"3.4.3.b": 425, "3.4.3.c": 424, "3.4.3": Fraction(424, 425)}
        >>> done = consolidate([Submission("a.xlsx", "UBND phường 1", "thong-ke-cchc", "2023", contents)])
        >>> done.to_frame().set_index("address").loc["3.4.3", ["state", "exact", "text"]].tolist()
        ['value', '424/425', '99,76%']
        """
        from cchc_calc.tables.consolidated import table_of
        from cchc_calc.tables.data_frames import data_frame_of

        return data_frame_of(table_of(self, table))

    def to_json(self) -> dict[str, Any]:
        """Return the consolidation with the fixed keys of the project's JSON, ready for ``json.dump``."""
        period = self.period
        return {
            "form": {"id": self.form.id, "edition": self.form.edition},
            "level": self.level,
            "period": None if period is None else period.to_json(),
            "units": [_unit(unit) for unit in self.units],
            "rows": [_row(row) for row in self.rows],
            "refused": [refusal.to_json() for refusal in self.refused],
            "missing": list(self.missing),
            "findings": [finding_json(finding) for finding in self.findings],
            "returned": [fault.to_json() for fault in self.returned],
            "standings": [standing.to_json() for standing in self.standings],
            "rankings": [ranking.to_json() for ranking in self.rankings],
            "changes": [change.to_json() for change in self.changes],
        }


def _unit(unit: UnitReport) -> dict[str, Any]:
    return {
        "unit": unit.unit,
        "source": unit.source,
        "sha256": unit.sha256,
        "outcome": "OK",
        "code": unit.code or None,
        "seal": unit.seal,
        "findings": {severity.value: unit.findings.get(severity, 0) for severity in Severity},
        "repeated": list(unit.repeated),
    }


def _row(row: RowTotal) -> dict[str, Any]:
    return {
        "address": row.address,
        "state": row.state.value,
        "value": exact_text(row.content),
        "text": row.text,
        "units_reported": row.units_reported,
        "units_undecided": row.units_undecided,
        "units_expected": row.units_expected,
        "low": exact_text(row.low),
        "high": exact_text(row.high),
        "mean_of_rates": format_percent(row.mean_of_rates) or None,
        "differing": [
            {"value": exact_text(other.value), "count": other.count, "units": list(other.units)}
            for other in row.differing
        ],
        "distribution": {str(code): count for code, count in row.distribution.items()},
    }
