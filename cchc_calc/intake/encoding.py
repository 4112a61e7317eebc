"""What was received, written as plain JSON and read again exactly; nothing in such a text can be executed.

Whole numbers are JSON's own, fractions are "424/425", decimals "12.50", states their names; a float there is none.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, NoReturn

from cchc_calc.consolidation.refusals import Refusal
from cchc_calc.consolidation.submissions import Submission
from cchc_calc.findings import Finding, Severity
from cchc_calc.periods import Period
from cchc_calc.states import Content, State

if TYPE_CHECKING:
    from collections.abc import Iterable

FAULTY: Final = (ValueError, KeyError, TypeError, ArithmeticError, AttributeError, RecursionError)
"""What the decoders raise for a text that the encoders did not write."""

_STATES: Final = {state.value: state for state in State}
_SEVERITIES: Final = {severity.value: severity for severity in Severity}


def encode_submission(submission: Submission) -> str:
    """Write a submission as a text.

    >>> sent = Submission("a.xlsx", "Phường 1", "thong-ke-cchc", "2023", {"3.4.3": Fraction(424, 425), "1.1": 3})
    >>> decode_submission(encode_submission(sent)) == sent
    True
    """
    period, sealed_at, issued = submission.period, submission.sealed_at, submission.issued
    contents = {address: _encoded(content) for address, content in submission.contents.items()}
    fields = [
        submission.source,
        submission.unit,
        submission.form_id,
        submission.edition,
        contents,
        submission.level,
        None if period is None else [period.start.isoformat(), period.end.isoformat(), period.label],
        submission.sha256,
        {severity.value: count for severity, count in submission.findings.items()},
        submission.seal,
        None if sealed_at is None else sealed_at.isoformat(),
        None if issued is None else issued.isoformat(),
        submission.failing,
    ]
    return _ENCODER.encode(fields)


def decode_submission(text: str) -> Submission:
    """Read a submission from its text; raise one of ``FAULTY`` for any other text."""
    source, unit, form_id, edition, contents, level, period, sha256, findings, seal, sealed_at, issued, failing = (
        _DECODER.decode(text)
    )
    return Submission(
        source=_text(source),
        unit=_text(unit),
        form_id=_text(form_id),
        edition=_text(edition),
        contents={address: value if type(value) is int else _decoded(value) for address, value in contents.items()},
        level=_text(level),
        period=None if period is None else _period(*period),
        sha256=_text(sha256),
        findings={_SEVERITIES[severity]: _count(count) for severity, count in findings.items()},
        seal=None if seal is None else _text(seal),
        sealed_at=None if sealed_at is None else datetime.fromisoformat(sealed_at),
        issued=None if issued is None else date.fromisoformat(issued),
        failing={_text(address): tuple(map(_text, rules)) for address, rules in failing.items()},
    )


def encode_refusal(refusal: Refusal) -> str:
    """Write a refusal as a text.

    >>> encode_refusal(Refusal("a.xlsx", "F05", "tep rong.", "Gui lai."))
    '["a.xlsx","F05","tep rong.","Gui lai.","",""]'
    """
    fields = (refusal.source, refusal.code, refusal.message, refusal.remedy, refusal.unit, refusal.sha256)
    return _ENCODER.encode(fields)


def decode_refusal(text: str) -> Refusal:
    """Read a refusal from its text; raise one of ``FAULTY`` for any other text."""
    source, code, message, remedy, unit, sha256 = map(_text, _DECODER.decode(text))
    return Refusal(source, code, message, remedy, unit, sha256)


def encode_findings(findings: Iterable[Finding]) -> str:
    """Write findings as a text.

    >>> encode_findings(())
    '[]'
    """
    return _ENCODER.encode([_fields(finding) for finding in findings])


def decode_findings(text: str) -> tuple[Finding, ...]:
    """Read findings from their text; raise one of ``FAULTY`` for any other text."""
    return tuple(_finding(*fields) for fields in _DECODER.decode(text))


def _fields(finding: Finding) -> list[Any]:
    return [
        finding.rule,
        finding.severity.value,
        finding.rows,
        finding.message,
        finding.remedy,
        finding.where,
        finding.found,
        finding.expected,
        finding.cause,
        finding.code,
    ]


def _finding(rule: object, severity: str, rows: list[object], *texts: object) -> Finding:
    message, remedy, where, found, expected, cause, code = map(_text, texts)
    return Finding(
        _text(rule),
        _SEVERITIES[severity],
        message,
        remedy,
        tuple(map(_text, rows)),
        where,
        found,
        expected,
        cause,
        code,
    )


def _encoded(content: Content) -> int | str:
    if type(content) is int:
        return content
    if isinstance(content, State):
        return content.value
    if isinstance(content, Fraction):
        return f"{content.numerator}/{content.denominator}"
    if isinstance(content, Decimal) and content.is_finite():
        return str(content)
    msg = f"{content!r} is no exact number"
    raise TypeError(msg)


def _decoded(text: str) -> Content:
    if (state := _STATES.get(text)) is not None:
        return state
    numerator, slash, denominator = text.partition("/")
    if slash:
        return Fraction(int(numerator), int(denominator))
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return number


def _period(start: str, end: str, label: object) -> Period:
    return Period(date.fromisoformat(start), date.fromisoformat(end), _text(label))


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _count(value: object) -> int:
    if type(value) is not int:
        raise TypeError(value)
    return value


def _no_float(text: str) -> NoReturn:
    raise ValueError(text)


_ENCODER: Final = json.JSONEncoder(separators=(",", ":"))
_DECODER: Final = json.JSONDecoder(parse_float=_no_float, parse_constant=_no_float)
