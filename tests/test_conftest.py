"""Where CCHC_REQUIRE_ALL=1 is set, no test may pass by not running."""

from __future__ import annotations

from pathlib import Path

import pytest

pytest_plugins = ["pytester"]

SKIPPED = {
    "by itself": 'import pytest\ndef test(): pytest.skip("moon is down")',
    "by a mark": 'import pytest\n@pytest.mark.skip(reason="moon is down")\ndef test(): pass',
    "by a fixture": "def test(real_reports): pass",
    "the whole file": 'import pytest\npytest.skip("moon is down", allow_module_level=True)',
    "a missing package": 'import pytest\npytest.importorskip("moon", reason="moon is down")',
}


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    for name in ("CCHC_REAL_REPORTS", "CCHC_REQUIRE_ALL"):
        monkeypatch.delenv(name, raising=False)
    pytester.makeini("[pytest]\nmarkers = libreoffice\n")
    pytester.makeconftest(Path(__file__).with_name("conftest.py").read_text(encoding="utf-8"))
    return pytester


@pytest.mark.parametrize("code", SKIPPED.values(), ids=SKIPPED)
def test_a_skip_is_allowed_at_home(project: pytest.Pytester, code: str) -> None:
    project.makepyfile(code)
    project.runpytest_inprocess().assert_outcomes(skipped=1)


@pytest.mark.parametrize("code", SKIPPED.values(), ids=SKIPPED)
def test_a_skip_is_a_failure_where_all_is_required(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    monkeypatch.setenv("CCHC_REQUIRE_ALL", "1")
    project.makepyfile(code)
    result = project.runpytest_inprocess()
    outcomes = result.parseoutcomes()
    assert outcomes.get("failed", 0) + outcomes.get("errors", 0) == 1
    assert not outcomes.keys() & {"passed", "skipped"}
    reason = "moon is down" if "moon" in code else "CCHC_REAL_REPORTS is not set"
    result.stdout.fnmatch_lines([f"Not allowed here (CCHC_REQUIRE_ALL=1).*{reason}*"])


def test_an_expected_failure_is_no_skip(project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CCHC_REQUIRE_ALL", "1")
    project.makepyfile("import pytest\n@pytest.mark.xfail\ndef test(): assert False")
    project.runpytest_inprocess().assert_outcomes(xfailed=1)


def test_a_folder_that_does_not_exist_is_a_mistake_not_a_skip(
    project: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CCHC_REAL_REPORTS", "no-such-folder")
    project.makepyfile(SKIPPED["by a fixture"])
    project.runpytest_inprocess().assert_outcomes(errors=1)
