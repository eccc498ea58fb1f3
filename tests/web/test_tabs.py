"""What a test leaves in a tab is not there for the next one."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.browser import Tabs

pytestmark = pytest.mark.django_db(transaction=True)
LEAVE = "() => { localStorage.draft = 'a'; sessionStorage.step = 'b'; document.cookie = 'c=d'; }"
LEFT = "() => [localStorage.length, sessionStorage.length, document.cookie]"


def test_a_tab_that_is_taken_again_has_no_cookie_no_data_and_its_own_size(
    tabs: Tabs, browse: Any, live_server: Any
) -> None:
    page = tabs.take(390, "en")
    page.goto(f"{live_server.url}/accounts/login/")
    page.evaluate(LEAVE)
    page.set_viewport_size({"width": 700, "height": 300})
    page.context.set_offline(True)
    tabs.give_back(page, 390, "en", live_server.url)
    again = tabs.take(390, "en")
    try:
        assert again is page
        assert again.context.cookies() == []
        assert again.viewport_size == {"width": 390, "height": 844}
        again.goto(f"{live_server.url}/static/guatu/icon.svg")
        assert again.evaluate(LEFT) == [0, 0, ""]
    finally:
        tabs.give_back(again, 390, "en", live_server.url)
