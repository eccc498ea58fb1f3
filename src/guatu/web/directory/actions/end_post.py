"""A person leaves a post; the day is the first one without it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Action, Change, Context
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.directory.actions.common import end_or_drop, row
from guatu.web.directory.models import Post
from guatu.web.kit.kinds import Day


@dataclass(frozen=True)
class EndPost(Action[int]):
    post_id: int
    day: Annotated[datetime.date | None, Day(label=_("离任日期"), required=True)]
    name = "directory.end-post"
    words = _("登记离任")
    permission = "directory.edit"

    def change(self, context: Context) -> Change[int]:
        post = row(Post, self.post_id)
        if self.day is None:
            raise Invalid(_("请填写离任日期。"), field="day")
        if post.valid_to is not None and post.valid_to <= self.day:
            raise NotNow(_("这个职务已于 %(day)s 离任。") % {"day": post.valid_to.isoformat()}, field="day")
        change = Change(self.post_id)
        end_or_drop(post, self.day, change)
        return change

    def answer(self, result: int) -> Any:
        return result

    def recall(self, answer: Any) -> int:
        return int(answer)
