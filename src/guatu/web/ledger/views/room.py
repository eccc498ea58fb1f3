"""The plan room: text and ledger side by side, each item corrected where it stands."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from guatu.adapters.readers import suffixes
from guatu.web.base.actions import perform
from guatu.web.base.language import language
from guatu.web.base.methods import require_POST
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.kit.forms import Form, by_name
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.typed import NOTHING, Typed
from guatu.web.kit.values import id_or_none, text_of, whole
from guatu.web.ledger import extensions
from guatu.web.ledger.actions.add_task import AddTask
from guatu.web.ledger.actions.choose_task_column import ChooseTaskColumn
from guatu.web.ledger.actions.correct_heading import CorrectHeading
from guatu.web.ledger.actions.delete_draft import DeleteDraft
from guatu.web.ledger.actions.drop_task import DropTask
from guatu.web.ledger.actions.restore_task import RestoreTask
from guatu.web.ledger.merging import standing_version
from guatu.web.ledger.models import Duty, Plan, PlanVersion, Task
from guatu.web.ledger.places import place_of_words
from guatu.web.ledger.room_words import room_words
from guatu.web.ledger.selectors.checks import STANDING
from guatu.web.ledger.selectors.cited import foreign_area, related
from guatu.web.ledger.selectors.plans import HEAVY
from guatu.web.ledger.selectors.read_tables import read_tables
from guatu.web.ledger.selectors.room import one_card, room, tasks_of
from guatu.web.ledger.selectors.visible import visible_plan, visible_task

CARDS = 100
"""Tasks on a page of the room; more would make the page slow on a county's machines."""
HEADING = Form(
    "heading",
    "plan_heading",
    CorrectHeading,
    box="row g-2 mt-1",
    each="col-12 col-sm-6 col-lg-3",
    said=_("名称和文号已保存。"),
)
DELETE = Form(
    "delete",
    "plan_delete",
    DeleteDraft,
    button=_("删除这份草稿"),
    icon="trash",
    css="btn-outline-danger",
    said=lambda title: str(_("草稿“%(title)s”已删除。")) % {"title": title},
)


@needs("plan.view")
def plan_room(request: HttpRequest, pk: int, form: Typed = NOTHING) -> HttpResponse:
    plan = visible_plan(actor_of(request), pk)
    version = standing_version(plan)
    latest = plan.versions.defer(*HEAVY).order_by("-number").first()
    if version is None:
        context = {"plan": plan, "latest": latest, **heading_context(request, plan), **form.shown()}
        return render(request, "ledger/plan_empty.html", context, status=form.status)
    tasks = tasks_of(plan)
    if not actor_of(request).may("plan.edit"):
        tasks = tasks.exclude(state=Task.State.PROPOSED)
    wanted = id_or_none(request.GET, "task")
    number = _page_with(tasks, wanted) if wanted else text_of(request.GET, "page")
    page = Paginator(tasks, CARDS).get_page(number)
    shown = room(version, list(page.object_list), actor_of(request).today, language())
    context = {
        "plan": plan,
        "version": version,
        "latest": latest,
        "room": shown,
        "page": page,
        "selected": wanted,
        **_sums(plan),
        **edit_context(request, plan),
        **heading_context(request, plan),
        "related": related(plan, version, actor_of(request)),
        "suffixes": ",".join(suffixes()),
        "tables": read_tables(version),
        "panels": [panel(request, plan) for panel in extensions.plan_panels],
        **form.shown(),
    }
    return render(request, "ledger/plan_room.html", context, status=form.status)


def heading_context(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    """How the plan is called, and whether it is one of the county at all."""
    return {
        "forms": by_name((HEADING, DELETE)),
        "may_delete": actor_of(request).may("plan.edit") and plan.state == Plan.State.DRAFT,
        "foreign": foreign_area(plan, actor_of(request).today),
    }


def _page_with(tasks: Any, pk: int) -> int:
    ids = list(tasks.values_list("pk", flat=True))
    return ids.index(pk) // CARDS + 1 if pk in ids else 1


def _sums(plan: Plan) -> dict[str, Any]:
    standing = plan.tasks.filter(state__in=STANDING)

    unlinked = Duty.objects.filter(task__in=standing, unit=None, unlinked="").values("text").distinct().count()
    return {
        "proposed": plan.tasks.filter(state=Task.State.PROPOSED).count(),
        "standing": standing.count(),
        "tracked": plan.targets.filter(tracked=True, dropped=False).count(),
        "unlinked": unlinked,
        "versions": plan.versions.defer(*HEAVY).select_related("uploaded_by").order_by("-number"),
    }


def edit_context(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    """What the parts of the room need to be edited."""
    editable = actor_of(request).may("plan.edit") and plan.state != Plan.State.CLOSED
    if not editable:
        return {"may_edit": False, "w": room_words()}
    return {"may_edit": True, "unit_options": unit_options(request), "w": room_words()}


def unit_options(request: HttpRequest) -> list[str]:
    """Names that the unit fields offer; villages are too many to offer, and can be typed."""
    nodes = unit_tree(actor_of(request).today).nodes.values()
    return [n.label for n in sorted(nodes, key=lambda n: (n.order, n.id)) if n.category != "village"]


def card(request: HttpRequest, task: Task, status: int = 200, **more: Any) -> HttpResponse:
    """One task as the room shows it."""
    fresh = tasks_of(task.plan).get(pk=task.pk)
    shown = one_card(fresh, actor_of(request).today, language())
    context = {"card": shown, "plan": task.plan, "may_edit": True, "w": room_words(), **more}
    return render(request, "ledger/_task.html", context, status=status)


@needs("plan.edit")
@require_POST
def plan_task_column(request: HttpRequest, pk: int) -> HttpResponse:
    """Makes a column of a table the one of its tasks, and reads the document again."""
    plan, given = visible_plan(actor_of(request), pk), request.POST
    version = standing_version(plan)
    action = ChooseTaskColumn(version.pk if version else 0, whole(given, "table"), whole(given, "column"))
    perform(action, context_of(request))
    return redirect("plan_progress", pk=plan.pk)


@needs("plan.edit")
def task_card(request: HttpRequest, pk: int) -> HttpResponse:
    return card(request, visible_task(actor_of(request), pk))


@needs("plan.edit")
@require_POST
def task_drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a task out of the ledger, or brings it back."""
    task = visible_task(actor_of(request), pk)
    version = whole(request.POST, "row_version")
    restore = text_of(request.POST, "restore") == "1"
    action = RestoreTask(pk, version) if restore else DropTask(pk, version, text_of(request.POST, "reason"))
    try:
        perform(action, context_of(request))
    except Problem as problem:
        return card(request, task, problem.status, problem=problem)
    return card(request, task)


@needs("plan.edit")
def task_add(request: HttpRequest, pk: int) -> HttpResponse:
    """A task from words that are selected in the text, or from words of one's own."""
    plan = visible_plan(actor_of(request), pk)
    version = standing_version(plan) or PlanVersion(plan=plan)
    words, line = text_of(request.POST or request.GET, "words"), whole(request.POST or request.GET, "line", 0)
    context: dict[str, Any] = {
        "plan": plan,
        "words": words,
        "line": line or "",
        "title": words[:60].split("。")[0],
        "typed_form": "add",
    }
    if request.method != "POST":
        return render(request, "ledger/_task_add.html", context)
    try:
        start, end = place_of_words(version.text, words, line)
        task = perform(AddTask(version.pk or 0, text_of(request.POST, "title"), start, end), context_of(request))
    except Problem as problem:
        context |= {"problem": problem, "title": text_of(request.POST, "title")}
        return render(request, "ledger/_task_add.html", context, status=problem.status)
    return card(request, task, added=True)
