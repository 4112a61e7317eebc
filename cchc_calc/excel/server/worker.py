"""What a worker process does: it holds the functions, and turns the bytes of a call into a reply.

A worker can be stopped in the middle of a call, which a thread cannot. It is started by the server with
``XLWINGS_ON_SERVER`` set, under which xlwings means its server by ``func`` and ``arg``.
"""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from cchc_calc.excel.server.replies import BROKEN_CALL, Reply, cells_reply, refusal
from cchc_calc.version import VERSION

if TYPE_CHECKING:
    from types import ModuleType

_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class _Functions:
    """The functions, the part of xlwings that calls them, and the loop its coroutines run in."""

    module: ModuleType
    server: ModuleType
    loop: asyncio.AbstractEventLoop


def describe_functions() -> dict[str, Any]:
    """Describe every function and its arguments as Excel reads it: the content of ``functions.json``."""
    functions = _functions()
    described: dict[str, Any] = functions.server.custom_functions_meta(functions.module)
    return described


def answer_call(body: bytes) -> Reply:
    """Answer a call as the client script sends it; what cannot be read or is not known is refused in words."""
    functions = _functions()
    try:
        call = json.loads(body)
        name, version = call["func_name"], call["version"]
        if version != VERSION:
            return _other_version(str(version))
        if not hasattr(getattr(functions.module, name, None), "__xlfunc__"):
            return _unknown_function(name)
        # What else a call may say (who calls, what dates look like) has no influence on a figure.
        known = {"func_name": name, "args": call["args"], "client": "Office.js", "version": version}
        asked = functions.server.custom_functions_call({**known, "runtime": call["runtime"]}, functions.module)
        return cells_reply(functions.loop.run_until_complete(asked))
    except Exception:  # noqa: BLE001 - whatever a stranger sends, the answer is a sentence
        return BROKEN_CALL


@cache
def _functions() -> _Functions:
    import xlwings.server

    from cchc_calc.excel import udf
    from cchc_calc.excel.server.sandbox import close_the_outside_world

    # A loop makes itself a socket, which has to be there before sockets are forbidden.
    functions = _Functions(udf, xlwings.server, asyncio.new_event_loop())
    close_the_outside_world()
    return functions


def _other_version(version: str) -> Reply:
    return refusal(
        409,
        f"Excel còn giữ phần bổ trợ CCHC bản {version[:_LONGEST_NAME]}, máy chủ đã là bản {VERSION}. "
        "Hãy đóng Excel rồi mở lại.",
    )


def _unknown_function(name: str) -> Reply:
    return refusal(
        404,
        f"máy chủ (bản {VERSION}) chưa có hàm {name[:_LONGEST_NAME]}. Tệp này cần bản mới hơn: "
        "hãy báo người quản trị cập nhật cchc_calc trên máy chủ.",
    )
