"""Readers in a child process: what is wrong with a file comes back as data and is raised again here."""

from collections.abc import Callable
from typing import TypeVar

import msgspec

from guatu.adapters.bounded import Limits, OutOfBounds, limits_for, run
from guatu.adapters.readers.base.errors import ReadError

P = TypeVar("P")
R = TypeVar("R")
Alive = Callable[[], None] | None


class Refused(msgspec.Struct, frozen=True, tag="refused"):
    """A `ReadError` on its way out of the child."""

    code: str
    params: dict[str, str]


def refusal(error: ReadError) -> Refused:
    return Refused(error.code, error.params)


def read_in_child(
    work: Callable[[bytes, P], R | Refused],
    data: bytes,
    params: P,
    name: str,
    limits: Limits | None = None,
    alive: Alive = None,
) -> R:
    """What `work` makes of the bytes of the file `name`, within `limits` or those for its size.

    Raises:
        ReadError: what the work refused, and that it took more than it may.
    """
    try:
        found = run(work, data, params, limits or limits_for(len(data)), alive)
    except OutOfBounds as end:
        raise ReadError(f"read.{end.end}", name=name, limit=end.limit) from end
    if isinstance(found, Refused):
        raise ReadError(found.code, **found.params)
    return found
