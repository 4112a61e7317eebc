"""What a report puts into the cells of the form, and what it puts beside them."""

from decimal import Decimal

import pytest
from filled_forms import FORM, report_of

from cchc_calc.excel.sheets.form_figures import Reported, figures_of_report, stored_value
from cchc_calc.report import Entry, Report
from cchc_calc.states import State

BLANK, NONE, UNDECIDED = State.BLANK, State.NOT_ARISING, State.UNDECIDED


@pytest.mark.parametrize(
    ("address", "entry", "typed", "beside"),
    [
        ("1.1", Entry("3", "D8", 3), 3, None),
        ("7.7.5.e", Entry("786.000", "D8", Decimal(786000)), Decimal(786000), None),
        ("1.1", Entry("", "D8", BLANK), None, None),
        ("1.1", Entry("Chưa phát sinh", "D8", NONE), "Không phát sinh", None),
        # What cannot be used stays as it was written, as long as the cell does not read it as something.
        ("1.1", Entry("ba văn bản", "D8", UNDECIDED), "ba văn bản", None),
        ("1.1", Entry("12", "D8", UNDECIDED), "12", None),
        ("1.1", Entry("Không phát sinh", "D8", UNDECIDED), "KXĐ", "Không phát sinh"),
        ("1.1", Entry("", "D8", UNDECIDED), "KXĐ", None),
        ("1.6", Entry("Có = 1 Không = 0", "D8", UNDECIDED), "KXĐ", "Có = 1 Không = 0"),
        # What counts as blank leaves the cell empty.
        ("1.6", Entry("Có = 1 Không = 0", "D8", BLANK), None, "Có = 1 Không = 0"),
        ("1.1", Entry("Văn bản", "D8", BLANK), None, "Văn bản"),
        ("2.2", Entry("0", "D8"), None, "0"),
    ],
)
def test_input_cells(address, entry, typed, beside):
    figures = figures_of_report(FORM, Report("báo cáo", FORM, entries={address: entry}))
    assert figures.typed.get(address) == typed
    assert type(figures.typed.get(address)) is type(typed)
    reported = figures.reported.get(address)
    assert (None if reported is None else reported.cell) == beside
    if FORM.row(address).is_input and entry.content is not NONE:
        assert figures.used(address) == entry.content


@pytest.mark.parametrize(
    ("address", "text", "reported"),
    [
        ("3.4.3", "99,7%", Reported(Decimal("0.997"), "0.0%", Decimal("0.997"), 3)),
        ("3.4.3", "99,70%", Reported(Decimal("0.997"), "0.00%", Decimal("0.997"), 4)),
        ("3.4.3", "100%", Reported(Decimal(1), "0%", Decimal(1), 2)),
        ("3.4.3", "48", Reported(Decimal(48), "0", Decimal("0.48"), 2)),
        ("3.4.3", "0", Reported(Decimal(0), "0", Decimal(0), 2)),
        ("3.4.3", "53,7", Reported(Decimal("53.7"), "0.0", Decimal("0.537"), 3)),
        # As numbers these would be read, or look, differently from what was printed.
        ("3.4.3", "1", Reported("1", "General", Decimal("0.01"), 2)),
        ("3.4.3", "0,5", Reported("0,5", "General", Decimal("0.005"), 3)),
        ("3.4.3", "120%", Reported("120%", "General", Decimal("1.2"), 2)),
        ("3.4.3", "99,7% (446/447)", Reported("99,7% (446/447)", "General", Decimal("0.997"), 3)),
        ("3.4.3", "446/447", Reported("446/447")),
        ("3.4.3", "Không phát sinh", Reported("Không phát sinh")),
        ("3.4.3", "%", Reported("%")),
        ("2.1", "12", Reported(Decimal(12), "0", Decimal(12), 0)),
        ("2.1", "1.200", Reported(Decimal(1200), "#,##0", Decimal(1200), 0)),
        ("2.1", "012", Reported("012", "General", Decimal(12), 0)),
    ],
)
def test_computed_cells(address, text, reported):
    assert figures_of_report(FORM, report_of({address: text})).reported[address] == reported


def test_an_empty_text_is_stored_for_blank():
    assert stored_value(BLANK) == ""
    assert stored_value(UNDECIDED) == "KXĐ"
    assert isinstance(stored_value(Decimal("12.5")), float)
