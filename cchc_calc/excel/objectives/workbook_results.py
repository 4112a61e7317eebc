"""What follows for the whole workbook: groups of alternatives, objectives, and the sentence that counts them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import count as numbers_from
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.objectives.days import last_day_of
from cchc_calc.excel.objectives.line_readings import trimmed
from cchc_calc.excel.objectives.line_results import LineResult, key_of, line_result
from cchc_calc.excel.objectives.tables import FIGURES_FIRST
from cchc_calc.objectives.judging import group_status, objective_status
from cchc_calc.objectives.records import STATUS_TEXTS, Basis, Status
from cchc_calc.states import UNDECIDED_TEXT
from cchc_calc.targets import RATE

if TYPE_CHECKING:
    from datetime import date

    from cchc_calc.excel.objectives.typed_lines import ObjectiveLine, TypedWorkbook

NO_REQUIREMENTS: Final = "Trang Số liệu chưa có dòng nào của mục tiêu này"
NOTHING_AROSE: Final = "Trong kỳ không phát sinh"
NOT_DECIDED: Final = "Chưa đủ căn cứ: xem cột Kiểm tra của trang Số liệu"
NOT_DUE_YET: Final = "Chưa có số liệu, chưa đến hạn"
ASK_FOR_CAUSE: Final = "Ghi nguyên nhân"
ASK_FOR_REMEDY: Final = "Ghi hướng giải quyết"


@dataclass(frozen=True)
class WorkbookResults:
    """The results of a typed workbook, in the order of its lines."""

    typed: TypedWorkbook

    @cached_property
    def lines(self) -> tuple[LineResult, ...]:
        """Work out every line of the figures."""
        typed = self.typed
        return tuple(
            line_result(
                line,
                FIGURES_FIRST + place + 1,
                is_due=self.is_due(key_of(line.number)),
                is_planned=key_of(line.number) in self._finish,
            )
            for place, line in enumerate(typed.requirements)
        )

    def is_due(self, key: str) -> bool:
        """Tell whether an objective without figures should have some by the end of the period.

        Nothing is due in a plan of which nothing is reported yet.
        """
        period, finish = self.typed.cover.period, self._finish.get(key)
        return self._has_reports and not (period is not None and finish is not None and period.end < finish)

    @cached_property
    def groups(self) -> tuple[Status | None, ...]:
        """Judge the group of every line."""
        together: defaultdict[str, list[Status]] = defaultdict(list)
        for line in self.lines:
            if line.status is not None:
                together[line.group_key].append(line.status)
        return tuple(group_status(together[line.group_key]) if line.key else None for line in self.lines)

    @cached_property
    def firsts(self) -> tuple[bool, ...]:
        """Tell of every line whether it is the first one of its group."""
        keys = [line.group_key for line in self.lines]
        return tuple(bool(key) and keys.index(key) == place for place, key in enumerate(keys))

    @cached_property
    def missed(self) -> tuple[str, ...]:
        """Name for every line what is not met of its objective, from that line on."""
        named: dict[str, str] = {"": ""}
        gathered = []
        for line, group, is_first in reversed(list(zip(self.lines, self.groups, self.firsts, strict=True))):
            below = named.get(line.key, "")
            if is_first and group is Status.NOT_MET:
                named[line.key] = f"{line.name}; {below}" if below else line.name
            gathered.append(named.get(line.key, ""))
        return tuple(reversed(gathered))

    @cached_property
    def ranks(self) -> tuple[int | None, ...]:
        """Number the lines with a target in per cent, which the chart of rates shows."""
        number = numbers_from(1)
        rated = (trimmed(line.unit) == RATE for line in self.typed.requirements)
        return tuple(
            next(number) if is_rate and line.target not in {"", UNDECIDED_TEXT} else None
            for is_rate, line in zip(rated, self.lines, strict=True)
        )

    def status(self, objective: ObjectiveLine) -> Status | None:
        """Judge an objective; an empty line has no status, and one without requirements is undecided."""
        key = key_of(objective.number)
        return objective_status(self._groups_of.get(key, [])) if key else None

    def reason(self, objective: ObjectiveLine) -> str:
        """Say in a few words why the status is what it is."""
        key = key_of(objective.number)
        status, groups = self.status(objective), self._groups_of.get(key, [])
        if status is None or not groups:
            return "" if status is None else NO_REQUIREMENTS
        match status:
            case Status.NOT_MET:
                first = next(place for place, line in enumerate(self.lines) if line.key == key)
                missed = groups.count(Status.NOT_MET)
                return f"{missed}/{len(groups)} yêu cầu chưa đạt: {self.missed[first]}"
            case Status.MET:
                declared = sum(line.key == key and line.basis is Basis.DECLARED for line in self.lines)
                source = f" ({declared} theo công bố)" if declared else ""
                return f"{groups.count(Status.MET)}/{len(groups)} yêu cầu đạt{source}"
            case Status.PARTLY:
                return f"{groups.count(Status.MET)}/{len(groups)} yêu cầu đạt, còn lại chưa đánh giá được"
            case Status.NOT_ARISING:
                return NOTHING_AROSE
            case Status.NOT_DUE:
                return NOT_DUE_YET
        return NOT_DECIDED

    def message(self, objective: ObjectiveLine) -> str:
        """Ask for the cause and the remedy of what is not met."""
        if self.status(objective) is not Status.NOT_MET:
            return ""
        asked = ((objective.cause, ASK_FOR_CAUSE), (objective.remedy, ASK_FOR_REMEDY))
        return "; ".join(question for text, question in asked if not trimmed(text))

    @cached_property
    def met(self) -> tuple[str, ...]:
        """List the numbers of the objectives that are met."""
        return tuple(trimmed(line.number) for line in self.typed.objectives if self.status(line) is Status.MET)

    @cached_property
    def total(self) -> int:
        """Count the objectives."""
        return sum(bool(key_of(line.number)) for line in self.typed.objectives)

    def count(self, status: Status) -> int:
        """Count the objectives of a status."""
        return sum(self.status(line) is status for line in self.typed.objectives)

    @property
    def summary(self) -> str:
        """Count the objectives that are met, and name them."""
        if not self.total:
            return ""
        named = f" ({', '.join(self.met)})" if self.met else ""
        return f"{len(self.met)}/{self.total} mục tiêu đạt{named}"

    @cached_property
    def _groups_of(self) -> dict[str, list[Status]]:
        judged: defaultdict[str, list[Status]] = defaultdict(list)
        for line, group, is_first in zip(self.lines, self.groups, self.firsts, strict=True):
            if is_first and group is not None:
                judged[line.key].append(group)
        return judged

    @cached_property
    def _finish(self) -> dict[str, date | None]:
        finish: dict[str, date | None] = {}
        for line in self.typed.objectives:
            key = key_of(line.number)
            if key:
                finish.setdefault(key, None if line.finish is None else last_day_of(line.finish))
        return finish

    @cached_property
    def _has_reports(self) -> bool:
        figures = any(
            cell not in {None, ""}
            for line in self.typed.requirements
            for cell in (line.numerator, line.denominator, line.declared)
        )
        return figures or any(line.attained for line in self.typed.objectives)


def status_text(status: Status | None) -> str:
    """Return what a cell shows for a status; nothing for none."""
    return "" if status is None else STATUS_TEXTS[status]
