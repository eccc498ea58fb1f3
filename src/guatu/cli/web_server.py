"""The processes of the county server: pages, background work, the hourly clock. Started together, stopped together."""

import contextlib
import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from guatu.adapters.processes import PARENT, Delays
from guatu.cli.exits import Exit, Stop
from guatu.cli.messages import Say

NEEDED = ("django", "waitress", "whitenoise", "ninja")
DJANGO = (sys.executable, "-m", "guatu.web")
HOUR = 3600.0
_PATIENCE = 20.0
_LOOK = 0.3
_AT_ONCE = 60.0
_SOON = 3.0


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


def data_folder(environment: Mapping[str, str]) -> Path:
    """Where the processes of an environment keep their data, as the settings find it."""
    return Path(environment.get("GUATU_DATA") or "var").resolve()


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
    # The processes of a server that was killed a moment ago are about to end.
    until = time.monotonic() + _SOON
    while (error := _taken(host, port)) is not None and time.monotonic() < until:
        time.sleep(_LOOK)
    if error is not None:
        raise Stop(Exit.INPUT, say("serve.port", host=host, port=port, reason=error.strerror)) from error


def _taken(host: str, port: int) -> OSError | None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            return error
    return None


def _listens(host: str, port: int) -> bool:
    with contextlib.suppress(OSError), socket.create_connection((host, port), _LOOK):
        return True
    return False


def _bind(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


class Server:
    """Pages, a worker beside them, and a tick each hour. What ends is started again; all end with this process."""

    def __init__(self, say: Say, environment: Mapping[str, str]) -> None:
        self.say = say
        self.environment = {**environment, PARENT: str(os.getpid())}
        self._stopping = False

    def run(self, host: str, port: int, workers: int) -> int:
        """Until a signal comes; the exit code. A fault where the pages cannot be started at all."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._asked)
        pages = Part(page_command(host, port, workers))
        parts = (pages, Part((*DJANGO, "work")), Part((*DJANGO, "tick"), every=HOUR))
        announced = False
        with _keeper() as group:
            try:
                while not self._stopping and not pages.hopeless:
                    for part in parts:
                        part.look(time.monotonic(), self.environment, group)
                    if not announced and (announced := _listens(host, port)):
                        # Whoever reads this opens the page at once: it is said when somebody answers.
                        print(self.say("serve.running", url=f"http://{_bind(host, port)}/"), flush=True)
                    time.sleep(_LOOK)
            finally:
                _stop([part.process for part in parts if part.process is not None])
        return Exit.OK if self._stopping else Exit.FAULT

    def _asked(self, _number: int, _frame: FrameType | None) -> None:
        self._stopping = True


@dataclass
class Part:
    """One process of the server: it runs always, or ends and is run again `every` so many seconds."""

    command: tuple[str, ...]
    every: float | None = None
    process: subprocess.Popen[bytes] | None = None
    hopeless: bool = False
    """It ended at once, by itself, when it was started for the first time."""
    _began: float = 0.0
    _due: float = 0.0
    _starts: int = 0
    _delays: Delays = field(default_factory=Delays)

    def look(self, now: float, environment: Mapping[str, str], group: int) -> None:
        """Starts it where its time has come; notes that it has ended, and when it is to be started again."""
        if self.process is not None and (code := self.process.poll()) is not None:
            self.process = None
            lived = now - self._began
            self.hopeless = self._starts == 1 and code > 0 and lived < _AT_ONCE and self.every is None
            done = self.every is not None and code == 0
            self._due = self._began + (self.every or 0) if done else now + self._delays.after(lived)
        if self.process is None and now >= self._due:
            self._began = now
            self._starts += 1
            # A group of their own: Ctrl-C reaches this process alone, which then stops the others in order.
            self.process = subprocess.Popen(
                self.command, env=dict(environment), stdin=subprocess.DEVNULL, process_group=group
            )


@contextlib.contextmanager
def _keeper() -> Iterator[int]:
    """A group of processes that is killed when this process ends, in whatever way: its keeper sees a pipe close.

    The group holds what the parts start in their turn as well.
    """
    reading, writing = os.pipe()
    program = "import os; os.read(0, 1); os.killpg(0, 9)"
    keeper = subprocess.Popen([sys.executable, "-I", "-S", "-c", program], stdin=reading, process_group=0)
    os.close(reading)
    try:
        yield keeper.pid
    finally:
        os.close(writing)
        keeper.wait()


def _stop(alive: list[subprocess.Popen[bytes]]) -> None:
    for process in alive:
        process.terminate()
    until = time.monotonic() + _PATIENCE
    for process in alive:
        try:
            process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def page_command(host: str, port: int, workers: int) -> tuple[str, ...]:
    """What answers requests, alone: for tests and measurements as well."""
    return (*DJANGO, "pages", "--host", host, "--port", str(port), "--processes", str(workers))


def manage(arguments: tuple[str, ...], environment: Mapping[str, str]) -> int:
    """One of Django's commands, in a process of its own."""
    child = {**environment, PARENT: str(os.getpid())}
    return subprocess.run((*DJANGO, *arguments), env=child, check=False).returncode


def in_county(say: Say, data: str, *arguments: str) -> int:
    """The server's own command in the data folder of a county that is there, in the language of the call."""
    check_installed(say)
    found = {**environment(data), "GUATU_LANG": say.language}
    folder = data_folder(found)
    # The settings make a folder and a secret where there are none: a mistyped folder would become an empty county.
    if not (folder / "secret").exists() and not (folder.is_dir() and found.get("GUATU_SECRET")):
        raise Stop(Exit.INPUT, say("backup.no-county", name=folder))
    return manage(arguments, found)
