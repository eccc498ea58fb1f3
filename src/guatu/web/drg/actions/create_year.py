"""A region-year is opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context
from guatu.web.base.problems import Invalid
from guatu.web.drg.actions.common import InsurerAction
from guatu.web.drg.models import RegionYear

FIRST, LAST, LONGEST = 2015, 2100, 60


@dataclass(frozen=True)
class CreateYear(InsurerAction[RegionYear]):
    region: str
    year: int
    name: ClassVar[str] = "drg.create-year"
    words = _("新建 DRG 年度")

    def change(self, context: Context) -> Change[RegionYear]:
        region = self.region.replace("\0", "").strip()
        if not region or len(region) > LONGEST:
            raise Invalid(_("请填写统筹地区,不超过 %(n)d 字。") % {"n": LONGEST}, field="region")
        if not FIRST <= self.year <= LAST:
            raise Invalid(_("年度应在 %(first)d 到 %(last)d 之间。") % {"first": FIRST, "last": LAST}, field="year")
        if RegionYear.objects.filter(region=region, year=self.year).exists():
            raise Invalid(_("这个地区的这个年度已经有了。"), field="year")
        made = RegionYear.objects.create(region=region, year=self.year, made_by=context.actor.user, made_at=context.at)
        change = Change(made)
        change.note(made, None, {"region": region, "year": self.year})
        return change
