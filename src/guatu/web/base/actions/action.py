"""The one way in which anything is written."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any, ClassVar, Generic, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from guatu.web.base.actors import Actor
from guatu.web.base.models import AuditEntry, RequestKey
from guatu.web.base.prepared import insert
from guatu.web.base.problems import Conflict, Denied

R = TypeVar("R")


@dataclass(frozen=True)
class Context:
    """Who acts, when, and under which key of the request; handed in by the view, the API or a command."""

    actor: Actor
    at: datetime.datetime
    request_id: str = ""
    key: str = ""


@dataclass
class Change(Generic[R]):
    """What an action did: its result, and for each thing touched what stood there before and after."""

    result: R
    lines: list[tuple[models.Model, dict[str, Any] | None, dict[str, Any] | None]] = field(default_factory=list)

    def note(
        self, thing: models.Model, before: dict[str, Any] | None = None, after: dict[str, Any] | None = None
    ) -> None:
        self.lines.append((thing, before, after))


class Action(Generic[R]):
    """One command. Subclasses are frozen dataclasses whose fields are its input."""

    name: ClassVar[str]
    """In the audit line: `ledger.correct-task`."""
    words: ClassVar[str | Promise] = ""
    """In words, on the page of the audit trail; the name where it is empty."""

    def permit(self, context: Context) -> None:
        """Raises `Denied` where the actor may not do this."""
        raise NotImplementedError

    def change(self, context: Context) -> Change[R]:
        """Makes the change; raises a `Problem` where the input cannot be taken. Runs inside the transaction."""
        raise NotImplementedError

    def answer(self, result: R) -> Any:
        """What a repeated request with the same key gets: something JSON can hold."""
        return getattr(result, "pk", None)

    def recall(self, answer: Any) -> R:
        """The result again, from the answer stored under the key."""
        raise Conflict(_("这个请求已经处理过了。"), code="request.repeated", data={"answer": answer})


def perform(action: Action[R], context: Context) -> R:
    """Runs an action: permission, change, audit lines and the answer to the request's key in one transaction."""
    try:
        with transaction.atomic():
            if context.key:
                known = _known(action, context)
                if known is not None:
                    action.permit(context)
                    return action.recall(known.answer)
            action.permit(context)
            change = action.change(context)
            _write_lines(action, context, change)
            if context.key:
                _keep_answer(action, context, change.result)
            return change.result
    except (IntegrityError, Conflict):
        # The other one of two clicks at once came first: both get its answer.
        if context.key and (known := _known(action, context)) is not None:
            return action.recall(known.answer)
        raise


def _known(action: Action[Any], context: Context) -> RequestKey | None:
    known = RequestKey.objects.filter(user=context.actor.user, key=context.key).first()
    if known and known.action != action.name:
        raise Conflict(_("同一个请求编号用在了两个不同的操作上。"), code="request.key-reused")
    return known


def _keep_answer(action: Action[R], context: Context, result: R) -> None:
    RequestKey.objects.create(
        user=context.actor.user, key=context.key, action=action.name, answer=action.answer(result), at=context.at
    )


def _write_lines(action: Action[Any], context: Context, change: Change[Any]) -> None:
    lines = [
        AuditEntry(
            at=context.at,
            user=context.actor.user,
            action=action.name,
            object_type=thing._meta.label_lower,
            object_id=str(thing.pk),
            before=before,
            after=after,
            request_id=context.request_id,
        )
        for thing, before, after in change.lines
    ]
    insert(lines)


def require(context: Context, permission: str, unit_id: int | None = None) -> None:
    """Raises `Denied` unless the actor holds `permission` (for the unit)."""
    if not context.actor.may(permission, unit_id):
        raise Denied(_("您没有进行这项操作的权限,请联系本县系统管理员。"))
