"""A place has another name, superior, level or boundary from a day on; what was before stays as it was."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated

from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.directory.actions.common import last_place_version, row
from guatu.web.directory.actions.versions import lay
from guatu.web.directory.days import check_change_day
from guatu.web.directory.models import Place
from guatu.web.directory.values import PlaceValues, raise_first
from guatu.web.directory.world import World
from guatu.web.kit.kinds import Day


@dataclass(frozen=True)
class ChangePlace(RowAction[Place]):
    place_id: int
    seen: int
    values: PlaceValues
    day: Annotated[
        datetime.date | None,
        Day(label=gettext_lazy("从哪天起"), required=True, hint=gettext_lazy("此前的名称、隶属和边界都不变。")),
    ]
    name = "directory.change-place"
    words = gettext_lazy("变更区域")
    permission = "directory.edit"

    def change(self, context: Context) -> Change[Place]:
        day = check_change_day(self.day, context.actor.today)
        place = take_version(row(Place, self.place_id), self.seen)
        raise_first(self.values.problems(place.pk, day, World()))
        change = Change(place)
        laid = lay(last_place_version(place.pk), day, self.values.as_fields())
        if laid is not None:
            laid.save()
            change.note(place, laid.before, laid.after)
        return change
