"""Processes that live and die together: the end of a parent ends its children; what ends too soon is started ever
later."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
from dataclasses import dataclass

PARENT = "GUATU_PARENT"
"""The environment variable by which a parent tells a child its number; the child takes it out."""
_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


def die_with(parent: int) -> None:
    """From now on this process is killed when `parent`, which started it, ends in whatever way.

    The kernel does it on Linux, even where Python's lock is held by a long computation. Elsewhere nothing is asked of
    it; there the caller looks at `os.getppid()` now and then, or is a member of a process group that somebody kills.
    """
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    # It may have ended before the kernel was asked.
    if os.getppid() != parent:
        os._exit(1)


def die_with_who_started_me() -> None:
    """`die_with` the process that named itself in the environment; nothing where none did."""
    if named := os.environ.pop(PARENT, ""):
        die_with(int(named))


@dataclass
class Delays:
    """Seconds until something that ended is started again: doubled each time, from the beginning once it has lived
    long."""

    least: float = 0.5
    most: float = 60.0
    _next: float = 0.0

    def after(self, lived: float) -> float:
        """The delay after something ended that had lived so many seconds."""
        delay = self.least if lived > self.most else max(self.least, self._next)
        self._next = min(self.most, 2 * delay)
        return delay
