"""What the server has acknowledged stays, whatever is killed; what is sent twice is there once; two editors lose nothing."""

from __future__ import annotations

import http.client
import json
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from guatu.web.base.actions.keys import key_of
from tests.web.live import Live, live_server

pytestmark = pytest.mark.slow
# Fifty in `make torture`: enough to find the one write in a hundred that would be lost.
KILLS = int(os.environ.get("GUATU_KILLS", "12"))
WRITERS = 4


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with live_server(tmp_path_factory.mktemp("durable"), "guatu_durability") as server:
        yield server


def kept(live: Live) -> dict[str, Any]:
    return json.loads(live.python("tests.web.live_rows", "kept").splitlines()[-1])


@dataclass
class Writer:
    """Changes the titles of its own tasks again and again, and remembers what was acknowledged."""

    live: Live
    number: int
    tasks: list[int]
    versions: dict[int, int] = field(default_factory=dict)
    acknowledged: dict[int, list[str]] = field(default_factory=dict)
    sent: set[str] = field(default_factory=set)
    others: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        count = 0
        while not self.stop.is_set():
            pk = self.tasks[count % len(self.tasks)]
            count += 1
            self.write(pk, f"w{self.number}-{count}")

    def write(self, pk: int, title: str) -> None:
        self.sent.add(title)
        given = {"row_version": self.versions.get(pk, 1), "title": title}
        try:
            self.send(pk, title, given)
        except (OSError, http.client.HTTPException):
            time.sleep(0.02)  # the server was killed before or in the middle of its answer

    def send(self, pk: int, title: str, given: dict[str, object]) -> None:
        answer = self.live.call("PUT", f"/api/tasks/{pk}", given, token=self.live.made["token"], key=f"key-{title}")
        if answer.status == 200:
            self.acknowledged.setdefault(pk, []).append(title)
            self.versions[pk] = answer.body["row_version"]
        elif answer.status == 409:
            # A write whose answer was lost with the server has been made: go on from what stands there.
            now = self.live.call("GET", f"/api/tasks/{pk}", token=self.live.made["token"])
            self.versions[pk] = now.body["row_version"]
        else:
            self.others.append(f"{answer.status} {answer.body}")


def _write_and_kill(live: Live, writers: list[Writer]) -> None:
    rng = random.Random(7)
    threads = [threading.Thread(target=writer.run, daemon=True) for writer in writers]
    for thread in threads:
        thread.start()
    for kill in range(KILLS):
        time.sleep(rng.uniform(0.1, 0.5))
        if kill % 10 == 9:
            live.kill_all()
            live.start()
        else:
            live.kill_pages()
    for writer in writers:
        writer.stop.set()
    for thread in threads:
        thread.join(60)


def test_kills_in_mid_write_lose_no_acknowledged_write(live: Live) -> None:
    tasks = live.made["tasks"]
    writers = [Writer(live, n, tasks[n::WRITERS]) for n in range(WRITERS)]
    _write_and_kill(live, writers)
    live.wait()
    acknowledged = [title for writer in writers for titles in writer.acknowledged.values() for title in titles]
    assert [other for writer in writers for other in writer.others] == []
    assert len(acknowledged) >= KILLS, "too few writes were acknowledged for the kills to mean anything"
    found = kept(live)
    audited = Counter(found["audited"])
    assert [title for title in acknowledged if not audited[title]] == [], "acknowledged and gone"
    assert [title for title, times in audited.items() if times > 1] == [], "written twice"
    sent = set().union(*(writer.sent for writer in writers))
    for pk, title in found["tasks"].items():
        assert title not in sent or audited[title] == 1, f"task {pk} was changed without its audit line"
    assert {key_of("request", f"key-{title}") for title in acknowledged} <= set(found["keys"])


def test_a_form_that_is_sent_eight_times_at_once_makes_one_record(live: Live) -> None:
    before = kept(live)["versions"]
    boundary = "guatu-boundary"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="plan.txt"\r\n\r\n'
    body = (head + "青禾县实施方案\r\n" + f"--{boundary}--\r\n").encode()

    def send(_: int) -> Any:
        kind = f"multipart/form-data; boundary={boundary}"
        return live.call("POST", "/api/plans", raw=body, kind=kind, token=live.made["token"], key="one-upload")

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))
    assert all(answer.status < 300 for answer in answers), [answer.body for answer in answers]
    assert len({answer.body["version_id"] for answer in answers}) == 1
    assert kept(live)["versions"] == before + 1


def test_of_two_editors_the_second_is_told_and_nothing_of_the_first_is_lost(live: Live) -> None:
    pk, token = live.made["tasks"][0], live.made["token"]
    seen = live.call("GET", f"/api/tasks/{pk}", token=token).body["row_version"]

    def edit(who: str) -> Any:
        return who, live.call("PUT", f"/api/tasks/{pk}", {"row_version": seen, "title": f"{who}改的"}, token=token)

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(edit, ("甲", "乙")))
    statuses = sorted(answer.status for _, answer in answers)
    assert statuses == [200, 409]
    first = next(who for who, answer in answers if answer.status == 200)
    second = next(answer for _, answer in answers if answer.status == 409)
    assert second.body["code"] == "version.conflict" and second.body["changed"]["title"] == f"{first}改的"
    assert live.call("GET", f"/api/tasks/{pk}", token=token).body["title"] == f"{first}改的"


def test_the_data_lie_in_the_folder_that_was_named(live: Live) -> None:
    assert (live.data / "secret").stat().st_mode & 0o077 == 0
    assert live.database or Path(live.data / "guatu.sqlite3").exists()
