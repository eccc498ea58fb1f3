"""Tabs of the tests' browser, kept from test to test.

A new tab is a new process that reads styles, scripts and fonts anew: its first page takes three times as long as the
next. What a test may leave behind is taken away when it gives the tab back: cookies, stored data, routes, other tabs.
What the browser still has are files of the server that anybody may keep (base/headers.py): of pages it keeps none.
"""

from __future__ import annotations

from collections import defaultdict

from playwright.sync_api import Browser, Error, Page

HEIGHTS = {390: 844}
# No page of ours, hence without work for the server, but of the same place: the process of the tab stays.
_PLAIN = "/static/guatu/icon.svg"
# Each is a process of a hundred megabytes, in every worker.
_KEPT = 4

Kind = tuple[int, str]
"""Width in pixels and language."""


class Tabs:
    """Those that no test has at the moment; `said` is what pages wrote to the console since it was cleared."""

    def __init__(self, browser: Browser) -> None:
        self.said: list[str] = []
        self._browser = browser
        self._free: dict[Kind, list[Page]] = defaultdict(list)

    def take(self, width: int, language: str) -> Page:
        """A tab without cookies, as wide as asked."""
        free = self._free[width, language]
        return free.pop() if free else self._new(width, language)

    def give_back(self, page: Page, width: int, language: str, server: str) -> None:
        """Keeps the tab of a test that has ended; `server` is the address of the only place that the test can have been."""
        free = self._free[width, language]
        try:
            if len(free) < _KEPT and not page.is_closed():
                _empty(page, server)
                page.set_viewport_size(_size(width))
                free.append(page)
                return
        except Error:
            pass  # it hangs or has crashed, of which the test has told
        page.context.close()

    def close(self) -> None:
        for page in (page for free in self._free.values() for page in free):
            page.context.close()

    def _new(self, width: int, language: str) -> Page:
        locale = "en-US" if language == "en" else "zh-CN"
        context = self._browser.new_context(viewport=_size(width), locale=locale)
        context.on("console", lambda said: self.said.append(said.text))
        page = context.new_page()
        page.set_default_timeout(120_000)
        page.on("pageerror", lambda error: page.errors.append(str(error)))  # type: ignore[attr-defined]
        return page


def _size(width: int) -> dict[str, int]:
    return {"width": width, "height": HEIGHTS.get(width, 900)}


def _empty(page: Page, server: str) -> None:
    context = page.context
    for other in context.pages:
        if other is not page:
            other.close()
    context.set_offline(False)
    context.unroute_all()
    page.unroute_all()
    page.goto(server + _PLAIN, wait_until="commit", timeout=10_000)
    page.evaluate("sessionStorage.clear()")
    storage = context.new_cdp_session(page)
    storage.send("Storage.clearDataForOrigin", {"origin": server, "storageTypes": "all"})
    storage.detach()
    context.clear_cookies()
