"""A unit is told, inside the action that concerns it; what became of the sending is noted."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import F

from guatu.adapters.notices import Outcome
from guatu.web.base.actions import Context
from guatu.web.base.jobs import enqueue
from guatu.web.base.settings_table import setting
from guatu.web.directory.models import Unit
from guatu.web.dispatch.models import Notice, NoticeDelivery
from guatu.web.dispatch.notices import KIND, MAIL, channels, people_of

_LONGEST_TITLE = 200


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
        enqueue(KIND, {"delivery": delivery.pk}, context.actor.user, context.at)
    return notice


def _deliveries(notice: Notice, on: datetime.date) -> Iterable[NoticeDelivery]:
    code = Unit.objects.values_list("code", flat=True).get(pk=notice.unit_id) if notice.unit_id else ""
    for channel in channels(on):
        if channel.takes(notice.kind, code):
            yield NoticeDelivery(notice=notice, channel=channel.name)
    if setting("notices.mail", on):
        for user in people_of(notice.unit_id, on):
            yield NoticeDelivery(notice=notice, channel=MAIL, user=user)


def note_outcome(found: NoticeDelivery, outcome: Outcome, at: datetime.datetime) -> None:
    """The state of a delivery after one try."""
    state = NoticeDelivery.State.SENT if outcome.sent else NoticeDelivery.State.FAILED
    NoticeDelivery.objects.filter(pk=found.pk).update(
        state=state,
        error=outcome.reason,
        attempts=F("attempts") + 1,
        sent_at=at if outcome.sent else None,
    )
