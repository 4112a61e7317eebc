"""Collections of files of which some must not count: wards twice, missing, merged, of another quarter or edition.

Each is six wards of one city with their register; all that is asked of a collection holds for the other wards too,
whose figures nothing may change.
"""

from __future__ import annotations

import io
import tempfile
import warnings
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import openpyxl
from benchmarks.made_forms import MadeForm, form_bytes
from benchmarks.made_units import made_units
from filled_forms import FORM
from hostile.cells import number_cell, with_xml
from hostile.part_names import STRINGS
from hostile.sheets import replaced
from made_submissions import QUARTER
from openpyxl.cell import MergedCell

from cchc_calc.excel.sheets.cover import Cover
from cchc_calc.excel.sheets.form_figures import figures_of_cells
from cchc_calc.excel.sheets.form_grid import FormGrid
from cchc_calc.excel.template import write_figures
from cchc_calc.form_files import load_form
from cchc_calc.letterhead import level_of
from cchc_calc.periods import Period, reporting_period
from cchc_calc.sealed_reports import read_sealed_report
from cchc_calc.sealing import seal_report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from benchmarks.made_units import MadeUnit, Typed

    from cchc_calc.catalogue import Form

NAMES = ("An Bình", "Hòa Lợi", "Vĩnh Khê", "Tân Phú", "Đông Sơn", "Long Thành")
QUARTER_BEFORE = Period(date(2023, 3, 13), date(2023, 6, 12), "QUÝ II/2023")
IN_2025 = reporting_period("quarter", 2025, 3)
FORM_2025 = load_form("thong-ke-cchc", "2025")
REGISTER = "\n".join(
    [
        "Mã;Tên đơn vị;Cấp;Đơn vị cấp trên;Hiệu lực từ;Hết hiệu lực;Đơn vị kế thừa",
        "56;Tỉnh Tân Hòa;Tỉnh;;;;",
        "568;Thành phố Tân An;Thành phố;56;;;",
        "569;Huyện Phú Lâm;Huyện;56;;;",
        *(f"{1000 + number};Phường {name};Phường;568;;;" for number, name in enumerate(NAMES, 1)),
        "2001;Xã Suối Cát;Xã;569;;;",
        "",
    ]
)
MERGED = REGISTER.replace(
    "1001;Phường An Bình;Phường;568;;;", "1001;Phường An Bình;Phường;568;;30/06/2025;1009"
).replace(
    "1002;Phường Hòa Lợi;Phường;568;;;",
    "1002;Phường Hòa Lợi;Phường;568;;30/06/2025;1009\n1009;Phường An Lợi;Phường;568;01/07/2025;;",
)
"""The register after An Bình and Hòa Lợi became one ward."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A file: its content, and what its unit typed into it."""

    unit: MadeUnit
    data: bytes


@dataclass(frozen=True, slots=True)
class Collection:
    """The files of a quarter by name, those of the quarter before, the register, and options of the command."""

    files: Mapping[str, Sent]
    before: Mapping[str, Sent] = field(default_factory=dict)
    register: str = REGISTER
    options: tuple[str, ...] = ("--parent", "568")

    def made(self, names: set[str]) -> Iterator[MadeForm]:
        """Yield some of the files as the truth about them is asked for."""
        return (MadeForm(self.files[name].unit, "cchc", name) for name in sorted(names))


@cache
def wards() -> tuple[MadeUnit, ...]:
    """Give the six wards, without a fault in what they typed."""
    sound = (unit for unit in made_units(100, 11) if not unit.fault)
    return tuple(
        replace(next(sound), code=f"{1000 + number}", name=f"UBND phường {name}")
        for number, name in enumerate(NAMES, 1)
    )


def sent(unit: MadeUnit, period: Period = QUARTER) -> Sent:
    """Let a unit fill our template."""
    return Sent(unit, form_bytes(unit, "cchc", period))


def named(unit: MadeUnit) -> str:
    """Name the file of a unit as it is mostly named."""
    return f"{unit.name.removeprefix('UBND ')}.xlsx"


def typing(unit: MadeUnit, **changed: Typed) -> MadeUnit:
    """Let a unit type other figures; ``r6_1_a=5`` stands for row 6.1.a."""
    others = {name[1:].replace("_", "."): value for name, value in changed.items()}
    assert set(others) <= {row.address for row in FORM.rows}, others
    return replace(unit, typed={**unit.typed, **others})


def all_wards(*, but: int = 0) -> dict[str, Sent]:
    """Give the files of all wards but the first few."""
    return {named(unit): sent(unit) for unit in wards()[but:]}


def written(
    unit: MadeUnit,
    *,
    period: Period | None = QUARTER,
    form: Form = FORM,
    issued: date | None = None,
    name: str | None = None,
    sealed: str = "",
) -> Sent:
    """Write the file of a unit in all that may be said of it: another edition, name or day, or a seal."""
    typed = {address: value for address, value in unit.typed.items() if address in form.by_address}
    shown = unit.name if name is None else name
    cover = Cover(shown, period, "12/BC-UBND" if issued else "", issued, level_of(shown))
    with tempfile.TemporaryDirectory(prefix="cchc-sent-") as folder:
        path, target = Path(folder) / "a.xlsx", Path(folder) / "b.xlsx"
        write_figures(path, figures_of_cells(form, typed), cover)
        if sealed:
            seal_report(read_sealed_report(path), target, datetime.fromisoformat(sealed))
            path = target
        return Sent(replace(unit, typed=typed), path.read_bytes())


def twice(
    first: Sent, second: Sent, names: tuple[str, str] = ("phường An Bình (1).xlsx", "phường An Bình final.xlsx")
) -> Collection:
    """Let the first ward send two files."""
    return Collection({names[0]: first, names[1]: second} | all_wards(but=1))


def with_first(unit: MadeUnit, before: MadeUnit, period: Period = QUARTER_BEFORE) -> Collection:
    """Let the first ward send this after that of the quarter before."""
    return Collection({named(unit): sent(unit)} | all_wards(but=1), {named(unit): sent(before, period)})


def two_wards_in_one(writer: str, *, alike: bool = False) -> Collection:
    """Put the sheet of one ward into the workbook of another, maybe with the same figures."""
    first, second = wards()[:2]
    if alike:
        second = replace(second, typed=first.typed)
    with warnings.catch_warnings():
        # openpyxl warns of every extension that it does not read.
        warnings.simplefilter("ignore", UserWarning)
        book, other = (openpyxl.load_workbook(io.BytesIO(form_bytes(unit, writer))) for unit in (first, second))
    sheet = book.create_sheet("Biểu mẫu (2)")
    for row in other["Biểu mẫu"].iter_rows():
        for cell in row:
            if cell.value is not None and not isinstance(cell, MergedCell):
                sheet[cell.coordinate] = cell.value
    target = io.BytesIO()
    book.save(target)
    return Collection({"hai phường.xlsx": Sent(first, target.getvalue())} | all_wards(but=2))


def in_2025(unit: MadeUnit, name: str | None = None) -> Sent:
    """Let a unit fill the form of 2025."""
    return written(unit, period=IN_2025, form=FORM_2025, name=name)


def merged(**files: Sent) -> Collection:
    """Let the wards that were not merged send their forms of 2025, beside these files."""
    others = {named(unit): in_2025(unit) for unit in wards()[2:]}
    return Collection({f"{name}.xlsx": one for name, one in files.items()} | others, register=MERGED)


def in_thousands(unit: MadeUnit) -> Sent:
    """Let a unit write its money in thousands, and say so."""
    return Sent(unit, replaced(sent(unit).data, STRINGS, "<t>Đồng</t>", "<t>Nghìn đồng</t>"))


def changed_after_the_seal(unit: MadeUnit) -> Sent:
    """Change a figure in a sealed file."""
    one = written(typing(unit, r1_1=12), sealed="2023-09-15T08:00")
    cell = number_cell("13").replace("{s:General} ", "").replace(" {s:General}", "")
    return Sent(one.unit, with_xml(one.data, FormGrid(FORM).value("1.1"), cell))


FIRST, SECOND = wards()[:2]
CITY = replace(FIRST, name="UBND thành phố Tân An")
GROWN = typing(
    FIRST, r4_2_e1=30, r4_2_d=2, r4_2_e2=10, r6_1_a=900, r6_1_b=400, r7_7_4_a=400, r7_7_4_b=300, r1_2_a=40, r1_2_b=20
)

COLLECTIONS: dict[str, Callable[[], Collection]] = {
    "all-wards": lambda: Collection(all_wards()),
    "file-named-for-another-ward": lambda: Collection({"phường Hòa Lợi.xlsx": sent(FIRST)} | all_wards(but=2)),
    "file-named-for-another-quarter": lambda: Collection(
        {"phường An Bình quý II năm 2023.xlsx": sent(FIRST)} | all_wards(but=1)
    ),
    "two-wards-in-one-workbook": lambda: two_wards_in_one("cchc"),
    "two-wards-in-one-office-workbook": lambda: two_wards_in_one("office inline"),
    "two-wards-alike-in-one-workbook": lambda: two_wards_in_one("office inline", alike=True),
    "opening-is-not-the-last-closing": lambda: with_first(GROWN, typing(GROWN, r4_2_e2=5, r1_2_b=11, r6_1_b=100)),
    "cumulative-fell": lambda: with_first(
        replace(GROWN, undecided=frozenset({"6.1.b"})), typing(GROWN, r6_1_b=500, r4_2_e2=8)
    ),
    "mean-of-rates": lambda: Collection(all_wards()),
    "ten-times-as-much": lambda: with_first(typing(GROWN, r7_7_4_a=4300), typing(GROWN, r4_2_e2=8)),
    "plan-changed-in-mid-year": lambda: with_first(typing(GROWN, r6_1_a=1100), typing(GROWN, r4_2_e2=8)),
    "ward-twice": lambda: twice(sent(FIRST), sent(typing(FIRST, r1_1=99))),
    "ward-three-times": lambda: Collection(
        {
            f"phường An Bình {word}.xlsx": sent(typing(FIRST, r1_1=number))
            for number, word in enumerate(("(1)", "final", "bản sửa"), 5)
        }
        | all_wards(but=1)
    ),
    "ward-twice-the-newer-is-sealed": lambda: twice(
        written(typing(FIRST, r1_1=77), sealed="2023-09-14T08:00"), written(FIRST, sealed="2023-09-15T16:30")
    ),
    "ward-twice-with-the-same-figures": lambda: twice(sent(FIRST), sent(FIRST)),
    "ward-missing": lambda: Collection(all_wards(but=1)),
    "ward-missing-that-reported-before": lambda: Collection(
        all_wards(but=1),
        {named(unit): sent(typing(unit, r7_7_4_a=100, r7_7_4_b=50), QUARTER_BEFORE) for unit in wards()},
    ),
    "ward-not-in-the-register": lambda: Collection(
        {"phường Lạ.xlsx": sent(replace(FIRST, name="UBND phường Lạ"))} | all_wards()
    ),
    "ward-of-another-district": lambda: Collection(
        {"xã Suối Cát.xlsx": sent(replace(FIRST, name="UBND xã Suối Cát"))} | all_wards()
    ),
    "ward-without-a-name": lambda: Collection({"biểu mẫu.xlsx": written(FIRST, name="")} | all_wards(but=1)),
    "merged-ward-under-its-old-name": lambda: merged(a=in_2025(FIRST)),
    "merged-wards-under-both-old-names": lambda: merged(a=in_2025(FIRST), b=in_2025(SECOND)),
    "merged-ward-beside-its-successor": lambda: merged(a=in_2025(FIRST), c=in_2025(SECOND, "UBND phường An Lợi")),
    "merged-ward-without-a-successor": lambda: replace(
        merged(a=in_2025(FIRST)), register=MERGED.replace(";30/06/2025;1009", ";30/06/2025;")
    ),
    "city-among-the-wards": lambda: Collection({"tổng hợp.xlsx": written(CITY)} | all_wards()),
    "another-quarter": lambda: Collection({"a.xlsx": sent(FIRST, QUARTER_BEFORE)} | all_wards(but=1)),
    "figures-in-thousands": lambda: Collection({"a.xlsx": in_thousands(FIRST)} | all_wards(but=1)),
    "another-edition": lambda: Collection({"a.xlsx": written(FIRST, form=FORM_2025)} | all_wards(but=1)),
    "two-wards-alike": lambda: Collection({named(FIRST): sent(replace(FIRST, typed=SECOND.typed))} | all_wards(but=1)),
    "last-quarter-sent-again": lambda: with_first(FIRST, FIRST),
    "sealed-and-changed": lambda: Collection({"a.xlsx": changed_after_the_seal(FIRST)} | all_wards(but=1)),
    "report-of-tomorrow": lambda: replace(
        Collection({"a.xlsx": written(FIRST, issued=date(2023, 12, 25))} | all_wards(but=1)),
        options=("--parent", "568", "--today", "2023-09-20"),
    ),
    "seal-of-tomorrow": lambda: replace(
        twice(written(typing(FIRST, r1_1=77), sealed="2031-01-01T08:00"), written(FIRST, sealed="2023-09-15T16:30")),
        options=("--parent", "568", "--today", "2023-09-20"),
    ),
}
"""Every collection by its name in the list of cases."""
