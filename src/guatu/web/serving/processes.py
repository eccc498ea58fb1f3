"""Several processes at an address. One that ends is started again; one that works for too long is ended."""

from __future__ import annotations

import contextlib
import logging
import mmap
import os
import signal
import socket
import struct
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from guatu.adapters.processes import Delays, die_with
from guatu.web.serving.limits import Limits
from guatu.web.serving.server import GRACE, PageServer, where_it_stands
from guatu.web.serving.verdicts import Judge

log = logging.getLogger(__name__)
BACKLOG = 1024
LOOK = 0.1
PATIENCE = 5.0
"""Seconds in which an address becomes free whose last server was killed."""
_BEAT = struct.Struct("d")


def listen(host: str, port: int) -> socket.socket:
    """Raises `OSError` where the address is taken, also after a while."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    until = time.monotonic() + PATIENCE
    while True:
        try:
            found.bind((host, port))
            break
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(LOOK)
    found.listen(BACKLOG)
    return found


@dataclass
class Place:
    """Where one process runs: its number, when it began, when it is started (again), when it is killed."""

    pid: int = 0
    began: float = 0.0
    due: float = 0.0
    kill_at: float = float("inf")
    # A process is forked from one that has all in memory: to start it again costs next to nothing.
    delays: Delays = field(default_factory=lambda: Delays(least=0.1, most=1.0))


class Pages:
    """The parent: it holds the address and works on nothing itself. The application is loaded once, before it forks."""

    def __init__(self, application: object, judge: Judge, listener: socket.socket, limits: Limits, processes: int):
        self.limits = limits
        self._make = lambda: PageServer(application, judge, listener, limits, processes)
        self._places = [Place() for _ in range(processes)]
        self._stopping = False
        # Each process writes here since when its oldest request is worked on; shared with it, for it may be stuck.
        self._beats = mmap.mmap(-1, _BEAT.size * processes)

    def run(self) -> None:
        """Until a signal comes; then the processes finish what they work on."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._asked)
        while not self._stopping:
            self._look(time.monotonic())
            time.sleep(LOOK)
        self._end()

    def _asked(self, *_: object) -> None:
        self._stopping = True

    def _look(self, now: float) -> None:
        for number, place in enumerate(self._places):
            if place.pid and self._has_ended(place, now):
                place.due = now + place.delays.after(now - place.began)
            if not place.pid:
                if now >= place.due:
                    self._start(number, place, now)
            elif now > place.kill_at:
                _signal(place.pid, signal.SIGKILL)
            elif place.kill_at == float("inf") and now - self._beat(number) > self.limits.page_seconds:
                log.critical("Process %s works on a request for too long and is ended.", place.pid)
                place.kill_at = now + GRACE + 2
                _signal(place.pid, signal.SIGTERM)

    def _has_ended(self, place: Place, now: float) -> bool:
        ended, status = os.waitpid(place.pid, os.WNOHANG)
        if not ended:
            return False
        if not self._stopping:
            log.error("Process %s ended with %s.", place.pid, os.waitstatus_to_exitcode(status))
        place.pid, place.kill_at = 0, float("inf")
        return True

    def _beat(self, number: int) -> float:
        return float(_BEAT.unpack_from(self._beats, number * _BEAT.size)[0])

    def _start(self, number: int, place: Place, now: float) -> None:
        def beat(since: float) -> None:
            _BEAT.pack_into(self._beats, number * _BEAT.size, since)

        beat(now)
        parent = os.getpid()
        place.began, place.pid = now, os.fork()
        if place.pid == 0:
            code = 1
            try:
                _live(self._make, beat, parent)
                code = 0
            except BaseException:
                log.exception("A process of the server ends.")
            finally:
                sys.stdout.flush()
                sys.stderr.flush()
                # Threads that still work are left where they are: what they had not committed did not happen.
                os._exit(code)

    def _end(self) -> None:
        for place in self._places:
            if place.pid:
                _signal(place.pid, signal.SIGTERM)
        until = time.monotonic() + GRACE + 2
        while time.monotonic() < until and any(p.pid and not self._has_ended(p, 0) for p in self._places):
            time.sleep(LOOK)
        for place in self._places:
            if place.pid:
                _signal(place.pid, signal.SIGKILL)
                os.waitpid(place.pid, 0)


def _live(make: Callable[[], PageServer], beat: Callable[[float], None], parent: int) -> None:
    """The life of one process."""
    die_with(parent)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    server = make()

    def asked(*_: object) -> None:
        if server.overlong():
            log.critical("What its threads do:\n%s", where_it_stands())
        server.stop()

    signal.signal(signal.SIGTERM, asked)

    def beat_while_parent_lives(since: float) -> None:
        beat(since)
        if os.getppid() != parent:
            os._exit(1)

    server.run(beat_while_parent_lives)


def _signal(pid: int, number: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, number)
