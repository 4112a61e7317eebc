"""The forms' data files: editions found, read, derived from one another, and held to their rules.

A form is a file in ``cchc_calc/forms``; adding an edition is adding a file. A derived edition names its
parent and what it drops; operands of dropped rows leave the formulas.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from cchc_calc.catalogue import KINDS, Balance, Check, Fact, Form, Homonyms, Listing, Row, parent_of
from cchc_calc.errors import CchcError, FormError
from cchc_calc.expressions import check_without, formula_without, parse_check, parse_formula, references
from cchc_calc.legends import parse_legend

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date


def editions(form_id: str) -> tuple[str, ...]:
    """List the editions of a form, oldest first.

    >>> editions("thong-ke-cchc")
    ('2023', '2025')
    """
    names = [name for name in _file_names() if name.startswith(f"{form_id}-")]
    return tuple(name.removeprefix(f"{form_id}-").removesuffix(".toml") for name in names)


def form_ids() -> tuple[str, ...]:
    """List the forms there are."""
    return tuple(sorted({name.rpartition("-")[0] for name in _file_names()}))


def load_form(form_id: str = "thong-ke-cchc", edition: str = "2023") -> Form:
    """Load an edition of a form, once; raise ``FormError`` when there is none of that name.

    >>> form = load_form("thong-ke-cchc", "2023")
    >>> len(form.rows), len(form.computed)
    (168, 31)
    """
    # However it is called: two objects would be two forms.
    return _load_once(form_id, edition)


def form_in_force(day: date | None, form_id: str = "thong-ke-cchc") -> Form:
    """Load the newest edition that was valid from the day or before; the newest of all where there is none, or no day.

    >>> from datetime import date
    >>> form_in_force(date(2023, 9, 12)).edition, form_in_force(date(2026, 3, 14)).edition
    ('2023', '2025')
    """
    forms = [load_form(form_id, edition) for edition in reversed(editions(form_id))]
    valid = (form for form in forms if day is not None and form.valid_from <= day)
    return next(valid, forms[0])


@cache
def _load_once(form_id: str, edition: str) -> Form:
    if form_id not in form_ids() or edition not in editions(form_id):
        known = ", ".join(f"{name} ({', '.join(editions(name))})" for name in form_ids())
        msg = f"there is no form {form_id!r} of edition {edition!r}; there are {known}"
        raise FormError(msg)
    name = f"{form_id}-{edition}.toml"
    data = tomllib.loads((resources.files("cchc_calc") / "forms" / name).read_text(encoding="utf-8"))
    try:
        if "derived_from" in data:
            return _derived(_load_once(form_id, data["derived_from"]), data)
        return _form(data, tuple(_row(data, row) for row in data["row"]))
    except (KeyError, TypeError, CchcError) as error:
        msg = f"forms/{name}: {error}"
        raise FormError(msg) from error


@cache
def _file_names() -> tuple[str, ...]:
    folder = resources.files("cchc_calc") / "forms"
    return tuple(sorted(file.name for file in folder.iterdir() if file.name.endswith(".toml")))


def _form(data: dict[str, Any], rows: tuple[Row, ...]) -> Form:
    form = Form(
        id=data["id"],
        edition=data["edition"],
        title=data["title"],
        source=data["source"],
        mark=data["mark"],
        valid_from=data["valid_from"],
        valid_to=data.get("valid_to"),
        levels=tuple(data["levels"]),
        columns=tuple(data["columns"]),
        no_legal_source=data["no_legal_source"],
        rows=rows,
        homonyms=tuple(Homonyms(tuple(item["rows"]), item["why"]) for item in data.get("homonyms", ())),
        narrative=tuple(_fact(item) for item in data.get("narrative", ())),
        balances=tuple(Balance(**_tuples(item)) for item in data.get("balances", ())),
        listings=tuple(Listing(**item) for item in data.get("listings", ())),
    )
    _require_sound(form)
    return form


def _row(data: dict[str, Any], row: dict[str, Any]) -> Row:
    stated = dict(row)
    checks = tuple(Check(check["rule"], parse_check(check["expression"])) for check in stated.pop("checks", ()))
    formula = stated.pop("formula", None)
    legend = parse_legend(row.get("unit", "")) if row["kind"] in {"flag", "choice"} else None
    return Row(
        levels=tuple(stated.pop("levels", data["levels"])),
        legal=stated.pop("legal", data["no_legal_source"]),
        formula=None if formula is None else parse_formula(formula),
        checks=checks,
        legend=legend,
        **stated,
    )


def _fact(data: dict[str, Any]) -> Fact:
    stated = _tuples(data)
    expression = stated.pop("expression", None)
    return Fact(formula=None if expression is None else parse_formula(expression), **stated)


def _tuples(data: dict[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}


def _derived(parent: Form, data: dict[str, Any]) -> Form:
    roots = tuple(data["drop"])
    dropped = frozenset(row.address for row in parent.rows if _is_under(row.address, roots))
    levels_of = data.get("levels_of", {})
    rows = []
    for row in parent.rows:
        if row.address in dropped:
            continue
        formula = None if row.formula is None else formula_without(row.formula, dropped)
        checks = (
            Check(check.rule, kept)
            for check in row.checks
            if (kept := check_without(check.comparison, dropped)) is not None
        )
        levels = tuple(levels_of.get(row.address, data["levels"]))
        rows.append(replace(row, formula=formula, checks=tuple(checks), levels=levels))
    inherited = {"columns": parent.columns, "no_legal_source": parent.no_legal_source}
    return replace(
        _form(inherited | data, tuple(rows)),
        homonyms=tuple(item for item in parent.homonyms if dropped.isdisjoint(item.rows)),
        narrative=tuple(fact for fact in parent.narrative if dropped.isdisjoint(_read_by(fact))),
        balances=parent.balances,
        listings=tuple(listing for listing in parent.listings if listing.row not in dropped),
    )


def _is_under(address: str, roots: tuple[str, ...]) -> bool:
    while address:
        if address in roots:
            return True
        address = parent_of(address)
    return False


def _require_sound(form: Form) -> None:
    """Refuse a form whose rows contradict the rules every form keeps."""
    for name in ("address", "id"):
        values = [getattr(row, name) for row in form.rows]
        twice = sorted({value for value in values if values.count(value) > 1})
        if twice:
            msg = f"{name} {', '.join(twice)} stands twice"
            raise FormError(msg)
    for row in form.rows:
        if row.kind not in KINDS:
            msg = f"row {row.address}: {row.kind!r} is no kind; there are {', '.join(KINDS)}"
            raise FormError(msg)
        if row.is_computed != (row.formula is not None):
            msg = f"row {row.address}: a {row.kind} {'needs a' if row.is_computed else 'has no'} formula"
            raise FormError(msg)
        read = references(row.formula) if row.formula is not None else ()
        _require_rows(form, f"row {row.address}", (*read, *(a for check in row.checks for a in check.addresses)))
    for fact in form.narrative:
        _require_rows(form, f"narrative {fact.name!r}", _read_by(fact))
    facts = {fact.name for fact in form.narrative}
    for balance in form.balances:
        if not facts.issuperset((balance.whole, *balance.parts)):
            msg = f"balance {balance.whole!r}: it names a fact that the narrative does not have"
            raise FormError(msg)
    _require_no_circle(form)


def _read_by(fact: Fact) -> tuple[str, ...]:
    return (*(() if fact.formula is None else references(fact.formula)), *fact.rows)


def _require_rows(form: Form, who: str, addresses: Iterable[str]) -> None:
    for address in addresses:
        if address not in form.by_address:
            msg = f"{who}: it reads {address}, which the form does not have"
            raise FormError(msg)


def _require_no_circle(form: Form) -> None:
    seen: set[str] = set()
    for row in form.computed:
        for address in references(row.formula) if row.formula is not None else ():
            if form.by_address[address].is_computed and address not in seen:
                msg = f"row {row.address}: its formula goes round in a circle through {address}"
                raise FormError(msg)
        seen.add(row.address)
