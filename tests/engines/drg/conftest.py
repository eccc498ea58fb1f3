"""Schemes for the tests: the example that comes along, and the national one where it is."""

from pathlib import Path

import pytest

from guatu.engines.drg.content import SCHEME
from guatu.engines.drg.scheme.loader import scheme_of
from guatu.engines.drg.scheme.model import Scheme


@pytest.fixture(scope="session")
def example() -> Scheme:
    return scheme_of(SCHEME)


@pytest.fixture(scope="session")
def national(shared: Path) -> Path:
    """The folder of the tables of CHS-DRG 1.1, which are not ours to ship."""
    folder = shared / "reference" / "chs_drg_11"
    if not folder.is_dir():
        pytest.skip("the tables of CHS-DRG 1.1 are not here · 没有 CHS-DRG 1.1 的表")
    return folder


@pytest.fixture(scope="session")
def national_scheme(national: Path) -> Scheme:
    return scheme_of(national)
