"""The API: its description, who may come in, problems as JSON, keys of requests, rows of one's own units only."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guatu.web.project.api import api, routers
from tests.web.conftest import County
from tests.web.tokens import token_of as make_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def token_of(county: County) -> Callable[..., str]:
    return lambda role, **values: make_token(county.users[role], **values)


# What hangs in public.
FOR_EVERYBODY = "/api/open/"


def bearer(raw: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {raw}"}


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for value in node:
            yield from references(value)


def test_the_description_is_served_and_every_reference_in_it_leads_somewhere(client: Client) -> None:
    schema = client.get("/api/openapi.json").json()
    assert schema["openapi"].startswith("3.")
    assert len(list(references(schema))) > 10
    for reference in references(schema):
        node: Any = schema
        for part in reference.removeprefix("#/").split("/"):
            node = node[part]


def test_every_operation_has_its_own_name_a_summary_an_answer_and_needs_a_login() -> None:
    found = list(operations())
    assert len(found) >= 10 and len(list(routers())) >= 2
    names = [operation["operationId"] for _, _, operation in found]
    assert len(set(names)) == len(names)
    for path, method, operation in found:
        assert operation["summary"] and operation["responses"], (path, method)
        assert path.startswith(FOR_EVERYBODY) or operation["security"], (path, method)


def test_every_list_is_a_page_with_a_bounded_limit() -> None:
    for path, _, operation in operations():
        limits = [one["schema"] for one in operation.get("parameters", ()) if one["name"] == "limit"]
        assert all(one.get("maximum", 10**9) <= 1000 for one in limits), path


def test_nobody_gets_in_without_a_token_or_a_session(client: Client) -> None:
    for path, method, _ in operations():
        if path.startswith(FOR_EVERYBODY):
            continue
        answer = getattr(client, method)(re.sub(r"\{\w+\}", "1", path))
        assert answer.status_code == 401, (method, path)
        assert answer.json()["code"] == "login.needed"


def test_problems_are_said_in_the_language_that_is_asked_for(client: Client) -> None:
    chinese, english = (client.get("/api/me", headers={"Accept-Language": one}).json() for one in ("zh", "en"))
    assert chinese["message"].startswith("请先登录") and english["message"].startswith("Log in first")


def test_a_token_speaks_for_its_user(client: Client, token_of: Callable[..., str]) -> None:
    answer = client.get("/api/me", headers=bearer(token_of("town")))
    assert answer.status_code == 200
    assert answer.json()["username"] == "town" and answer.json()["roles"] == ["town"]


@pytest.mark.parametrize("kind", ["expired", "revoked", "unknown"])
def test_a_token_that_has_ended_opens_nothing(client: Client, token_of: Callable[..., str], kind: str) -> None:
    before = timezone.now() - datetime.timedelta(minutes=1)
    values = {"expired": {"expires_at": before}, "revoked": {"revoked_at": before}}.get(kind)
    raw = token_of("admin", **values) if values else "guatu_" + "x" * 43
    assert client.get("/api/me", headers=bearer(raw)).status_code == 401


def test_a_session_writes_only_with_the_token_against_forged_requests(county: County) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(county.users["supervision"])
    assert browser.get("/api/me").status_code == 200
    assert browser.post("/api/plans/1/confirm", "{}", content_type="application/json").status_code == 403


def test_a_problem_is_json_with_code_field_and_message(client: Client, token_of: Callable[..., str]) -> None:
    head = bearer(token_of("supervision"))
    missing = client.get("/api/plans/999999", headers=head)
    assert missing.status_code == 404 and set(missing.json()) >= {"code", "field", "message"}
    wrong = client.get("/api/tasks?limit=100000", headers=head)
    assert wrong.status_code == 422
    assert wrong.json()["code"] == "request.invalid" and wrong.json()["field"].endswith("limit")
    body = client.post("/api/plans/1/confirm", "not json", content_type="application/json", headers=head)
    assert body.status_code in (400, 422) and body.json()["code"]


def test_who_may_not_write_is_told_so(client: Client, token_of: Callable[..., str]) -> None:
    given = json.dumps({"row_version": 1})
    head = bearer(token_of("town"))
    answer = client.post("/api/plans/1/confirm", given, content_type="application/json", headers=head)
    assert answer.status_code == 403 and answer.json()["code"] == "permission.denied"


def test_the_page_about_the_api_lists_every_operation_and_fetches_nothing(client_of: Callable[[str], Client]) -> None:
    html = client_of("supervision").get("/api/").content.decode()
    for path, _, operation in operations():
        assert path in html and operation["summary"].replace("'", "&#x27;") in html
    assert "cdn" not in html.lower() and "https://" not in html
