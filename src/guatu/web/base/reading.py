"""Files that strangers sent: why one was not read, at its field and in the language of the page."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TypeVar

from guatu.adapters.bounded import Limits, OutOfBounds, limits_for, run
from guatu.adapters.content import disagreement
from guatu.adapters.readers import ReadError
from guatu.web.base.language import language
from guatu.web.base.problems import Invalid

P = TypeVar("P")
R = TypeVar("R")
log = logging.getLogger(__name__)


def not_read(error: ReadError | OutOfBounds, field: str = "file") -> Invalid:
    """The problem that a user is told; what broke down is logged for who keeps the server."""
    end = error if isinstance(error, OutOfBounds) else error.__cause__
    if isinstance(end, OutOfBounds) and end.end == "crash":
        log.error("reading a file broke down: %s", end.detail)
    return Invalid(error.message(language()), field=field, code=error.code)


def read_bounded(
    work: Callable[[bytes, P], R],
    data: bytes,
    params: P,
    field: str = "file",
    alive: Callable[[], None] | None = None,
    limits: Limits | None = None,
) -> R:
    """What `work` makes of uploaded bytes, in a child process within limits. Raises `Invalid` at `field`."""
    try:
        return run(work, data, params, limits or limits_for(len(data)), alive)
    except OutOfBounds as end:
        raise not_read(end, field) from end


def check_ending(data: bytes, name: str, field: str = "file") -> None:
    """Raises `Invalid` at `field` where a file is not what its ending says."""
    if wrong := disagreement(data, name):
        raise Invalid(wrong.message(language()), field=field, code="read.mismatch")
