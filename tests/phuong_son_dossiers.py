"""Invented dossiers shaped like the quarter of phường Phương Sơn, III/2023: each row of its form comes out of them."""

from __future__ import annotations

from datetime import datetime, timedelta

import polars as pl

from cchc_calc.dossiers.schema import COLUMNS, Kind

_TYPES = {Kind.TEXT: pl.String, Kind.TIME: pl.Datetime("us"), Kind.NUMBER: pl.Int64, Kind.FLAG: pl.Boolean}
SCHEMA = {column.name: _TYPES[column.kind] for column in COLUMNS}
"""The standard table in the types of polars."""

UNIT = "UBND phường Phương Sơn"
_FIRST = datetime.fromisoformat("2023-06-13T07:30")
_FATES = 424 * ("early",) + ("late",) + 16 * ("pending",) + 5 * ("withdrawn",) + ("refused",)
_AMOUNTS = 81 * (9_500,) + (16_500,)


def dossiers() -> pl.DataFrame:
    """447 received, 424 of them resolved early and one late, 16 pending in time, 5 withdrawn, one refused.

    214 of procedures of level 3 and 4, 115 of these online; 82 paid online, 786.000 đồng; none by post.
    """
    rows = [_dossier(number, fate) for number, fate in enumerate(_FATES)]
    return pl.DataFrame(rows, SCHEMA, orient="row")


def _dossier(number: int, fate: str) -> dict[str, object]:
    received = _FIRST + timedelta(days=86 + number % 6 if fate == "pending" else number % 70, minutes=number % 420)
    days, finished_after, status = {
        "early": (5, 3, 10),
        "late": (5, 6, 9),
        "pending": (10, None, 4),
        "withdrawn": (5, 2, 7),
        "refused": (5, None, 3),
    }[fate]
    return {
        "code": f"H32.12.5-{received:%y%m%d}-{number:04}",
        "unit": UNIT,
        "field": _FIELDS[number % len(_FIELDS)],
        "received": received,
        "due": received + timedelta(days=days),
        "finished": None if finished_after is None else received + timedelta(days=finished_after),
        "channel": "online" if number < 115 else "direct",
        "service_level": 4 if number < 82 else 3 if number < 214 else 2,
        "status": status,
        "paid_online": number < 82,
        "amount_paid": _AMOUNTS[number] if number < 82 else None,
        "sent_by_post": False,
        "returned_by_post": False,
    }


_FIELDS = ("Hộ tịch", "Chứng thực", "Bảo trợ xã hội")
