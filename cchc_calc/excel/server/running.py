"""A server started: its settings judged, its port taken, its processes stopped in the end."""

from __future__ import annotations

import ipaddress
import os
import re
import socket
import ssl
from contextlib import suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Final

from cchc_calc.excel.server.errors import ServerSetupError
from cchc_calc.excel.server.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

SHORTEST_TOKEN: Final = 16

_TOKEN: Final = re.compile(r"[\x21-\x7e]+")
_ADDRESS: Final = re.compile(r"https?://(?:[A-Za-z0-9.-]+|\[[0-9a-f:]+\])(?::\d{1,5})?")
_PACKAGES: Final = ("starlette", "uvicorn", "xlwings", "xlwings_server")
_FREE_LICENCE: Final = "noncommercial"
_OPEN_CONNECTIONS: Final = 4_000
_SECONDS_TO_STOP: Final = 5


@dataclass(frozen=True, slots=True)
class ServerSettings:
    """Where a server listens, what it is called by, and who may call it.

    ``address`` is how Excel reaches the server, where that is not ``host`` and ``port``; port 0 takes a free one.
    """

    token: str
    host: str = "127.0.0.1"
    port: int = 8000
    address: str = ""
    certificate: Path | None = None
    private_key: Path | None = None
    limits: Limits = field(default_factory=Limits)

    def __post_init__(self) -> None:
        """Raise ``ServerSetupError`` for settings under which nobody should serve."""
        if len(self.token) < SHORTEST_TOKEN or not _TOKEN.fullmatch(self.token):
            msg = (
                f"mã truy cập phải có ít nhất {SHORTEST_TOKEN} ký tự, chỉ gồm chữ không dấu, chữ số và dấu, không có "
                'khoảng trắng; có thể tạo bằng lệnh: python -c "import secrets; print(secrets.token_urlsafe(24))"'
            )
            raise ServerSetupError(msg)
        if (self.certificate is None) != (self.private_key is None):
            raise ServerSetupError("cần cả hai tệp --certfile và --keyfile, hoặc không tệp nào")
        for path in (self.certificate, self.private_key):
            if path is not None and not path.is_file():
                msg = f"không có tệp “{path}”"
                raise ServerSetupError(msg)
        if self.address and not _ADDRESS.fullmatch(self.address):
            msg = f"địa chỉ “{self.address}” phải có dạng https://tên-máy hoặc https://tên-máy:cổng"
            raise ServerSetupError(msg)

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the one who starts the server should know about these settings."""
        found = []
        if not _is_loopback(self.host) and self.certificate is None:
            found.append(
                f"Máy chủ nhận kết nối từ máy khác ({self.host}) mà không mã hóa. Chỉ chạy như vậy phía sau một cổng "
                "HTTPS (reverse proxy), hoặc thêm --certfile và --keyfile."
            )
        if self.certificate is None and not self.address.startswith("https:"):
            found.append(
                "Excel chỉ nhận phần bổ trợ qua https. Hãy thêm --certfile và --keyfile, hoặc đặt --address là địa chỉ "
                "https của cổng phía trước."
            )
        return tuple(found)


def run_server(settings: ServerSettings, announce: Callable[[str], None]) -> None:
    """Serve until the process is told to stop; ``announce`` is given the address once calls are taken.

    Raises ``ServerSetupError`` where a package is missing, the port is taken by another program, or the functions
    cannot be loaded.
    """
    _require_packages()
    # Both are read when the worker processes import xlwings.
    os.environ["XLWINGS_ON_SERVER"] = "true"
    os.environ.setdefault("XLWINGS_LICENSE_KEY", _FREE_LICENCE)
    import uvicorn

    from cchc_calc.excel.server.app import make_app

    with _listen(settings.host, settings.port) as listener:
        address = settings.address or _own_address(settings, listener)
        config = uvicorn.Config(
            make_app(settings.token, address, settings.limits, ready=lambda: announce(address)),
            lifespan="on",
            # Neither who calls nor what is in a call belongs into a log; a traceback may show both.
            access_log=False,
            log_level="critical",
            server_header=False,
            proxy_headers=False,
            limit_concurrency=_OPEN_CONNECTIONS,
            timeout_graceful_shutdown=_SECONDS_TO_STOP,
            ssl_certfile=settings.certificate,
            ssl_keyfile=settings.private_key,
        )
        server = uvicorn.Server(config)
        try:
            # uvicorn exits where the application does not start; what the user is told is said below.
            with suppress(SystemExit):
                server.run(sockets=[listener])
        except ssl.SSLError:
            raise ServerSetupError("chứng thư hoặc khóa riêng không đọc được, hoặc không đi với nhau") from None
    if not server.started:
        msg = (
            "chương trình tính không khởi động được; hãy chạy cchc doctor, "
            "và nếu có đặt XLWINGS_LICENSE_KEY thì kiểm tra khóa ấy"
        )
        raise ServerSetupError(msg)


def _require_packages() -> None:
    missing = [name for name in _PACKAGES if find_spec(name) is None]
    if missing:
        msg = f'chưa cài {", ".join(missing)}; hãy chạy: pip install "cchc_calc[server]"'
        raise ServerSetupError(msg)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_OPEN_CONNECTIONS)
    except OSError as error:
        msg = f"không mở được cổng {port} của {host} ({error.strerror}); hãy chọn --port khác"
        raise ServerSetupError(msg) from None


def _own_address(settings: ServerSettings, listener: socket.socket) -> str:
    scheme = "http" if settings.certificate is None else "https"
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"{scheme}://{host}:{listener.getsockname()[1]}"


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
