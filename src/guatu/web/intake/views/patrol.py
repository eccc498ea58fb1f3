"""The entry point of a patrol, made for the telephone: a photo, the position, and a class."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guatu.web.base.actions import by_content, perform
from guatu.web.base.language import language
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.cases.actions.entries import LARGEST_PHOTO, MOST_PHOTOS
from guatu.web.cases.actions.open_case import OpenCase, check_may_open, source_of
from guatu.web.cases.position import frame
from guatu.web.cases.selectors.classes import chosen_class, class_groups
from guatu.web.cases.selectors.points import plain_map
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.typed import Typed, typed
from guatu.web.kit.values import degrees, files_of, text_of


@needs("case.view")
def patrol(request: HttpRequest) -> HttpResponse:
    """A report that is sent again because no answer came back is the same case: its key goes with it."""
    actor = actor_of(request)
    check_may_open(actor)
    if request.method != "POST":
        return _form(request, Typed())
    given = request.POST
    try:
        pack, code = chosen_class(given)
        action = OpenCase(
            pack, code, text_of(given, "text"), text_of(given, "address"), degrees(given, "lon"), degrees(given, "lat"),
            files_of(request, "photo"), source=source_of(actor),
        )  # fmt: skip
        case = perform(action, by_content(context_of(request), action))
    except Problem as problem:
        return _form(request, typed(request, "patrol", problem))
    messages.success(request, _("已登记,查询码 %(code)s。") % {"code": case.code})
    return redirect("case_detail", case.pk)


def _form(request: HttpRequest, form: Typed) -> HttpResponse:
    today = actor_of(request).today
    context = {
        "groups": class_groups(language()),
        "map": plain_map([], today),
        "frame": frame(today),
        "most_photos": MOST_PHOTOS,
        "most_mb": LARGEST_PHOTO // 2**20,
        "key": form.values.get("_key") or uuid.uuid4().hex,
        **form.shown(),
    }
    return render(request, "intake/patrol.html", context, status=form.status)
