"""Patterns that are built when they are first used.

The compiler knows some 750 patterns and a plan meets half of them; to build all took longer than to read a plan.
"""

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "groups", "groupindex")


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, built at the first use. A text that is no pattern raises `re.error` then: a test of the
    house builds all."""
    return cast(re.Pattern[str], _Lazy(text, flags))


class _Lazy:
    # After the first use each method is an attribute of its own, as quick as that of the pattern itself.
    __slots__ = ("_flags", "pattern", *_METHODS)

    def __init__(self, text: str, flags: int) -> None:
        self.pattern = text
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        built = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            object.__setattr__(self, method, getattr(built, method))
        return getattr(built, name)

    def __repr__(self) -> str:
        return f"regex({self.pattern!r}, {self._flags})"
