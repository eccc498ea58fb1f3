"""How a case stands against its clock, as colour, shape and word."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guatu.web.cases.models import Case

SOON_SHARE = 0.25
SOON_LEAST = datetime.timedelta(hours=1)


@dataclass(frozen=True)
class Timer:
    colour: str
    shape: str
    word: str | Promise
    due: datetime.datetime | None = None

    def shown(self) -> SafeString:
        return format_html(
            '<span class="light light-{}"><span class="light-shape" aria-hidden="true">{}</span> {}</span>',
            self.colour,
            self.shape,
            self.word,
        )


def timer(case: Case, now: datetime.datetime) -> Timer:
    """Soon is the last quarter of the time from the step's beginning to its due time, or the last hour."""
    if case.ended_at is not None:
        if case.outcome not in ("", "done"):
            return Timer("grey", "○", str(case.get_outcome_display()))
        return Timer("amber", "▲", _("超期办结")) if case.late else Timer("grey", "○", _("已办结"))
    if case.due is None:
        return Timer("grey", "○", _("已暂停") if case.paused else _("不计时"))
    if now > case.due:
        return Timer("red", "■", _("已超期"), case.due)
    whole = case.due - case.since if case.since else SOON_LEAST
    if case.due - now < max(whole * SOON_SHARE, min(SOON_LEAST, whole / 2)):
        return Timer("amber", "▲", _("即将到期"), case.due)
    return Timer("green", "●", _("正常"), case.due)
