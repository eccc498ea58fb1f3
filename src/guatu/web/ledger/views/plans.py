"""Plans: the list, the upload, the progress of the compiler."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from guatu.adapters.readers import suffixes
from guatu.web.base.actions import perform
from guatu.web.base.language import language
from guatu.web.base.methods import require_POST
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.table import table_page
from guatu.web.kit.typed import NOTHING, Typed, typed
from guatu.web.kit.values import text_of, whole
from guatu.web.ledger.actions.close_plan import ClosePlan
from guatu.web.ledger.actions.compile_again import CompileAgain
from guatu.web.ledger.actions.upload_plan import UploadPlan
from guatu.web.ledger.models import Plan, PlanVersion
from guatu.web.ledger.selectors.plans import HEAVY, PLANS
from guatu.web.ledger.selectors.visible import visible_plan
from guatu.web.ledger.views.room import heading_context


@needs("plan.view")
def plan_list(request: HttpRequest) -> HttpResponseBase:
    """All plans, newest first; those who edit plans upload here."""
    if request.method == "POST":
        try:
            version = perform(UploadPlan(request.FILES.get("file")), context_of(request))
        except Problem as problem:
            return _list(request, typed(request, "", problem))
        return redirect("plan_progress", pk=version.plan_id)
    return _list(request)


def _list(request: HttpRequest, form: Typed = NOTHING) -> HttpResponseBase:
    context = {"suffixes": ",".join(suffixes()), "may_edit": actor_of(request).may("plan.edit"), **form.shown()}
    return table_page(request, PLANS, "ledger/plan_list.html", context, form.status)


@needs("plan.edit")
@require_POST
def plan_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """A new version of a plan."""
    plan = visible_plan(actor_of(request), pk)
    try:
        perform(UploadPlan(request.FILES.get("file"), plan.pk), context_of(request))
    except Problem as problem:
        return render(request, "ledger/plan_progress.html", _progress(plan, problem), status=problem.status)
    return redirect("plan_progress", pk=plan.pk)


@needs("plan.edit")
def plan_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the compiler is, or why the document could not be read."""
    plan = visible_plan(actor_of(request), pk)
    context = {**_progress(plan), **heading_context(request, plan)}
    version = context["version"]
    states = (PlanVersion.State.COMPILING, PlanVersion.State.FAILED)
    if version is None or version.state not in states:
        return redirect(_next(plan, version))
    return render(request, "ledger/plan_progress.html", context)


def _progress(plan: Plan, problem: Problem | None = None) -> dict[str, Any]:
    version = plan.versions.defer(*HEAVY).select_related("job", "file").order_by("-number").first()
    failure = (version.failure or {}).get(language(), "") if version else ""
    return {
        "plan": plan,
        "version": version,
        "failure": failure,
        "problem": problem,
        "suffixes": ",".join(suffixes()),
        "next": reverse("plan_progress", args=[plan.pk]),
    }


def _next(plan: Plan, version: PlanVersion | None) -> str:
    if version and version.state == PlanVersion.State.MERGE:
        return reverse("plan_merge", args=[plan.pk])
    return reverse("plan_room", args=[plan.pk])


@needs("plan.edit")
@require_POST
def plan_compile_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Compiles the newest version once more, after its job broke off."""
    plan = visible_plan(actor_of(request), pk)
    perform(CompileAgain(whole(request.POST, "version")), context_of(request))
    return redirect("plan_progress", pk=plan.pk)


@needs("plan.confirm")
@require_POST
def plan_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Finishes with a plan, or takes it up again."""
    plan = visible_plan(actor_of(request), pk)
    closed = text_of(request.POST, "closed") != "0"
    perform(ClosePlan(plan.pk, whole(request.POST, "row_version"), closed), context_of(request))
    return redirect("plan_room", pk=plan.pk)
