"""Which submissions count: each that does not is refused by name, with the code and what to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from cchc_calc.consolidation.admission_findings import admission_findings
from cchc_calc.consolidation.file_names import quarter_in_name
from cchc_calc.consolidation.identification import Identification
from cchc_calc.consolidation.refusals import Fault, Refusal, refused
from cchc_calc.consolidation.repetitions import Claim, choose
from cchc_calc.consolidation.reporting_periods import describe, stands_for
from cchc_calc.consolidation.unit_names import natural_order

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cchc_calc.consolidation.frames import Frame
    from cchc_calc.consolidation.heads import Head
    from cchc_calc.consolidation.previous_reports import PreviousReports
    from cchc_calc.consolidation.repetitions import Choice
    from cchc_calc.findings import Finding
    from cchc_calc.periods import Period

_OTHER_PERIOD: Final = "Xin đơn vị tệp của đúng kỳ, hoặc sửa kỳ báo cáo trong tệp nếu ghi nhầm."
_OTHER_NAME: Final = "Mở tệp xem số liệu của quý nào, rồi sửa tên tệp hoặc kỳ báo cáo trong tệp."
_OTHER_EDITION: Final = "Xin đơn vị nộp theo đúng biểu mẫu đang dùng (tạo bằng lệnh cchc new)."
_BROKEN_SEAL: Final = "Xin đơn vị gửi lại tệp đã chốt, hoặc chốt lại số liệu nếu đã sửa có lý do."


_Rejected: TypeAlias = tuple[Claim, Sequence[Fault]]
"""A submission that does not count, and all that is wrong with it."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A submission that counts: ``key`` and ``name`` are the unit's, ``repeated`` the files that say the same."""

    key: str
    name: str
    head: Head
    repeated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Admission:
    """What counts, what does not, and who has to send: ``expected`` names the units by key, in their order.

    ``returned`` gives the first file, by its name, of every unit of which something was refused.
    """

    accepted: tuple[Accepted, ...]
    refused: tuple[Refusal, ...]
    expected: Mapping[str, str]
    findings: tuple[Finding, ...]
    returned: Mapping[str, str]

    @property
    def missing(self) -> tuple[str, ...]:
        """Name the units that have not sent what counts, in their order."""
        sent = {accepted.key for accepted in self.accepted}
        return tuple(name for key, name in self.expected.items() if key not in sent)


def admit_submissions(heads: Iterable[Head], frame: Frame, previous: PreviousReports) -> Admission:
    """Decide which submissions fit a frame and count; the order of the heads changes nothing.

    The units of the register have to send; without one, those that did now or in the period before.
    """
    identification = Identification(frame.level, frame.register, frame.parent, frame.day)
    claims: defaultdict[str, list[Claim]] = defaultdict(list)
    rejected: list[_Rejected] = []
    names = dict(previous.names)
    for head in sorted(heads, key=lambda head: (head.source, head.sha256, head.fingerprint)):
        claim = Claim(head, identification.identify(head))
        identity = claim.identity
        if faults := _faults(claim, frame):
            rejected.append((claim, faults))
        else:
            claims[identity.key].append(claim)
        if identity.fault is None:
            names.setdefault(identity.key, identity.name)
    choices = {key: choose(of_unit) for key, of_unit in claims.items()}
    rejected += [(claim, [fault]) for choice in choices.values() for claim, fault in choice.refused]
    if frame.register is None:
        expected = dict(sorted(names.items(), key=lambda named: natural_order(named[1])))
    else:
        expected = {unit.code: unit.name for unit in identification.expected}
    return Admission(
        _accepted(choices, expected),
        _refusals(rejected),
        expected,
        tuple(admission_findings(choices, frame.period, previous.fingerprints)),
        _first_files(rejected),
    )


def _refusals(rejected: Iterable[_Rejected]) -> tuple[Refusal, ...]:
    refusals = (
        refused(claim.head.source, claim.identity.name, claim.head.sha256, faults) for claim, faults in rejected
    )
    return tuple(sorted(refusals, key=lambda refusal: (refusal.source, refusal.sha256)))


def _first_files(rejected: Iterable[_Rejected]) -> dict[str, str]:
    first: dict[str, str] = {}
    for claim, _ in rejected:
        key, source = claim.identity.key, claim.head.source
        first[key] = min(source, first.get(key, source))
    return first


def _accepted(choices: Mapping[str, Choice], expected: Mapping[str, str]) -> tuple[Accepted, ...]:
    chosen = ((key, choices[key]) for key in expected if key in choices)
    return tuple(
        Accepted(key, expected[key], choice.chosen.head, tuple(claim.head.source for claim in choice.repeated))
        for key, choice in chosen
        if choice.chosen is not None
    )


def _faults(claim: Claim, frame: Frame) -> list[Fault]:
    head = claim.head
    faults = [] if claim.identity.fault is None else [claim.identity.fault]
    if (head.form_id, head.edition) != (frame.form.id, frame.form.edition):
        message = f"biểu mẫu bản {head.edition}, trong khi các đơn vị dùng bản {frame.form.edition}"
        faults.append(Fault("X05", message, _OTHER_EDITION))
    if head.period is not None and frame.period is not None and stands_for(head.period) != stands_for(frame.period):
        message = f"kỳ báo cáo {describe(head.period)}, trong khi đang tổng hợp {describe(frame.period)}"
        faults.append(Fault("X01", message, _OTHER_PERIOD))
    if head.period is not None:
        faults.extend(_of_other_quarter_by_name(head.source, head.period))
    if head.has_broken_seal:
        faults.append(Fault("X07", "số liệu trong tệp khác số liệu đơn vị đã chốt", _BROKEN_SEAL))
    return faults


def _of_other_quarter_by_name(source: str, period: Period) -> Iterator[Fault]:
    named, known = quarter_in_name(source), stands_for(period)
    if named is not None and known.kind == named.kind and known != named:
        message = f"tên tệp ghi {describe(named)}, trong tệp ghi {describe(period)}"
        yield Fault("X01", message, _OTHER_NAME)
