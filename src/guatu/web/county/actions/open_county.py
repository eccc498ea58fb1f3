"""What a county is called, by which code it goes and who signs its papers; the area that its towns lie in."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from guatu.core.fields.normal import line
from guatu.core.kernel.codes import check_division_code
from guatu.web.base.actions import Action, Change, Context, also
from guatu.web.base.actions.set_setting import SetSetting
from guatu.web.base.language import language
from guatu.web.base.problems import Invalid
from guatu.web.base.selectors.settings import rows_of, stamp_of
from guatu.web.base.settings_table import kept
from guatu.web.county.selectors.opening import counties
from guatu.web.directory.actions.create_place import CreatePlace
from guatu.web.directory.selectors.opening import opening_day
from guatu.web.kit.kinds import Code, Text

_NAME = _("全称,如“青禾县”。")
_CODE = _("六位。县级区域一并设立,乡镇挂在它下面。")
_ISSUER = _("督办单、通报的落款,如“青禾县人民政府督查室”。不填则为县名加“人民政府督查室”。")


@dataclass(frozen=True)
class OpenCounty(Action[None]):
    county: Annotated[str, Text(label=_("县(市、区)名称"), required=True, longest=60, hint=_NAME)]
    code: Annotated[str, Code(label=_("区划代码"), required=True, longest=6, hint=_CODE)]
    issuer: Annotated[str, Text(label=_("发文机关(落款)"), longest=200, hint=_ISSUER)] = ""
    name = "county.open"
    words = _("填写县名、代码和落款")
    permission = "settings.edit"

    def change(self, context: Context) -> Change[None]:
        county, change = line(self.county), Change(None)
        day = opening_day(context.actor.today)
        # A second time, to correct the name, the area stands already and is changed on its own page.
        if not counties(context.actor.today):
            also(CreatePlace.named(self.code, county, "county", None, day), context, change)
        elif finding := check_division_code(self.code):
            raise Invalid(finding.message(language()), field="code", code=finding.code)
        # An issuer that is left empty is the default: the office of the county by its name.
        given = {"county.name": county, "county.code": self.code, "supervision.issuer": line(self.issuer)}
        for name, value in given.items():
            _set(name, value, day, context, change)
        return change

    def recall(self, answer: Any) -> None:
        return None


def _set(name: str, value: str, day: datetime.date, context: Context, change: Change[Any]) -> None:
    today, rows = context.actor.today, rows_of(name, lock=True)
    if kept(name, today) == value:
        return
    # Only what was never set may hold before today: papers of the year's first months are signed as well.
    also(SetSetting(name, value, today if rows else day, "", stamp_of(rows)), context, change)
