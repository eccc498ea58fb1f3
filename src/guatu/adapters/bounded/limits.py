"""How much work a document may cause, and how the person who runs the program changes that."""

import os

import msgspec

MEGABYTE = 1024 * 1024
SECONDS = "GUATU_READ_SECONDS"
MEMORY = "GUATU_READ_MEMORY"
_WAITING = 3
"""A machine that is busy with other things may take so many times longer than the CPU time."""
_CPU, _CPU_A_MEGABYTE, _MOST_CPU = 30.0, 3.0, 90.0
"""Seconds, measured: the slowest honest plan of our examples takes 0.5 s a megabyte of text to compile and the slowest
honest table 1 s a megabyte to read; servers of counties are up to three times slower."""
_MOST_WALL = 100.0
"""A request whose file is read meanwhile has to be answered before the server gives its process up (120 s)."""
_MEGABYTES = 1024
_OUTPUT = 512 * MEGABYTE


class Limits(msgspec.Struct, frozen=True):
    """What one piece of work may use: seconds of CPU time, seconds until it has to be done, megabytes of memory (those
    of the loaded program, about 100, among them), bytes of what it writes. None is no limit."""

    cpu: float | None
    wall: float | None
    megabytes: int | None
    output: int = _OUTPUT


def limits_for(size: int, seconds: float | None = None, megabytes: float | None = None) -> Limits:
    """The limits for an input of `size` bytes: a base, and more for what is large.

    `seconds` (of CPU time) and `megabytes` go over them, and without these GUATU_READ_SECONDS and GUATU_READ_MEMORY of
    the environment do; 0 is no limit.
    """
    asked, room = _first(seconds, SECONDS), _first(megabytes, MEMORY)
    cpu = round(min(_CPU + _CPU_A_MEGABYTE * size / MEGABYTE, _MOST_CPU)) if asked is None else asked or None
    wall = None if cpu is None else _WAITING * cpu if asked is not None else min(_WAITING * cpu, _MOST_WALL)
    memory = _MEGABYTES if room is None else int(room) or None
    return Limits(cpu, wall, memory)


def _first(given: float | None, variable: str) -> float | None:
    """What was given, else what the environment says where it is a number that is not negative."""
    if given is not None:
        return given
    try:
        number = float(os.environ.get(variable, ""))
    except ValueError:
        return None
    return number if 0 <= number < float("inf") else None
