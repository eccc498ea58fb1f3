"""No address, whoever calls it and whatever is sent, ends in a fault of the program. The addresses are read from the urlconf."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.signals import got_request_exception
from django.db import models, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from guatu.web.base.actions import perform
from guatu.web.base.models import ApiToken, Attachment, Job, User
from guatu.web.directory.models import Person, Place, Post, RoleGrant, Unit
from guatu.web.dispatch import models as dispatch
from guatu.web.dispatch.actions.compute_lights import ComputeLights
from guatu.web.dispatch.actions.issue_order import IssueOrder
from guatu.web.dispatch.models import Period, Report
from guatu.web.dispatch.system import system_context
from guatu.web.ledger.models import Milestone, Plan, Target, Task
from tests.web.dispatch.conftest import Board, at
from tests.web.dispatch.conftest import board as board
from tests.web.dispatch.conftest import may as may

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# The row that a number in an address stands for, by the beginning of the address's name.
ROWS: dict[str, type[models.Model]] = {
    "plan": Plan, "task": Task, "target": Target, "report": Report, "unit": Unit, "place": Place, "person": Person,
    "account": User, "order": dispatch.Order, "circular": dispatch.Circular, "problem": dispatch.Problem,
    "appeal": dispatch.Appeal, "light": dispatch.Light, "milestone": Milestone, "period": Period, "review": Report,
    "job": Job, "attachment": Attachment, "token": ApiToken, "post": Post, "grant": RoleGrant, "alias": Unit,
}  # fmt: skip
NONSENSE = {
    "plan": "abc", "period": "2024-99", "unit": "9" * 30, "page": "-7", "q": "\x00%' OR 1=1", "sort": "nothing", "state": "?",
    "since": "2024-13-45", "until": "yesterday", "due": "x", "domain": "。" * 500, "limit": "1e9", "offset": "-1",
    "wall": "1", "key": "x", "at": "9999999", "every": "minute", "town": "-", "colour": "blue", "level": "x", "kind": "'",
}  # fmt: skip
FORMS: tuple[dict[str, str], ...] = (
    {},
    {
        **NONSENSE, "row_version": "zzz", "seen": "9" * 30, "title": "\x00", "text": "x" * 20_000, "reason": "", "value": "一百",
        "figure": "=1+1", "base_value": "NaN", "units": "abc", "unit_ids": "-1", "valid_from": "0000-00-00", "name": "<script>",
        "role": "king", "user": "x", "number": "1e400", "report": "x", "reports": "1,2,x", "accept": "maybe", "shares": "x",
        "due_on": "32", "closes_on": "never", "days": "-5", "file": "not a file", "start": "-1", "end": "9" * 25,
    },
)  # fmt: skip
CALLERS = (None, *RoleGrant.Role.values)
WRITERS = ("supervision", "town")


def patterns(found: list[Any] | None = None, prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in get_resolver().url_patterns if found is None else found:
        if isinstance(one, URLResolver):
            yield from patterns(one.url_patterns, prefix + str(one.pattern))
        else:
            yield prefix + str(one.pattern), one


def addresses() -> list[tuple[str, str]]:
    """Name and address of every page, with the numbers of rows that there are."""
    found = []
    for route, pattern in patterns():
        if "accounts/" in route or "^" in route:
            continue
        address = "/" + route
        for name, converter in pattern.pattern.converters.items():
            address = address.replace(f"<{_kind(converter)}:{name}>", _value(name, converter, pattern.name or ""))
        found.append((pattern.name or route, address.replace("<", "").replace(">", "")))
    return found


def _kind(converter: Any) -> str:
    return type(converter).__name__.removesuffix("Converter").replace("String", "str").lower()


def _value(name: str, converter: Any, page: str) -> str:
    kind = _kind(converter)
    if kind == "uuid":
        return "00000000-0000-0000-0000-000000000000"
    if kind != "int":
        return "units" if name == "kind" else "2024-05"
    begins = name if name in ROWS else page.split("_")[0].split("-")[0]
    model = ROWS.get(begins)
    row = model._default_manager.order_by("pk").first() if model else None
    return str(row.pk if row else 1)


@pytest.fixture
def rows(may: Board) -> Board:
    """The board with lights, and one row of each kind of thing that an address may name."""
    period = Period.objects.filter(rule__plan=may.plan).order_by("-ends_on").first()
    assert period is not None
    perform(ComputeLights(period.pk, datetime.date(2024, 6, 3)), system_context(at(6, 3)))
    Job.objects.create(kind="ledger.compile", created_by=may.county.users["supervision"], created_at=at(6, 3))
    Milestone.objects.create(task=may.pipes, title="招标", days=10)
    unit = may.county.unit("柳林镇")
    dispatch.Problem.objects.create(task=may.pipes, unit=unit, text="征地困难", opened_at=at(6, 3))
    order = IssueOrder(unit.pk, "新建供水管网", "加快推进", task=may.pipes.pk)
    perform(order, system_context(at(6, 3)))
    return may


@pytest.fixture
def faults() -> Iterator[list[str]]:
    """Exceptions that no view caught."""
    found: list[str] = []

    def note(sender: Any, request: Any = None, **_: Any) -> None:
        import sys
        import traceback

        error = sys.exc_info()[1]
        where = traceback.extract_tb(error.__traceback__)[-1] if error else None
        found.append(f"{request.method} {request.path}: {error!r} at {where.filename}:{where.lineno}" if where else "?")

    got_request_exception.connect(note)
    yield found
    got_request_exception.disconnect(note)


def _client(board: Board, role: str | None) -> Client:
    client = Client(raise_request_exception=False)
    if role:
        client.force_login(board.county.users[role])
    return client


def _send(client: Client, act: Callable[[], Any]) -> int:
    """The status of one request, whose writes are taken back."""
    point = transaction.savepoint()
    answer = act()
    if answer.streaming:
        list(answer.streaming_content)
    transaction.savepoint_rollback(point)
    return int(answer.status_code)


def test_the_walk_finds_the_addresses() -> None:
    names = {pattern.name for _, pattern in patterns()}
    assert {"campaign_map", "task_list", "plan_room", "unit_list", "audit_list", "api_reference"} <= names


PUBLIC = {"openapi-json", "set_language", "api-root", "api_reference", "calendar_feed", "calendar"}
SHUT = (302, 401, 403, 404, 405)


@pytest.mark.parametrize("role", CALLERS)
def test_reading_any_page_with_good_and_nonsense_filters_is_never_a_fault(
    rows: Board, faults: list[str], role: str | None
) -> None:
    client = _client(rows, role)
    open_to_all = []
    for name, address in addresses():
        for query in ({}, NONSENSE) if role in WRITERS else ({},):
            status = _send(client, lambda a=address, q=query: client.get(a, q))
            if role is None and name not in PUBLIC and status not in SHUT:
                open_to_all.append((name, status))
    assert sorted(set(faults)) == []
    assert open_to_all == []


@pytest.mark.parametrize("role", WRITERS)
def test_sending_nothing_or_nonsense_to_any_page_is_never_a_fault(rows: Board, faults: list[str], role: str) -> None:
    client = _client(rows, role)
    for _, address in addresses():
        for form in FORMS:
            _send(client, lambda a=address, f=form: client.post(a, f))
    assert sorted(set(faults)) == []


def test_a_row_that_is_not_there_is_never_a_fault(rows: Board, faults: list[str]) -> None:
    client = _client(rows, "supervision")
    for _, address in addresses():
        gone = "/".join("99999999" if part.isdecimal() else part for part in address.split("/"))
        for method in (client.get, client.post):
            _send(client, lambda a=gone, m=method: m(a))
    assert sorted(set(faults)) == []
