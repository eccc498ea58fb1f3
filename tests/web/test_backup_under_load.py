"""Backups taken while units report: each holds whole whatever was acknowledged before it began, and nothing is torn.

GUATU_BACKUPS says how many are taken: twenty in `make torture`, some in the ordinary run.
"""

from __future__ import annotations

import http.client
import json
import os
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from tests.web.live import Live, live_server, own_database

pytestmark = pytest.mark.slow
BACKUPS = int(os.environ.get("GUATU_BACKUPS", "2"))
WRITERS, REPORTS = 4, 20


@dataclass
class Reporter:
    """Saves its own reports again and again, and remembers what was acknowledged."""

    live: Live
    number: int
    targets: dict[int, int]
    acknowledged: dict[int, int] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        reports = sorted(self.targets)
        count = 0
        while not self.stop.is_set():
            count += 1
            try:
                self.save(reports[count % len(reports)])
                if count % 5 == 0:
                    self.attach(reports[count % len(reports)], f"w{self.number}-{count}.txt")
            except (OSError, http.client.HTTPException) as error:
                self.others.append(repr(error))

    def save(self, pk: int) -> None:
        number = self.acknowledged.get(pk, 0) + 1
        figure = {"target_id": self.targets[pk], "value": str(number)}
        given = {"row_version": number, "progress": f"第{number}次", "figures": [figure]}
        answer = self.live.call("PUT", f"/api/reports/{pk}", given, token=self.live.made["token"])
        if answer.status == 200:
            self.acknowledged[pk] = number
        else:
            self.others.append(f"{answer.status} {answer.body}")

    def attach(self, pk: int, name: str) -> None:
        bound = "guatu-boundary"
        head = f'--{bound}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'
        body = f"{head}{name}\r\n--{bound}--\r\n".encode()
        kind = f"multipart/form-data; boundary={bound}"
        path, token = f"/api/reports/{pk}/evidence", self.live.made["token"]
        answer = self.live.call("POST", path, raw=body, kind=kind, token=token)
        if answer.status == 200:
            self.files.append(name)
        elif answer.body.get("field") != "files":  # a report takes thirty files and no more
            self.others.append(f"{answer.status} {answer.body}")


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with live_server(tmp_path_factory.mktemp("county"), "guatu_backup") as server:
        made = server.python("tests.web.backup_load", "make", str(REPORTS))
        server.made |= json.loads(made.splitlines()[-1])
        yield server


def opened(live: Live, backup: Path, place: Path) -> dict[str, Any]:
    """What a backup holds, found by restoring it into a folder and a database of its own."""
    with own_database("guatu_backup_opened") as database:
        county = Live(place, database)
        county.python("guatu.web", "restore", str(backup))
        return json.loads(county.python("tests.web.backup_load", "kept").splitlines()[-1])


def assert_whole(found: dict[str, Any]) -> None:
    for pk, said in found["reports"].items():
        assert said["text"] == said["figure"] == said["version"], f"report {pk} is torn: {said}"
        assert said["lines"] == list(range(1, said["text"] + 1)), f"audit lines of report {pk}: {said}"
    assert [name for name, there in found["files"].items() if not there] == []


def assert_holds(found: dict[str, Any], acknowledged: dict[int, int], files: list[str]) -> None:
    lost = {pk: n for pk, n in acknowledged.items() if found["reports"][str(pk)]["text"] < n}
    assert lost == {}, "acknowledged before the backup began, and not in it"
    assert set(files) <= set(found["files"])


def known(reporters: list[Reporter]) -> tuple[dict[int, int], list[str]]:
    return (
        {pk: n for one in reporters for pk, n in list(one.acknowledged.items())},
        [name for one in reporters for name in list(one.files)],
    )


def backup(live: Live, folder: Path) -> tuple[Path, float]:
    before, began = set(folder.iterdir()), time.monotonic()
    live.python("guatu.web", "backup", "--to", str(folder / f"{len(before)}.tar"))
    (made,) = {path for path in folder.iterdir() if path.suffix == ".tar"} - before
    return made, time.monotonic() - began


def test_each_backup_under_load_holds_what_was_acknowledged_before_it_and_nothing_torn(
    live: Live, tmp_path: Path
) -> None:
    targets = {int(pk): target for pk, target in live.made["targets"].items()}
    pks = sorted(targets)
    reporters = [Reporter(live, n, {pk: targets[pk] for pk in pks[n::WRITERS]}) for n in range(WRITERS)]
    threads = [threading.Thread(target=one.run, daemon=True) for one in reporters]
    folder = tmp_path / "backups"
    folder.mkdir()
    taken = []
    for thread in threads:
        thread.start()
    try:
        for _ in range(BACKUPS):
            time.sleep(0.5)
            before = known(reporters)
            path, seconds = backup(live, folder)
            taken.append((path, before, seconds, sum(known(reporters)[0].values())))
    finally:
        for one in reporters:
            one.stop.set()
        for thread in threads:
            thread.join(60)
    everything = known(reporters)
    taken.append((backup(live, folder)[0], everything, 0.0, sum(everything[0].values())))
    assert [other for one in reporters for other in one.others] == []
    assert sum(everything[0].values()) >= 20 * BACKUPS, "too few reports for the backups to mean anything"
    for number, (path, before, seconds, after) in enumerate(taken):
        found = opened(live, path, tmp_path / f"opened-{number}")
        assert_whole(found)
        assert_holds(found, *before)
        inside = sum(said["text"] for said in found["reports"].values())
        sums = f"{sum(before[0].values())} acknowledged before, {inside} inside, {after} after, {len(found['files'])} files"
        print(f"backup {number}: {seconds:.1f} s, {path.stat().st_size / 1e6:.2f} MB, {sums}")
