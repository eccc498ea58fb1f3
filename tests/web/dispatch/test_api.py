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
    body = whole(may, report, figures=[{"target_id": may.length.pk, "value": "约九公里"}])
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
    assert done.json()["state"] == "accepted" and done.json()["evidence"][0]["size"] == len(b"\xff\xd8\xff a photo")


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


def test_a_draft_keeps_what_is_no_number_yet_and_is_handed_in_later(may: Board) -> None:
    report = may.report("2024-05", may.pipes, "柳林镇")
    town = client_for(may, "town")
    figures = [{"target_id": may.length.pk, "value": "约九公里"}]
    draft = send(town, "put", f"reports/{report.pk}", whole(may, report, progress="", figures=figures, submit=False))
    assert (draft.status_code, draft.json()["state"], draft.json()["row_version"]) == (200, "draft", 2)
    assert send(town, "put", f"reports/{report.pk}", whole(may, report)).json()["state"] == "submitted"
    assert send(town, "put", f"reports/{report.pk}", whole(may, report)).json()["code"] == "report.handed-in"


@pytest.mark.parametrize("role", ["leader", "auditor", "admin", "supervision", "lead", "responsible", "village"])
def test_a_report_is_written_by_its_own_unit_alone(may: Board, role: str) -> None:
    report = may.report("2024-05", may.pipes, "柳林镇")
    answer = send(client_for(may, role), "put", f"reports/{report.pk}", whole(may, report))
    assert answer.status_code in (403, 404)
    assert Report.objects.get(pk=report.pk).state == Report.State.DUE


def test_a_reviewer_is_shown_what_waits_for_them_and_nothing_else(may: Board) -> None:
    pipes = may.hand_in("2024-05", may.pipes, "柳林镇", at(6, 4), {may.length.pk: "9"})
    patrol = may.hand_in("2024-05", may.patrol, "城关镇", at(6, 4))
    may.hand_in("2024-05", may.quality, "县水利局", at(6, 4), {may.rate.pk: "89"})

    def shown(role: str, **wanted: Any) -> set[int]:
        return {row["id"] for row in client_for(may, role).get("/api/reviews", wanted).json()["rows"]}

    assert shown("lead") == {pipes.pk}
    assert {pipes.pk, patrol.pk} < shown("supervision")
    assert shown("supervision", unit=patrol.unit_id) == {patrol.pk}
    assert shown("supervision", group="accepted") == set()
    for role in ("leader", "auditor", "admin", "responsible", "village"):
        assert client_for(may, role).get("/api/reviews").status_code == 403
    assert shown("town") == set()
    foreign = send(client_for(may, "lead"), "post", f"reports/{patrol.pk}/review", {"row_version": 1, "accept": True})
    assert foreign.status_code == 404


def test_several_are_accepted_at_once_by_a_program_and_the_others_named(may: Board) -> None:
    one = may.hand_in("2024-05", may.pipes, "柳林镇", at(6, 4), {may.length.pk: "9"})
    two = may.hand_in("2024-05", may.pipes, "石门镇", at(6, 4), {may.length.pk: "6"})
    other = may.hand_in("2024-05", may.patrol, "城关镇", at(6, 4))
    given = [{"id": r.pk, "row_version": r.row_version} for r in (one, two, other)]
    given[1]["row_version"] += 1
    lead = client_for(may, "lead")
    answers = [send(lead, "post", "reviews/accept", {"reports": given}, "k1") for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["count"] == 1
    assert {left["id"] for left in answers[0].json()["left"]} == {two.pk, other.pk}
    states = dict(Report.objects.filter(pk__in=(one.pk, two.pk, other.pk)).values_list("pk", "state"))
    assert states == {one.pk: "accepted", two.pk: "submitted", other.pk: "submitted"}
    assert send(client_for(may, "responsible"), "post", "reviews/accept", {"reports": given}).status_code == 403
    assert send(lead, "post", "reviews/accept", {"reports": []}).json()["field"] == "reports"


def test_a_period_says_who_delivered_to_whom_it_may(may: Board) -> None:
    may.hand_in("2024-05", may.pipes, "柳林镇", at(6, 4), {may.length.pk: "9"})
    url = f"/api/periods/{may.period('2024-05').pk}"
    assert client_for(may, "town").get(url).json()["key"] == "2024-05"
    (own,) = client_for(may, "town").get(f"{url}/deliveries").json()["units"]
    assert (own["unit_id"], own["due"], own["handed_in"]) == (may.county.unit("柳林镇").pk, 1, 1)
    assert own["completeness"] == 1 and "1" in own["reason"]["en"][0]
    whole_county = client_for(may, "leader").get(f"{url}/deliveries").json()
    assert len(whole_county["units"]) == 5 and whole_county["total"]["handed_in"] == 1
    assert whole_county["total"]["due"] == Report.objects.filter(period__key="2024-05").count()


def test_a_period_is_closed_and_opened_again_by_the_office(may: Board) -> None:
    may.accepted("2024-05", may.pipes, "柳林镇", at(6, 4), {may.length.pk: "9"})
    url = f"periods/{may.period('2024-05').pk}"
    for role in ("town", "lead", "leader", "admin"):
        assert send(client_for(may, role), "post", f"{url}/close", {}).status_code == 403
    office = client_for(may, "supervision")
    assert send(office, "post", f"{url}/close", {}).json()["state"] == "closed"
    report = may.report("2024-05", may.pipes, "柳林镇")
    assert report.state == Report.State.LOCKED
    other = may.report("2024-05", may.pipes, "石门镇")
    refused = send(office, "post", f"{url}/reopen", {"closes_on": "2024-06-30", "reason": " "})
    assert (refused.status_code, refused.json()["field"]) == (422, "reason")
    assert (
        send(office, "post", f"{url}/reopen", {"closes_on": "2024-06-30", "reason": "补报"}).json()["state"] == "open"
    )
    assert may.report("2024-05", may.pipes, "柳林镇").state == Report.State.ACCEPTED
    assert other.state == Report.State.DUE


def test_a_list_asks_as_many_queries_for_thirty_as_for_three(may: Board) -> None:
    office = client_for(may, "supervision")
    office.get("/api/reports?limit=3")
    with CaptureQueriesContext(connection) as few:
        office.get("/api/reports?limit=3")
    with CaptureQueriesContext(connection) as many:
        assert len(office.get("/api/reports?limit=30").json()["rows"]) == 30
    assert len(many) == len(few)
