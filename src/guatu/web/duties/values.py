"""What a row of the duty list says, and the rules that it must keep."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guatu.web.base.language import language
from guatu.web.base.problems import Invalid, Problem
from guatu.web.cases.library import library
from guatu.web.directory.references import PlaceRef, UnitRef
from guatu.web.directory.selectors.tree import unit_name
from guatu.web.duties.models import Duty
from guatu.web.kit.kinds import Choice, Day, Text


def pack_choices(day: datetime.date) -> list[tuple[object, object]]:
    return [(name, library().title(name, language())) for name in library().packs]


@dataclass(frozen=True)
class DutyValues:
    """`until` is the day from which the row no longer holds."""

    pack: Annotated[str, Choice(label=_("业务包"), choices=pack_choices, none=_("全部"))]
    class_code: Annotated[
        str, Text(label=_("类别代码"), hint=_("代码或它的开头,不填为全部类别"), example="C01", longest=40)
    ]
    place: Annotated[int | None, PlaceRef(label=_("区域"), none=_("全县"), example="临溪镇")]
    unit: Annotated[int, UnitRef(label=_("承办单位"), required=True, none=_("请选择"), example="县城管局", width=22)]
    day: Annotated[datetime.date, Day(label=_("生效日期"), required=True, example="2024-03-01", of="valid_from")]
    until: Annotated[
        datetime.date | None, Day(label=_("失效日期"), hint=_("从这天起不再有效"), none=_("长期"), of="valid_to")
    ] = None
    source: Annotated[
        str, Text(label=_("依据文件"), hint=_("文件名称或文号"), longest=200, width=30, box="col-lg-6 mb-2")
    ] = ""

    def problems(self) -> Iterator[Problem]:
        packs, code = library().packs, self.class_code
        asked = [self.pack] if self.pack in packs else packs
        if self.pack and self.pack not in packs:
            yield Invalid(gettext("没有业务包“%(pack)s”。") % {"pack": self.pack}, field="pack", code="duty.no-pack")
        # A code stands for all below it, so that its beginning is enough.
        elif code and not any(row.code.startswith(code) for one in asked for row in library().classes(one)):
            said = gettext("没有类别以“%(code)s”开头。") % {"code": code}
            yield Invalid(said, field="class_code", code="duty.no-class")
        if self.until is not None and self.until <= self.day:
            yield Invalid(gettext("失效日期应在生效日期之后。"), field="until", code="duty.no-time")
        elif not unit_name(self.unit, self.day):
            yield Invalid(gettext("这个单位在生效日期还未设立,或已撤销。"), field="unit", code="duty.unit-not-standing")
        for row in self.replaced():
            # Ended by this one it would have no day left, and left alone both would hold.
            if row.valid_from >= self.day:
                said = gettext("同类别、同区域已有自 %(day)s 起的一行,请先停用它。") % {"day": row.valid_from}
                yield Invalid(said, field="day", code="duty.later-row")

    def replaced(self) -> list[Duty]:
        """Rows for the same cases that hold on the first day of this one or begin later."""
        # The same cases: rows for other classes and places stand beside it, and the most specific one counts.
        rows = Duty.objects.filter(pack=self.pack, class_code=self.class_code, place=self.place)
        return list(rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=self.day)).order_by("valid_from"))

    def stands(self) -> bool | None:
        """Whether the list says just this; None where it says nothing for the same cases."""
        rows, said = self.replaced(), (self.unit, self.until)
        return any((row.unit_id, row.valid_to) == said and row.valid_from <= self.day for row in rows) if rows else None
