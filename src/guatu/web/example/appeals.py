"""Units of the example county object to their lights: one is right, one is not, one waits for an answer."""

from __future__ import annotations

import datetime

from django.utils import timezone

from guatu.web.base.actions import perform
from guatu.web.dispatch.actions.decide_appeal import DecideAppeal
from guatu.web.dispatch.actions.make_appeal import MakeAppeal
from guatu.web.dispatch.models import Appeal, Light
from guatu.web.example.people import People

# What the unit says, and whether the office upholds it, with its decision; None waits.
APPEALS: tuple[tuple[str, bool | None, str], ...] = (
    ("完成数已于期末录入县数据平台,填报时未同步,平台截图可查。", True, "经核对平台数据,申诉属实。"),
    ("进度慢是配合单位审批慢造成的。", False, "审批在承诺时限内办结,申诉理由不成立。"),
    ("汛期停工十二天,已报备,请核减。", None, ""),
)
HOUR = datetime.timedelta(hours=1)


def load_appeals(people: People, today: datetime.date) -> list[Appeal]:
    """Of the latest lights that are behind, one of each unit; fewer where fewer units are behind."""
    at = timezone.make_aware(datetime.datetime.combine(today, datetime.time(8, 10)))
    behind = Light.objects.filter(colour__in=("red", "amber"), target=None, unit__in=people.by_unit)
    lights = {light.unit_id: light for light in behind.order_by("period__ends_on", "-pk")}
    made = []
    for light, (reason, upheld, decision) in zip(lights.values(), APPEALS, strict=False):
        appeal = perform(MakeAppeal(light.pk, reason), people.context(people.by_unit[light.unit_id], at))
        if upheld is not None:
            action = DecideAppeal(appeal.pk, appeal.row_version, upheld, decision)
            appeal = perform(action, people.office(at + HOUR))
        made.append(appeal)
    return made
