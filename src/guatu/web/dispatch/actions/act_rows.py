"""What the actions on grave acts share: when one may be taken, how it goes out, and how it is taken back."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.web.base.actions import Change, Context
from guatu.web.base.problems import Denied, standing
from guatu.web.dispatch.actions.tell import tell
from guatu.web.dispatch.models import Act, LadderEvent


def known_act(pk: int, *, lock: bool = False) -> Act:
    rows = Act.objects.select_related("task")
    return standing(
        (rows.select_for_update(of=("self",)) if lock else rows).filter(pk=pk).first(),
        _("这项措施已不存在,请刷新页面。"),
    )


def page_of(act: Act) -> str:
    return reverse("act_detail", args=[act.pk])


def somebody_else(context: Context, first: int | None) -> None:
    """Raises `Denied` for who began what is to be confirmed."""
    if context.actor.user is None or context.actor.user.pk == first:
        raise Denied(_("须由提出人以外的人确认。"))


def take(act: Act, context: Context) -> Change[Act]:
    """It stands from now on, and the unit is told."""
    before = act.state
    act.event = _event(act, LadderEvent.Kind.STEP, act.reason, context)
    act.state, act.decided_by, act.decided_at = Act.State.TAKEN, context.actor.user, context.at
    act.save(update_fields=["event", "state", "decided_by", "decided_at"])
    title = _("%(step)s:%(task)s") % {"step": act.label, "task": act.task.title}
    tell(context, f"ladder.{act.step}"[:40], act.unit_id, title, act.reason, page_of(act))
    return _noted(act, before)


def withdraw(act: Act, context: Context) -> Change[Act]:
    """It stands no longer, and who was told of it is told."""
    before = act.state
    _event(act, LadderEvent.Kind.WITHDRAWN, act.withdrawal, context)
    act.state, act.released_by, act.withdrawn_at = Act.State.WITHDRAWN, context.actor.user, context.at
    act.save(update_fields=["state", "released_by", "withdrawn_at", "withdrawal", "withdrawn_by"])
    title = _("已撤销%(step)s:%(task)s") % {"step": act.label, "task": act.task.title}
    tell(context, f"ladder.{act.step}"[:30] + ".withdrawn", act.unit_id, title, act.withdrawal, page_of(act))
    return _noted(act, before)


def _event(act: Act, kind: str, reason: str, context: Context) -> LadderEvent:
    return LadderEvent.objects.create(
        task=act.task,
        unit_id=act.unit_id,
        kind=kind,
        on=context.actor.today,
        step=act.step,
        reason=reason,
        at=context.at,
        user=context.actor.user,
    )


def _noted(act: Act, before: str) -> Change[Act]:
    change = Change(act)
    change.note(act, {"state": before}, {"state": act.state, "step": act.step, "unit": act.unit_id})
    return change
