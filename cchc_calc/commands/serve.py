"""The command ``cchc serve``: the functions of the cells for Excel without a Python of its own."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import click

from cchc_calc.commands.files import PATH

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ mạng để nhận kết nối.")
@click.option(
    "--port", type=click.IntRange(0, 65_535), default=8000, show_default=True, help="Cổng; 0: cổng còn trống."
)
@click.option(
    "--token",
    envvar="CCHC_SERVER_TOKEN",
    help="Mã truy cập mà mọi máy gọi phải có. Nên đặt trong biến môi trường CCHC_SERVER_TOKEN.",
)
@click.option("--address", default="", help="Địa chỉ https mà Excel dùng, nếu máy chủ đứng sau một cổng HTTPS.")
@click.option("--certfile", type=PATH, help="Chứng thư TLS (tệp .pem).")
@click.option("--keyfile", type=PATH, help="Khóa riêng của chứng thư.")
def serve(host: str, port: int, token: str | None, address: str, certfile: Path | None, keyfile: Path | None) -> int:
    """Phục vụ các hàm CCHC_* cho Excel trên web, máy Mac và Windows không có Python."""
    from cchc_calc.console import Printer
    from cchc_calc.excel.server.running import ServerSettings, run_server

    if not token:
        raise click.UsageError("Cần có mã truy cập: đặt biến môi trường CCHC_SERVER_TOKEN, hoặc dùng --token.")
    settings = ServerSettings(token, host, port, address.rstrip("/"), certfile, keyfile)
    printer = Printer()
    for warning in settings.warnings:
        printer.say(f"Chú ý: {warning}")
    printer.say(
        "xlwings Server: miễn phí cho cơ quan nhà nước và việc phi thương mại (PolyForm Noncommercial 1.0.0); "
        "mục đích khác phải mua giấy phép và đặt khóa vào XLWINGS_LICENSE_KEY."
    )

    def announce(served_at: str) -> None:
        printer.say(f"Tệp khai báo cho Excel: {served_at}/manifest.xml")
        printer.say(f"Đang phục vụ tại {served_at} (dừng: Ctrl+C)")

    with suppress(KeyboardInterrupt):
        run_server(settings, announce)
    printer.say("Đã dừng máy chủ.")
    return 0
