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
