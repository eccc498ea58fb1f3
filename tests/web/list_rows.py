"""Five thousand rows of every kind that a list shows, made at once.

Of each kind a few hundred are those that are looked for: the first rows, the last ones, and some between. What they look
for is their unit (柳林镇, or the task that 县水利局 leads), their kind, or a word in them. Each row bears its number in a
text that its list shows: 合00007 where it is looked for, 外00008 where it is not.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec
from django.db import connection
from django.db.models import Model
from django.utils import timezone

from guatu.core.kernel.explained import Explained
from guatu.web.base.models import AuditEntry, Job, Slowdown, User
from guatu.web.cases.actions.flow_rows import current_version
from guatu.web.cases.models import Case
from guatu.web.directory.models import Person, Place, PlaceVersion, Unit, UnitVersion
from guatu.web.dispatch.models import (
    Act,
    Appeal,
    Circular,
    Decision,
    Instruction,
    Light,
    Meeting,
    Notice,
    Order,
    Period,
    PeriodRule,
    Problem,
    Report,
)
from guatu.web.drg.models import Hospital
from guatu.web.duties.models import Duty as DutyLine
from guatu.web.evaluation.models import EvaluationResult
from guatu.web.grids.models import FixedBorder, Grid, GridChange, GridVersion, Partition
from guatu.web.inspection.models import Draw, InspectionObject, Inspector
from guatu.web.ledger.models import Duty, Plan, PlanVersion, Target, Task
from guatu.web.public.models import Opinion, Release
from tests.web.conftest import SINCE, County, make_county

ROWS = 5_000
BEIJING = datetime.timezone(datetime.timedelta(hours=8))
MADE = datetime.datetime(2024, 6, 3, 9, tzinfo=BEIJING)
DAY = MADE.date()
MINUTE, DAYS = datetime.timedelta(minutes=1), datetime.timedelta(days=1)
PACK = "urban_management"


def looked_for(n: int) -> bool:
    return n < 3 or n >= ROWS - 3 or n % 20 == 7


def mark(n: int) -> str:
    return f"{'合' if looked_for(n) else '外'}{n:05d}"


LOOKED_FOR = frozenset(mark(n) for n in range(ROWS) if looked_for(n))
ALL = frozenset(mark(n) for n in range(ROWS))


@dataclass
class World:
    """The rows of a kind in the order of their numbers."""

    county: County
    rows: dict[type[Model], list[Any]] = field(default_factory=dict)

    def unit(self, n: int) -> Unit:
        return self.county.units["柳林镇" if looked_for(n) else "城关镇"]

    def make(self, model: type[Model], row: Callable[[int], Any]) -> list[Any]:
        made = model._default_manager.bulk_create([row(n) for n in range(ROWS)], batch_size=500)
        self.rows[model] = made
        return made


def make_world() -> World:
    world = World(make_county())
    for step in (plans, reports, lights, supervision, cases, directory, grids, inspection, office, public):
        step(world)
    know_sizes()
    return world


def know_sizes() -> None:
    """PostgreSQL plans by how many rows it knows of, which are none in tables that were filled a moment ago."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def plans(world: World) -> None:
    """Drafts of plans, and one confirmed plan with a task and a target for each number."""
    world.make(Plan, lambda n: Plan(title=mark(n), issued_on=DAY, created_at=MADE + n * MINUTE))
    plan = Plan.objects.create(title="青禾县水利建设方案", state=Plan.State.CONFIRMED, issued_on=DAY, created_at=MADE)
    version = PlanVersion.objects.create(plan=plan, number=1, state="confirmed", uploaded_at=MADE)
    tasks = world.make(
        Task,
        lambda n: Task(
            plan=plan, version=version, title=mark(n), path=["二", str(n)], order=n, due=DAY, state=Task.State.OPEN
        ),
    )
    leads = {True: world.county.units["县水利局"], False: world.county.units["县财政局"]}
    roles: Sequence[tuple[str, Callable[[int], Unit]]] = (
        (Duty.Role.RESPONSIBLE, world.unit),
        (Duty.Role.LEAD, lambda n: leads[looked_for(n)]),
    )
    for role, unit in roles:
        world.make(Duty, lambda n, r=role, u=unit: Duty(task=tasks[n], role=r, text="单位", unit=u(n)))
    world.make(
        Target,
        lambda n: Target(
            plan=plan,
            task=tasks[n],
            version=version,
            metric=mark(n),
            op=">=",
            value=5,
            unit_text="公里",
            due=DAY,
            start=n,
        ),
    )


def period(world: World, month: int) -> Period:
    """A month of the confirmed plan; its rule is made with the first."""
    plan = world.rows[Task][0].plan
    rule, _made = PeriodRule.objects.get_or_create(plan=plan, name="月调度", defaults={"starts_on": SINCE})
    first = datetime.date(2024, month, 1)
    last = datetime.date(2024, month + 1, 1) - DAYS
    return Period.objects.get_or_create(
        rule=rule, key=f"2024-{month:02}", defaults={"starts_on": first, "ends_on": last, "due_on": last + 5 * DAYS}
    )[0]


def reports(world: World) -> None:
    """In April handed in, with a problem; in May still to be written."""
    tasks, april, may = world.rows[Task], period(world, 4), period(world, 5)
    world.make(
        Report,
        lambda n: Report(
            period=april, task=tasks[n], unit=world.unit(n), state=Report.State.SUBMITTED, level=0,
            progress="已开工", problems="征地困难", submitted_at=MADE,
        ),
    )  # fmt: skip
    world.make(Report, lambda n: Report(period=may, task=tasks[n], unit=world.unit(n), state=Report.State.DUE))


def lights(world: World) -> None:
    """Red ones, each appealed against."""
    tasks, may = world.rows[Task], period(world, 5)
    why = msgspec.to_builtins(Explained("red", "light.test", "{value}", "{value}"))
    made = world.make(
        Light,
        lambda n: Light(
            period=may,
            task=tasks[n],
            unit=world.unit(n),
            colour="red",
            rule="light.test",
            explained=why,
            on=DAY,
            at=MADE,
        ),
    )
    world.make(
        Appeal,
        lambda n: Appeal(light=made[n], then={"colour": "red"}, reason=mark(n), made_at=MADE, due_on=MADE.date()),
    )


def supervision(world: World) -> None:
    tasks, may = world.rows[Task], period(world, 5)
    plan = tasks[0].plan
    world.make(
        Act,
        lambda n: Act(
            task=tasks[n], unit=world.unit(n), period=may, step="talk", label=mark(n), reason="x",
            facts={}, proposed_at=MADE + n * MINUTE,
        ),
    )  # fmt: skip
    world.make(
        Problem,
        lambda n: Problem(task=tasks[n], unit=world.unit(n), text=mark(n), opened_at=MADE + n * MINUTE, due_on=DAY),
    )
    world.make(
        Order,
        lambda n: Order(
            number=f"青督〔2024〕{n}号", year=2024, serial=n, plan=plan, task=tasks[n], unit=world.unit(n),
            subject=mark(n), text="加快推进", issued_on=DAY, due_on=DAY + 5 * DAYS,
        ),
    )  # fmt: skip
    kinds = {True: Circular.Kind.MONTHLY, False: Circular.Kind.CIRCULAR}
    world.make(
        Circular,
        lambda n: Circular(kind=kinds[looked_for(n)], plan=plan, period=may, title=mark(n), body={}, made_at=MADE),
    )
    orders = world.rows[Order]
    world.make(
        Instruction,
        lambda n: Instruction(plan=plan, task=tasks[n], unit=world.unit(n), text=mark(n), at=MADE, order=orders[n]),
    )
    world.make(
        Meeting,
        lambda n: Meeting(plan=plan, period=may, title=mark(n), held_on=DAY, agenda="1.", state="issued", made_at=MADE),
    )
    meetings = world.rows[Meeting]
    world.make(Decision, lambda n: Decision(meeting=meetings[n], text=mark(n), unit=world.unit(n), due_on=DAY))
    world.make(Notice, lambda n: Notice(kind="order.issued", unit=world.unit(n), title=mark(n), at=MADE))


def cases(world: World) -> None:
    """Those of 柳林镇 are to be handled there, and are due last; one of seven has no day on which it is due."""
    flow = current_version(PACK, MADE)
    places = {True: world.county.places["柳林镇"], False: world.county.places["城关镇"]}
    world.make(
        Case,
        lambda n: Case(
            code=f"C{n:09d}", flow=flow, pack=PACK, class_code="C0101", source="public", text=mark(n), address="云岭路",
            unit=world.unit(n), place=places[looked_for(n)], opened_at=MADE + n * MINUTE, changed_at=MADE,
            open_steps="handle", due=None if n % 7 == 0 else MADE + (n + ROWS * looked_for(n)) * MINUTE,
        ),
    )  # fmt: skip


def directory(world: World) -> None:
    """People, accounts, lines of the duty list; units and places are made by `crowd`, because every page offers them."""
    world.make(Person, lambda n: Person(name=mark(n)))
    world.make(User, lambda n: User(username=mark(n), display_name=mark(n), password="!"))
    county = world.county
    world.make(
        DutyLine,
        lambda n: DutyLine(
            class_code=f"C{n:04d}", place=county.places["柳林镇"], unit=county.units["柳林镇"], source=mark(n),
            valid_from=SINCE,
        ),
    )  # fmt: skip


def crowd(world: World) -> None:
    """Units below 柳林镇 and places in it."""
    county = world.county
    units = world.make(Unit, lambda n: Unit(code=f"x{n}"))
    world.make(
        UnitVersion,
        lambda n: UnitVersion(
            unit=units[n], name=mark(n), category="other", parent=county.units["柳林镇"], order=n, valid_from=SINCE
        ),
    )
    places = world.make(Place, lambda n: Place(code=f"88{n:010d}"))
    world.make(
        PlaceVersion,
        lambda n: PlaceVersion(
            place=places[n], name=mark(n), level="group", parent=county.places["柳林镇"], valid_from=SINCE
        ),
    )
    know_sizes()


def square(n: int) -> dict[str, Any]:
    """One of 100 in a row, side by side."""
    west, south, side = 121 + n % 100 * 0.001, 30 + n // 100 * 0.001, 0.001
    ring = [(west, south), (west + side, south), (west + side, south + side), (west, south + side), (west, south)]
    return {"type": "Polygon", "coordinates": [[[round(x, 6), round(y, 6)] for x, y in ring]]}


def grids(world: World) -> None:
    change = GridChange.objects.create(kind=GridChange.Kind.IMPORT, day=SINCE, at=MADE)
    made = world.make(Grid, lambda n: Grid(code=mark(n), kind=Grid.Kind.DUTY, unit=world.unit(n)))
    world.make(
        GridVersion,
        lambda n: GridVersion(
            grid=made[n], name=mark(n), boundary=square(n), residents=900, begun_by=change, valid_from=SINCE
        ),
    )
    line = {"type": "LineString", "coordinates": [[121.0, 30.0], [121.1, 30.1]]}
    world.make(FixedBorder, lambda n: FixedBorder(unit=world.unit(n), name=mark(n), line=line, valid_from=SINCE))
    world.make(
        Partition, lambda n: Partition(unit=world.unit(n), seed=mark(n), units=[], state="discarded", made_at=MADE)
    )


def inspection(world: World) -> None:
    unit, people = world.county.units["县水利局"], world.rows[Person]
    world.make(InspectionObject, lambda n: InspectionObject(code=f"QH-{n:05}", name=mark(n), category="加油站"))
    world.make(Inspector, lambda n: Inspector(person=people[n], unit=unit, number=f"ZF-{n:05}"))
    world.make(
        Draw,
        lambda n: Draw(
            title=mark(n),
            matter="安全生产",
            unit=unit,
            draw_on=DAY,
            percent={},
            seed="0",
            commitment="0",
            planned_at=MADE,
        ),
    )


def office(world: World) -> None:
    kinds = {True: EvaluationResult.Kind.AREA, False: EvaluationResult.Kind.POST}
    world.make(
        EvaluationResult,
        lambda n: EvaluationResult(
            pack=PACK, kind=kinds[looked_for(n)], starts_on=DAY, ends_on=DAY, number=n, note=mark(n), figures={},
            digest="", published_at=MADE,
        ),
    )  # fmt: skip
    world.make(
        AuditEntry,
        lambda n: AuditEntry(
            at=MADE, action="test.note" if looked_for(n) else "test.other", object_type="ledger.task",
            object_id="1", after={"title": mark(n)},
        ),
    )  # fmt: skip
    now = timezone.now()
    world.make(
        Slowdown,
        lambda n: Slowdown(
            key=f"{n:064}", kind=Slowdown.Kind.ADDRESS, address=mark(n), failures=20, last_at=now, next_at=now + DAYS
        ),
    )
    states = {True: Job.State.FAILED, False: Job.State.DONE}
    world.make(Job, lambda n: Job(kind="sum", state=states[looked_for(n)], message=mark(n), created_at=MADE))
    world.make(Hospital, lambda n: Hospital(code=f"H{n:05}", name=mark(n)))


def public(world: World) -> None:
    """Notices that hang, and opinions of which those looked for wait."""
    unit, states = world.county.units["县水利局"], {True: Opinion.State.WAITING, False: Opinion.State.ANSWERED}
    world.make(
        Release,
        lambda n: Release(
            kind="circular", kind_zh="通报", kind_en="circular", title=mark(n), words=mark(n), ground="政府信息公开条例",
            from_on=SINCE, unit=unit, unit_name="县水利局", state=Release.State.RELEASED, made_at=MADE, released_at=MADE,
        ),
    )  # fmt: skip
    world.make(
        Opinion,
        lambda n: Opinion(
            code=f"Y{n:09}", text=mark(n), unit=unit, state=states[looked_for(n)], received_at=MADE, due_on=DAY
        ),
    )


def numbers(rows: Sequence[Model]) -> Iterator[tuple[int, Any]]:
    """The keys of those of the rows that are looked for, with their numbers."""
    return ((n, row.pk) for n, row in enumerate(rows) if looked_for(n))
