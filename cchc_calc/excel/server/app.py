"""The addresses of the server and what each of them gives."""

from __future__ import annotations

import logging
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Final

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from cchc_calc.excel.server.add_in_files import (
    CALL_PATH,
    ICON_SIZES,
    add_in_file,
    client_script,
    icon,
    manifest,
    office_scripts,
)
from cchc_calc.excel.server.calls import CallDesk
from cchc_calc.excel.server.replies import BROKEN_SERVER
from cchc_calc.version import VERSION

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from starlette.requests import Request
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from cchc_calc.excel.server.limits import Limits

_LOG: Final = logging.getLogger(__name__)
_PAGE_FILES: Final = {
    "task-pane.html": "text/html",
    "task-pane.js": "text/javascript",
    "task-pane.css": "text/css",
}
_SECURITY: Final = {
    "Cache-Control": "no-store",
    # office.js writes styles into the page. Who may frame the page is Microsoft's to say: Excel for the web does.
    "Content-Security-Policy": "; ".join(
        ["script-src 'self'", "style-src 'self' 'unsafe-inline'", "object-src 'none'", "base-uri 'none'"]
    ),
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Permitted-Cross-Domain-Policies": "none",
}
_ANY_ORIGIN: Final = {"Access-Control-Allow-Origin": "*"}
"""For the description of the functions alone, which Excel for the web fetches from pages of Microsoft."""


def make_app(token: str, address: str, limits: Limits, *, ready: Callable[[], None]) -> ASGIApp:
    """Make the application that serves the functions at ``address`` to everyone who knows ``token``.

    ``ready`` is called when the functions are loaded.
    """
    desk = CallDesk(token, limits)
    served: dict[str, Response] = {}

    @asynccontextmanager
    async def start(_: Starlette) -> AsyncIterator[None]:
        description = await desk.describe()
        names = [function["id"] for function in description["functions"]]
        served["functions.json"] = JSONResponse(description, headers=_ANY_ORIGIN)
        served["custom-functions-code.js"] = Response(client_script(names), media_type="text/javascript")
        ready()
        yield

    async def health(_: Request) -> Response:
        return JSONResponse({"status": "ok", "version": VERSION})

    async def file(request: Request) -> Response:
        return served[request.url.path.removeprefix("/")]

    async def call(request: Request) -> Response:
        reply = await desk.answer(request)
        return Response(reply.body, reply.status, media_type="application/json")

    served["manifest.xml"] = Response(manifest(address), media_type="application/xml")
    served |= {name: Response(add_in_file(name), media_type=kind) for name, kind in _PAGE_FILES.items()}
    served |= {f"icon-{size}.png": Response(icon(size), media_type="image/png") for size in ICON_SIZES}
    files = [*served, "functions.json", "custom-functions-code.js"]
    routes = [
        Route("/health", health),
        Route(CALL_PATH, call, methods=["POST"]),
        *(Route(f"/{name}", file) for name in files),
        Mount("/office-js", StaticFiles(directory=office_scripts())),
    ]
    app = Starlette(routes=routes, lifespan=start, exception_handlers={Exception: _broken})
    return _Secured(app, is_encrypted=address.startswith("https:"))


async def _broken(_: Request, error: Exception) -> Response:
    _LOG.error("Lỗi phần mềm: %s", type(error).__name__)
    return Response(BROKEN_SERVER.body, BROKEN_SERVER.status, media_type="application/json")


class _Secured:
    """Adds the headers by which a browser protects its user to every answer, errors included."""

    def __init__(self, app: ASGIApp, *, is_encrypted: bool) -> None:
        self._app = app
        self._headers = _SECURITY | ({"Strict-Transport-Security": "max-age=31536000"} if is_encrypted else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_secured)
