"""A mark on a data folder for as long as a server runs on it; the system takes it away with the process, however that
ends."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NAME = "serving.lock"


@contextmanager
def held(data: Path) -> Iterator[None]:
    """Several servers may hold a folder at once."""
    with (data / _NAME).open("a") as mark:
        fcntl.flock(mark, fcntl.LOCK_SH)
        yield


def is_held(data: Path) -> bool:
    """Whether a server runs on the folder."""
    path = data / _NAME
    if not path.exists():
        return False
    with path.open("a") as mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
    return False
