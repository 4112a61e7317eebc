"""What to tell about submissions that count: sent twice, alike, under an old name, without a period."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Final

from cchc_calc.findings import make_finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cchc_calc.consolidation.heads import Head
    from cchc_calc.consolidation.repetitions import Choice, Claim
    from cchc_calc.findings import Finding
    from cchc_calc.periods import Period

_ENOUGH: Final = 5
"""With fewer figures than this two units may well report the same."""


def admission_findings(
    choices: Mapping[str, Choice], period: Period | None, previous: Mapping[str, frozenset[str]]
) -> Iterator[Finding]:
    """Yield the findings about the submissions that count, in the order of their names."""
    alike: defaultdict[str, list[Claim]] = defaultdict(list)
    for key, choice in sorted(choices.items()):
        if choice.chosen is None:
            continue
        yield from _of_unit(choice, choice.chosen, period)
        head = choice.chosen.head
        if head.figures >= _ENOUGH:
            alike[head.fingerprint].append(choice.chosen)
            if head.fingerprint in previous.get(key, frozenset()):
                message = f"{head.source}: số liệu của “{choice.chosen.identity.name}” giống hệt kỳ trước."
                yield make_finding("submission_sent_again", message, where=head.source)
    for claims in alike.values():
        if len(claims) > 1:
            names = ", ".join(f"“{claim.identity.name}” ({claim.head.source})" for claim in claims)
            message = f"{names}: số liệu giống hệt nhau."
            yield make_finding("submissions_identical", message, where=claims[0].head.source)


def _of_unit(choice: Choice, chosen: Claim, period: Period | None) -> Iterator[Finding]:
    head, identity = chosen.head, chosen.identity
    if choice.repeated:
        others = ", ".join(claim.head.source for claim in choice.repeated)
        message = f"“{identity.name}”: {others} cùng số liệu với {head.source}, chỉ tính một lần."
        yield make_finding("submission_repeated", message, where=head.source, found=others)
    if identity.merged is not None and identity.merged.valid_to is not None:
        end, name = identity.merged.valid_to, identity.name
        message = f"{head.source}: “{head.unit}” không còn từ sau ngày {end:%d/%m/%Y}; số liệu tính cho “{name}”."
        yield make_finding("unit_merged", message, where=head.source, found=head.unit, expected=name)
    if not head.unit.strip():
        message = f"{head.source}: không ghi tên đơn vị báo cáo."
        yield make_finding("submission_without_unit", message, where=head.source)
    yield from _of_period(head, period)


def _of_period(head: Head, period: Period | None) -> Iterator[Finding]:
    if head.period is None:
        message = f"{head.source}: không ghi kỳ báo cáo, được tính vào kỳ đang tổng hợp."
        yield make_finding("submission_without_period", message, where=head.source)
    elif period is not None and head.period != period:
        found, expected = head.period.span, period.span
        message = f"{head.source}: kỳ báo cáo tính {found}, trong khi các đơn vị khác tính {expected}."
        yield make_finding("submission_days_differ", message, where=head.source, found=found, expected=expected)
