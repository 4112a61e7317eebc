"""What the commands print: findings, claims and refusals, for an official to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from rich.console import Console
from rich.markup import escape

from cchc_calc.claims import Verdict
from cchc_calc.findings import SEVERITY_NAMES, Severity, tally
from cchc_calc.objectives.records import STATUS_TEXTS, Status
from cchc_calc.spelling import capitalised, printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cchc_calc.checking import CheckResult
    from cchc_calc.claims import Claim
    from cchc_calc.errors import SourceRefusedError
    from cchc_calc.findings import Finding
    from cchc_calc.objectives.evaluation import ObjectiveEvaluation
    from cchc_calc.periods import Period
    from cchc_calc.scoring.published import PublishedFigure
    from cchc_calc.scoring.records import Scoring

VERDICT_NAMES: Final = {
    Verdict.EXACT: "đúng",
    Verdict.ROUNDED: "đúng khi làm tròn",
    Verdict.TRUNCATED: "cắt bớt, chưa làm tròn",
    Verdict.WRONG: "sai",
    Verdict.NOT_COMPUTABLE: "không tính được",
}
_STATUS_COLOURS: Final = {
    Status.MET: "bold green",
    Status.NOT_MET: "bold red",
    Status.PARTLY: "yellow",
    Status.NOT_DUE: "dim",
    Status.NOT_ARISING: "dim",
    Status.UNDECIDED: "yellow",
}
_COLOURS: Final = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: "dim"}


class Printer:
    """Print to a terminal or a pipe; files' texts never become markup, nor steer the terminal."""

    def __init__(self) -> None:
        """Write results to standard output and refusals to standard error, in lines that are not cut."""
        self.out = Console(highlight=False, soft_wrap=True)
        self.err = Console(stderr=True, highlight=False, soft_wrap=True)

    def say(self, text: str) -> None:
        """Print one sentence."""
        self.out.print(_plain(text))

    def note(self, text: str) -> None:
        """Print something worth knowing that is no result."""
        self.err.print(f"[yellow]Lưu ý:[/] {_plain(text)}")

    def refuse(self, refusal: SourceRefusedError) -> None:
        """Print why a source gave no figure, and what to do."""
        self.err.print(f"[bold red]Không dùng được[/] {_plain(refusal.source)} [dim]({refusal.code})[/]")
        self.err.print(f"  {_plain(capitalised(refusal.message))}")
        self.err.print(f"  Cách xử lý: {_plain(refusal.remedy)}")

    def fail(self, message: str, remedy: str = "") -> None:
        """Print that the command was used in a way it cannot work."""
        self.err.print(f"[bold red]Không thực hiện được:[/] {_plain(message)}")
        if remedy:
            self.err.print(f"  Cách xử lý: {_plain(remedy)}")

    def result(self, result: CheckResult) -> None:
        """Print a checked report: its head, its findings gravest first, its claims, and the count of rows."""
        report, computation = result.report, result.computation
        self._head(report.source, report.unit, report.period)
        if computation is None:
            self.say("  Không có biểu mẫu thống kê trong tệp; chỉ kiểm tra phần lời văn.")
        else:
            counts = computation.counts()
            self.say(f"  Biểu mẫu: {computation.form.name}")
            self.say(
                f"  {counts['rows']} dòng = {counts['accepted']} dùng được + {counts['blank']} để trống"
                f" + {counts['refused']} không dùng được (KXĐ)"
            )
        self.findings(result.findings)
        self.claims(result.claims)

    def findings(self, findings: Iterable[Finding]) -> None:
        """Print findings with their remedies, and how many there are of each severity."""
        findings = tuple(findings)
        for finding in findings:
            name, colour = SEVERITY_NAMES[finding.severity], _COLOURS[finding.severity]
            self.out.print(f"[{colour}]{name}[/] {_plain(capitalised(finding.message))} [dim]({finding.rule})[/]")
            self.out.print(f"     [dim]→ {_plain(finding.remedy)}[/]")
        self.say(f"  Tổng cộng: {tally(findings)}.")

    def objectives(self, evaluation: ObjectiveEvaluation) -> None:
        """Print which objectives are met and why, then what was found."""
        report = evaluation.report
        self._head(report.source, report.unit, report.period)
        if evaluation.results_source:
            self.say(f"  Kết quả lấy từ: {evaluation.results_source}")
        numbers = f" ({', '.join(evaluation.met)})" if evaluation.met else ""
        self.say(f"  {len(evaluation.met)}/{evaluation.total} mục tiêu đạt{numbers}")
        if (time := evaluation.time_passed) is not None:
            self.say(f"  Thời gian thực hiện: đã qua {time.passed}/{time.total} tháng")
        for outcome in evaluation.outcomes:
            status = f"[{_STATUS_COLOURS[outcome.status]}]{STATUS_TEXTS[outcome.status]}[/]"
            self.out.print(f"  {_plain(outcome.objective.number):>3}. {status}: {_plain(outcome.reason)}")
        self.findings(evaluation.findings)

    def scoring(self, scoring: Scoring, source: str, published: Iterable[PublishedFigure] = ()) -> None:
        """Print the groups, the best and the worst, the figures of a written report, then what was found."""
        from cchc_calc.scoring.paragraph import write_paragraph

        self._head(source, scoring.office, None)
        self.say(f"  Thang điểm: {scoring.scale.title}")
        for line in write_paragraph(scoring):
            self.say(f"  {line}")
        published = tuple(published)
        if published:
            self.say(f"  Đã tính lại {len(published)} con số của báo cáo:")
        for figure in published:
            verdict = "đúng" if figure.agrees else f"khác, tính ra “{figure.computed}”"
            self.say(f"     {figure.where}: {figure.what} “{figure.published}”: {verdict}")
        self.findings(scoring.findings)

    def _head(self, source: str, unit: str, period: Period | None) -> None:
        self.out.print(f"[bold]{_plain(source)}[/]")
        if unit:
            self.say(f"  Đơn vị: {unit}")
        if period is not None:
            self.say(f"  Kỳ báo cáo: {period.span}")

    def claims(self, claims: Iterable[Claim]) -> None:
        """Print the rates of the prose beside what their counts give."""
        claims = tuple(claims)
        if claims:
            self.say(f"  Đã tính lại {len(claims)} tỷ lệ, tỷ số trong lời văn và trong ô:")
        for claim in claims:
            computed = f" → {claim.computed}" if claim.computed else ""
            self.say(f"     {claim.where}: “{claim.text}”{computed}: {VERDICT_NAMES[claim.verdict]}")


def _plain(text: str) -> str:
    return escape(printable(text))
