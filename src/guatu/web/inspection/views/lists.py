"""The lists of objects and inspectors: leave, conflicts."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from guatu.web.directory.selectors.people import people_in_office
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.inspection.actions.save_inspector import SaveInspector
from guatu.web.inspection.actions.set_conflict import SetConflict
from guatu.web.inspection.selectors.inspectors import INSPECTORS, not_yet_inspectors
from guatu.web.inspection.selectors.objects import OBJECTS
from guatu.web.kit.guard import actor_of
from guatu.web.kit.pages import page
from guatu.web.kit.sent import sent
from guatu.web.kit.typed import NOTHING, Typed
from guatu.web.kit.values import day_of, text_of, whole


@page("inspection.view", "inspection/objects.html", OBJECTS)
def inspection_objects(request: HttpRequest) -> dict[str, Any]:
    return {
        "edits": actor_of(request).may("inspection.lists"),
        "export_url": reverse("sheet_export", args=["inspection-objects"]),
    }


@page("inspection.lists", "inspection/inspectors.html", INSPECTORS)
def inspectors(request: HttpRequest, form: Typed = NOTHING) -> dict[str, Any] | HttpResponseBase:
    """The inspectors with their leave and conflicts; a person of the directory is added here."""
    if request.method == "POST" and form is NOTHING:
        return _saved(request)
    today = actor_of(request).today
    tree = unit_tree(today)
    people = not_yet_inspectors(people_in_office(today))
    return {"people": [(one.pk, f"{one.name} · {tree.label(one.unit_id)}") for one in people]}


def _saved(request: HttpRequest) -> HttpResponseBase:
    given = request.POST
    form = text_of(given, "form")

    def action() -> SetConflict | SaveInspector:
        if form.startswith("conflict"):
            return SetConflict(whole(given, "inspector", 0), text_of(given, "code"), text_of(given, "reason"))
        pk = whole(given, "pk", 0)
        return SaveInspector(
            pk, whole(given, "seen", 0), whole(given, "person", 0), text_of(given, "number"),
            day_of(given, "away_from"), day_of(given, "away_until"), not pk or text_of(given, "active") == "yes",
        )  # fmt: skip

    return sent(request, action, lambda form: inspectors(request, form=form), request.get_full_path(), form=form)
