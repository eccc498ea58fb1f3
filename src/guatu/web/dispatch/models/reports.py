"""Periods and the reports of units in them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from guatu.web.base.models import Attachment, User, Versioned
from guatu.web.directory.models import Unit
from guatu.web.ledger.models import Plan, Target, Task


class PeriodRule(Versioned):
    """When units report: each month, by the 5th of the next; the fields are those of core.calendar's period rule."""

    class Every(models.TextChoices):
        MONTH = "month", _("每月")
        QUARTER = "quarter", _("每季度")
        HALF_YEAR = "half-year", _("每半年")
        YEAR = "year", _("每年")
        ONCE = "once", _("一次")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="period_rules")
    name = models.CharField(_("名称"), max_length=80)
    every = models.CharField(_("频率"), max_length=10, choices=Every, default=Every.MONTH)
    due_day = models.PositiveSmallIntegerField(_("次期第几日前"), default=5)
    opens_before = models.PositiveSmallIntegerField(_("期末前几日开放"), default=5)
    closes_after = models.PositiveSmallIntegerField(_("截止后几日关闭"), null=True, blank=True, default=20)
    """Days after the due day on which reporting ends; None leaves it open until somebody closes it."""
    roll = models.BooleanField(_("遇节假日顺延"), default=True)
    starts_on = models.DateField(_("起始"))
    ends_on = models.DateField(_("结束"), null=True, blank=True)

    class Meta:
        verbose_name = _("填报规则")


class Period(models.Model):
    class State(models.TextChoices):
        OPEN = "open", _("填报中")
        CLOSED = "closed", _("已关闭")

    rule = models.ForeignKey(PeriodRule, on_delete=models.CASCADE, related_name="periods")
    key = models.CharField(_("期次"), max_length=10)
    starts_on = models.DateField()
    ends_on = models.DateField()
    due_on = models.DateField(_("截止"))
    closes_on = models.DateField(_("关闭"), null=True)
    """Last day on which a late report is taken; None until it is closed by hand."""
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.OPEN, db_index=True)
    closed_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    """The moment of closing; what was published since then rests on it."""
    closed_run = models.CharField(max_length=40, blank=True, default="")
    """The hourly run that closed it; empty where a person did."""

    class Meta:
        verbose_name = _("期次")
        constraints: ClassVar = [models.UniqueConstraint(fields=["rule", "key"], name="one_period_a_key")]


class Report(Versioned):
    """What one unit says of one task in one period."""

    OUT = "out"

    class State(models.TextChoices):
        DUE = "due", _("待填报")
        DRAFT = "draft", _("草稿")
        SUBMITTED = "submitted", _("待审核")
        RETURNED = "returned", _("已退回")
        ACCEPTED = "accepted", _("已审核")
        LOCKED = "locked", _("已锁定")

    period = models.ForeignKey(Period, on_delete=models.CASCADE, related_name="reports")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="reports")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reports")
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DUE, db_index=True)
    level = models.PositiveSmallIntegerField(_("审核级次"), default=0)
    """How many levels of review it has passed."""
    progress = models.TextField(_("进展"), blank=True)
    problems = models.TextField(_("问题"), blank=True)
    next_step = models.TextField(_("下步打算"), blank=True)
    done = models.BooleanField(_("申请销号"), default=False)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    sealed = models.CharField(max_length=10, blank=True, default="")
    """Its state when the period was closed, `OUT` where its task stood no more; "" while the period is open.

    A report that waited for review then may still be decided on: its `state` says so, and counts from the next open
    period on, while the closed one goes by this.
    """
    typed = models.JSONField(default=dict, blank=True)
    """What was typed for a target and is no number yet, by the target's id: a draft loses nothing."""

    @property
    def then(self) -> str:
        """The state in which its period shows it."""
        return self.sealed or self.state

    @property
    def then_label(self) -> str:
        return str(self.State(self.then).label) if self.then != self.OUT else ""

    class Meta:
        verbose_name = _("填报")
        constraints: ClassVar = [models.UniqueConstraint(fields=["period", "task", "unit"], name="one_report_a_period")]
        # The earlier reports of one unit on one task are asked for with every report that is handed in.
        indexes: ClassVar = [models.Index(fields=["task", "unit"], name="report_task_unit")]


class Figure(models.Model):
    """A reported value of a target; `value` is None where the unit had none, with the reason in `note`."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="figures")
    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="figures")
    value = models.DecimalField(max_digits=20, decimal_places=6, null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("填报数")
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "target"], name="one_figure_a_target")]


class Evidence(models.Model):
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="evidence")
    file = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    caption = models.CharField(max_length=200, blank=True)
    repeated = False
    """Whether it was there already when it was handed in; no column."""

    class Meta:
        verbose_name = _("佐证材料")
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "file"], name="evidence_once_per_report")]


class ReportEvent(models.Model):
    """The way of a report. Only grows; what was handed in stands in `content`, whatever is written over it later."""

    class Verb(models.TextChoices):
        SAVED = "saved", _("保存")
        SUBMITTED = "submitted", _("提交")
        RETURNED = "returned", _("退回")
        PASSED = "passed", _("初审通过")
        ACCEPTED = "accepted", _("通过")
        LOCKED = "locked", _("锁定")
        REOPENED = "reopened", _("解锁")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=10, choices=Verb)
    reason = models.TextField(blank=True)
    content = models.JSONField(null=True)
    instance = models.CharField(max_length=80, blank=True, db_index=True)
    """Id that a form was given when it was opened: sent twice, with or without a network between, it is one report."""

    class Meta:
        verbose_name = _("填报经过")
