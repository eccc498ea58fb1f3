"""A region's payment by DRG: what went in (by hash), who approved it, what came out, what hospitals say to it.

No row holds who a stay belongs to: tables of stays are stored only after their identities became pseudonyms.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from guatu.web.base.language import language
from guatu.web.base.models import Attachment, Job, User, Versioned
from guatu.web.directory.models import Unit

HEX = 64


class Made(models.Model):
    """By whom, and when."""

    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        abstract = True


class RegionYear(Versioned, Made):
    """A year of a region. Hospitals see the run that is published and no other."""

    region = models.CharField(_("统筹地区"), max_length=60)
    year = models.PositiveSmallIntegerField(_("年度"))
    published = models.ForeignKey(
        "Run", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("已公布的结果")
    )

    class Meta:
        verbose_name = _("DRG 年度")
        constraints: ClassVar = [models.UniqueConstraint(fields=["region", "year"], name="one_drg_year")]

    def __str__(self) -> str:
        return f"{self.region} {self.year}"


class Hospital(Versioned):
    """A hospital by the code of the tables; its unit says who may see its rows."""

    code = models.CharField(_("医院代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=120, blank=True)
    unit = models.ForeignKey(
        Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="drg_hospitals", verbose_name=_("机构")
    )

    class Meta:
        verbose_name = _("医院")

    def __str__(self) -> str:
        return f"{self.code} {self.name}".rstrip()


class Table(Made):
    """An uploaded table as it was stored: of stays only with pseudonyms. The newest of a kind is the one in use."""

    class Kind(models.TextChoices):
        HISTORY = "history", _("历史病例")
        STAYS = "stays", _("本年病例")
        HOSPITALS = "hospitals", _("医院表")
        REVIEWS = "reviews", _("特病单议")
        SCHEME = "scheme", _("分组方案")

    region_year = models.ForeignKey(RegionYear, on_delete=models.CASCADE, related_name="tables")
    kind = models.CharField(_("种类"), max_length=10, choices=Kind)
    file = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")
    rows = models.PositiveIntegerField(_("行数"), default=0)
    grouped = models.BooleanField(_("已分组"), default=False)
    dropped = models.PositiveSmallIntegerField(_("去掉的列"), default=0)
    masked = models.PositiveIntegerField(_("遮去的格"), default=0)
    bad_lines = models.PositiveIntegerField(_("未读入的行"), default=0)
    title = models.CharField(_("名称"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("DRG 数据表")
        indexes: ClassVar = [models.Index(fields=["region_year", "kind", "-id"])]


class Parameters(Made):
    """A set of parameters as it was uploaded; `digest` is of what is approved."""

    region_year = models.ForeignKey(RegionYear, on_delete=models.CASCADE, related_name="parameter_sets")
    version = models.CharField(_("版本"), max_length=120)
    text = models.TextField()
    digest = models.CharField(_("指纹"), max_length=HEX)

    class Meta:
        verbose_name = _("DRG 参数")


class Approval(models.Model):
    """One person approves exactly what they saw."""

    parameters = models.ForeignKey(Parameters, on_delete=models.CASCADE, related_name="approvals")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    on = models.DateField(_("日期"))
    digest = models.CharField(_("指纹"), max_length=HEX)

    class Meta:
        verbose_name = _("参数批准")
        constraints: ClassVar = [models.UniqueConstraint(fields=["parameters", "user"], name="one_approval_each")]


class Computation(Made):
    """Background work on stored inputs, and how far it is."""

    class State(models.TextChoices):
        RUNNING = "running", _("计算中")
        DONE = "done", _("完成")
        FAILED = "failed", _("未完成")

    state = models.CharField(_("状态"), max_length=8, choices=State, default=State.RUNNING)
    failure = models.JSONField(default=list)
    """What was wrong, as pairs of Chinese and English."""
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        abstract = True

    @property
    def reasons(self) -> list[str]:
        """What was wrong, in the reader's language."""
        return [pair[language() == "en"] for pair in self.failure]


class Run(Computation):
    """Grouping, weighing and settling of a year from named inputs."""

    region_year = models.ForeignKey(RegionYear, on_delete=models.CASCADE, related_name="runs")
    number = models.PositiveIntegerField(_("序号"))
    parameters = models.ForeignKey(Parameters, on_delete=models.PROTECT, related_name="runs")
    history = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    stays = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    hospitals = models.ForeignKey(Table, on_delete=models.PROTECT, related_name="+")
    reviews = models.ForeignKey(Table, null=True, on_delete=models.PROTECT, related_name="+")
    scheme = models.ForeignKey(Table, null=True, on_delete=models.PROTECT, related_name="+")
    summary = models.JSONField(default=dict)
    """Figures of the region: point value, pool, counts of problems."""

    class Meta:
        verbose_name = _("DRG 计算")
        constraints: ClassVar = [models.UniqueConstraint(fields=["region_year", "number"], name="one_run_number")]


class RunFile(models.Model):
    """An output of a run."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="files")
    name = models.CharField(max_length=40)
    file = models.ForeignKey(Attachment, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("DRG 结果文件")
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "name"], name="one_run_file")]


class Result(models.Model):
    """What a run says of a hospital: each figure with its reason, in both languages."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="results")
    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="results")
    level = models.CharField(_("等级"), max_length=20, blank=True)
    cases = models.PositiveIntegerField(_("病例数"))
    figures = models.JSONField()

    class Meta:
        verbose_name = _("医院结果")
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "hospital"], name="one_result_each")]


class Simulation(Computation):
    """A run again with other parameters, beside what it was."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="simulations")
    changes = models.JSONField()
    """As typed: name=value."""
    outcome = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("DRG 试算")


class Round(Made):
    """A published run and the time in which hospitals object to it."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField(_("轮次"))
    until = models.DateField(_("异议截止"))
    answer_days = models.PositiveSmallIntegerField(_("答复期限(工作日)"))

    class Meta:
        verbose_name = _("协商轮次")


class Objection(Versioned, Made):
    """A hospital's objection; its text names no patient."""

    class Subject(models.TextChoices):
        STAY = "stay", _("病例")
        GROUP = "group", _("病组")
        COEFFICIENT = "coefficient", _("系数")
        PARAMETER = "parameter", _("参数")

    class State(models.TextChoices):
        RAISED = "raised", _("待答复")
        ACCEPTED = "accepted", _("采纳")
        REJECTED = "rejected", _("不采纳")
        WITHDRAWN = "withdrawn", _("已撤回")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="objections")
    hospital = models.ForeignKey(Hospital, on_delete=models.PROTECT, related_name="objections")
    subject = models.CharField(_("对象"), max_length=12, choices=Subject)
    about = models.CharField(_("编号"), max_length=60)
    text = models.TextField(_("理由"))
    wanted = models.CharField(_("请求"), max_length=200, blank=True)
    raised = models.DateField(_("提出日期"))
    deadline = models.DateField(_("答复期限"))
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.RAISED)
    reply = models.TextField(_("答复"), blank=True)
    replied_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    settled = models.DateField(_("办结日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("异议")
