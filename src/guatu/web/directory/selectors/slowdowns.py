"""Who is slowed down after failed logins, for those who keep accounts."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.base.models import Slowdown
from guatu.web.base.slowdowns import active
from guatu.web.directory.selectors.accounts import check_may_keep
from guatu.web.kit.keyset import By, Order
from guatu.web.kit.table import Empty, Table, Wanted, number, text


def _rows(actor: Actor, wanted: Wanted) -> QuerySet[Slowdown]:
    """The newest first; raises `Denied` for everybody but administrators."""
    check_may_keep(actor)
    return Slowdown.objects.filter(active(timezone.now())).select_related("user")


def _whom(row: Slowdown) -> Any:
    if row.user:
        return format_html('<a href="{}">{}</a>', reverse("account_detail", args=[row.user.pk]), row.user.username)
    if row.kind == Slowdown.Kind.ADDRESS:
        return str(_("(所有账号)"))
    return format_html('<span class="text-secondary">{}</span>', _("(没有这个账号)"))


def _at(moment: datetime.datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M:%S}"


def _until(row: Slowdown) -> str:
    """Empty where it has passed: the next try needs a puzzle, no wait."""
    return _at(row.next_at) if row.next_at > timezone.now() else ""


SLOWDOWNS = Table[Slowdown, Slowdown](
    title=_("登录限制"),
    rows=_rows,
    order=Order((By("last_at", down=True), By("id", down=True))),
    size=100,
    columns=(
        text("account", _("账号"), lambda row: row.user and row.user.username, shown=_whom, head=True),
        text("address", _("网络地址"), lambda row: row.address, css="text-nowrap"),
        text("kind", _("限制的是"), lambda row: row.get_kind_display()),
        number("failures", _("连续失败"), lambda row: row.failures),
        text("last", _("最近一次"), lambda row: _at(row.last_at), css="text-nowrap"),
        text("until", _("须等到"), _until, css="text-nowrap"),
        text("lift", _("操作"), lambda row: "", template="directory/_lifts.html"),
    ),
    empty=Empty(_("现在没有登录受限的账号和地址。")),
)
