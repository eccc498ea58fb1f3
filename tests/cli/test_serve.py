"""guatu serve and guatu manage: plain messages, a server that runs and stops in order."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from email.utils import parsedate_to_datetime
from importlib.util import find_spec
from pathlib import Path

import pytest

from guatu.cli import web_server
from guatu.cli.exits import Exit
from tests.clock.sitecustomize import SHIFT
from tests.web.migrated import copy_to

needs_web = pytest.mark.skipif(
    any(find_spec(name) is None for name in web_server.NEEDED),
    reason="the web extra is not installed · 没有安装 web 组件",
)


CLEAN = {key: value for key, value in os.environ.items() if key not in ("GUATU_DATABASE", "GUATU_DATA")}
PATIENCE = 300.0


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.parametrize("command", [["serve"], ["manage", "check"]])
def test_without_the_web_extra_a_plain_message_says_what_to_install(call, monkeypatch, command):
    monkeypatch.setattr(web_server, "NEEDED", ("no_such_library",))
    called = call(*command)
    assert called.code == Exit.INPUT
    assert called.err == "错误：网站需要的组件没有安装：no_such_library。请运行 pip install 'guatu[web]'。\n"


@needs_web
def test_a_port_that_is_taken_is_named(call):
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        called = call("serve", "--port", str(port))
    assert called.code == Exit.INPUT
    assert f"127.0.0.1:{port}" in called.err and "--port" in called.err


def test_a_server_for_all_addresses_may_be_called_by_the_names_of_its_machine():
    assert socket.gethostname() in web_server.names_of("0.0.0.0")
    assert web_server.names_of("127.0.0.1") == ()
    assert web_server.environment("", ("10.0.0.7",)).get("GUATU_HOSTS", "").endswith("10.0.0.7")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose database is made, for that takes the longest."""
    folder = tmp_path_factory.mktemp("served")
    copy_to(folder, "")
    return folder


def _is_announced(server: "subprocess.Popen[str]", port: int) -> bool:
    """Reads what the server says until it says its address; the clock may speak first."""
    assert server.stdout is not None
    return any(f"http://127.0.0.1:{port}/" in line for line in server.stdout)


@pytest.fixture
def serve(data: Path):
    """Starts `guatu serve` at a port, with one process for pages; what still runs in the end is ended."""
    started: list[subprocess.Popen[str]] = []

    def start(port: int) -> "subprocess.Popen[str]":
        options = ("--port", str(port), "--workers", "1", "--data", str(data))
        command = [sys.executable, "-m", "guatu.cli.main", "serve", *options]
        started.append(subprocess.Popen(command, env=CLEAN, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True))
        assert _answer(f"http://127.0.0.1:{port}/accounts/login/", started[-1]) == 200
        return started[-1]

    yield start
    for server in started:
        server.kill()
        server.communicate(timeout=60)


@needs_web
@pytest.mark.slow
def test_the_server_answers_and_a_signal_stops_all_of_its_processes(serve):
    port = _free_port()
    server = serve(port)
    assert _is_announced(server, port)
    children = _children(server.pid)
    assert len(children) >= 2
    moved = [pid for pid in children if SHIFT in Path(f"/proc/{pid}/environ").read_text(errors="replace")]
    assert moved == children, "each of its processes lives at the tests' time"
    server.send_signal(signal.SIGTERM)
    _out, err = server.communicate(timeout=60)
    assert server.returncode == Exit.OK, err
    assert [pid for pid in children if _alive(pid)] == []


@needs_web
@pytest.mark.slow
def test_whoever_reads_that_it_runs_is_answered(data: Path):
    port = _free_port()
    options = ("--port", str(port), "--workers", "1", "--data", str(data))
    command = [sys.executable, "-m", "guatu.cli.main", "serve", *options]
    with subprocess.Popen(command, env=CLEAN, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert _is_announced(server, port)
            with socket.create_connection(("127.0.0.1", port), 5):
                pass
        finally:
            server.terminate()


@needs_web
@pytest.mark.slow
def test_when_the_server_is_killed_all_of_its_processes_end_and_it_can_be_started_at_once(serve):
    port = _free_port()
    server = serve(port)
    family = _family(server.pid)
    assert len(family) >= 4, "pages and their process, worker, keeper"
    server.kill()
    until = time.monotonic() + 2
    while time.monotonic() < until and any(map(_alive, family)):
        time.sleep(0.05)
    assert [Path(f"/proc/{pid}/cmdline").read_text() for pid in family if _alive(pid)] == []
    again = serve(port)
    # A part that is killed is started again, whichever it is.
    before = {pid for pid in _children(again.pid) if "guatu.web" in Path(f"/proc/{pid}/cmdline").read_text()}
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    time.sleep(2)
    assert _answer(f"http://127.0.0.1:{port}/accounts/login/", again) == 200
    commands = " ".join(Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ") for pid in _children(again.pid))
    assert "guatu.web pages" in commands and "guatu.web work" in commands


@pytest.mark.slow
def test_what_ends_is_run_again_and_what_is_to_run_every_hour_only_then_or_when_it_failed():
    always = web_server.Part((sys.executable, "-c", ""))
    hourly = web_server.Part((sys.executable, "-c", ""), every=3600.0)
    failing = web_server.Part((sys.executable, "-c", "raise SystemExit(1)"), every=3600.0)
    parts = (always, hourly, failing)
    starts = []
    for now in range(12):
        for part in parts:
            part.look(1000.0 + now, os.environ, 0)
        starts.append([part._starts for part in parts])
        for part in parts:
            if part.process is not None:
                part.process.wait()
    assert starts[0] == [1, 1, 1] and starts[-1][1] == 1
    # After half a second, one, two, four: ever later.
    assert 3 <= starts[-1][0] <= 5 and 3 <= starts[-1][2] <= 5
    assert always.hopeless is False
    hourly.look(1000.0 + 3600, os.environ, 0)
    assert hourly._starts == 2
    assert hourly.process is not None and hourly.process.wait() == 0


def _answer(address: str, server: "subprocess.Popen[str]") -> int:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=30) as response:
                told = parsedate_to_datetime(response.headers["Date"]).timestamp()
                assert abs(told - time.time()) < 60, "the server lives at the tests' time"
                return int(response.status)
        except OSError:
            time.sleep(0.3)
    return 0


def _children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in path.read_text().split()] if path.exists() else []


def _family(pid: int) -> list[int]:
    """Children, and theirs."""
    found = _children(pid)
    return found + [below for child in found for below in _family(child)]


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
