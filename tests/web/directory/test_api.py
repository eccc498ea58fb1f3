"""Units and places for programs."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from guatu.web.directory.models import Unit, UnitVersion


@pytest.fixture
def get(client_of: Callable[[str], Client]) -> Callable[..., Any]:
    def ask(path: str, role: str = "leader", **query: Any) -> Any:
        answer = client_of(role).get(f"/api/{path}", query)
        return answer.json() if answer.status_code == 200 else answer.status_code

    return ask


def test_units_come_as_pages_and_as_of_a_day(county: Any, get: Any) -> None:
    page = get("units", category="town", limit=2)
    assert (page["count"], len(page["rows"])) == (5, 2)
    assert get("units", on="2019-12-31")["count"] == 0
    assert get("units", q="水利")["rows"][0]["code"] == "d0"
    assert [row["name"] for row in get("places", level="town")["rows"]][:2] == ["城关镇", "柳林镇"]


def test_a_name_is_told_or_suggested_or_expanded(county: Any, get: Any) -> None:
    assert get("units/meant", text="水利局")["known"] == county.unit("县水利局").pk
    assert get("units/meant", text="县农业局")["suggestions"][0]["unit_id"] == county.unit("县农业农村局").pk
    assert len(get("units/meant", text="各乡镇")["expanded"]) == 5


def test_who_may_not_see_the_directory_is_refused(county: Any, get: Any) -> None:
    paths = ["units", "places", f"units/{county.unit('县水利局').pk}"]
    assert [get(path, "village") for path in paths] == [403, 403, 403]
    assert get("units/meant", "village", text="水利局") == 403


def test_a_unit_is_set_up_and_changed_once_for_one_key(county: Any, client_of: Callable[[str], Client]) -> None:
    client, today = client_of("admin"), timezone.localdate().isoformat()
    body = {"code": "n1", "name": "县数据局", "parent_id": county.unit("青禾县人民政府").pk, "day": today}

    def send(method: str, path: str, given: dict[str, Any], key: str) -> Any:
        call = getattr(client, method)
        return call(
            f"/api/{path}", json.dumps(given), content_type="application/json", headers={"Idempotency-Key": key}
        )

    first, second = send("post", "units", body, "k"), send("post", "units", body, "k")
    assert (first.status_code, second.json()) == (201, first.json())
    assert Unit.objects.filter(code="n1").count() == 1
    wrong = send("post", "units", body, "k2")
    assert (wrong.status_code, wrong.json()["field"]) == (422, "code")
    made = first.json()
    change = body | {"name": "县数据管理局", "row_version": 1}
    assert send("put", f"units/{made['id']}", change, "k3").status_code == 200
    assert send("put", f"units/{made['id']}", change | {"name": "县大数据局"}, "k4").status_code == 409
    assert UnitVersion.objects.get(unit_id=made["id"]).name == "县数据管理局"
