"""How large a body may be: for anybody, for who is logged in, at the pages that take photos of the public."""

from __future__ import annotations

import contextlib
import http.client
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory

from guatu.web.base.bodies import judge
from guatu.web.base.middleware import wants_json
from guatu.web.serving.verdicts import BUSY, FULL, REFUSED, SMALL, TOO_LARGE, Verdict
from tests.web.live import Live, live_server

MB = 2**20


def photo(size: int) -> SimpleUploadedFile:
    return SimpleUploadedFile("photo.jpg", bytes(size), "image/jpeg")


@pytest.mark.parametrize("address", ["/accounts/login/", "/tasks/", "/language/", "/track/1234/rate"])
def test_who_is_not_logged_in_sends_no_files(db: None, address: str) -> None:
    assert Client().post(address, {"file": photo(SMALL)}).status_code == 413
    assert Client().post(address, {"file": photo(1000)}).status_code != 413


def test_the_page_says_how_much_is_taken_and_programs_are_told_in_json(db: None) -> None:
    page = Client(headers={"Accept-Language": "zh-hans"}).post("/accounts/login/", {"file": photo(SMALL)})
    assert "64 KB" in page.content.decode() and "没有保存" in page.content.decode()
    answer = Client().post("/api/plans", {"file": photo(SMALL)})
    assert answer.status_code == 413
    assert (answer.json()["code"], answer.json()["limit"]) == ("request.too-large", SMALL)


def test_a_cookie_or_a_token_that_somebody_made_up_opens_nothing(db: None) -> None:
    client = Client(headers={"Authorization": "Bearer guatu_invented"})
    client.cookies["sessionid"] = "0123456789abcdef0123456789abcdef"
    assert client.post("/api/plans", {"file": photo(SMALL)}).status_code == 413


def test_who_is_logged_in_sends_what_the_county_allows(client_of: Callable[[str], Client], settings: Any) -> None:
    settings.GUATU_LARGEST_BODY = MB
    client = client_of("supervision")
    assert client.post("/tasks/", {"file": photo(MB // 2)}).status_code != 413
    assert client.post("/tasks/", {"file": photo(MB)}).status_code == 413


def test_the_public_report_takes_photos_up_to_a_limit_that_its_page_names(db: None, settings: Any) -> None:
    settings.GUATU_LARGEST_PUBLIC = 2 * MB
    assert Client().post("/report/", {"photo": photo(MB)}).status_code != 413
    assert Client().post("/report/", {"photo": photo(2 * MB)}).status_code == 413
    assert "合计不超过 2 MB" in Client().get("/report/").content.decode()


@pytest.mark.parametrize(("why", "status"), [(TOO_LARGE, 413), (BUSY, 503), (FULL, 503)])
def test_what_the_server_refused_is_told_even_where_no_form_was_read(db: None, why: str, status: int) -> None:
    answer = Client(enforce_csrf_checks=True).post("/report/", {}, **{REFUSED: why})
    assert answer.status_code == status and "没有保存" in answer.content.decode()
    assert ("Retry-After" in answer) == (status == 503)


def test_the_server_asks_with_no_more_than_the_head(client_of: Callable[[str], Client], settings: Any) -> None:
    cookie = client_of("supervision").cookies["sessionid"].value
    environ = RequestFactory().post("/tasks/", headers={"Cookie": f"sessionid={cookie}"}).environ
    assert judge(environ) == Verdict(settings.GUATU_LARGEST_BODY, known=True)
    stranger = RequestFactory().post("/report/").environ
    assert judge(stranger) == Verdict(settings.GUATU_LARGEST_PUBLIC, known=False)
    assert judge(RequestFactory().post("/nowhere/").environ) == Verdict(SMALL, known=False)


def test_programs_are_known_by_address_and_by_what_they_accept() -> None:
    ask = RequestFactory().get
    assert wants_json(ask("/api/tasks")) and wants_json(ask("/x/", headers={"Accept": "application/json"}))
    assert not wants_json(ask("/api/")) and not wants_json(ask("/tasks/"))


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GUATU_LARGEST_UPLOAD", str(4 * MB))
        with live_server(tmp_path_factory.mktemp("bodies"), "guatu_bodies", tasks=1) as server:
            yield server


@pytest.mark.slow
@pytest.mark.parametrize("chunked", [False, True], ids=["announced", "chunked"])
def test_a_real_server_keeps_nothing_of_what_it_refuses(live: Live, chunked: bool) -> None:
    before = written(live)
    for token, status in (("", 413), ("guatu_invented", 413), (live.made["token"], 413)):
        answer = send(live, token, (bytes(MB) for _ in range(60)) if chunked else bytes(60 * MB), chunked)
        assert (answer[0], answer[1]["code"]) == (status, "request.too-large")
    # A chunked body of somebody who is known is written until it is over the limit.
    assert written(live) - before < (12 * MB if chunked else MB)
    assert list((live.data / "spool").iterdir()) == []


@pytest.mark.slow
def test_a_real_server_takes_a_file_of_somebody_who_is_known(live: Live) -> None:
    boundary = "guatu-boundary"
    head = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="plan.txt"\r\n\r\n'
    text = "青禾县实施方案\r\n" + "一二三四五六七八九十\r\n" * 10_000
    body = (head + text + f"\r\n--{boundary}--\r\n").encode()
    kind = f"multipart/form-data; boundary={boundary}"
    answer = live.call("POST", "/api/plans", raw=body, kind=kind, token=live.made["token"])
    assert answer.status < 300, answer.body


def send(live: Live, token: str, body: Any, chunked: bool) -> tuple[int, Any]:
    with contextlib.closing(http.client.HTTPConnection("127.0.0.1", live.port, timeout=60)) as connection:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        connection.request("POST", "/api/plans", body, headers, encode_chunked=chunked)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())


def written(live: Live) -> int:
    """Bytes that the processes of the pages have written to files."""
    lines = [line for pid in live.pages() for line in Path(f"/proc/{pid}/io").read_text().splitlines()]
    return sum(int(line.split()[1]) for line in lines if line.startswith("wchar"))
