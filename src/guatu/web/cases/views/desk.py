"""The case desk: the queue with its map, the export of what it shows, assigning several at once, a new case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from guatu.core.kernel.finding import Language
from guatu.web.base.actions import perform
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Denied, Problem
from guatu.web.cases.actions.assign_cases import AssignCases
from guatu.web.cases.actions.open_case import PERMISSIONS, OpenCase
from guatu.web.cases.library import library
from guatu.web.cases.models import Case
from guatu.web.cases.position import frame
from guatu.web.cases.selectors.queue import CaseFilter, case_rows, filtered, mine, plain_map, queue, steps_known
from guatu.web.cases.views.common import by_content, chosen_class, degrees, files
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.dispatch.views.supervision import Typed, actor_of, kind_of, typed
from guatu.web.ledger import export
from guatu.web.ledger.views.common import language, needs
from guatu.web.ledger.views.fields import id_or_none, text_of

STATES = ("open", "late", "ended", "all")


def filter_of(data: Mapping[str, Any]) -> CaseFilter:
    """What an address asks for."""
    state = text_of(data, "state")
    return CaseFilter(
        text=text_of(data, "q")[:100],
        state=state if state in STATES else "open",
        pack=text_of(data, "pack")[:80],
        class_code=text_of(data, "class")[:40],
        step=text_of(data, "step")[:80],
        unit=id_or_none(data, "unit"),
    )


@needs("case.view")
def case_list(request: HttpRequest) -> HttpResponse:
    """What is due first stands first."""
    return _queue(request)


def _queue(request: HttpRequest, problem: Problem | None = None) -> HttpResponse:
    actor, wanted = actor_of(request), filter_of(request.GET)
    found = queue(actor, wanted, timezone.now(), id_or_none(request.GET, "page") or 1, language())
    words = {"open": _("在办"), "late": _("已超期"), "ended": _("已办结"), "all": _("全部")}
    context = {
        "found": found,
        "page": found.page,
        "wanted": wanted,
        "states": [(state, words[state], found.counts[state]) for state in STATES],
        "steps": steps_known(language()),
        "may_assign": actor.may("case.edit"),
        "may_open": any(actor.may(permission) for permission in PERMISSIONS),
        "all_units": [(node.id, "　" * depth + node.name) for depth, node in unit_tree(actor.today).walk()],
        "problem": problem,
    }
    return render(request, "cases/case_list.html", context, status=problem.status if problem else 200)


@needs("case.view")
def case_export(request: HttpRequest) -> HttpResponse:
    """What the list shows, of all its pages; nobody's name or telephone."""
    actor, now = actor_of(request), timezone.now()
    columns = [
        export.Column(_("查询码"), 18),
        export.Column(_("类别"), 18),
        export.Column(_("情况描述"), 40),
        export.Column(_("地点"), 26),
        export.Column(_("环节"), 12),
        export.Column(_("承办单位"), 20),
        export.Column(_("上报时间"), 18),
        export.Column(_("截止时间"), 18),
        export.Column(_("时限状态"), 10),
        export.Column(_("退回次数"), 8),
    ]
    rows = case_rows(filtered(actor, filter_of(request.GET), now), unit_tree(actor.today), now, language())
    lines = (
        [
            row.case.code,
            row.class_name,
            row.case.text,
            row.case.address,
            row.steps,
            row.unit,
            _moment(row.case.opened_at),
            _moment(row.timer.due),
            str(row.timer.word),
            row.case.returns,
        ]
        for row in rows
    )
    return export.download(_("案件"), columns, lines, kind_of(request), actor.today)


def _moment(at: Any) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else ""


@needs("case.edit")
@require_POST
def case_assign(request: HttpRequest) -> HttpResponse:
    """The chosen cases to one unit; each comes with the version that was seen."""
    pairs = []
    for text in request.POST.getlist("case"):
        pk, _colon, seen = text.partition(":")
        if pk.isdecimal() and seen.isdecimal() and len(pk) < 16 and len(seen) < 16:
            pairs.append((int(pk), int(seen)))
    try:
        done = perform(AssignCases(tuple(pairs), id_or_none(request.POST, "unit") or 0), context_of(request))
    except Problem as problem:
        return _queue(request, problem)
    messages.success(request, ngettext("已派遣 %(n)d 件。", "已派遣 %(n)d 件。", len(done)) % {"n": len(done)})
    return redirect("case_list")


@needs("case.view")
def case_mine(request: HttpRequest) -> HttpResponse:
    """Cards for the telephone of whoever handles: what is due first."""
    return render(request, "cases/case_mine.html", {"rows": mine(actor_of(request), timezone.now(), language())})


@needs("case.view")
def case_new(request: HttpRequest) -> HttpResponse:
    """The form of the hotline clerk, the collector, or a unit that registers a matter."""
    actor = actor_of(request)
    if not any(actor.may(permission) for permission in PERMISSIONS):
        raise Denied(_("您没有登记案件的权限,请联系本县系统管理员。"))
    if request.method != "POST":
        return _form(request, Typed())
    given = request.POST
    try:
        pack, code = chosen_class(given)
        action = OpenCase(
            pack, code, text_of(given, "text"), text_of(given, "address"), degrees(given, "lon"), degrees(given, "lat"),
            files(request, "photo"), text_of(given, "reporter"), text_of(given, "phone"), source_of(request),
        )  # fmt: skip
        case = perform(action, by_content(context_of(request), action))
    except Problem as problem:
        return _form(request, typed(request, "new", problem))
    messages.success(request, _("已登记,查询码 %(code)s。") % {"code": case.code})
    return redirect("case_detail", case.pk)


def source_of(request: HttpRequest) -> str:
    """Where a case comes from, by who registers it."""
    actor = actor_of(request)
    if actor.may("case.edit"):
        return Case.Source.HOTLINE
    return Case.Source.COLLECTOR if actor.may("case.collect") else Case.Source.UNIT


def _form(request: HttpRequest, form: Typed) -> HttpResponse:
    today = actor_of(request).today
    context = {"groups": class_groups(language()), "map": plain_map([], today), "frame": frame(today), **form.shown()}
    return render(request, "cases/case_new.html", context, status=form.status)


def class_groups(language: Language) -> list[tuple[str, list[tuple[str, str]]]]:
    """All classes by pack; a pack without classes is one choice."""
    groups = []
    for name, loaded in library().packs.items():
        title = loaded.pack.manifest.title
        word = title.zh if language == "zh" else title.en
        rows = [(f"{name}/{row.code}", row.zh if language == "zh" else row.en) for row in loaded.pack.classes]
        groups.append((word, rows or [(f"{name}/", word)]))
    return groups
