"""What one process of the server bears."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any


@dataclasses.dataclass(frozen=True)
class Limits:
    """Each can be set by the environment: `head_seconds` by GUATU_HEAD_SECONDS, and so on."""

    threads: int = 4
    """Requests that are worked on at once."""
    connections: int = 1000
    """Open connections; over it, who has waited longest without a whole head makes room."""
    head_seconds: float = 30.0
    """From the first byte of a head to its last, however the bytes come."""
    idle_seconds: float = 30.0
    """Between two requests of a connection, and before the first byte."""
    body_seconds: float = 60.0
    """The longest pause in a body, and what a body may take beyond the time that its size allows."""
    body_rate: float = 1000.0
    """Bytes a second of a body on average, at least: a dripping one is ended, one over a bad line is not."""
    answer_seconds: float = 120.0
    """The longest pause in which a client takes nothing of its answer."""
    page_seconds: float = 120.0
    """The longest that a request is worked on; then its process is ended and another one started."""
    linger_seconds: float = 30.0
    """How long a body that was refused is still read and thrown away, so that the client sees the refusal."""
    spool_mb: int = 2048
    """Bodies that are being received, together, on disk; those of people who are not logged in get half of it."""

    @classmethod
    def read(cls, environment: Mapping[str, str]) -> Limits:
        """Raises `SystemExit` where a value is no positive number."""
        found: dict[str, Any] = {}
        for field in dataclasses.fields(cls):
            name = f"GUATU_{field.name.upper()}"
            if text := environment.get(name, ""):
                found[field.name] = _number(name, text, type(field.default))
        return cls(**found)


def _number(name: str, text: str, kind: type) -> int | float:
    try:
        value: int | float = kind(text)
    except ValueError:
        value = 0
    if not value > 0:
        raise SystemExit(f"{name} 须为正数 / must be a positive number: {text}")
    return value
