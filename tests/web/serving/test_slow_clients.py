"""A slow client holds nobody up and is ended when its time is over; an upload that goes on, if slowly, is taken."""

from __future__ import annotations

import contextlib
import http.client
import os
import select
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from guatu.adapters.processes import Delays
from guatu.web.serving.limits import Limits
from guatu.web.serving.server import PageServer
from tests.web.live import ROOT, free_port

HEAD, IDLE, BODY, PAGE = 1.5, 1.5, 2.0, 3.0
PATIENCE = 30.0


class Toy:
    """A running server of two processes with a thread each: two workers that are held would stop it."""

    def __init__(self, folder: Path, **limits: object) -> None:
        self.port = free_port()
        named = {f"GUATU_{name.upper()}": str(value) for name, value in limits.items()}
        environment = {**os.environ, **named, "TMPDIR": str(folder)}
        command = [sys.executable, "-m", "tests.web.serving.toy", str(self.port), "2"]
        self.log = ""
        self.process = subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.PIPE, text=True)
        self.wait()

    def wait(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with contextlib.suppress(OSError):
                self.get("/")
                return
            time.sleep(0.05)
        raise AssertionError("the server did not come up")

    def get(self, path: str, timeout: float = PATIENCE) -> str:
        with contextlib.closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)) as connection:
            connection.request("GET", path)
            return connection.getresponse().read().decode()

    def opened(self, start: str) -> socket.socket:
        found = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        found.sendall(start.encode())
        return found

    def pages(self) -> set[int]:
        pid = self.process.pid
        return {int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}

    def end(self) -> str:
        """Asks it to end; what it wrote into the log."""
        if not self.log and self.process.stderr and not self.process.stderr.closed:
            self.process.terminate()
            self.log = self.process.communicate(timeout=60)[1]
        return self.log


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Callable[..., Toy]]:
    """Starts a server with limits; it is ended with the test."""
    with contextlib.ExitStack() as stack:

        def made(**limits: object) -> Toy:
            found = Toy(tmp_path, **limits)
            stack.callback(found.end)
            return found

        yield made


@pytest.fixture
def toy(served: Callable[..., Toy]) -> Toy:
    return served(threads=1, head_seconds=HEAD, idle_seconds=IDLE, body_seconds=BODY, page_seconds=PAGE)


def answer(connection: socket.socket) -> tuple[int, bytes]:
    response = http.client.HTTPResponse(connection)
    response.begin()
    return response.status, response.read()


def upload(size: int, cookie: str = "Cookie: known=1\r\n", more: str = "") -> str:
    return f"POST /upload HTTP/1.1\r\nHost: x\r\n{cookie}{more}Content-Length: {size}\r\n\r\n"


def seconds_until_closed(connection: socket.socket, drip: bytes = b"") -> float:
    """How long the server bears a connection, on which now and then a byte comes in."""
    began = time.monotonic()
    connection.settimeout(0.2)
    while time.monotonic() - began < PATIENCE:
        try:
            if drip:
                connection.sendall(drip)
            if not connection.recv(1000):
                break
        except TimeoutError:
            continue
        except OSError:
            break
    return time.monotonic() - began


@pytest.mark.parametrize(
    "half",
    ["GET / HTTP/1.1\r\nHost: x\r\nX-Half: ", "", upload(60_000, "") + "half", upload(2**20) + "half"],
    ids=["head", "silence", "body", "large body"],
)
def test_connections_with_half_a_request_hold_nobody_up_and_are_ended(toy: Toy, half: str) -> None:
    with contextlib.ExitStack() as stack:
        held = [stack.enter_context(toy.opened(half)) for _ in range(20)]
        began = time.monotonic()
        for _ in range(5):
            assert toy.get("/", timeout=10) == "0"
        assert time.monotonic() - began < HEAD
        assert seconds_until_closed(held[0]) < PATIENCE
        assert seconds_until_closed(held[-1]) < PATIENCE


@pytest.mark.parametrize(
    ("start", "drip"),
    [("GET / HTTP/1.1\r\nX-Long: ", b"a"), ("\r\n", b"\r\n\r\n"), (upload(10_000, ""), b"a"), (upload(10**6), b"a")],
    ids=["head", "blank lines", "body", "large body"],
)
def test_a_byte_now_and_then_does_not_keep_a_connection(toy: Toy, start: str, drip: bytes) -> None:
    with toy.opened(start) as connection:
        assert seconds_until_closed(connection, drip) < HEAD + IDLE + BODY + 5


def test_a_head_has_its_own_time_however_long_a_pause_may_take(served: Callable[..., Toy]) -> None:
    patient = served(threads=1, head_seconds=HEAD, idle_seconds=PATIENCE)
    with patient.opened("GET / HTTP/1.1\r\nX-Long: ") as connection:
        assert seconds_until_closed(connection, b"a") < HEAD + 10


def test_an_upload_that_goes_on_is_taken_however_long_it_takes(toy: Toy) -> None:
    size, piece = 400_000, 10_000
    with toy.opened(upload(size)) as connection:
        began = time.monotonic()
        for _ in range(size // piece):
            connection.sendall(bytes(piece))
            time.sleep(0.15)
        assert time.monotonic() - began > 2 * BODY
        assert answer(connection) == (200, str(size).encode())


def open_names(pid: int) -> Iterator[str]:
    """The files that a process has open; it may close one while they are looked at."""
    for link in Path(f"/proc/{pid}/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):
            yield str(link.readlink())


def test_what_is_sent_in_pieces_waits_on_disk_and_not_in_memory(toy: Toy, tmp_path: Path) -> None:
    def memory() -> int:
        return sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096 for pid in toy.pages())

    before = memory()
    with contextlib.ExitStack() as stack:
        for _ in range(20):
            stack.enter_context(toy.opened(upload(2**20))).sendall(bytes(2**20 - 1))
        toy.get("/")
        assert memory() - before < 10 * 2**20
        open_files = [name for pid in toy.pages() for name in open_names(pid)]
        assert sum(str(tmp_path) in name for name in open_files) > 10


@pytest.mark.parametrize("chunked", [False, True], ids=["announced", "chunked"])
@pytest.mark.parametrize("known", [False, True], ids=["anonymous", "known"])
def test_a_body_over_the_limit_is_refused_and_not_kept(toy: Toy, chunked: bool, known: bool) -> None:
    before = written(toy)
    size = 30 * 2**20
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", toy.port, timeout=PATIENCE)) as connection:
        headers = {"Cookie": "known=1"} if known else {}
        body = (bytes(2**20) for _ in range(30)) if chunked else bytes(size)
        connection.request("POST", "/upload", body, headers, encode_chunked=chunked)
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (413, b"too-large")
    # A chunked body says its size when it is over the limit, and no earlier.
    assert written(toy) - before < 3 * 2**20


def written(toy: Toy) -> int:
    """Bytes that its processes have written to files."""
    texts = [Path(f"/proc/{pid}/io").read_text() for pid in toy.pages()]
    return sum(int(line.split()[1]) for text in texts for line in text.splitlines() if line.startswith("wchar"))


def test_who_asks_whether_to_go_on_is_refused_before_sending(toy: Toy) -> None:
    with toy.opened(upload(10 * 2**20, more="Expect: 100-continue\r\n")) as connection:
        assert b"413" in connection.recv(1000).splitlines()[0]
    with toy.opened(upload(100_000, more="Expect: 100-continue\r\n")) as connection:
        assert b"100 Continue" in connection.recv(1000)
        connection.sendall(bytes(100_000))
        assert answer(connection) == (200, b"100000")


def test_uploads_together_are_bounded_and_strangers_get_half(served: Callable[..., Toy]) -> None:
    toy = served(spool_mb=4)  # two for each process
    with contextlib.ExitStack() as stack:

        def sent(begin: str) -> list[socket.socket]:
            return [stack.enter_context(toy.opened(begin + "x")) for _ in range(8)]

        def taken(held: list[socket.socket], most: int) -> list[socket.socket]:
            """Those that are not refused, once no more are than may be; which process a connection comes to is chance."""
            until = time.monotonic() + PATIENCE
            while time.monotonic() < until and len(held) > most:
                refused = select.select(held, [], [], 0.5)[0]
                assert {answer(one) for one in refused} <= {(413, b"busy")}
                held = [one for one in held if one not in refused]
            return held

        # A process takes one of strangers, and of those who are known as many as there is room left.
        strangers = taken(sent(upload(2**20, "").replace("/upload", "/public")), 2)
        assert 1 <= len(strangers) <= 2
        both = taken([*strangers, *sent(upload(2**20))], 4)
        assert 1 <= len(set(both) & set(strangers)) < len(both) <= 4


def test_of_bodies_that_are_judged_at_once_no_more_are_taken_than_there_is_room_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = PageServer.__new__(PageServer)
    server.spool, server._lock = 4 * 2**20, threading.Lock()
    requests = [SimpleNamespace(reserved=0, known=False) for _ in range(8)]

    def channels(_: PageServer) -> list[SimpleNamespace]:
        found = [SimpleNamespace(request=SimpleNamespace(**vars(one)), requests=[]) for one in requests]
        time.sleep(0.02)  # meanwhile the others look as well
        return found

    monkeypatch.setattr(PageServer, "_channels", channels)
    with ThreadPoolExecutor(len(requests)) as pool:
        said = list(pool.map(lambda one: server.reserve(one, 2**20, known=True), requests))
    assert sorted(said) == [""] * 4 + ["busy"] * 4


def test_a_body_for_which_the_disk_has_no_room_is_refused_and_the_server_goes_on(
    served: Callable[..., Toy], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOY_LARGEST_FILE", "200000")
    toy = served()
    with toy.opened(upload(500_000)) as connection:
        connection.sendall(bytes(500_000))
        assert answer(connection) == (413, b"full")
    assert toy.get("/") == "0"


def test_a_slow_reader_holds_no_thread(toy: Toy) -> None:
    with contextlib.ExitStack() as stack:
        for _ in range(6):
            stack.enter_context(toy.opened(f"GET /large/{50 * 2**20} HTTP/1.1\r\nHost: x\r\n\r\n"))
        assert toy.get("/", timeout=20) == "0"


def test_a_process_that_is_killed_is_started_again_and_one_that_hangs_is_ended(toy: Toy) -> None:
    killed = int(toy.get("/pid"))
    os.kill(killed, signal.SIGKILL)
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and (killed in toy.pages() or len(toy.pages()) < 2):
        time.sleep(0.1)
    assert killed not in toy.pages() and len(toy.pages()) == 2

    before = toy.pages()
    # The one runs a pattern that never ends and does not even let go of the lock of its process: what comes after it can
    # only come to the other, which sleeps.
    with toy.opened("GET /burn/60 HTTP/1.1\r\nHost: x\r\n\r\n"):
        time.sleep(0.5)
        with toy.opened("GET /sleep/600 HTTP/1.1\r\nHost: x\r\n\r\n"):
            until = time.monotonic() + 2 * PATIENCE
            while time.monotonic() < until and before & toy.pages():
                time.sleep(0.2)
            assert not before & toy.pages()
            toy.wait()
    assert "for too long" in toy.end()


def test_the_processes_end_with_their_parent(toy: Toy) -> None:
    pages = toy.pages()
    toy.process.kill()
    until = time.monotonic() + 2
    while time.monotonic() < until and any(alive(pid) for pid in pages):
        time.sleep(0.05)
    assert not [pid for pid in pages if alive(pid)]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_what_is_worked_on_is_finished_before_the_end(toy: Toy) -> None:
    with toy.opened("GET /sleep/1 HTTP/1.1\r\nHost: x\r\n\r\n") as connection:
        time.sleep(0.3)
        toy.process.terminate()
        assert connection.recv(1000).startswith(b"HTTP/1.1 200")


def test_what_ends_at_once_is_started_ever_later() -> None:
    delays = Delays(least=1, most=10)
    assert [delays.after(0) for _ in range(6)] == [1, 2, 4, 8, 10, 10]
    assert delays.after(11) == 1
    assert delays.after(0) == 2


def test_limits_come_from_the_environment_and_nonsense_is_refused() -> None:
    assert Limits.read({"GUATU_HEAD_SECONDS": "5", "GUATU_THREADS": "2"}) == Limits(threads=2, head_seconds=5.0)
    for text in ("0", "-1", "soon", "nan"):
        with pytest.raises(SystemExit, match="GUATU_HEAD_SECONDS"):
            Limits.read({"GUATU_HEAD_SECONDS": text})
