"""What the views of the ledger share: who may see a page, and a problem shown where it arose."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from guatu.core.kernel.finding import Language
from guatu.web.base.problems import Denied
from guatu.web.ledger.models import Plan, Target, Task

View = Callable[..., HttpResponse]


def needs(permission: str) -> Callable[[View], View]:
    """Only for users who hold a permission; others are asked to log in, or told."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.actor.may(permission):  # type: ignore[attr-defined]
                raise Denied(_("您没有查看这个页面的权限,请联系本县系统管理员。"))
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def language() -> Language:
    return "en" if (get_language() or "").startswith("en") else "zh"


def visible_plan(request: HttpRequest, pk: int) -> Plan:
    """A plan that the user may see: a draft only for those who edit plans."""
    plan = get_object_or_404(Plan, pk=pk)
    if plan.state == Plan.State.DRAFT and not request.actor.may("plan.edit"):  # type: ignore[attr-defined]
        raise Http404
    return plan


def visible_task(request: HttpRequest, pk: int) -> Task:
    task = get_object_or_404(Task.objects.select_related("plan", "version"), pk=pk)
    _see(request, task.plan, task)
    return task


def visible_target(request: HttpRequest, pk: int) -> Target:
    target = get_object_or_404(Target.objects.select_related("plan", "version", "task"), pk=pk)
    _see(request, target.plan, target.task)
    return target


def _see(request: HttpRequest, plan: Plan, task: Task | None) -> None:
    actor = request.actor  # type: ignore[attr-defined]
    hidden = plan.state == Plan.State.DRAFT or (task is not None and task.state == Task.State.PROPOSED)
    if hidden and not actor.may("plan.edit"):
        raise Http404
    units = actor.units_for("plan.view")
    if units is not None and task is not None and not task.duties.filter(unit_id__in=units).exists():
        raise Http404
