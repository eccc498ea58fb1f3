"""A process leaves the network by a filter or by a namespace; each way alone suffices."""

import socket
import subprocess
import sys

import pytest

from guatu.adapters.bounded import network

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has these ways")
SCRIPT = """
import socket, subprocess, sys
from guatu.adapters.bounded import network
{way}
kinds = [(socket.AF_INET, socket.SOCK_STREAM), (socket.AF_INET6, socket.SOCK_DGRAM), (socket.AF_INET, socket.SOCK_DGRAM)]
def reaches():
    with socket.create_connection(("127.0.0.1", int(sys.argv[1])), timeout=2):
        return True
try:
    print(reaches())
except OSError:
    print(False)
print(network.has_network())
a, b = socket.socketpair()
a.send(b"x"); print(b.recv(1) == b"x")
"""


def outcome(way: str) -> list[str]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        command = [sys.executable, "-c", SCRIPT.format(way=way), str(listener.getsockname()[1])]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.split() or [done.stderr]


def test_without_leaving_the_listener_is_reached() -> None:
    assert outcome("pass") == ["True", "True", "True"]


@pytest.mark.parametrize("way", ["network.leave_network()", "assert network.by_filter()"])
def test_behind_the_filter_only_sockets_of_the_unix_domain_are_left(way: str) -> None:
    assert outcome(way) == ["False", "False", "True"]


def test_behind_a_namespace_nothing_is_reached() -> None:
    found = outcome("network.by_namespace()")
    if "NetworkStays" in found[0]:
        pytest.skip("this system allows no user namespaces")
    assert found == ["False", "False", "True"]


def test_where_there_is_no_filter_the_namespace_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    monkeypatch.setattr(network, "by_filter", lambda: tried.append("filter"))
    monkeypatch.setattr(network, "by_namespace", lambda: tried.append("namespace"))
    with pytest.raises(network.NetworkStays):
        network.leave_network()
    assert tried == ["filter", "namespace"]


def test_whether_it_could_leave_is_tried_in_another_process() -> None:
    assert network.can_leave_network()
    assert network.has_network()
