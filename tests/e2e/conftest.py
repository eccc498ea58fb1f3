# ruff: noqa: E402 (whether the parts are there is asked first)
"""The server as `make demo` starts it, over a fresh data folder, with a browser before it."""

from __future__ import annotations

import datetime
import fcntl
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
pytest.importorskip("django", reason="the web extra is not installed · 没有安装 web 组件")
pytest.importorskip("playwright.sync_api", reason="playwright is not installed · 没有安装 playwright")

from tests.chromium import chromium_path
from tests.clock.sitecustomize import SHIFT
from tests.conftest import TODAY, morning
from tests.web.browser import Page, browser
from tests.web.live import free_port
from tests.web.migrated import copy_to

__all__ = ["browser"]
PASSWORD = "qinghe-demo-2025"
GUATU = (sys.executable, "-m", "guatu.cli.main")
# Late in the year of the example's plans: their tasks are neither unbegun nor, as in the next spring, all past their day.
DAY = datetime.date(2026, 11, 10)
SIZES = {1440: 900, 390: 844}


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of `guatu serve` with the example county and one month of reports; GUATU_DEMO names one that runs."""
    if running := os.environ.get("GUATU_DEMO"):
        yield running
        return
    if chromium_path() is None:
        pytest.skip("no Chromium here · 没有 Chromium")
    data = tmp_path_factory.mktemp("demo") / "var"
    environment = _environment(data)
    shutil.copytree(_loaded(tmp_path_factory.getbasetemp().parent), data)
    port = free_port()
    serve = [*GUATU, "serve", "--port", str(port)]
    server = subprocess.Popen(serve, env=environment, cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        yield _up(f"http://127.0.0.1:{port}", server)
    finally:
        server.terminate()
        server.wait(60)


def _environment(data: Path) -> dict[str, str]:
    clean = {key: value for key, value in os.environ.items() if key not in ("GUATU_DATABASE", "GUATU_LANG")}
    moved = int((morning(DAY) - morning(TODAY)).total_seconds()) * 1_000_000_000
    return {**clean, "GUATU_DATA": str(data), SHIFT: str(int(clean[SHIFT]) + moved)}


def _loaded(place: Path) -> Path:
    """A data folder with the example county: made once in a run, however many processes ask for it."""
    data = place / "guatu-demo"
    with (place / "guatu-demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not data.exists():
            half = place / "guatu-demo-half"
            copy_to(half, "")
            load = [*GUATU, "manage", "load_example", "--months", "1"]
            subprocess.run(load, env=_environment(half), cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
            half.rename(data)
    return data


def _up(url: str, server: subprocess.Popen[bytes]) -> str:
    until = time.monotonic() + 180
    while time.monotonic() < until and server.poll() is None:
        try:
            urllib.request.urlopen(f"{url}/accounts/login/", timeout=30).close()
            return url
        except OSError:
            time.sleep(0.5)
    raise AssertionError("the server did not come up")


@pytest.fixture
def login(browser: Any, demo: str) -> Iterator[Callable[..., Page]]:
    """A page of a fresh browser in which a demo account has logged in, by the form, in a language and at a width."""
    contexts = []

    def enter(name: str, width: int = 1440, language: str = "zh-hans") -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": SIZES[width]},
            locale="en-US" if language == "en" else "zh-CN",
            base_url=demo,
            accept_downloads=True,
        )
        contexts.append(context)
        context.add_cookies([{"name": "django_language", "value": language, "url": demo}])
        page = context.new_page()
        page.set_default_timeout(180_000)
        page.errors = []
        page.on("pageerror", lambda error: page.errors.append(str(error)))
        page.on("response", lambda answer: _note(page, answer))
        page.goto("/accounts/login/")
        page.locator("input[name=login]").fill(name)
        page.locator("input[name=password]").fill(PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "/login" not in url)
        return page

    yield enter
    for context in contexts:
        context.close()


def _note(page: Any, answer: Any) -> None:
    if answer.status >= 500:
        page.errors.append(f"{answer.status} {answer.url}")
