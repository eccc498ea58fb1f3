"""What the page of a case shows of where it came from: the satellite patch, its numbers elsewhere."""

from __future__ import annotations

from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from guatu.web.base.actors import Actor
from guatu.web.base.models import Attachment
from guatu.web.base.problems import Problem
from guatu.web.cases.models import Case
from guatu.web.cases.panels import panel
from guatu.web.intake.drawing import close_map, overview_map
from guatu.web.intake.models import Patch
from guatu.web.intake.neighbours import neighbours
from guatu.web.intake.patch_files import MU
from guatu.web.kit.guard import actor_of

_SHOWN_BY_BROWSERS = ("image/jpeg", "image/png", "image/webp", "image/gif")


@panel
def origin(request: HttpRequest, row: Case) -> SafeString | None:
    """Its numbers elsewhere, and for the desk a way to pass it on."""
    numbers = list(row.outside_numbers.order_by("id"))
    named = [(one, one.system.partition(":")[2]) for one in numbers if not one.number.startswith("row:")]
    to = _sendable(actor_of(request), row, {one.system for one in numbers})
    if not named and not to:
        return None
    context = {
        "numbers": named,
        "to": [(name, name) for name in to],
        "case": row,
        "csrf_token": get_token(request) if to else "",
    }
    return render_to_string("intake/_origin.html", context)


def _sendable(actor: Actor, row: Case, there: set[str]) -> list[str]:
    """Neighbours to whom the actor may pass the case on. A setting that is wrong is told where it is used, not here."""
    if row.confidential or row.ended_at is not None or not actor.may("case.edit"):
        return []
    try:
        known = neighbours().values()
    except Problem:
        return []
    return [one.name for one in known if one.system not in there and one.service_code(row.pack, row.class_code)]


@panel
def patch(request: HttpRequest, row: Case) -> SafeString | None:
    found = Patch.objects.select_related("before_picture", "after_picture").filter(case=row).first()
    if found is None:
        return None
    sides = [
        ("before", found.before_state, found.before_date, found.before_picture, _shows(found.before_picture)),
        ("after", found.after_state, found.after_date, found.after_picture, _shows(found.after_picture)),
    ]
    today = actor_of(request).today
    drawing, overview = close_map(found.polygon, today), overview_map(row.lon or 0.0, row.lat or 0.0, today)
    return render_to_string(
        "intake/_patch.html",
        {"patch": found, "sides": sides, "map": drawing, "overview": overview, "mu": found.area_m2 / MU},
    )


def _shows(picture: Attachment | None) -> bool:
    return picture is not None and picture.media_type in _SHOWN_BY_BROWSERS
