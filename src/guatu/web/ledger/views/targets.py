"""Targets: the list, the course of one, and how it is shared out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.core.calendar.keys import Every, key_of, rhythm_of, span_of
from guatu.core.dispatch.allocation import allocate
from guatu.web.base.actions import perform
from guatu.web.base.language import language
from guatu.web.base.methods import require_POST
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Conflict, Invalid, Problem
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.table import table_export, table_page
from guatu.web.kit.values import ids_in, number_of, text_of, whole
from guatu.web.ledger import extensions
from guatu.web.ledger.actions.keep_shares import KeepShares
from guatu.web.ledger.actions.set_allocation import SetAllocation, allocation_findings
from guatu.web.ledger.actions.set_course import SetCourse
from guatu.web.ledger.models import Target
from guatu.web.ledger.selectors.share_gaps import gap_of
from guatu.web.ledger.selectors.target_list import TARGETS
from guatu.web.ledger.selectors.targets import (
    ShareRow,
    course_view,
    share_rows,
    share_sum,
)
from guatu.web.ledger.selectors.visible import visible_target
from guatu.web.ledger.target_fields import course_fields
from guatu.web.ledger.views.items import target_values_of
from guatu.web.ledger.wording import plain, rounded, target_words

RHYTHMS: tuple[Every, ...] = ("month", "quarter", "half-year", "year")


@needs("plan.view")
def target_list(request: HttpRequest) -> HttpResponseBase:
    return table_page(request, TARGETS, "ledger/target_list.html", {"export_url": reverse("target_export")})


@needs("plan.view")
def target_export(request: HttpRequest) -> HttpResponseBase:
    return table_export(request, TARGETS)


@needs("plan.view")
def target_detail(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, visible_target(actor_of(request), pk))


def _page(request: HttpRequest, target: Target, problem: Problem | None = None, **more: Any) -> HttpResponse:
    given = text_of(request.GET, "every")
    every = given if given in RHYTHMS else "month"
    course = course_view(target, every, language())
    rows = share_rows(target, unit_tree(actor_of(request).today), actor_of(request).today)
    context: dict[str, Any] = {
        "target": target,
        "course": course,
        "every": every,
        "rhythms": list(zip(RHYTHMS, (_("按月"), _("按季"), _("按半年"), _("按年")), strict=True)),
        "chart": _chart(request, target, course),
        "typed": _course_form(target),
        "steps": _steps(target, course),
        "fields": course_fields(target),
        "shares": rows,
        "mode": "",
        "modes": _modes(target),
        **_share_sums(target, rows),
        "gap": gap_of(target, actor_of(request).today),
        "has_shares": any(row.value is not None for row in rows),
        "panels": [panel(request, target) for panel in extensions.target_panels],
        "may_edit": actor_of(request).may("plan.edit") and not target.dropped,
        "problem": problem,
        "conflict": isinstance(problem, Conflict),
        **more,
    }
    return render(request, "ledger/target_detail.html", context, status=problem.status if problem else 200)


def _modes(target: Target) -> list[tuple[str, str]]:
    """A rate is no sum: what is shared out by weight is what adds up."""
    if target.kind == Target.Kind.LEVEL:
        return [("equal", _("各单位同一标准")), ("own", _("自己填"))]
    weights = [("weights", _("按权数"))] if target.kind == Target.Kind.CUMULATIVE else []
    return [("equal", _("平均")), *weights, ("own", _("自己填"))]


def _share_sums(target: Target, rows: list[ShareRow]) -> dict[str, Any]:
    total = share_sum(rows)
    return {"share_sum": total, "share_rest": target.value - total}


def _chart(request: HttpRequest, target: Target, course: Any) -> dict[str, Any]:
    """What the page's script draws."""
    more = [line for series in extensions.target_series if (line := series(target, actor_of(request)))]
    trajectory = course.trajectory
    return {
        "name": _("应达进度"),
        "unit": target.unit_text,
        "points": course.series(),
        "target": trajectory.target if trajectory else None,
        "target_name": _("目标"),
        "series": more,
        "label": _("%(target)s 的应达进度") % {"target": target_words(target)},
    }


def _course_form(target: Target) -> dict[str, Any]:
    texts = {name: getattr(target, name) for name in ("direction", "kind", "bound", "change", "reported", "course")}
    numbers = {name: plain(getattr(target, name)) for name in ("base_value", "tolerance", "value", "value_max")}
    due, base = target.due, target.base_date
    return {**texts, **numbers, "due": due.isoformat() if due else "", "base_date": base.isoformat() if base else ""}


def _steps(target: Target, course: Any) -> list[dict[str, Any]]:
    """A field for each month of the course, with the figure of one's own where there is one."""
    own = {key_of("month", step.on): plain(step.value) for step in target.steps.all()}
    monthly = course_view(target, "month", language()) if course.rows else course
    return [{"key": row.key, "value": own.get(row.key, ""), "hint": rounded(row.value)} for row in monthly.rows]


@needs("plan.edit")
@require_POST
def target_course(request: HttpRequest, pk: int) -> HttpResponse:
    """Saves how the way to a target runs."""
    target = visible_target(actor_of(request), pk)
    try:
        values = target_values_of(request.POST)
        action = SetCourse(pk, whole(request.POST, "row_version"), values, _own_steps(request.POST))
        perform(action, context_of(request))
    except Problem as problem:
        typed = {name: text_of(request.POST, name) for name in _course_form(target)}
        steps = [{"key": k, "value": text_of(request.POST, f"step-{k}"), "hint": ""} for k in _step_keys(request.POST)]
        fresh = visible_target(actor_of(request), pk)
        return _page(request, fresh, problem, typed=typed, steps=steps)
    messages.success(request, _("进度已保存。"))
    return redirect("target_detail", pk=pk)


def _step_keys(data: QueryDict) -> list[str]:
    """The months that the form has fields for."""
    return [key for name in data if name.startswith("step-") and _is_month(key := name.removeprefix("step-"))]


def _is_month(key: str) -> bool:
    try:
        return rhythm_of(key) == "month" and bool(span_of(key))
    except ValueError:
        return False


def _own_steps(data: QueryDict) -> dict[Any, Decimal]:
    found = {}
    for key in _step_keys(data):
        value = number_of(data, f"step-{key}")
        if value is not None:
            found[span_of(key)[1]] = value
    return found


@needs("plan.edit")
@require_POST
def target_allocation(request: HttpRequest, pk: int) -> HttpResponse:
    """Shares a target out: computes a proposal to look at, or saves the shares as they stand in the form."""
    target = visible_target(actor_of(request), pk)
    rows = share_rows(target, unit_tree(actor_of(request).today), actor_of(request).today)
    typed = [replace(row, weight=text_of(request.POST, f"weight-{row.unit_id}")) for row in rows]
    mode, saving = text_of(request.POST, "mode"), "save" in request.POST
    try:
        weights = _numbers(request.POST, "weight", rows)
        shares = (
            _numbers(request.POST, "share", rows)
            if saving or mode == "own"
            else _computed(request, target, mode, weights)
        )
        if saving:
            perform(SetAllocation(pk, whole(request.POST, "row_version"), shares, weights), context_of(request))
            messages.success(request, _("分解已保存。"))
            return redirect("target_detail", pk=pk)
    except Problem as problem:
        kept = [
            replace(row, value=_or_none(request.POST, key), typed=text_of(request.POST, key))
            for row in typed
            if (key := f"share-{row.unit_id}")
        ]
        more = {"shares": kept, "mode": mode, "share_problem": problem, **_share_sums(target, kept)}
        return _page(request, visible_target(actor_of(request), pk), problem, **more)
    shown = [replace(row, value=shares.get(row.unit_id)) for row in typed]
    names = {row.unit_id: row.label for row in rows}
    wrong = [f.message(language()) for f in allocation_findings(target, shares, weights, names)]
    return _page(
        request, target, None, shares=shown, mode=mode, proposed=True, wrong=wrong, **_share_sums(target, shown)
    )


@needs("plan.edit")
@require_POST
def target_keep_shares(request: HttpRequest, pk: int) -> HttpResponse:
    """The shares stay as they are, with the reason."""
    target = visible_target(actor_of(request), pk)
    try:
        reason = text_of(request.POST, "reason")
        perform(KeepShares(pk, whole(request.POST, "row_version"), reason), context_of(request))
    except Problem as problem:
        return _page(request, target, problem, kept_reason=text_of(request.POST, "reason"))
    messages.success(request, _("已记录:原分解保留。"))
    return redirect("target_detail", pk=pk)


def _numbers(data: QueryDict, name: str, rows: list[ShareRow]) -> dict[int, Decimal]:
    given = {row.unit_id: number_of(data, f"{name}-{row.unit_id}") for row in rows}
    return {unit: value for unit, value in given.items() if value is not None}


def _or_none(data: QueryDict, name: str) -> Decimal | None:
    try:
        return number_of(data, name)
    except Invalid:
        return None


def _computed(request: HttpRequest, target: Target, mode: str, weights: Mapping[int, Decimal]) -> dict[int, Decimal]:
    """Equal shares, or shares by weight; of a rate each gets the rate itself."""
    chosen = ids_in(request.POST.getlist("with"))
    if not chosen:
        raise Invalid(_("请勾选参与分解的单位。"), field="shares")
    if target.kind == Target.Kind.LEVEL:
        return dict.fromkeys(chosen, target.value)
    by: dict[str, Decimal] = {str(unit): Decimal(1) for unit in chosen}
    if mode == "weights":
        by = {str(unit): weights.get(unit, Decimal(0)) for unit in chosen}
    step = number_of(request.POST, "step") or Decimal(1)
    try:
        return {int(share.place): Decimal(repr(share.value.value)) for share in allocate(target.value, by, step)}
    except ValueError as error:
        raise Invalid(
            _("按这些权数和最小单位 %(step)s 分不出 %(total)s。请填写大于 0 的权数,或把最小单位改小(如 0.1)。")
            % {"step": plain(step), "total": plain(target.value)},
            field="shares",
        ) from error
