"""What a row of the duty list says, whether it can be, and how it takes the place of what said otherwise."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from guatu.web.base.actions import Change, take_version
from guatu.web.base.problems import Invalid, Problem
from guatu.web.cases.library import library
from guatu.web.directory.selectors.tree import unit_name
from guatu.web.duties.models import Duty


@dataclass(frozen=True)
class DutyValues:
    """`until` is the day from which the row no longer holds."""

    pack: str
    class_code: str
    place_id: int | None
    unit_id: int
    day: datetime.date
    until: datetime.date | None = None
    source: str = ""

    def problems(self) -> Iterator[Problem]:
        packs = library().packs
        if self.pack and self.pack not in packs:
            yield Invalid(_("没有业务包“%(pack)s”。") % {"pack": self.pack}, field="pack", code="duty.no-pack")
        elif self.class_code and not self._known_class():
            yield Invalid(
                _("没有类别以“%(code)s”开头。") % {"code": self.class_code}, field="class_code", code="duty.no-class"
            )
        if self.until is not None and self.until <= self.day:
            yield Invalid(_("失效日期应在生效日期之后。"), field="until", code="duty.no-time")
        if not unit_name(self.unit_id, self.day):
            yield Invalid(_("这个单位在生效日期还未设立,或已撤销。"), field="unit", code="duty.unit-not-standing")

    def _known_class(self) -> bool:
        packs = library().packs
        named = [packs[self.pack]] if self.pack else packs.values()
        return any(row.code.startswith(self.class_code) for found in named for row in found.pack.classes)

    @property
    def key(self) -> tuple[str, str, int | None]:
        return self.pack, self.class_code, self.place_id

    def standing(self) -> list[Duty]:
        """Rows for the same cases that hold on the first day of this one or begin later."""
        rows = Duty.objects.filter(pack=self.pack, class_code=self.class_code, place=self.place_id)
        return list(rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=self.day)).order_by("valid_from"))

    def is_same(self) -> bool:
        """Whether the list says just this already."""
        return any(
            row.unit_id == self.unit_id and row.valid_from <= self.day and row.valid_to == self.until
            for row in self.standing()
        )

    def lay(self, change: Change[Any]) -> Duty:
        """Writes the row; what stood for the same cases ends on its first day. Raises `Invalid` where another comes later."""
        for row in self.standing():
            if row.valid_from >= self.day:
                raise Invalid(
                    _("同类别、同区域已有自 %(day)s 起的一行,请先停用它。") % {"day": row.valid_from},
                    field="day",
                    code="duty.later-row",
                )
            end(row, self.day, change)
        made = Duty.objects.create(
            pack=self.pack, class_code=self.class_code, place_id=self.place_id, unit_id=self.unit_id,
            valid_from=self.day, valid_to=self.until, source=self.source,
        )  # fmt: skip
        change.note(made, None, self.shown())
        return made

    def shown(self) -> dict[str, Any]:
        return {
            "class_code": self.class_code, "place": self.place_id, "unit": self.unit_id,
            "valid_from": self.day.isoformat(), "valid_to": self.until.isoformat() if self.until else None,
        }  # fmt: skip


def end(row: Duty, day: datetime.date, change: Change[Any]) -> None:
    """The row no longer holds from the day on."""
    before = row.valid_to.isoformat() if row.valid_to else None
    row.valid_to = day
    take_version(row, row.row_version, "valid_to")
    change.note(row, {"valid_to": before}, {"valid_to": day.isoformat()})
