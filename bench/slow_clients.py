"""Measures what slow clients cost the others, and writes docs/bench/slow-clients.md.

    python bench/slow_clients.py

The login page and the list of tasks of the example county are asked for without a pause, from the server as `guatu serve`
starts it and, in turn with it, from gunicorn with sync workers (needs `pip install gunicorn`), over the same SQLite file.
Then 200 half-sent heads and 20 slow uploads are held open while the pages are asked for again.
"""

import contextlib
import importlib.util
import os
import platform
import socket
import statistics
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from guatu.cli.web_server import page_command
from web import ROOT, Server, latencies, running, servers, warm

PAGE = ROOT / "docs" / "bench" / "slow-clients.md"
USERS, SECONDS, TURNS, PROCESSES = 8, 8.0, 3, 2
HEADS, UPLOADS, SIZE, PIECE = 200, 20, 20 * 2**20, 16 * 1024
PATHS = {"login page": "/accounts/login/", "list of tasks": "/tasks/"}
Found = dict[str, list[float]]


def sync_workers(port: int) -> Sequence[str]:
    """How the server was started before."""
    options = ("--bind", f"127.0.0.1:{port}", "--workers", str(PROCESSES), "--timeout", "120", "--log-level", "error")
    return (sys.executable, "-m", "gunicorn", *options, "--no-control-socket", "guatu.web.project.wsgi")


def product(port: int) -> Sequence[str]:
    return page_command("127.0.0.1", port, PROCESSES)


@contextlib.contextmanager
def slow_clients(url: str, cookie: str) -> Iterator[None]:
    """Half-sent heads and slow uploads of somebody who is logged in, as long as the block lasts."""
    where = urlsplit(url)
    stop = threading.Event()
    with contextlib.ExitStack() as stack:

        def opened(head: str) -> socket.socket:
            found = stack.enter_context(socket.create_connection((where.hostname or "", where.port or 0), timeout=60))
            found.sendall(head.encode())
            return found

        for _ in range(HEADS):
            opened("POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Le")
        head = f"POST /report/ HTTP/1.1\r\nHost: localhost\r\nCookie: sessionid={cookie}\r\n"
        uploads = [opened(f"{head}Content-Length: {SIZE}\r\n\r\n") for _ in range(UPLOADS)]

        def upload() -> None:
            while not stop.wait(PIECE / 50_000):
                for one in uploads:
                    one.sendall(bytes(PIECE))

        thread = threading.Thread(target=upload)
        thread.start()
        try:
            time.sleep(1)
            yield
        finally:
            stop.set()
            thread.join()


def asked(url: str, cookies: list[str]) -> Found:
    return latencies(url, list(PATHS.values()), cookies, 0, SECONDS)


def measure(server: Server) -> dict[str, list[Found]]:
    """Answers of both servers without slow clients and of ours with them, in turns."""
    cookies = server.work("sessions", str(USERS))["cookies"]
    found: dict[str, list[Found]] = {"sync": [], "product": [], "slow": []}
    for _ in range(TURNS):
        if importlib.util.find_spec("gunicorn"):
            with running(server, sync_workers) as url:
                warm(url, list(PATHS.values()), cookies)
                found["sync"].append(asked(url, cookies))
        with running(server, product) as url:
            warm(url, list(PATHS.values()), cookies)
            found["product"].append(asked(url, cookies))
            with slow_clients(url, cookies[0]):
                found["slow"].append(asked(url, cookies))
    return {name: turns for name, turns in found.items() if turns}


def rate(turns: list[Found]) -> float:
    return statistics.median(sum(len(times) for times in turn.values()) / SECONDS for turn in turns)


def p95(turns: list[Found], path: str) -> float:
    """In milliseconds; the median of the turns."""
    return statistics.median(statistics.quantiles(turn[path], n=20)[-1] * 1000 for turn in turns)


NAMES = {
    "sync": "gunicorn, 2 sync workers",
    "product": "`guatu serve`, 2 processes",
    "slow": f"`guatu serve` with {HEADS} half-sent heads and {UPLOADS} slow uploads",
}


def page(found: dict[str, list[Found]], load: float) -> str:
    head = (
        f"Measured by `python bench/slow_clients.py` on {os.cpu_count()} cores, Python {platform.python_version()}; load when"
        f" it began: {load:.1f}. {USERS} users without a pause for {SECONDS:g} s, {TURNS} turns of each server one after the"
        " other, medians; users, server and database share the cores. Wanted: with slow clients less than twice the p95."
    )
    table = [f"| | answers a second | {' | '.join(f'p95 of the {name}' for name in PATHS)} |", "|---|---|---|---|"]
    for name, turns in found.items():
        cells = " | ".join(f"{p95(turns, path):.0f} ms" for path in PATHS.values())
        table.append(f"| {NAMES[name]} | {rate(turns):.0f} | {cells} |")
    held = all(p95(found["slow"], path) < 2 * p95(found["product"], path) for path in PATHS.values())
    table += ["", f"Reached: {'yes' if held else 'no'}."]
    return "\n".join(
        ["<!-- Made by `python bench/slow_clients.py`. -->", "", "# Slow clients", "", head, "", *table, ""]
    )


def main() -> None:
    load = os.getloadavg()[0]
    with servers() as found:
        made: Any = page(measure(found[0]), load)
    PAGE.write_text(made, encoding="utf-8")
    print(made)


if __name__ == "__main__":
    main()
