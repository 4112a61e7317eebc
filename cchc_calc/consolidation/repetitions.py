"""One unit, one report: which file of a unit counts when there are several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from cchc_calc.consolidation.refusals import Fault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cchc_calc.consolidation.heads import Head
    from cchc_calc.consolidation.identification import Identity

_CHOOSE: Final = "Hỏi đơn vị tệp nào đúng, chỉ giữ tệp ấy; hoặc xin tệp đã chốt số liệu."
_REPORT_TOGETHER: Final = "Xin đơn vị mới một báo cáo chung cho toàn địa bàn."


@dataclass(frozen=True, slots=True)
class Claim:
    """A submission and whose it is."""

    head: Head
    identity: Identity


@dataclass(frozen=True, slots=True)
class Choice:
    """Which submission of a unit counts, those that say the same, and those that are refused with the fault."""

    chosen: Claim | None
    repeated: tuple[Claim, ...]
    refused: tuple[tuple[Claim, Fault], ...]


def choose(claims: Sequence[Claim]) -> Choice:
    """Choose among the submissions of one unit, whatever their order.

    The same values count once. Different ones are refused, all of them, unless exactly one set of values was sealed
    last. What came under the name of a unit that was merged counts only when nothing else stands for the new one.
    """
    ordered = sorted(claims, key=_preference)
    current = [claim for claim in ordered if claim.identity.merged is None]
    merged = [claim for claim in ordered if claim.identity.merged is not None]
    if merged and (current or len({claim.identity.merged for claim in merged}) > 1):
        faulty = tuple((claim, _superseded_unit(claim)) for claim in merged)
        rest = choose(current) if current else Choice(None, (), ())
        return Choice(rest.chosen, rest.repeated, (*rest.refused, *faulty))
    chosen = _valid(ordered)
    if chosen is None:
        listed = ", ".join(claim.head.source for claim in ordered)
        message = f"“{ordered[0].identity.name}” có {len(ordered)} tệp khác số liệu ({listed})"
        return Choice(None, (), tuple((claim, Fault("X02", message, _CHOOSE)) for claim in ordered))
    others = [claim for claim in ordered if claim is not chosen]
    same = tuple(claim for claim in others if claim.head.fingerprint == chosen.head.fingerprint)
    replaced = tuple((claim, _replaced(claim, chosen)) for claim in others if claim not in same)
    return Choice(chosen, same, replaced)


def _valid(ordered: Sequence[Claim]) -> Claim | None:
    if len({claim.head.fingerprint for claim in ordered}) == 1:
        return ordered[0]
    times = [claim.head.sealed_at for claim in ordered if claim.head.is_sealed and claim.head.sealed_at is not None]
    last = [claim for claim in ordered if claim.head.is_sealed and times and claim.head.sealed_at == max(times)]
    return last[0] if len({claim.head.fingerprint for claim in last}) == 1 else None


def _preference(claim: Claim) -> tuple[bool, str, str]:
    return not claim.head.is_sealed, claim.head.source, claim.head.sha256


def _replaced(claim: Claim, chosen: Claim) -> Fault:
    message = f"“{claim.identity.name}” đã có tệp chốt số liệu sau cùng là {chosen.head.source}, số liệu khác tệp này"
    return Fault("X02", message, "Bỏ tệp này, hoặc xin đơn vị chốt lại số liệu nếu tệp này mới đúng.")


def _superseded_unit(claim: Claim) -> Fault:
    merged = claim.identity.merged
    old = merged.name if merged is not None else claim.identity.name
    return Fault("X03", f"“{old}” nay thuộc “{claim.identity.name}”, không tính riêng được", _REPORT_TOGETHER)
