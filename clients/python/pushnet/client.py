"""A connection to a channel that is opened again whenever it is lost."""

import asyncio
import json
import random
import re
import ssl
import time
from inspect import signature
from types import TracebackType
from typing import Any, AsyncGenerator, Callable, Dict, Literal, Optional, Type
from urllib.parse import urlsplit

import websockets
from websockets.exceptions import ConnectionClosed, InvalidHandshake, WebSocketException

from .asking import ask
from .board import Board
from .frames import Frame

State = Literal["connecting", "open", "waiting", "unauthorized", "refused", "closed"]

_WELL_FORMED_KEY = re.compile(r"[A-Za-z0-9_-]{16,128}")
_POLICY_VIOLATION = 1008
_SERVICE_RESTART = 1012
_NO_CLOSE_FRAME = 1006
_REFUSED = (400, 403, 404, 405)
_CLOSE_TIMEOUT_S = 1.0
_LONGEST_ASKED_MS = 3_600_000

# The package loads it when it is first used, which type checkers don't see.
_connect: Any = getattr(websockets, "connect")

# websockets 14 gave the argument another name.
_HEADERS = "additional_headers" if "additional_headers" in signature(_connect).parameters else "extra_headers"


class PushNetError(Exception):
    """Trying again would not help. The text is the server's sentence."""


class Unauthorized(PushNetError):
    """The key is missing, wrong, revoked or expired, or lacks the scope."""


class Refused(PushNetError):
    """The query or the address is wrong."""


class _Silent(Exception):
    """The server gave no sign of life."""


class _Connect(_connect):  # type: ignore[misc]
    """Follows no redirect: it would take the key to another server."""

    def handle_redirect(self, uri: str) -> None:
        raise InvalidHandshake(f"redirected to {uri}")

    def process_redirect(self, exc: Exception) -> Exception:
        """Does the same from websockets 14 on."""
        return exc


class PushNetClient:
    """Follows a channel::

        async with PushNetClient("ws://127.0.0.1:8080/ws/odds?prices=snapshot", key) as client:
            async for frame in client:
                if frame["type"] == "score_change":
                    print(client.board.games.get(frame["game_id"]))

    ``client.board`` is right after every frame. The client notices a dead connection, connects again with growing, random delays or
    when the server says, and raises :class:`Unauthorized` or :class:`Refused` where trying again would not help. To stop, leave the
    loop, or cancel its task.

    :param url: of a channel with its query, but without the key
    :param key: 16 to 128 characters of ``A-Z a-z 0-9 _ -``
    :param min_delay: the shortest wait before connecting again, in seconds
    :param max_delay: the longest, in seconds; a delay that the server asks for is kept, up to an hour
    :param ping_interval: after how many seconds without a frame to ask for a sign of life; a connection that stays silent for as long
        after that, or takes as long to open, is given up
    :param on_state: is called with the state and the error whenever ``state`` changes, and at every wait
    :param ssl_context: for ``wss``, in place of Python's default
    """

    def __init__(
        self,
        url: str,
        key: str,
        *,
        min_delay: float = 1.0,
        max_delay: float = 30.0,
        ping_interval: float = 10.0,
        on_state: Optional[Callable[[State, Optional[str]], None]] = None,
        ssl_context: Optional[ssl.SSLContext] = None,
    ) -> None:
        self._parts = urlsplit(url)
        #: The key to connect with. A new key is used from the next connection on.
        self.key = key
        #: What the server has sent. It keeps its content while the connection is lost.
        self.board = Board()
        #: ``open`` from the snapshot on.
        self.state: State = "closed"
        #: A sentence that says why the connection is not open.
        self.error: Optional[str] = None
        #: While waiting: when it connects again, as ``time.time()`` counts.
        self.retry_at: Optional[float] = None
        self._min_delay, self._max_delay, self._ping_interval = min_delay, max_delay, ping_interval
        self._on_state = on_state
        self._ssl = ssl_context
        self._failures = 0
        self._after_ms: Optional[float] = None
        self._frames: Optional[AsyncGenerator[Frame, None]] = None

    async def __aenter__(self) -> "PushNetClient":
        return self

    async def __aexit__(
        self, kind: Optional[Type[BaseException]], error: Optional[BaseException], trace: Optional[TracebackType]
    ) -> None:
        await self.close()

    def __aiter__(self) -> AsyncGenerator[Frame, None]:
        if self._frames is None:
            self._frames = self._follow()
        return self._frames

    async def close(self) -> None:
        """Disconnects. Another ``async for`` connects again. ``unauthorized`` and ``refused`` stay, with their ``error``."""
        if self._frames is not None:
            await self._frames.aclose()
        self._frames = None
        if self.state not in ("unauthorized", "refused"):
            self._enter("closed")

    async def _follow(self) -> AsyncGenerator[Frame, None]:
        try:
            while True:
                self._after_ms = None
                if not _WELL_FORMED_KEY.fullmatch(self.key):
                    self._enter("unauthorized", "a key is 16 to 128 characters of A-Z a-z 0-9 _ -")
                    raise Unauthorized(self.error)
                self._enter("connecting")
                socket: Any = None
                try:
                    socket = await asyncio.wait_for(self._open(), self._ping_interval)
                    while True:
                        frame: Frame = json.loads(await self._receive(socket))
                        self._take(frame)
                        yield frame
                except (asyncio.TimeoutError, _Silent):
                    if socket is not None:
                        socket.transport.abort()
                    await self._wait(self._after_ms, "the server went silent")
                except ConnectionClosed as closed:
                    await self._closed(closed)
                except (OSError, EOFError, WebSocketException):
                    await self._ask_why()
                finally:
                    if socket is not None:
                        await socket.close()
        finally:
            self._frames = None

    async def _open(self) -> Any:
        options: Dict[str, Any] = {_HEADERS: {"Authorization": f"Bearer {self.key}"}}
        if self._ssl is not None:
            options["ssl"] = self._ssl
        # A snapshot may be large. The library's own pings would hide from whoever reads slowly that the server is there.
        return await _Connect(
            self._url("ws"), max_size=None, ping_interval=None, open_timeout=None, close_timeout=_CLOSE_TIMEOUT_S, **options)

    async def _receive(self, socket: Any) -> str:
        try:
            return str(await asyncio.wait_for(socket.recv(), self._ping_interval))
        except asyncio.TimeoutError:
            await socket.send('{"type":"ping"}')
        try:
            return str(await asyncio.wait_for(socket.recv(), self._ping_interval))
        except asyncio.TimeoutError:
            raise _Silent from None

    def _take(self, frame: Frame) -> None:
        self.board.apply(frame)
        if frame["type"] == "snapshot":
            self._failures = 0
            self._enter("open")
        elif frame["type"] == "reconnect":
            self._after_ms = frame["after_ms"]

    async def _closed(self, closed: ConnectionClosed) -> None:
        code, reason = (closed.rcvd.code, closed.rcvd.reason) if closed.rcvd else (_NO_CLOSE_FRAME, "")
        if code == _POLICY_VIOLATION:
            await self._ask_why()
        else:
            lost = "the server restarts" if code == _SERVICE_RESTART else "the connection was lost"
            await self._wait(self._after_ms, reason or lost)

    async def _ask_why(self) -> None:
        """A handshake that failed has no sentence. The same address, asked over HTTP, does."""
        self._enter("connecting")
        answer = await asyncio.to_thread(ask, self._url("http"), self.key, self._ssl)
        if answer.status == 401:
            self._enter("unauthorized", answer.error)
            raise Unauthorized(answer.error)
        if answer.status in _REFUSED:
            self._enter("refused", answer.error)
            raise Refused(answer.error)
        if answer.status in (429, 503):
            await self._wait(answer.retry_after_ms, answer.error)
        else:
            # 426: nothing is against it now.
            await self._wait(None, "the connection failed" if answer.status == 426 else answer.error)

    async def _wait(self, asked_ms: Optional[float], error: str) -> None:
        delay = self._back_off() if asked_ms is None else min(asked_ms, _LONGEST_ASKED_MS) / 1_000
        self.retry_at = time.time() + delay
        self._enter("waiting", error)
        await asyncio.sleep(delay)

    def _back_off(self) -> float:
        """Random over a span that doubles with each failure, so that those who were cut off together don't come back together."""
        self._failures += 1
        longest = min(self._max_delay, self._min_delay * 2.0 ** min(self._failures, 30))
        return random.uniform(self._min_delay, max(self._min_delay, longest))

    def _enter(self, state: State, error: Optional[str] = None) -> None:
        if (state, error) == (self.state, self.error) and state != "waiting":
            return
        self.state, self.error = state, error
        if state != "waiting":
            self.retry_at = None
        if self._on_state:
            self._on_state(state, error)

    def _url(self, scheme: Literal["ws", "http"]) -> str:
        secure = "s" if self._parts.scheme in ("wss", "https") else ""
        return self._parts._replace(scheme=scheme + secure).geturl()
