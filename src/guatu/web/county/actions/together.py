"""Several actions as one, each for a line of what was typed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.utils.translation import gettext as _

from guatu.web.base.problems import Invalid, Problem


@contextmanager
def at_line(number: int, field: str = "lines") -> Iterator[None]:
    """A problem of what is done for a line says which line it is, at the control that holds all of them."""
    try:
        yield
    except Problem as problem:
        said = _("第 %(n)d 行:%(why)s") % {"n": number, "why": problem.message}
        raise Invalid(said, field=field, code=problem.code) from problem
