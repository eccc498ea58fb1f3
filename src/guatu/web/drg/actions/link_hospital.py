"""A hospital is tied to a unit of the directory: the accounts of that unit see its rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, take_version
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import Invalid
from guatu.web.directory.models import Unit
from guatu.web.drg.actions.common import InsurerAction
from guatu.web.drg.models import Hospital


@dataclass(frozen=True)
class LinkHospital(InsurerAction[Hospital]):
    hospital_id: int
    unit_id: int | None
    seen: int
    name: ClassVar[str] = "drg.link-hospital"
    words = _("医院挂接机构")

    def change(self, context: Context) -> Change[Hospital]:
        hospital = found(Hospital, self.hospital_id)
        if self.unit_id is not None and not Unit.objects.filter(pk=self.unit_id).exists():
            raise Invalid(_("没有这个机构,请从列表中选择。"), field="unit_id")
        before = hospital.unit_id
        hospital.unit_id = self.unit_id
        take_version(hospital, self.seen, "unit")
        change = Change(hospital)
        change.note(hospital, {"unit": before}, {"unit": self.unit_id})
        return change
