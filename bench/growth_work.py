# ruff: noqa: E402 (models can be imported only when Django is set up)
"""What bench/growth.py has done in processes of their own, in the environment of the county that is measured.

    python bench/growth_work.py make TASKS CASES MONTHS | pages | export ADDRESS | tick

Each prints one line of JSON. The county grows on the example county: its units, its plans' manner, its cases.
"""

import datetime
import json
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

import django

django.setup()

from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guatu.core.calendar.keys import span_of, step
from guatu.web.base.jobs import run_waiting
from guatu.web.base.models import AuditEntry, User
from guatu.web.cases.models import Case, CaseEvent
from guatu.web.directory.models import Unit, UnitVersion
from guatu.web.dispatch.actions.compute_lights import ComputeLights
from guatu.web.dispatch.models import Figure, Light, Order, OrderEvent, Period, PeriodRule, Problem, Report
from guatu.web.dispatch.system import system_context
from guatu.web.dispatch.tick import tick
from guatu.web.ledger.models import Duty, Plan, PlanVersion, Target, Task

A_PLAN = 500
BLOCK = 2_000
DOMAINS = ("供水", "道路", "污水", "绿化", "学校", "卫生院", "文化", "养老", "产业", "住房")
COLOURS = ("green",) * 7 + ("amber",) * 2 + ("red",)
OFFICE, DEPARTMENT = "ducha", "shuili"
# Pages that a county looks at each day, as the office sees them; reports as those see them who hand them in.
ASKED_BY = {"reports": DEPARTMENT, "API: reports": DEPARTMENT}
PAGES = {
    "campaign map": "/map/", "task": "/tasks/{task}/", "tasks": "/tasks/", "reports": "/reports/", "reviews": "/reviews/",
    "orders": "/orders/", "problems": "/orders/problems/", "steps": "/orders/steps/", "lights": "/lights/",
    "audit": "/audit/", "cases": "/cases/", "evaluation": "/evaluation/", "API: lights": "/api/lights", "API: orders": "/api/orders",
    "API: problems": "/api/problems", "API: reports": "/api/reports", "API: tasks": "/api/tasks", "API: cases": "/api/cases",
}  # fmt: skip
EXPORTS = {
    "lights": "/lights/export/?format=csv",
    "reviews": "/reviews/export/?format=csv",
    "orders": "/orders/export?format=csv",
}
ROUNDS = 5


def many(rows: Iterator[models.Model]) -> None:
    """Rows of one kind, written in blocks: hundreds of thousands are never in memory at once."""
    while block := list(islice(rows, BLOCK)):
        type(block[0])._default_manager.bulk_create(block)


def make(tasks: int, cases: int, months: int) -> dict[str, Any]:
    """So many tasks in plans of 500 with two units each, so many months of reports and lights, so many cases."""
    rng, now, today = random.Random(7), timezone.now(), timezone.localdate()
    departments = list(
        Unit.objects.filter(versions__category=UnitVersion.Category.DEPARTMENT, versions__valid_to=None).order_by("id")
    )
    towns = list(
        Unit.objects.filter(versions__category=UnitVersion.Category.TOWN, versions__valid_to=None).order_by("id")
    )
    office = User.objects.get(username=OFFICE)
    last = step(f"{today:%Y-%m}", -1)
    keys = [step(last, n - months + 1) for n in range(months)]
    for number in range(tasks // A_PLAN):
        plan = _plan(number, now, today)
        rows = list(plan.tasks.order_by("id").prefetch_related("targets", "duties"))
        rule = PeriodRule.objects.create(plan=plan, name="月调度", starts_on=span_of(keys[0])[0])
        del departments[60:]
        pairs = [(task, unit) for task in rows for unit in (rng.choice(departments), rng.choice(towns))]
        many(
            Duty(task=task, role="lead" if at % 2 == 0 else "responsible", text=unit.code, unit=unit)
            for at, (task, unit) in enumerate(pairs)
        )
        for key in keys:
            _month(rule, key, pairs, rng, now, office)
        newest = Period.objects.filter(rule=rule).order_by("-ends_on")[0]
        ComputeLights(newest.pk, today).change(system_context(now))
        _supervision(plan, rows, towns, rng, now, today, office)
    _cases(cases, rng, now)
    _audit(tasks * months // 4, now, office)
    run_waiting()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return {"lights": Light.objects.count(), "reports": Report.objects.count(), "cases": Case.objects.count()}


def _plan(number: int, now: datetime.datetime, today: datetime.date) -> Plan:
    plan = Plan.objects.create(
        title=f"第{number + 1}批重点任务实施方案", state="confirmed", issued_on=today.replace(day=1), created_at=now
    )
    version = PlanVersion.objects.create(plan=plan, number=1, state="confirmed", uploaded_at=now, confirmed_at=now)
    due = datetime.date(today.year + 1, 12, 31)
    many(
        Task(
            plan=plan, version=version, title=f"建设{DOMAINS[n % 10]}工程第{n + 1}项", path=[str(n + 1)],
            domain=DOMAINS[n % 10], order=n, state="open", due=due,
        )
        for n in range(A_PLAN)
    )  # fmt: skip
    many(
        Target(plan=plan, task=task, version=version, metric="新建管网", op=">=", value=100, unit_text="公里", due=due)
        for task in plan.tasks.order_by("id")
    )
    return plan


def _month(
    rule: PeriodRule, key: str, pairs: list[tuple[Task, Unit]], rng: random.Random, now: datetime.datetime, office: User
) -> None:
    first, last = span_of(key)
    closed = key != step(f"{timezone.localdate():%Y-%m}", -1)
    period = Period.objects.create(
        rule=rule, key=key, starts_on=first, ends_on=last, due_on=last + datetime.timedelta(days=5),
        closes_on=last + datetime.timedelta(days=25), state="closed" if closed else "open",
        closed_on=last + datetime.timedelta(days=26) if closed else None,
    )  # fmt: skip
    sent = datetime.datetime.combine(last, datetime.time(9), now.tzinfo)
    states = ("locked",) * 9 + ("due",) if closed else ("submitted",) * 7 + ("due",) * 2 + ("accepted",)
    many(
        Report(period=period, task=task, unit=unit, state=state, progress="本月按计划推进。", submitted_at=sent, submitted_by=office)
        for task, unit in pairs
        for state in (rng.choice(states),)
    )  # fmt: skip
    reports = Report.objects.filter(period=period).order_by("id").values_list("pk", "task__targets")
    many(Figure(report_id=pk, target_id=target, value=rng.randrange(1, 100)) for pk, target in reports.iterator())
    if closed:
        many(_lights(period, pairs, rng, now, last))


def _lights(
    period: Period, pairs: list[tuple[Task, Unit]], rng: random.Random, now: datetime.datetime, last: datetime.date
) -> Iterator[Light]:
    # Reasons as large as real ones: those of the example county.
    reasons = {colour: Light.objects.filter(colour=colour).order_by("id")[0].explained for colour in set(COLOURS)}
    for task, unit in pairs:
        colour = rng.choice(COLOURS)
        for target in (task.targets.all()[0], None):
            yield Light(
                period=period, task=task, unit=unit, target=target, colour=colour, rule="far-behind",
                explained=reasons[colour], on=last, at=now,
            )  # fmt: skip


def _supervision(
    plan: Plan,
    rows: list[Task],
    towns: list[Unit],
    rng: random.Random,
    now: datetime.datetime,
    today: datetime.date,
    office: User,
) -> None:
    """Orders and problems: one for every second task, most of them done with."""
    many(
        Problem(task=task, unit=rng.choice(towns), text="用地手续未批。", state="open" if n % 5 == 0 else "solved", opened_at=now)
        for n, task in enumerate(rows[::2])
    )  # fmt: skip
    begun = Order.objects.count()
    many(
        Order(
            number=f"量测〔{today.year}〕{begun + n + 1}号", year=1990, serial=begun + n + 1, plan=plan, task=task, unit=rng.choice(towns),
            subject=task.title, text="请抓紧推进。", issued_on=today, due_on=today, state="issued" if n % 5 == 0 else "closed",
        )
        for n, task in enumerate(rows[::2])
    )  # fmt: skip
    many(
        OrderEvent(order_id=pk, at=now, user=office, verb="issued", due_on=today)
        for pk in Order.objects.filter(plan=plan).values_list("pk", flat=True)
    )


def _cases(count: int, rng: random.Random, now: datetime.datetime) -> None:
    """Copies of the example's cases of streets with their histories, a fifth of them open."""
    models_of = list(
        Case.objects.filter(pack="urban_management", confidential=False).order_by("id").prefetch_related("events")
    )
    ended = [case for case in models_of if case.ended_at]
    running = [case for case in models_of if not case.ended_at]
    for block in range(0, count, BLOCK):
        chosen = [
            rng.choice(running if rng.random() < 0.2 or not ended else ended) for _ in range(min(BLOCK, count - block))
        ]
        first = (Case.objects.aggregate(top=models.Max("pk"))["top"] or 0) + 1
        copies = []
        for n, case in enumerate(chosen):
            copy = Case(**{f.attname: getattr(case, f.attname) for f in Case._meta.concrete_fields})
            copy.pk, copy.code = first + n, f"G{block + n:07d}"
            copies.append(copy)
        Case.objects.bulk_create(copies)
        many(
            CaseEvent(**{f.attname: getattr(event, f.attname) for f in CaseEvent._meta.concrete_fields if f.attname not in ("id", "case_id", "asked_id")}, case_id=first + n)
            for n, case in enumerate(chosen)
            for event in case.events.all()
        )  # fmt: skip
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence('cases_case', 'id'), (SELECT max(id) FROM cases_case))"
            )


def _audit(count: int, now: datetime.datetime, office: User) -> None:
    many(
        AuditEntry(at=now, user=office, action="report.save", object_type="report", object_id=str(n), after={"n": n})
        for n in range(count)
    )


def pages() -> dict[str, Any]:
    """Milliseconds of processor time, the best of several, and queries of each page."""
    clients = {name: _client(name) for name in (OFFICE, DEPARTMENT)}
    task = Task.objects.filter(title__startswith="建设").order_by("id")[0].pk
    found = {}
    for name, address in PAGES.items():
        client, path = clients[ASKED_BY.get(name, OFFICE)], address.format(task=task)
        if (status := client.get(path).status_code) != 200:
            raise SystemExit(f"{path} answers {status}")
        with CaptureQueriesContext(connection) as queries:
            size, count = len(client.get(path).content), len(queries)
        found[name] = {
            "ms": min(_busy(lambda: client.get(path)) for _ in range(ROUNDS)) * 1000,  # noqa: B023
            "queries": count, "bytes": size,
        }  # fmt: skip
    return found


def _client(name: str) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=name))
    return client


def _busy(work: Callable[[], Any]) -> float:
    began = time.process_time()
    work()
    return time.process_time() - began


def export(name: str) -> dict[str, Any]:
    """Processor time, rows and growth of memory of one export, read as it streams."""
    client = _client(OFFICE)
    client.get("/orders/")
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    answer = client.get(EXPORTS[name])
    lines = sum(part.count(b"\n") for part in answer)
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    return {"seconds": time.process_time() - began, "rows": lines, "megabytes": grown}


def ticked() -> dict[str, Any]:
    """The hourly run, and again a moment later when there is nothing to do."""
    now = timezone.now()
    first = _busy(lambda: tick(now))
    run_waiting()
    tick(now)
    return {"first": first, "again": min(_busy(lambda: tick(now)) for _ in range(3))}


WORK: dict[str, Callable[..., dict[str, Any]]] = {
    "make": lambda *given: make(*map(int, given)),
    "pages": pages,
    "export": export,
    "tick": ticked,
}

if __name__ == "__main__":
    print(json.dumps(WORK[sys.argv[1]](*sys.argv[2:])))
