"""The top level: what it offers, how light it is to import, and what it never imports."""

import subprocess
import sys

import pytest

import cchc_calc

HEAVY = ("pandas", "numpy", "pyarrow", "openpyxl", "xlsxwriter", "xlwings", "python_calamine", "docx", "rich", "click")


@pytest.mark.parametrize("name", cchc_calc.__all__)
def test_every_name_is_there(name):
    assert getattr(cchc_calc, name) is not None


def test_submodules_never_hide_a_function():
    """Importing a submodule binds its name in the package."""
    import cchc_calc.checking
    import cchc_calc.computation

    assert callable(cchc_calc.compute)
    assert callable(cchc_calc.check)
    assert callable(cchc_calc.ratio)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no_such_thing"):
        _ = cchc_calc.no_such_thing


def test_the_version_is_that_of_the_package():
    from importlib.metadata import version

    assert cchc_calc.__version__ == version("cchc_calc")


@pytest.mark.parametrize(
    "statement",
    [
        "import cchc_calc",
        "from cchc_calc import on_time_rate, parse_figures, load_form, check, compute",
        "from cchc_calc import score_units, read_scores",
        "from cchc_calc import consolidate",
        "from cchc_calc import evaluate_objectives, read_objectives",
    ],
)
def test_the_core_imports_no_installed_package(statement):
    code = f"import sys; {statement}; print([name for name in {HEAVY!r} if name in sys.modules])"
    arguments = [sys.executable, "-c", code]
    done = subprocess.run(arguments, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
