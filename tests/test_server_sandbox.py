"""What the process that computes cells is kept from, tried in a process of its own: it cannot be taken back."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

CLOSED = """
import socket, subprocess, os, sys, shutil, urllib.request, pathlib, ctypes
from cchc_calc.excel.server.sandbox import close_the_outside_world
open_socket = socket.socket()
close_the_outside_world()
try:
    {code}
except PermissionError:
    print("refused", end="")
else:
    print("allowed", end="")
"""


def tried(code, folder):
    done = subprocess.run(
        [sys.executable, "-c", CLOSED.format(code=code)],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return done.stdout or done.stderr


@pytest.mark.parametrize(
    "code",
    [
        "open('so-lieu.txt').read()",
        "open(b'so-lieu.txt', 'rb')",
        "open('moi.txt', 'w')",
        "os.open('so-lieu.txt', os.O_RDWR)",
        "open(os.__file__, 'a')",
        "open('/etc/hostname')",
        "open(os.path.dirname(os.__file__) + '/..' * 9 + '/etc/hostname')",
        "os.listdir('.')",
        "list(os.scandir('/'))",
        "os.remove('so-lieu.txt')",
        "os.rename('so-lieu.txt', 'khac.txt')",
        "os.mkdir('moi')",
        "shutil.rmtree('.')",
        "os.system('true')",
        "subprocess.run(['true'])",
        "os.fork()",
        "os.kill(os.getppid(), 0)",
        "socket.socket()",
        "open_socket.connect(('127.0.0.1', 9))",
        "socket.getaddrinfo('example.org', 80)",
        "urllib.request.urlopen('http://127.0.0.1:9')",
    ],
)
def test_a_function_led_astray_is_refused(tmp_path, code):
    (tmp_path / "so-lieu.txt").write_text("42", encoding="utf-8")
    assert tried(code, tmp_path) == "refused"
    assert [path.name for path in tmp_path.iterdir()] == ["so-lieu.txt"]


@pytest.mark.parametrize(
    "code",
    [
        "import wave, sqlite3, xlwings",
        "from cchc_calc.form_files import load_form; load_form('thong-ke-cchc', '2023')",
        "from cchc_calc.excel.udf import CCHC_TUKIEMTRA; assert CCHC_TUKIEMTRA().startswith('Đạt')",
    ],
)
def test_what_the_functions_are_made_of_may_be_read(tmp_path, code):
    assert tried(code, tmp_path) == "allowed"


def test_the_process_that_computes_cells_is_closed(tmp_path):
    code = "from cchc_calc.excel.server.worker import describe_functions; describe_functions(); open('so-lieu.txt')"
    environment = os.environ | {"XLWINGS_ON_SERVER": "true", "XLWINGS_LICENSE_KEY": "noncommercial"}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.stderr.endswith("PermissionError: open\n")
