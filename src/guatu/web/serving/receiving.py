"""One connection: heads and bodies are received within limits, before a thread is taken.

A body that is larger than anybody may send is not received at once: a thread asks the application how large it may be
(`Judge`: that needs the database), and only then is it read, to disk. What is refused goes to the application without
its body, which makes the page that says so (`REFUSED` in the WSGI environment).
"""

from __future__ import annotations

import contextlib
import socket
import time
from typing import Any, Protocol

from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import WSGITask

from guatu.web.serving.limits import Limits
from guatu.web.serving.verdicts import BUSY, FULL, REFUSED, SMALL, TOO_LARGE, Environment, Judge

PIECE = 64 * 1024
"""Bytes that are read at once."""


class Server(Protocol):
    """What a connection asks of the process that it belongs to (`server.PageServer`)."""

    judge: Judge

    def add_task(self, task: Any) -> None: ...
    def task_done(self) -> None: ...
    def reserve(self, request: Request, size: int, known: bool) -> str: ...


class Request(HTTPRequestParser):
    """A request while it is received."""

    expect_continue: bool

    def __init__(self, adj: Any) -> None:
        super().__init__(adj)
        self.began = self.body_began = time.monotonic()
        self.limit = SMALL
        self.judged = False
        self.known = False
        self.reserved = 0
        self.refused = ""
        self.wants_continue = False

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        self.body_began = time.monotonic()
        if self.content_length > SMALL:
            # "Go on" is said when somebody has looked at who asks.
            self.wants_continue = bool(self.expect_continue)
            self.expect_continue = False

    @property
    def size(self) -> int:
        """The size of the body as far as it is known."""
        return max(int(self.content_length), int(self.body_bytes_received))

    def refuse(self, why: str) -> None:
        """Ends it without its body."""
        self.close()
        self.body_rcv = None
        self.refused = why
        self.reserved = 0
        self.headers.pop("CONTENT_LENGTH", None)
        self.headers["CONNECTION"] = "close"
        self.completed = True


class Task(WSGITask):
    def get_environment(self) -> Environment:
        environ: Environment = super().get_environment()
        environ[REFUSED] = self.request.refused
        return environ


class Judgement:
    """What a thread does before a large body is received."""

    def __init__(self, channel: Channel) -> None:
        self.channel = channel

    def service(self) -> None:
        self.channel.judge()

    def cancel(self) -> None:
        self.channel.cancel()


class Channel(HTTPChannel):
    """A connection. The main thread reads and writes; a thread works on `requests`, one after the other."""

    task_class = Task
    parser_class = Request
    request: Request | None
    server: Server

    def __init__(self, server: Server, sock: socket.socket, addr: Any, adj: Any, map: Any = None) -> None:
        now = time.monotonic()
        self.moved = now  # bytes last went in or out
        self.rested = now  # the last answer was done, or the connection made
        self.serving_since: float | None = None
        self.judging = False
        self.refusing = False
        self.draining: float | None = None
        super().__init__(server, sock, addr, adj, map=map)

    # In the main thread.

    def readable(self) -> bool:
        return self.draining is not None or (not self.judging and bool(super().readable()))

    def handle_read(self) -> None:
        if self.draining is None:
            super().handle_read()
            return
        try:
            self.recv(PIECE)
        except OSError:
            self.handle_close()

    def received(self, data: bytes) -> bool:
        self.moved = time.monotonic()
        try:
            taken = bool(super().received(data))
        except OSError:
            self.logger.exception("A body cannot be kept.")
            self._refuse(FULL)
            return False
        request = self.request
        if request is not None and request.headers_finished and request.size > request.limit:
            if request.judged:
                self._refuse(TOO_LARGE)
            else:
                self.judging = True
                self.server.add_task(Judgement(self))
        return taken

    def handle_write(self) -> None:
        if not (self.refusing and self.close_when_flushed):
            super().handle_write()
            return
        self._flush_exception(self._flush_some)
        if self.will_close:
            self.handle_close()
        elif not self.total_outbufs_len:
            self._drain()

    def _drain(self) -> None:
        """The rest of a refused body is thrown away: closed at once, the connection would be reset under the answer."""
        self.close_when_flushed = False
        self.draining = time.monotonic()
        with contextlib.suppress(OSError):
            self.socket.shutdown(socket.SHUT_WR)

    def overdue(self, now: float, limits: Limits) -> str:
        """What has taken too long, in a word; "" where nothing has."""
        request = self.request
        if self.draining is not None:
            return "refusal" if now - self.draining > limits.linger_seconds else ""
        if self.total_outbufs_len:
            return "answer" if now - self.moved > limits.answer_seconds else ""
        if self.requests or self.judging:
            return ""
        if request is not None and request.headers_finished:
            earned = request.body_bytes_received / limits.body_rate
            slow = now - request.body_began > limits.body_seconds + earned
            return "body" if slow or now - self.moved > limits.body_seconds else ""
        # Whoever sends blank lines for ever begins no head; the time since the last answer counts all the same.
        if request is not None and now - self.rested <= limits.idle_seconds + limits.head_seconds:
            return "head" if now - request.began > limits.head_seconds else ""
        return "pause" if now - self.rested > limits.idle_seconds else ""

    @property
    def waits(self) -> bool:
        """Whether nothing is under way but, at most, a head."""
        begun = self.request is not None and self.request.headers_finished
        return not (begun or self.requests or self.judging or self.total_outbufs_len or self.will_close)

    def _refuse(self, why: str) -> None:
        request = self.request
        if request is None:
            return
        with self.requests_lock:
            request.refuse(why)
            self.request = None
            self.sent_continue = False
            self.refusing = True
            self.requests.append(request)
            first = len(self.requests) == 1
        if first:
            self.server.add_task(self)

    # In a thread.

    def judge(self) -> None:
        request = self.request
        try:
            if request is None or not self.connected:
                return
            why = self._verdict(request)
            if why:
                self._refuse(why)
            elif request.wants_continue:
                with self.requests_lock:
                    self.send_continue()
        finally:
            self.judging = False
            self.server.task_done()

    def _verdict(self, request: Request) -> str:
        """Why the body is not received; "" where it is."""
        environ = self.task_class(self, request).get_environment()
        try:
            verdict = self.server.judge(environ)
        except Exception:
            self.logger.exception("How large a body may be cannot be said.")
            return BUSY
        if request.size > verdict.limit:
            return TOO_LARGE
        wanted = int(request.content_length) or verdict.limit
        if why := self.server.reserve(request, wanted, verdict.known):
            return why
        request.limit, request.judged = verdict.limit, True
        return ""

    def service(self) -> None:
        self.serving_since = time.monotonic()
        try:
            super().service()
        finally:
            self.serving_since = None
            self.moved = self.rested = time.monotonic()
            self.server.task_done()

    def _flush_some(self, do_close: bool = True) -> bool:
        sent = bool(super()._flush_some(do_close=do_close))
        if sent:
            self.moved = time.monotonic()
        return sent
