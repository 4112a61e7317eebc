"""Requests to a running server as any stranger can send them."""

from __future__ import annotations

import http.client
import json
from urllib.parse import urlsplit

from server_client import TOKEN

from cchc_calc.version import VERSION

CALL = "/custom-functions-call"
SECONDS = 60


def connect(address):
    """Connect to a server, for as long as a test may wait."""
    place = urlsplit(address)
    return http.client.HTTPConnection(place.hostname, place.port, timeout=SECONDS)


def send(address, method, path, body=None, **headers):
    connection = connect(address)
    try:
        connection.request(method, path, body, {name.replace("_", "-"): value for name, value in headers.items()})
        response = connection.getresponse()
        return response.status, response.headers, response.read()
    finally:
        connection.close()


def post(address, body, token=TOKEN):
    status, _, answer = send(address, "POST", CALL, body, Authorization=f"Bearer {token}")
    return status, json.loads(answer)


def call_body(**changes):
    call = {"func_name": "CCHC_TYLE", "args": [[[424]], [[425]]], "version": VERSION, "runtime": "1.4"}
    return json.dumps(call | changes)
