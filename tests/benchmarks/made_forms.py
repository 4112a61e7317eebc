"""Write thousands of filled forms of different units, as different programs save them, and know the answer.

    python tests/benchmarks/made_forms.py FOLDER --count 3300 --seed 1

writes 3 300 files, ``don-vi.csv`` (the register of these units) beside them, and says how they are mixed. One
prepared file of each program is saved by that program itself; the figures of a unit are then written into it in the
program's own manner, so that thousands are made in a minute. The sheets beside the form keep the figures of the
prepared file: nothing is read from them. The same seed gives the same figures.

``make_forms`` writes and gives the truth: what each unit typed, what follows from it, and ``totals_of`` the sums.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.form_writers import SAVERS, UNIT, prepared
from benchmarks.made_units import made_units
from benchmarks.office_forms import OFFICES, office_form
from filled_forms import FORM
from made_submissions import QUARTER

from cchc_calc.computation import exact_text
from cchc_calc.excel.sheets.form_figures import figures_of_cells, operand_value, stored_value
from cchc_calc.excel.sheets.form_grid import Column, FormGrid
from cchc_calc.excel.sheets.row_messages import message
from cchc_calc.excel.template import write_template
from cchc_calc.expressions import Rate
from cchc_calc.states import State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from benchmarks.made_units import MadeUnit

    from cchc_calc.periods import Period
    from cchc_calc.states import Content, Number

MIX: Mapping[str, int] = {
    "cchc": 50, "openpyxl": 15, "libreoffice": 15, "ironcalc": 5, "office inline": 10, "office shared": 5
}  # fmt: skip
"""Files in a hundred: our template as its writer and three programs save it, an office's own table in two ways."""

REGISTER = "don-vi.csv"
GRID = FormGrid(FORM)
COUNTER = "I4"


@dataclass(frozen=True, slots=True)
class MadeForm:
    """One file: its unit, the program that wrote it, and its name in the folder."""

    unit: MadeUnit
    writer: str
    name: str

    def contents(self) -> dict[str, Content]:
        """Return what is in every row that is not blank, as the form computes it."""
        contents = figures_of_cells(FORM, self.unit.typed).computation.contents
        return {address: content for address, content in contents.items() if content is not State.BLANK}


def make_forms(
    folder: Path, count: int, seed: int = 1, *, mix: Mapping[str, int] = MIX, first: int = 0
) -> list[MadeForm]:
    """Write forms into a folder, and the register of their units; the same seed gives the same figures.

    ``first`` leaves out so many units, for a second folder with others.
    """
    made = []
    folder.mkdir(parents=True, exist_ok=True)
    writers = random.Random(f"writers {seed}").choices(list(mix), list(mix.values()), k=count + first)  # noqa: S311
    for number, (unit, writer) in enumerate(zip(made_units(count + first, seed), writers, strict=True), 1):
        if number > first:
            form = MadeForm(unit, writer, f"{number:05d} {unit.name.removeprefix('UBND ')}.xlsx")
            (folder / form.name).write_bytes(form_bytes(unit, writer))
            made.append(form)
    (folder / REGISTER).write_text(register_of(form.unit for form in made), encoding="utf-8")
    return made


def form_bytes(unit: MadeUnit, writer: str, period: Period = QUARTER) -> bytes:
    """Write the file of a unit as a program saves it; an office's own table is always of the quarter."""
    if writer in OFFICES:
        return office_form(unit, writer)
    return prepared(writer, empty_template(period), _template_places()).filled(unit.name, _template_cells(unit))


def totals_of(made: Iterable[MadeForm]) -> dict[str, Number]:
    """Add up what was typed: rows that add up, and rates over the units whose every part can be used.

    It follows from what was typed alone, not from what the tool makes of it.
    """
    totals: dict[str, Number] = {}
    parts: dict[str, tuple[Number, Number]] = {}
    for form in made:
        usable = {
            address: value
            for address, value in form.unit.typed.items()
            if not isinstance(value, str) and address not in form.unit.undecided
        }
        for address, value in usable.items():
            if FORM.row(address).over_units == "sum":
                totals[address] = totals.get(address, 0) + value
        for address, (part, whole) in _plain_rates().items():
            if part in usable and whole in usable:
                above, below = parts.get(address, (0, 0))
                parts[address] = above + usable[part], below + usable[whole]
    return totals | {address: Fraction(above) / Fraction(below) for address, (above, below) in parts.items() if below}


def register_of(units: Iterable[MadeUnit]) -> str:
    """Write the register of units, with their provinces above them."""
    units = list(units)
    provinces = {name: f"{number:02d}" for number, name in enumerate(sorted({unit.province for unit in units}), 1)}
    lines = ["Mã;Tên đơn vị;Cấp;Đơn vị cấp trên"]
    lines += [f"{code};Tỉnh {name};Tỉnh;" for name, code in provinces.items()]
    lines += [f"{unit.code};{unit.name.removeprefix('UBND ')};Xã;{provinces[unit.province]}" for unit in units]
    return "\n".join([*lines, ""])


@cache
def empty_template(period: Period = QUARTER) -> bytes:
    """Write our template of a period, for a unit whose name is exchanged."""
    with tempfile.TemporaryDirectory(prefix="cchc-made-") as folder:
        path = Path(folder) / "bieu-mau.xlsx"
        write_template(path, FORM, unit=UNIT, period=period)
        return path.read_bytes()


@cache
def _plain_rates() -> dict[str, tuple[str, str]]:
    """Name the two parts of every rate over one pair of rows that add up."""
    pairs = {row.address: row.formula.pairs for row in FORM.computed if isinstance(row.formula, Rate)}
    named = {
        address: tuple(getattr(node, "address", "") for node in pair[0])
        for address, pair in pairs.items()
        if len(pair) == 1
    }
    return {
        address: (part, whole)
        for address, (part, whole) in named.items()
        if part and whole and all(FORM.row(one).over_units == "sum" for one in (part, whole))
    }


@cache
def _template_places() -> frozenset[str]:
    """Name the cells that depend on the figures."""
    columns = (Column.VALUE, Column.MESSAGE, Column.READ, Column.USED)
    filled = [row.address for row in FORM.rows if not row.is_heading]
    return frozenset([COUNTER, *(GRID.cell(address, column) for address in filled for column in columns)])


def _template_cells(unit: MadeUnit) -> dict[str, float | Decimal | str | None]:
    """Give every cell of our template that depends on the figures, with the results of its formulas."""
    figures = figures_of_cells(FORM, unit.typed)
    cells: dict[str, float | Decimal | str | None] = {
        COUNTER: sum(figures.used(row.address) is not State.BLANK for row in FORM.rows if not row.is_heading)
    }
    for row in FORM.rows:
        if row.is_heading:
            continue
        address, used = row.address, figures.used(row.address)
        cells[GRID.cell(address, Column.MESSAGE)] = message(figures, row, "commune")
        if row.is_computed:
            cells[GRID.value(address)] = cells[GRID.used(address)] = stored_value(used)
            cells[GRID.read(address)] = ""
        else:
            cells[GRID.value(address)] = unit.typed.get(address)
            cells[GRID.read(address)] = operand_value(figures.computation.read[address])
            cells[GRID.used(address)] = operand_value(used)
    return cells


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=3300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--writers", default="", help=f"only these, parted by commas, alike often: {', '.join([*SAVERS, *OFFICES])}"
    )
    return parser.parse_args()


def main() -> None:
    """Write the files that the command line asks for, and print what they are."""
    arguments = _arguments()
    mix = dict.fromkeys(arguments.writers.split(","), 1) if arguments.writers else MIX
    began = time.perf_counter()
    made = make_forms(arguments.folder, arguments.count, arguments.seed, mix=mix)
    seconds = time.perf_counter() - began
    counts = Counter(form.writer for form in made)
    print(f"{len(made)} files in {seconds:.0f} s: " + ", ".join(f"{writer} {counts[writer]}" for writer in mix))  # noqa: T201
    totals = totals_of(made)
    told = ", ".join(f"{address} = {exact_text(totals[address])}" for address in ("1.1", "3.4.3.b", "3.4.3"))
    print(f"register {REGISTER}; totals: {told}")  # noqa: T201


if __name__ == "__main__":
    main()
