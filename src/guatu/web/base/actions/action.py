"""The one way in which anything is written."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Generic, TypeVar, get_args, get_origin

from django.db import IntegrityError, models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from guatu.web.base.actions.digest import digest_of
from guatu.web.base.actions.rows import found
from guatu.web.base.actors import Actor
from guatu.web.base.models import AuditEntry, RequestKey
from guatu.web.base.prepared import insert
from guatu.web.base.problems import Conflict, Denied, Invalid, Problem

R = TypeVar("R")
M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Context:
    """Who acts, when, and under which key of the request; handed in by the view, the API or a command."""

    actor: Actor
    at: datetime.datetime
    request_id: str = ""
    key: str = ""
    """Made by `keys.key_of`. One content has one key: another one under it is refused."""
    key_of_job: bool = False
    """The key is a job's number: the work of a second try stands for that of the first, whatever it comes to."""


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
    """One command. Subclasses are frozen dataclasses whose fields are its input; the class's own words need no type
    there, and are no fields."""

    name: ClassVar[str]
    """In the audit line: `ledger.correct-task`."""
    words: ClassVar[str | Promise] = ""
    """In words, on the page of the audit trail; the name where it is empty."""
    permission: ClassVar[str] = ""
    """What the actor must hold, for whatever unit; where there is more to it, `permit` says what."""

    def permit(self, context: Context) -> None:
        """Raises `Denied` where the actor may not do this."""
        if not self.permission:
            raise NotImplementedError
        require(context, self.permission)

    def prepare(self, context: Context) -> None:
        """What takes long and writes nothing, such as reading an uploaded file: done behind the permission and before
        the transaction, which would keep all others from writing meanwhile. What it finds is kept in a
        `cached_property`."""

    def change(self, context: Context) -> Change[R]:
        """Makes the change; raises a `Problem` where the input cannot be taken. Runs inside the transaction."""
        raise NotImplementedError

    def answer(self, result: R) -> Any:
        """What a repeated request with the same key gets: something JSON can hold."""
        return getattr(result, "pk", None)

    def recall(self, answer: Any) -> R:
        """The result again, from the answer stored under the key."""
        raise Conflict(_("这个请求已经处理过了。"), code="request.repeated", data={"answer": answer})


class RowAction(Action[M]):
    """An action whose result is one row: a repeated request gets it as it stands now."""

    def recall(self, answer: Any) -> M:
        bases = (base for kind in type(self).__mro__ for base in kind.__dict__.get("__orig_bases__", ()))
        said = (one for base in bases for one in get_args(base) if issubclass(get_origin(base), RowAction))
        model: type[M] = next(one for one in said if isinstance(one, type))
        return found(model, answer)


def by_content(context: Context, action: Action[Any]) -> Context:
    """A key that holds for this content alone: a form that is changed and sent again is another request."""
    return replace(context, key=f"{context.key}.{digest_of(action)[:24]}") if context.key else context


def perform(action: Action[R], context: Context) -> R:
    """Runs an action: permission, change, audit lines and the answer to the request's key in one transaction."""
    # Before the change, which reads the files that came with it.
    digest = digest_of(action) if context.key and not context.key_of_job else ""
    _prepare(action, context, digest)
    try:
        with transaction.atomic():
            if context.key:
                known = _known(action, context, digest)
                if known is not None:
                    action.permit(context)
                    return action.recall(known.answer)
            action.permit(context)
            change = action.change(context)
            _write_lines(action, context, change)
            if context.key:
                _keep_answer(action, context, digest, change.result)
            return change.result
    except (IntegrityError, Problem) as error:
        # The other one of two clicks at once came first: both get its answer, if both said the same.
        if not context.key or isinstance(error, Denied):
            raise
        known = _known(action, context, digest)
        if known is None:
            raise
        return action.recall(known.answer)


def also(action: Action[R], context: Context, change: Change[Any]) -> R:
    """Does an action within another one, whose audit lines it joins: with its own right, and both or neither."""
    action.permit(context)
    done = action.change(context)
    change.lines += done.lines
    return done.result


def _prepare(action: Action[Any], context: Context, digest: str) -> None:
    """For an action that was done already under the same key there is nothing to prepare."""
    if type(action).prepare is Action.prepare or (context.key and _known(action, context, digest) is not None):
        return
    action.permit(context)
    action.prepare(context)


def _known(action: Action[Any], context: Context, digest: str) -> RequestKey | None:
    """The answer that was given under the key; `Invalid` where it was given to something else."""
    known = RequestKey.objects.filter(user=context.actor.user, key=context.key).first()
    if known is None:
        return None
    # Without a digest: a job, or a key from before they were kept.
    other = digest and known.digest and known.digest != digest
    if known.action != action.name or other:
        raise Invalid(
            _(
                "这个请求编号已经用于另一次提交,这次提交的内容没有保存。请回到页面核对后重新提交;"
                "程序请换一个新的 Idempotency-Key。"
            ),
            code="request.key-reused",
        )
    return known


def _keep_answer(action: Action[R], context: Context, digest: str, result: R) -> None:
    RequestKey.objects.create(
        user=context.actor.user,
        key=context.key,
        action=action.name,
        digest=digest,
        answer=action.answer(result),
        at=context.at,
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
