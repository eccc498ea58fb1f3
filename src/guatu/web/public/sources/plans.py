"""Plans with their tasks and targets, in the words of the plan."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import Http404
from django.utils.translation import gettext as _

from guatu.core.publishing.content import Sheet
from guatu.web.base.actors import Actor
from guatu.web.base.problems import Invalid
from guatu.web.ledger.selectors.plans import visible_plans
from guatu.web.ledger.selectors.published import public_plan
from guatu.web.public.sources import Source, Taken

_TASKS = ("序号", "任务", "牵头单位", "责任单位", "完成时限")
_TARGETS = ("指标", "范围", "目标", "时限")


def _rows(actor: Actor) -> Iterable[tuple[int, str]]:
    # What nobody has confirmed is no plan yet, whoever may see it.
    found = visible_plans(actor).exclude(state="draft").order_by("-created_at", "-pk")
    return ((one.pk, f"{one.doc_no} {one.title}".strip()) for one in found)


def _take(actor: Actor, pk: int) -> Taken:
    try:
        found = public_plan(actor, pk)
    except Http404:
        found = None
    if found is None or found.plan.state == "draft":
        raise Invalid(_("请从列表中选择。"), field="source", code="public.no-source")
    # A plan without targets has no empty table of them.
    content = (Sheet("任务", _TASKS, tuple(found.tasks)), Sheet("指标", _TARGETS, tuple(found.targets)))
    issuer = f"{found.plan.issuer}印发" if found.plan.issuer else ""
    return Taken(found.plan.title, tuple(one for one in content if one.rows), found.plan.doc_no, issuer)


SOURCES = (Source("plan", _rows, _take),)
