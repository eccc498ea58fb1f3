"""What the server keeps is nobody else's on the machine: new files, and those that an earlier version left open."""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

FILE, FOLDER = 0o600, 0o700
DAY = 24 * 3600


def spool(data: Path) -> Path:
    """The folder of bodies that are being received: beside the data, for the system's own may lie in memory."""
    folder = data / "spool"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def make_private() -> None:
    """For a process of the server, before it writes anything: what it makes is its owner's alone."""
    os.umask(0o077)


def mend(data: Path) -> None:
    """What is there already becomes its owner's alone.

    A folder that only its owner may enter hides all that is in it, so the files of uploads are not walked through.
    """
    for path in (data, *data.iterdir()):
        if not path.is_symlink():
            # What another user owns is left to him.
            with contextlib.suppress(OSError):
                path.chmod(FOLDER if path.is_dir() else FILE)


def forget_unfinished(data: Path, now: float | None = None) -> None:
    """Removes bodies that a killed server was receiving, a day later: another one may still be at its own."""
    oldest = (time.time() if now is None else now) - DAY
    for path in spool(data).iterdir():
        with contextlib.suppress(OSError):
            if path.lstat().st_mtime < oldest:
                path.unlink()
