"""What every test may use: a day that is always the same, the folder of real plans, one manner of running hypothesis."""

import datetime
import gc
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from importlib.util import find_spec
from pathlib import Path

import pytest
import time_machine
from hypothesis import HealthCheck, settings

from tests.clock.sitecustomize import SHIFT, move

ROOT = Path(__file__).resolve().parent.parent
NO_SAMPLES = (
    "the folder of real plans is not here: put it beside the repository as ../shared or name it in GUATU_SHARED"
    " · 没有真实方案样本: 放在仓库旁的 ../shared, 或用 GUATU_SHARED 指明"
)

# The day on which every test runs, in this process and in those that it starts: a plain Wednesday. Tests hold on any
# other as well: `GUATU_TODAY=2028-02-29 pytest ...` tries one, `make torture` the awkward ones.
TODAY = datetime.date.fromisoformat(os.environ.get("GUATU_TODAY") or "2026-06-10")


def morning(day: datetime.date) -> datetime.datetime:
    """Ten o'clock in the county: the offices are open."""
    return datetime.datetime.combine(day, datetime.time(10), datetime.timezone(datetime.timedelta(hours=8)))


# A worker of pytest-xdist is such a process too: it finds the shift in its environment and has moved already.
if SHIFT not in os.environ:
    os.environ["TZ"] = "Asia/Shanghai"  # today is a day of the county, wherever the machine stands
    time.tzset()
    os.environ[SHIFT] = str(int(morning(TODAY).timestamp()) * 1_000_000_000 - time.time_ns())
    clock = str(Path(__file__).resolve().parent / "clock")
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, (clock, os.environ.get("PYTHONPATH"))))
    move()

# The county server is an extra: without Django the tests of the core, the adapters and the command line still run.
WEB = find_spec("django") is not None
collect_ignore = [] if WEB else ["web"]
if WEB:
    os.environ.setdefault("GUATU_DATA", tempfile.mkdtemp(prefix="guatu-tests-"))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "guatu.web.project.settings")

# Timings of single examples say nothing on a machine that others use too, and a failure must repeat.
settings.register_profile("house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("GUATU_HYPOTHESIS", "house"))


def shared_folder() -> Path:
    """Where the real plans would be: GUATU_SHARED, else `../shared` beside the repository. It may not exist."""
    return Path(os.environ.get("GUATU_SHARED") or ROOT.parent / "shared")


def pytest_xdist_auto_num_workers() -> int:
    """A test with a browser or a server waits for it at times: one worker more than there are cores keeps them busy."""
    return (os.cpu_count() or 1) + 1


# While tests are read nothing becomes garbage; pytest_collection_finish turns the collector on again.
gc.disable()


def pytest_collection_finish() -> None:
    """What is there when the tests begin stays till they end: the collector need not walk through it, nor come so often.

    As Python has it, it ran every 700 objects, over 7,000 tests and all libraries: a sixth of a worker's time.
    """
    gc.enable()
    gc.collect()
    gc.freeze()
    gc.set_threshold(5_000, 50, 10)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "shared" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.samples)
    if workers := int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", 0)):
        items[:] = _long_ones_first(items, workers)


def _long_ones_first(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """In each worker's share of the tests the files that take long stand first.

    A worker that has done its share takes over the end of another's. There stand short tests then, so that all end
    together, and no file whose tests share a server or 5,000 rows is parted, for these would be made twice.
    """
    files: dict[Path, list[pytest.Item]] = {}
    for item in items:
        files.setdefault(item.path, []).append(item)
    long = [path for path, found in files.items() if any(map(_is_long, found))]
    shares: list[list[pytest.Item]] = [[] for _ in range(workers)]
    for path in (*long, *(path for path in files if path not in set(long))):
        min(shares, key=len).extend(files[path])
    return [item for share in shares for item in share]


def _is_long(item: pytest.Item) -> bool:
    return item.get_closest_marker("slow") is not None or "browser" in getattr(item, "fixturenames", ())


@pytest.fixture(scope="session")
def today() -> datetime.date:
    """The day on which the tests run."""
    return TODAY


@pytest.fixture
def on_day() -> Callable[[datetime.date], AbstractContextManager[object]]:
    """Moves this process, and none that it starts, to another day: `with on_day(day): ...`."""
    return lambda day: time_machine.travel(morning(day))


@pytest.fixture(scope="session")
def root() -> Path:
    """The root folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Iterator[Path]:
    """The folder with `samples/` and `eval/`; the test is skipped where it is absent."""
    folder = shared_folder()
    if not (folder / "samples").is_dir():
        pytest.skip(NO_SAMPLES)
    yield folder
