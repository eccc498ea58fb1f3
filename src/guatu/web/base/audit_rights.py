"""Lines of the audit trail that are not for everybody who may read it: the app whose things they are about says
which."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q

from guatu.web.base.actors import Actor
from guatu.web.base.hooks import Hooks

Hider = Callable[[Actor], Q]
_hiders: Hooks[Hider] = Hooks()
hides_lines = _hiders.add
"""Registers an app's answer to which lines are not there for an actor."""


def not_for(actor: Actor) -> Q:
    """The lines that some app keeps from the actor."""
    hidden = Q(pk__in=())
    for hides in _hiders:
        hidden |= hides(actor)
    return hidden
