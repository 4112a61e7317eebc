"""Excel as the registry tells of it: installed by Click-to-Run or by a file .msi, 32 and 64 bit, with macros or not."""

from __future__ import annotations

import pytest

from cchc_calc.excel.office.windows import Excel, documents_folder, find_excel, registry_value

LM, CU, CR = "HKEY_LOCAL_MACHINE", "HKEY_CURRENT_USER", "HKEY_CLASSES_ROOT"
CLICK_TO_RUN = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
APP_PATH = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"
USER = r"SOFTWARE\Microsoft\Office\16.0\Excel\Security"
POLICY = r"SOFTWARE\Policies\Microsoft\Office\16.0\Excel\Security"
REGISTERED = {(CR, r"Excel.Application\CurVer", ""): "Excel.Application.16"}
RUN_64 = REGISTERED | {
    (LM, APP_PATH, ""): r"C:\Program Files\Microsoft Office\Root\Office16\EXCEL.EXE",
    (LM, CLICK_TO_RUN, "Platform"): "x64",
    (LM, CLICK_TO_RUN, "VersionToReport"): "16.0.17328.20184",
}
EXCEL_64 = Excel("16.0.17328.20184")


@pytest.mark.parametrize(
    ("registry", "excel"),
    [
        pytest.param({}, None, id="no Office"),
        pytest.param({(LM, CLICK_TO_RUN, "Platform"): "x64"}, None, id="Office without Excel"),
        pytest.param(RUN_64, EXCEL_64, id="Click-to-Run, 64 bit"),
        pytest.param(
            RUN_64 | {(LM, CLICK_TO_RUN, "Platform"): "x86"},
            Excel("16.0.17328.20184", bits=32),
            id="Click-to-Run, 32 bit",
        ),
        pytest.param(
            REGISTERED | {(LM, r"SOFTWARE\WOW6432Node\Microsoft\Office\16.0\Excel\InstallRoot", "Path"): "C:\\x"},
            Excel("16.0", bits=32),
            id=".msi, 32 bit on Windows of 64",
        ),
        pytest.param(
            REGISTERED | {(LM, r"SOFTWARE\Microsoft\Office\16.0\Excel\InstallRoot", "Path"): "C:\\x"},
            Excel("16.0", bits=64),
            id=".msi, 64 bit",
        ),
        pytest.param(
            {
                (CR, r"Excel.Application\CurVer", ""): "Excel.Application.14",
                (LM, r"SOFTWARE\Microsoft\Office\14.0\Outlook", "Bitness"): "x86",
                (LM, r"SOFTWARE\Microsoft\Office\14.0\Excel\InstallRoot", "Path"): "C:\\x",
            },
            Excel("14.0", bits=32),
            id="Excel 2010 with Outlook",
        ),
        pytest.param(REGISTERED, Excel("16.0", bits=0), id="bits unknown"),
        pytest.param(
            {(CU, APP_PATH, ""): r"C:\Program Files\WindowsApps\Microsoft.Office.Desktop.Excel\EXCEL.EXE"},
            Excel("16.0", bits=0, from_store=True),
            id="from the Store",
        ),
        pytest.param(RUN_64 | {(CU, USER, "VBAWarnings"): 4}, Excel("16.0.17328.20184", macros=4), id="user forbids"),
        pytest.param(
            RUN_64 | {(CU, USER, "VBAWarnings"): 1, (CU, POLICY, "VBAWarnings"): 3},
            Excel("16.0.17328.20184", macros=3, macros_by_policy=True),
            id="the policy goes before the user",
        ),
        pytest.param(
            RUN_64 | {(CU, POLICY, "blockcontentexecutionfrominternet"): 1},
            Excel("16.0.17328.20184", blocks_web_macros=True),
            id="macros from the web blocked",
        ),
        pytest.param(RUN_64 | {(CU, POLICY, "blockcontentexecutionfrominternet"): 0}, EXCEL_64, id="not blocked"),
    ],
)
def test_excel_is_found(registry, excel):
    assert find_excel(lambda *place: registry.get(place)) == excel


def test_documents_are_where_windows_says():
    key = r"SOFTWARE\Microsoft\Windows\CurrentVersion\Explorer\User Shell Folders"
    registry = {(CU, key, "Personal"): r"%USERPROFILE%\OneDrive\Documents"}
    assert documents_folder(lambda *place: registry.get(place)) == r"%USERPROFILE%\OneDrive\Documents"
    assert documents_folder(lambda *_: None) == ""


def test_the_release_is_a_number():
    assert Excel("15.0.4420.1017").release == 15


def test_a_machine_without_a_registry_has_nothing_in_it():
    assert registry_value(LM, r"SOFTWARE\No such key of cchc_calc", "") is None
