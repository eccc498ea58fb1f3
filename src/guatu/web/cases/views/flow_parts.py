"""The three parts of a draft: the diagram, the decision tables, the time limits."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guatu.adapters.flows.bpmn import read_flow
from guatu.adapters.flows.dmn import read_decisions_of
from guatu.adapters.flows.dmn_check import overlaps
from guatu.adapters.flows.dmn_rows import RuleRow, TableRows, with_rules
from guatu.adapters.flows.layout import blank
from guatu.core.pack.sections import classes, parameters
from guatu.core.pack.sections.fields import case_fields
from guatu.web.base.actions import Action, perform
from guatu.web.base.language import language
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Invalid, Problem
from guatu.web.cases.actions.save_flow_draft import SaveFlowDraft
from guatu.web.cases.flow_limits import changed_limits, clock_words, hours_rows, limit_rows, rules_shown
from guatu.web.cases.library import condition_words, library, own_engine
from guatu.web.cases.views.flow_editing import Editing, drawn, editing, editor_words, judged, processes_shown
from guatu.web.cases.wording import HIT_POLICIES
from guatu.web.kit.guard import needs
from guatu.web.kit.typed import Typed, typed
from guatu.web.kit.values import id_or_none, text_of, whole

MOST_RULES, MOST_CELL = 2000, 500
SPARE = 3
"""Empty rows below a decision table, to write new rules into."""
# What XML cannot hold.
_NO_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def draft_page(request: HttpRequest, pack: str, part: str, form: Typed) -> HttpResponse:
    """The page of a part (`flow`, `tables`, `limits`), with the check of the draft and what would be otherwise."""
    part = part if part in PARTS else "flow"
    template, more = PARTS[part]
    found = editing(pack)
    context = {
        "pack": pack,
        "part": part,
        "title": library().title(pack, language()),
        "edit": found,
        **judged(found),
        **more(request, found),
        **form.shown(),
    }
    return render(request, template, context, status=form.status)


def _save(request: HttpRequest, pack: str, part: str, make: Callable[[Editing, int], Action[Any]]) -> HttpResponse:
    """Performs what a form asks for; where it is refused, the page with the message."""
    try:
        perform(make(editing(pack), whole(request.POST, "seen", 0)), context_of(request))
    except Problem as problem:
        return draft_page(request, pack, part, typed(request, part, problem))
    messages.success(request, _("草稿已保存。"))
    return redirect({"flow": "flow_edit", "tables": "flow_tables", "limits": "flow_limits"}[part], pack)


@needs("flow.publish")
def flow_edit(request: HttpRequest, pack: str) -> HttpResponse:
    """The diagram with the properties of its parts."""
    if request.method != "POST":
        return draft_page(request, pack, "flow", Typed())
    text = request.POST.get("text", "").replace("\0", "").strip()
    return _save(request, pack, "flow", lambda found, seen: SaveFlowDraft(found.pack, seen, text=text))


def _flow(request: HttpRequest, found: Editing) -> dict[str, Any]:
    typed_text = request.POST.get("text", "") if request.method == "POST" else ""
    text = typed_text.replace("\0", "") or drawn(found.text)
    offered = editor_words(found, read_flow(text, "flow")[0])
    return {
        "text": text,
        "blank": blank(own_engine(found.pack).flow),
        "offered": offered,
        "processes": processes_shown(found),
    }


@needs("flow.publish")
def flow_tables(request: HttpRequest, pack: str) -> HttpResponse:
    """The decision tables, cell by cell."""
    if request.method != "POST":
        return draft_page(request, pack, "tables", Typed())
    return _save(request, pack, "tables", lambda found, seen: _table_saved(found, seen, request.POST))


def _table_saved(found: Editing, seen: int, given: Mapping[str, Any]) -> SaveFlowDraft:
    file, decision = text_of(given, "table"), text_of(given, "decision")
    rows = next((rows for name, rows in found.rows() if rows and (name, rows.id) == (file, decision)), None)
    if rows is None:
        raise Invalid(_("没有这个决策表,请刷新页面后重试。"), field="table", code="flow.no-table")
    text = with_rules(found.tables[file], rows.id, _rules(rows, given))
    return SaveFlowDraft(found.pack, seen, tables={**found.tables, file: text})


def _rules(rows: TableRows, given: Mapping[str, Any]) -> list[RuleRow]:
    """The rules as they were typed, in the order of their numbers; a row that was emptied is gone."""
    found = []
    for at in range(min(len(rows.rules) + SPARE, MOST_RULES)):
        cells = tuple(_cell(given, f"c-{at}-{n}") for n in range(rows.width))
        about = _cell(given, f"about-{at}")
        if not any(cells) or text_of(given, f"gone-{at}"):
            continue
        found.append((id_or_none(given, f"order-{at}") or at + 1, at, RuleRow(cells, about)))
    return [rule for _order, _at, rule in sorted(found, key=lambda one: one[:2])]


def _cell(given: Mapping[str, Any], name: str) -> str:
    return _NO_XML.sub("", text_of(given, name))[:MOST_CELL]


def _tables(request: HttpRequest, found: Editing) -> dict[str, Any]:
    shown = []
    asked = text_of(request.GET, "overlaps")
    for file, rows in found.rows():
        rules = [*rows.rules, *[RuleRow(("",) * rows.width)] * SPARE] if rows else []
        table: dict[str, Any] = {"file": file, "rows": rows, "rules": list(enumerate(rules)) if rows else []}
        if rows is not None:
            table |= {"policy": HIT_POLICIES.get(rows.policy.upper(), rows.policy), "asked": asked == rows.id}
        if rows is not None and asked == rows.id:
            table["overlaps"] = _overlaps(found, file, rows.id)
        shown.append(table)
    return {"tables": shown}


def _overlaps(found: Editing, file: str, decision: str) -> list[tuple[int, int, str]] | None:
    """Pairs of rules of a table that can fit at once, with a case; None where they cannot be listed."""
    pack = library().packs[found.pack].pack
    read = next((one for one in read_decisions_of(found.tables[file], file)[0] if one.id == decision), None)
    pairs = overlaps(read, case_fields(pack), pack[parameters.SECTION].all) if read is not None else None
    zh = language() == "zh"
    return None if pairs is None else [(*pair.rows, pair.case.zh if zh else pair.case.en) for pair in pairs]


@needs("flow.publish")
def flow_limits(request: HttpRequest, pack: str) -> HttpResponse:
    """The time limits, row by row."""
    if request.method != "POST":
        return draft_page(request, pack, "limits", Typed())
    given = request.POST
    return _save(
        request,
        pack,
        "limits",
        lambda found, seen: SaveFlowDraft(pack, seen, clocks=changed_limits(found.clocks, given)),
    )


def _limits(request: HttpRequest, found: Editing) -> dict[str, Any]:
    pack = library().packs[found.pack].pack
    at = id_or_none(request.GET, "row")
    conditions = condition_words(found.pack, language())
    flow = read_flow(found.text, "flow")[0]
    rows = limit_rows(found.clocks, conditions, clock_words(flow))
    chosen = rows[at][1] if at is not None and at < len(rows) else None
    given = {name: text_of(request.POST, name) for name in request.POST}
    what = given.get("what", "")
    hours = hours_rows(found.clocks)
    if what == "hours":
        hours = [{**row, **given, "at": row["at"]} if str(row["at"]) == given.get("row") else row for row in hours]
    return {
        "limits": rows,
        "chosen": chosen,
        "chosen_at": at if chosen else "",
        "shown": given if what == "limit" else (chosen or {}),
        "hours": hours,
        "rules": given if what == "rules" else rules_shown(found.clocks),
        "offered": editor_words(found, flow),
        "classes": [(row.code, row.label(language())) for row in pack[classes.SECTION].rows],
        "conditions": list(conditions.items()),
    }


PARTS: dict[str, tuple[str, Callable[[HttpRequest, Editing], dict[str, Any]]]] = {
    "flow": ("cases/flow_edit.html", _flow),
    "tables": ("cases/flow_tables.html", _tables),
    "limits": ("cases/flow_limits.html", _limits),
}
