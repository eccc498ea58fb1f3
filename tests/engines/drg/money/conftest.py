"""What the tests of money share: a set of parameters that can be bent."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from guatu.engines.drg.parameters import ParameterSet, Terms, load_set, terms_on
from guatu.engines.drg.parameters.catalogue import PARAMETERS
from guatu.engines.drg.parameters.values import checked

DAY = date(2026, 7, 1)


@pytest.fixture(scope="session")
def parameters(root: Path) -> ParameterSet:
    """The set of the region that does not exist."""
    path = root / "src/guatu/packs/drg/parameters/example.toml"
    found, findings = load_set(path.read_text(encoding="utf-8"), path.name)
    assert found is not None, findings
    return found


@pytest.fixture(scope="session")
def terms(parameters: ParameterSet) -> Callable[..., Terms]:
    """Terms of the set with some parameters changed: `terms(low_rule="cost")`."""

    def make(**changed: Any) -> Terms:
        bent = parameters
        for name, raw in changed.items():
            value, wanted = checked(PARAMETERS[name], raw)
            assert wanted is None, (name, wanted)
            bent = bent.with_value(name, value, "test")
        found, findings = terms_on(bent, DAY)
        assert found is not None, findings
        return found

    return make
