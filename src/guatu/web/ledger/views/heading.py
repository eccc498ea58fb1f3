"""How a plan is called, corrected in its room; drafts that go; and the plan as a file, as its ledger stands."""

from __future__ import annotations

import io

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_GET

from guatu.adapters.writers import writer
from guatu.web.base.language import language
from guatu.web.kit.downloads import DOCX, attached
from guatu.web.kit.forms import posted, to_page
from guatu.web.kit.guard import actor_of, needs
from guatu.web.ledger.merging import standing_version
from guatu.web.ledger.selectors.standing import standing_ledger
from guatu.web.ledger.selectors.visible import visible_plan
from guatu.web.ledger.views.room import DELETE, HEADING, plan_room

MEDIA_TYPES = {"docx": DOCX, "json": "application/json"}
"""Kinds of files in which a plan goes out, beside the list of its tasks."""


def _sees(request: HttpRequest, pk: int) -> object:
    return visible_plan(actor_of(request), pk)


plan_heading = posted(HEADING, "plan.edit", plan_room, "plan_room", sees=_sees)
plan_delete = posted(DELETE, "plan.edit", plan_room, to_page("plan_list"), sees=_sees)


@require_GET
@needs("plan.view")
def plan_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The plan as Word or as data, with what people corrected."""
    plan = visible_plan(actor_of(request), pk)
    if kind not in MEDIA_TYPES:
        raise Http404
    out = io.BytesIO()
    writer(kind).write(standing_ledger(plan, standing_version(plan), language()), out)
    return attached(out.getvalue(), f"{plan.title}.{kind}", MEDIA_TYPES[kind])
