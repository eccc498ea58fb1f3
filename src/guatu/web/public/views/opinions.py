"""The box of opinions: written and followed without an account, answered by the office that has the box."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from guatu.web.base.actions import Context, by_content, perform
from guatu.web.base.actions.keys import key_of
from guatu.web.base.actors import anonymous
from guatu.web.base.asking import request_id_of
from guatu.web.base.problems import Invalid, Problem
from guatu.web.base.settings_table import setting
from guatu.web.kit.field import Field
from guatu.web.kit.forms import Form, posted
from guatu.web.kit.guard import actor_of
from guatu.web.kit.often import count_use
from guatu.web.kit.pages import listed
from guatu.web.kit.pages import page as page_of
from guatu.web.kit.typed import Typed, typed
from guatu.web.kit.values import text_of
from guatu.web.public.actions.opinions import LONGEST, LONGEST_CONTACT, AnswerOpinion, TakeOpinion
from guatu.web.public.selectors.opinions import OPINIONS, office_of_opinions, opinion_of, visible_opinions
from guatu.web.public.views.answers import page

TRAP = "website"
"""A field that people do not see and programs fill in."""
FOLLOWED_AN_HOUR = 120
opinion_list = listed("public.answer", OPINIONS)


@page_of("public.answer", "public/opinion_detail.html")
def opinion_detail(request: HttpRequest, pk: int) -> dict[str, Any]:
    return {"opinion": get_object_or_404(visible_opinions(actor_of(request)), pk=pk), "answer": ANSWER}


ANSWER = Form(
    "answer",
    "opinion_answer",
    AnswerOpinion,
    (Field("reply", gettext_lazy("答复"), "area", required=True, attributes={"rows": 8, "maxlength": LONGEST}),),
    gettext_lazy("答复"),
    "send",
    said=gettext_lazy("已答复,提意见的人凭查询码可以看到。"),
)


def _sees(request: HttpRequest, pk: int) -> None:
    get_object_or_404(visible_opinions(actor_of(request)), pk=pk)


opinion_answer = posted(ANSWER, "public.answer", opinion_detail, "opinion_detail", sees=_sees)


# Nobody acts here, whoever is logged in, so that a forged form has no account to abuse; the check of forms would make a
# cookie, which the public site has none of.
@csrf_exempt
def opinion_box(request: HttpRequest) -> HttpResponseBase:
    if request.method != "POST":
        return _box(request, Typed())
    given = request.POST
    try:
        if text_of(given, TRAP):
            raise Invalid(_("提交没有通过检查,请不要填写隐藏的栏目。"), code="public.trap")
        # Counted before anything is written.
        count_use(request, "opinion", setting("public.opinions-per-hour"))
        action = TakeOpinion(text_of(given, "text"), text_of(given, "contact"))
        # The key comes with the form and nobody else has it: sent twice, it is one opinion with one code.
        key = key_of("public", "opinion", text_of(given, "once"))
        context = Context(anonymous(timezone.localdate()), timezone.now(), request_id_of(request), key)
        row = perform(action, by_content(context, action))
    except Problem as problem:
        return _box(request, typed(request, "", problem))
    return page(request, "public/opinion_taken.html", {"opinion": row}, kept=False)


def _box(request: HttpRequest, form: Typed) -> HttpResponseBase:
    context = {
        "open": office_of_opinions(timezone.localdate()) is not None,
        "days": setting("public.opinion-days"),
        # A form that comes back keeps its key, so that a second try is the same opinion.
        "key": text_of(request.POST, "once") or secrets.token_urlsafe(24),
        "most": LONGEST,
        "most_contact": LONGEST_CONTACT,
        **form.shown(),
    }
    return page(request, "public/opinion_box.html", context, form.status, kept=False)


@require_safe
def opinion_follow(request: HttpRequest) -> HttpResponseBase:
    """The answer to whoever has the code. The address is the right to it: it is not to be found, nor passed on."""
    code = text_of(request.GET, "code")
    if not code:
        return page(request, "public/opinion_follow.html", {}, kept=False)
    try:
        count_use(request, "opinion-follow", FOLLOWED_AN_HOUR)
        found = opinion_of(code)
    except Problem as problem:
        return page(
            request, "public/opinion_follow.html", {"problem": problem, "code": code}, problem.status, kept=False
        )
    response = page(request, "public/opinion_follow.html", {"opinion": found, "code": code}, kept=False)
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
