"""The pages of accounts in a real browser: both languages, desk and phone."""

from typing import Any

import pytest

from tests.web.browser import axe, overflows, picture
from tests.web.conftest import PASSWORD

PAGES = ["/accounts/login/", "/account/", "/accounts/password/change/", "/accounts/2fa/", "/audit/"]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("width", [1440, 390])
def test_every_account_page_is_accessible_and_fits(browse: Any, width: int, language: str) -> None:
    for address in PAGES:
        role = None if "login" in address else "admin"
        page = browse(role, address, width=width, language=language)
        picture(page, f"account{address.replace('/', '-')}{width}-{language}")
        if (width == 390) == (language == "en"):  # the rules of axe ask for neither: two of the four kinds are enough
            assert axe(page) == [], address
        assert not overflows(page), address
        assert page.errors == []


def test_logging_in_by_keyboard_and_out_again(browse: Any) -> None:
    page = browse(None, "/accounts/login/?next=/account/")
    page.keyboard.type("town")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/")
    assert page.get_by_role("heading", level=1).inner_text() == "我的账号"
    page.get_by_role("button", name="退出").click()
    page.wait_for_load_state()
    assert page.get_by_role("link", name="登录").first.is_visible()
