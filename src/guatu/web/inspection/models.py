"""Random inspection (双随机、一公开): what may be inspected, who inspects, draws, and what was found."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guatu.web.base.models import User, Versioned
from guatu.web.directory.models import Person, Unit


class Risk(models.TextChoices):
    HIGH = "high", pgettext_lazy("risk", "高风险")
    MEDIUM = "medium", pgettext_lazy("risk", "中风险")
    LOW = "low", pgettext_lazy("risk", "低风险")


class InspectionObject(Versioned):
    """An enterprise or institution on the list of objects. What has left the list stays, out of use."""

    code = models.CharField(_("对象编号"), max_length=40, unique=True)
    name = models.CharField(_("对象名称"), max_length=120)
    category = models.CharField(_("对象类别"), max_length=60, blank=True, db_index=True)
    risk = models.CharField(_("风险等级"), max_length=10, choices=Risk, default=Risk.MEDIUM)
    unit = models.ForeignKey(Unit, null=True, on_delete=models.PROTECT, related_name="inspection_objects")
    """The unit that it belongs to, whose own people do not inspect it."""
    address = models.CharField(_("地址"), max_length=200, blank=True)
    active = models.BooleanField(_("在用"), default=True)

    class Meta:
        verbose_name = _("检查对象")


class Inspector(Versioned):
    """A person who inspects for a unit, known to the public by the number of the certificate and the unit alone."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="inspector")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="inspectors")
    number = models.CharField(_("执法证号"), max_length=40, unique=True)
    away_from = models.DateField(_("请假起"), null=True)
    away_until = models.DateField(_("请假止"), null=True)
    """The last day away."""
    active = models.BooleanField(_("在用"), default=True)

    class Meta:
        verbose_name = _("检查人员")


class InspectorConflict(models.Model):
    """An inspector does not inspect an object; why is not published."""

    inspector = models.ForeignKey(Inspector, on_delete=models.CASCADE, related_name="conflicts")
    object = models.ForeignKey(InspectionObject, on_delete=models.CASCADE, related_name="conflicts")
    reason = models.CharField(_("原因"), max_length=200)

    class Meta:
        verbose_name = _("回避")
        constraints: ClassVar = [models.UniqueConstraint(fields=["inspector", "object"], name="one_conflict_a_pair")]


class Draw(Versioned):
    """A draw. The digest of its seed is public from the plan on, the lists once they are closed, the seed after
    the draw."""

    class State(models.TextChoices):
        PLANNED = "planned", _("已公布承诺")
        CLOSED = "closed", _("名单已锁定")
        DRAWN = "drawn", _("已抽取")

    title = models.CharField(_("抽查名称"), max_length=120)
    matter = models.CharField(_("抽查事项"), max_length=300)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="draws")
    category = models.CharField(_("对象类别"), max_length=60, blank=True)
    draw_on = models.DateField(_("抽取日期"))
    percent = models.JSONField(_("抽取比例"))
    """Per cent of the objects on the list by class of risk."""
    inspectors_each = models.PositiveSmallIntegerField(_("每个对象的检查人员数"), default=2)
    recent_days = models.PositiveIntegerField(_("多少天内查过的不再抽"), default=0)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PLANNED)
    seed = models.CharField(max_length=64)
    """Shown nowhere before the draw."""
    commitment = models.CharField(_("随机种子的 SHA-256"), max_length=64)
    planned_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    inputs = models.JSONField(null=True)
    """The lists as they were when they were closed."""
    inputs_digest = models.CharField(_("名单的 SHA-256"), max_length=64, blank=True)
    drawn_at = models.DateTimeField(null=True)
    findings = models.JSONField(default=list)
    """(Chinese, English) of what the draw had to say."""

    class Meta:
        verbose_name = _("抽查")


class DrawExclusion(models.Model):
    """An object that is left out of one draw, with the reason, which is published."""

    draw = models.ForeignKey(Draw, on_delete=models.CASCADE, related_name="exclusions")
    object = models.ForeignKey(InspectionObject, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("原因"), max_length=200)

    class Meta:
        verbose_name = _("排除的对象")
        constraints: ClassVar = [models.UniqueConstraint(fields=["draw", "object"], name="one_exclusion_an_object")]


class DrawnObject(Versioned):
    """An object that was drawn, its inspectors, and what they found."""

    class Result(models.TextChoices):
        PENDING = "", _("待检查")
        NONE = "none", _("未发现问题")
        CORRECTED = "corrected", _("发现问题已责令改正")
        FOLLOW = "follow", _("发现问题待后续处理")
        REFUSED = "refused", _("不配合检查")
        GONE = "gone", _("通过登记的住所无法联系")
        CLOSED = "closed", _("已停业或注销")

    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="drawn")
    object = models.ForeignKey(InspectionObject, on_delete=models.PROTECT, related_name="drawn")
    place = models.PositiveIntegerField(_("名次"))
    ticket = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    inspectors = models.ManyToManyField(Inspector, related_name="drawn")
    team = models.JSONField(default=list)
    """Numbers of the inspectors in the order in which they were taken."""
    result = models.CharField(_("检查结果"), max_length=12, choices=Result, blank=True)
    text = models.CharField(_("结果说明"), max_length=500, blank=True)
    inspected_on = models.DateField(_("检查日期"), null=True)
    entered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("抽中的对象")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["draw", "object"], name="one_place_an_object"),
            models.UniqueConstraint(fields=["draw", "place"], name="one_object_a_place"),
        ]
