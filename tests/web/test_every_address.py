"""No address, whoever calls it and whatever is sent, ends in a fault of the program or shows rows of others.

The addresses are read from the urlconf, those of the API with their bodies from its description.
"""

from __future__ import annotations

import datetime
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.core.signals import got_request_exception
from django.db import models, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from guatu.web.base.actions import Context, perform
from guatu.web.base.actors import Actor
from guatu.web.base.models import ApiToken, Attachment, Job, User
from guatu.web.cases.actions.open_case import OpenCase
from guatu.web.cases.models import Case
from guatu.web.directory.models import Person, Place, Post, RoleGrant, Unit
from guatu.web.directory.selectors.grants import grants_of
from guatu.web.dispatch import models as dispatch
from guatu.web.dispatch.actions.compute_lights import ComputeLights
from guatu.web.dispatch.actions.edit_circular import EditCircular
from guatu.web.dispatch.actions.issue_order import IssueOrder
from guatu.web.dispatch.actions.make_circular import MakeCircular
from guatu.web.dispatch.actions.open_problem import OpenProblem
from guatu.web.dispatch.models import Period, Report
from guatu.web.dispatch.system import system_context
from guatu.web.duties.models import Duty
from guatu.web.evaluation.actions.publish_evaluation import PublishEvaluation
from guatu.web.evaluation.models import EvaluationResult
from guatu.web.evaluation.periods import Span
from guatu.web.evaluation.selectors.figures import Asked
from guatu.web.grids import models as grids
from guatu.web.inspection.models import Draw, DrawnObject
from guatu.web.ledger.models import Milestone, Plan, PlanVersion, Target, Task
from guatu.web.project.api import api
from tests.web.answers import body_of
from tests.web.dispatch.conftest import Board, at
from tests.web.dispatch.conftest import board as board
from tests.web.dispatch.conftest import may as may
from tests.web.inspection.conftest import Office

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

# The row that a number in an address stands for, by the beginning of the address's name.
ROWS: dict[str, type[models.Model]] = {
    "plan": Plan, "task": Task, "target": Target, "report": Report, "unit": Unit, "place": Place, "person": Person,
    "account": User, "order": dispatch.Order, "circular": dispatch.Circular, "problem": dispatch.Problem,
    "meeting": dispatch.Meeting, "decision": dispatch.Decision,
    "appeal": dispatch.Appeal, "light": dispatch.Light, "milestone": Milestone, "period": Period, "review": Report,
    "job": Job, "attachment": Attachment, "token": ApiToken, "post": Post, "grant": RoleGrant, "alias": Unit,
    "evidence": dispatch.Evidence, "talk": dispatch.LadderEvent, "step": dispatch.Light, "act": dispatch.Act, "rule": dispatch.PeriodRule, "file": Attachment,
    "version": PlanVersion, "case": Case, "result": EvaluationResult, "draw": Draw, "drawn": DrawnObject, "inspection": Draw,
    "grid": grids.Grid, "change": grids.GridChange, "partition": grids.Partition,
    "rating": grids.RatingRun, "fixed": grids.FixedBorder,
    "duty": Duty, "dutie": Duty,
}  # fmt: skip
TEXTS = {"kind": "units", "pack": "urban_management"}
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


Named = dict[type[models.Model], int]
_PLACE = re.compile(r"<(?P<kind>\w+):(?P<name>\w+)>")


def addresses(named: Named | None = None) -> dict[str, str]:
    """Addresses of all pages by their names, the rows in them those named, or else the first ones."""
    found = {}
    for route, pattern in patterns():
        if route.startswith("accounts/") or "^" in route:
            continue
        page = pattern.name or route
        whole = "/" + _PLACE.sub(lambda m, r=route, p=page: _value(m, r, p, named or {}), route)
        found[whole] = page
    return found


def _value(place: re.Match[str], route: str, page: str, named: Named) -> str:
    if place["kind"] == "uuid":
        return "00000000-0000-0000-0000-000000000000"
    if place["kind"] != "int":
        return TEXTS.get(place["name"], "2024-05")
    model = _model(place["name"], route[: place.start()].rstrip("/").rsplit("/", 1)[-1], page)
    if model in named:
        return str(named[model])
    row = model._default_manager.order_by("pk").first() if model else None
    return str(row.pk if row else 1)


def _model(name: str, before: str, page: str) -> type[models.Model] | None:
    """What a number in an address is of: by its own name, by the word before it, by the name of the page."""
    words = (name, before.removesuffix("s"), page.split("_")[0].split("-")[0])
    return next((ROWS[word] for word in words if word in ROWS), None)


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
    perform(OpenCase("urban_management", "C0101", "井盖缺失", "云岭路"), system_context(at(6, 3)))
    june = Asked(pack="urban_management", kind="area", span=Span(datetime.date(2024, 6, 1), 1))
    supervision = may.county.users["supervision"]
    july = Actor(supervision, datetime.date(2024, 7, 3), grants_of(supervision, datetime.date(2024, 7, 3)))
    perform(PublishEvaluation(june, 0), Context(july, at(7, 3)))
    office = Office(may.county)
    office.lists()
    office.drawn()
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
    """The status of one request, whose writes are taken back. Every answer says what may be loaded, and who may keep it."""
    point = transaction.savepoint()
    answer = act()
    body_of(answer)
    # Somebody's file may load nothing at all.
    assert "script-src 'self'" in answer["Content-Security-Policy"] or answer["Content-Security-Policy"] == "sandbox"
    if settings.SESSION_COOKIE_NAME in client.cookies:
        assert answer["Cache-Control"] == "private, no-store", answer.request["PATH_INFO"]
    transaction.savepoint_rollback(point)
    return int(answer.status_code)


def test_the_walk_finds_the_addresses() -> None:
    names = {pattern.name for _, pattern in patterns()}
    assert {"campaign_map", "task_list", "plan_room", "unit_list", "audit_list", "api_reference"} <= names


PUBLIC = {
    "openapi-json", "set_language", "api-root", "api_reference", "calendar_feed", "calendar", "public_report", "public_track",
    "public_inspections", "public_inspection", "public_inspection_inputs", "public_inspection_script", "session_state",
    "open_first", "open_list", "open_feed", "open_year", "open_archive", "open_kind", "open_kind_feed", "open_kind_year", "open_notice",
    "notices", "notice", "open_file", "open_villages", "open_village", "open_opinions", "open_opinion_follow", "sitemap", "robots",
}  # fmt: skip
SHUT = (302, 401, 403, 404, 405)


@pytest.mark.parametrize("role", CALLERS)
def test_reading_any_page_with_good_and_nonsense_filters_is_never_a_fault(
    rows: Board, faults: list[str], role: str | None
) -> None:
    client = _client(rows, role)
    open_to_all = []
    for address, name in addresses().items():
        for query in ({}, NONSENSE) if role in WRITERS else ({},):
            status = _send(client, lambda a=address, q=query: client.get(a, q))
            if role is None and name not in PUBLIC and status not in SHUT:
                open_to_all.append((name, status))
    assert sort_of(faults) == []
    assert open_to_all == []


@pytest.mark.parametrize("role", WRITERS)
def test_sending_nothing_or_nonsense_to_any_page_is_never_a_fault(rows: Board, faults: list[str], role: str) -> None:
    client = _client(rows, role)
    for address in addresses():
        for form in FORMS:
            _send(client, lambda a=address, f=form: client.post(a, f))
    assert sort_of(faults) == []


@pytest.mark.parametrize("role", WRITERS)
@pytest.mark.parametrize("kind", ["absurd", "plausible"])
def test_sending_any_body_to_the_api_is_never_a_fault(rows: Board, faults: list[str], role: str, kind: str) -> None:
    client = _client(rows, role)
    known = addresses()
    sent = 0
    for path, methods in api.get_openapi_schema()["paths"].items():
        address = next(one for one in known if re.fullmatch(re.sub(r"{\w+}", "[^/]+", path), one))
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {})
            if "application/json" in content:
                body = _body(content["application/json"]["schema"], kind)
                act = getattr(client, method)
                _send(client, lambda f=act, a=address, b=body: f(a, json.dumps(b), content_type="application/json"))
                sent += 1
    assert sort_of(faults) == []
    assert sent > 15


def _body(schema: dict[str, Any], kind: str) -> Any:
    """Something that has the form that is asked for; its values make no sense."""
    if "$ref" in schema:
        return _body(api.get_openapi_schema()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]], kind)
    if "anyOf" in schema:
        return _body(schema["anyOf"][0], kind)
    if schema.get("type") == "object":
        return {name: _body(part, kind) for name, part in schema.get("properties", {}).items()}
    if schema.get("type") == "array":
        return [_body(schema["items"], kind)]
    if schema.get("format") == "date":
        return "9999-12-31" if kind == "absurd" else "2024-06-30"
    of: dict[str, Any] = {"integer": 10**25, "number": 1e300, "boolean": True, "string": "\x00=1+1<b>" * 2000}
    plain: dict[str, Any] = {"integer": 1, "number": 1, "boolean": False, "string": "-1"}
    return (of if kind == "absurd" else plain).get(str(schema.get("type")), "x")


SECRET = "雪线暗号"
LIMITED = ("lead", "responsible", "town", "village")


@pytest.fixture
def foreign(rows: Board) -> Named:
    """Rows of 城关镇, for which none of the limited roles acts; whatever was written in them holds the secret."""
    unit = rows.county.unit("城关镇")
    report = rows.hand_in(
        "2024-05", rows.patrol, "城关镇", at(6, 3), progress=SECRET, problems=SECRET, next_step=SECRET
    )
    office = system_context(at(6, 3))
    perform(ComputeLights(rows.period("2024-05").pk, datetime.date(2024, 6, 3)), office)
    file = Attachment.objects.create(
        sha256="0" * 64, name=f"{SECRET}.jpg", size=1, media_type="x", uploaded_at=at(6, 3)
    )
    evidence = dispatch.Evidence.objects.create(report=report, file=file, caption=SECRET)
    light = dispatch.Light.objects.get(period__key="2024-05", task=rows.patrol, unit=unit)
    appeal = dispatch.Appeal.objects.create(
        light=light, then={"colour": light.colour}, reason=SECRET, made_at=at(6, 3), due_on=at(6, 10).date()
    )
    problem = perform(OpenProblem(report=report.pk), office)
    order = perform(IssueOrder(unit.pk, SECRET, SECRET, task=rows.patrol.pk, problem=problem.pk), office)
    circular = perform(MakeCircular(rows.period("2024-05").pk), office)
    perform(EditCircular(circular.pk, circular.row_version, f"{SECRET}{circular.title}"), office)
    made = (report, file, evidence, light, appeal, problem, order, circular)
    return {type(row): row.pk for row in made}


def test_no_address_shows_a_role_what_others_wrote(rows: Board, foreign: Named, faults: list[str]) -> None:
    asked = [a if a[-1] != "/" else f"{a}?group=all&state=&period=&level=all" for a in addresses(foreign)]
    shown = {}
    for role in ("supervision", *LIMITED):
        client = _client(rows, role)
        shown[role] = [address for address in asked if SECRET in _text(client, address)]
    assert sort_of(faults) == []
    assert {role: shown[role] for role in LIMITED} == {role: [] for role in LIMITED}
    for page in (
        "report",
        "review",
        "order",
        "circular",
        "problem",
        "appeal",
        "api/orders/",
        "api/circulars/",
        "api/reports",
    ):
        assert any(f"/{page}" in address for address in shown["supervision"]), (
            f"{page} shows nothing that could be hidden"
        )


def _text(client: Client, address: str) -> str:
    """All that an answer says; the parts of a workbook or document as well."""
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as parts:
            body = b"".join(parts.read(name) for name in parts.namelist())
    text = body.decode("utf-8", "replace")
    return text.encode().decode("unicode_escape", "replace") if "\\u" in text else text


def sort_of(faults: list[str]) -> list[str]:
    return sorted(set(faults))


def test_a_row_that_is_not_there_is_never_a_fault(rows: Board, faults: list[str]) -> None:
    client = _client(rows, "supervision")
    for address in addresses():
        gone = "/".join("99999999" if part.isdecimal() else part for part in address.split("/"))
        for method in (client.get, client.post):
            _send(client, lambda a=gone, m=method: m(a))
    assert sort_of(faults) == []


BOXES = {"csrfmiddlewaretoken": "stale", "text": "已经开工"}


def _forms(rows: Board) -> dict[str, str]:
    """Addresses that forms are sent to; those of programs have tokens and no forms."""
    return {
        address: name
        for address, name in addresses().items()
        if not address.startswith(("/api/", "/open311/")) and not address.endswith(".json")
    }


def test_who_sends_a_form_after_the_session_ended_comes_back_to_a_page(rows: Board, faults: list[str]) -> None:
    nobody, known = _client(rows, None), _client(rows, "supervision")
    led = {}
    for address, name in _forms(rows).items():
        answer = nobody.post(address, BOXES)
        if answer.status_code == 302 and answer["Location"].startswith("/accounts/login/"):
            led[address] = unquote(answer["Location"].partition("next=")[2])
        else:
            assert answer.status_code in (404, 405) or name in PUBLIC, (address, answer.status_code)
    lost = {address: page for address, page in led.items() if _send(known, lambda p=page: known.get(p)) == 405}
    assert lost == {}
    assert sort_of(faults) == []
    assert len(led) > 150


def test_where_a_form_stood_is_where_one_comes_back_to(rows: Board) -> None:
    nobody = _client(rows, None)
    order = dispatch.Order.objects.latest("pk").pk
    for came, back in (
        ("http://testserver/orders/?state=issued", "/orders/?state=issued"),
        (f"http://testserver/orders/{order}/reply", f"/orders/{order}/"),
        ("http://elsewhere.example/orders/", f"/orders/{order}/"),
        ("", f"/orders/{order}/"),
    ):
        answer = nobody.post(f"/orders/{order}/reply", BOXES, headers={"referer": came})
        assert unquote(answer["Location"]) == f"/accounts/login/?next={back}"


def test_a_token_that_does_not_hold_is_told_on_a_page_of_the_product(rows: Board, faults: list[str]) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(rows.county.users["supervision"])
    for address, name in _forms(rows).items():
        # The box of opinions has no cookie, and nobody acts in it: there is nothing to forge.
        if name == "open_opinions":
            continue
        answer = client.post(address, BOXES, headers={"origin": "http://testserver"})
        text = answer.content.decode()
        assert answer.status_code == 403 and "没有提交" in text and "已经开工" in text, address
        assert f'action="{address}"' in text and "DEBUG" not in text, address
    assert sort_of(faults) == []


def test_an_address_that_only_takes_forms_says_so_and_leads_to_its_page(rows: Board) -> None:
    client = _client(rows, "supervision")
    order = dispatch.Order.objects.latest("pk").pk
    answer = client.get(f"/orders/{order}/close")
    text = answer.content.decode()
    assert answer.status_code == 405 and answer["Allow"] == "POST"
    assert "不能直接打开" in text and f'href="/orders/{order}/"' in text and 'id="main"' in text
