"""Processes below this one, as /proc shows them: what they use, and their end."""

import contextlib
import ctypes
import os
import signal
from collections.abc import Callable
from pathlib import Path

_PR_SET_PDEATHSIG, _PR_SET_CHILD_SUBREAPER = 1, 36
_PAGE, _TICKS = os.sysconf("SC_PAGE_SIZE"), os.sysconf("SC_CLK_TCK")
_MEGABYTE = 1024 * 1024


def adopt_orphans() -> None:
    """From now on processes below this one whose parent ends become its own children and cannot slip away."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def die_with_parent() -> None:
    """The kernel ends this process when its parent ends."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)


def below(pid: int) -> list[int]:
    """All processes below `pid`, parents first."""
    children = _listed if Path(f"/proc/{pid}/task/{pid}/children").exists() else _sought()
    found: list[int] = []
    waiting = [pid]
    while waiting:
        own = children(waiting.pop())
        found += own
        waiting += own
    return found


def _listed(pid: int) -> list[int]:
    """The children of a process, as the kernel lists them."""
    found: list[int] = []
    for listing in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):
            found += [int(child) for child in listing.read_text().split()]
    return found


def _sought() -> Callable[[int], list[int]]:
    """The same from the parents of all processes, for kernels that were built without the lists."""
    found: dict[int, list[int]] = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            found.setdefault(int(_figures(stat)[1]), []).append(int(stat.parent.name))
    return lambda pid: found.get(pid, [])


def _figures(stat: Path) -> list[str]:
    """What stands in a process's `stat` behind its name, which is in brackets and may hold blanks and brackets
    itself."""
    return stat.read_text().rpartition(")")[2].split()


def usage(pids: list[int]) -> tuple[float, float]:
    """Seconds of CPU time, with those of ended children, and megabytes in memory of some processes together."""
    ticks, pages = 0, 0
    for pid in pids:
        with contextlib.suppress(OSError, ValueError, IndexError):
            ticks += sum(map(int, _figures(Path(f"/proc/{pid}/stat"))[11:15]))
            pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return ticks / _TICKS, pages * _PAGE / _MEGABYTE


def address_space() -> int:
    """Bytes of addresses that this process has taken."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * _PAGE


def end_all() -> None:
    """Kills everything below this process and waits until it is gone: no process is left, not even as a zombie."""
    while pids := below(os.getpid()):
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(-1, 0)
