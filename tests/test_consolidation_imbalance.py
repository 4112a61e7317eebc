"""Three-level tables whose parts do not add up: level, row, gap, and which part most likely explains it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cchc_calc.consolidation.imbalance import find_imbalances
from cchc_calc.consolidation.slips import slip_between
from cchc_calc.consolidation.unit_tables import TableUnit, nest
from cchc_calc.states import State

RECEIVED, RESOLVED = "3.4.3.a", "3.4.3.b"
LEVELS = {"tỉnh": "province", "huyện": "district", "xã": "commune"}

# Dossiers received and resolved. A blank is "-", what cannot be used "?".
SOUND = """
tỉnh Mẫu     | 1786 | 1730
huyện Đông   | 1110 | 1080
xã An Bình   |  447 |  425
xã Bình Minh |  351 |  345
xã Cát Lái   |  312 |  310
huyện Tây    |  676 |  650
xã Đại Lộc   |  214 |  205
xã Hòa Phú   |  462 |  445
"""


def table(text):
    cells = [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]
    return nest(
        (LEVELS[name.split()[0]], name, {RECEIVED: figure(received), RESOLVED: figure(resolved)})
        for name, received, resolved in cells
    )


def figure(text):
    return {"-": State.BLANK, "?": State.UNDECIDED}.get(text) or int(text)


def found_in(*changes):
    text = SOUND
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return find_imbalances(table(text))


def test_a_sound_table_has_nothing():
    assert found_in() == ()


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        # the commune's figure is right, the district left it out, and the province followed the district
        (
            [("1110 ", "798 "), ("1786 ", "1474 ")],
            [("huyện Đông", RECEIVED, -312, "part_left_out", "xã Cát Lái")],
        ),
        # the district counted a commune twice, the province followed
        (
            [("1110 ", "1461 "), ("1786 ", "2137 ")],
            [("huyện Đông", RECEIVED, 351, "part_counted_twice", "xã Bình Minh")],
        ),
        # two levels fail by as much: it is the printed total between them
        (
            [("1110 ", "1113 ")],
            [
                ("tỉnh Mẫu", RECEIVED, -3, "total_of_part", "huyện Đông"),
                ("huyện Đông", RECEIVED, 3, "printed_total", "huyện Đông"),
            ],
        ),
        # a commune did not fill the row, but the district knows
        ([("445\n", "-\n")], [("huyện Tây", RESOLVED, 445, "blank_part", "xã Hòa Phú")]),
        # two figures of a commune in each other's place
        (
            [("351 |  345", "345 |  351")],
            [
                ("huyện Đông", RECEIVED, 6, "rows_exchanged", "xã Bình Minh"),
                ("huyện Đông", RESOLVED, -6, "rows_exchanged", "xã Bình Minh"),
            ],
        ),
        # a commune added to the other district
        (
            [("1110 ", "1324 "), ("676 ", "462 ")],
            [
                ("huyện Đông", RECEIVED, 214, "moved_part", "xã Đại Lộc"),
                ("huyện Tây", RECEIVED, -214, "moved_part", "xã Đại Lộc"),
            ],
        ),
        # slips of the hand in a commune
        ([("447 ", "474 ")], [("huyện Đông", RECEIVED, -27, "digits_exchanged", "xã An Bình")]),
        ([("  447", " 4470")], [("huyện Đông", RECEIVED, -4023, "digit_added", "xã An Bình")]),
        ([("462 ", "46 ")], [("huyện Tây", RECEIVED, 416, "digit_dropped", "xã Hòa Phú")]),
        # and in the printed total of the province, which no other level confirms
        ([("1786 ", "1768 ")], [("tỉnh Mẫu", RECEIVED, -18, "digits_exchanged", "tỉnh Mẫu")]),
        # a few dossiers that two communes may have: both are named
        ([("462 ", "465 ")], [("huyện Tây", RECEIVED, -3, "digit_wrong", "huyện Tây")]),
    ],
)
def test_the_level_the_row_the_gap_and_the_likeliest_part(changes, expected):
    found = [
        (one.unit, one.row, one.gap, one.explanations[0].cause, one.explanations[0].unit) for one in found_in(*changes)
    ]
    assert found == expected


def test_the_official_reads_what_is_wrong_and_why():
    (imbalance,) = found_in(("447 ", "474 "))
    finding = imbalance.finding()
    assert finding.message == (
        "“huyện Đông” (cấp huyện), chỉ tiêu 3.4.3.a: số tổng ghi 1.110, các phần cộng lại 1.137, lệch -27: "
        "có thể vì “xã An Bình” ghi 474, hai chữ số bị đảo: 447."
    )
    assert (finding.code, finding.cause, finding.rows) == ("V05", "digits_exchanged", (RECEIVED,))
    assert (finding.found, finding.expected, finding.where) == ("1.110", "1.137", "huyện Đông")


def test_a_blank_part_explains_only_what_is_missing():
    (imbalance,) = find_imbalances(table("huyện A | 9 | 9\nxã B | 9 | 12\nxã C | - | -"))
    assert (imbalance.row, imbalance.gap) == (RESOLVED, -3)
    assert "blank_part" not in {why.cause for why in imbalance.explanations}


def test_a_gap_that_nothing_explains_alone_says_so():
    (imbalance,) = found_in(("447 ", "391 "))
    assert imbalance.explanations == ()
    assert "không phần nào một mình giải thích được" in imbalance.finding().message


def test_what_is_not_known_is_not_judged():
    assert found_in(("445\n", "?\n")) == ()
    assert found_in(("1730", "-")) == ()
    # nothing but blanks under a printed total
    assert find_imbalances(table("huyện A | 5 | 5\nxã B | - | -")) == ()


@pytest.mark.parametrize(
    ("written", "right", "slip"),
    [
        (1254, 1524, "digits_exchanged"),
        (12, 21, "digits_exchanged"),
        (100, 10, "digit_added"),
        (1125, 125, "digit_added"),
        (15, 105, "digit_dropped"),
        (128, 125, "digit_wrong"),
        (5, 8, ""),
        (5, 58, "digit_dropped"),
        (125, 125, ""),
        (123, 321, ""),
        (0, 10, "digit_dropped"),
        (-5, 15, ""),
        (10**20, 10**19, ""),
    ],
)
def test_slips(written, right, slip):
    assert slip_between(written, right) == slip


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_slip_is_the_same_in_both_directions(one, other):
    mirrored = {"digit_added": "digit_dropped", "digit_dropped": "digit_added"}
    slip = slip_between(one, other)
    assert slip_between(other, one) == mirrored.get(slip, slip)


def test_levels_are_known_by_name():
    with pytest.raises(ValueError, match="there is no level 'thôn'"):
        nest([("thôn", "thôn A", {})])


COUNTS = st.dictionaries(st.sampled_from([RECEIVED, RESOLVED]), st.one_of(st.integers(0, 999), st.just(State.BLANK)))
COMMUNES = st.lists(
    st.builds(TableUnit, st.sampled_from(["xã A", "xã B", "xã C"]), st.just("commune"), COUNTS), max_size=4
)
DISTRICTS = st.lists(
    st.builds(TableUnit, st.sampled_from(["huyện D", "huyện E"]), st.just("district"), COUNTS, COMMUNES.map(tuple)),
    max_size=3,
)


@settings(max_examples=100)
@given(st.builds(TableUnit, st.just("tỉnh F"), st.just("province"), COUNTS, DISTRICTS.map(tuple)))
def test_every_explanation_mends_its_gap(root):
    """Put in place of the figure blamed, what was expected makes the parts add up."""
    for one in find_imbalances([root]):
        assert one.gap == one.printed - one.summed != 0
        for why in one.explanations:
            if why.unit == one.unit:
                assert (why.found, why.expected) == (one.printed, one.summed)
            elif why.cause not in {"part_left_out", "part_counted_twice", "moved_part"}:
                assert one.summed - (why.found or 0) + why.expected == one.printed
            else:
                assert abs(one.gap) == why.found
        assert one.finding().message.endswith(".")
