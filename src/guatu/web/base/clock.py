"""The gate before everything that goes by the day alone: is the server's clock to be trusted?

The hourly run closes periods, locks reports and changes lights by today's date. A clock that is wrong by a year would
do a year's work at once. So the time of the last run is kept, and a run far from it, or before it, waits until a person
has said that today is what the clock says. A new installation has no last run: its first one passes.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext as _

from guatu.web.base.models import ClockMark
from guatu.web.base.problems import NotNow

MOST_AHEAD = datetime.timedelta(days=3)
"""A weekend may pass without a run; after a longer pause a person looks at the date first."""
MOST_BACK = datetime.timedelta(hours=1)
"""Clocks that are set by the network step back by seconds."""

confirmed = Signal()
"""Somebody has said that the clock is right; `context` is that of the action. What was held back may begin."""


@dataclass(frozen=True)
class Verdict:
    """The clock beside the last run."""

    now: datetime.datetime
    last: datetime.datetime | None

    @property
    def passes(self) -> bool:
        return self.last is None or -MOST_BACK <= self.now - self.last <= MOST_AHEAD

    @property
    def days(self) -> int:
        """Calendar days from the last run to now; negative where the clock was set back."""
        if self.last is None:
            return 0
        return (timezone.localdate(self.now) - timezone.localdate(self.last)).days

    def sentence(self) -> str:
        assert self.last is not None
        said = _("服务器时钟是 %(now)s,上次自动运行是 %(last)s,相差 %(days)d 天。")
        shown = {
            "now": timezone.localtime(self.now).strftime("%Y-%m-%d %H:%M"),
            "last": timezone.localtime(self.last).strftime("%Y-%m-%d %H:%M"),
            "days": abs(self.days),
        }
        return said % shown


class ClockInDoubt(NotNow):
    code = "clock.in-doubt"


def verdict(at: datetime.datetime) -> Verdict:
    return Verdict(at, ClockMark.objects.values_list("last", flat=True).first())


def require(at: datetime.datetime) -> None:
    """Raises `ClockInDoubt` where nothing may be done by the day of `at`."""
    found = verdict(at)
    if not found.passes:
        raise ClockInDoubt(
            found.sentence()
            + _("在管理员确认今天的日期之前,不会开放或关闭期次,也不会计算亮灯。时钟不对的,请先校正服务器时钟。")
        )


def set_mark(at: datetime.datetime) -> None:
    """Runs are measured from here on."""
    ClockMark.objects.update_or_create(pk=ClockMark.ONLY, defaults={"last": at})


def done_until(today: datetime.date) -> int | None:
    """The last line of the trail when the work of the day was last done; None where it has not been done yet."""
    return ClockMark.objects.filter(done_on=today).values_list("seen", flat=True).first()


def set_done(today: datetime.date, seen: int) -> None:
    """The work of the day is done, as far as the line `seen` of the trail asks for it."""
    ClockMark.objects.filter(pk=ClockMark.ONLY).update(done_on=today, seen=seen)
