"""What an answer of the test client holds."""

from typing import Any


def body_of(answer: Any) -> bytes:
    """All of the answer, streamed or not. Reading to the end closes its file.

    `close()` is not for tests: it tells Django that the request ended, and Django closes the database connection that
    the test still stands on.
    """
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def status_of(answer: Any) -> int:
    body_of(answer)
    return int(answer.status_code)
