"""Settings of the directory."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guatu.core.fields.day import Day
from guatu.web.base.declarations import Declared, One
from guatu.web.base.parsing import EARLIEST, LATEST
from guatu.web.base.settings import COUNTY, EDIT

CLOSED_UNTIL = Declared(
    "directory.closed-until",
    One(Day(earliest=EARLIEST, latest=LATEST)),
    None,
    label=_("机构和区域封账日"),
    help=_("这一天之前的机构和区域不能再改:按它们得出的结果已经形成。"),
    group=COUNTY,
    permission=EDIT,
    absent=_("只按已形成的结果封账"),
)
