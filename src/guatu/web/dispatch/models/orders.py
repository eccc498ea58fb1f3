"""Problems and supervision orders."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from guatu.web.base.models import Attachment, User, Versioned
from guatu.web.directory.models import Unit
from guatu.web.dispatch.models.lights import Light
from guatu.web.dispatch.models.reports import Report
from guatu.web.ledger.models import Plan, Task


class NumberSeries(models.Model):
    """The last number given in a year. Its row is locked while a number is taken, so that none is given twice
    or skipped."""

    name = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("文号")
        constraints: ClassVar = [models.UniqueConstraint(fields=["name", "year"], name="one_series_a_year")]


class Problem(Versioned):
    """A problem that stands in the way of a task."""

    class State(models.TextChoices):
        OPEN = "open", _("未解决")
        SOLVED = "solved", _("已解决")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="problem_list")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    report = models.ForeignKey(Report, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField(_("问题"))
    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.OPEN, db_index=True)
    due_on = models.DateField(_("解决时限"), null=True, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    solved_at = models.DateTimeField(null=True)
    solved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    solution = models.TextField(_("解决情况"), blank=True)

    class Meta:
        verbose_name = _("问题")


class Order(Versioned):
    """A supervision order (督办单): closed only when the evidence of its reply was accepted (销号)."""

    class State(models.TextChoices):
        ISSUED = "issued", _("已下达")
        REPLIED = "replied", _("已反馈")
        RETURNED = "returned", _("退回补充")
        CLOSED = "closed", _("已销号")
        WITHDRAWN = "withdrawn", _("已撤回")

    number = models.CharField(_("编号"), max_length=60, unique=True)
    year = models.PositiveSmallIntegerField()
    serial = models.PositiveIntegerField()
    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="orders")
    task = models.ForeignKey(Task, null=True, on_delete=models.CASCADE, related_name="orders")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="orders")
    light = models.ForeignKey(Light, null=True, on_delete=models.SET_NULL, related_name="+")
    problem = models.ForeignKey(Problem, null=True, on_delete=models.SET_NULL, related_name="orders")
    subject = models.CharField(_("督办事项"), max_length=200)
    text = models.TextField(_("督办要求"))
    issued_on = models.DateField(_("下达日期"))
    due_on = models.DateField(_("反馈时限"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.ISSUED, db_index=True)

    class Meta:
        verbose_name = _("督办单")
        constraints: ClassVar = [models.UniqueConstraint(fields=["year", "serial"], name="one_order_a_number")]
        indexes: ClassVar = [models.Index(fields=["unit", "state", "due_on"], name="orders_of_a_unit")]


class OrderEvent(models.Model):
    """The way of an order. Only grows."""

    class Verb(models.TextChoices):
        ISSUED = "issued", _("下达")
        REPLIED = "replied", _("反馈")
        RETURNED = "returned", _("退回")
        CLOSED = "closed", _("销号")
        WITHDRAWN = "withdrawn", _("撤回")

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    verb = models.CharField(max_length=10, choices=Verb)
    text = models.TextField(blank=True)
    due_on = models.DateField(null=True)
    """The day by which a reply was asked for from here on."""
    waiver = models.TextField(blank=True)
    """Why it was closed without evidence."""
    files = models.ManyToManyField(Attachment, blank=True)

    class Meta:
        verbose_name = _("督办单办理")
        ordering: ClassVar = ["id"]
