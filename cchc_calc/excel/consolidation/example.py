"""The example of the consolidated workbook: a few wards with figures that are made up, and say so."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, Any

from cchc_calc.computation import compute_contents
from cchc_calc.consolidation.consolidating import consolidate
from cchc_calc.consolidation.register import Register
from cchc_calc.consolidation.register_files import parse_register
from cchc_calc.consolidation.submissions import Submission
from cchc_calc.excel.consolidation.workbook import write_consolidation
from cchc_calc.findings import Severity, make_finding
from cchc_calc.form_files import load_form
from cchc_calc.periods import Period
from cchc_calc.states import State

if TYPE_CHECKING:
    from pathlib import Path

    from cchc_calc.catalogue import Form
    from cchc_calc.consolidation.result import Consolidation
    from cchc_calc.findings import Finding

_REGISTER = "nha-trang.csv"
_COMMAND = ("cchc", "consolidate", "vi-du", "-o", "tong-hop.xlsx")


def write_example(path: Path) -> None:
    """Write the workbook of the example; its name says who computes the cells."""
    data = _data()
    write_consolidation(path, constructed_example(), unit=data["office"], note=data["note"], command=_COMMAND)


def constructed_example() -> Consolidation:
    """Consolidate the wards of the example, of which one has not sent, and one has sent the period before.

    >>> example = constructed_example()
    >>> len(example.units), example.missing, [refusal.code for refusal in example.refused]
    (6, ('Phường Lộc Thọ', 'Phường Phước Long'), ['X01'])
    """
    data = _data()
    return _Example(data, load_form("thong-ke-cchc", "2023"), _register(data)).consolidation()


@dataclass(frozen=True, slots=True)
class _Example:
    data: dict[str, Any]
    form: Form
    register: Register

    def consolidation(self) -> Consolidation:
        now, before = (Period(self.data[f"{when}start"], self.data[f"{when}end"], "QUÝ") for when in ("", "before_"))
        units = self.data["unit"]
        sent = [
            self._submission(unit, before if unit.get("is_late_period") else now, 100, unit.get("own", {}))
            for unit in units
            if not unit.get("is_missing")
        ]
        earlier = [self._submission(unit, before, self.data["before_share"], {}) for unit in units]
        faults = {_source(unit): self._faults(unit) for unit in units}
        return consolidate(
            sent, register=self.register, parent=self.data["parent"], period=now, previous=earlier, faults=faults
        )

    def _submission(self, unit: dict[str, Any], period: Period, share: int, own: dict[str, int]) -> Submission:
        figures = {address: figure * unit["share"] * share // 10_000 for address, figure in self.data["ward"].items()}
        contents = compute_contents(self.form, figures | self.data["alike"] | own).contents
        return Submission(
            _source(unit),
            self.register.name_of(unit["code"]),
            self.form.id,
            self.form.edition,
            {address: content for address, content in contents.items() if content is not State.BLANK},
            period=period,
            sha256=sha256(repr(contents).encode()).hexdigest(),
            findings={Severity.ERROR: len(self._faults(unit))},
            issued=unit.get("issued"),
        )

    def _faults(self, unit: dict[str, Any]) -> tuple[Finding, ...]:
        if "fault" not in unit:
            return ()
        rows = tuple(unit["fault_rows"])
        return (make_finding("part_exceeds_whole", f"chỉ tiêu 3.4.3: {unit['fault']}.", rows=rows, found="299"),)


def _register(data: dict[str, Any]) -> Register:
    """Take the units of the example, and those above, out of the register that comes along."""
    text = (resources.files("cchc_calc") / "registers" / _REGISTER).read_text(encoding="utf-8")
    codes = {unit["code"] for unit in data["unit"]} | {data["parent"]}
    return Register(tuple(unit for unit in parse_register(text, _REGISTER).units if unit.code in codes))


def _source(unit: dict[str, Any]) -> str:
    return f"{unit['code']}.xlsx"


def _data() -> dict[str, Any]:
    text = (resources.files("cchc_calc.excel.consolidation") / "example.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
