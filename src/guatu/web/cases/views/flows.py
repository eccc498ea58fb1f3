"""The flows of the county: which versions there are, publishing a draft, withdrawing, files to take away and to
bring."""

from __future__ import annotations

import msgspec
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.adapters.flows.child import LIMITS, respell
from guatu.adapters.flows.dmn import decision_ids
from guatu.web.base.actions import perform
from guatu.web.base.language import language
from guatu.web.base.methods import require_POST
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.base.reading import read_bounded
from guatu.web.cases.actions.discard_flow_draft import DiscardFlowDraft
from guatu.web.cases.actions.publish_flow import PublishFlow
from guatu.web.cases.actions.save_flow_draft import SaveFlowDraft
from guatu.web.cases.actions.withdraw_flow import WithdrawFlow
from guatu.web.cases.library import clocks_of, library
from guatu.web.cases.models import FlowVersion
from guatu.web.cases.selectors.flow_versions import flow_rows, version_rows
from guatu.web.cases.views.flow_editing import Editing, chosen_process, editing, uploaded
from guatu.web.cases.views.flow_parts import draft_page
from guatu.web.kit.downloads import attached
from guatu.web.kit.forms import Form, posted
from guatu.web.kit.guard import needs
from guatu.web.kit.sent import sent
from guatu.web.kit.typed import NOTHING, Typed, typed
from guatu.web.kit.values import id_or_none, text_of, whole

XML = "application/xml"
MOST_CHANGED = 5
"""Cells of an upload that were spelled anew and are shown one by one."""


@needs("flow.publish")
def flow_list(request: HttpRequest) -> HttpResponse:
    """All packs, with the version that new cases take."""
    return render(request, "cases/flow_list.html", {"rows": flow_rows(language())})


@needs("flow.publish")
def flow_detail(request: HttpRequest, pack: str, form: Typed = NOTHING) -> HttpResponse:
    if pack not in library().packs:
        raise Http404
    rows, page = version_rows(pack, language(), request.GET.get("page"))
    context = {
        "pack": pack,
        "title": library().title(pack, language()),
        "rows": rows,
        "page": page,
        "edit": editing(pack),
        **form.shown(),
    }
    return render(request, "cases/flow_detail.html", context, status=form.status)


@needs("flow.publish")
@require_POST
def flow_withdraw(request: HttpRequest, pack: str) -> HttpResponseBase:
    given = request.POST
    return sent(
        request,
        lambda: WithdrawFlow(id_or_none(given, "version") or 0, text_of(given, "reason")),
        lambda form: flow_detail(request, pack, form=form),
        reverse("flow_detail", args=[pack]),
        _("已停用。新案件按业务包自带的流程办理,在办案件仍按原来的版本。"),
        "withdraw",
    )


@needs("flow.publish")
@require_POST
def flow_take(request: HttpRequest, pack: str) -> HttpResponseBase:
    """A version as the draft, to go back to it or to begin from it."""
    row = get_object_or_404(FlowVersion, pack=pack, pk=id_or_none(request.POST, "version") or 0)
    action = SaveFlowDraft(pack, whole(request.POST, "seen", 0), row.text, row.tables, clocks_of(row))
    return sent(
        request,
        lambda: action,
        lambda form: flow_detail(request, pack, form=form),
        reverse("flow_edit", args=[pack]),
        _("已把这一版放进草稿。"),
        "take",
    )


@needs("flow.publish")
def flow_file(request: HttpRequest, pack: str) -> HttpResponse:
    """The diagram or a decision table of the draft (or of what would become one) as a file, for other editors."""
    found = editing(pack)
    name = text_of(request.GET, "name")
    if name in found.tables:
        return attached(found.tables[name].encode(), name.rsplit("/", 1)[-1], XML)
    if name == "clocks":
        text = msgspec.json.format(msgspec.json.encode(found.clocks), indent=2)
        return attached(text, f"{pack}-clocks.json", "application/json")
    return attached(found.text.encode(), f"{found.flow}.bpmn", XML)


@needs("flow.publish")
@require_POST
def flow_upload(request: HttpRequest, pack: str) -> HttpResponse:
    """A .bpmn or .dmn from another editor goes into the draft."""
    found = editing(pack)
    part = "flow"
    changed: list[tuple[str, str]] = []
    try:
        name, text = uploaded(request)
        if name.lower().endswith(".dmn"):
            part = "tables"
            spelled = read_bounded(respell, b"", text, "file", limits=LIMITS)
            perform(_with_table(found, whole(request.POST, "seen", 0), name, spelled.text), context_of(request))
            changed = spelled.changed
        else:
            perform(SaveFlowDraft(pack, whole(request.POST, "seen", 0), text=text), context_of(request))
    except Problem as problem:
        return draft_page(request, pack, part, typed(request, "upload", problem))
    messages.success(request, _("文件已放进草稿。"))
    for was, now in changed[:MOST_CHANGED]:
        messages.info(request, _("单元格 %(was)s 已改写为 %(now)s。") % {"was": was, "now": now})
    if len(changed) > MOST_CHANGED:
        messages.info(request, _("另有 %(n)d 个单元格按 Python 写法,也已改写。") % {"n": len(changed) - MOST_CHANGED})
    return redirect("flow_tables" if part == "tables" else "flow_edit", pack)


@needs("flow.publish")
@require_POST
def flow_process(request: HttpRequest, pack: str) -> HttpResponse:
    """Of several processes in the draft, or in what is changed first, the one that cases follow."""
    found = editing(pack)
    try:
        text = chosen_process(found, text_of(request.POST, "process"))
        perform(SaveFlowDraft(pack, whole(request.POST, "seen", 0), text=text), context_of(request))
    except Problem as problem:
        return draft_page(request, pack, "flow", typed(request, "process", problem))
    messages.success(request, _("已选定,草稿已保存。"))
    return redirect("flow_edit", pack)


def _with_table(found: Editing, seen: int, name: str, text: str) -> SaveFlowDraft:
    """In place of the file with one of its decisions where there is one, else beside the others."""
    ids = decision_ids(text)
    place = next((file for file, own in found.tables.items() if ids & decision_ids(own)), f"flows/{name[-60:]}")
    return SaveFlowDraft(found.pack, seen, tables={**found.tables, place: text})


def _draft(request: HttpRequest, pack: str, form: Typed) -> HttpResponse:
    return draft_page(request, pack, text_of(request.POST, "part"), form)


PUBLISH = Form(
    "publish", "flow_publish", PublishFlow, said=gettext_lazy("已发布。新案件按这一版办理,在办案件仍按原来的版本。")
)
DISCARD = Form("publish", "flow_discard", DiscardFlowDraft, said=gettext_lazy("草稿已放弃。"))
flow_publish = posted(PUBLISH, "flow.publish", _draft, "flow_detail")
flow_discard = posted(DISCARD, "flow.publish", _draft, "flow_detail")
