"""The entry point of a patrol, made for the telephone: a photo, the position, and a class."""

from __future__ import annotations

from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from guatu.web.base.actions import by_content
from guatu.web.base.language import language
from guatu.web.cases.actions.entries import LARGEST_PHOTO, MOST_PHOTOS
from guatu.web.cases.actions.open_case import case_of_form, check_may_open, source_of
from guatu.web.cases.position import frame
from guatu.web.cases.selectors.classes import class_groups
from guatu.web.cases.selectors.points import plain_map
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.sent import sent
from guatu.web.kit.typed import Typed
from guatu.web.kit.values import files_of


@needs("case.view")
def patrol(request: HttpRequest) -> HttpResponse:
    """A report that is sent again because no answer came back is the same case: its key goes with it."""
    actor = actor_of(request)
    check_may_open(actor)
    if request.method != "POST":
        return _form(request, Typed())
    return sent(
        request,
        lambda: case_of_form(request.POST, files_of(request, "photo"), source_of(actor)),
        partial(_form, request),
        lambda case: reverse("case_detail", args=[case.pk]),
        lambda case: _("已登记,查询码 %(code)s。") % {"code": case.code},
        "patrol",
        by_content,
    )


def _form(request: HttpRequest, form: Typed) -> HttpResponse:
    today = actor_of(request).today
    context = {
        "groups": class_groups(language()),
        "map": plain_map([], today),
        "frame": frame(today),
        "most_photos": MOST_PHOTOS,
        "most_mb": LARGEST_PHOTO // 2**20,
        **form.shown(),
    }
    return render(request, "intake/patrol.html", context, status=form.status)
