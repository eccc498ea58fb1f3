"""The process that watches one worker and everything that it starts, and cleans up behind it."""

import contextlib
import os
import resource
import select
import shutil
import signal
import socket
import tempfile
import time
from typing import Literal

import msgspec

from guatu.adapters.bounded.limits import Limits
from guatu.adapters.bounded.tree import adopt_orphans, below, end_all, usage
from guatu.adapters.bounded.wire import Ended, Request
from guatu.adapters.bounded.worker import DONE, MEMORY, OUTPUT, work

_LOOK = 0.02
"""Seconds between two looks at memory and time: a process fills some 40 MB in it."""


def keep(request: Request, caller: socket.socket, source: int, result: int) -> None:
    """Has the work done and tells the caller how it ended; silently ends it where the caller is gone."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    adopt_orphans()
    folder = tempfile.mkdtemp(prefix="guatu-")
    try:
        ended = _watched(request, caller, source, result, folder)
    finally:
        end_all()
        shutil.rmtree(folder, ignore_errors=True)
    if ended is not None:
        with contextlib.suppress(OSError):
            caller.send(msgspec.msgpack.encode(ended))


def _watched(request: Request, caller: socket.socket, source: int, result: int, folder: str) -> Ended | None:
    # The worker alone holds the writing end: its end is seen at once, without a look at the clock.
    alive, held = os.pipe()
    begun = time.monotonic()
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            os.close(alive)
            caller.close()
            os.environ["TMPDIR"] = folder
            code = work(request, source, result)
        finally:
            os._exit(code)
    os.close(held)
    while True:
        ready, _, _ = select.select([alive, caller.fileno()], [], [], _LOOK)
        if caller.fileno() in ready:
            return None
        if alive in ready:
            _, status = os.waitpid(pid, 0)
            ended = _ended(os.waitstatus_to_exitcode(status), result)
            return Ended("time") if ended.end == "crash" and _spent(request.limits) else ended
        if end := _passed(request.limits, begun):
            return Ended(end)


def _passed(limits: Limits, begun: float) -> Literal["time", "memory"] | None:
    """The limit that the processes below have passed."""
    cpu, megabytes = usage(below(os.getpid()))
    if limits.megabytes is not None and megabytes > limits.megabytes:
        return "memory"
    long = limits.wall is not None and time.monotonic() - begun > limits.wall
    return "time" if long or (limits.cpu is not None and cpu > limits.cpu) else None


def _spent(limits: Limits) -> bool:
    """Whether what has ended below took more time than it may: what the system stops at its limit ends like a crash."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return limits.cpu is not None and used.ru_utime + used.ru_stime > limits.cpu


def _ended(code: int, result: int) -> Ended:
    if code == DONE:
        return Ended("done")
    if code == MEMORY:
        return Ended("memory")
    if code == OUTPUT:
        return Ended("output")
    if code == -signal.SIGXCPU:
        return Ended("time")
    if code < 0:
        return Ended("crash", signal.Signals(-code).name)
    return Ended("crash", os.pread(result, 2000, 0).decode("utf-8", "replace") or f"exit {code}")
