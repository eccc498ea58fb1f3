"""Every test runs on one day, whatever the calendar on the wall says, and nothing but the tests can move a clock."""

import ast
import datetime
import re
import subprocess
import sys
import time
from collections.abc import Iterator

from tests.clock.sitecustomize import SHIFT
from tests.house.project import product, python, texts

# They run a script that a stranger is to run, with nothing of this environment; it does not ask what day it is.
ALONE = {"tests/core/cases/sampling/test_draw.py", "tests/web/inspection/test_draws.py"}
STARTS = {"run", "Popen", "check_call", "check_output", "call"}
_ASKS = re.compile(r"new Date\(|Date\.now|\bDate\(\)|Temporal\.")
_MOVES = re.compile(r"^\s*(?:import|from) (?:time_machine|freezegun)\b", re.MULTILINE)


def test_today_is_the_tests_day(today: datetime.date) -> None:
    now = datetime.datetime.now().astimezone()
    assert datetime.date.today() == now.date() == today  # noqa: DTZ011
    assert now.utcoffset() == datetime.timedelta(hours=8) and now.hour >= 10


def test_a_process_that_a_test_starts_lives_at_the_same_time() -> None:
    began = time.time()
    command = [sys.executable, "-c", "import time; print(time.time())"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert began < float(done.stdout) < time.time()


def test_no_test_starts_a_process_that_would_not_know_the_day() -> None:
    """Its environment is that of the tests, or that with something added; its interpreter looks into it."""
    found = {f"{file}:{line}" for file, text in python("tests/").items() for line in strangers(ast.parse(text))}
    assert sorted(place for place in found if place.split(":")[0] not in ALONE) == []
    assert {place.split(":")[0] for place in found} == ALONE


def strangers(tree: ast.AST) -> Iterator[int]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in STARTS:
            given = next((one.value for one in node.keywords if one.arg == "env"), None)
            bare = isinstance(given, ast.Dict) and None not in given.keys
            words = [one.value for one in ast.walk(node) if isinstance(one, ast.Constant)]
            if bare or {"-I", "-E", "-S", "-s"} & {word for word in words if isinstance(word, str)}:
                yield node.lineno


def test_strangers_are_seen() -> None:
    assert [*strangers(ast.parse("subprocess.run(c, env={'A': '1'})"))] == [1]
    assert [*strangers(ast.parse("subprocess.Popen([sys.executable, '-I', 'x.py'])"))] == [1]
    assert [*strangers(ast.parse("subprocess.run(c, env={**os.environ, 'A': '1'})\nsubprocess.run(c)"))] == []


def test_the_product_knows_no_way_to_move_its_clock() -> None:
    words = ("time_machine", "freezegun", "GUATU_TODAY", SHIFT)
    assert [file for file, text in product().items() if any(word in text for word in words)] == []


def test_no_page_asks_the_browser_what_day_it_is() -> None:
    """In a test the browser's clock is the machine's, elsewhere a visitor's: the server says what day it is."""
    scripts = {f: text for f, text in texts().items() if f.startswith("src/") and f.endswith((".js", ".html"))}
    asking = {f for f, text in scripts.items() if "/vendor/" not in f and _ASKS.search(text)}
    # When this device kept what was typed, shown on this device alone.
    assert asking == {"src/guatu/web/static/guatu/kept.js"}


def test_only_the_clock_of_the_tests_moves_the_clock() -> None:
    """A test that wants another day takes `on_day`, which comes back."""
    found = {file for file, text in python("tests/").items() if _MOVES.search(text)}
    assert found == {"tests/conftest.py", "tests/clock/sitecustomize.py"}
