"""What the actions on reports share: finding the row, and whether it may be written now."""

from __future__ import annotations

from django.utils.translation import gettext as _

from guatu.web.base.prepared import Prepared
from guatu.web.base.problems import NotNow, standing
from guatu.web.dispatch.models import Period, Report

_WITH_ALL = Report.objects.select_related("period__rule", "task__plan")
_report: Prepared[Report] = Prepared(lambda pk: _WITH_ALL.filter(pk=pk), pk=int)
EDITABLE = (Report.State.DUE, Report.State.DRAFT, Report.State.RETURNED)


def known_report(pk: int, *, lock: bool = False) -> Report:
    """The row with its period and task, or a problem that a person understands."""
    return standing(
        _WITH_ALL.select_for_update(of=("self",)).filter(pk=pk).first() if lock else _report.first(pk=pk),
        _("这份填报已不存在,请刷新页面。"),
    )


def writable(report: Report) -> None:
    """Raises `NotNow` where the unit may not write the report."""
    if report.period.state == Period.State.CLOSED:
        raise NotNow(_("本期已关闭,不能再填报。确需补报的,请联系督查部门重新开放。"), code="period.closed")
    if report.state not in EDITABLE:
        raise NotNow(_("这一期已经提交,不能再改。需要修改时,请审核人先退回。"), code="report.handed-in")
