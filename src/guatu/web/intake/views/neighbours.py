"""A case is passed on to a neighbour."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from guatu.web.base.actions import perform
from guatu.web.base.methods import require_POST
from guatu.web.base.middleware import context_of
from guatu.web.base.problems import Problem
from guatu.web.cases.selectors.visible import visible
from guatu.web.intake.actions.send_case import SendCase
from guatu.web.kit.guard import actor_of, needs
from guatu.web.kit.values import text_of


@needs("case.edit")
@require_POST
def case_send(request: HttpRequest, pk: int) -> HttpResponse:
    if not visible(actor_of(request)).filter(pk=pk).exists():
        raise Http404
    try:
        perform(SendCase(pk, text_of(request.POST, "neighbour")), context_of(request))
    except Problem as problem:
        messages.error(request, str(problem.message))
    else:
        messages.success(request, _("正在转送,对方的编号稍后出现在本页。"))
    return redirect("case_detail", pk)
