"""Plans, tasks and targets for programs."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from guatu.web.base.jobs import run_waiting
from guatu.web.ledger.models import Plan, PlanVersion, Target
from tests.web.ledger.conftest import FIRST, as_file


@pytest.fixture
def client(client_of: Callable[[str], Client]) -> Client:
    return client_of("supervision")


def get(client: Client, url: str, **query: Any) -> Any:
    answer = client.get(f"/api/{url}", query)
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_lists_are_pages_with_their_count(confirmed: Plan, client: Client) -> None:
    page = get(client, "tasks", limit=3)
    assert (page["count"], len(page["rows"])) == (4, 3)
    assert get(client, "tasks", limit=3, offset=3)["rows"][0]["title"] == "绿化河岸"
    assert [t["metric"] for t in get(client, "targets", q="泵站")["rows"]] == ["改造泵站", "机电完好率"]
    assert get(client, "plans", state="confirmed")["rows"][0]["id"] == confirmed.pk


def test_filters_are_those_of_the_page(confirmed: Plan, county: Any, client: Client) -> None:
    unit = county.unit("县财政局").pk
    assert [t["title"] for t in get(client, "tasks", unit=unit)["rows"]] == ["新建供水管网"]
    assert get(client, "tasks", domain="整治河道")["count"] == 2


def test_a_task_comes_with_its_clause_duties_and_targets(confirmed: Plan, client: Client) -> None:
    task = confirmed.tasks.get(title="改造泵站")
    found = get(client, f"tasks/{task.pk}")
    assert "改造泵站6座" in found["content"]
    assert {d["text"] for d in found["duties"]} == {"县水力局", "县住建局"}
    assert {t["metric"]: float(t["value"]) for t in found["targets"]} == {"改造泵站": 6, "机电完好率": 98}
    assert get(client, f"targets/{found['targets'][0]['id']}/course", every="quarter")["points"]


def send(client: Client, method: str, url: str, body: Any, key: str = "") -> HttpResponse:
    headers = {"Idempotency-Key": key} if key else {}
    return getattr(client, method)(f"/api/{url}", json.dumps(body), content_type="application/json", headers=headers)


def test_a_repeated_write_with_one_key_answers_alike_and_writes_once(confirmed: Plan, client: Client) -> None:
    task = confirmed.tasks.get(title="改造泵站")
    body = {"row_version": task.row_version, "title": "改造提灌站", "due": "2026-08-31"}
    first = send(client, "put", f"tasks/{task.pk}", body, "k1")
    second = send(client, "put", f"tasks/{task.pk}", body, "k1")
    assert first.status_code == second.status_code == 200
    assert first.json()["row_version"] == second.json()["row_version"] == task.row_version + 1
    late = send(client, "put", f"tasks/{task.pk}", body)
    assert late.status_code == 409 and late.json()["code"] == "version.conflict"


def test_only_the_fields_that_are_given_change(confirmed: Plan, client: Client) -> None:
    target = confirmed.targets.get(metric="改造泵站")
    answer = send(
        client, "patch", f"targets/{target.pk}", {"row_version": target.row_version, "value": "9", "unit": "处"}
    )
    assert answer.status_code == 200
    target.refresh_from_db()
    assert (target.value, target.unit_text, target.metric) == (9, "处", "改造泵站")
    wrong = send(client, "patch", f"targets/{target.pk}", {"row_version": target.row_version, "op": "!="})
    assert wrong.status_code == 422 and wrong.json()["field"] == "op"


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 501}, {"offset": -1}, {"plan": "x"}])
def test_parameters_out_of_range_are_refused(query: dict[str, Any], client: Client) -> None:
    assert client.get("/api/tasks", query).status_code == 422


def test_a_document_is_uploaded_and_confirmed(client: Client, county: Any) -> None:
    answer = client.post("/api/plans", {"file": as_file(FIRST)})
    assert answer.status_code == 200
    run_waiting()
    pk = answer.json()["plan_id"]
    assert get(client, f"plans/{pk}/versions")[0]["state"] == PlanVersion.State.REVIEW
    row_version = get(client, f"plans/{pk}")["row_version"]
    refused = send(client, "post", f"plans/{pk}/confirm", {"row_version": row_version})
    assert refused.status_code == 409 and refused.json()["code"] == "plan.not-ready"


def test_what_a_role_may_not_see_or_do_the_api_does_not_give(draft: Plan, client_of: Callable[[str], Client]) -> None:
    town = client_of("town")
    assert get(town, "plans")["count"] == 0 and get(town, "tasks")["count"] == 0
    task, target = draft.tasks.first(), draft.targets.first()
    assert task and target
    for url in (f"plans/{draft.pk}", f"tasks/{task.pk}", f"targets/{target.pk}", f"plans/{draft.pk}/versions"):
        assert town.get(f"/api/{url}").status_code == 404
    body = {"row_version": 1, "title": "x"}
    assert send(town, "put", f"tasks/{task.pk}", body).status_code == 403
    assert Client().get("/api/tasks").status_code in (401, 403)
    assert Target.objects.filter(pk=target.pk, row_version=1).exists()
