"""A county with a user in every role, on a day of our own."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.web.conftest import County


@pytest.fixture
def admin(county: County) -> Client:
    client = Client()
    client.force_login(county.users["admin"])
    return client


@pytest.fixture
def as_role(county: County) -> Callable[[str], Any]:
    def login(role: str) -> Client:
        client = Client()
        client.force_login(county.users[role])
        return client

    return login
