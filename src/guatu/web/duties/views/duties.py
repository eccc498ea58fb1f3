"""The page of the duty list: rows, what is wrong with them, and a class and place to try."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.web.base.language import language
from guatu.web.directory.selectors.units import place_choices
from guatu.web.duties.actions.keep_duties import PERMISSION, AddDuty, EndDuty
from guatu.web.duties.selectors.duties import DUTIES, TRIED, duty_list, faults, tried
from guatu.web.kit.forms import Form, by_name, posted, to_page
from guatu.web.kit.guard import actor_of
from guatu.web.kit.pages import page
from guatu.web.kit.values import id_or_none, text_of

ADD = Form(
    "add",
    "duty_add",
    AddDuty,
    button=_("增加"),
    icon="plus",
    box="row mt-2",
    each="col-sm-6 col-lg-3 mb-2",
    said=_("已增加。"),
)
END = Form("end-{}", "duty_end", EndDuty, button=_("今天起停用"), icon="", css="btn-sm", said=_("已停用。"))


@page("directory.view", "duties/duty_list.html", DUTIES)
def duty_list_page(request: HttpRequest, *_row: int) -> dict[str, Any]:
    actor, code = actor_of(request), text_of(request.GET, "try_class")[:40]
    known = duty_list(actor.today)
    return {
        "faults": faults(known, language()),
        "tried": tried(known, code, id_or_none(request.GET, "try_place")) if code else None,
        "tried_columns": TRIED,
        "may_edit": actor.may(PERMISSION),
        "places": place_choices(actor.today),
        "export_url": reverse("sheet_export", args=["duties"]),
        "forms": by_name((ADD, END)),
    }


duty_add = posted(ADD, PERMISSION, duty_list_page, to_page("duty_list"))
duty_end = posted(
    END, PERMISSION, duty_list_page, to_page("duty_list"), known=lambda request: {"day": actor_of(request).today}
)
