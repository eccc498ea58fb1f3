"""The module of the database's driver, for its own exceptions."""

from __future__ import annotations

from typing import Any, cast

from django.db import connection


def driver() -> Any:
    return cast(Any, connection).Database
