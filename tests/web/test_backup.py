"""guatu backup and guatu restore as a county's clerk calls them: one file, one sentence, and never half of anything."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from guatu.cli import holding
from guatu.cli.exits import Exit
from tests.web.live import ROOT, Live, own_database
from tests.web.migrated import copy_to

pytestmark = pytest.mark.slow
MEGABYTE = 2**20


@dataclass
class Ended:
    code: int
    out: str
    err: str


def guatu(county: Live, *arguments: object, **more: Any) -> Ended:
    """Calls the program in the environment of a county, in English."""
    environment = {**county.environment, "GUATU_LANG": "en", **more.pop("environment", {})}
    command = [sys.executable, "-c", "from guatu.cli.main import main; main()", *map(str, arguments)]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False, **more)
    assert "Traceback" not in done.stderr, done.stderr
    return Ended(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A county with twenty reports and three files, of which one was uploaded twice."""
    with own_database("guatu_backup_county") as database:
        found = Live(tmp_path_factory.mktemp("county") / "var", database)
        copy_to(found.data, database)
        found.python("tests.web.live_rows", "20")
        found.python("tests.web.backup_load", "make", "20")
        found.python("tests.web.backup_load", "files")
        yield found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "backups"
    made.mkdir()
    return made


@pytest.fixture(scope="module")
def taken(county: Live, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("taken") / "county.tar"
    done = guatu(county, "backup", "--to", path)
    assert done.code == 0, done.err
    return path


def rows(county: Live) -> dict[str, Any]:
    return json.loads(county.python("tests.web.backup_load", "kept").splitlines()[-1])


def left(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} - {".guatu-backup.lock"}


def test_a_backup_is_one_private_file_with_a_sentence_and_a_line_in_the_audit_trail(county: Live, folder: Path) -> None:
    done = guatu(county, "backup", "--to", folder)
    assert done.code == 0, done.err
    (name,) = left(folder)
    path = folder / name
    assert path.stat().st_mode & 0o777 == 0o600
    assert str(path) in done.out and "read back and checked" in done.out and "2 uploaded files" in done.out
    assert "confidential" in done.out and "secret" in done.out
    said = json.loads(county.python("tests.web.backup_load", "noted").splitlines()[-1])
    assert said["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (said["name"], said["files"], said["size"]) == (name, 2, path.stat().st_size)
    with tarfile.open(path) as tar:
        assert tar.extractfile("secret").read() == (county.data / "secret").read_bytes()  # type: ignore[union-attr]


def test_a_backup_that_is_tried_changes_nothing_and_says_what_is_in_it(county: Live, taken: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in [taken, *county.data.rglob("*")]}
    done = guatu(county, "restore", taken, "--verify")
    assert done.code == 0, done.err
    assert "is whole" in done.out and "2 uploaded files" in done.out
    assert {path: path.stat().st_mtime_ns for path in [taken, *county.data.rglob("*")]} == before
    assert list(taken.parent.glob(".guatu*/")) == []


def test_a_restored_county_is_the_same_county(county: Live, taken: Path, tmp_path: Path) -> None:
    with own_database("guatu_backup_restored") as database:
        other = Live(tmp_path / "new" / "var", database)
        done = guatu(other, "restore", taken, "--data", other.data)
        assert done.code == 0, done.err
        assert f"Restored into {other.data}" in done.out
        assert rows(other) == rows(county)
        assert (other.data / "secret").read_bytes() == (county.data / "secret").read_bytes()
        assert {path.stat().st_mode & 0o077 for path in (other.data, other.data / "secret")} == {0}
        assert left(tmp_path / "new") == {"var"}
        assert other.python("guatu.web", "makemigrations", "--check", "--dry-run")
        # New rows get new numbers: the sequences stand where they stood.
        other.python("tests.web.backup_load", "files")


def test_a_folder_with_something_in_it_is_kept_unless_it_is_to_be_set_aside(
    county: Live, taken: Path, tmp_path: Path
) -> None:
    target = tmp_path / "var"
    target.mkdir()
    (target / "old").write_text("kept")
    with own_database("guatu_backup_aside") as database:
        other = Live(target, database)
        done = guatu(other, "restore", taken, "--data", target)
        assert done.code == Exit.INPUT and "--set-aside" in done.err and left(tmp_path) == {"var"}
        done = guatu(other, "restore", taken, "--data", target, "--set-aside")
        assert done.code == 0, done.err
        (aside,) = left(tmp_path) - {"var"}
        assert (tmp_path / aside / "old").read_text() == "kept" and aside in done.out
        assert not (target / "old").exists() and (target / "secret").exists()


def test_nothing_is_restored_under_a_running_server(county: Live, taken: Path, tmp_path: Path) -> None:
    with holding.held(tmp_path):
        done = guatu(county, "restore", taken, "--data", tmp_path, "--set-aside")
    assert done.code == Exit.INPUT and "Stop it" in done.err
    assert not holding.is_held(tmp_path)


def test_a_backup_goes_into_its_own_kind_of_database_and_an_empty_one(
    county: Live, taken: Path, tmp_path: Path
) -> None:
    if county.database:
        done = guatu(county, "restore", taken, "--data", tmp_path / "new")
        assert done.code == Exit.INPUT and "is not empty" in done.err
        other = Live(tmp_path / "new", "")
    else:
        # The kind is compared before anything is asked of the server: none is there.
        other = Live(tmp_path / "new", "postgresql://nobody@127.0.0.1:1/nothing")
    done = guatu(other, "restore", taken, "--verify")
    theirs, ours = ("PostgreSQL", "SQLite") if county.database else ("SQLite", "PostgreSQL")
    assert done.code == Exit.INPUT and f"is of {theirs} and this is {ours}" in done.err
    assert not (tmp_path / "new").exists()


def test_a_damaged_backup_leaves_nothing_behind(county: Live, taken: Path, tmp_path: Path) -> None:
    whole = taken.read_bytes()
    bad = tmp_path / "bad.tar"
    bad.write_bytes(whole[: len(whole) // 2])
    with own_database("guatu_backup_damaged") as database:
        other = Live(tmp_path / "var", database)
        done = guatu(other, "restore", bad, "--data", other.data)
        assert done.code == Exit.INPUT and "not complete" in done.err
        assert left(tmp_path) == {"bad.tar"}
        # The database is as empty as it was: the whole backup goes in.
        assert guatu(other, "restore", taken, "--data", other.data).code == 0


def test_a_full_disk_leaves_no_file_and_a_sentence(county: Live, folder: Path) -> None:
    def small() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (64 * 1024, 64 * 1024))

    done = guatu(county, "backup", "--to", folder, preexec_fn=small)
    assert done.code == Exit.OUTPUT and "Not done" in done.err and str(folder) in done.err
    assert left(folder) == set()


def test_only_this_countys_older_backups_are_removed(county: Live, folder: Path) -> None:
    assert guatu(county, "backup", "--to", folder).code == 0
    (first,) = left(folder)
    mark = first.split("-")[1]
    older = {f"guatu-{mark}-20250101-02000{n}.tar" for n in range(3)}
    others = {"guatu-00000000-20250101-020000.tar", f"guatu-{mark}-20250101-020000.txt", "report.tar"}
    for name in older | others:
        (folder / name).write_bytes(b"x")
    done = guatu(county, "backup", "--to", folder, "--keep", 2)
    assert done.code == 0 and "--keep: 3" in done.out
    assert others | {first} <= left(folder) and len(left(folder) - others) == 2


def test_what_a_killed_backup_left_is_cleared_away_by_the_next(county: Live, folder: Path) -> None:
    (folder / ".guatu-backup-killed").mkdir()
    (folder / ".guatu-backup-killed" / "archive").write_bytes(b"half")
    assert guatu(county, "backup", "--to", folder).code == 0
    assert [name for name in left(folder) if name.startswith(".")] == []


def test_a_missing_and_a_damaged_file_are_named_and_the_rest_is_backed_up(county: Live, folder: Path) -> None:
    stored = sorted(path for path in (county.data / "files").rglob("*") if path.is_file())
    contents = [path.read_bytes() for path in stored]
    try:
        stored[0].unlink()
        stored[1].write_bytes(b"rotten")
        done = guatu(county, "backup", "--to", folder)
        assert done.code == Exit.FINDINGS
        assert all(path.name in done.err for path in stored[:2])
        (name,) = left(folder)
        tried = guatu(county, "restore", folder / name, "--verify")
        assert tried.code == 0 and all(path.name in tried.out for path in stored[:2])
    finally:
        for path, content in zip(stored, contents, strict=True):
            path.write_bytes(content)


def test_a_backup_under_a_passphrase(county: Live, folder: Path, tmp_path: Path) -> None:
    phrase = tmp_path / "phrase"
    phrase.write_text("correct horse battery\n")
    assert guatu(county, "backup", "--to", folder, "--passphrase-file", phrase).code == 0
    (name,) = left(folder)
    assert name.endswith(".tar.sealed")
    secret = (county.data / "secret").read_bytes()
    assert secret not in (folder / name).read_bytes()
    assert guatu(county, "restore", folder / name, "--verify", "--passphrase-file", phrase).code == 0
    phrase.write_text("another horse battery\n")
    done = guatu(county, "restore", folder / name, "--verify", "--passphrase-file", phrase)
    assert done.code == Exit.INPUT and "passphrase is wrong" in done.err
    phrase.write_text("short")
    assert guatu(county, "backup", "--to", folder, "--passphrase-file", phrase).code == Exit.INPUT


def test_a_secret_of_the_environment_stays_there(county: Live, folder: Path) -> None:
    done = guatu(county, "backup", "--to", folder, environment={"GUATU_SECRET": "of-the-environment" * 3})
    assert done.code == 0 and "GUATU_SECRET" in done.out
    (name,) = left(folder)
    assert b"of-the-environment" not in (folder / name).read_bytes()
    assert "GUATU_SECRET" in guatu(county, "restore", folder / name, "--verify").out


def test_a_mistyped_folder_is_no_county_and_a_disk_that_is_not_mounted_no_folder(
    county: Live, folder: Path, tmp_path: Path
) -> None:
    done = guatu(county, "backup", "--data", tmp_path / "typo", "--to", folder)
    assert done.code == Exit.INPUT and "typo" in done.err and not (tmp_path / "typo").exists()
    done = guatu(county, "backup", "--to", tmp_path / "usb")
    assert done.code == Exit.INPUT and "mounted" in done.err and not (tmp_path / "usb").exists()
    (folder / "a.tar").write_bytes(b"mine")
    assert guatu(county, "backup", "--to", folder / "a.tar").code == Exit.INPUT
    assert (folder / "a.tar").read_bytes() == b"mine"
    assert guatu(county, "backup", "--to", folder / "b.tar", "--keep", 3).code == Exit.INPUT


def test_a_backup_of_an_earlier_version_is_brought_up_to_this_one(tmp_path: Path) -> None:
    with own_database("guatu_backup_earlier") as database:
        county = Live(tmp_path / "var", database)
        copy_to(county.data, database)
        # As if it came from a version that had no duties by area yet.
        county.python("guatu.web", "migrate", "duties", "zero", "--verbosity", "0")
        assert guatu(county, "backup", "--to", tmp_path / "a.tar").code == 0
        done = guatu(county, "restore", tmp_path / "a.tar", "--verify")
        assert done.code == 0 and "1 migrations added" in done.out, done


@pytest.mark.skipif(bool(os.environ.get("GUATU_DATABASE")), reason="the database is a file in SQLite alone · 仅 SQLite")
def test_a_database_that_does_not_hold_together_is_not_called_a_backup(tmp_path: Path, county: Live) -> None:
    broken = Live(tmp_path / "var", "")
    shutil.copytree(county.data, broken.data)
    with sqlite3.connect(broken.data / "guatu.sqlite3") as database:
        database.execute("UPDATE base_attachment SET uploaded_by_id = 987654")
    database.close()
    done = guatu(broken, "backup", "--to", tmp_path / "a.tar")
    assert done.code == Exit.INPUT and "base_attachment" in done.err
    assert not (tmp_path / "a.tar").exists()
