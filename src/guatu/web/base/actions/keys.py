"""Keys of requests, each in the room of those who make them, so that none stands for another's."""

from __future__ import annotations

import hashlib
import re

_PLAIN = re.compile(r"[A-Za-z0-9._:-]{1,64}")


def key_of(room: str, *parts: object) -> str:
    """The key as it is stored; "" where a part is missing. What is long or not plain stands there by its hash.

    `request` is the room of pages and the API, `job` that of background work: a program that sends `job-17` as its key
    can neither take an answer of job 17 nor stand in its way.
    """
    texts = [str(part) for part in parts]
    if not all(texts):
        return ""
    return "-".join((room, *(text if _PLAIN.fullmatch(text) else _short(text) for text in texts)))


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]
