"""A person takes a post in a unit from a day on."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from guatu.core.fields.normal import line
from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.problems import Invalid
from guatu.web.directory.actions.common import row
from guatu.web.directory.models import Person, Post, Unit
from guatu.web.directory.references import NamedUnit
from guatu.web.directory.world import World
from guatu.web.kit.kinds import Day, Text


@dataclass(frozen=True)
class AddPost(RowAction[Post]):
    person_id: int
    unit_id: Annotated[int, NamedUnit(label=_("单位"), required=True)]
    title: Annotated[str, Text(label=_("职务"), required=True, longest=60)]
    day: Annotated[datetime.date | None, Day(label=_("任职日期"), required=True)]
    name = "directory.add-post"
    words = _("登记任职")
    permission = "directory.edit"

    def change(self, context: Context) -> Change[Post]:
        if self.day is None:
            raise Invalid(_("请填写任职日期。"), field="day")
        if not line(self.title) or len(self.title) > 60:
            raise Invalid(_("请填写职务,不超过 60 个字。"), field="title")
        person, unit = row(Person, self.person_id, "person_id"), row(Unit, self.unit_id, "unit_id")
        if not World().units.stands_from(unit.pk, self.day):
            raise Invalid(_("这个单位在任职日期还未设立,或已定撤销。"), field="unit_id")
        post = Post.objects.create(person=person, unit=unit, title=line(self.title), valid_from=self.day)
        change = Change(post)
        change.note(post, None, {"person": person.pk, "unit": unit.pk, "title": post.title, "from": str(self.day)})
        return change
