"""One process of the server: a loop that receives and sends for all connections, and threads that work on requests."""

from __future__ import annotations

import logging
import resource
import shutil
import socket
import sys
import tempfile
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from typing import Any

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher

from guatu.web.serving.limits import Limits
from guatu.web.serving.receiving import PIECE, Channel, Request
from guatu.web.serving.verdicts import BUSY, FULL, SMALL, Judge

LOOK = 0.5
"""Seconds after which the loop looks at time limits though nothing happens."""
GRACE = 15.0
"""Seconds in which a process that is to end finishes what it works on."""
LARGEST_HEAD = 64 * 1024
SPARE = 128 * 2**20
"""Bytes of the disk that no upload takes: the database goes on writing."""
_FILES_BESIDE = 200


class PageServer(TcpWSGIServer):
    """A connection is taken only while a thread is free: of several processes the one with time takes it."""

    channel_class = Channel

    def __init__(self, application: Any, judge: Judge, listener: socket.socket, limits: Limits, processes: int = 1):
        self.judge = judge
        self.limits = limits
        self.spool = limits.spool_mb * 2**20 // processes
        self.connections = min(limits.connections, _most_files() - _FILES_BESIDE)
        self._tasks = 0
        self._lock = threading.Lock()
        self._stop_at: float | None = None
        self._look_at = 0.0
        dispatcher = ThreadedTaskDispatcher()
        # That somebody waits for a moment is no news.
        dispatcher.queue_logger.setLevel(logging.ERROR)
        dispatcher.set_thread_count(limits.threads)
        where = (listener.family, listener.type, listener.proto, listener.getsockname())
        super().__init__(
            application, {}, True, listener, dispatcher=dispatcher, adj=_adjusted(), sockinfo=where, bind_socket=False
        )

    def run(self, beat: Callable[[float], None] = lambda _: None) -> None:
        """Until `stop`. `beat` is told, at least each second, since when the oldest request is worked on (or now)."""
        while True:
            wasyncore.poll2(LOOK, self._map)
            now = time.monotonic()
            beat(min(self._serving(), default=now))
            if now >= self._look_at:
                self._look_at = now + LOOK
                self._close_overdue(now)
            if self._stop_at is not None and (now > self._stop_at or not self._busy()):
                return

    def stop(self) -> None:
        """No more connections; what is worked on is finished, and sent, within `GRACE` seconds."""
        self._stop_at = time.monotonic() + GRACE
        self.pull_trigger()

    def overlong(self) -> bool:
        """Whether a request is worked on for longer than it may be."""
        now = time.monotonic()
        return now - min(self._serving(), default=now) > self.limits.page_seconds

    # Called by the loop and by connections.

    def readable(self) -> bool:
        if self._stop_at is not None or self._tasks >= self.limits.threads:
            return False
        if len(self.active_channels) < self.connections:
            return True
        waiting = [channel for channel in self._channels() if channel.waits]
        if waiting:
            min(waiting, key=lambda channel: channel.rested).will_close = True
        return False

    def add_task(self, task: Any) -> None:
        with self._lock:
            self._tasks += 1
        super().add_task(task)

    def task_done(self) -> None:
        with self._lock:
            self._tasks -= 1
        # The loop may take a connection again.
        self.pull_trigger()

    def reserve(self, request: Request, size: int, known: bool) -> str:
        """Why a body of this size is not received now; "" where it is. Their sum is bounded by what they announce."""
        # One at a time: of two threads that look at once, each would find the room that is there for one.
        with self._lock:
            if why := self._no_room(size, known):
                return why
            request.known, request.reserved = known, size
            return ""

    def _no_room(self, size: int, known: bool) -> str:
        reserved = [
            (request.reserved, request.known)
            for channel in self._channels()
            for request in (channel.request, *channel.requests)
            if request is not None
        ]
        taken = sum(bytes_ for bytes_, _ in reserved)
        strangers = sum(bytes_ for bytes_, of_known in reserved if not of_known)
        if taken + size > self.spool or (not known and strangers + size > self.spool // 2):
            return BUSY
        # It is written twice: as it comes, and where it stays.
        return FULL if shutil.disk_usage(tempfile.gettempdir()).free < 2 * size + SPARE else ""

    def _channels(self) -> list[Channel]:
        return list(self.active_channels.values())

    def _serving(self) -> Iterator[float]:
        return (since for channel in self._channels() if (since := channel.serving_since) is not None)

    def _busy(self) -> bool:
        return self._tasks > 0 or any(channel.total_outbufs_len for channel in self._channels())

    def _close_overdue(self, now: float) -> None:
        for channel in self._channels():
            if what := channel.overdue(now, self.limits):
                self.logger.info("Closed: %s of %s took too long.", what, channel.addr)
                channel.will_close = True


def _adjusted() -> Adjustments:
    """Waitress without limits of its own where ours hold."""
    return Adjustments(
        ident=None,
        recv_bytes=PIECE,
        inbuf_overflow=SMALL + 1,
        outbuf_overflow=256 * 1024,
        # An answer goes to disk and its thread is free, however slowly it is fetched.
        outbuf_high_watermark=256 * 2**20,
        max_request_header_size=LARGEST_HEAD,
        max_request_body_size=sys.maxsize,
        channel_timeout=2**31,
        connection_limit=2**31,
        # The middleware that counts proxies (GUATU_PROXIES) looks at them.
        clear_untrusted_proxy_headers=False,
    )


def _most_files() -> int:
    """Files that the process may have open; as many as the system allows."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < hard:
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard if hard > 0 else sys.maxsize


def where_it_stands() -> str:
    """What all threads are doing, for the log."""
    return "".join("".join(traceback.format_stack(frame)) for frame in sys._current_frames().values())
