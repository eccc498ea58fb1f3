"""The county's settings for programs: what each holds and takes, and the change from a day on."""

from __future__ import annotations

import datetime
from dataclasses import asdict
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from ninja import Query, Schema
from pydantic import Field

from guatu.web.base.actions import perform
from guatu.web.base.actions.set_setting import SetSetting
from guatu.web.base.declarations import declarations
from guatu.web.base.middleware import context_of
from guatu.web.base.scoped_api import ScopedRouter
from guatu.web.base.selectors.settings import SECRET, VIEW, SettingLine, is_sought, setting_lines
from guatu.web.county.selectors.facts import facts_on
from guatu.web.county.selectors.first_steps import first_steps, is_open
from guatu.web.county.selectors.health import faults, health_on
from guatu.web.kit.paging import Input, Limits, Page, asking, page_of

# Whoever reads with a token sees no secret, whatever its owner may see on the page: tokens lie in files.
router = ScopedRouter(write="settings", tags=["settings"])


class SettingOut(Schema):
    """`value` is what holds today; `takes` says in words what may be given. `seen` goes along with a change."""

    name: str
    label: str
    help: str
    group: str
    takes: str
    value: Any
    default: Any
    differs: bool
    wrong: str
    valid_from: datetime.date | None
    source: str
    may_change: bool
    seen: str


class ValueOut(Schema):
    value: Any
    valid_from: datetime.date
    source: str


class SettingDetail(SettingOut):
    """`values` are all it ever held and will hold, the latest first; a value null is the default."""

    values: list[ValueOut]


class SettingQuery(Limits):
    q: str = Field("", max_length=120)
    changed: bool = False


class SettingIn(Input):
    """`value` null is the default again. A rule is answered with 409 and what it would change; its `tried`, sent along,
    says that this was seen."""

    value: Any = None
    valid_from: datetime.date | None = None
    source: str = ""
    seen: str = ""
    tried: str = ""


@router.get("/settings", response=Page[SettingOut], summary="The settings of the county")
def settings(request: HttpRequest, query: Query[SettingQuery]) -> dict[str, Any]:
    actor = asking(request, VIEW)
    lines = [one for one in setting_lines(actor) if is_sought(one, query.q) and (one.differs or not query.changed)]
    # Only those of the page are described: choices of some are all units of the county.
    page = page_of(lines, query)
    return {**page, "rows": [_out(one) for one in page["rows"]]}


@router.get("/settings/{str:name}", response=SettingDetail, summary="One setting, with all its values")
def setting(request: HttpRequest, name: str) -> dict[str, Any]:
    actor = asking(request, VIEW)
    if name not in declarations():
        raise Http404
    return _detail(setting_lines(actor, [name])[0])


@router.put("/settings/{str:name}", response=SettingDetail, summary="Another value from a day on")
def set_setting(request: HttpRequest, name: str, given: SettingIn) -> dict[str, Any]:
    asking(request, VIEW)
    if name not in declarations():
        raise Http404
    action = SetSetting(name, given.value, given.valid_from, given.source, given.seen, given.tried)
    # The answer is read after the change: its `seen` is that of the next one.
    context = context_of(request)
    perform(action, context)
    return _detail(setting_lines(context.actor, [name])[0])


def _out(line: SettingLine) -> dict[str, Any]:
    declared, row = line.declared, line.row
    return {
        "name": declared.name,
        "label": str(declared.label),
        "help": str(declared.help),
        "group": str(declared.group),
        "takes": declared.kind.described(),
        "value": _shown(line, line.kept),
        "default": declared.kept_default,
        "differs": line.differs,
        "wrong": line.wrong,
        "valid_from": row.valid_from if row else None,
        "source": row.source if row else "",
        "may_change": line.may_change,
        "seen": line.stamp,
    }


def _detail(line: SettingLine) -> dict[str, Any]:
    values = [
        {"value": _shown(line, row.value), "valid_from": row.valid_from, "source": row.source} for row in line.rows
    ]
    return {**_out(line), "values": values}


def _shown(line: SettingLine, kept: Any) -> Any:
    return SECRET if line.declared.secret and kept else kept


class StepOut(Schema):
    """`missing` keeps a step open, `advice` does not; `address` is the page on which it is done."""

    key: str
    title: str
    why: str
    done: bool
    there: list[str]
    missing: list[str]
    advice: list[str]
    address: str


class FaultOut(Schema):
    key: str
    said: str
    advice: bool


class DoctorOut(Schema):
    """`complete`: no step is open and no fault is more than advice."""

    complete: bool
    steps: list[StepOut]
    faults: list[FaultOut]


@router.get("/first-steps", response=DoctorOut, summary="What the county has and what it lacks")
def county_doctor(request: HttpRequest) -> dict[str, Any]:
    today = asking(request, VIEW).today
    steps, found = first_steps(facts_on(today)), faults(health_on(today))
    return {
        "complete": not is_open(steps) and all(fault.advice for fault in found),
        "steps": [{**asdict(step), "done": step.done, "address": reverse(step.page)} for step in steps],
        "faults": [asdict(fault) for fault in found],
    }
