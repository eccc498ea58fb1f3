"""Plans, their tasks, who has them, their targets and deadlines. Every item keeps its place in the plan's text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from guatu.web.base.models import Attachment, Job, User, Versioned
from guatu.web.directory.models import Unit


class Plan(Versioned):
    """A plan over all its versions."""

    class State(models.TextChoices):
        DRAFT = "draft", _("待确认")
        CONFIRMED = "confirmed", _("执行中")
        CLOSED = "closed", _("已办结")

    title = models.CharField(_("方案名称"), max_length=300)
    doc_no = models.CharField(_("发文字号"), max_length=60, blank=True)
    issuer = models.CharField(_("发文机关"), max_length=120, blank=True)
    issued_on = models.DateField(_("印发日期"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT, db_index=True)
    created_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = _("方案")


class PlanVersion(Versioned):
    """One uploaded document of a plan, compiled."""

    class State(models.TextChoices):
        COMPILING = "compiling", _("编译中")
        FAILED = "failed", _("读取失败")
        REVIEW = "review", _("待校核")
        MERGE = "merge", _("待合并")
        CONFIRMED = "confirmed", _("已确认")
        REPLACED = "replaced", _("已被替换")
        WITHDRAWN = "withdrawn", _("未采用")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    file = models.ForeignKey(Attachment, null=True, on_delete=models.PROTECT, related_name="+")
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.COMPILING)
    failure = models.JSONField(null=True)
    """Why the file could not be read, as `zh` and `en`."""
    format = models.CharField(max_length=10, blank=True)
    text = models.TextField(blank=True)
    compiled = models.JSONField(null=True)
    """The compiler's output, schema guatu.plan/1, as it came; corrections are in the rows below, not here."""
    findings = models.JSONField(default=list)
    """What the reader (codes that begin with `read.`) and the compiler have to say of the text: code, severity, start,
    end, line, and the message as `zh` and `en`."""
    task_columns = models.JSONField(default=dict)
    """Table to the column that names its tasks, both counted from 0, where a person said so."""
    uploaded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("方案版本")
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number")]


def numbering(annex: str, path: Sequence[str]) -> str:
    return " ".join(part for part in (annex, "".join(path)) if part)


class Task(Versioned):
    """A task of a plan; it lives through the versions of the plan."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待确认")
        OPEN = "open", _("推进中")
        DONE = "done", _("已销号")
        DROPPED = "dropped", _("已撤销")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="tasks")
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="tasks")
    """The version whose text `start` and `end` count in."""
    compiled_id = models.CharField(max_length=20, blank=True)
    annex = models.CharField(_("附件"), max_length=20, blank=True)
    path = models.JSONField(default=list)
    title = models.CharField(_("任务"), max_length=300)
    content = models.TextField(_("内容"), blank=True)
    domain = models.CharField(_("领域"), max_length=120, blank=True, db_index=True)
    """Title of the section or annex it stands in."""
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    order = models.PositiveIntegerField(default=0)
    due = models.DateField(_("完成时限"), null=True, blank=True, db_index=True)
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.PROPOSED, db_index=True)
    corrected = models.BooleanField(default=False)
    waiver = models.CharField(_("无责任单位的说明"), max_length=200, blank=True)
    """Why nobody leads or is responsible; without it and without a unit the plan is not confirmed."""
    dropped_reason = models.CharField(_("撤销原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("任务")
        ordering: ClassVar = ["plan_id", "order", "id"]

    @property
    def number(self) -> str:
        """The numbering as it is read out: 附件1 二(一)3."""
        return numbering(self.annex, self.path)


class Duty(models.Model):
    class Role(models.TextChoices):
        LEAD = "lead", _("牵头")
        RESPONSIBLE = "responsible", _("责任")
        SUPPORT = "support", _("配合")

    class Unlinked(models.TextChoices):
        VAGUE = "vague", _("泛称,不对应具体单位")
        OUTSIDE = "outside", _("不在本县机构目录中")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="duties")
    role = models.CharField(_("角色"), max_length=12, choices=Role)
    text = models.CharField(_("方案中的写法"), max_length=120)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="duties")
    """None until the name is linked; 各镇 becomes one row for each town, with the same text."""
    unlinked = models.CharField(_("不挂接的原因"), max_length=8, choices=Unlinked, blank=True)
    """Why the name stays without a unit; empty where it waits to be linked."""
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("分工")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["task", "role", "text", "unit"], name="duty_once"),
            # SQLite knows no constraint in which nulls are equal.
            models.UniqueConstraint(
                fields=["task", "role", "text"], condition=models.Q(unit=None), name="duty_without_unit_once"
            ),
        ]


class Target(Versioned):
    """A quantified goal and the course that leads to it."""

    class Direction(models.TextChoices):
        UP = "up", _("越高越好")
        DOWN = "down", _("越低越好")
        REACH = "reach", _("达到即可")
        HOLD = "hold", _("保持")

    class Kind(models.TextChoices):
        CUMULATIVE = "cumulative", _("累计完成量")
        LEVEL = "level", _("水平值")

    class Bound(models.TextChoices):
        FLOOR = "floor", _("不得低于")
        CEILING = "ceiling", _("不得高于")
        BAND = "band", _("不得偏离")

    class Sense(models.TextChoices):
        TO = "to", _("达到该数")
        BY = "by", _("在基数上增减该数")
        BY_SHARE = "by-share", _("在基数上增减该比例")

    class Reported(models.TextChoices):
        TOTAL = "total", _("报累计数")
        PERIOD = "period", _("报当期数")

    class Course(models.TextChoices):
        LINEAR = "linear", _("匀速")
        S = "s", _("先慢后快再慢")
        OWN = "own", _("自定")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="targets")
    task = models.ForeignKey(Task, null=True, blank=True, on_delete=models.CASCADE, related_name="targets")
    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="targets")
    compiled_id = models.CharField(max_length=20, blank=True)
    metric = models.CharField(_("指标"), max_length=200)
    scope = models.CharField(_("范围"), max_length=120, blank=True)
    op = models.CharField(_("要求"), max_length=6)
    value = models.DecimalField(_("目标值"), max_digits=20, decimal_places=6)
    value_max = models.DecimalField(_("上限"), max_digits=20, decimal_places=6, null=True, blank=True)
    unit_text = models.CharField(_("单位"), max_length=40, blank=True)
    due = models.DateField(_("时限"), null=True, blank=True)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    direction = models.CharField(_("方向"), max_length=6, choices=Direction, default=Direction.UP)
    kind = models.CharField(_("口径"), max_length=12, choices=Kind, default=Kind.CUMULATIVE)
    bound = models.CharField(_("界限"), max_length=8, choices=Bound, default=Bound.FLOOR)
    change = models.CharField(_("数值含义"), max_length=8, choices=Sense, default=Sense.TO)
    striving = models.BooleanField(_("力争"), default=False)
    reported = models.CharField(_("填报方式"), max_length=6, choices=Reported, default=Reported.TOTAL)
    tolerance = models.DecimalField(_("允许偏差"), max_digits=20, decimal_places=6, default=0)
    course = models.CharField(_("进度曲线"), max_length=8, choices=Course, default=Course.LINEAR)
    base_value = models.DecimalField(_("基数"), max_digits=20, decimal_places=6, null=True, blank=True)
    """None where it is not known; a sum then starts from 0, a level has no course until it is entered."""
    base_date = models.DateField(_("起始日期"), null=True, blank=True)
    tracked = models.BooleanField(_("纳入调度"), default=True)
    dropped = models.BooleanField(_("已取消"), default=False)
    """Kept because figures may have been reported of it; never tracked."""
    corrected = models.BooleanField(default=False)
    shares_kept = models.CharField(_("保留原分解的说明"), max_length=200, blank=True)
    """Why shares that do not make the target stay as they are; empty where that is to be answered."""

    class Meta:
        verbose_name = _("指标")
        ordering: ClassVar = ["plan_id", "start", "id"]


class TargetStep(models.Model):
    """The figure a target's own course asks for at the end of a period."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="steps")
    on = models.DateField()
    value = models.DecimalField(max_digits=20, decimal_places=6)

    class Meta:
        verbose_name = _("指标进度")
        constraints: ClassVar = [models.UniqueConstraint(fields=["target", "on"], name="one_step_a_day")]


class Allocation(models.Model):
    """A unit's share of a target; the shares of a cumulative target sum to it."""

    target = models.ForeignKey(Target, on_delete=models.CASCADE, related_name="allocations")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="+")
    value = models.DecimalField(max_digits=20, decimal_places=6)

    class Meta:
        verbose_name = _("分解任务")
        constraints: ClassVar = [models.UniqueConstraint(fields=["target", "unit"], name="one_share_a_unit")]


class Milestone(Versioned):
    """A step of a task, counted back from its deadline over working days."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("节点"), max_length=200)
    days = models.PositiveIntegerField(_("工作日"), default=1)
    order = models.PositiveIntegerField(default=0)
    planned_start = models.DateField(null=True, blank=True)
    planned_end = models.DateField(null=True, blank=True)
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    after = models.ManyToManyField("self", symmetrical=False, related_name="followed_by", blank=True)

    class Meta:
        verbose_name = _("节点")
