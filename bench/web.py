"""Measures the county server and writes docs/bench/web.md.

    python bench/web.py                                                  SQLite alone
    GUATU_DATABASE=postgresql://user@host:port/name python bench/web.py  PostgreSQL as well, in a database of its own

Pages are asked for by 30 users at once from the server with a process a core. Reports are handed in by processes that call
the action; beside them, in the same run, bare inserts say what the disk allows.
"""

import contextlib
import json
import os
import platform
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from guatu.cli.web_server import page_command

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "bench" / "web.md"
USERS, SECONDS, THINKING = 30, 25.0, 2.0
WRITERS = {"SQLite": 2, "PostgreSQL": 4}
WANTED_STEPS = 100
WANTED_REPORTS = {"SQLite": 150, "PostgreSQL": 250}
EXPORT = (132_229, 50)
Row = tuple[str, str, str, bool]


@dataclass
class Server:
    name: str
    environment: dict[str, str]
    folder: Path
    script: str = "web_work.py"
    rows: dict[str, Any] = field(default_factory=dict)

    def manage(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "guatu.web", *arguments]
        subprocess.run(command, env=self.environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)

    def start(self, *arguments: str) -> "subprocess.Popen[str]":
        command = [sys.executable, str(ROOT / "bench" / self.script), *arguments]
        return subprocess.Popen(command, env=self.environment, cwd=ROOT, stdout=subprocess.PIPE, text=True)

    def work(self, *arguments: str) -> dict[str, Any]:
        return result(self.start(*arguments))


def result(process: "subprocess.Popen[str]") -> dict[str, Any]:
    out, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"a part of the benchmark failed: {process.args}")
    found: dict[str, Any] = json.loads(out.strip().splitlines()[-1])
    return found


@contextlib.contextmanager
def servers() -> Iterator[list[Server]]:
    """SQLite always, PostgreSQL where GUATU_DATABASE names a server; each with the example county and the rows to measure."""
    address = os.environ.get("GUATU_DATABASE", "")
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        found = [a_server("SQLite", Path(folder) / "sqlite", "")]
        if address:
            fresh = stack.enter_context(a_database(address))
            found.append(a_server("PostgreSQL", Path(folder) / "postgresql", fresh))
        for server in found:
            server.manage("migrate", "--verbosity", "0")
            server.manage("load_example", "--months", "1")
            server.rows = server.work("rows")
        yield found


def a_server(name: str, folder: Path, database: str) -> Server:
    environment = {**os.environ, "GUATU_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "guatu.web.project.settings"}
    environment.pop("GUATU_DATABASE", None)
    return Server(name, {**environment, **({"GUATU_DATABASE": database} if database else {})}, folder)


@contextlib.contextmanager
def a_database(address: str) -> Iterator[str]:
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS guatu_bench WITH (FORCE)")
        connection.execute("CREATE DATABASE guatu_bench")
        yield urlunsplit(urlsplit(address)._replace(path="/guatu_bench"))
        connection.execute("DROP DATABASE IF EXISTS guatu_bench WITH (FORCE)")


@contextlib.contextmanager
def serving(server: Server) -> Iterator[str]:
    """The address of the pages as `guatu serve` starts them, with a process a core."""
    with running(server, lambda port: page_command("127.0.0.1", port, os.cpu_count() or 2)) as url:
        yield url


@contextlib.contextmanager
def running(server: Server, command: Callable[[int], Sequence[str]]) -> Iterator[str]:
    """The address at which what `command` starts at a free port answers."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(command(port), env=server.environment, cwd=ROOT)
    try:
        wait_for(f"http://127.0.0.1:{port}/accounts/login/")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def wait_for(address: str) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(address, timeout=10).close()
            return
        time.sleep(0.2)
    raise SystemExit("the server did not come up")


def latencies(
    url: str, paths: list[str], cookies: list[str], thinking: float, seconds: float = SECONDS
) -> dict[str, list[float]]:
    """Seconds of each answer by path, of users who ask, think (on average so long), and ask again."""
    found: dict[str, list[float]] = {path: [] for path in paths}
    until = time.monotonic() + seconds

    def user(number: int) -> None:
        rng = random.Random(number)
        time.sleep(rng.uniform(0, thinking or 0.3))
        while time.monotonic() < until:
            path = rng.choice(paths)
            request = urllib.request.Request(url + path, headers={"Cookie": f"sessionid={cookies[number]}"})
            began = time.perf_counter()
            with urllib.request.urlopen(request, timeout=120) as answer:
                answer.read()
            found[path].append(time.perf_counter() - began)
            time.sleep(rng.expovariate(1 / thinking) if thinking else 0)

    threads = [threading.Thread(target=user, args=(n,)) for n in range(len(cookies))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


def warm(url: str, paths: list[str], cookies: list[str]) -> None:
    """Every worker has loaded the program and its templates, as it has when the morning begins."""
    for cookie in cookies:
        for path in paths:
            with urllib.request.urlopen(
                urllib.request.Request(url + path, headers={"Cookie": f"sessionid={cookie}"})
            ) as answer:
                answer.read()


def pages(server: Server) -> Iterator[Row]:
    """95th percentile of the campaign map and of a ledger page with all 500 tasks of a plan."""
    named = {"campaign map": "/map/", "ledger page of 500 tasks": f"/tasks/?plan={server.rows['plan']}&rows=500"}
    cookies = server.work("sessions", str(USERS))["cookies"]
    with serving(server) as url:
        warm(url, list(named.values()), cookies)
        for thinking, how in ((THINKING, f"thinking {THINKING:g} s between"), (0.0, "without a pause")):
            found = latencies(url, list(named.values()), cookies, thinking)
            for name, path in named.items():
                p95 = statistics.quantiles(found[path], n=20)[-1] * 1000 if len(found[path]) > 20 else float("inf")
                what = f"{server.name}: p95 of the {name}, {USERS} users, {how} ({len(found[path])} answers)"
                yield what, "< 300 ms" if thinking else "-", f"{p95:.0f} ms", p95 < 300 or not thinking


def writing(server: Server) -> Iterator[Row]:
    """Reports a second, and bare inserts a second by as many processes."""
    ids = server.rows["reports"]
    count = WRITERS[server.name]
    share = 300
    parts = [ids[n * share : (n + 1) * share] for n in range(count)]
    bare = _rate([server.start("inserts", "600") for _ in range(count)])
    rate = _rate([server.start("reports", ",".join(map(str, part))) for part in parts])
    wanted = WANTED_REPORTS[server.name]
    yield f"{server.name}: reports accepted a second, {count} processes", f">= {wanted}", f"{rate:.0f}", rate >= wanted
    yield f"{server.name}: bare inserts a second, {count} processes", "-", f"{bare:.0f}", True


def _rate(processes: "list[subprocess.Popen[str]]") -> float:
    found = [result(process) for process in processes]
    return sum(one["count"] for one in found) / max(one["seconds"] for one in found)


def stepping(server: Server) -> Iterator[Row]:
    """Steps of cases a second by two processes, one in eight with a photo of 200 kB, and what a step costs Python."""
    found = [result(process) for process in [server.start("steps", "100") for _ in range(2)]]
    steps = sum(one["count"] for one in found)
    rate = steps / max(one["seconds"] for one in found)
    yield f"{server.name}: case steps a second, 2 processes", f">= {WANTED_STEPS}", f"{rate:.0f}", rate >= WANTED_STEPS
    cost = sum(one["processor"] for one in found) / steps * 1000
    yield f"{server.name}: processor time of a case step in Python", "-", f"{cost:.1f} ms", True


def sheets(server: Server) -> Iterator[Row]:
    done = server.work("import", "4000")
    what = f"{server.name}: import of 4,000 tasks, {done['problems']} rows with errors"
    yield what, "< 10 s", f"{done['seconds']:.1f} s", done["seconds"] < 10 and done["state"] == "done"


def export(server: Server) -> Iterator[Row]:
    count, width = EXPORT
    done = server.work("export", str(count), str(width), str(server.folder / "out.xlsx"))
    yield (
        f"export of {count:,} rows x {width} columns to xlsx",
        "< 60 s",
        f"{done['seconds']:.0f} s",
        done["seconds"] < 60,
    )
    yield "its memory", "< 500 MB", f"{done['megabytes']:.0f} MB", done["megabytes"] < 500


def page(rows: list[Row], load: float) -> str:
    head = (
        f"Measured by `python bench/web.py` on {os.cpu_count()} cores, Python {platform.python_version()}; load when it began:"
        f" {load:.1f}. Users, server and database share the cores. A report is handed in with a figure, its checks, its history"
        " and its audit line in one durable transaction; a bare insert is one audit line in one."
    )
    table = ["| What | Wanted | Measured | Reached |", "|---|---|---|---|"]
    table += [f"| {what} | {wanted} | {found} | {_word(wanted, good)} |" for what, wanted, found, good in rows]
    return "\n".join(["<!-- Made by `python bench/web.py`. -->", "", "# The county server", "", head, "", *table, ""])


def _word(wanted: str, good: bool) -> str:
    return "" if wanted == "-" else "yes" if good else "no"


def main() -> None:
    load = os.getloadavg()[0]
    rows: list[Row] = []
    with servers() as found:
        for server in found:
            for part in (writing, stepping, sheets, pages):
                for row in part(server):
                    rows.append(row)
                    print(*row, sep="\t", flush=True)
        for row in export(found[0]):
            rows.append(row)
            print(*row, sep="\t", flush=True)
    PAGE.write_text(page(rows, load), encoding="utf-8")


if __name__ == "__main__":
    main()
