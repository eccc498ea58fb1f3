"""Another way in which plans write a unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from django.utils.translation import gettext_lazy as _

from guatu.core.fields.normal import line
from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.problems import Invalid
from guatu.web.directory.actions.common import row
from guatu.web.directory.checks import check_alias
from guatu.web.directory.models import Unit, UnitAlias
from guatu.web.kit.kinds import Text


@dataclass(frozen=True)
class AddAlias(RowAction[UnitAlias]):
    """A name that several units bear is no alias that links by itself: it only suggests each of them."""

    unit_id: int
    text: Annotated[str, Text(label=_("别名"), required=True, longest=120)]
    name = "directory.add-alias"
    words = _("添加别名")
    permission = "directory.edit"

    def change(self, context: Context) -> Change[UnitAlias]:
        unit = row(Unit, self.unit_id)
        text = line(self.text)
        check_alias(text)
        if UnitAlias.objects.filter(unit=unit, text=text).exists():
            raise Invalid(_("这个单位已有别名“%(text)s”。") % {"text": text}, field="text")
        alias = UnitAlias.objects.create(unit=unit, text=text)
        change = Change(alias)
        change.note(unit, None, {"alias": text})
        return change
