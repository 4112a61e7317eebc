"""The judgements over units, taken one after the other while the totals are added up."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cchc_calc.consolidation.own_past import FELL, own_past_findings
from cchc_calc.consolidation.peers import PeerChecks
from cchc_calc.consolidation.ranking import Ranker
from cchc_calc.consolidation.rule_changes import RuleChanges
from cchc_calc.consolidation.standings import TIMELINESS_NAMES
from cchc_calc.consolidation.total_changes import total_changes
from cchc_calc.consolidation.unit_contents import without_rows
from cchc_calc.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cchc_calc.consolidation.admission import Accepted, Admission
    from cchc_calc.consolidation.frames import Frame
    from cchc_calc.consolidation.previous_reports import PreviousReports
    from cchc_calc.consolidation.ranking import Ranking
    from cchc_calc.consolidation.result import UnitReport
    from cchc_calc.consolidation.row_changes import RowChange
    from cchc_calc.consolidation.row_totals import RowTotal
    from cchc_calc.consolidation.standings import Duty, Standing
    from cchc_calc.consolidation.submissions import Submission
    from cchc_calc.findings import Finding


@dataclass(slots=True)
class Judging:
    """What is known of the units taken so far, by their keys; memory for their figures does not grow with them.

    ``blocked`` names, by the place of a submission, the rows that cannot be used though the file says something.
    """

    frame: Frame
    before: PreviousReports
    duty: Duty
    ranker: Ranker
    peers: PeerChecks
    rules: RuleChanges = field(default_factory=RuleChanges)
    filled: dict[str, int] = field(default_factory=dict)
    findings: dict[str, tuple[Finding, ...]] = field(default_factory=dict)
    blocked: dict[int, tuple[str, ...]] = field(default_factory=dict)

    def take(self, accepted: Accepted, submission: Submission) -> Submission:
        """Judge what a unit reports and give it back as it counts."""
        key, name, form = accepted.key, accepted.name, self.frame.form
        earlier = self.before.of_unit(key)
        self.filled[key] = self.duty.filled(submission.contents)
        found = tuple(own_past_findings(form, self.frame.period, name, submission, earlier))
        if earlier:
            self.rules.take(name, [one.failing for one in earlier], submission.failing)
        if found:
            self.findings[submission.source] = (*self.findings.get(submission.source, ()), *found)
        rows = tuple(address for one in found if one.rule == FELL for address in one.rows)
        if rows:
            self.blocked[accepted.head.place] = rows
            submission = replace(submission, contents=without_rows(form, submission.contents, rows))
        self.ranker.take(key, submission.contents)
        self.peers.take(name, submission.contents)
        return submission

    def in_order(self, units: Iterable[UnitReport]) -> Iterator[Finding]:
        """Yield what was found in the units, in their order, and what compares them with each other."""
        for unit in units:
            yield from self.findings.get(unit.source, ())
        yield from self.peers.findings()

    def rankings(self, admission: Admission, standings: Sequence[Standing]) -> tuple[Ranking, ...]:
        """Rank the units that have to report; those that did not are without a rank."""
        of_key = dict(zip(admission.expected, standings, strict=True))
        units = {key: (standing.unit, standing.code) for key, standing in of_key.items()}
        return self.ranker.rankings(units, {key: TIMELINESS_NAMES[standing.status] for key, standing in of_key.items()})

    def changes(self, rows: Iterable[RowTotal]) -> tuple[RowChange, ...]:
        """Hold the totals against those of the period before; nothing where there are none."""
        before = self.before.totals
        if before is None:
            return ()
        return total_changes((before.form, before.rows()), (self.frame.form, rows), self.rules)

    def errors(self) -> dict[str, tuple[Finding, ...]]:
        """Give the findings that the units have to mend, by the source of their file."""
        errors = {
            source: tuple(one for one in found if one.severity is Severity.ERROR)
            for source, found in self.findings.items()
        }
        return {source: found for source, found in errors.items() if found}


def judging_of(frame: Frame, before: PreviousReports, duty: Duty) -> Judging:
    """Begin to judge the units of a frame, with none taken."""
    return Judging(frame, before, duty, Ranker(frame.form), PeerChecks(frame.form, frame.level))
