"""A manifest held against the submissions as they are now: which units changed since the total was made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from cchc_calc.consolidation.unit_names import name_key
from cchc_calc.errors import CchcError
from cchc_calc.findings import Finding, make_finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cchc_calc.consolidation.submissions import Submission

_CODE: Final = "X07"


@dataclass(frozen=True, slots=True)
class _Entry:
    """A unit of the manifest: its file then, and the seal its values had."""

    unit: str
    source: str
    seal: str


@dataclass(frozen=True, slots=True)
class _Present:
    """A submission of today: its file, the key of its unit, and the seal its values have."""

    source: str
    unit: str
    key: str
    seal: str


def verify_manifest(manifest: Mapping[str, Any], submissions: Iterable[Submission]) -> tuple[Finding, ...]:
    """Hold the manifest of a consolidation against submissions; nothing is found where all values are as they were.

    A finding tells of a unit whose values changed (cause "changed"), whose file is gone ("gone"), or of a file that
    the manifest does not know ("added"). Values count, not files: one saved anew, moved or renamed is the same.
    Files that repeated another, or were refused, are known but not held against anything.

    Raises CchcError for what is no manifest.

    >>> unit = {"unit": "Phường 1", "source": "phuong-1.xlsx", "seal": "ab"}
    >>> [finding.cause for finding in verify_manifest({"units": [unit]}, [])]
    ['gone']
    """
    entries = _entries(manifest)
    present = [_Present(one.source, one.unit, name_key(one.unit), one.computed_seal()) for one in submissions]
    return tuple(_findings(entries, _known_sources(manifest), present))


def _findings(entries: list[_Entry], known: set[str], present: list[_Present]) -> Iterator[Finding]:
    seals = {one.seal for one in present}
    by_source = {one.source: one for one in present}
    by_unit = {one.key: one for one in present}
    told = set(known)
    for entry in entries:
        if entry.seal not in seals:
            now = by_source.get(entry.source) or by_unit.get(name_key(entry.unit))
            told.add("" if now is None else now.source)
            yield _differs(entry, now)
    sealed = {entry.seal for entry in entries}
    for one in sorted(present, key=lambda one: one.source):
        if one.seal not in sealed and one.source not in told:
            yield _added(one)


def _added(one: _Present) -> Finding:
    message = f"Tệp {one.source} của “{one.unit}” không có trong bản kê: được thêm sau khi tổng hợp."
    return make_finding("manifest_differs", message, where=one.source, found=one.seal, cause="added", code=_CODE)


def _differs(entry: _Entry, now: _Present | None) -> Finding:
    if now is None:
        message = f"Không còn tệp {entry.source} của “{entry.unit}” có trong bản kê."
        return make_finding(
            "manifest_differs", message, where=entry.source, expected=entry.seal, cause="gone", code=_CODE
        )
    message = f"“{entry.unit}”: số liệu, tên đơn vị hoặc kỳ báo cáo trong {now.source} khác lúc tổng hợp."
    return make_finding(
        "manifest_differs",
        message,
        where=now.source,
        found=now.seal,
        expected=entry.seal,
        cause="changed",
        code=_CODE,
    )


def _entries(manifest: Mapping[str, Any]) -> list[_Entry]:
    try:
        entries = [_Entry(unit["unit"], unit["source"], unit["seal"]) for unit in manifest["units"]]
    except (KeyError, TypeError):
        raise _no_manifest() from None
    if not all(isinstance(text, str) for one in entries for text in (one.unit, one.source, one.seal)):
        raise _no_manifest()
    return entries


def _known_sources(manifest: Mapping[str, Any]) -> set[str]:
    try:
        refused = {one["source"] for one in manifest.get("refused", ())}
        return refused.union(*({unit["source"], *unit.get("repeated", ())} for unit in manifest["units"]))
    except (AttributeError, KeyError, TypeError):
        raise _no_manifest() from None


def _no_manifest() -> CchcError:
    return CchcError("bản kê không đúng dạng; hãy dùng tệp do cchc consolidate ghi với tùy chọn --json.")
