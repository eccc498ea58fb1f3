"""Every way in: the patrol's telephone, and what bad input comes to at each of them."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.test import Client

from guatu.web.cases.models import Case
from tests.adapters.geodata.shapes_of import square
from tests.web.cases.conftest import OUTSIDE, Desk, photo
from tests.web.intake.conftest import GOOD, HEADS, SCRIPT, Clients, Intake, patches, text
from tests.web.tokens import token_of

pytestmark = pytest.mark.django_db
FORMS = {"/report/": None, "/cases/new/": "desk", "/cases/patrol/": "collector"}
USUAL = {"class": "urban_management/C0101", "text": "井盖缺失", "address": "云岭路 12 号"}


class Photo(io.BytesIO):
    """A photo of 25 MB, of which the disk sees nothing."""

    size, name = 25 * 2**20, "现场.jpg"

    def __init__(self) -> None:
        super().__init__()
        self.left = self.size

    def read(self, count: int | None = -1) -> bytes:
        given = self.left if count is None or count < 0 else min(count, self.left)
        self.left -= given
        return b"\xff\xd8\xff" + bytes(given - 3) if given == self.size or given > 3 else bytes(given)


@pytest.fixture(params=sorted(FORMS))
def form(request: pytest.FixtureRequest, desk: Desk, borders: Any, client_of: Clients) -> Any:
    """Sends one of the three forms."""
    role = FORMS[request.param]
    client = client_of(role) if role else Client()
    client.get(request.param)
    return lambda **given: client.post(request.param, {**USUAL, **given})


def refused(answer: Any, message: str) -> None:
    assert answer.status_code == 422 and message in answer.content.decode()
    assert not Case.objects.exists()


def test_a_point_outside_of_the_county_is_told_in_the_form(form: Any) -> None:
    refused(form(lon=str(OUTSIDE[0]), lat=str(OUTSIDE[1])), "不在本县范围内")


def test_a_photo_of_25_megabytes_is_told_in_the_form(form: Any) -> None:
    refused(form(photo=Photo()), "20 MB")


def test_what_is_no_photo_is_told_in_the_form(form: Any) -> None:
    refused(form(photo=io.BytesIO(b"<html>" * 9)), "不是照片")


def test_script_is_kept_as_text_and_shown_as_text(form: Any, client_of: Clients) -> None:
    assert form(text=SCRIPT, address=SCRIPT).status_code == 302
    case = Case.objects.get()
    assert case.text == SCRIPT
    for address in (f"/cases/{case.pk}/", "/cases/", f"/track/{case.code}/"):
        assert SCRIPT not in client_of("desk").get(address).content.decode()


def test_nul_and_control_characters_are_no_fault(form: Any) -> None:
    assert form(text="井盖\0缺失\x01", address="云岭路\0", lon="\0", lat="\0").status_code == 302
    assert "\0" not in Case.objects.get().text


def test_the_same_form_sent_again_is_one_case_and_a_changed_one_another(form: Any) -> None:
    first, again = form(_key="k1", photo=photo()), form(_key="k1", photo=photo())
    assert first["Location"] == again["Location"] and Case.objects.count() == 1
    assert form(_key="k1", text="路灯不亮")["Location"] != first["Location"]
    assert Case.objects.count() == 2


def test_a_patrol_reports_from_the_telephone(desk: Desk, borders: Any, client_of: Clients) -> None:
    client = client_of("collector")
    page = client.get("/cases/patrol/").content.decode()
    assert 'capture="environment"' in page and "data-locate" in page and 'name="_key" value="' in page
    lon, lat = borders("柳林镇")
    given = {"class": "urban_management/C0101", "text": "井盖缺失", "lon": str(lon), "lat": str(lat), "photo": photo()}
    answer = client.post("/cases/patrol/", given)
    case = Case.objects.get()
    assert answer["Location"] == f"/cases/{case.pk}/"
    assert (case.source, case.place_id) == ("collector", desk.county.places["柳林镇"].pk)
    assert case.files.count() == 1


@pytest.mark.parametrize("role", ["leader", "auditor", "supervision"])
def test_who_registers_nothing_has_no_patrol(desk: Desk, client_of: Clients, role: str) -> None:
    assert client_of(role).get("/cases/patrol/").status_code == 403
    assert Client().get("/cases/patrol/").status_code == 302
    assert "/cases/patrol/" not in client_of(role).get("/cases/").content.decode()


def test_the_menu_leads_the_collector_to_the_patrol(client_of: Clients) -> None:
    assert 'href="/cases/patrol/"' in client_of("collector").get("/cases/").content.decode()
    assert 'href="/cases/import/"' in client_of("desk").get("/cases/").content.decode()


def test_the_login_page_leads_citizens_to_report_and_follow(db: None) -> None:
    page = Client().get("/accounts/login/").content.decode()
    assert 'href="/report/"' in page and 'href="/track/"' in page


@pytest.fixture
def token(desk: Desk) -> str:
    return token_of(desk.county.users["desk"])


BAD = [
    ({"lon": OUTSIDE[0], "lat": OUTSIDE[1]}, 422),
    ({"lon": 500, "lat": 30.05}, 422),
    ({"text": ""}, 422),
    ({"text": "\0"}, 422),
    ({"text": SCRIPT + "\0"}, 200),
]


@pytest.mark.parametrize(("change", "status"), BAD)
def test_bad_input_to_the_api(token: str, borders: Any, change: dict[str, Any], status: int) -> None:
    body = {"pack": "urban_management", "class_code": "C0101", "text": "井盖缺失", "address": "云岭路", **change}
    headers = {"Authorization": f"Bearer {token}"}
    answer = Client().post("/api/cases", json.dumps(body), content_type="application/json", headers=headers)
    assert answer.status_code == status, answer.content
    assert Case.objects.exists() == (status == 200) and answer["Content-Type"].startswith("application/json")


@pytest.mark.parametrize("kind", ["json", "xml"])
@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"long": str(OUTSIDE[0]), "lat": str(OUTSIDE[1])}, 422),
        ({"long": "500"}, 400),
        ({"service_code": "<b>"}, 404),
        ({"api_key": "x"}, 403),
        ({"description": SCRIPT + "\0\x01"}, 201),
    ],
)
def test_bad_input_to_open311(token: str, borders: Any, change: dict[str, str], status: int, kind: str) -> None:
    given = {
        "api_key": token,
        "service_code": "C0101",
        "long": "121.15",
        "lat": "30.05",
        "description": "井盖",
        **change,
    }
    answer = Client().post(f"/open311/v2/requests.{kind}", given)
    assert answer.status_code == status, answer.content
    assert Case.objects.exists() == (status == 201)
    assert b"<script>" not in Client().get(f"/open311/v2/requests.{kind}?api_key={token}").content or kind == "json"


def test_the_same_key_to_open311_is_one_case(token: str) -> None:
    given = {"api_key": token, "service_code": "C0101", "address_string": "云岭路", "description": "井盖"}
    answers = [Client().post("/open311/v2/requests.json", given, headers={"Idempotency-Key": "a"}) for _n in range(2)]
    assert answers[0].content == answers[1].content and Case.objects.count() == 1
    Client().post("/open311/v2/requests.json", given)
    assert Case.objects.count() == 2


def test_bad_input_in_files(intake: Intake, borders: Any) -> None:
    row = dict(zip(HEADS, GOOD, strict=True))
    outside = text([{**row, "经度": OUTSIDE[0], "纬度": OUTSIDE[1]}.values()])
    assert "不在本县范围内" in intake.checked(outside).result["errors"][0]["message"]
    assert intake.checked(text([{**row, "情况描述": "井盖\0"}.values()])).state == "failed"
    large = patches(square(121.15, 30.05, 0.001), **{"TB-01_前.jpg": b"\xff\xd8\xff" + bytes(21 * 2**20)})
    assert "超过 20 MB" in intake.checked(large, "图斑.zip").result["errors"][0]["message"]
    far = patches(square(*OUTSIDE, 0.001))
    assert "不在本县范围内" in intake.checked(far, "图斑.zip").result["errors"][0]["message"]
    assert not Case.objects.exists()
