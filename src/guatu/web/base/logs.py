"""Nothing that lets somebody in stands in the log: addresses are written there, and some of them hold a key."""

from __future__ import annotations

import logging
import re

_SECRETS: tuple[tuple[re.Pattern[str], str], ...] = (
    # the link at which a first password is set
    (re.compile(r"(password/reset/key/[0-9A-Za-z]+-)[^/\s\"']+"), r"\1…"),
    # a token for programs, wherever it stands
    (re.compile(r"guatu_[\w-]{8,}"), "guatu_…"),
    # the address of a calendar that a phone subscribes to
    (re.compile(r"(calendar/)[0-9a-f-]{32,36}", re.IGNORECASE), r"\1…"),
    # the key of Open311, the code and state of the login service
    (re.compile(r"((?:api_key|code|state|token)=)[^&\s\"']+"), r"\1…"),
)


def without_secrets(text: str) -> str:
    for pattern, instead in _SECRETS:
        text = pattern.sub(instead, text)
    return text


class WithoutSecrets(logging.Formatter):
    """Whole lines as they are written, tracebacks included."""

    def format(self, record: logging.LogRecord) -> str:
        return without_secrets(super().format(record))
