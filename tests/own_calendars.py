"""An office's own calendar, laid over the packaged one for a test."""

from contextlib import contextmanager

import pytest

from cchc_calc.calendar_vn import day_numbers, load_desk
from cchc_calc.calendar_vn.columns import _receipts_by_place
from cchc_calc.calendar_vn.data_files import OWN_FILE, own_data
from cchc_calc.calendar_vn.days_off import load_days_off

REMEMBERED = (own_data, load_days_off, day_numbers, load_desk, _receipts_by_place)


def forget():
    for function in REMEMBERED:
        function.cache_clear()


@contextmanager
def own_calendar(path):
    """Let the calendar read an office's own file while it lasts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(OWN_FILE, str(path))
        forget()
        try:
            yield
        finally:
            patch.undo()
            forget()
