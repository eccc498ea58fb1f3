"""Declared pages: who may see one, what stands in its form at first, and what becomes of what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from guatu.web.base.actions import Action, Change
from guatu.web.base.actions import Context as Context_
from guatu.web.base.problems import Denied, Invalid
from guatu.web.kit.forms import Form
from guatu.web.kit.kinds import Text
from guatu.web.kit.pages import FORM, Sends, page
from tests.web.html import flat

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Name(Action[str]):
    name = "test.name"
    words = "命名"
    permission = "directory.edit"
    row: int
    text: Annotated[str, Text(label="名称", required=True, longest=4)]

    def change(self, context: Context_) -> Change[str]:
        if self.text == "甲":
            raise Invalid("已有这个名称。", field="text")
        return Change(f"{self.row}-{self.text}")


NAME = Form("name", "", Name, said="已命名。")


def told(request: HttpRequest, result: str) -> None:
    request.session["made"] = result


@page(
    "directory.edit",
    FORM,
    sends=Sends(
        NAME,
        first=lambda request, row: {"text": f"旧{row}"},
        known=lambda request, row: {"row": row},
        told=told,
    ),
)
def name_page(request: HttpRequest, row: int) -> dict[str, Any]:
    return {"page_title": "改名", "intro": "从今天起。", "back": f"/units/{row}/"}


@page("", FORM, sends=Sends(NAME, lambda made: f"/made/{made}", known=lambda request, row: {"row": row}))
def other_page(request: HttpRequest, row: int) -> dict[str, Any]:
    return {"page_title": "命名"}


@page("directory.view")
def refused(request: HttpRequest) -> HttpResponse:
    return HttpResponse("别处")


@pytest.fixture
def ask(actor_of: Any) -> Any:
    def asked(view: Any, role: str, *of: int, **sent: str) -> tuple[Any, HttpRequest]:
        factory = RequestFactory()
        request = factory.post("/here/", sent) if sent else factory.get("/here/")
        request.actor, request.request_id = actor_of(role), ""  # type: ignore[attr-defined]
        request.user, request.session = request.actor.user, SessionStore()  # type: ignore[attr-defined]
        request._messages = CookieStorage(request)  # type: ignore[attr-defined]
        return view(request, *of), request

    return asked


def test_a_form_that_is_a_page_shows_what_stands_there_and_the_way_back(ask: Any) -> None:
    answer, _request = ask(name_page, "supervision", 7)
    shown = flat(answer.content.decode())
    assert answer.status_code == 200 and 'value="旧7"' in shown and "从今天起。" in shown
    assert '<h1 class="page-title me-auto gap-2">改名</h1>' in shown and 'href="/units/7/"' in shown


def test_what_was_sent_is_done_told_and_leads_back_or_to_what_was_made(ask: Any) -> None:
    answer, request = ask(name_page, "supervision", 7, text="乙")
    assert (answer.status_code, answer["Location"]) == (302, "/units/7/")
    assert [str(one) for one in get_messages(request)] == ["已命名。"] and request.session["made"] == "7-乙"
    assert ask(other_page, "supervision", 7, text="乙")[0]["Location"] == "/made/7-%E4%B9%99"


@pytest.mark.parametrize(("text", "said"), [("甲", "已有这个名称。"), ("", "请填写"), ("一二三四五", "4")])
def test_what_could_not_be_done_comes_back_as_it_was_typed(ask: Any, text: str, said: str) -> None:
    answer, request = ask(name_page, "supervision", 7, text=text)
    shown = flat(answer.content.decode())
    assert answer.status_code == 422 and said in shown and (f'value="{text}"' in shown or not text)
    assert "旧7" not in shown and "made" not in request.session


def test_who_may_not_is_told_so_before_anything_is_read(ask: Any) -> None:
    for sent in ({}, {"text": "乙"}):
        with pytest.raises(Denied):
            ask(name_page, "leader", 7, **sent)
    assert ask(other_page, "leader", 7, text="乙")[0].status_code == 403
    assert ask(other_page, "leader", 7)[0].status_code == 200


def test_a_page_may_answer_otherwise(ask: Any) -> None:
    assert ask(refused, "leader")[0].content.decode() == "别处"
