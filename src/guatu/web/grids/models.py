"""Grids with the borders they had from when to when, who works in them, their monthly rating, and computed partitions.

A grid is an identity; its versions say the rest, `valid_from <= day < valid_to`. A border that is redrawn ends one
version and begins another, so that a day in the past keeps the grids that it had.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from guatu.web.base.dated import Dated
from guatu.web.base.models import Job, User, Versioned
from guatu.web.directory.models import Place, Unit


class Grid(Versioned):
    class Kind(models.TextChoices):
        UNIT = "unit", _("单元网格")
        DUTY = "duty", _("责任网格")
        LARGE = "large", _("大网格")

    code = models.CharField(_("网格编号"), max_length=40, unique=True)
    kind = models.CharField(_("网格类型"), max_length=6, choices=Kind, default=Kind.DUTY)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="grids", verbose_name=_("乡镇街道"))

    class Meta:
        verbose_name = _("网格")

    def __str__(self) -> str:
        return self.code


class GridChange(models.Model):
    """One act by which versions end and begin, such as a split, on its day."""

    class Kind(models.TextChoices):
        DRAW = "draw", _("绘制")
        EDIT = "edit", _("调整")
        SPLIT = "split", _("拆分")
        MERGE = "merge", _("合并")
        IMPORT = "import", _("导入")
        PARTITION = "partition", _("计算划分")
        UNDO = "undo", _("撤回变更")

    kind = models.CharField(_("变更"), max_length=10, choices=Kind)
    day = models.DateField(_("生效日期"))
    basis = models.CharField(_("依据文件"), max_length=200, blank=True)
    at = models.DateTimeField()
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")

    class Meta:
        verbose_name = _("网格变更")


class GridVersion(Dated):
    grid = models.ForeignKey(Grid, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(_("名称"), max_length=60)
    boundary = models.JSONField(_("边界"))
    """GeoJSON geometry in degrees of WGS 84 / CGCS2000."""
    residents = models.PositiveIntegerField(_("居民数"), default=0)
    village = models.ForeignKey(
        Place, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("村(社区)")
    )
    large = models.ForeignKey(
        Grid, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("所属大网格")
    )
    begun_by = models.ForeignKey(GridChange, on_delete=models.PROTECT, related_name="begun")
    ended_by = models.ForeignKey(GridChange, null=True, on_delete=models.PROTECT, related_name="ended")

    class Meta:
        verbose_name = _("网格版本")
        constraints: ClassVar = [models.UniqueConstraint(fields=["grid", "valid_from"], name="one_grid_version_a_day")]
        indexes: ClassVar = [models.Index(fields=["valid_from", "valid_to"])]


class FixedBorder(Versioned, Dated):
    """A line that no duty grid reaches over: a river, a railway, the border of a village."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="fixed_borders")
    name = models.CharField(_("名称"), max_length=60)
    line = models.JSONField()
    """GeoJSON LineString in degrees."""

    class Meta:
        verbose_name = _("固定边界")


class Service(Versioned):
    """One person in one post of one grid from `since` to `until`, both included; `replaces` is who left it to them."""

    class Post(models.TextChoices):
        HEAD = "head", _("网格长")
        MEMBER = "member", _("网格员")

    grid = models.ForeignKey(Grid, on_delete=models.PROTECT, related_name="services")
    post = models.CharField(_("岗位"), max_length=6, choices=Post)
    person = models.CharField(_("姓名"), max_length=60)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    since = models.DateField(_("任职日期"))
    until = models.DateField(_("离任日期"), null=True, blank=True)
    replaces = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="replaced_by")

    class Meta:
        verbose_name = _("网格任职")


class RatingRun(Versioned):
    """The rating of all duty grids for a month. Published, it is locked."""

    class State(models.TextChoices):
        DRAFT = "draft", _("草稿")
        PUBLISHED = "published", _("已公布")

    month = models.DateField(_("月份"), unique=True)
    """The first day of the month."""
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.DRAFT)
    rules = models.TextField()
    """The rules as they were, TOML."""
    computed_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("网格评级")


class GridRating(models.Model):
    """A grid's light of a month with its reason."""

    run = models.ForeignKey(RatingRun, on_delete=models.CASCADE, related_name="ratings")
    version = models.ForeignKey(GridVersion, on_delete=models.PROTECT, related_name="+")
    colour = models.CharField(_("评级"), max_length=6, blank=True)
    """Empty where there is none."""
    rating = models.JSONField()
    """Explained, as JSON; so are the figures of `figures`."""
    figures = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("网格月评")
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "version"], name="one_rating_a_grid")]


class StaffPay(models.Model):
    """What one person gets for the month, with its reason."""

    rating = models.ForeignKey(GridRating, on_delete=models.CASCADE, related_name="pays")
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField(_("在岗天数"))
    fen = models.BigIntegerField(_("补助(分)"), null=True)
    pay = models.JSONField()

    class Meta:
        verbose_name = _("网格员补助")
        constraints: ClassVar = [models.UniqueConstraint(fields=["rating", "service"], name="one_pay_a_service")]


class Partition(Versioned):
    """A town's residential units, and the grids that were computed of them as a proposal."""

    class State(models.TextChoices):
        RUNNING = "running", _("计算中")
        DONE = "done", _("待采纳")
        FAILED = "failed", _("未完成")
        ACCEPTED = "accepted", _("已采纳")
        DISCARDED = "discarded", _("已放弃")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="partitions")
    cap = models.PositiveIntegerField(_("每格人数上限"), default=3000)
    large = models.PositiveSmallIntegerField(_("大网格数"), default=4)
    seed = models.CharField(_("随机种子"), max_length=40)
    units = models.JSONField()
    """Residential units: key, residents and GeoJSON geometry."""
    fixed = models.JSONField(default=list)
    """Fixed borders as they were: name and GeoJSON line."""
    state = models.CharField(_("状态"), max_length=10, choices=State, default=State.RUNNING)
    outcome = models.JSONField(default=dict)
    """Grids, their balance and that of the greedy baseline, findings in both languages."""
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    accepted_as = models.OneToOneField(GridChange, null=True, on_delete=models.PROTECT, related_name="partition")

    class Meta:
        verbose_name = _("网格划分")
