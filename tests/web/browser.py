"""A real browser for tests: Chromium of the system, the server of the test, and the rules of accessibility (axe-core).

    def test_the_page(browse, live_server): ...
        page = browse("town", "/reports/", width=390, language="en")
        assert axe(page) == []

`browse` logs in as the user of a role (None for nobody) and opens an address. The tests skip where no Chromium is.
"""

import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.test import Client

pytest.importorskip("playwright.sync_api", reason="playwright is not installed · 没有安装 playwright")

from playwright.sync_api import Browser, Page, sync_playwright

from tests.chromium import chromium_path
from tests.web.tabs import HEIGHTS, Tabs

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
AXE = Path(__file__).resolve().parent.parent / "vendor" / "axe.min.js"

Browse = Callable[..., Page]


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


@pytest.fixture(scope="session")
def tabs(browser: Browser, live_server: Any) -> Iterator[Tabs]:
    """They are closed before the server ends, for they hold connections to it."""
    found = Tabs(browser)
    yield found
    found.close()


@pytest.fixture
def browse(tabs: Tabs, live_server: Any, county: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browse]:
    """Opens an address of the test's server as a role, at a width in pixels, in a language.

    No page, whatever is done on it, may want what the server's policy (base/headers.py) forbids.
    """
    # Files come as the county's server sends them, to be kept by the browser, and not from the test server's own handler.
    monkeypatch.setattr(StaticFilesHandler, "_should_handle", lambda handler, path: False)
    tabs.said.clear()
    opened: dict[tuple[str | None, int, str], Page] = {}
    inside: dict[Page, str | None] = {}

    def let_in(page: Page, role: str | None, language: str) -> None:
        page.context.clear_cookies()
        cookies = {settings.LANGUAGE_COOKIE_NAME: language}
        if role is not None:
            client = Client()
            client.force_login(county.users[role])
            cookies[settings.SESSION_COOKIE_NAME] = client.cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies([_cookie(name, value, live_server.url) for name, value in cookies.items()])
        inside[page] = role

    def open_page(
        role: str | None, address: str, *, width: int = 1440, language: str = "zh-hans", tab: str | None = None
    ) -> Page:
        # One tab a role: a new one for each address is most of what the browser would do. Where roles follow each other
        # and do not meet, one does for all: `tab` is what it is known by.
        kind = (tab or role, width, language)
        page = opened[kind] if kind in opened else opened.setdefault(kind, tabs.take(width, language))
        if page not in inside or inside[page] != role:
            let_in(page, role, language)
        page.errors = []  # type: ignore[attr-defined]
        page.goto(live_server.url + address)
        return page

    yield open_page
    for (_name, width, language), page in opened.items():
        tabs.give_back(page, width, language, live_server.url)
    forbidden = [said for said in tabs.said if "Content Security Policy" in said]
    assert forbidden == [], forbidden


# What the rules say of all else on a page would take as long on its way here as the looking itself.
_BROKEN = """async options => (await axe.run(document, options)).violations
  .filter(found => ['serious', 'critical'].includes(found.impact))
  .map(found => `${found.impact} ${found.id}: ${found.help}: `
    + found.nodes.slice(0, 5).map(node => node.html.slice(0, 160)).join('; '))"""


def axe(page: Page) -> list[str]:
    """Serious and critical violations of WCAG on a page as it stands, each with the elements that it is about."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    options = {"resultTypes": ["violations"], "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}
    return list(page.evaluate(_BROKEN, options))


EVERY_FACE = os.environ.get("GUATU_AXE") == "all"
DESK, PHONE = 1440, 390
_FACES = ((DESK, "zh-hans"), (PHONE, "en"), (PHONE, "zh-hans"), (DESK, "en"))
FACES = _FACES if EVERY_FACE else _FACES[:2]
"""Width and language: the ways in which each page is looked at. All four where GUATU_AXE=all (`make torture`)."""

_QUIET = """() => new Promise(done => {
  const look = () => document.querySelector('.htmx-request') ? setTimeout(look, 20) : requestAnimationFrame(() => done(true));
  requestAnimationFrame(look);
})"""


def faults(page: Page, name: str, width: int, language: str) -> list[str]:
    """What is wrong with a page as it stands; a picture of it is kept under its name.

    At the desk in Chinese the page is also held to the rules of axe, which ask for neither width nor language, made as
    narrow as a phone, and walked through with the tab key.
    """
    page.evaluate(_QUIET)
    picture(page, f"{name}-{width}-{language}")
    first = (width, language) == FACES[0]
    found = axe(page) if EVERY_FACE or first else []
    found += page.errors  # type: ignore[attr-defined]
    found += [] if page.locator("h1").count() == 1 else ["not one h1"]
    found += ["too wide"] if overflows(page) else []
    return found + (_narrow(page) + unreached(page) if first else [])


def _narrow(page: Page) -> list[str]:
    size = page.viewport_size
    page.set_viewport_size({"width": PHONE, "height": HEIGHTS[PHONE]})
    found = ["too wide on a phone"] if overflows(page) else []
    if size:
        page.set_viewport_size(size)
    return found


Addresses = Iterable[tuple[str, str | None, str]]
"""Pages to look at: a name, the role to which they are shown (None for nobody) and the address."""


def wrong(browse: Browse, app: str, pages: Addresses, width: int, language: str) -> dict[str, list[str]]:
    """The faults of each page that has some."""
    found = {
        name: faults(browse(role, address, width=width, language=language, tab="all"), f"{app}-{name}", width, language)
        for name, role, address in pages
    }
    return {name: said for name, said in found.items() if said}


def overflows(page: Page) -> bool:
    """Whether the page itself (not a table in it) can be scrolled sideways."""
    # Charts are laid out anew when the page hears of its size, before the next frame is drawn.
    page.evaluate(_QUIET)
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"))


_FOCUSABLE = """() => {
  const seen = el => el.checkVisibility({visibilityProperty: true}) && !el.disabled && !el.closest('details:not([open]) > :not(summary)');
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')];
  // Of a group of radio buttons the arrow keys reach the others.
  window.__wanted = all.filter(el => seen(el) && el.tabIndex >= 0 && el.type !== 'radio');
  window.__reached = new Set();
  document.addEventListener('focusin', event => window.__reached.add(event.target));
  document.activeElement.blur();
  // A day is three fields and a button.
  return window.__wanted.length + 3 * window.__wanted.filter(el => el.type === 'date').length;
}"""
_TAB = {"type": "rawKeyDown", "key": "Tab", "code": "Tab", "windowsVirtualKeyCode": 9}
_LOST = "() => window.__wanted.filter(el => !window.__reached.has(el) && el.isConnected).map(el => el.outerHTML.slice(0, 120))"


def unreached(page: Page) -> list[str]:
    """What can be clicked or written into and is not come to with the tab key."""
    count = int(page.evaluate(_FOCUSABLE))
    # The key goes down alone, which is what moves the focus: half as many messages to the browser as a whole press.
    keys = page.context.new_cdp_session(page)
    for _ in range(count + 10):
        keys.send("Input.dispatchKeyEvent", _TAB)
    keys.detach()
    return list(page.evaluate(_LOST))


def picture(page: Page, name: str) -> None:
    """Keeps a picture of the whole page where GUATU_PICTURES names a folder; nothing otherwise."""
    folder = os.environ.get("GUATU_PICTURES")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=str(Path(folder) / f"{name}.png"), full_page=True)


def _cookie(name: str, value: str, url: str) -> Any:
    return {"name": name, "value": value, "url": url}
