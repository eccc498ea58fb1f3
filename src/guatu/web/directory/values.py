"""What a unit or place is from a day on, and the rules that it must keep.

Checks return every problem with its field; an action raises the first, an import lists all.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Annotated, Any

from django.utils.translation import gettext_lazy as _

from guatu.core.fields import normal
from guatu.core.fields.geometry import Spatial
from guatu.core.kernel.codes import check_credit_code, check_division_code, check_statistical_code, division_level
from guatu.core.kernel.row_finding import RowFinding
from guatu.core.link.forest import Forest
from guatu.web.base.language import language
from guatu.web.base.problems import Invalid, Problem
from guatu.web.directory.boundaries import Boundary
from guatu.web.directory.models import PlaceVersion, UnitVersion
from guatu.web.directory.references import NamedPlace, NamedUnit
from guatu.web.directory.world import World
from guatu.web.kit.kinds import Choice, Code, Text, Whole
from guatu.web.kit.record import of_row, stored

_AREA = Spatial(shapes=("Polygon", "MultiPolygon"))
_LEGAL = _("法定名称")
_SHAPES = _("Polygon 或 MultiPolygon,经纬度(CGCS2000 或 WGS 84)。不选文件则不变。")
CREDIT_CODE = Code(label=_("统一社会信用代码"), longest=18, hint=_("18 位。"), width=22)
UNIT_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.\-]{0,39}")


@dataclass(frozen=True)
class UnitValues:
    """The fields of a unit that hold from a day on."""

    name: Annotated[
        str, Text(label=_("全称"), required=True, longest=120, width=30, hint=_LEGAL, example="青禾县水利局")
    ]
    short_name: Annotated[str, Text(label=_("简称"), longest=60, example="县水利局")] = ""
    line: Annotated[str, Choice(label=_("条块"), required=True, choices=UnitVersion.Line.choices)] = "line"
    category: Annotated[str, Choice(label=_("类别"), required=True, choices=UnitVersion.Category.choices)] = (
        "department"
    )
    parent_id: Annotated[int | None, NamedUnit(label=_("上级单位"), hint=_("填名称或编码,不填为最上级。"))] = None
    place_id: Annotated[int | None, NamedPlace(label=_("所在区域"), hint=_("填名称或区划代码。"))] = None
    order: Annotated[int, Whole(label=_("排序"), hint=_("小的在前"), width=8)] = 0

    def __post_init__(self) -> None:
        _name_as_kept(self)

    def as_fields(self) -> dict[str, Any]:
        return stored(self)

    def problems(self, unit_id: int | None, day: datetime.date, world: World) -> Iterator[Problem]:
        yield from _name_problems(self.name, "name", 120)
        if len(self.short_name) > 60:
            yield Invalid(_("简称不能超过 60 个字。"), field="short_name")
        if self.line not in UnitVersion.Line.values:
            yield Invalid(_("条块应为条或块。"), field="line")
        if self.category not in UnitVersion.Category.values:
            yield Invalid(_("没有这种单位类别。"), field="category")
        if not 0 <= self.order <= 1_000_000:
            yield Invalid(_("排序应为 0 到 1000000 的整数。"), field="order")
        yield from _parent_problems(world.units, unit_id, self.parent_id, self.name, day)
        if self.place_id is not None and world.places.at(self.place_id, day) is None:
            yield Invalid(_("所在区域在 %(day)s 还不存在或已撤销。") % {"day": day.isoformat()}, field="place_id")


@dataclass(frozen=True)
class PlaceValues:
    """The fields of a place that hold from a day on; `boundary` is GeoJSON geometry or None."""

    name: Annotated[str, Text(label=_("名称"), required=True, longest=120, width=24, example="临溪镇")]
    level: Annotated[str, Choice(label=_("级别"), required=True, choices=PlaceVersion.Level.choices, width=12)] = "town"
    parent_id: Annotated[int | None, NamedPlace(label=_("上级区域"), hint=_("填名称或区划代码,不填为最上级。"))] = None
    boundary: Annotated[dict[str, Any] | None, Boundary(label=_("边界(GeoJSON 文件)"), hint=_SHAPES)] = None

    def __post_init__(self) -> None:
        _name_as_kept(self)

    def as_fields(self) -> dict[str, Any]:
        return stored(self)

    def problems(self, place_id: int | None, day: datetime.date, world: World) -> Iterator[Problem]:
        yield from _name_problems(self.name, "name", 120)
        if self.level not in PlaceVersion.Level.values:
            yield Invalid(_("没有这种区域级别。"), field="level")
        yield from _parent_problems(world.places, place_id, self.parent_id, self.name, day)
        if self.boundary is not None and _AREA.read(self.boundary).error is not None:
            yield Invalid(_("边界应为 GeoJSON 的 Polygon 或 MultiPolygon,坐标为经纬度。"), field="boundary")


def unit_values(version: UnitVersion) -> UnitValues:
    return of_row(UnitValues, version)


def place_values(version: PlaceVersion) -> PlaceValues:
    return of_row(PlaceValues, version)


def said(finding: RowFinding | None, field: str) -> Iterator[Problem]:
    """A finding of the core as a problem, in the language of the moment."""
    if finding is not None:
        yield Invalid(finding.message(language()), field=field, code=finding.code)


def unit_code_problems(code: str, world: World) -> Iterator[Problem]:
    if not UNIT_CODE.fullmatch(code):
        yield Invalid(_("单位编码应为 1 到 40 位字母、数字、点、横线或下划线。"), field="code")
    elif code in world.unit_codes:
        yield Invalid(_("单位编码“%(code)s”已被使用,请换一个。") % {"code": code}, field="code", code="code.taken")


def credit_code_problems(code: str, unit_id: int | None, world: World) -> Iterator[Problem]:
    if not code:
        return
    yield from said(check_credit_code(code), "credit_code")
    if world.credit_codes.get(code, unit_id) != unit_id:
        yield Invalid(_("统一社会信用代码“%(code)s”已用于另一个单位。") % {"code": code}, field="credit_code")


def place_code_problems(code: str, level: str, world: World) -> Iterator[Problem]:
    """A new place's code: GB/T 2260 for a county, twelve digits below it; groups of villagers have codes of
    their own."""
    if code in world.place_codes:
        yield Invalid(_("区划代码“%(code)s”已被使用。") % {"code": code}, field="code", code="code.taken")
        return
    if level == PlaceVersion.Level.GROUP:
        if not re.fullmatch(r"[0-9A-Za-z\-]{1,12}", code):
            yield Invalid(_("村民小组的代码应为 1 到 12 位字母或数字。"), field="code")
        return
    found = check_division_code(code) if len(code) == 6 else check_statistical_code(code)
    yield from said(found, "code")
    if found is None and division_level(code) != level:
        yield Invalid(_("代码“%(code)s”与所选级别不符,请核对。") % {"code": code}, field="level")


def raise_first(problems: Iterator[Problem]) -> None:
    for problem in problems:
        raise problem


def _name_as_kept(values: UnitValues | PlaceValues) -> None:
    """Whichever way they come in, names hold nothing that cannot be seen: two that look alike are equal."""
    for field in fields(values):
        if field.name in ("name", "short_name"):
            object.__setattr__(values, field.name, normal.line(getattr(values, field.name)))


def _name_problems(name: str, field: str, longest: int) -> Iterator[Problem]:
    if not name.strip():
        yield Invalid(_("请填写名称。"), field=field)
    elif len(name) > longest:
        yield Invalid(_("名称不能超过 %(longest)d 个字。") % {"longest": longest}, field=field)


def _parent_problems(
    forest: Forest, own_id: int | None, parent_id: int | None, name: str, day: datetime.date
) -> Iterator[Problem]:
    if parent_id is not None:
        if forest.at(parent_id, day) is None:
            yield Invalid(_("上级在 %(day)s 还不存在或已撤销。") % {"day": day.isoformat()}, field="parent_id")
        elif (end := forest.end_of(parent_id)) is not None:
            yield Invalid(_("上级将于 %(day)s 撤销,不能再有下级。") % {"day": end.isoformat()}, field="parent_id")
        elif own_id is not None and forest.would_circle(own_id, parent_id, day):
            yield Invalid(_("上级不能是它自己或它的下级。"), field="parent_id", code="tree.circle")
    if any(id_ != own_id for id_ in forest.siblings_named(name, parent_id, day)):
        yield Invalid(_("同一上级下已有“%(name)s”。") % {"name": name}, field="name", code="name.taken")
