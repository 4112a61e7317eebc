"""One call from its first byte to its reply: who asks, how much, how long, and how many others."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

from anyio import BrokenWorkerProcess, CapacityLimiter, Semaphore, fail_after, move_on_after, to_process

from cchc_calc.excel.server.replies import (
    BROKEN_WORKER,
    NO_TOKEN,
    TOO_BUSY,
    TOO_LARGE,
    TOO_LONG,
    TOO_SLOW_TO_ARRIVE,
    Reply,
)
from cchc_calc.excel.server.worker import answer_call, describe_functions

if TYPE_CHECKING:
    from typing import Any

    from starlette.requests import Request

    from cchc_calc.excel.server.limits import Limits

_SCHEME = "Bearer "
_SECONDS_TO_START = 60


class CallDesk:
    """Takes calls in, lets the worker processes compute them, and answers every one of them in time."""

    def __init__(self, token: str, limits: Limits) -> None:
        """Keep the access token and the limits; the processes start with the first call."""
        self._authorization = f"{_SCHEME}{token}".encode()
        self._limits = limits
        self._turns = Semaphore(limits.workers, max_value=limits.workers)
        self._processes = CapacityLimiter(limits.workers)
        self._held_bytes = 0
        self._calls = 0

    async def describe(self) -> dict[str, Any]:
        """Start the first worker and let it describe the functions."""
        with fail_after(_SECONDS_TO_START):
            return await to_process.run_sync(describe_functions, cancellable=True, limiter=self._processes)

    async def answer(self, request: Request) -> Reply:
        """Answer a call, whatever is wrong with it; nothing is read before the token is known to be right."""
        given = request.headers.get("authorization", "").encode()
        if not hmac.compare_digest(given, self._authorization):
            return NO_TOKEN
        if self._calls >= self._limits.calls:
            return TOO_BUSY
        self._calls += 1
        body = bytearray()
        try:
            refused = await self._take_in(request, body)
            return refused or await self._compute(bytes(body))
        finally:
            self._calls -= 1
            self._held_bytes -= len(body)

    async def _take_in(self, request: Request, body: bytearray) -> Reply | None:
        """Read the call into ``body``, counting; what is announced is not believed."""
        with move_on_after(self._limits.arrival_seconds):
            async for chunk in request.stream():
                if len(body) + len(chunk) > self._limits.call_bytes:
                    return TOO_LARGE
                if self._held_bytes + len(chunk) > self._limits.held_bytes:
                    return TOO_BUSY
                body += chunk
                self._held_bytes += len(chunk)
            return None
        return TOO_SLOW_TO_ARRIVE

    async def _compute(self, body: bytes) -> Reply:
        with move_on_after(self._limits.waiting_seconds) as waiting:
            await self._turns.acquire()
        if waiting.cancelled_caught:
            return TOO_BUSY
        try:
            with fail_after(self._limits.computing_seconds):
                return await to_process.run_sync(answer_call, body, cancellable=True, limiter=self._processes)
        except TimeoutError:
            return TOO_LONG
        # The second is what anyio lets through where a worker dies while it starts.
        except (BrokenWorkerProcess, ProcessLookupError):
            return BROKEN_WORKER
        finally:
            self._turns.release()
