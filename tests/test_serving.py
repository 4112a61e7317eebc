"""The command ``cchc serve``: when it refuses to start, what it warns of, and that it serves over TLS."""

from __future__ import annotations

import os
import socket
import ssl
import urllib.request
from pathlib import Path

import pytest
import trustme
from server_client import SERVE, TOKEN, call_together, excel, serving

from cchc_calc.cli import main
from cchc_calc.excel.server.errors import ServerSetupError
from cchc_calc.excel.server.running import ServerSettings

GOOD = "x" * 16


@pytest.fixture
def certificate(tmp_path):
    """The paths of a certificate for this machine, its key, and of the authority that vouches for it."""
    authority = trustme.CA()
    issued = authority.issue_cert("localhost", "127.0.0.1")
    paths = tmp_path / "cert.pem", tmp_path / "key.pem", tmp_path / "authority.pem"
    issued.cert_chain_pems[0].write_to_path(paths[0])
    issued.private_key_pem.write_to_path(paths[1])
    authority.cert_pem.write_to_path(paths[2])
    return paths


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"token": ""}, "ít nhất 16 ký tự"),
        ({"token": "x" * 15}, "ít nhất 16 ký tự"),
        ({"token": "mã truy cập có dấu"}, "không có khoảng trắng"),
        ({"token": "x" * 16 + "\n"}, "không có khoảng trắng"),
        ({"certificate": Path(__file__)}, "cần cả hai tệp"),
        ({"private_key": Path(__file__)}, "cần cả hai tệp"),
        ({"certificate": Path("khong-co.pem"), "private_key": Path("khong-co.pem")}, "không có tệp “khong-co.pem”"),
        ({"address": "cchc.example.gov.vn"}, "phải có dạng https://"),
        ({"address": 'https://x"><script>'}, "phải có dạng https://"),
        ({"address": "javascript:alert(1)"}, "phải có dạng https://"),
    ],
)
def test_nobody_serves_like_this(settings, message):
    with pytest.raises(ServerSetupError, match=message):
        ServerSettings(**({"token": GOOD} | settings))


@pytest.mark.parametrize(
    ("settings", "warned_of"),
    [
        ({}, ["https"]),
        ({"address": "https://cchc.example.gov.vn"}, []),
        ({"host": "::1", "address": "https://cchc.example.gov.vn:8443"}, []),
        ({"host": "localhost", "address": "https://[2001:db8::1]"}, []),
        ({"host": "0.0.0.0"}, ["mã hóa", "https"]),  # noqa: S104 - it is what the warning is for
        ({"host": "10.0.0.5", "address": "https://cchc.example.gov.vn"}, ["mã hóa"]),
        ({"host": "10.0.0.5", "certificate": Path(__file__), "private_key": Path(__file__)}, []),
    ],
)
def test_what_makes_a_server_unsafe_or_useless_is_said(settings, warned_of):
    warnings = ServerSettings(GOOD, **settings).warnings
    assert len(warnings) == len(warned_of)
    assert all(words in warning for words, warning in zip(warned_of, warnings, strict=True))


@pytest.mark.parametrize(
    ("options", "token", "message"),
    [
        ([], None, "Cần có mã truy cập"),
        ([], "ngan", "ít nhất 16 ký tự"),
        (["--port", "70000"], GOOD, "--port"),
        (["--certfile", "khong-co.pem"], GOOD, "cần cả hai tệp"),
        (["--address", "cchc"], GOOD, "phải có dạng https://"),
    ],
)
def test_the_command_refuses_in_vietnamese(monkeypatch, capsys, options, token, message):
    monkeypatch.delenv("CCHC_SERVER_TOKEN", raising=False)
    if token:
        monkeypatch.setenv("CCHC_SERVER_TOKEN", token)
    with pytest.raises(SystemExit) as stopped:
        main(["serve", *options])
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err


def test_a_taken_port_is_named(monkeypatch, capsys):
    # Importing xlwings for a server must not change what it is for the other tests.
    monkeypatch.setattr(os, "environ", os.environ.copy())
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(SystemExit) as stopped:
        main(["serve", "--token", GOOD, "--port", str(taken.getsockname()[1])])
    assert stopped.value.code == 2
    assert "hãy chọn --port khác" in capsys.readouterr().err


def test_without_the_packages_of_the_server_the_command_names_what_to_install(monkeypatch, capsys):
    monkeypatch.setattr("cchc_calc.excel.server.running.find_spec", lambda name: name != "uvicorn" or None)
    with pytest.raises(SystemExit) as stopped:
        main(["serve", "--token", GOOD])
    assert stopped.value.code == 2
    assert 'chưa cài uvicorn; hãy chạy: pip install "cchc_calc[server]"' in capsys.readouterr().err


@pytest.mark.slow
def test_the_functions_are_served_over_tls(tmp_path, certificate):
    chain, key, authority = certificate
    with serving(tmp_path, "--certfile", chain, "--keyfile", key) as server:
        context = ssl.create_default_context(cafile=authority)
        with urllib.request.urlopen(f"{server.address}/manifest.xml", timeout=60, context=context) as answer:  # noqa: S310
            assert server.address.startswith("https://")
            assert answer.headers["Strict-Transport-Security"]
            assert f"{server.address}/task-pane.html".encode() in answer.read()
        with excel(server.address, NODE_EXTRA_CA_CERTS=str(authority)) as talk:
            assert call_together(talk, [("CCHC_TYLE", (((424,),), ((425,),)))]) == [424 / 425]


@pytest.mark.slow
def test_the_command_says_where_it_serves_and_under_which_licence(tmp_path):
    with serving(tmp_path, command=SERVE) as server:
        printed = server.log.read_text(encoding="utf-8")
        assert f"Tệp khai báo cho Excel: {server.address}/manifest.xml" in printed
        assert "PolyForm Noncommercial" in printed
        assert TOKEN not in printed


@pytest.mark.slow
def test_functions_that_cannot_be_loaded_are_no_reason_for_a_traceback(tmp_path, monkeypatch):
    monkeypatch.setenv("XLWINGS_LICENSE_KEY", "khong-dung")
    with pytest.raises(RuntimeError, match="the server did not start") as failed, serving(tmp_path):
        pass
    assert "chương trình tính không khởi động được" in str(failed.value)
    assert "Traceback" not in str(failed.value)


@pytest.mark.slow
def test_a_file_that_is_no_certificate_is_named(tmp_path):
    options = ("--certfile", __file__, "--keyfile", __file__)
    with pytest.raises(RuntimeError, match="chứng thư hoặc khóa riêng không đọc được"), serving(tmp_path, *options):
        pass
