"""A row of the duty list is added, or holds no longer; what said otherwise for the same cases ends with its
first day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.rows import found
from guatu.web.base.actions.versions import still_at
from guatu.web.base.problems import Invalid, Problem
from guatu.web.cases.library import library
from guatu.web.directory.selectors.tree import unit_name
from guatu.web.duties.models import Duty

PERMISSION = "directory.edit"


@dataclass(frozen=True)
class DutyValues:
    """`until` is the day from which the row no longer holds. What a row must have and a form may lack is None."""

    pack: str
    class_code: str
    place_id: int | None
    unit_id: int | None
    day: datetime.date | None
    until: datetime.date | None = None
    source: str = ""

    def problems(self) -> Iterator[Problem]:
        packs, code = library().packs, self.class_code
        asked = [packs[self.pack]] if self.pack in packs else packs.values()
        if self.pack and self.pack not in packs:
            yield Invalid(_("没有业务包“%(pack)s”。") % {"pack": self.pack}, field="pack", code="duty.no-pack")
        # A code stands for all below it, so that its beginning is enough.
        elif code and not any(row.code.startswith(code) for one in asked for row in one.pack.classes):
            yield Invalid(_("没有类别以“%(code)s”开头。") % {"code": code}, field="class_code", code="duty.no-class")
        if self.day is None:
            yield Invalid(_("请填写生效日期。"), field="day")
        elif self.unit_id is None:
            yield Invalid(_("请从列表中选择承办单位。"), field="unit")
        elif self.until is not None and self.until <= self.day:
            yield Invalid(_("失效日期应在生效日期之后。"), field="until", code="duty.no-time")
        elif not unit_name(self.unit_id, self.day):
            yield Invalid(_("这个单位在生效日期还未设立,或已撤销。"), field="unit", code="duty.unit-not-standing")
        for row in self.standing():
            # Ended by this one it would have no day left, and left alone both would hold.
            if self.day is not None and row.valid_from >= self.day:
                message = _("同类别、同区域已有自 %(day)s 起的一行,请先停用它。") % {"day": row.valid_from}
                yield Invalid(message, field="day", code="duty.later-row")

    def standing(self) -> list[Duty]:
        """Rows for the same cases that hold on the first day of this one or begin later; none where it has no day."""
        if self.day is None:
            return []
        # The same cases: rows for other classes and places stand beside it, and the most specific one counts.
        rows = Duty.objects.filter(pack=self.pack, class_code=self.class_code, place=self.place_id)
        return list(rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=self.day)).order_by("valid_from"))

    def is_same(self) -> bool:
        """Whether the list says just this already."""
        said = (self.unit_id, self.until)
        return self.day is not None and any(
            (row.unit_id, row.valid_to) == said and row.valid_from <= self.day for row in self.standing()
        )

    def lay(self, change: Change[Any]) -> Duty:
        """Writes the row of values without problems; what stood for the same cases ends on its first day."""
        # `problems` has told both to whoever asks for the row.
        assert self.day is not None and self.unit_id is not None
        for row in self.standing():
            _end(row, self.day, change)
        made = Duty.objects.create(
            pack=self.pack, class_code=self.class_code, place_id=self.place_id, unit_id=self.unit_id,
            valid_from=self.day, valid_to=self.until, source=self.source,
        )  # fmt: skip
        shown = {"class_code": self.class_code, "place": self.place_id, "unit": self.unit_id}
        change.note(made, None, {**shown, "valid_from": str(self.day), "valid_to": self.until and str(self.until)})
        return made


def _end(row: Duty, day: datetime.date, change: Change[Any]) -> None:
    before, row.valid_to = row.valid_to, day
    take_version(row, row.row_version, "valid_to")
    change.note(row, {"valid_to": before and str(before)}, {"valid_to": str(day)})


@dataclass(frozen=True)
class AddDuty(RowAction[Duty]):
    values: DutyValues
    name: ClassVar[str] = "duty.add"
    words = gettext_lazy("增加职责行")
    permission = PERMISSION

    def change(self, context: Context) -> Change[Duty]:
        for problem in self.values.problems():
            raise problem
        noted = Change(None)
        return Change(self.values.lay(noted), noted.lines)


@dataclass(frozen=True)
class EndDuty(RowAction[Duty]):
    duty: int
    seen: int
    day: datetime.date
    name: ClassVar[str] = "duty.end"
    words = gettext_lazy("停用职责行")
    permission = PERMISSION

    def change(self, context: Context) -> Change[Duty]:
        row = found(Duty, self.duty)
        still_at(row, self.seen)
        if self.day < row.valid_from or (row.valid_to is not None and row.valid_to <= self.day):
            raise Invalid(_("停用日期应在这一行的有效期内。"), field="day", code="duty.not-then")
        change = Change(row)
        _end(row, self.day, change)
        return change
