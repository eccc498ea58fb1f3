"""guatu serve and guatu manage: plain messages, a server that runs and stops in order."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

import pytest

from guatu.cli import web_server
from guatu.cli.exits import Exit

needs_web = pytest.mark.skipif(
    any(find_spec(name) is None for name in web_server.NEEDED),
    reason="the web extra is not installed · 没有安装 web 组件",
)


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


@needs_web
@pytest.mark.slow
def test_the_server_answers_and_a_signal_stops_all_of_its_processes(tmp_path: Path):
    port = _free_port()
    clean = {key: value for key, value in os.environ.items() if key not in ("GUATU_DATABASE", "GUATU_DATA")}
    command = [
        sys.executable,
        "-m",
        "guatu.cli.main",
        "serve",
        "--port",
        str(port),
        "--workers",
        "1",
        "--data",
        str(tmp_path),
    ]
    server = subprocess.Popen(command, env=clean, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert _answer(f"http://127.0.0.1:{port}/accounts/login/", server) == 200
        children = _children(server.pid)
        assert len(children) >= 2
    finally:
        server.send_signal(signal.SIGTERM)
        out, err = server.communicate(timeout=60)
    assert server.returncode == Exit.OK, err
    assert f"http://127.0.0.1:{port}/" in out
    assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []


def _answer(address: str, server: "subprocess.Popen[str]") -> int:
    until = time.monotonic() + 120
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=30) as response:
                return int(response.status)
        except OSError:
            time.sleep(0.3)
    return 0


def _children(pid: int) -> list[int]:
    path = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(word) for word in path.read_text().split()] if path.exists() else []
