"""Settings of the duty list."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guatu.core.fields.choice import Choice
from guatu.web.base.declarations import Declared, One
from guatu.web.base.settings import CASE_GROUP, CASES

ORDERS = {"class-first": ("先类别后区域", "the class first"), "place-first": ("先区域后类别", "the area first")}
PRECEDENCE = Declared(
    "cases.duty-precedence",
    One(Choice(options=ORDERS, required=True)),
    "class-first",
    label=_("职责清单的取行顺序"),
    help=_("几行都适用时,先取最具体的类别,还是先取最具体的区域。"),
    group=CASE_GROUP,
    permission=CASES,
)
