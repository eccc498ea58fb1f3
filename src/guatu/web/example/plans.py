"""The example plans, moved to the running year, uploaded, put in order and confirmed as an office would do it."""

from __future__ import annotations

import datetime
import io
import random
import re
import zipfile
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import QuerySet
from lxml import etree

from guatu.core.dispatch.allocation import allocate
from guatu.web.base.actions import Context, perform
from guatu.web.base.jobs import run_waiting
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.dispatch.actions.set_period_rule import SetPeriodRule
from guatu.web.ledger.actions.confirm_plan import ConfirmPlan
from guatu.web.ledger.actions.correct_target import CorrectTarget
from guatu.web.ledger.actions.leave_unlinked import LeaveUnlinked
from guatu.web.ledger.actions.link_units import LinkUnits
from guatu.web.ledger.actions.merge_version import MergeVersion
from guatu.web.ledger.actions.set_allocation import SetAllocation
from guatu.web.ledger.actions.set_course import SetCourse
from guatu.web.ledger.actions.set_missing_due import SetMissingDue
from guatu.web.ledger.actions.upload_plan import COMPILE, UploadPlan
from guatu.web.ledger.actions.waive_unit import WaiveUnit
from guatu.web.ledger.models import Duty, Plan, PlanVersion, Target, Task
from guatu.web.ledger.selectors.checks import checks
from guatu.web.ledger.selectors.unit_texts import unit_texts

WRITTEN_IN = 2025
"""The year that the example plans are written for."""
SURE = 0.6
"""A suggestion that scores less is not taken: the name stays unlinked, as an office would leave it."""
_YEAR = re.compile(r"(?<!\d)20[12]\d(?=[年—〕])")
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
LATE_DAYS = 35
SUFFIXES = (".txt", ".docx")


# What the second version of the plans says otherwise, and what stood there; a plan of others may hold none of it.
AMENDMENTS = (
    ("改造人行道面积2.4万平方米", "改造人行道面积3万平方米"),
    ("新建公共厕所12座、改造9座", "新建公共厕所14座、改造9座"),
    ("夜间错时开放泊位100个以上。8月底前完成。", "夜间错时开放泊位100个以上。9月底前完成。"),
    ("建设隔离网24公里", "建设隔离网30公里"),
    ("改造提升规模以下养殖户320户", "改造提升规模以下养殖户360户"),
)


def moved(text: str, years: int, amendments: Sequence[tuple[str, str]] = ()) -> str:
    """The text with its years moved, and amended."""
    for old, new in amendments:
        text = text.replace(old, new)
    return _YEAR.sub(lambda found: str(int(found[0]) + years), text)


def moved_file(path: Path, years: int, amendments: Sequence[tuple[str, str]] = ()) -> SimpleUploadedFile:
    """A plan as it would be uploaded, its years moved in text and name."""
    data = path.read_bytes()
    docx = path.suffix == ".docx"
    changed = _moved_docx(data, years, amendments) if docx else moved(data.decode(), years, amendments).encode()
    name = re.sub(r"20[12]\d", lambda found: str(int(found[0]) + years), path.name)
    return SimpleUploadedFile(name, changed)


def _moved_docx(data: bytes, years: int, amendments: Sequence[tuple[str, str]]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part)
            if part.filename == "word/document.xml":
                tree = etree.fromstring(content)
                for node in tree.iter(_WORD):
                    node.text = moved(node.text or "", years, amendments)
                content = etree.tostring(tree, xml_declaration=True, encoding="UTF-8", standalone=True)
            new.writestr(part, content)
    return out.getvalue()


def load(path: Path, years: int, office: Context, rng: random.Random) -> Plan:
    """Uploads a plan, links its units, settles what stands in the way, and confirms it."""
    plan = _uploaded(moved_file(path, years), None, PlanVersion.State.REVIEW, office).plan
    for step in (_link, _attach, _waive, _date, _allocate):
        step(plan, office)
    _give_bases(plan, office, rng)
    plan.refresh_from_db()
    perform(ConfirmPlan(plan.pk, plan.row_version), office)
    # Late reports are taken for five weeks: on any day of the demo there is a period to report on.
    first = office.at.date().replace(day=1)
    perform(SetPeriodRule(plan.pk, "月调度", "month", first, due_day=5, closes_after=LATE_DAYS), office)
    return plan


def quarterly(plan: Plan, office: Context) -> None:
    """Beside each month the units of the plan report on each quarter."""
    first = office.at.date().replace(day=1)
    perform(SetPeriodRule(plan.pk, "季小结", "quarter", first, due_day=15, closes_after=LATE_DAYS), office)


def amend(plan: Plan, path: Path, years: int, office: Context) -> PlanVersion | None:
    """A second version of the plan, merged: some tasks are asked for more, or later. None where nothing is amended."""
    file = moved_file(path, years, AMENDMENTS)
    if file.read() == moved_file(path, years).read():
        return None
    file.seek(0)
    version = _uploaded(file, plan.pk, PlanVersion.State.MERGE, office)
    return perform(MergeVersion(version.pk, version.row_version), office)


def _uploaded(file: SimpleUploadedFile, plan: int | None, state: str, office: Context) -> PlanVersion:
    version = perform(UploadPlan(file, plan), office)
    # Only this: periods that open by today's calendar would come before the months have been run.
    run_waiting(kinds=(COMPILE,))
    version.refresh_from_db()
    if version.state != state:
        raise RuntimeError(f"{file.name}: {version.state} {version.failure}")
    return version


def _link(plan: Plan, office: Context) -> None:
    """Names that the directory knows go to their units, collective names to all of their members."""
    for name in unit_texts(plan, unit_tree(office.actor.today)):
        if name.state != "waiting":
            continue
        best = name.suggestions[0] if name.suggestions else None
        if name.members:
            perform(LinkUnits(plan.pk, name.text, tuple(member.id for member in name.members)), office)
        elif best and best.score >= SURE:
            perform(LinkUnits(plan.pk, name.text, (best.unit_id,)), office)
        else:
            perform(LeaveUnlinked(plan.pk, name.text, Duty.Unlinked.OUTSIDE), office)


def _attach(plan: Plan, office: Context) -> None:
    """Goals of the plan as a whole are followed through the targets of its tasks, not by themselves."""
    for check in checks(plan):
        if check.kind == "attach" and check.target_id:
            target = Target.objects.get(pk=check.target_id)
            perform(CorrectTarget(target.pk, target.row_version, {"tracked": False}), office)


def _waive(plan: Plan, office: Context) -> None:
    for check in checks(plan):
        if check.kind == "unit" and check.task_id:
            perform(WaiveUnit(check.task_id, check.row_version, "方案未写明责任单位,由专班统筹推进"), office)


def _date(plan: Plan, office: Context) -> None:
    """What has no time limit is due when the plan's year ends."""
    plan.refresh_from_db()
    year = plan.issued_on.year if plan.issued_on else office.at.year
    perform(SetMissingDue(plan.pk, datetime.date(year, 12, 31)), office)


def _allocate(plan: Plan, office: Context) -> None:
    """Two sums that fall to the towns are shared out among them."""
    towns = {node.id for node in unit_tree(office.actor.today).of_category("town")}
    shared = 0
    for target in _tracked(plan).filter(kind=Target.Kind.CUMULATIVE, change=Target.Sense.TO):
        task = target.task
        led = task.duties.filter(role=Duty.Role.RESPONSIBLE, unit__isnull=False) if task else Duty.objects.none()
        units = {d.unit_id for d in led if d.unit_id} & towns
        if len(units) < 3 or target.value != int(target.value) or target.value < 20:
            continue
        weights: dict[str, int] = {str(unit): 2 + at % 3 for at, unit in enumerate(sorted(units))}
        parts = allocate(int(target.value), weights)
        shares = {int(part.place): Decimal(str(part.value.value)) for part in parts}
        perform(SetAllocation(target.pk, target.row_version, shares), office)
        shared += 1
        if shared == 2:
            return


def _give_bases(plan: Plan, office: Context, rng: random.Random) -> None:
    """What was reached before; one in five is left unknown, as in life."""
    for target in _tracked(plan).filter(base_value=None, kind=Target.Kind.LEVEL).exclude(direction="hold"):
        if rng.random() < 0.2:
            continue
        values = {"base_value": _base(target, rng), "base_date": plan.issued_on}
        if not (plan.issued_on and target.due and plan.issued_on < target.due):
            values.pop("base_date")
        perform(SetCourse(target.pk, target.row_version, values), office)


def _base(target: Target, rng: random.Random) -> Decimal:
    if target.change != Target.Sense.TO:
        return Decimal(100)
    part = rng.uniform(1.1, 1.5) if target.direction == Target.Direction.DOWN else rng.uniform(0.55, 0.9)
    return (target.value * Decimal(str(round(part, 3)))).quantize(Decimal("0.01"))


def _tracked(plan: Plan) -> QuerySet[Target]:
    return (
        plan.targets.filter(tracked=True, dropped=False, task__isnull=False)
        .exclude(task__state=Task.State.DROPPED)
        .select_related("task")
        .order_by("id")
    )
