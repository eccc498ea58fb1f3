"""What all actions are called, for the page of the audit trail."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from guatu.web.base.actions.action import Action
from guatu.web.base.selectors.audit import LOGIN


def action_names() -> list[tuple[str, str]]:
    """Names of all actions there are and of what the login pages write, each with its title."""
    found = {action.name: str(action.words) or action.name for action in _actions(Action.__subclasses__())}
    return sorted((found | {name: str(title) for name, title in LOGIN.items()}).items(), key=lambda pair: pair[1])


def _actions(actions: Iterable[type[Action[Any]]]) -> Iterable[type[Action[Any]]]:
    for action in actions:
        if action.__module__.startswith("guatu.") and hasattr(action, "name"):
            yield action
        yield from _actions(action.__subclasses__())
