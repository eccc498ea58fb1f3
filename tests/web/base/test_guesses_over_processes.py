"""Failed logins are counted over all processes of a real server."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.web.live import live_server

requests = pytest.importorskip("requests")

GUESSES = 40
pytestmark = pytest.mark.slow


def guess(url: str) -> tuple[str, float]:
    """What the page says to one wrong password, and the seconds that it took."""
    with requests.Session() as session:
        session.headers["Accept-Language"] = "zh-CN"
        page = session.get(f"{url}/accounts/login/", timeout=60).text
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token is not None
        form = {"csrfmiddlewaretoken": token[1], "login": "somebody", "password": "wrong"}
        start = time.perf_counter()
        answer = session.post(f"{url}/accounts/login/", data=form, timeout=60)
        elapsed = time.perf_counter() - start
        assert answer.status_code == 200, answer.status_code
        return ("slowed" if "之后再试" in answer.text else "tried"), elapsed


def test_guesses_at_once_over_two_processes_get_no_more_than_five_answers(tmp_path: Path) -> None:
    with live_server(tmp_path, "guatu_guesses", tasks=1) as live, ThreadPoolExecutor(16) as pool:
        assert len(live.pages()) >= 2
        found = list(pool.map(lambda _n: guess(live.url), range(GUESSES)))
        said = [word for word, _seconds in found]
        assert said.count("tried") <= 5
        seconds = sorted(elapsed for _word, elapsed in found)
        print(
            f"tried {said.count('tried')} of {GUESSES}; median {seconds[GUESSES // 2]:.2f} s, worst {seconds[-1]:.2f} s"
        )
        assert guess(live.url)[0] == "slowed"
