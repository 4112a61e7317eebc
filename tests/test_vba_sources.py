"""Modules as text files: what the editor would export, and the same module when it is read again."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vba_projects import LINES, NAMES, shipped_project

from cchc_calc.excel.vba import Module, VbaProjectError, class_module, document_module, read_project, standard_module
from cchc_calc.excel.vba.sources import module_from_text, module_text

SHIPPED = {module.name: module for module in read_project(shipped_project()).modules}
CODE = "Option Explicit\r\nSub A()\r\nEnd Sub\r\n"


def test_a_standard_module_is_its_own_file() -> None:
    module = standard_module("CCHC_Nut", CODE)
    assert module_text(module) == 'Attribute VB_Name = "CCHC_Nut"\r\n' + CODE
    assert module_from_text(module_text(module)) == module


def test_a_class_has_the_header_of_the_editor() -> None:
    dictionary = SHIPPED["Dictionary"]
    text = module_text(dictionary)
    head = text.split("\r\n")[:10]
    assert head[:9] == [
        "VERSION 1.0 CLASS",
        "BEGIN",
        "  MultiUse = -1  'True",
        "END",
        'Attribute VB_Name = "Dictionary"',
        "Attribute VB_GlobalNameSpace = False",
        "Attribute VB_Creatable = False",
        "Attribute VB_PredeclaredId = False",
        "Attribute VB_Exposed = True",
    ]
    assert head[9].startswith("Attribute VB_Description = ")
    again = module_from_text(text)
    assert again.source == dictionary.source
    # The description stands in the dir stream as well, and no file says it.
    assert again == replace(dictionary, description="")


def test_every_line_of_a_file_is_ended_as_the_editor_does() -> None:
    shipped = SHIPPED["xlwings"]
    assert "\r\n" not in shipped.source
    assert module_text(shipped) == shipped.source.replace("\n", "\r\n")


@pytest.mark.parametrize("module", [standard_module("A", CODE), class_module("B", CODE)])
def test_a_file_that_git_gave_other_line_ends(module: Module) -> None:
    assert module_from_text(module_text(module).replace("\r\n", "\n")) == module


def test_a_class_with_attributes_of_its_own_keeps_them() -> None:
    own = class_module("B", CODE)
    own = replace(own, source=own.source.replace("VB_TemplateDerived = False", "VB_TemplateDerived = True"))
    own = replace(own, source=own.source.replace("{FCFB3D2A", "{00000000"))
    assert module_from_text(module_text(own)) == own


def test_the_code_behind_a_sheet_is_written_like_a_class() -> None:
    assert module_from_text(module_text(document_module("Sheet1", "worksheet"))).kind == "class"


@pytest.mark.parametrize(
    "text",
    [
        "",
        CODE,
        'VERSION 1.0 CLASS\nBEGIN\n  MultiUse = -1  \'True\nEND\nAttribute VB_Name = "A"\n',
        "Attribute VB_Name = A\n",
    ],
)
def test_a_text_that_is_no_module(text: str) -> None:
    with pytest.raises(VbaProjectError):
        module_from_text(text)


@given(NAMES, st.lists(LINES, max_size=8), st.sampled_from([standard_module, class_module]))
def test_what_is_written_is_read(name: str, lines: list[str], make: type[Module]) -> None:
    module = make(name, "\r\n".join(lines))
    assert module_from_text(module_text(module)) == module
