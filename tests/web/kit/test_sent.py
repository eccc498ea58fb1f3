"""A form that was sent: done and told, or back with what was typed."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import RequestFactory

from guatu.web.base.actions import Action, Change
from guatu.web.base.actors import Actor
from guatu.web.base.problems import Denied, Invalid
from guatu.web.kit.sent import sent

pytestmark = pytest.mark.django_db


class Say(Action[str]):
    name = "test.say"

    def permit(self, context: Any) -> None:
        pass

    def change(self, context: Any) -> Change[str]:
        return Change("三件")


class Closed(Say):
    permission = "case.edit"
    permit = Action.permit


def answer(make: Any, **more: Any) -> Any:
    request = RequestFactory().post("/", {"length": "三"})
    request.actor, request.request_id = Actor(None, datetime.date(2024, 6, 3)), ""
    request._messages = CookieStorage(request)
    found = sent(
        request,
        make,
        lambda form: HttpResponse(f"{form.form} {form.values['length']} {form.problem}", status=form.status),
        **more,
    )
    return found, [str(one) for one in get_messages(request)]


def test_what_was_done_is_told_and_leads_on() -> None:
    found, said = answer(Say, to=lambda result: f"/{result}/", said=lambda result: f"已办 {result}")
    assert (found.status_code, said) == (302, ["已办 三件"]) and found["Location"].startswith("/")
    assert answer(Say, to="/there/")[1] == ["已保存。"]


def test_what_cannot_be_read_comes_back_as_it_was_typed() -> None:
    def make() -> Say:
        raise Invalid("应为数字。", field="length")

    found, said = answer(make, to="/", form="road")
    assert (found.status_code, found.content.decode(), said) == (422, "road 三 应为数字。", [])


def test_a_problem_that_its_page_has_no_place_for_is_told_with_what_was_typed() -> None:
    request = RequestFactory().post("/", {"length": "已经做完三件"})
    request.actor, request.request_id, request.user = Actor(None, datetime.date(2024, 6, 3)), "", AnonymousUser()

    def make() -> Say:
        raise Invalid("督办单已经销号。\n请联系督查室。")

    found = sent(request, make, lambda form: HttpResponse("销号"), to="/")
    text = found.content.decode()
    assert found.status_code == 422 and "督办单已经销号。<br>请联系督查室。" in text and "已经做完三件" in text


def test_an_action_says_by_one_word_what_its_actor_must_hold() -> None:
    assert answer(Closed, to="/")[0].status_code == Denied("").status
