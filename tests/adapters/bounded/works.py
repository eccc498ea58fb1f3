"""Pieces of work for the tests: each misbehaves in its own way. They run in the child, which finds them by this module's name."""

import ctypes
import os
import signal
import socket
import subprocess
import tempfile
import threading
import time
from pathlib import Path

import msgspec


class Seen(msgspec.Struct, frozen=True):
    """What a process can see of the world around it."""

    environment: list[str]
    folder: str
    network: bool
    threads: int
    core: int


def count(data: bytes, times: int) -> int:
    return len(data) * times


def look(_data: bytes, host: str) -> Seen:
    import resource

    try:
        socket.create_connection((host, 9), timeout=1).close()
        network = True
    except PermissionError:
        network = False
    except OSError:  # it got as far as asking
        network = True
    core = resource.getrlimit(resource.RLIMIT_CORE)[0]
    return Seen(sorted(os.environ), tempfile.gettempdir(), network, threading.active_count(), core)


def spin(_data: bytes, _params: None) -> None:
    while True:
        pass


def sleep(_data: bytes, _params: None) -> None:
    time.sleep(600)


def fill(_data: bytes, megabytes: int) -> None:
    kept = []
    for _ in range(megabytes):
        kept.append(bytearray(b"x") * (1 << 20))
        time.sleep(0.002)


def demand(_data: bytes, megabytes: int) -> int:
    return len(bytes(megabytes << 20))


def write(_data: bytes, megabytes: int) -> bytes:
    return b"x" * (megabytes << 20)


def die(_data: bytes, number: int) -> None:
    os.kill(os.getpid(), number)


def fail(_data: bytes, word: str) -> None:
    raise RuntimeError(word)


def lie(_data: bytes, _params: None) -> int:
    return "not a number"  # type: ignore[return-value]


def litter(_data: bytes, folder: str) -> None:
    """Leaves files in its temporary folder and a family that tries to outlive it, and hangs."""
    Path(tempfile.mkdtemp(), "left").write_bytes(b"x")
    child = subprocess.Popen(["sleep", "600"], start_new_session=True)
    orphan = subprocess.run(["sh", "-c", "setsid sleep 600 >/dev/null 2>&1 & echo $!"], capture_output=True, check=True)
    Path(folder, "pids").write_text(
        f"{os.getpid()} {child.pid} {orphan.stdout.decode().strip()} {tempfile.gettempdir()}"
    )
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    time.sleep(600)


def crash(_data: bytes, _params: None) -> None:
    ctypes.string_at(0)
