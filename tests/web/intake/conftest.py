"""Files of cases, and the way from the upload to the result."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from guatu.web.base.jobs import run_waiting
from guatu.web.base.models import Job
from tests.adapters.geodata.shapes_of import ROW, layer, packed, prj
from tests.web.cases.conftest import at
from tests.web.cases.conftest import borders as borders
from tests.web.cases.conftest import desk as desk

HEADS = ("外部编号", "类别", "情况描述", "地点", "经度", "纬度", "上报时间", "来源", "姓名", "电话")
GOOD = (
    "RX-1",
    "上水井盖",
    "井盖缺失,路人险些跌入",
    "云岭路 12 号",
    "",
    "",
    "2024-06-01 09:30",
    "热线登记",
    "张三",
    "13800000000",
)
Clients = Callable[[str], Client]
SCRIPT = "<script>alert(1)</script>"


@pytest.fixture(autouse=True)
def june(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at(3, 10))


def text(rows: Sequence[Sequence[Any]], heads: Sequence[str] = HEADS, encoding: str = "utf-8") -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([heads, *rows])
    return out.getvalue().encode(encoding)


def patches(*rings: Any, rows: Sequence[Sequence[Any]] = (), epsg: int = 4490, **more: bytes) -> bytes:
    return packed({**layer(rings, rows), "图斑.prj": prj(epsg), **more})


def patch_row(number: str, **changes: str) -> tuple[str, ...]:
    named = dict(zip(("TBBH", "QDL", "HDL", "QSX", "HSX"), (number, *ROW[1:]), strict=True))
    return tuple({**named, **changes}.values())


@dataclass
class Intake:
    """Somebody at the pages."""

    client: Client

    def upload(self, data: Any, name: str = "案件.csv", **values: Any) -> Any:
        given = data if hasattr(data, "read") else SimpleUploadedFile(name, data)
        kind = "import" if name.endswith(("csv", "xlsx")) else "patches"
        usual = (
            {"pack": "urban_management"}
            if kind == "import"
            else {"class": "illegal_construction/new_building", "origin": "二季度"}
        )
        return self.client.post(f"/cases/{kind}/", {**usual, **values, "file": given})

    def checked(self, data: Any, name: str = "案件.csv", **values: Any) -> Job:
        """The job that looked at an upload."""
        answer = self.upload(data, name, **values)
        assert answer.status_code == 302, answer.content.decode()[-3000:]
        run_waiting()
        return self.job(answer)

    def take(self, job: Job) -> Job:
        answer = self.client.post(f"/cases/intake/{job.pk}/take")
        assert answer.status_code == 302
        run_waiting()
        return self.job(answer)

    def taken(self, data: Any, name: str = "案件.csv", **values: Any) -> dict[str, Any]:
        """What came of an upload whose rows were taken in."""
        result = self.take(self.checked(data, name, **values)).result
        assert isinstance(result, dict)
        return result

    def job(self, answer: Any) -> Job:
        return Job.objects.get(pk=int(answer["Location"].rstrip("/").rsplit("/", 1)[-1]))

    def page(self, job: Job) -> str:
        answer = self.client.get(f"/cases/intake/{job.pk}/")
        assert answer.status_code == 200
        return str(answer.content.decode())


@pytest.fixture
def intake(desk: Any, client_of: Clients) -> Intake:
    return Intake(client_of("desk"))
