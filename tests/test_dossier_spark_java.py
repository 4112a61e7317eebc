"""Java, without which there is no Spark: what is said where it is missing or too old."""

from __future__ import annotations

import shutil
from types import SimpleNamespace

import pytest

from cchc_calc.dossiers import spark_refusals
from cchc_calc.dossiers.spark_refusals import check_java
from cchc_calc.errors import SourceRefusedError


@pytest.mark.parametrize(
    ("told", "said"),
    [
        ('openjdk version "11.0.2" 2019-01-15', "Java của máy là bản 11; Spark cần Java 17 trở lên."),
        ('java version "1.8.0_392"', "Java của máy là bản 8; Spark cần Java 17 trở lên."),
        (None, "máy chưa cài Java, mà Spark chạy trên Java."),
    ],
)
def test_java_must_be_there_and_new_enough(monkeypatch, told, said):
    monkeypatch.setattr(spark_refusals, "_java", lambda: told and "java")
    monkeypatch.setattr(spark_refusals.subprocess, "run", lambda *_, **__: SimpleNamespace(stderr=told))
    with pytest.raises(SourceRefusedError) as refused:
        check_java()
    assert (refused.value.code, refused.value.message) == ("F15", said)
    assert "--engine duckdb" in refused.value.remedy


def test_java_of_this_machine_is_new_enough():
    if shutil.which("java") is None:
        pytest.skip("java is not installed: nothing is counted by Spark")
    check_java()
