"""Kinds, units and states of clocks in words; the words of a flow are those of its pack."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

CLOCK_KINDS = {
    "extend": _("延期"),
    "suspend": _("挂起"),
    "appeal-granted": _("申诉"),
}
LIMIT_UNITS = {
    "urgent-hour": _("紧急工作时"),
    "working-hour": _("工作时"),
    "working-day": _("工作日"),
    "natural-day": _("自然日"),
}
CLOCK_STATES = {
    "running": _("计时中"),
    "paused": _("已暂停"),
    "suspended": _("已挂起"),
    "stopped": _("已停止"),
}
HIT_POLICIES = {
    "UNIQUE": _("每种情况只能有一条规则符合。"),
    "ANY": _("几条规则同时符合时,它们的结果必须一样。"),
    "PRIORITY": _("几条规则同时符合时,取输出值里排在前面的。"),
    "FIRST": _("从上到下,第一条符合的生效。"),
    "RULE ORDER": _("符合的规则都算,结果按规则的次序列出。"),
    "OUTPUT ORDER": _("符合的规则都算,结果按输出值的先后列出。"),
    "COLLECT": _("符合的规则都算,结果全部列出。"),
    "COLLECT SUM": _("符合的规则都算,结果相加。"),
    "COLLECT MIN": _("符合的规则都算,取最小的结果。"),
    "COLLECT MAX": _("符合的规则都算,取最大的结果。"),
    "COLLECT COUNT": _("符合的规则都算,结果是条数。"),
}
"""How rules decide, by hit policy and aggregator of a decision table."""
