"""What the server asks the application about a large body, and what it tells it about one that was refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

Environment = dict[str, Any]
"""A request as WSGI has it."""
SMALL = 64 * 1024
"""A body that is received without asking, and kept in memory: a form, a message of a program."""
REFUSED = "guatu.refused"
"""The key of the environment under which stands why there is no body."""
TOO_LARGE, BUSY, FULL = "too-large", "busy", "full"


@dataclass(frozen=True)
class Verdict:
    """The largest body of a request in bytes, and whether it comes from somebody who is logged in."""

    limit: int
    known: bool


Judge = Callable[[Environment], Verdict]
