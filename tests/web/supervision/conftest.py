"""A plan that runs, with lights of May, and what the supervision office does about them."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.utils import timezone

from guatu.web.base.actions import Context, perform
from guatu.web.base.models import Setting
from guatu.web.dispatch.actions.compute_lights import ComputeLights
from guatu.web.dispatch.actions.issue_order import IssueOrder
from guatu.web.dispatch.actions.reply_order import ReplyOrder
from guatu.web.dispatch.models import Figure, Light, Order, Period, Report
from guatu.web.dispatch.system import system_context
from tests.web.dispatch.conftest import START, Board, at, board

__all__ = ["board"]

NOW = at(6, 12)
"""A Wednesday; orders issued on it are due five working days later, on the 19th."""


def proof(name: str = "现场照片.jpg", content: bytes = b"\xff\xd8\xff photo") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@dataclass
class Office:
    """The board with the lights of May, and the acts of the office and the units."""

    board: Board

    def context(self, role: str = "supervision", when: datetime.datetime = NOW, key: str = "") -> Context:
        return self.board.context(role, when, key)

    def unit(self, name: str) -> int:
        return int(self.board.county.unit(name).pk)

    def light(self, task: Any, unit: str, key: str = "2024-05") -> Light:
        return Light.objects.get(period__key=key, task=task, unit=self.unit(unit), target=None)

    def issue(self, when: datetime.datetime = NOW, key: str = "", role: str = "supervision", **values: Any) -> Order:
        given = {
            "unit": self.unit("柳林镇"),
            "subject": "供水管网进度滞后",
            "text": "1.查明原因。\n2.限期整改。",
            "task": self.board.pipes.pk,
            **values,
        }
        return perform(IssueOrder(**given), self.context(role, when, key))

    def reply(self, order: Order, when: datetime.datetime = NOW, files: tuple[Any, ...] = (), **values: Any) -> Order:
        order.refresh_from_db()
        given = {"text": "已增加两个施工队。", "seen": order.row_version, **values}
        role = given.pop("role", "town")
        return perform(ReplyOrder(order.pk, given["seen"], given["text"], files), self.context(role, when))

    def close(self, key: str) -> None:
        Period.objects.filter(key=key).update(state=Period.State.CLOSED)

    def compute(self, key: str, when: datetime.datetime = NOW) -> None:
        perform(ComputeLights(self.board.period(key).pk, timezone.localtime(when).date()), system_context(when))


@pytest.fixture(autouse=True)
def own_files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "files"


@pytest.fixture
def office(board: Board) -> Office:
    """Five months of accepted reports: 柳林镇 is far behind with its pipes, 石门镇 on course; 城关镇 never reports."""
    board.open(at(6, 3))
    _accept(board, range(1, 6))
    made = Office(board)
    made.compute("2024-05")
    return made


@pytest.fixture
def year(office: Office) -> Office:
    """The office with the lights of the months before as well."""
    for month in range(1, 5):
        office.compute(f"2024-{month:02d}")
    return office


def _accept(board: Board, months: Iterable[int]) -> None:
    """The reports of months as if handed in on the 3rd of the next and accepted; written at once, for speed."""
    for month in months:
        reports = Report.objects.filter(period__key=f"2024-{month:02d}").exclude(task=board.patrol)
        reports.update(state=Report.State.ACCEPTED, progress="推进中", submitted_at=at(month + 1, 3))
    accepted = Report.objects.filter(state=Report.State.ACCEPTED)
    accepted.filter(unit=board.county.unit("柳林镇")).update(problems="征地受阻。")
    Figure.objects.bulk_create(
        figure
        for report in accepted.select_related("period").order_by("period__key", "pk")
        for figure in _figures(board, report, int(report.period.key[-2:]))
    )


def _figures(board: Board, report: Report, month: int) -> Iterator[Figure]:
    unit = board.county.unit
    behind = {unit("柳林镇").pk: month, unit("石门镇").pk: 3 * month}
    if report.task_id == board.pipes.pk and report.unit_id in behind:
        yield Figure(report=report, target=board.length, value=behind[report.unit_id])
    if report.task_id == board.quality.pk and report.unit_id == unit("县水利局").pk:
        yield Figure(report=report, target=board.rate, value=85 + month)


@pytest.fixture
def setting(db: None) -> Callable[[str, Any], None]:
    def put(name: str, value: Any) -> None:
        Setting.objects.create(name=name, value=value, valid_from=START)

    return put


@dataclass
class Hook:
    """A webhook of our own: what came in, and whether it answers well."""

    url: str
    bodies: list[str]
    status: int = 200


@pytest.fixture
def hook() -> Iterator[Hook]:
    found = Hook("", [])

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            found.bodies.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.send_response(found.status)
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"json://127.0.0.1:{server.server_port}/hook-secret-path"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def on_disk(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """The database as a county has it: SQLite in a file, which threads wait for. Tests otherwise share one in memory."""
    memory = connections["default"]
    if memory.vendor != "sqlite" or not memory.is_in_memory_db():
        yield
        return
    given = connections.databases["default"]
    name = given["NAME"]
    memory.ensure_connection()
    with closing(sqlite3.connect(tmp_path / "county.sqlite3")) as copy:
        memory.connection.backup(copy)
    given["NAME"] = str(tmp_path / "county.sqlite3")
    connections["default"] = connections.create_connection("default")
    yield
    connections["default"].close()
    given["NAME"] = name
    connections["default"] = memory
