"""Units are told what concerns them: on the page of notices, and by mail, WeCom, DingTalk, Feishu or webhooks.

`actions.tell` is called inside an action: the notice and its deliveries are rows of the same transaction, and a
background job sends them after it. What a network does can neither delay nor undo the action; failures stand on the
page of notices.

Settings: `notices.urls`, a list of Apprise addresses, or of rows {"name", "url", "kinds", "units"} that limit a channel
to kinds of notices and to units by their code; `notices.mail`, the address of a mail server by which the people of a
unit are written to; `site.url`, which begins the links in messages.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from guatu.adapters.notices import Outcome, mail_address, send
from guatu.web.base.models import User
from guatu.web.base.settings_table import setting
from guatu.web.directory.models import RoleGrant
from guatu.web.dispatch.models import NoticeDelivery

KIND = "dispatch.notice"
MAIL = "mail"
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
    for at, given in enumerate(setting("notices.urls", on), start=1):
        url = str(given.get("url", ""))
        name = str(given.get("name") or f"{url.split(':', 1)[0]} {at}")[:80]
        found.append(Channel(name, url, tuple(given.get("kinds", ())), tuple(given.get("units", ()))))
    return found


def people_of(unit_id: int | None, on: datetime.date) -> list[User]:
    """Users with a mail address who act for a unit itself, or for the supervision office."""
    grants = RoleGrant.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on), valid_from__lte=on)
    office = Q(role=RoleGrant.Role.SUPERVISION) if unit_id is None else Q(unit=unit_id)
    users = User.objects.filter(pk__in=grants.filter(office).values("user"), is_active=True).exclude(email="")
    return list(users.order_by("pk"))


def sent_out(delivery: NoticeDelivery) -> Outcome:
    """Sends one delivery on its channel and says what became of it; nothing is written."""
    today = timezone.localdate()
    notice = delivery.notice
    if delivery.channel == MAIL and delivery.user is not None:
        server = setting("notices.mail", today)
        address = mail_address(server, delivery.user.email) if server else ""
    else:
        address = next((one.url for one in channels(today) if one.name == delivery.channel), "")
    if not address:
        return Outcome(False, _UNKNOWN)
    site = str(setting("site.url", today)).rstrip("/")
    link = f"{site}{notice.path}" if site and notice.path else ""
    return send(address, notice.title, "\n\n".join(part for part in (notice.text, link) if part))
