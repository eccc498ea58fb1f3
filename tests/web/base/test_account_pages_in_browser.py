"""The pages of accounts in a real browser: both languages, desk and phone."""

import re
from typing import Any

import pytest

from tests.web.browser import FACES, faults
from tests.web.conftest import PASSWORD

PAGES = ["/accounts/login/", "/account/", "/accounts/password/change/", "/accounts/2fa/", "/audit/"]


@pytest.mark.parametrize(("width", "language"), FACES)
def test_every_account_page_is_accessible_and_fits(browse: Any, width: int, language: str) -> None:
    for address in PAGES:
        role = None if "login" in address else "admin"
        page = browse(role, address, width=width, language=language)
        assert faults(page, f"account{address.replace('/', '-')}", width, language) == [], address


def test_logging_in_by_keyboard_and_out_again(browse: Any) -> None:
    page = browse(None, "/accounts/login/?next=/account/")
    page.keyboard.type("town")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"^[^?]*/account/$"))  # the address of the login has it in its query
    assert page.get_by_role("heading", level=1).inner_text() == "我的账号"
    page.get_by_role("button", name="退出").click()
    page.wait_for_load_state()
    assert page.get_by_role("link", name="登录").first.is_visible()
