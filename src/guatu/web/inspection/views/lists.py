"""The lists of objects and inspectors: leave, conflicts."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from guatu.web.directory.selectors.people import people_in_office
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.inspection.actions.save_inspector import SaveInspector
from guatu.web.inspection.actions.set_conflict import SetConflict
from guatu.web.inspection.selectors.inspectors import INSPECTORS, not_yet_inspectors
from guatu.web.inspection.selectors.objects import OBJECTS
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.sent import sent
from guatu.web.kit.table import table_page
from guatu.web.kit.typed import Typed
from guatu.web.kit.values import day_of, text_of, whole


@needs("inspection.view")
def inspection_objects(request: HttpRequest) -> HttpResponseBase:
    context = {
        "edits": actor_of(request).may("inspection.lists"),
        "export_url": reverse("sheet_export", args=["inspection-objects"]),
    }
    return table_page(request, OBJECTS, "inspection/objects.html", context)


@needs("inspection.lists")
def inspectors(request: HttpRequest) -> HttpResponseBase:
    """The inspectors with their leave and conflicts; a person of the directory is added here."""
    if request.method != "POST":
        return _inspector_page(request, Typed())
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

    return sent(request, action, partial(_inspector_page, request), request.get_full_path(), form=form)


def _inspector_page(request: HttpRequest, form: Typed) -> HttpResponseBase:
    today = actor_of(request).today
    tree = unit_tree(today)
    people = not_yet_inspectors(people_in_office(today))
    choices = [(one.pk, f"{one.name} · {tree.label(one.unit_id)}") for one in people]
    return table_page(
        request, INSPECTORS, "inspection/inspectors.html", {"people": choices, **form.shown()}, form.status
    )
