"""What the tests of the directory share."""

import datetime
from collections.abc import Callable
from typing import Any

import pytest

from guatu.web.base.actions import Action, Context, perform
from guatu.web.base.actors import Actor

TODAY = datetime.date(2024, 6, 10)
AT = datetime.datetime(2024, 6, 10, 9, 0, tzinfo=datetime.UTC)


@pytest.fixture
def do(actor_of: Callable[..., Actor]) -> Callable[..., Any]:
    """Performs an action as the administrator, or as another role, on June 10, 2024 or another day."""

    def perform_as(action: Action[Any], role: str = "admin", today: datetime.date = TODAY) -> Any:
        return perform(action, Context(actor=actor_of(role, today), at=AT))

    return perform_as
