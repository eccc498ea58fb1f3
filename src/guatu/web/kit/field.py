"""A control of a form said in Python, for forms whose controls are many or are chosen by what they are about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Field:
    """What `{% control %}` is told by hand; `{% controls %}` shows some of these one after the other.

    `kind` is one of those of `{% control %}`, or "tick" for a box to tick. `choices` are pairs of value and name, or
    the word under which they stand in the page's context.
    """

    name: str
    label: str | Promise
    kind: str = "text"
    box: str = "mb-3"
    hint: str | Promise = ""
    required: bool = False
    choices: Iterable[tuple[object, object]] | str = ()
    none: str | Promise = ""
    css: str = ""
    attributes: Mapping[str, Any] = field(default_factory=dict)
