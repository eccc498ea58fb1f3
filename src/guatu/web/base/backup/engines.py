"""The database of the settings, as a backup sees it."""

from __future__ import annotations

from typing import Literal

from django.db import connection

from guatu.web.base.backup.postgresql import PostgreSQL
from guatu.web.base.backup.snapshot import Engine
from guatu.web.base.backup.sqlite import SQLite


def vendor() -> Literal["sqlite", "postgresql"]:
    return "sqlite" if connection.vendor == "sqlite" else "postgresql"


def engine() -> Engine:
    return SQLite() if vendor() == "sqlite" else PostgreSQL()
