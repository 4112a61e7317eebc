"""The server as Excel and as strangers meet it: right answers, and refusals in words."""

from __future__ import annotations

import json
import re

import pytest
from golden_functions import MISSING, ErrorValue
from server_client import TOKEN, call_together, excel, serving
from server_requests import CALL, SECONDS, call_body, post, send

from cchc_calc.version import VERSION

pytestmark = pytest.mark.slow

RATE = ("CCHC_TYLE", (((424,),), ((425,),)))


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    with serving(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture(scope="module")
def talk(server):
    with excel(server.address) as client:
        yield client


@pytest.mark.parametrize(
    ("function", "arguments", "answer"),
    [
        ("CCHC_TYLE", (((424,),), ((425,),)), 424 / 425),
        ("CCHC_TYLE", (((0,),), ((0,),)), "Không phát sinh"),
        ("CCHC_TYLE", (((ErrorValue("#DIV/0!"),),), ((425,),)), "KXĐ"),
        ("CCHC_TYLE", (((1,), (None,)), ((2,), (2,))), [[0.5], [""]]),
        ("CCHC_TONG", (((1,),), ((2,), (None,), (3,))), 6),
        ("CCHC_XEPLOAI", (((16,),), MISSING), "xuất sắc"),
        ("CCHC_DATMUCTIEU", ((("dưới 1,5%",),), ((0.0149,),)), "Đạt"),
    ],
)
def test_a_cell_gets_its_answer(talk, function, arguments, answer):
    assert call_together(talk, [(function, arguments)]) == [answer]


def test_an_empty_text_and_an_empty_cell_are_the_same(talk):
    assert call_together(talk, [("CCHC_TYLE", ((("",),), ((425,),))), ("CCHC_TYLE", (((None,),), ((425,),)))]) == [
        "",
        "",
    ]


def test_500_calls_at_once_are_all_answered_and_each_with_its_own_answer(talk):
    calls = [("CCHC_TYLE", (((number,),), ((500,),))) for number in range(500)]
    assert call_together(talk, calls) == [number / 500 for number in range(500)]


def test_a_wrong_token_says_in_the_cell_where_to_type_the_right_one(server):
    for token in ("", "x" * 24, "mã-có-dấu"):
        with excel(server.address, token=token) as stranger:
            (answer,) = call_together(stranger, [RATE])
        assert answer.startswith("Lỗi: mã truy cập chưa nhập hoặc không đúng. Mở bảng CCHC")


def test_nothing_is_computed_without_the_token(server):
    for headers in ({}, {"Authorization": TOKEN}, {"Authorization": f"Basic {TOKEN}"}, {"authorization": "Bearer "}):
        status, _, answer = send(server.address, "POST", CALL, call_body(), **headers)
        assert (status, list(json.loads(answer))) == (401, ["error"])


@pytest.mark.parametrize(
    "body",
    [
        "",
        "not json",
        "[]",
        "null",
        "{}",
        '{"func_name": "CCHC_TYLE"}',
        call_body(func_name=["CCHC_TYLE"]),
        call_body(args=5),
        call_body(args=[[[{"type": "Error"}]]]),
        call_body(args=[[[1, 2], [3]], {"a": {}}]),
        call_body(runtime=None, args=[["\ud800"]]),
        "[" * 100_000,
        '{"func_name": "CCHC_TYLE", "version": "' + VERSION + '", "args": [[[' + "9" * 10_000 + "]]]}",
        b"\xff\xfe\x00",
    ],
)
def test_what_cannot_be_read_is_refused_in_words(server, body):
    status, answer = post(server.address, body)
    assert (status, list(answer)) in ((400, ["error"]), (200, ["result"]))
    text = answer.get("error") or answer["result"][0][0]
    assert text.startswith("Lỗi")
    assert "Traceback" not in text


@pytest.mark.parametrize("name", ["CCHC_MOI", "ARGUMENTS", "cell_function", "__builtins__", "Any", "os", ""])
def test_an_unknown_function_says_that_the_server_is_older(server, name):
    status, answer = post(server.address, call_body(func_name=name))
    assert status == 404
    assert f"máy chủ (bản {VERSION}) chưa có hàm {name}" in answer["error"]


def test_a_page_from_before_an_update_says_to_open_excel_anew(server):
    status, answer = post(server.address, call_body(version="0.0.9"))
    assert status == 409
    assert "bản 0.0.9" in answer["error"]
    assert "đóng Excel rồi mở lại" in answer["error"]


def test_too_large_a_range_says_so_in_the_cell(talk):
    (answer,) = call_together(talk, [("CCHC_TONG", ((tuple("x" * 1000 for _ in range(20_000)),),))])
    assert answer.startswith("Lỗi: vùng ô quá lớn nên máy chủ không nhận")


def test_what_is_in_the_cells_is_not_written_down(tmp_path):
    content = "Nguyễn Văn Bí Mật 987654321"
    with serving(tmp_path) as server:
        post(server.address, call_body(args=[[[content]], [[425]]]))
        post(server.address, call_body(func_name=content))
        post(server.address, content.encode())
        send(server.address, "GET", "/987654321")
        server.process.terminate()
        server.process.wait(SECONDS)
        assert "987654321" not in server.log.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["server.log"]


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/health", "application/json"),
        ("/manifest.xml", "application/xml"),
        ("/functions.json", "application/json"),
        ("/custom-functions-code.js", "text/javascript; charset=utf-8"),
        ("/task-pane.html", "text/html; charset=utf-8"),
        ("/task-pane.js", "text/javascript; charset=utf-8"),
        ("/task-pane.css", "text/css; charset=utf-8"),
        ("/icon-32.png", "image/png"),
        ("/office-js/office.js", "text/javascript; charset=utf-8"),
    ],
)
def test_every_file_of_the_add_in_is_served_with_the_headers_that_protect(server, path, kind):
    status, headers, body = send(server.address, "GET", path)
    assert (status, headers["Content-Type"]) == (200, kind)
    assert body
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "server" not in headers


def test_only_the_description_of_the_functions_is_for_other_sites(server):
    open_to_all = [
        path
        for path in ("/health", "/manifest.xml", "/functions.json", "/custom-functions-code.js", "/task-pane.html")
        if "Access-Control-Allow-Origin" in send(server.address, "GET", path, Origin="https://example.org")[1]
    ]
    assert open_to_all == ["/functions.json"]
    preflight = {"Origin": "https://example.org", "Access_Control_Request_Method": "POST"}
    status, headers, _ = send(server.address, "OPTIONS", CALL, **preflight)
    assert status == 405
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize(
    "path", ["/office-js/../config.py", "/office-js/%2e%2e/%2e%2e/office.js", "/..%2f..%2fetc/passwd"]
)
def test_no_other_file_is_served(server, path):
    assert send(server.address, "GET", path)[0] == 404


def test_the_manifest_names_only_addresses_that_are_served(server):
    _, _, body = send(server.address, "GET", "/manifest.xml")
    addresses = set(re.findall(rb'"(http[^"]+)"', body)) - set(re.findall(rb'xmlns:?\w*="([^"]+)"', body))
    paths = [address.decode().removeprefix(server.address) for address in addresses]
    assert len(paths) == 7
    assert [send(server.address, "GET", path)[0] for path in paths] == [200] * 7


def test_the_page_loads_only_what_is_served(server):
    _, _, page = send(server.address, "GET", "/task-pane.html")
    files = re.findall(rb'(?:src|href)="([^"]+)"', page)
    assert len(files) == 4
    assert [send(server.address, "GET", f"/{file.decode()}")[0] for file in files] == [200] * 4
