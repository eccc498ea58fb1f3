"""Patterns that are built when they are first used.

The compiler knows some 750 patterns and a plan meets half of them; to build all took longer than to read a plan.
"""

import re
from typing import Any, cast

_METHODS = ("search", "match", "fullmatch", "finditer", "findall", "sub", "subn", "split", "groups", "groupindex")


def regex(text: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, built at the first use. A text that is no pattern raises `re.error` then: a test builds
    all."""
    made = _Lazy(text, flags)
    _made.append(made)
    return cast(re.Pattern[str], made)


def build_all() -> int:
    """Builds every pattern that is not yet, and says how many there are: for a process that is forked again and
    again."""
    for one in _made:
        if not one.is_built:
            one.build()
    return len(_made)


class _Lazy:
    # After the first use each method is an attribute of its own, as quick as that of the pattern itself.
    __slots__ = ("_flags", "is_built", "pattern", *_METHODS)

    def __init__(self, text: str, flags: int) -> None:
        self.pattern = text
        self._flags = flags
        self.is_built = False

    def build(self) -> None:
        built = re.compile(self.pattern, self._flags)
        for method in _METHODS:
            setattr(self, method, getattr(built, method))
        self.is_built = True

    def __getattr__(self, name: str) -> Any:
        if name not in _METHODS:
            raise AttributeError(name)
        self.build()
        return getattr(self, name)

    def __repr__(self) -> str:
        return f"regex({self.pattern!r}, {self._flags})"


# Patterns stand in modules and in caches: a test holds that none is made at each call.
_made: list[_Lazy] = []
