"""A place is gone from a day on. What lies in it, and the units that it belongs to, have to go elsewhere first."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.directory.actions.common import last_place_version, row
from guatu.web.directory.actions.versions import check_end
from guatu.web.directory.days import check_change_day
from guatu.web.directory.models import Place, UnitVersion
from guatu.web.directory.world import World
from guatu.web.kit.kinds import Day


@dataclass(frozen=True)
class EndPlace(RowAction[Place]):
    place_id: int
    seen: int
    day: Annotated[
        datetime.date | None,
        Day(label=_("从哪天起撤销"), required=True, hint=_("这一天起不再有这个单位。")),
    ]
    name = "directory.end-place"
    words = _("撤销区域")
    permission = "directory.edit"

    def change(self, context: Context) -> Change[Place]:
        day = check_change_day(self.day, context.actor.today)
        place = take_version(row(Place, self.place_id), self.seen)
        version = last_place_version(place.pk)
        check_end(version)
        if day <= version.valid_from:
            raise Invalid(_("撤销日期须晚于最近一次变更的生效日期。"), field="day")
        if World().places.children_from(place.pk, day):
            raise NotNow(_("还有下级区域,请先把它们划到别处。"), field="day")
        users = UnitVersion.objects.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), place=place)
        if users.exists():
            raise NotNow(_("还有单位的所在区域是这里,请先变更这些单位。"), field="day")
        version.valid_to = day
        version.save(update_fields=["valid_to"])
        change = Change(place)
        change.note(place, {"valid_to": None}, {"valid_to": day.isoformat()})
        return change
