"""A new version of a plan beside the ledger: what stays, what changes, what closes, what is new."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import perform
from guatu.web.base.language import joined
from guatu.web.base.methods import require_POST
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.directory.selectors.match import matcher
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.values import id_or_none, whole
from guatu.web.ledger.actions.merge_version import MergeVersion
from guatu.web.ledger.actions.withdraw_version import WithdrawVersion
from guatu.web.ledger.merging import FieldChange, MergeItem, merge_of
from guatu.web.ledger.models import Duty, Plan, PlanVersion, Task
from guatu.web.ledger.selectors.share_gaps import gaps
from guatu.web.ledger.selectors.visible import visible_plan
from guatu.web.ledger.wording import target_words

PARTS = {
    "number": gettext_lazy("编号"),
    "words": gettext_lazy("文字"),
    "title": gettext_lazy("任务"),
    "domain": gettext_lazy("领域"),
    "due": gettext_lazy("时限"),
    "duty-added": gettext_lazy("增加单位"),
    "duty-removed": gettext_lazy("减少单位"),
    "target": gettext_lazy("指标"),
    "target-added": gettext_lazy("增加指标"),
    "target-removed": gettext_lazy("减少指标"),
}


@dataclass(frozen=True)
class Line:
    """A change as the page shows it; `key` is empty where it cannot be declined."""

    label: Any
    before: str
    after: str
    key: str


@needs("plan.edit")
def plan_merge(request: HttpRequest, pk: int) -> HttpResponse:
    plan = visible_plan(actor_of(request), pk)
    return _page(request, plan, _waiting(plan))


def _waiting(plan: Plan) -> PlanVersion:
    version = plan.versions.filter(state=PlanVersion.State.MERGE).order_by("-number").first()
    if version is None:
        raise Http404
    return version


def _page(request: HttpRequest, plan: Plan, version: PlanVersion, problem: Problem | None = None) -> HttpResponse:
    merge = merge_of(version, matcher(unit_tree(actor_of(request).today)))
    context = {
        "plan": plan,
        "version": version,
        "merge": merge,
        "changed": [(item, list(_lines(item))) for item in merge.of("changed")],
        "new": [(item, _new_words(item)) for item in merge.of("new")],
        "closing": [item.task for item in merge.of("closing")],
        "same": merge.of("same"),
        "own": merge.of("own"),
        "problem": problem,
        "may_confirm": actor_of(request).may("plan.confirm"),
    }
    return render(request, "ledger/plan_merge.html", context, status=problem.status if problem else 200)


def _lines(item: MergeItem) -> Iterator[Line]:
    assert item.task is not None
    for change in item.changes:
        key = f"{item.task.pk}:{change.key}" if change.optional else ""
        yield Line(PARTS[change.part], _shown(change, change.before), _shown(change, change.after), key)


def _shown(change: FieldChange, value: Any) -> str:
    if value is None or value == "":
        return ""
    if change.part.startswith("duty"):
        return f"{Duty.Role(value.role).label} {value.text}"
    if change.part.startswith("target"):
        return target_words(value)
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _new_words(item: MergeItem) -> dict[str, Any]:
    assert item.proposed is not None
    task = item.proposed
    return {
        "number": " ".join(part for part in (task.annex, "".join(task.path)) if part),
        "duties": [f"{Duty.Role(d.role).label} {d.text}" for d in task.duties],
        "targets": [target_words(t) for t in task.targets if t.tracked],
    }


@needs("plan.edit")
@require_POST
def plan_merge_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the new version over, but for what was unticked."""
    plan = visible_plan(actor_of(request), pk)
    version = get_object_or_404(plan.versions, pk=whole(request.POST, "version"))
    declined = frozenset(request.POST.getlist("offered")) - frozenset(request.POST.getlist("take"))
    pairs = {
        name.removeprefix("same-"): task
        for name in request.POST
        if name.startswith("same-") and (task := id_or_none(request.POST, name)) is not None
    }
    try:
        action = MergeVersion(version.pk, whole(request.POST, "row_version"), declined, pairs)
        perform(action, context_of(request))
    except Problem as problem:
        return _page(request, plan, version, problem)
    messages.success(request, _("新版本已合并。已有的填报和记录都保留在原任务上。"))
    if open_gaps := gaps(plan.targets.all()):
        names = joined(plan.targets.filter(pk__in=open_gaps).values_list("metric", flat=True))
        messages.warning(request, _("目标已变,分解待调整:%(names)s。请逐项确认或说明保留的原因。") % {"names": names})
        return redirect("target_detail", pk=min(open_gaps))
    waiting = plan.tasks.filter(state=Task.State.PROPOSED).exists()
    return redirect("plan_check" if waiting else "plan_room", pk=pk)


@needs("plan.edit")
@require_POST
def plan_merge_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Leaves the plan as it is."""
    plan = visible_plan(actor_of(request), pk)
    perform(WithdrawVersion(_waiting(plan).pk, whole(request.POST, "row_version")), context_of(request))
    messages.info(request, _("新版本没有采用,台账保持原样。"))
    return redirect("plan_room", pk=pk)
