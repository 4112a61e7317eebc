"""Texts that say a time and texts that do not, written out and drawn by chance."""

from __future__ import annotations

from datetime import datetime, timedelta

from hypothesis import strategies as st

from cchc_calc.dossiers.time_forms import AFTER, FIRST

READ = [
    ("13/06/2023", "2023-06-13"),
    ("3/6/2023", "2023-06-03"),
    ("13-06-2023", "2023-06-13"),
    ("13.6.2023", "2023-06-13"),
    ("13/06/2023 08:05", "2023-06-13T08:05"),
    ("13/06/2023 8:5:9", "2023-06-13T08:05:09"),
    ("13-06-2023 08:05:59", "2023-06-13T08:05:59"),
    ("13.06.2023 08:05", "2023-06-13T08:05"),
    ("08:05 13/06/2023", "2023-06-13T08:05"),
    ("08:05:30 13-06-2023", "2023-06-13T08:05:30"),
    ("08:05:30, 13/6/2023", "2023-06-13T08:05:30"),
    ("2023-06-13", "2023-06-13"),
    ("2023-06-13 08:05:30", "2023-06-13T08:05:30"),
    ("2023-06-13T08:05", "2023-06-13T08:05"),
    ("2023-06-13T08:05:30", "2023-06-13T08:05:30"),
    ("2023-06-13 08:05:30.997", "2023-06-13T08:05:30"),
    ("2023/06/13", "2023-06-13"),
    ("13/06/2023 8:30:00 SA", "2023-06-13T08:30"),
    ("13/06/2023 08:30 CH", "2023-06-13T20:30"),
    ("13/06/2023 08:30ch", "2023-06-13T20:30"),
    ("8:30 CH 13/06/2023", "2023-06-13T20:30"),
    ("8:30:15 pm, 13-6-2023", "2023-06-13T20:30:15"),
    ("13.06.2023 8:5:9 Am", "2023-06-13T08:05:09"),
    ("13/06/2023 12:15:00 SA", "2023-06-13T00:15"),
    ("13/06/2023 12:15:59 AM", "2023-06-13T00:15:59"),
    ("13/06/2023 12:00 CH", "2023-06-13T12:00"),
    ("13/06/2023 11:59:59 CH", "2023-06-13T23:59:59"),
    ("13/06/2023 13:30 CH", "2023-06-13T13:30"),
    ("13/06/2023 0:30 SA", "2023-06-13T00:30"),
    ("0:30 PM 13/06/2023", "2023-06-13T12:30"),
    ("2023-06-13 08:05:30.997 PM", "2023-06-13T20:05:30"),
    ("13/06/2023\u00a0 08:05:30,5CH", "2023-06-13T20:05:30"),
    ("2023-06-13T8:05 CH", "2023-06-13T20:05"),
    ("29/02/2024 12:00 SA", "2024-02-29"),
    ("31/12/2200 11:59:59 CH", "2200-12-31T23:59:59"),
    ("20230613080530", "2023-06-13T08:05:30"),
    ("20230613", "2023-06-13"),
    ("45090", "2023-06-13"),
    ("45090.0", "2023-06-13"),
    ("45090.3333", "2023-06-13T07:59:57"),
    ("45090,3333", "2023-06-13T07:59:57"),
    ("45090.999999", "2023-06-14"),
    ("45090.01171875", "2023-06-13T00:16:53"),
    (" 13/06/2023\u00a0 08:05 ", "2023-06-13T08:05"),
    ("\ufeff13/06/2023", "2023-06-13"),
    ("01/01/1990", "1990-01-01"),
    ("31/12/2200 23:59:59", "2200-12-31T23:59:59"),
    ("29/02/2024", "2024-02-29"),
    ("32874", "1990-01-01"),
    ("109939", "2200-12-31"),
]

UNREADABLE = [
    "07/19/2013",
    "13/13/2023",
    "29/02/2023",
    "31/04/2023",
    "0/6/2023",
    "13/06/23",
    "13/06/1989",
    "01/01/2201",
    "13/06/0023",
    "13/06/20233",
    "113/06/2023",
    "13 /06/2023",
    "13/ 06/2023",
    "+13/06/2023",
    "13/06/+2023",
    "13/06/2023 24:00",
    "13/06/2023 08:60",
    "13/06/2023 08:05:60",
    "13/06/2023 08",
    "13/06/2023 13:30 SA",
    "13:30 AM 13/06/2023",
    "13/06/2023 24:30 CH",
    "13/06/2023 8 SA",
    "13/06/2023 CH",
    "CH 13/06/2023",
    "13/06/2023 SA 8:30",
    "8:30 CH13/06/2023",
    "13/06/2023 8:30 S A",
    "13/06/2023 8:30 SM",
    "13/06/2023 8:30 ſA",
    "13/06/2023 8:30 SA SA",
    "13/06/2023 8:30 CHSA",
    "13/06/2023 8:30:00 sáng",
    "31/04/2023 8:30 CH",
    "20230613083000 CH",
    "45090 SA",
    "45090.5 CH",
    "13/06/202308:05",
    "13/06/2023 -08:05",
    "2023-06-13T08:05:30Z",
    "2023-06-13 08:05:30+07:00",
    "2023-19-07",
    "202306130805",
    "2023061308053",
    "20231306",
    "32873",
    "32873.999994",
    "109940",
    "109939.999999",
    "45090.",
    "45090.33.33",
    "4.5090",
    "-45090",
    "4509E1",
    "45090.3333333333333333",
    "١٣/٠٦/٢٠٢٣",
    "１３/06/2023",
    "infinity",
    "epoch",
    "today",
    "now",
    "NaT",
    "nan",
    "null",
    "ngày 13/06/2023",
    "đang chờ",
    "13/06/2023 08:05 09:10",
    "13/06/2023\x00",
]


def written(time, form):
    """A time in one of the forms of exports; what the form does not hold is cut off."""
    day, month, mark, clock = (str(part) for part in (time.day, time.month, form["mark"], ""))
    if form["padded"]:
        day, month = day.zfill(2), month.zfill(2)
    clock = f"{time.hour:02}:{time.minute:02}" if form["padded"] else f"{time.hour}:{time.minute}"
    kept = time.replace(second=0)
    if form["seconds"]:
        clock, kept = f"{clock}:{time.second:02}", time
    if form["half"]:
        clock = f"{time.hour % 12 or 12}:{clock.partition(':')[2]}{form['half'][time.hour >= 12]}"
    match form["order"]:
        case "day":
            return f"{day}{mark}{month}{mark}{time.year}", kept.replace(hour=0, minute=0, second=0)
        case "day first":
            return f"{day}{mark}{month}{mark}{time.year}{form['blank']}{clock}", kept
        case "hour first":
            return f"{clock}{form['blank']}{day}{mark}{month}{mark}{time.year}", kept
        case "year first":
            return f"{time.year}-{month}-{day}{form['between']}{clock}", kept
        case "packed":
            return f"{time:%Y%m%d%H%M%S}", time
    days = time - datetime.fromisoformat("1899-12-30")
    return f"{days / timedelta(days=1):.7f}".replace(".", form["decimal"]), time


forms = st.fixed_dictionaries(
    {
        "order": st.sampled_from(("day", "day first", "hour first", "year first", "packed", "serial")),
        "mark": st.sampled_from("/-."),
        "padded": st.booleans(),
        "seconds": st.booleans(),
        "half": st.sampled_from((None, None, (" SA", " CH"), ("am", "pm"))),
        "blank": st.sampled_from((" ", "  ", "\u00a0", "\t", ", ")),
        "between": st.sampled_from(" T"),
        "decimal": st.sampled_from(".,"),
    }
)
moments = st.datetimes(FIRST, AFTER - timedelta(seconds=1)).map(lambda time: time.replace(microsecond=0))
written_times = st.tuples(moments, forms).map(lambda drawn: written(*drawn))


def spoiled(text, place, letter, deleted):
    place %= len(text) + 1
    return text[:place] + letter + text[place + deleted :]


odd_texts = st.one_of(
    st.tuples(
        written_times, st.integers(0, 30), st.sampled_from(["", *"0139 /-.:,T+ZCh\u00a0\n٣", "SA"]), st.integers(0, 2)
    ).map(lambda drawn: spoiled(drawn[0][0], *drawn[1:])),
    st.text("0123456789/-.:, TSACHp", max_size=20),
    st.text(max_size=12),
    st.none(),
)
