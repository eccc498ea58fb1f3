"""The list behind each number of reports: what units owed and delivered, as the map and the pages of periods count."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actors import Actor
from guatu.web.dispatch.models import Report
from guatu.web.dispatch.selectors import report_lists as lists
from guatu.web.dispatch.selectors.core_rows import HANDED_IN
from guatu.web.dispatch.selectors.sealed import fell_due, in_state
from guatu.web.kit.table import Column, Empty, Pick, States, Table

NO_DOMAIN = "-"
"""How an address asks for tasks without a domain."""


def _groups(actor: Actor) -> list[tuple[str, Any, Q]]:
    handed, due = in_state(*HANDED_IN), fell_due(actor.today)
    return [
        ("all", _("全部"), Q()),
        ("due", _("到期应报"), handed | due),
        ("handed", _("已报"), handed),
        ("missing", _("缺报"), ~handed & due),
        ("late", _("迟报"), handed & Q(submitted_at__date__gt=F("period__due_on"))),
    ]


DELIVERED = Table[Report, lists.ReportRow](
    title=_("各单位填报"),
    rows=lambda actor, wanted: lists.grouped(lists.seen_reports(actor), actor.today),
    lines=lambda reports, actor, wanted: lists.report_rows(reports, actor.today),
    order=lists.PRESSING,
    size=100,
    filters=(
        States("state", _("报送情况"), groups=_groups),
        *lists.report_filters(lists.seen_reports),
        Pick("of", field="period", hidden=True),
        Pick("task", field="task", hidden=True),
    ),
    columns=(
        *(lists.PLAN, lists.NUMBER),
        Column[lists.ReportRow](
            "task",
            _("任务"),
            lambda row: row.report.task.title,
            link=lambda row: reverse("report_edit", args=[row.report.pk]),
            width=36,
        ),
        *(lists.UNIT, lists.PERIOD, lists.DUE, lists.GROUP, lists.STATE, lists.SUBMITTED, lists.REASON),
    ),
    empty=Empty(_("没有符合条件的填报。"), _("到填报时间后,各单位的填报会出现在这里。")),
)


def reports_behind(state: str, **asked: Any) -> str:
    """The address of the reports that a number counts."""
    return _behind("delivered_list", state=state, **asked)


def lights_behind(**asked: Any) -> str:
    """The address of the lights of tasks that a number counts."""
    return _behind("light_list", level="task", **asked)


def _behind(name: str, **asked: Any) -> str:
    return f"{reverse(name)}?{urlencode({key: value for key, value in asked.items() if value not in (None, '')})}"
