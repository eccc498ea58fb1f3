"""What every test may use: the folder of real plans, and one manner of running hypothesis."""

import os
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent
NO_SAMPLES = (
    "the folder of real plans is not here: put it beside the repository as ../shared or name it in GUATU_SHARED"
    " · 没有真实方案样本: 放在仓库旁的 ../shared, 或用 GUATU_SHARED 指明"
)

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "shared" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.samples)


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
