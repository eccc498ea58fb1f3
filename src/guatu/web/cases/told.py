"""What units are told of cases: an app above that keeps notices hangs itself up here."""

from __future__ import annotations

from collections.abc import Callable

from guatu.web.base.actions import Context
from guatu.web.base.hooks import Hooks

Tell = Callable[[Context, str, int, str, str], None]
"""Tells a unit, inside an action: the kind of notice, the unit, the title, the page that it is about."""
WAITING = "case.waiting"
waits: Hooks[Tell] = Hooks()
