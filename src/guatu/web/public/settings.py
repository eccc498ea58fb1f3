"""Settings of what is public: since when villages disclose, who has the box of opinions, how long an answer takes."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from guatu.core.fields.code import Code
from guatu.core.fields.day import Day
from guatu.core.fields.number import Number
from guatu.web.base.declarations import Declared, One
from guatu.web.base.settings import RULES

PUBLIC = _("信息公开")


def _unknown(code: str) -> Iterable[str]:
    from guatu.web.directory.selectors.tree import unit_tree

    if code and all(node.code != code for node in unit_tree(timezone.localdate()).nodes.values()):
        yield gettext("没有编码为“%(code)s”的单位。") % {"code": code}


SINCE = Declared(
    "public.since",
    One(Day()),
    None,
    label=_("村务公开从哪一天起统计"),
    help=_("从这一天以后开始的月份和季度,村里没有按时公开的会列给乡镇和督查室;没有填写就不统计。"),
    group=PUBLIC,
    permission=RULES,
)
OPINION_UNIT = Declared(
    "public.opinion-unit",
    # By code: a unit that is renamed keeps the box.
    One(Code(longest=40)),
    "",
    label=_("意见箱由哪个单位答复"),
    help=_("单位编码;没有填写时意见箱不开放。"),
    group=PUBLIC,
    permission=RULES,
    check=_unknown,
)
OPINION_DAYS = Declared(
    "public.opinion-days",
    One(Number(places=0, least=Decimal(1), most=Decimal(120), required=True)),
    10,
    label=_("意见几个工作日内答复"),
    help=_("从收到意见的第二天算起。本程序的建议,由县定。"),
    group=PUBLIC,
    permission=RULES,
)
OPINIONS_AN_HOUR = Declared(
    "public.opinions-per-hour",
    One(Number(places=0, least=Decimal(1), most=Decimal(10_000), required=True)),
    10,
    label=_("意见箱的使用次数"),
    help=_("同一网络地址一小时内最多提多少条意见。"),
    group=PUBLIC,
    permission=RULES,
)
