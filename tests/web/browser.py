"""A real browser for tests: Chromium of the system, the server of the test, and the rules of accessibility (axe-core).

    def test_the_page(browse, live_server): ...
        page = browse("town", "/reports/", width=390, language="en")
        assert axe(page) == []

`browse` logs in as the user of a role (None for nobody) and opens an address. The tests skip where no Chromium is.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

pytest.importorskip("playwright.sync_api", reason="playwright is not installed · 没有安装 playwright")

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NO_BROWSER = (
    "no Chromium here: install one or name it in GUATU_CHROMIUM · 没有 Chromium: 请安装, 或用 GUATU_CHROMIUM 指明"
)
AXE = Path(settings.WEB) / "static" / "vendor" / "axe.min.js"
HEIGHTS = {390: 844}

Browse = Callable[..., Page]


def chromium_path() -> str | None:
    """Where the browser is: GUATU_CHROMIUM, else the system's."""
    named = os.environ.get("GUATU_CHROMIUM")
    return named or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


_running: list[Browser] = []


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a process.

    Each folder that imports the fixture has its own; the first that is asked for starts the browser, the others share it,
    for a second driver cannot run in the loop of the first.
    """
    if _running:
        yield _running[0]
        return
    path = chromium_path()
    if path is None:
        pytest.skip(NO_BROWSER)
    # The driver keeps an event loop in this thread; Django takes that for asynchronous code, which it is not.
    before = os.environ.get("DJANGO_ALLOW_ASYNC_UNSAFE")
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        _running.append(launched)
        yield launched
        _running.clear()
        launched.close()
    if before is None:
        os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@pytest.fixture
def browse(browser: Browser, live_server: Any, county: Any) -> Iterator[Browse]:
    """Opens an address of the test's server as a role, at a width in pixels, in a language."""
    contexts: dict[tuple[str | None, int, str], BrowserContext] = {}

    def context_for(role: str | None, width: int, language: str) -> BrowserContext:
        size = {"width": width, "height": HEIGHTS.get(width, 900)}
        context = browser.new_context(viewport=size, locale="en-US" if language == "en" else "zh-CN")
        context.add_cookies([_cookie(settings.LANGUAGE_COOKIE_NAME, language, live_server.url)])
        if role is not None:
            client = Client()
            client.force_login(county.users[role])
            session = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies([_cookie(settings.SESSION_COOKIE_NAME, session, live_server.url)])
        return context

    def open_page(role: str | None, address: str, *, width: int = 1440, language: str = "zh-hans") -> Page:
        kind = (role, width, language)
        if kind not in contexts:
            contexts[kind] = context_for(*kind)
        page = contexts[kind].new_page()
        page.set_default_timeout(120_000)
        page.errors = []  # type: ignore[attr-defined]
        page.on("pageerror", lambda error: page.errors.append(str(error)))  # type: ignore[attr-defined]
        page.goto(live_server.url + address)
        return page

    yield open_page
    for context in contexts.values():
        context.close()


def axe(page: Page) -> list[str]:
    """Serious and critical violations of WCAG on a page as it stands, each with the elements that it is about."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
    result = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{found['impact']} {found['id']}: {found['help']}: "
        + "; ".join(node["html"][:160] for node in found["nodes"][:5])
        for found in result["violations"]
        if found["impact"] in ("serious", "critical")
    ]


def overflows(page: Page) -> bool:
    """Whether the page itself (not a table in it) can be scrolled sideways."""
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"))


_FOCUSABLE = """() => {
  const seen = el => el.checkVisibility({visibilityProperty: true}) && !el.disabled && !el.closest('details:not([open]) > :not(summary)');
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')];
  // Of a group of radio buttons the arrow keys reach the others.
  window.__wanted = all.filter(el => seen(el) && el.tabIndex >= 0 && el.type !== 'radio');
  window.__reached = new Set();
  document.addEventListener('focusin', event => window.__reached.add(event.target));
  document.activeElement.blur();
  return window.__wanted.length;
}"""
_LOST = "() => window.__wanted.filter(el => !window.__reached.has(el) && el.isConnected).map(el => el.outerHTML.slice(0, 120))"


def unreached(page: Page) -> list[str]:
    """What can be clicked or written into and is not come to with the tab key."""
    count = int(page.evaluate(_FOCUSABLE))
    for _ in range(count + 10):
        page.keyboard.press("Tab")
    return list(page.evaluate(_LOST))


def picture(page: Page, name: str) -> None:
    """Keeps a picture of the whole page where GUATU_PICTURES names a folder; nothing otherwise."""
    folder = os.environ.get("GUATU_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def _cookie(name: str, value: str, url: str) -> Any:
    return {"name": name, "value": value, "url": url}
