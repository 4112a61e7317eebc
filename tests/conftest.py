"""What all tests share: LibreOffice, the real reports, and a switch under which a skip is a failure."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from spreadsheet import find_soffice

from cchc_calc.cli import main

if TYPE_CHECKING:
    from collections.abc import Generator

# A slow machine is no defect of the code, so no example has a deadline.
settings.register_profile("dev", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


@pytest.fixture(scope="session")
def soffice() -> Path:
    """Give the program of LibreOffice, or skip the test."""
    program = find_soffice()
    if program is None:
        pytest.skip("LibreOffice is not installed: the workbooks are not recalculated by a real spreadsheet")
    return program


@pytest.fixture(scope="session")
def real_reports() -> Path:
    """Give the folder of the real reports, or skip the test."""
    folder = os.environ.get("CCHC_REAL_REPORTS")
    if not folder:
        pytest.skip("CCHC_REAL_REPORTS is not set: it names the folder of the real reports")
    if not Path(folder).is_dir():
        pytest.fail(f"CCHC_REAL_REPORTS is not a folder: {folder}")
    return Path(folder)


class SkipsAreFailures:
    """Report every skipped test and every skipped test file as failed, with the reason of the skip."""

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        # An expected failure (xfail) is reported as skipped too, but it did run.
        if report.skipped and not hasattr(report, "wasxfail"):
            _fail(report)
        return report

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(self) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        report = yield
        if report.skipped:
            _fail(report)
        return report


def _fail(report: pytest.TestReport | pytest.CollectReport) -> None:
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    report.outcome = "failed"
    report.longrepr = f"Not allowed here (CCHC_REQUIRE_ALL=1). {reason}"


def pytest_configure(config: pytest.Config) -> None:
    """Forbid skips, also those of doctests outside this folder, where CCHC_REQUIRE_ALL=1 asks for it."""
    if os.environ.get("CCHC_REQUIRE_ALL") == "1":
        config.pluginmanager.register(SkipsAreFailures())


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that need LibreOffice, so that ``-m "not libreoffice"`` leaves them out."""
    for item in items:
        if "soffice" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.libreoffice)


@pytest.fixture
def filled(tmp_path):
    """The path of a fresh copy of the template, filled from the example."""
    from filled_workbooks import filled_bytes

    path = tmp_path / "da-dien.xlsx"
    path.write_bytes(filled_bytes())
    return path


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    """The filled template, opened by openpyxl."""
    from filled_workbooks import filled_bytes, open_book

    path = tmp_path_factory.mktemp("filled") / "da-dien.xlsx"
    path.write_bytes(filled_bytes())
    return open_book(path)


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Run a command in an empty folder; give its exit code and what it printed."""
    monkeypatch.chdir(tmp_path)

    def run_command(*arguments):
        with pytest.raises(SystemExit) as exit_info:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        printed = captured.out + captured.err
        assert "Traceback" not in printed
        return exit_info.value.code, printed

    return run_command


@pytest.fixture
def refuses(run, tmp_path):
    """Hold a command to refusing: exit code 2, words that say why, and no file written or changed."""

    def refuse(arguments, said):
        before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
        code, printed = run(*arguments)
        assert code == 2
        assert said in printed
        assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before

    return refuse
