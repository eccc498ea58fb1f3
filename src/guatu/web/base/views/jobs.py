"""Background jobs of the whole server, for administrators; and the day on which the hourly run may go on."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from guatu.web.base.actions import perform
from guatu.web.base.actions.confirm_clock import ConfirmClock
from guatu.web.base.actions.try_job_again import TryJobAgain
from guatu.web.base.asking import actor_of, login_required
from guatu.web.base.jobs import waits_for_clock, words_of
from guatu.web.base.methods import require_POST
from guatu.web.base.middleware import context_of
from guatu.web.base.models import Job
from guatu.web.base.parsing import day_of
from guatu.web.base.problems import Denied, Invalid

PER_PAGE = 50


@login_required
def job_list(request: HttpRequest) -> HttpResponse:
    """Failed ones first asked for: `?state=failed` is what the menu shows."""
    if not actor_of(request).may("job.edit"):
        raise Denied(_("您没有查看这个页面的权限,请联系本县系统管理员。"))
    state = request.GET.get("state", Job.State.FAILED)
    jobs = Job.objects.select_related("created_by").defer("payload", "result").order_by("-id")
    if state in Job.State.values:
        jobs = jobs.filter(state=state)
    page = Paginator(jobs, PER_PAGE).get_page(request.GET.get("page"))
    rows = [(job, words_of(job.kind), waits_for_clock(job)) for job in page]
    return render(
        request, "base/job_list.html", {"page": page, "rows": rows, "state": state, "states": Job.State.choices}
    )


@login_required
@require_POST
def job_again(request: HttpRequest, pk: int) -> HttpResponse:
    perform(TryJobAgain(pk), context_of(request))
    messages.success(request, _("已重新排队,很快会再次执行。"))
    return redirect("job_list")


@login_required
@require_POST
def clock_confirm(request: HttpRequest) -> HttpResponse:
    day = day_of(request.POST.get("day"))
    if day is None:
        raise Invalid(_("请填写今天的日期。"), field="day")
    perform(ConfirmClock(day), context_of(request))
    messages.success(request, _("已确认今天是 %(day)s,自动运行即将开始。") % {"day": day.isoformat()})
    return redirect("home")
