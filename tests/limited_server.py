"""The server under other limits than its own, given as JSON: what happens beyond a limit is tested with a small one."""

from __future__ import annotations

import json
import os
import sys

from cchc_calc.excel.server.limits import Limits
from cchc_calc.excel.server.running import ServerSettings, run_server

# The worker processes import this file, too.
if __name__ == "__main__":
    settings = ServerSettings(os.environ["CCHC_SERVER_TOKEN"], port=0, limits=Limits(**json.loads(sys.argv[1])))
    run_server(settings, lambda address: print(f"Đang phục vụ tại {address}", flush=True))  # noqa: T201
