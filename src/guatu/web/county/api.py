"""The county's settings for programs: what each holds and takes, and the change from a day on."""

from __future__ import annotations

import datetime
import io
from dataclasses import asdict, replace
from typing import Any, Generic, TypeVar

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from ninja import File, Query, Schema, Status
from ninja.files import UploadedFile
from pydantic import Field

from guatu.web.base.actions import perform
from guatu.web.base.actions.set_setting import SetSetting
from guatu.web.base.declarations import declarations
from guatu.web.base.middleware import context_of
from guatu.web.base.scoped_api import ScopedRouter
from guatu.web.base.selectors.settings import SECRET, VIEW, SettingLine, is_sought, setting_lines
from guatu.web.base.settings import EDIT
from guatu.web.county.actions.load_county import LoadRows, LoadWorkbook
from guatu.web.county.selectors.facts import facts_on
from guatu.web.county.selectors.first_steps import first_steps, is_open
from guatu.web.county.selectors.health import faults, health_on
from guatu.web.county.selectors.workbook import present_rows
from guatu.web.county.sheets import SHEETS
from guatu.web.kit.downloads import XLSX, attached
from guatu.web.kit.paging import Input, Limits, Page, asking, page_of
from guatu.web.kit.sheets import write_workbook

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


_SETUP = {"x-scope": "setup"}
"""Accounts with their first passwords come of it: a token for settings does not do."""
T = TypeVar("T")


class CountyIn(Input):
    county: str
    code: str
    issuer: str = ""


class TownIn(Input):
    """A town or a village: of the code three, nine or twelve digits."""

    name: str
    code: str
    level: str = ""
    above: str = ""


class UnitIn(Input):
    """`aliases` are parted by semicolons; `above` and `place` are names or codes, those of other rows too."""

    name: str
    short_name: str = ""
    aliases: str = ""
    code: str = ""
    category: str = ""
    above: str = ""
    place: str = ""


class PersonIn(Input):
    """One person in one role; without a role no account is opened."""

    name: str
    unit: str = ""
    role: str = ""
    phone: str = ""
    account: str = ""
    title: str = ""


class LoadIn(Input):
    """`tried` says what would come of it and writes nothing; `only_good` writes the good rows beside wrong ones."""

    only_good: bool = False
    tried: bool = False


class RowsIn(LoadIn, Generic[T]):
    rows: list[T] = Field(min_length=1, max_length=1000)


class RowErrorOut(Schema):
    """`row` is the line of the sheet, or the place in `rows` from 1; 0 is the whole of them."""

    row: int
    column: str
    value: str
    message: str


class SheetOut(Schema):
    """`created` and `changed` name the rows, `along` units that were set up with their towns, `unknown` columns that
    were not used."""

    key: str
    there: bool
    rows: int
    created: list[str]
    changed: list[str]
    along: list[str]
    same: int
    errors: list[RowErrorOut]
    unknown: list[str]
    notes: list[str]


class AccountOut(Schema):
    """The first password is shown once: empty in the answer to a request that was made before."""

    username: str
    password: str


class LoadedOut(Schema):
    """With the status 422, and `code` and `message` of a problem, where something was wrong and nothing was written."""

    code: str
    field: str
    message: str
    written: bool
    repeated: bool
    sheets: list[SheetOut]
    unknown: list[str]
    accounts: list[AccountOut]


# What was wrong is told row by row: one form of answer for both, so that nothing is lost in a sentence.
_ANSWERS = {200: LoadedOut, 422: LoadedOut}


@router.post("/first-steps/county", response=_ANSWERS, summary="Name, code and issuer", openapi_extra=_SETUP)
def load_county(request: HttpRequest, given: CountyIn) -> Status[dict[str, Any]]:
    return _load(request, LoadRows("county", (given.dict(),)))


@router.post("/first-steps/towns", response=_ANSWERS, summary="Towns, with their units", openapi_extra=_SETUP)
def load_towns(request: HttpRequest, given: RowsIn[TownIn]) -> Status[dict[str, Any]]:
    return _load_rows(request, "towns", given)


@router.post("/first-steps/units", response=_ANSWERS, summary="Units, new or changed", openapi_extra=_SETUP)
def load_units(request: HttpRequest, given: RowsIn[UnitIn]) -> Status[dict[str, Any]]:
    return _load_rows(request, "units", given)


@router.post("/first-steps/people", response=_ANSWERS, summary="People, accounts and roles", openapi_extra=_SETUP)
def load_people(request: HttpRequest, given: RowsIn[PersonIn]) -> Status[dict[str, Any]]:
    return _load_rows(request, "people", given)


@router.get("/first-steps/workbook", summary="The workbook with what the county has, without telephone numbers")
def workbook(request: HttpRequest) -> HttpResponse:
    out = io.BytesIO()
    # A token to read lies in files: no numbers of people go by it, and empty cells change nothing when they come back.
    write_workbook(out, SHEETS, present_rows(asking(request, EDIT).today, phones=False))
    return attached(out.getvalue(), "county.xlsx", XLSX)


@router.post("/first-steps/workbook", response=_ANSWERS, summary="All of it by a workbook", openapi_extra=_SETUP)
def take_workbook(request: HttpRequest, file: File[UploadedFile], query: Query[LoadIn]) -> Status[dict[str, Any]]:
    # Nothing of it is stored: what came of it is in the answer, and a program keeps its own file.
    data = file.read()
    return _load(request, LoadWorkbook(data, file.name or "", query.only_good, query.tried))


def _load_rows(request: HttpRequest, kind: str, given: RowsIn[Any]) -> Status[dict[str, Any]]:
    rows = tuple(row.dict() for row in given.rows)
    return _load(request, LoadRows(kind, rows, given.only_good, given.tried))


def _load(request: HttpRequest, action: LoadRows | LoadWorkbook) -> Status[dict[str, Any]]:
    context = context_of(request)
    # What was only tried leaves nothing behind, not even an answer under the key: the same key may write it next.
    outcome = perform(action, replace(context, key="") if action.tried else context)
    refused = bool(outcome.wrong) and not outcome.written and not action.tried
    said = _("%(n)d 处不对,什么也没有录入。") % {"n": outcome.wrong} if refused else ""
    # A program that looks at the status alone must not take what was refused for done.
    told = {"code": "rows.wrong" if refused else "", "field": "rows" if refused else "", "message": said}
    return Status(422 if refused else 200, asdict(outcome) | told)
