"""What is known of quality objectives: what they ask for, what is reported of them, and what follows."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from cchc_calc.states import NOT_ARISING_TEXT, UNDECIDED_TEXT
from cchc_calc.targets import MET, NOT_MET

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from fractions import Fraction

    from cchc_calc.findings import Finding
    from cchc_calc.periods import Period
    from cchc_calc.targets import Target


class Status(StrEnum):
    """Whether something asked for is reached; ``PARTLY`` is for whole objectives alone."""

    MET = "met"
    NOT_MET = "not_met"
    PARTLY = "partly"
    NOT_DUE = "not_due"
    NOT_ARISING = "not_arising"
    UNDECIDED = "undecided"


STATUS_TEXTS: Final = {
    Status.MET: MET,
    Status.NOT_MET: NOT_MET,
    Status.PARTLY: "Đạt một phần",
    Status.NOT_DUE: "Chưa đến hạn",
    Status.NOT_ARISING: NOT_ARISING_TEXT,
    Status.UNDECIDED: UNDECIDED_TEXT,
}
"""What an official reads, in the cell too."""


class Basis(StrEnum):
    """What a judgement stands on: counts, or a rate or a statement without counts."""

    COMPUTED = "computed"
    DECLARED = "declared"


BASIS_TEXTS: Final = {Basis.COMPUTED: "Tính từ số liệu", Basis.DECLARED: "Theo công bố"}


class Base(StrEnum):
    """Which dossiers stand under a rate."""

    RECEIVED = "received"
    RESOLVED = "resolved"
    ONLINE_PROCEDURES = "online_procedures"


BASE_TEXTS: Final = {
    Base.RECEIVED: "hồ sơ đã tiếp nhận",
    Base.RESOLVED: "hồ sơ đã giải quyết",
    Base.ONLINE_PROCEDURES: "hồ sơ của TTHC trực tuyến đã công bố",
}

OVERALL: Final = "chung"
"""The scope of a target that is not for one field alone, where an objective has targets for fields too."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """One thing that an objective asks for.

    ``target`` is ``None`` for a task without a number ("triển khai thực hiện hiệu quả …"). ``scope`` is the field
    ("đất đai"), ``OVERALL``, or the words for what is measured. ``quantity`` names what is measured by a key of
    wording.toml ("late", "online", …), empty where none is known. Requirements of one ``group`` are alternatives,
    of which one is enough; the groups of an objective have to be met all.
    """

    text: str
    scope: str = ""
    target: Target | None = None
    quantity: str = ""
    base: Base | None = None
    group: int = 1


@dataclass(frozen=True, slots=True)
class Objective:
    """A quality objective as planned.

    ``measuring`` is how it is measured, verbatim; ``start`` and ``finish`` are the first and the last day, ``None``
    where none is given. ``where`` is the place of the objective in its source.
    """

    number: str
    text: str
    requirements: tuple[Requirement, ...] = ()
    measuring: str = ""
    measures: str = ""
    responsible: str = ""
    start: date | None = None
    finish: date | None = None
    where: str = ""
    measuring_where: str = ""


@dataclass(frozen=True, slots=True)
class Measurement:
    """A result: a rate as a fraction of one, or a count; with the two counts it comes from, where they are known."""

    value: Fraction
    numerator: int | None = None
    denominator: int | None = None
    base: Base | None = None

    @property
    def has_counts(self) -> bool:
        """Tell whether the value follows from counts."""
        return self.numerator is not None


@dataclass(frozen=True, slots=True)
class Attainment:
    """One result as reported: a pair of counts, a rate, or that nothing arose; ``scope`` are the words beside it.

    ``declared`` is the printed rate as a fraction of one, ``declared_text`` as printed; ``amount`` is a number of
    points that is not whole ("86,5 điểm"). ``negated`` tells that what
    is counted is what was *not* done ("chưa xử lý 1/3"). ``as_of`` is the day up to which it was counted, ``period``
    the one that its words name. ``requirement`` is the place, from 0, of the requirement of its objective that it
    answers, where the source says so itself.
    """

    text: str
    scope: str = ""
    quantity: str = ""
    numerator: int | None = None
    denominator: int | None = None
    declared: Fraction | None = None
    declared_text: str = ""
    base: Base | None = None
    as_of: date | None = None
    not_arising: bool = False
    negated: bool = False
    where: str = ""
    requirement: int | None = None
    period: Period | None = None
    amount: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What a report says of one objective: ``text`` verbatim, and what was read from it.

    ``awaits`` quotes the words by which the report puts the judgement off ("đánh giá vào cuối năm"), else it is empty.
    """

    text: str
    attainments: tuple[Attainment, ...] = ()
    cause: str = ""
    remedy: str = ""
    awaits: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class Total:
    """A whole that a report names, on which the rates of other objectives may stand."""

    base: Base
    count: int
    as_of: date | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class DeclaredSummary:
    """How many objectives a report says are met, and which."""

    met: int
    total: int
    numbers: tuple[str, ...]
    text: str
    where: str


@dataclass(frozen=True, slots=True)
class ObjectiveReport:
    """A document of quality objectives: a plan, or a report of results (``results`` by the objectives' numbers).

    ``asks_causes`` tells that its table has columns for causes and remedies, filled in or not.
    """

    source: str
    objectives: tuple[Objective, ...]
    results: Mapping[str, Result] = field(default_factory=lambda: MappingProxyType({}))
    unit: str = ""
    period: Period | None = None
    number: str = ""
    issued: date | None = None
    title: str = ""
    totals: tuple[Total, ...] = ()
    declared: DeclaredSummary | None = None
    findings: tuple[Finding, ...] = ()
    asks_causes: bool = False

    @property
    def is_plan(self) -> bool:
        """Tell whether nothing is reported of any objective."""
        return not self.results


@dataclass(frozen=True, slots=True)
class Judgement:
    """What follows for one requirement.

    ``measurements`` are the result on every base that is known, the decisive one first; none where nothing is known.
    ``shortfall`` is how many whole cases are still to be added to, or taken from, the numerator: 0 where the target is
    met, ``None`` where it cannot be told. ``attainments`` are the results that speak of the requirement.
    """

    requirement: Requirement
    status: Status
    reason: str
    basis: Basis | None = None
    measurements: tuple[Measurement, ...] = ()
    shortfall: int | None = None
    declared_text: str = ""
    where: str = ""
    attainments: tuple[Attainment, ...] = ()


@dataclass(frozen=True, slots=True)
class ObjectiveOutcome:
    """What follows for one objective; ``source_number`` is its number in the report the result is taken from."""

    objective: Objective
    judgements: tuple[Judgement, ...]
    status: Status
    reason: str
    result: Result | None = None
    source_number: str = ""
