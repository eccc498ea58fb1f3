"""Units are told what concerns them: on the page of notices, and by mail, WeCom, DingTalk, Feishu or webhooks.

`tell` is called inside an action: the notice and its deliveries are rows of the same transaction, and a background job
sends them after it. What a network does can neither delay nor undo the action; failures stand on the page of notices.

Settings: `notices.urls`, a list of Apprise addresses, or of rows {"name", "url", "kinds", "units"} that limit a channel
to kinds of notices and to units by their code; `notices.mail`, the address of a mail server by which the people of a
unit are written to; `site.url`, which begins the links in messages.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy

from guatu.adapters.notices import Outcome, mail_address, send
from guatu.web.base.actions import Context
from guatu.web.base.jobs import Running, enqueue, handler
from guatu.web.base.models import User
from guatu.web.base.settings_table import setting
from guatu.web.directory.models import RoleGrant, Unit
from guatu.web.dispatch.models import Notice, NoticeDelivery

KIND = "dispatch.notice"
MAIL = "mail"
_LONGEST_TITLE = 200
_UNKNOWN = "这个通知渠道已从设置中删除 · this channel is no longer in the settings"


@dataclass(frozen=True)
class Channel:
    """A way out that all notices take, or those of some kinds (`order` stands for all that begin with it) and units."""

    name: str
    url: str
    kinds: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    def takes(self, kind: str, unit_code: str) -> bool:
        of_kind = not self.kinds or any(kind == one or kind.startswith(f"{one}.") for one in self.kinds)
        return of_kind and (not self.units or unit_code in self.units)


def channels(on: datetime.date) -> list[Channel]:
    """The channels of the county on a day. Those without a name are called by their kind and place: wecombot 1."""
    found = []
    for at, row in enumerate(setting("notices.urls", [], on), start=1):
        given: dict[str, Any] = {"url": row} if isinstance(row, str) else dict(row)
        url = str(given.get("url", ""))
        name = str(given.get("name") or f"{url.split(':', 1)[0]} {at}")[:80]
        found.append(Channel(name, url, tuple(given.get("kinds", ())), tuple(given.get("units", ()))))
    return found


def tell(context: Context, kind: str, unit_id: int | None, title: str, text: str = "", path: str = "") -> Notice:
    """Makes a notice to a unit (None: to the supervision office) and asks for it to be sent."""
    notice = Notice.objects.create(
        kind=kind,
        unit_id=unit_id,
        title=title[:_LONGEST_TITLE],
        text=text,
        path=path,
        at=context.at,
        user=context.actor.user,
    )
    for delivery in _deliveries(notice, context.actor.today):
        delivery.save()
        # A job for each: a channel that fails holds up no other.
        enqueue(KIND, {"delivery": delivery.pk}, context.actor.user, context.at)
    return notice


def _deliveries(notice: Notice, on: datetime.date) -> Iterable[NoticeDelivery]:
    code = Unit.objects.values_list("code", flat=True).get(pk=notice.unit_id) if notice.unit_id else ""
    for channel in channels(on):
        if channel.takes(notice.kind, code):
            yield NoticeDelivery(notice=notice, channel=channel.name)
    if setting("notices.mail", "", on):
        for user in people_of(notice.unit_id, on):
            yield NoticeDelivery(notice=notice, channel=MAIL, user=user)


def people_of(unit_id: int | None, on: datetime.date) -> list[User]:
    """Users with a mail address who act for a unit itself, or for the supervision office."""
    grants = RoleGrant.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)
    office = Q(role=RoleGrant.Role.SUPERVISION) if unit_id is None else Q(unit=unit_id)
    users = User.objects.filter(pk__in=grants.filter(office).values("user"), is_active=True).exclude(email="")
    return list(users.order_by("pk"))


@handler(KIND, gettext_lazy("发送通知"))
def deliver(running: Running) -> Any:
    """Sends one delivery; a failure is kept with its reason and may be tried again from the page.

    Twice: what is known to be sent is not sent again. A worker that dies between sending and writing so sends the same
    message once more: a notice that comes twice does less harm than one that never comes.
    """
    found = NoticeDelivery.objects.select_related("notice", "user").filter(pk=running.payload["delivery"]).first()
    if found is None or found.state == NoticeDelivery.State.SENT:
        return {"sent": found is not None}
    outcome = _send(found)
    state = NoticeDelivery.State.SENT if outcome.sent else NoticeDelivery.State.FAILED
    NoticeDelivery.objects.filter(pk=found.pk).update(
        state=state,
        error=outcome.reason,
        attempts=F("attempts") + 1,
        sent_at=timezone.now() if outcome.sent else None,
    )
    return {"sent": outcome.sent}


def _send(delivery: NoticeDelivery) -> Outcome:
    today = timezone.localdate()
    notice = delivery.notice
    if delivery.channel == MAIL and delivery.user is not None:
        server = setting("notices.mail", "", today)
        address = mail_address(server, delivery.user.email) if server else ""
    else:
        address = next((one.url for one in channels(today) if one.name == delivery.channel), "")
    if not address:
        return Outcome(False, _UNKNOWN)
    site = str(setting("site.url", "", today)).rstrip("/")
    link = f"{site}{notice.path}" if site and notice.path else ""
    return send(address, notice.title, "\n\n".join(part for part in (notice.text, link) if part))
