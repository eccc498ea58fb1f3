"""What a town types into the reply to an order, in a real browser: a session that ends, a network that fails, hasty clicks,
somebody else at the same computer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from guatu.web.dispatch.models import Order, OrderEvent
from tests.web.browser import picture
from tests.web.conftest import PASSWORD
from tests.web.supervision.conftest import NOW, Office, proof

TEXT = "已增加两个施工队,六月底前补齐。"


@pytest.fixture
def order(year: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Order]:
    monkeypatch.setattr(timezone, "now", lambda: NOW)
    yield year.issue()


def write(page: Any, text: str = TEXT) -> None:
    page.locator("main [name=text]").fill(text)
    page.wait_for_function("text => Object.values(localStorage).some((entry) => entry.includes(text))", arg=text)


def later(page: Any) -> None:
    """The page is no longer fresh: it asks the server before it sends."""
    page.evaluate("dispatchEvent(new StorageEvent('storage', { key: 'guatu:seen' }))")


def send(page: Any) -> None:
    page.get_by_role("button", name="提交反馈").click()


def log_in(page: Any, name: str = "town") -> None:
    page.locator("[name=login]").fill(name)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main").get_by_role("button", name="登录").click()


def replies() -> list[str]:
    return list(OrderEvent.objects.filter(verb="replied").values_list("text", flat=True))


def stored(page: Any) -> int:
    return int(page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('guatu:kept:')).length"))


@pytest.mark.parametrize("asks", [True, False], ids=["the page asks first", "the server finds out"])
def test_a_reply_sent_after_the_session_ended_is_there_after_the_login_and_is_one_reply(
    browse: Any, order: Order, asks: bool
) -> None:
    page = browse("town", f"/orders/{order.pk}/")
    write(page)
    file = proof()
    page.locator("main [type=file]").set_input_files(
        {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": file.read()}
    )
    Session.objects.all().delete()
    if asks:
        later(page)
    send(page)
    page.wait_for_url("**/accounts/login/**")
    log_in(page)
    page.get_by_text("已经恢复,请核对后再提交").wait_for()
    assert page.locator("main [name=text]").input_value() == TEXT
    assert "文件不能保留,请重新选择: 现场.jpg" in " ".join(page.locator("[data-kept]").first.inner_text().split())
    picture(page, "typed-back")
    send(page)
    page.get_by_text("反馈已提交").wait_for()
    assert replies() == [TEXT]
    assert stored(page) == 0 and page.errors == []


def test_a_login_in_another_window_does_not_cost_what_was_typed(browse: Any, order: Order) -> None:
    page = browse("town", f"/orders/{order.pk}/", width=390)
    write(page)
    Session.objects.all().delete()
    other = page.context.new_page()
    other.goto(page.url)
    log_in(other)
    other.get_by_role("button", name="恢复这些内容").wait_for()
    send(page)
    page.get_by_text("反馈已提交").wait_for()
    other.close()
    assert replies() == [TEXT] and stored(page) == 0


def test_without_scripts_a_token_that_changed_is_told_and_the_text_can_be_sent_again(browse: Any, order: Order) -> None:
    page = browse("town", f"/orders/{order.pk}/")
    page.locator("main [name=text]").fill(TEXT)
    page.evaluate("for (const one of document.getElementsByName('csrfmiddlewaretoken')) one.value = 'x'.repeat(64)")
    page.locator("main [name=text]").evaluate("area => area.form.submit()")
    page.get_by_text("系统没有接收").wait_for()
    picture(page, "typed-forged")
    assert page.get_by_role("blockquote").inner_text() == TEXT
    page.get_by_role("button", name="再提交一次").click()
    page.get_by_text("反馈已提交").wait_for()
    assert replies() == [TEXT]


def test_without_a_network_the_reply_stays_and_goes_when_it_is_back(browse: Any, order: Order) -> None:
    page = browse("town", f"/orders/{order.pk}/", width=390)
    write(page)
    page.context.set_offline(True)
    send(page)
    page.get_by_text("连接不上服务器,没有提交").wait_for()
    picture(page, "typed-offline")
    page.context.set_offline(False)
    assert page.locator("main [name=text]").input_value() == TEXT and replies() == []
    send(page)
    page.get_by_text("反馈已提交").wait_for()
    assert replies() == [TEXT]


def test_a_double_click_is_one_reply(browse: Any, order: Order) -> None:
    page = browse("town", f"/orders/{order.pk}/")
    write(page)
    page.get_by_role("button", name="提交反馈").dblclick()
    page.get_by_text("反馈已提交").wait_for()
    assert replies() == [TEXT]


def test_nobody_is_shown_what_another_typed_at_the_same_computer(browse: Any, order: Order) -> None:
    page = browse("town", f"/orders/{order.pk}/")
    there = page.url
    write(page)
    Session.objects.all().delete()
    page.goto(there)
    log_in(page, "supervision")
    page.get_by_role("button", name="退出").wait_for()
    assert page.url == there
    assert TEXT not in page.content() and stored(page) == 1
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/accounts/login/**")
    log_in(page)
    page.get_by_role("button", name="退出").wait_for()
    page.goto(there)
    page.get_by_role("button", name="恢复这些内容").click()
    assert page.locator("main [name=text]").input_value() == TEXT
    page.get_by_role("button", name="退出").click()
    page.wait_for_url("**/accounts/login/**")
    assert stored(page) == 0
