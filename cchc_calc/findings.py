"""Findings: what a check has to say about a document, in words an official understands."""

from __future__ import annotations

import tomllib
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """How much a finding matters; the order is that of the list an official gets."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


SEVERITY_NAMES: Final = {Severity.ERROR: "Lỗi", Severity.WARNING: "Cảnh báo", Severity.INFO: "Lưu ý"}
"""What an official reads."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the checks; its ``id`` is stable for ever. Texts are Vietnamese.

    ``code`` is that of ``outcomes.OUTCOMES``, or an empty text for a rule without one.
    """

    id: str
    severity: Severity
    title: str
    remedy: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault found. ``rows`` are the addresses of the faulty rows only; ``where`` is the place.

    ``found`` is what the source holds, ``expected`` what would be right, ``cause`` a stable English word
    for what most likely happened ("truncated", "other_pair", …) or an empty text. ``code`` is that of
    ``outcomes.OUTCOMES``, or an empty text for a fault without one.
    """

    rule: str
    severity: Severity
    message: str
    remedy: str
    rows: tuple[str, ...] = ()
    where: str = ""
    found: str = ""
    expected: str = ""
    cause: str = ""
    code: str = ""


@cache
def rules() -> dict[str, Rule]:
    """Return every rule by its id, in the order of the list.

    >>> rules()["part_exceeds_whole"].severity
    <Severity.ERROR: 'error'>
    """
    text = (resources.files("cchc_calc") / "rules.toml").read_text(encoding="utf-8")
    return {
        name: Rule(name, Severity(data["severity"]), data["title"], data["remedy"], data.get("code", ""))
        for name, data in tomllib.loads(text).items()
    }


def make_finding(
    rule_id: str,
    message: str,
    *,
    rows: tuple[str, ...] = (),
    where: str = "",
    found: str = "",
    expected: str = "",
    cause: str = "",
    remedy: str = "",
    code: str = "",
) -> Finding:
    """Make a finding of a rule, with the rule's severity and, unless others are given, its remedy and code."""
    rule = rules()[rule_id]
    return Finding(
        rule_id,
        rule.severity,
        message,
        remedy or rule.remedy,
        rows,
        where,
        found,
        expected,
        cause,
        code or rule.code,
    )


def tally(findings: Iterable[Finding]) -> str:
    """Count findings by severity in words, the gravest first.

    >>> tally([])
    '0 lỗi, 0 cảnh báo, 0 lưu ý'
    """
    counts = Counter(finding.severity for finding in findings)
    return ", ".join(f"{counts[severity]} {name.lower()}" for severity, name in SEVERITY_NAMES.items())


def by_severity(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Order findings by severity, keeping the order of the document within each."""
    order = tuple(Severity)
    return tuple(sorted(findings, key=lambda finding: order.index(finding.severity)))


def finding_json(finding: Finding) -> dict[str, Any]:
    """Return a finding with the fixed keys of the project's JSON.

    >>> finding_json(make_finding("row_missing", "thiếu dòng 3.4.3.", rows=("3.4.3",)))["severity"]
    'error'
    """
    return {
        "rule": finding.rule,
        "severity": finding.severity.value,
        "rows": list(finding.rows),
        "where": finding.where,
        "found": finding.found,
        "expected": finding.expected,
        "cause": finding.cause or None,
        "code": finding.code or None,
        "message": finding.message,
        "remedy": finding.remedy,
    }
