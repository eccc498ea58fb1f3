"""The caller's side: from any thread of a server, a worker of background jobs, or the command line."""

import atexit
import contextlib
import logging
import mmap
import os
import select
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import TypeVar

import msgspec

from guatu.adapters.bounded.limits import MEGABYTE, Limits
from guatu.adapters.bounded.problems import OutOfBounds
from guatu.adapters.bounded.wire import Ended, Request, packed, types_of

P = TypeVar("P")
R = TypeVar("R")
Alive = Callable[[], None]

log = logging.getLogger(__name__)
AT_ONCE = 2
"""Pieces of work that one process has done at a time; together they may take so many times the memory of one."""
TURN_SECONDS = 15.0
"""So long a piece of work waits for its turn, and never longer than it may take."""
ALIVE_SECONDS = 10.0
"""Between two calls of `alive`: a job renews its lease with it."""
_LATE = 30.0
"""Seconds beyond the limit after which the keeper is taken for dead."""
_PASSED = ("PATH", "TZ", "LD_LIBRARY_PATH", "VIRTUAL_ENV", "TMPDIR", "GUATU_CONVERT_WITHOUT_ISOLATION")
"""All of the environment that a zygote gets: no address of a database, no secret."""
_SETTLED = {"LANG": "C.UTF-8", "PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


class Zygote:
    """The process that is forked, started when it is first needed and again where it has ended."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def send(self, message: bytes, fds: list[int]) -> None:
        with self._lock:
            for attempt in (1, 2):
                try:
                    socket.send_fds(self._running(), [message], fds)
                    return
                except OSError:
                    self._stop()
                    if attempt == 2:
                        raise

    def close(self) -> None:
        with self._lock:
            self._stop()

    def forget(self) -> None:
        """In a child of this process: the zygote is the parent's."""
        self._lock = threading.Lock()
        if self._process is not None:
            self._process.returncode = 0
        if self._control is not None:
            self._control.close()
        self._process = self._control = None

    def _running(self) -> socket.socket:
        if self._control is None or self._process is None or self._process.poll() is not None:
            self._stop()
            self._control, other = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
            with other:
                command = [sys.executable, "-m", "guatu.adapters.bounded.zygote", str(other.fileno())]
                self._process = subprocess.Popen(
                    command,
                    pass_fds=[other.fileno()],
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    env=_environment(),
                    start_new_session=True,
                )
        return self._control

    def _stop(self) -> None:
        if self._control is not None:
            self._control.close()
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(1)
            if self._process.poll() is None:
                self._process.kill()
                self._process.wait()
        self._process = self._control = None


def _environment() -> dict[str, str]:
    path = os.pathsep.join(os.path.abspath(part) for part in sys.path)  # noqa: PTH100 - "" is the current folder
    return {name: os.environ[name] for name in _PASSED if name in os.environ} | _SETTLED | {"PYTHONPATH": path}


_zygote = Zygote()
_places = threading.BoundedSemaphore(AT_ONCE)
_told: set[str] = set()
atexit.register(_zygote.close)


def _in_child() -> None:
    global _places
    _zygote.forget()
    _places = threading.BoundedSemaphore(AT_ONCE)


def is_bounded() -> bool:
    """Whether this system can hold work to limits."""
    return sys.platform.startswith("linux")


if is_bounded():
    os.register_at_fork(after_in_child=_in_child)


def run(work: Callable[[bytes, P], R], data: bytes, params: P, limits: Limits, alive: Alive | None = None) -> R:
    """What `work(data, params)` returns, done in a child process within limits.

    `work` is a function of a module whose parameters and result have types that msgspec knows. `alive` is called from
    time to time while the work goes on. On other systems than Linux the work is done here, and a warning says so once.

    Raises:
        OutOfBounds: a limit was passed, or the work broke down.
    """
    if not is_bounded():
        _tell_unbounded()
        return work(data, params)
    turn = TURN_SECONDS if limits.wall is None else min(TURN_SECONDS, limits.wall)
    if not _places.acquire(timeout=turn):
        raise OutOfBounds("busy", turn)
    try:
        return _run(work, data, params, limits, alive or (lambda: None))
    finally:
        _places.release()


def _run(work: Callable[[bytes, P], R], data: bytes, params: P, limits: Limits, alive: Alive) -> R:
    request = Request(work.__module__, work.__qualname__, limits)
    mine, keepers = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    source, result = os.memfd_create("guatu-source"), os.memfd_create("guatu-result")
    try:
        with keepers, os.fdopen(source, "wb", closefd=False) as file:
            for part in packed(msgspec.msgpack.encode(params), data):
                file.write(part)
            file.flush()
            _zygote.send(msgspec.msgpack.encode(request), [keepers.fileno(), source, result])
        with mine:
            _check(_wait(mine, limits, alive), request)
        found: R = msgspec.msgpack.decode(_content(result, limits), type=types_of(work)[1])
        return found
    except msgspec.DecodeError as error:
        raise OutOfBounds("crash", "data", str(error)) from error
    finally:
        os.close(source)
        os.close(result)


def _wait(keeper: socket.socket, limits: Limits, alive: Alive) -> Ended:
    """How the work ended. The keeper holds to the limits; where it is gone itself, this does."""
    until = float("inf") if limits.wall is None else time.monotonic() + limits.wall + _LATE
    while (left := until - time.monotonic()) > 0:
        ready, _, _ = select.select([keeper], [], [], min(left, ALIVE_SECONDS))
        if ready:
            message = keeper.recv(1 << 16)
            return msgspec.msgpack.decode(message, type=Ended) if message else Ended("crash", "no answer")
        alive()
    return Ended("time")


def _check(ended: Ended, request: Request) -> None:
    if ended.end == "done":
        return
    log.info("%s.%s ended by %s %s", request.module, request.function, ended.end, ended.detail)
    if ended.end == "crash":
        raise OutOfBounds("crash", ended.detail.strip().rpartition("\n")[2].partition(":")[0][:40], ended.detail)
    limits = request.limits
    of = {"time": limits.cpu, "memory": limits.megabytes, "output": limits.output // MEGABYTE}
    raise OutOfBounds(ended.end, of[ended.end])


def _content(result: int, limits: Limits) -> memoryview | mmap.mmap:
    size = os.fstat(result).st_size
    if not 0 < size <= limits.output:
        raise OutOfBounds("crash", "data")
    return mmap.mmap(result, size, access=mmap.ACCESS_READ)


def _tell_unbounded() -> None:
    if not _told:
        _told.add("unbounded")
        log.warning(
            "这个系统不能限制读取文件的时间和内存，只读取可信的文件。 / "
            "This system cannot limit the time and memory that reading a file takes; read only files that you trust."
        )
