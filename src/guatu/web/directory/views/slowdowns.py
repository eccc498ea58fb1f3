"""Who is slowed down after failed logins, and lifting it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from guatu.web.base.actions import perform
from guatu.web.base.actions.lift_slowdowns import LiftSlowdowns
from guatu.web.base.methods import require_POST
from guatu.web.base.middleware import context_of
from guatu.web.base.parsing import number_of
from guatu.web.base.problems import Invalid
from guatu.web.directory.selectors.slowdowns import SLOWDOWNS
from guatu.web.kit.guard import login_required
from guatu.web.kit.pages import listed

slowdown_list = listed("", SLOWDOWNS, template="directory/slowdown_list.html")


@login_required
@require_POST
def slowdown_lift(request: HttpRequest) -> HttpResponse:
    """One count, all of an account or all of an address, as the button says."""
    given = request.POST
    row, user, address = number_of(given.get("row")), number_of(given.get("user")), given.get("address", "")
    if row is None and user is None and not address and given.get("all") != "1":
        raise Invalid(_("请选择要解除哪一项。"))
    lifted = perform(LiftSlowdowns(row, user, address), context_of(request))
    said = ngettext("已解除 %(n)d 项登录限制。", "已解除 %(n)d 项登录限制。", lifted) % {"n": lifted}
    messages.success(request, said)
    return redirect("slowdown_list")
