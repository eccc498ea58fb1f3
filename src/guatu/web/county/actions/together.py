"""Several actions as one: each with its own permission and audit lines, all of them or none."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.problems import Invalid, Problem

R = TypeVar("R")


def also(action: Action[R], context: Context, change: Change[Any]) -> R:
    """Does an action within another one, whose audit lines it joins."""
    action.permit(context)
    done = action.change(context)
    change.lines += done.lines
    return done.result


@contextmanager
def at_line(number: int, field: str = "lines") -> Iterator[None]:
    """A problem of what is done for a line says which line it is, at the control that holds all of them."""
    try:
        yield
    except Problem as problem:
        said = _("第 %(n)d 行:%(why)s") % {"n": number, "why": problem.message}
        raise Invalid(said, field=field, code=problem.code) from problem
