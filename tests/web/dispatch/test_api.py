"""Reports and lights for programs."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from guatu.web.dispatch.models import Report, ReportEvent
from tests.web.dispatch.conftest import Board, at
from tests.web.dispatch.test_lights import compute, light_of, year
from tests.web.dispatch.test_save_report import photo


@pytest.fixture(autouse=True)
def on_june_fourth(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: at(6, 4, 10))


def client_for(board: Board, role: str) -> Client:
    client = Client()
    client.force_login(board.county.users[role])
    return client


def send(client: Client, method: str, url: str, body: Any, key: str = "") -> Any:
    headers = {"Idempotency-Key": key} if key else {}
    return getattr(client, method)(f"/api/{url}", json.dumps(body), content_type="application/json", headers=headers)


def whole(board: Board, report: Report, **changes: Any) -> dict[str, Any]:
    report.refresh_from_db()
    return {
        "row_version": report.row_version,
        "progress": "铺设 9 公里。",
        "figures": [{"target_id": board.length.pk, "value": 9, "note": "含支管"}],
        "submit": True,
        **changes,
    }


def test_a_report_says_what_is_asked_for_and_what_is_due(may: Board) -> None:
    report = may.report("2024-05", may.pipes, "柳林镇")
    found = client_for(may, "town").get(f"/api/reports/{report.pk}").json()
    assert (found["period"], found["due_on"], found["state"]) == ("2024-05", "2024-06-05", "due")
    (figure,) = found["figures"]
    assert (figure["metric"], figure["unit"], figure["value"]) == ("新建供水管网", "公里", None)
    assert figure["due"] == pytest.approx(10.3425, abs=1e-4) and "应达" in figure["reason"]["zh"]


def test_a_report_is_handed_in_once_however_often_it_is_sent(may: Board) -> None:
    report = may.report("2024-05", may.pipes, "柳林镇")
    town = client_for(may, "town")
    body = whole(may, report, instance="phone-1")
    answers = [send(town, "put", f"reports/{report.pk}", body, "k1") for _ in range(2)]
    later = send(town, "put", f"reports/{report.pk}", body, "k2")
    assert [a.status_code for a in (*answers, later)] == [200, 200, 200]
    assert later.json()["state"] == "submitted" and float(later.json()["figures"][0]["value"]) == 9
    assert ReportEvent.objects.filter(report=report, verb="submitted").count() == 1


@pytest.mark.parametrize(
    ("changes", "status", "field"),
    [
        ({"progress": ""}, 422, "progress"),
        ({"figures": []}, 422, "figure"),
        ({"row_version": 99}, 409, ""),
        ({"row_version": "x"}, 422, "row_version"),
        ({"figures": [{"target_id": 1, "value": [1]}]}, 422, None),
        ({"done": True}, 422, "done"),
    ],
)
def test_what_cannot_be_taken_is_answered_with_code_and_field(
    may: Board, changes: dict[str, Any], status: int, field: str | None
) -> None:
    report = may.report("2024-05", may.pipes, "柳林镇")
    answer = send(client_for(may, "town"), "put", f"reports/{report.pk}", whole(may, report, **changes))
    assert answer.status_code == status
    found = answer.json()
    wanted = f"figure-{may.length.pk}" if field == "figure" else field
    assert found["code"] and found["message"] and (wanted is None or found["field"] == wanted)


def test_a_figure_as_text_is_told_at_its_field(may: Board) -> None:
    report = may.report("2024-05", may.pipes, "柳林镇")
    body = whole(may, report, figures=[{"target_id": may.length.pk, "value": "九公里"}])
    answer = send(client_for(may, "town"), "put", f"reports/{report.pk}", body)
    assert (answer.status_code, answer.json()["field"]) == (422, f"figure-{may.length.pk}")


def test_evidence_is_added_and_a_report_is_reviewed(may: Board) -> None:
    report = may.report("2024-05", may.pipes, "柳林镇")
    town, lead = client_for(may, "town"), client_for(may, "lead")
    added = town.post(f"/api/reports/{report.pk}/evidence", {"file": photo()})
    assert added.status_code == 200 and added.json()["name"] == "工地.jpg"
    send(town, "put", f"reports/{report.pk}", whole(may, report))
    report.refresh_from_db()
    refused = send(lead, "post", f"reports/{report.pk}/review", {"row_version": report.row_version, "accept": False})
    assert (refused.status_code, refused.json()["field"]) == (422, "reason")
    done = send(lead, "post", f"reports/{report.pk}/review", {"row_version": report.row_version, "accept": True})
    assert done.json()["state"] == "accepted" and done.json()["evidence"][0]["size"] == len(b"\xff\xd8 a photo")


def test_rows_of_others_are_neither_listed_nor_there(may: Board) -> None:
    compute(may)
    town = client_for(may, "town")
    units = {row["unit_id"] for row in town.get("/api/reports").json()["rows"]}
    assert units == {may.county.unit("柳林镇").pk}
    assert {row["unit_id"] for row in town.get("/api/lights").json()["rows"]} == units
    other = may.report("2024-05", may.pipes, "石门镇")
    assert town.get(f"/api/reports/{other.pk}").status_code == 404
    assert send(town, "put", f"reports/{other.pk}", whole(may, other)).status_code == 404
    assert town.get(f"/api/lights/{light_of(may, may.pipes, '石门镇').pk}").status_code == 404
    assert Client().get("/api/reports").status_code == 401


def test_lights_come_with_their_reason_worst_first(may: Board) -> None:
    year(may)
    compute(may)
    office = client_for(may, "supervision")
    found = office.get("/api/lights", {"level": "all", "period": "2024-05"}).json()
    order = ["red", "amber", "grey", "green"]
    colours = [row["colour"] for row in found["rows"]]
    assert colours == sorted(colours, key=order.index) and found["count"] == len(colours)
    light = office.get(f"/api/lights/{light_of(may, may.pipes, '石门镇', may.length).pk}").json()
    assert light["sentence"]["en"].startswith("amber: less than 95 %")
    assert light["explained"]["value"] == "amber" and light["explained"]["parts"]


def test_an_appeal_is_made_by_a_program(may: Board) -> None:
    compute(may)
    light = light_of(may, may.pipes, "柳林镇")
    answer = send(client_for(may, "town"), "post", f"lights/{light.pk}/appeals", {"reason": "暴雨停工"}, "a1")
    again = send(client_for(may, "town"), "post", f"lights/{light.pk}/appeals", {"reason": "暴雨停工"}, "a1")
    assert answer.status_code == again.status_code == 200
    assert answer.json()["id"] == again.json()["id"] and answer.json()["state"] == "open"


def test_periods_are_listed_newest_first(may: Board) -> None:
    found = client_for(may, "town").get("/api/periods", {"plan": may.plan.pk, "limit": 2}).json()
    assert [row["key"] for row in found["rows"]] == ["2024-05", "2024-04"] and found["count"] == 5
    assert (found["rows"][0]["every"], found["rows"][0]["plan_id"]) == ("month", may.plan.pk)


def test_a_list_asks_as_many_queries_for_thirty_as_for_three(may: Board) -> None:
    office = client_for(may, "supervision")
    office.get("/api/reports?limit=3")
    with CaptureQueriesContext(connection) as few:
        office.get("/api/reports?limit=3")
    with CaptureQueriesContext(connection) as many:
        assert len(office.get("/api/reports?limit=30").json()["rows"]) == 30
    assert len(many) == len(few)
