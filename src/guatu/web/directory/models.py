"""Units and places of the county, each with what it was called and to whom it belonged from when to when.

A unit or place is an identity that never changes; its versions say the rest. Ranges are `valid_from <= day < valid_to`.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from guatu.web.base.dated import Dated
from guatu.web.base.models import User, Versioned


class Place(Versioned):
    """An area: county, town, village. `code` is the 6-digit GB/T 2260 or the 12-digit statistical code."""

    code = models.CharField(_("区划代码"), max_length=12, unique=True)

    class Meta:
        verbose_name = _("区域")


class PlaceVersion(Dated):
    class Level(models.TextChoices):
        COUNTY = "county", _("县级")
        TOWN = "town", _("乡镇级")
        VILLAGE = "village", _("村级")
        GROUP = "group", _("村民小组")

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(_("名称"), max_length=120)
    level = models.CharField(_("级别"), max_length=10, choices=Level)
    parent = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="child_versions")
    boundary = models.JSONField(null=True, blank=True)
    """GeoJSON geometry in WGS 84 / CGCS2000 degrees."""

    class Meta:
        verbose_name = _("区域版本")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["place", "valid_from"], name="one_place_version_a_day")
        ]


class Unit(Versioned):
    """An office, a government, a company, a leading group."""

    code = models.CharField(_("单位编码"), max_length=40, unique=True)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)

    class Meta:
        verbose_name = _("单位")


class UnitVersion(Dated):
    class Line(models.TextChoices):
        LINE = "line", _("条(部门)")
        AREA = "area", _("块(乡镇街道)")

    class Category(models.TextChoices):
        COUNTY = "county", _("县委县政府")
        DEPARTMENT = "department", _("部门")
        TOWN = "town", _("乡镇街道")
        VILLAGE = "village", _("村(社区)")
        COMPANY = "company", _("企业")
        GROUP = "group", _("领导小组、专班")
        OTHER = "other", _("其他")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="versions")
    name = models.CharField(_("全称"), max_length=120)
    short_name = models.CharField(_("简称"), max_length=60, blank=True)
    line = models.CharField(_("条块"), max_length=6, choices=Line, default=Line.LINE)
    category = models.CharField(_("类别"), max_length=12, choices=Category, default=Category.DEPARTMENT)
    parent = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="child_versions")
    place = models.ForeignKey(Place, null=True, blank=True, on_delete=models.PROTECT, related_name="unit_versions")
    order = models.PositiveIntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = _("单位版本")
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "valid_from"], name="one_unit_version_a_day")]


class UnitAlias(models.Model):
    """Another way to write a unit (市自规局 for 市自然资源和规划局); a name that stands for several is kept once for each."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="aliases")
    text = models.CharField(_("别名"), max_length=120, db_index=True)

    class Meta:
        verbose_name = _("别名")
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "text"], name="alias_once_per_unit")]


class Reorganisation(models.Model):
    """One decision that changed units: a new name, a merger, a split, with the document that says so."""

    class Kind(models.TextChoices):
        RENAME = "rename", _("更名")
        MERGE = "merge", _("合并")
        SPLIT = "split", _("拆分")
        END = "end", _("撤销")

    kind = models.CharField(_("类型"), max_length=10, choices=Kind)
    day = models.DateField(_("生效日期"))
    basis = models.CharField(_("依据文件"), max_length=200, blank=True)
    at = models.DateTimeField()
    user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    handed_on = models.DateField(null=True)
    """The day on which what was in hand passed to the heirs; None while that is ahead."""

    class Meta:
        verbose_name = _("机构调整")


class Succession(models.Model):
    """In a reorganisation, whose tasks, people and villages went to whom; a renamed unit succeeds itself."""

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="successions")
    old = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="successors")
    new = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="predecessors")
    kinds = models.JSONField(default=list)
    """Which kinds of what the old unit had in hand went to the new one (directory.hooks.Holding)."""

    class Meta:
        verbose_name = _("承接关系")


class Person(Versioned):
    name = models.CharField(_("姓名"), max_length=60)
    phone = models.CharField(_("电话"), max_length=30, blank=True)
    user = models.OneToOneField(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="person")

    class Meta:
        verbose_name = _("人员")


class Post(Dated):
    """A person's post in a unit."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    title = models.CharField(_("职务"), max_length=60)

    class Meta:
        verbose_name = _("任职")


class RoleGrant(Dated):
    """A role that a user holds for a unit and all below it; without a unit, for the whole county."""

    class Role(models.TextChoices):
        ADMIN = "admin", _("系统管理员")
        LEADER = "leader", _("县领导")
        SUPERVISION = "supervision", _("督查室")
        LEAD = "lead", _("牵头单位")
        RESPONSIBLE = "responsible", pgettext_lazy("role", "责任单位")
        TOWN = "town", _("乡镇街道")
        VILLAGE = "village", _("村(社区)")
        AUDITOR = "auditor", _("审计")
        DESK = "desk", _("案件受理")
        COLLECTOR = "collector", _("采集核查")
        INSURER = "insurer", _("医保经办")
        HOSPITAL = "hospital", _("医疗机构")

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(_("角色"), max_length=12, choices=Role)
    unit = models.ForeignKey(Unit, null=True, blank=True, on_delete=models.PROTECT, related_name="grants")

    class Meta:
        verbose_name = _("授权")
