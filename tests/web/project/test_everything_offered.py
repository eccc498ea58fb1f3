"""What a page of dispatch, the directory or the ledger lists or does, a file and a program get as well, with the same rights."""

from __future__ import annotations

import importlib
import json
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from guatu.web.base.actions import Action
from guatu.web.base.models import AuditEntry
from guatu.web.directory.models import Person, UnitVersion
from guatu.web.kit.offered import acts, lists
from guatu.web.kit.pages import TABLE
from guatu.web.kit.table import Table
from guatu.web.ledger.models import Milestone
from guatu.web.project.api import api
from tests.house.project import python
from tests.web.answers import body_of
from tests.web.dispatch.conftest import Board
from tests.web.dispatch.conftest import board as board
from tests.web.test_every_address import patterns
from tests.web.tokens import token_of

APPS = ("dispatch", "directory", "ledger", "county")
# Lists that an operation of their own answers, with more than the page shows.
BY_HAND = {
    "guatu.web.dispatch": {"REPORTS", "REVIEWS", "ORDERS", "PROBLEMS", "LIGHTS", "CIRCULARS"},
    "guatu.web.directory": {"PLACES"},
    "guatu.web.ledger": {"PLANS", "TARGETS"},
}
NOT_BY_PROGRAMS = {
    # The first password is shown once, on the page of who made the account; many are made by /api/setup.
    "CreateUser": "setup",
    "ResetPassword": "shown once",
    "InviteUsers": "shown once",
    # Files with lines that are looked at and corrected before they are taken.
    "ImportTasks": "looked at first",
}


def tables() -> Iterator[tuple[str, str, Table[Any, Any]]]:
    """Declared lists of the apps: app, name, the list."""
    for app in APPS:
        package = importlib.import_module(f"guatu.web.{app}.selectors")
        for found in pkgutil.iter_modules(package.__path__):
            module = importlib.import_module(f"{package.__name__}.{found.name}")
            for name, one in vars(module).items():
                if isinstance(one, Table) and one.rows.__module__ == module.__name__:
                    yield f"guatu.web.{app}", name, one


def test_every_declared_list_is_offered_to_programs() -> None:
    assert api is not None
    left = {
        (app, name)
        for app, name, one in tables()
        if id(one) not in lists and name not in BY_HAND.get(app, ()) and not name.endswith("_FILE")
    }
    assert left - {("guatu.web.county", "AUDIT")} == set(), "declare it in the app's api_acts.py: offer_list(...)"


@pytest.mark.django_db
def test_every_page_of_a_list_is_a_file_at_the_same_address(board: Board) -> None:
    clients = {}
    for role in ("supervision", "admin", "lead", "town", "insurer"):
        if role in board.county.users:
            clients[role] = Client()
            clients[role].force_login(board.county.users[role])
    shown = [pattern for route, pattern in patterns() if getattr(pattern.callback, TABLE, None) and "<" not in route]
    for pattern in shown:
        answers = {role: client.get(reverse(str(pattern.name)), {"format": "csv"}) for role, client in clients.items()}
        files = [answer for answer in answers.values() if answer.status_code == 200]
        assert files, (pattern.name, {role: answer.status_code for role, answer in answers.items()})
        assert all(answer["Content-Type"].startswith("text/csv") for answer in files), pattern.name
        heads = body_of(files[0]).decode("utf-8-sig").splitlines()[:1]
        assert heads and heads[0].strip(), f"{pattern.name}: a list whose columns no file has"
    assert len(shown) >= 15


def performed(app: str) -> set[str]:
    """Names of the actions that views of an app know."""
    found: set[str] = set()
    for path in python(f"src/guatu/web/{app}/views/"):
        module = importlib.import_module(path.removeprefix("src/").removesuffix(".py").replace("/", "."))
        found |= {
            name
            for name, one in vars(module).items()
            if isinstance(one, type)
            and issubclass(one, Action)
            and one.__module__.startswith("guatu.")
            and one is not Action
        }
    return found


@pytest.mark.parametrize("app", ["dispatch", "directory", "ledger"])
def test_every_action_of_a_page_is_offered_to_programs(app: str) -> None:
    offered = {action.__name__ for action in acts}
    written = "\n".join(text for path, text in python(f"src/guatu/web/{app}/").items() if "/api" in path)
    left = {name for name in performed(app) if name not in offered and f"{name}(" not in written}
    assert left - set(NOT_BY_PROGRAMS) - {"RowAction"} == set(), "declare it in the app's api_acts.py: offer(...)"


def send(board: Board, role: str, path: str, given: Any, key: str = "", scopes: Any = None) -> Any:
    more = {"scopes": scopes} if scopes else {}
    headers = {"Authorization": f"Bearer {token_of(board.county.users[role], **more)}"}
    if key:
        headers["Idempotency-Key"] = key
    return Client().post(f"/api/{path}", json.dumps(given), content_type="application/json", headers=headers)


@pytest.mark.django_db
def test_an_offered_action_has_the_right_the_limits_and_the_audit_line_of_the_page(board: Board) -> None:
    unit = board.county.unit("县水利局").pk
    given = {"seen": 1, "new_name": "县水务局", "day": "2026-07-01"}
    refused = send(board, "town", f"units/{unit}/rename", given)
    assert (refused.status_code, refused.json()["code"]) == (403, "permission.denied")
    long = send(board, "admin", f"units/{unit}/rename", {**given, "new_name": "局" * 200})
    assert (long.status_code, long.json()["field"]) == (422, "new_name")
    assert send(board, "admin", f"units/{unit}/rename", {**given, "day": "七月"}).json()["field"] == "day"
    answers = [send(board, "admin", f"units/{unit}/rename", given, "k1") for _n in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200], answers[0].content
    other = send(board, "admin", f"units/{unit}/rename", {**given, "new_name": "县水利水务局"}, "k1")
    assert (other.status_code, other.json()["code"]) == (422, "request.key-reused")
    assert UnitVersion.objects.filter(unit=unit, name="县水务局").count() == 1
    assert AuditEntry.objects.filter(action="directory.rename-unit").count() == 1


@pytest.mark.django_db
def test_milestones_shares_and_people_are_kept_by_programs(board: Board) -> None:
    rows = [{"title": "招标", "days": 30}, {"title": "施工", "days": 90, "after": [0]}]
    answer = send(
        board, "lead", f"tasks/{board.pipes.pk}/milestones", {"rows": rows, "seen": {}, "start": "2024-02-01"}
    )
    assert answer.status_code == 200, answer.content
    assert list(Milestone.objects.filter(task=board.pipes).values_list("title", flat=True)) == ["招标", "施工"]
    first = Milestone.objects.get(title="招标")
    marked = send(board, "lead", f"milestones/{first.pk}/mark", {"seen": first.row_version, "started_on": "2024-02-01"})
    assert marked.status_code == 200, marked.content
    person = send(board, "admin", "people", {"full_name": "赵明", "phone": ""})
    assert person.status_code == 200 and Person.objects.get(pk=person.json()["id"]).name == "赵明"
    assert send(board, "town", "people", {"full_name": "赵明"}).status_code == 403


@pytest.mark.django_db
def test_a_list_is_followed_to_its_end_by_its_own_links_while_rows_are_added(board: Board) -> None:
    for n in range(7):
        Person.objects.create(name=f"某{n}")
    client = Client()
    client.force_login(board.county.users["admin"])
    found, way = [], "/api/people?limit=3"
    while way:
        page = client.get(way).json()
        found += [row["id"] for row in page["rows"]]
        way = page["next"]
        Person.objects.create(name="后来的")
        assert len(found) < 60
    assert len(found) == len(set(found)) and {p.pk for p in Person.objects.filter(name__startswith="某")} <= set(found)
    town = Client()
    town.force_login(board.county.users["town"])
    assert town.get("/api/accounts").status_code == 403 and town.get("/api/audit").status_code == 403
    assert Client().get("/api/people").status_code == 401
