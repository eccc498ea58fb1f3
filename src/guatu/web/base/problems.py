"""One catalogue of what can go wrong between a user and the server.

A problem is raised by actions and turned into a message at the field, or into an answer of the API, by the views. Each
says where, what and what to do. Messages go through gettext at the moment they are shown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from django.utils.translation import gettext as _

T = TypeVar("T")


class Problem(Exception):
    """`code` in words, HTTP `status`, the message, and the field it belongs to ("" for the whole form)."""

    status = 400
    code = "request.invalid"

    def __init__(self, message: object, *, field: str = "", code: str = "", data: Mapping[str, object] | None = None):
        super().__init__(str(message))
        self.message = message
        self.field = field
        self.code = code or self.code
        self.data = dict(data or {})


class Invalid(Problem):
    """A value that cannot be taken."""

    status = 422
    code = "value.invalid"


class Denied(Problem):
    """The user may not do this."""

    status = 403
    code = "permission.denied"


class Conflict(Problem):
    """Somebody else changed the thing in between; `data` holds what stands there now and who wrote it."""

    status = 409
    code = "version.conflict"


class NotNow(Problem):
    """The thing is in a state in which this cannot be done."""

    status = 409
    code = "state.not-now"


def unstorable() -> Invalid:
    """What the database refused for its kind or size, where no field said so before."""
    return Invalid(_("输入中有不能保存的字符或过大的数,请检查后再提交。"), code="value.unstorable")


def standing(row: T | None, gone: str) -> T:
    """The row that was looked for; `Invalid` with `gone` where it is no more, for somebody who still sees it."""
    if row is None:
        raise Invalid(gone, code="row.gone")
    return row
