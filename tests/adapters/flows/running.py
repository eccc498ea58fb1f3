"""Whether anything of a file is run while it is read: what Python itself reports of code, processes, files and nets."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

_WATCHED = ("exec", "import", "open", "os.", "subprocess.", "socket.", "urllib.", "ctypes.", "pty.", "shutil.")
_seen: list[str] | None = None


def _hook(event: str, args: tuple[object, ...]) -> None:
    if _seen is not None and event.startswith(_WATCHED):
        _seen.append(f"{event} {args!r}"[:200])


sys.addaudithook(_hook)


@contextmanager
def watched() -> Iterator[list[str]]:
    """What is run within; a hook of Python stays for ever, so it is only listened to here."""
    global _seen
    _seen = []
    try:
        yield _seen
    finally:
        _seen = None
