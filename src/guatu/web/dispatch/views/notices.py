"""What units were told, whether it went out, and the calendar that one may subscribe to."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from guatu.adapters.feeds import calendar_feed as feed
from guatu.web.base.models import User
from guatu.web.base.settings_table import setting
from guatu.web.dispatch.actions.renew_calendar import RenewCalendar
from guatu.web.dispatch.actions.send_again import SendAgain
from guatu.web.dispatch.notices import channels
from guatu.web.dispatch.selectors.notices import NOTICES, delivery_counts
from guatu.web.dispatch.selectors.personal_calendar import events_of
from guatu.web.kit.forms import Form, posted, to_page
from guatu.web.kit.guard import actor_of, user_of
from guatu.web.kit.pages import page


@page("order.view", "dispatch/order_notices.html", NOTICES)
def notice_list(request: HttpRequest) -> dict[str, Any]:
    """Notices, newest first; the office sees how they went out and what failed."""
    actor = actor_of(request)
    edits = actor.may("order.edit")
    return {
        "may_edit": edits,
        "counts": delivery_counts() if edits else {},
        "channels": _channel_names(actor.today) if edits else [],
    }


def _channel_names(on: datetime.date) -> list[str]:
    return [*(one.name for one in channels(on)), *([_("邮件")] if setting("notices.mail", on) else [])]


notice_send_again = posted(
    Form("", "notice_send_again", SendAgain, said=lambda n: _("正在重新发送 %(n)d 条。") % {"n": n}),
    "order.edit",
    None,
    to_page("notice_list"),
)


@page("", "dispatch/order_calendar.html")
def calendar_page(request: HttpRequest) -> dict[str, Any]:
    """The address of one's own calendar."""
    return {"address": request.build_absolute_uri(reverse("calendar_feed", args=[user_of(request).calendar_token]))}


calendar_renew = posted(
    Form("", "calendar_renew", RenewCalendar, said=lambda user: _("日历地址已更换,旧地址立即失效。")),
    "",
    None,
    to_page("calendar_page"),
)


def calendar_feed(request: HttpRequest, token: uuid.UUID) -> HttpResponse:
    """The calendar whose token the address holds: phones and mail programs cannot log in."""
    user = get_object_or_404(User, calendar_token=token, is_active=True)
    site = str(setting("site.url") or request.build_absolute_uri("/"))
    with translation.override(user.language or "zh-hans"):
        name = _("%(county)s挂图 · %(name)s") % {"county": setting("county.name") or "guatu", "name": user}
        data = feed(name, events_of(user, timezone.localdate(), site))
    response = HttpResponse(data, content_type="text/calendar; charset=utf-8")
    # Whoever has the address reads the calendar: nothing on the way may keep a copy.
    response["Cache-Control"] = "private, no-store"
    return response
