"""The county's settings: all of them on one page, each with its value, its history and the form that changes it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guatu.web.base.actions import perform
from guatu.web.base.actions.set_setting import SetSetting, TryFirst
from guatu.web.base.declarations import One, Rows, declarations
from guatu.web.base.methods import require_POST
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Invalid, Problem
from guatu.web.base.selectors.settings import VIEW, SettingLine, changes, is_sought, setting_lines
from guatu.web.base.shown import first
from guatu.web.county.controls import RowControls, cells_of
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.values import day_of, text_of

MOST_CHANGES = 50


@needs(VIEW)
def setting_list(request: HttpRequest) -> HttpResponse:
    """By groups, as they are declared; `?q=` finds, `?changed=1` leaves those that differ from the default."""
    # All of them are some thirty: they are filtered here, since the database knows neither their words nor defaults.
    sought, changed = text_of(request.GET, "q"), "changed" in request.GET
    every = setting_lines(actor_of(request))
    lines = [one for one in every if is_sought(one, sought) and (one.differs or one.wrong or not changed)]
    groups = [
        (name, list(ones))
        for name, ones in groupby(sorted(lines, key=_place(every)), key=lambda one: str(one.declared.group))
    ]
    context = {
        "groups": groups,
        "sought": sought,
        "changed": changed,
        "count": len(lines),
        "total": len(every),
        "differing": sum(one.differs for one in every),
        "wrong": [one for one in every if one.wrong],
    }
    return render(request, "county/setting_list.html", context)


def _place(lines: list[SettingLine]) -> Any:
    """Groups in the order in which their first setting is declared."""
    groups = {group: at for at, group in enumerate(dict.fromkeys(str(one.declared.group) for one in lines))}
    return lambda line: groups[str(line.declared.group)]


@needs(VIEW)
def setting_page(request: HttpRequest, name: str, problem: Problem | None = None, status: int = 200) -> HttpResponse:
    line = _line(request, name)
    # What was typed comes back whatever was wrong with it, and with the result of a trial to be confirmed.
    typed = request.POST if problem is not None else {}
    shown = first(changes(name), MOST_CHANGES)
    context = {
        "line": line,
        "problem": problem,
        "tried": problem.tried if isinstance(problem, TryFirst) else None,
        "token": problem.data.get("tried", "") if problem else "",
        "kind": line.declared.kind,
        "changes": shown,
        "shown": shown,
        "valid_from": typed.get("valid_from", actor_of(request).today.isoformat()),
        "basis": typed.get("basis", ""),
        "default": "default" in typed,
        **_controls(line, typed),
    }
    return render(request, "county/setting.html", context, status=status)


def _controls(line: SettingLine, typed: Any) -> dict[str, Any]:
    """What the form shows: what was typed, else what holds."""
    kind, kept = line.declared.kind, line.kept
    # Who may not change a secret gets no form, and nothing of the value into the page.
    if line.declared.secret and not line.shows_secret:
        return {}
    if isinstance(kind, Rows):
        rows = kind.of_form(typed) if typed else _rows(kind, kept)
        return {"table": RowControls(kind, cells_of(kind, rows))}
    given = typed.getlist("value") if typed else None
    if isinstance(kind, One):
        return {"value": given[0] if given else ("" if kept is None else kept)}
    return {"ticked": given if given is not None else kept if isinstance(kept, list | tuple) else ()}


def _rows(kind: Rows[Any], kept: Any) -> list[Any]:
    # What does not fit (any more) cannot be shown in rows: the page says so and offers blank ones.
    try:
        return list(kind.rows(kept))
    except Invalid:
        return []


@needs(VIEW)
@require_POST
def setting_set(request: HttpRequest, name: str) -> HttpResponseBase:
    line = _line(request, name)
    try:
        action = SetSetting(
            name,
            None if "default" in request.POST else line.declared.kind.of_form(request.POST),
            day_of(request.POST, "valid_from"),
            text_of(request.POST, "basis"),
            text_of(request.POST, "seen"),
            text_of(request.POST, "tried"),
        )
        row = perform(action, context_of(request))
    except Problem as problem:
        # Who may not change it has no form to come back to.
        if problem.status == 403:
            raise
        return setting_page(request, name, problem, problem.status)
    said = _("已保存:自 %(day)s 起执行。") % {"day": row.valid_from.isoformat()}
    messages.success(request, said)
    return redirect("setting", name)


def _line(request: HttpRequest, name: str) -> SettingLine:
    if name not in declarations():
        raise Http404
    return setting_lines(actor_of(request), [name])[0]
