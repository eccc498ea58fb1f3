"""The processes of the county server: pages, background work, the hourly clock. Started together, stopped together."""

import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from types import FrameType

from guatu.cli.exits import Exit, Stop
from guatu.cli.messages import Say

NEEDED = ("django", "gunicorn", "whitenoise", "ninja")
DJANGO = (sys.executable, "-m", "guatu.web")
HOUR = 3600.0
_PATIENCE = 20.0
_LOOK = 0.3


def check_installed(say: Say) -> None:
    """Raises `Stop` where the county server's libraries are not installed."""
    if missing := [name for name in NEEDED if importlib.util.find_spec(name) is None]:
        raise Stop(Exit.INPUT, say("web.missing", names=", ".join(missing)))


def environment(data: str, hosts: tuple[str, ...] = ()) -> dict[str, str]:
    """The environment of the processes: the data folder, and the names under which the server may be called."""
    found = {**os.environ, "PYTHONUTF8": "1"}
    if data:
        found["GUATU_DATA"] = str(Path(data).resolve())
    if hosts and "GUATU_HOSTS" not in found:
        found["GUATU_HOSTS"] = ",".join(("localhost", "127.0.0.1", "[::1]", *hosts))
    return found


def names_of(host: str) -> tuple[str, ...]:
    """Names and addresses under which a server that listens on `host` is reached."""
    if host not in ("0.0.0.0", "::"):
        return (host,) if host not in ("localhost", "127.0.0.1", "::1") else ()
    name = socket.gethostname()
    try:
        found = {str(info[4][0]) for info in socket.getaddrinfo(name, None)}
    except OSError:
        found = set()
    return (name, *sorted(f"[{one}]" if ":" in one else one for one in found))


def check_free(host: str, port: int, say: Say) -> None:
    """Raises `Stop` where the port cannot be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise Stop(Exit.INPUT, say("serve.port", host=host, port=port, reason=error.strerror)) from error


class Server:
    """Pages by gunicorn, a worker beside it, and a tick each hour. A worker that ends is started again."""

    def __init__(self, say: Say, environment: Mapping[str, str]) -> None:
        self.say = say
        self.environment = dict(environment)
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._stopping = False

    def run(self, bind: str, workers: int) -> int:
        """Until a signal comes or the pages end; the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._asked)
        pages = self._start("pages", _gunicorn(bind, workers))
        self._start("work", (*DJANGO, "work"))
        ticked = float("-inf")
        try:
            while not self._stopping and pages.poll() is None:
                if time.monotonic() - ticked >= HOUR:
                    ticked = time.monotonic()
                    self._start("tick", (*DJANGO, "tick"))
                ended = {name for name, process in self._running.items() if process.poll() is not None}
                if "work" in ended:
                    self._start("work", (*DJANGO, "work"))
                time.sleep(_LOOK)
        finally:
            self._stop()
        return Exit.OK if self._stopping else Exit.FAULT

    def _start(self, name: str, command: tuple[str, ...]) -> subprocess.Popen[bytes]:
        # A session of its own: Ctrl-C reaches this process alone, which then stops the others in order.
        self._running[name] = subprocess.Popen(command, env=self.environment, start_new_session=True)
        return self._running[name]

    def _asked(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True

    def _stop(self) -> None:
        alive = [process for process in self._running.values() if process.poll() is None]
        for process in alive:
            process.terminate()
        until = time.monotonic() + _PATIENCE
        for process in alive:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _gunicorn(bind: str, workers: int) -> tuple[str, ...]:
    options = ("--bind", bind, "--workers", str(workers), "--timeout", "120", "--graceful-timeout", "15")
    quiet = ("--log-level", "warning", "--no-control-socket") if _has_control_socket() else ("--log-level", "warning")
    return (sys.executable, "-m", "gunicorn", *options, *quiet, "guatu.web.project.wsgi")


def _has_control_socket() -> bool:
    from importlib.metadata import version

    return int(version("gunicorn").split(".")[0]) >= 25


def manage(arguments: tuple[str, ...], environment: Mapping[str, str]) -> int:
    """One of Django's commands, in a process of its own."""
    return subprocess.run((*DJANGO, *arguments), env=dict(environment), check=False).returncode
