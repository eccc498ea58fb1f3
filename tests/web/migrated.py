"""A database as the migrations leave it: made once for all processes of a run and of later ones, then copied.

Migrating takes ten seconds, which a dozen servers of tests would each spend to come to the same tables. It is done here by the
real command, from an empty database; test_migrations holds what it comes to.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parent.parent.parent
PLACE = Path(tempfile.gettempdir()) / f"guatu-tests-{os.getuid()}"


def copy_to(data: Path, database: str) -> None:
    """Fills a fresh data folder's database (SQLite), or the fresh database of an address, with the tables."""
    with _alone():
        ready = PLACE / f"{_digest()}.sqlite3"
        if database:
            _fill_from_template(database)
            return
        if not ready.exists():
            with tempfile.TemporaryDirectory(dir=PLACE) as folder:
                _migrate(Path(folder), "")
                for earlier in PLACE.glob("*.sqlite3"):
                    earlier.unlink()
                (Path(folder) / "guatu.sqlite3").rename(ready)
        data.mkdir(parents=True, exist_ok=True)
        shutil.copy(ready, data / "guatu.sqlite3")


def _fill_from_template(database: str) -> None:
    import psycopg

    name = urlsplit(database).path.removeprefix("/")
    template = f"guatu_tests_{_digest()}"
    with psycopg.connect(_at(database, "postgres"), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (template,)).fetchone()
        if known is None:
            connection.execute(f'CREATE DATABASE "{template}_made"')
            with tempfile.TemporaryDirectory() as folder:
                _migrate(Path(folder), _at(database, f"{template}_made"))
            connection.execute(f'ALTER DATABASE "{template}_made" RENAME TO "{template}"')
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')


def _at(database: str, name: str) -> str:
    return urlunsplit(urlsplit(database)._replace(path=f"/{name}"))


def _migrate(data: Path, database: str) -> None:
    environment = {**os.environ, "GUATU_DATA": str(data), "DJANGO_SETTINGS_MODULE": "guatu.web.project.settings"}
    environment.pop("GUATU_DATABASE", None)
    if database:
        environment["GUATU_DATABASE"] = database
    command = [sys.executable, "-m", "guatu.web", "migrate", "--verbosity", "0"]
    subprocess.run(command, env=environment, cwd=ROOT, check=True)


@cache
def _digest() -> str:
    """Of all that the tables come from: our migrations, the libraries that bring some, the list of apps."""
    ours = sorted((ROOT / "src").glob("guatu/web/*/migrations/*.py"))
    files = [*ours, ROOT / "requirements" / "web.txt", ROOT / "src/guatu/web/project/settings.py"]
    found = hashlib.sha256()
    for path in files:
        found.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return found.hexdigest()[:16]


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """No other process makes the same meanwhile."""
    PLACE.mkdir(mode=0o700, exist_ok=True)
    with (PLACE / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
