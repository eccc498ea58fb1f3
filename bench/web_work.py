# ruff: noqa: E402 (models can be imported only when Django is set up)
"""What bench/web.py has done in processes of their own, in the environment of the server that is measured.

    python bench/web_work.py rows|sessions|reports|steps|inserts|import|export ...

Each prints one line of JSON.
"""

import datetime
import io
import json
import resource
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone

from guatu.web.base.actions import Context, perform
from guatu.web.base.actors import Actor, anonymous
from guatu.web.base.jobs import run_waiting
from guatu.web.base.models import AuditEntry, User
from guatu.web.cases.actions.move_case import MoveCase
from guatu.web.cases.actions.open_case import OpenCase
from guatu.web.cases.models import Case
from guatu.web.directory.models import RoleGrant, Unit
from guatu.web.directory.selectors.grants import grants_of
from guatu.web.dispatch.actions.save_report import SaveReport
from guatu.web.dispatch.models import Period, PeriodRule, Report
from guatu.web.kit.export import Column, xlsx_parts
from guatu.web.ledger.actions.import_tasks import ImportTasks
from guatu.web.ledger.models import Duty, Plan, PlanVersion, Target, Task

TASKS, REPORTS = 500, 4000
HEADS = ("编号", "任务", "领域", "牵头单位", "完成时限", "指标", "要求", "目标值", "计量单位")


def rows() -> dict[str, Any]:
    """A plan of 500 tasks, and a period with 4,000 reports due, each with a target; the ids of plan and reports."""
    today = timezone.localdate()
    now = timezone.now()
    unit = Unit.objects.get(code="slj")
    plan = Plan.objects.create(
        title="五百项任务实施方案", state="confirmed", issued_on=today.replace(day=1), created_at=now
    )
    version = PlanVersion.objects.create(plan=plan, number=1, state="confirmed", uploaded_at=now, confirmed_at=now)
    due = datetime.date(today.year + 1, 12, 31)
    many = [
        Task(plan=plan, version=version, title=f"任务{n}", path=[str(n)], order=n, state="open", due=due)
        for n in range(TASKS)
    ]
    tasks = Task.objects.bulk_create(many)
    Duty.objects.bulk_create(Duty(task=task, role="lead", text="县水利局", unit=unit) for task in tasks)
    Target.objects.bulk_create(
        Target(plan=plan, task=task, version=version, metric="新建管网", op=">=", value=100, unit_text="公里", due=due)
        for task in tasks
    )
    rule = PeriodRule.objects.create(plan=plan, name="月调度", starts_on=today.replace(day=1))
    reports: list[int] = []
    for n in range(REPORTS // TASKS):
        day = datetime.date(today.year - 1, n + 1, 28)
        period = Period.objects.create(rule=rule, key=f"{day:%Y-%m}", starts_on=day, ends_on=day, due_on=today)
        made = Report.objects.bulk_create(Report(period=period, task=task, unit=unit) for task in tasks)
        reports += [report.pk for report in made]
    return {"plan": plan.pk, "reports": reports}


def sessions(count: int) -> dict[str, Any]:
    """Cookies of so many sessions, of every role that sees the map."""
    users = list(User.objects.filter(username__in=("leader", "ducha", "shuili", "linxi", "shenji")))
    found = []
    for n in range(count):
        client = Client()
        client.force_login(users[n % len(users)])
        found.append(client.cookies["sessionid"].value)
    return {"cookies": found}


def reports(ids: list[int]) -> dict[str, Any]:
    """Hands in reports one by one, each with a figure, its checks and its audit line; seconds and how many."""
    user, now = _reporter(), timezone.now()
    context = Context(Actor(user, now.date(), grants_of(user, now.date())), now)
    targets = dict(Report.objects.filter(pk__in=ids).values_list("pk", "task__targets"))
    _wait()
    began = time.perf_counter()
    for at, pk in enumerate(ids):
        figures = {targets[pk]: f"{1 + at % 90}"}
        perform(
            SaveReport(
                pk,
                1,
                progress="本月按计划推进。",
                figures=figures,
                notes=dict.fromkeys(figures, "已核对"),
                submit=True,
                despite=True,
            ),
            context,
        )
    return {"seconds": time.perf_counter() - began, "count": len(ids)}


# A case from the report to its end, sent back once: step, move, and who does it in the example county.
WALK = (
    ("file", "forward", "shouli"), ("assign", "forward", "shouli"), ("handle", "return", "chengguan"),
    ("assign", "forward", "shouli"), ("handle", "forward", "chengguan"), ("report_back", "forward", "shouli"),
    ("check", "forward", "caiji"), ("close", "forward", "shouli"),
)  # fmt: skip


def steps(count: int) -> dict[str, Any]:
    """Moves so many cases from their report to their end; seconds, processor time of this process, and how many steps."""
    now = timezone.now()
    fields = {
        "file": {"class_code": "C0101"},
        "assign": {"unit": str(Unit.objects.get(code="cgj").pk)},
        "handle": {"result": "已更换"},
    }
    people = {}
    for user in User.objects.filter(username__in={who for _step, _move, who in WALK}):
        people[user.username] = Context(Actor(user, now.date(), grants_of(user, now.date())), now)
    nobody = Context(anonymous(now.date()), now)
    opened = [perform(OpenCase("urban_management", "C0101", "井盖缺失", "云岭路"), nobody) for _ in range(count + 1)]
    _walk(opened.pop(), people, fields)
    _wait()
    began, cpu = time.perf_counter(), time.process_time()
    for case in opened:
        _walk(case, people, fields)
    busy = time.process_time() - cpu
    return {"seconds": time.perf_counter() - began, "processor": busy, "count": count * len(WALK)}


def _walk(case: Case, people: dict[str, Context], fields: dict[str, dict[str, str]]) -> None:
    for at, (step, move, who) in enumerate(WALK):
        back = move == "return"
        photos = {"photo_after": [_photo()]} if step == "handle" and not back else {}
        given = {} if back else fields.get(step, {})
        perform(MoveCase(case.pk, at + 1, step, move, "不属本单位" if back else "", given, photos), people[who])


def _photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("处置后.jpg", b"\xff\xd8\xff" + b"0" * 200_000, "image/jpeg")


def inserts(count: int) -> dict[str, Any]:
    """Bare inserts of an audit line, each in its own transaction: what the disk allows."""
    user, now = _reporter(), timezone.now()
    _wait()
    began = time.perf_counter()
    for n in range(count):
        with transaction.atomic():
            AuditEntry.objects.create(
                at=now, user=user, action="bench", object_type="x", object_id=str(n), after={"n": n}
            )
    return {"seconds": time.perf_counter() - began, "count": count}


def _reporter() -> User:
    return RoleGrant.objects.filter(unit__code="slj").select_related("user").order_by("id")[0].user


def _wait() -> None:
    """All writers begin at once: at the next full second but one."""
    time.sleep(2 - time.time() % 1)


def imported(count: int) -> dict[str, Any]:
    """A workbook of tasks, one row in twenty wrong, from upload to the last row."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADS)
    for n in range(count):
        due = "二月三十日" if n % 20 == 0 else "2027-09-30"
        row = (str(n + 1), f"任务{n}", "供水", "县水利局", due, "新建水窖", ">=", 10 + n % 50, "口")
        sheet.write_row(n + 1, 0, row)
    book.close()
    user, now = User.objects.get(username="ducha"), timezone.now()
    context = Context(Actor(user, now.date(), grants_of(user, now.date())), now)
    began = time.perf_counter()
    job = perform(ImportTasks(SimpleUploadedFile("台账.xlsx", out.getvalue()), None, "四千项任务"), context)
    run_waiting()
    job.refresh_from_db()
    return {"seconds": time.perf_counter() - began, "state": job.state, "problems": len(job.result["problems"])}


def exported(count: int, width: int, path: Path) -> dict[str, Any]:
    """A workbook of so many rows and columns, streamed to a file; seconds and the largest memory of the process."""

    def lines() -> Iterator[list[Any]]:
        for row in range(count):
            yield [f"第{row}行第{column}列" if column % 3 else row * column / 4 for column in range(width)]

    began = time.perf_counter()
    with path.open("wb") as file:
        for part in xlsx_parts("台账", [Column(f"列{n}") for n in range(width)], lines()):
            file.write(part)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": time.perf_counter() - began, "megabytes": peak, "file": path.stat().st_size / 2**20}


WORK: dict[str, Callable[[list[str]], dict[str, Any]]] = {
    "rows": lambda given: rows(),
    "sessions": lambda given: sessions(int(given[0])),
    "reports": lambda given: reports([int(word) for word in given[0].split(",")]),
    "steps": lambda given: steps(int(given[0])),
    "inserts": lambda given: inserts(int(given[0])),
    "import": lambda given: imported(int(given[0])),
    "export": lambda given: exported(int(given[0]), int(given[1]), Path(given[2])),
}

if __name__ == "__main__":
    print(json.dumps(WORK[sys.argv[1]](sys.argv[2:])))
