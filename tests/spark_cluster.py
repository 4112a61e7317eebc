"""A cluster of Spark on this machine, for the tests: a master and a worker on loopback, stopped with the block."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pyspark

BIN = Path(pyspark.__file__).parent / "bin"
_ADDRESS = re.compile(r"Starting Spark master at (spark://\S+)")
_JOINED = re.compile(r"Successfully registered with master")
_PATIENCE = 120


@contextmanager
def cluster(folder):
    """Start a cluster of two cores and give its address; what it writes is in the folder."""
    with ExitStack() as started:
        master = ("master.Master", "--host", "127.0.0.1", "--port", "0", "--webui-port", "0")
        address = started.enter_context(_started(folder, master, _ADDRESS))
        worker = ("worker.Worker", "--host", "127.0.0.1", "--webui-port", "0", "--cores", "2", "--memory", "1g")
        started.enter_context(_started(folder, (*worker, "--work-dir", str(folder / "work"), address), _JOINED))
        yield address


def submit(master, arguments, *options):
    """Run the command by the spark-submit that pyspark brings, and give the finished process."""
    from cchc_calc import __main__ as program

    python = ("--conf", f"spark.pyspark.driver.python={sys.executable}")
    command = [BIN / "spark-submit", "--master", master, *python, *options, program.__file__, *map(str, arguments)]
    return subprocess.run(command, env=_environment(), capture_output=True, encoding="utf-8", timeout=600, check=False)


@contextmanager
def _started(folder, arguments, announced):
    """Run a part of the cluster until the block ends; give what it announces of itself once it is there."""
    log = folder / f"{arguments[0]}.log"
    name, *others = arguments
    with log.open("wb") as stream:
        command = [BIN / "spark-class", f"org.apache.spark.deploy.{name}", *others]
        process = subprocess.Popen(command, env=_environment(), stdout=stream, stderr=stream, cwd=folder)
        try:
            yield _announced(process, log, announced)
        finally:
            process.terminate()
            process.wait(timeout=60)


def _announced(process, log, announced):
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until and process.poll() is None:
        found = announced.search(log.read_text("utf-8"))
        if found:
            return found[found.re.groups]
        time.sleep(0.2)
    raise AssertionError(log.read_text("utf-8"))


def _environment():
    # Nothing of the cluster listens to another machine; its second way in is of no use here.
    local = {"SPARK_LOCAL_IP": "127.0.0.1", "SPARK_MASTER_OPTS": "-Dspark.master.rest.enabled=false"}
    return {**os.environ, **local}
