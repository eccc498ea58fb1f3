"""A county server of its own for a test: the pages over a fresh data folder (SQLite), or a fresh database beside the one
that GUATU_DATABASE names (PostgreSQL)."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from guatu.cli.web_server import page_command
from tests.web.migrated import copy_to

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 90


@dataclass(frozen=True)
class Answer:
    status: int
    body: Any


@dataclass
class Live:
    """A server that can be killed and started again; `tokens` and `rows` are what `live_rows` made."""

    data: Path
    database: str
    workers: int = 2
    port: int = 0
    made: dict[str, Any] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def environment(self) -> dict[str, str]:
        found = {**os.environ, "GUATU_DATA": str(self.data), "DJANGO_SETTINGS_MODULE": "guatu.web.project.settings"}
        found.pop("GUATU_DATABASE", None)
        return {**found, "GUATU_DATABASE": self.database} if self.database else found

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def python(self, *arguments: str) -> str:
        """Runs a module in the server's environment; what it printed."""
        command = [sys.executable, "-m", *arguments]
        done = subprocess.run(command, env=self.environment, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr[-3000:]
        return done.stdout

    def start(self) -> None:
        self.port = self.port or free_port()
        command = page_command("127.0.0.1", self.port, self.workers)
        self.process = subprocess.Popen(command, env=self.environment, cwd=ROOT, start_new_session=True)
        self.wait()

    def wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                if self.call("GET", "/api/openapi.json").status == 200:
                    return
            time.sleep(0.1)
        raise AssertionError("the server did not come up")

    def pages(self) -> list[int]:
        """The processes that answer requests."""
        assert self.process is not None
        pid = self.process.pid
        return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]

    def kill_pages(self) -> None:
        for pid in self.pages():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def kill_all(self) -> None:
        """Every process of the server at once, as when the power goes."""
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill_all()

    def call(
        self,
        method: str,
        path: str,
        given: Any = None,
        *,
        token: str = "",
        key: str = "",
        raw: bytes = b"",
        kind: str = "",
    ) -> Answer:
        """One request; raises OSError where no answer came."""
        body = raw or (json.dumps(given).encode() if given is not None else None)
        request = urllib.request.Request(self.url + path, data=body, method=method)
        request.add_header("Content-Type", kind or "application/json")
        for name, value in (("Authorization", f"Bearer {token}" if token else ""), ("Idempotency-Key", key)):
            if value:
                request.add_header(name, value)
        try:
            with urllib.request.urlopen(request, timeout=60) as response:
                return Answer(response.status, _json(response.read()))
        except urllib.error.HTTPError as error:
            return Answer(error.code, _json(error.read()))
        except (ConnectionError, TimeoutError) as error:
            raise OSError(str(error)) from error
        except Exception as error:
            if type(error).__module__ == "http.client":
                raise OSError(str(error)) from error
            raise


def _json(body: bytes) -> Any:
    try:
        return json.loads(body)
    except ValueError:
        return None


def free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def own_database(name: str) -> Iterator[str]:
    """The address of a fresh PostgreSQL database on the server of GUATU_DATABASE; "" (SQLite) where none is named."""
    address = os.environ.get("GUATU_DATABASE", "")
    if not address:
        yield ""
        return
    import psycopg

    # Tests of one file may run in several workers at once.
    name = f"{name}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"
    fresh = urlunsplit(urlsplit(address)._replace(path=f"/{name}"))
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
        yield fresh
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextlib.contextmanager
def live_server(data: Path, name: str, tasks: int = 40) -> Iterator[Live]:
    """A running server with a supervision office, a token and a plan of some tasks."""
    with own_database(name) as database:
        live = Live(data, database)
        copy_to(live.data, database)
        live.made = json.loads(live.python("tests.web.live_rows", str(tasks)).splitlines()[-1])
        live.start()
        try:
            yield live
        finally:
            live.stop()
