# ruff: noqa: E402 (models can be imported only when Django is set up)
"""python -m tests.web.backup_load make N | files | kept | noted: reports of one unit, and what of them a backup holds; JSON.

Run in the environment of a server (`tests.web.live`), or of a backup that was restored.
"""

import datetime
import json
import sys
from collections import defaultdict
from typing import Any

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from guatu.web.base.files import path_of, store
from guatu.web.base.models import Attachment, AuditEntry, User
from guatu.web.directory.models import RoleGrant, Unit
from guatu.web.dispatch.models import Evidence, Figure, Period, PeriodRule, Report
from guatu.web.ledger.models import Duty, Plan, Target, Task
from tests.web.tokens import token_of

TOKEN = "guatu_" + "r" * 43
SINCE = datetime.date(2020, 1, 1)


def make(count: int) -> dict[str, Any]:
    """Reports that are due in an open period without an end, a target each; rows of `tests.web.live_rows` are there."""
    unit, plan = Unit.objects.get(code="slj"), Plan.objects.get()
    user = User.objects.create(username="shuili", password="!")
    RoleGrant.objects.create(user=user, role="lead", unit=unit, valid_from=SINCE)
    token_of(user, raw=TOKEN)
    rule = PeriodRule.objects.create(plan=plan, name="月调度", starts_on=SINCE)
    day = datetime.date(2021, 1, 31)
    period = Period.objects.create(rule=rule, key="2021-01", starts_on=SINCE, ends_on=day, due_on=day)
    made = {}
    for task in Task.objects.order_by("order")[:count]:
        Duty.objects.create(task=task, role="lead", text="县水利局", unit=unit)
        target = Target.objects.create(
            plan=plan, task=task, version=task.version, metric="新建管网", op=">=", value=100
        )
        made[Report.objects.create(period=period, task=task, unit=unit).pk] = target.pk
    return {"token": TOKEN, "targets": made}


def files() -> dict[str, Any]:
    """Three uploads of two different files, on one report."""
    report = Report.objects.order_by("id")[0]
    for name, content in (("甲.txt", b"a" * 70_000), ("乙.txt", b"b"), ("甲2.txt", b"a" * 70_000)):
        stored = store(SimpleUploadedFile(name, content), report.submitted_by, timezone.now())
        Evidence.objects.create(report=report, file=stored)
    return {}


def noted() -> dict[str, Any]:
    """What the newest line about a backup says."""
    return AuditEntry.objects.filter(action="base.back-up").latest("id").after


def kept() -> dict[str, Any]:
    """Of each report its number as the text, the figure, the version and the audit lines say it; of each file if it is there."""
    lines = defaultdict(list)
    for pk, after in AuditEntry.objects.filter(action="dispatch.save-report").values_list("object_id", "after"):
        lines[pk].append(number(after["progress"]))
    figures = dict(Figure.objects.values_list("report_id", "value"))
    reports = {
        report.pk: {
            "text": number(report.progress),
            "figure": int(figures.get(report.pk) or 0),
            "version": report.row_version - 1,
            "lines": sorted(lines[str(report.pk)]),
        }
        for report in Report.objects.all()
    }
    files = {stored.name: path_of(stored).is_file() for stored in Attachment.objects.all()}
    return {"reports": reports, "files": files}


def number(progress: str) -> int:
    return int(progress.removeprefix("第").removesuffix("次") or 0)


if __name__ == "__main__":
    name, *numbers = sys.argv[1:]
    work: Any = {"make": make, "files": files, "kept": kept, "noted": noted}[name]
    print(json.dumps(work(*map(int, numbers))))
