"""The generated modules: what xlwings' generator makes now is what is committed, and what it made is what we need."""

import os
import re
import subprocess
import sys
from inspect import signature
from types import SimpleNamespace

import pytest
from com_host import call_all

from cchc_calc.excel.cell_functions import cell_functions
from cchc_calc.excel.host import FUNCTIONS_MODULE
from cchc_calc.excel.macros.sources import generated_sources, macro_sources
from cchc_calc.excel.macros.wrappers import wrapper_source

FUNCTIONS = dict(sorted(cell_functions().items()))


@pytest.fixture(scope="module")
def wrappers():
    """One wrapper a function, by its name."""
    source = macro_sources()["xlwings_udfs.bas"].replace("\r\n", "\n")
    found = re.findall(r"^(Function (\w+)\(.*?^End Function)$", source, re.DOTALL | re.MULTILINE)
    return {name: body for body, name in found}


def test_the_committed_sources_are_what_the_generators_give_now():
    committed = macro_sources()
    for name, source in generated_sources().items():
        assert committed[name] == source, name


def test_a_licence_and_a_server_change_nothing(monkeypatch):
    monkeypatch.setenv("XLWINGS_LICENSE_KEY", "noncommercial")
    monkeypatch.setenv("XLWINGS_ON_SERVER", "true")
    assert wrapper_source() == macro_sources()["xlwings_udfs.bas"]


def test_every_function_has_its_wrapper(wrappers):
    assert list(wrappers) == list(FUNCTIONS)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_wrapper_takes_the_arguments_of_its_function(wrappers, name):
    head = wrappers[name].partition("\n")[0]
    parameters = signature(FUNCTIONS[name]).parameters.values()
    shown = ", ".join(
        f"ParamArray {parameter.name}()" if parameter.kind is parameter.VAR_POSITIONAL else f"Optional {parameter.name}"
        for parameter in parameters
    )
    assert head == f"Function {name}({shown})"
    # Excel's limit for the names of the arguments of one function, with their number.
    assert len(parameters) + sum(len(parameter.name) for parameter in parameters) <= 254


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_wrapper_calls_its_function_and_says_why_it_could_not(wrappers, name):
    body = wrappers[name]
    assert f'{name} = XLPy.CallUDF("{FUNCTIONS_MODULE}", "{name}", ' in body
    assert body.endswith(f"failed:\n    {name} = CCHC_LoiHam(Err.Number, Err.Description)\nEnd Function")
    assert "= Err.Description" not in body


def test_a_call_without_any_argument_reaches_python(wrappers):
    # VBA raises an error for an array "0 to -1", which the cell would show as #VALUE!.
    (line,) = [line.strip() for line in wrappers["CCHC_TONG"].splitlines() if "ReDim" in line]
    assert line.startswith("If UBound(cac_o) >= LBound(cac_o) Then ReDim Preserve argsArray(0 to ")
    assert call_all([call("CCHC_TONG")]) == ["Lỗi: thiếu các ô cần cộng"]


def test_the_generator_leaves_this_process_alone():
    before = set(sys.modules)
    wrapper_source()
    assert not {name for name in set(sys.modules) - before if name.startswith(("win32", "pythoncom", "xlwings"))}
    assert sys.platform != "win32" or os.name == "nt"


def test_the_stand_in_refuses_a_process_that_has_xlwings_already():
    script = "import xlwings; from cchc_calc.excel.macros.pywin32_stand_in import load_windows_xlwings as load; load()"
    process = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert "RuntimeError: xlwings is loaded already" in process.stderr


def call(function, *arguments):
    return SimpleNamespace(function=function, arguments=arguments)


ONE = (((1.0,),), ((2.0,),))
COM_CASES = [
    ("one cell each", call("CCHC_TYLE", *ONE), 0.5),
    ("columns", call("CCHC_TYLE", ((1.0,), (None,)), ((2.0,), (5.0,))), [[0.5], [""]]),
    ("a row", call("CCHC_TYLE", ((1.0, 3.0),), ((2.0, 4.0),)), [[0.5, 0.75]]),
    ("an argument left out", call("CCHC_TYLE", ((1.0,),), "missing"), "Lỗi: thiếu mẫu số"),
    ("an error value", call("CCHC_TYLE", ((SimpleNamespace(name="#DIV/0!"),),), ((2.0,),)), "KXĐ"),
    ("any number of arguments", call("CCHC_TONG", ((1.0,), (2.0,)), ((None,),), ((4.0,),)), 7.0),
]


@pytest.mark.parametrize("as_ranges", [True, False], ids=["ranges", "values"])
def test_what_the_wrappers_hand_over_goes_through_xlwings_own_conversion(as_ranges):
    answers = call_all([case for _, case, _ in COM_CASES], as_ranges=as_ranges)
    assert dict(zip([name for name, *_ in COM_CASES], answers, strict=True)) == {
        name: expected for name, _, expected in COM_CASES
    }


def test_five_hundred_calls_at_once():
    answers = call_all([call("CCHC_TYLE", ((float(number),),), ((500.0,),)) for number in range(500)])
    assert answers == [number / 500 for number in range(500)]
