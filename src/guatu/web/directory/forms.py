"""The forms of units, places and people. What they mean is checked by the actions; here only what can be read
at all."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.directory.fields import PlaceField, UnitField
from guatu.web.directory.models import PlaceVersion, UnitVersion
from guatu.web.kit.day_field import DayField

LARGEST_BOUNDARY = 2 * 1024 * 1024


class SeenForm(forms.Form):
    """A change of something: `seen` is the version that the user looked at."""

    seen = forms.IntegerField(widget=forms.HiddenInput)


class UnitForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("全称"), max_length=120)
    short_name = forms.CharField(label=gettext_lazy("简称"), max_length=60, required=False)
    category = forms.ChoiceField(label=gettext_lazy("类别"), choices=UnitVersion.Category.choices)
    line = forms.ChoiceField(label=gettext_lazy("条块"), choices=UnitVersion.Line.choices)
    parent_id = UnitField(
        label=gettext_lazy("上级单位"), required=False, help_text=gettext_lazy("填名称或编码,不填为最上级。")
    )
    place_id = PlaceField(label=gettext_lazy("所在区域"), required=False, help_text=gettext_lazy("填名称或区划代码。"))
    order = forms.IntegerField(label=gettext_lazy("排序"), min_value=0, max_value=1_000_000, initial=0)
    credit_code = forms.CharField(
        label=gettext_lazy("统一社会信用代码"), max_length=18, required=False, help_text=gettext_lazy("18 位。")
    )


class NewUnitForm(UnitForm):
    field_order = ("code",)
    code = forms.CharField(
        label=gettext_lazy("编码"), max_length=40, help_text=gettext_lazy("字母、数字、点、横线,设立后不变。")
    )
    day = DayField(label=gettext_lazy("设立日期"))


class ChangeUnitForm(SeenForm, UnitForm):
    day = DayField(label=gettext_lazy("从哪天起"), help_text=gettext_lazy("此前的名称、隶属和统计都不变。"))


class RenameForm(SeenForm):
    name = forms.CharField(label=gettext_lazy("新全称"), max_length=120)
    short_name = forms.CharField(label=gettext_lazy("新简称"), max_length=60, required=False)
    day = DayField(label=gettext_lazy("从哪天起"))
    basis = forms.CharField(
        label=gettext_lazy("依据文件"), max_length=200, required=False, help_text=gettext_lazy("如 青编〔2024〕3号。")
    )


class EndForm(SeenForm):
    day = DayField(label=gettext_lazy("从哪天起撤销"), help_text=gettext_lazy("这一天起不再有这个单位。"))


class MergeForm(forms.Form):
    """Up to six units; the first one stays, or a new one is set up."""

    MOST = 6
    into = forms.ChoiceField(
        label=gettext_lazy("合并方式"),
        choices=[("first", gettext_lazy("并入第一个单位")), ("new", gettext_lazy("合并设立新单位"))],
        widget=forms.RadioSelect,
        initial="first",
    )
    code = forms.CharField(label=gettext_lazy("新单位编码"), max_length=40, required=False)
    name = forms.CharField(label=gettext_lazy("新单位全称"), max_length=120, required=False)
    short_name = forms.CharField(label=gettext_lazy("新单位简称"), max_length=60, required=False)
    day = DayField(label=gettext_lazy("从哪天起"))
    basis = forms.CharField(label=gettext_lazy("依据文件"), max_length=200, required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for n in range(1, self.MOST + 1):
            label = _("单位 %(n)d") % {"n": n}
            self.fields[f"unit_{n}"] = UnitField(label=label, required=n <= 2)

    def units(self) -> list[int]:
        found = (self.cleaned_data.get(f"unit_{n}") for n in range(1, self.MOST + 1))
        return list(dict.fromkeys(unit for unit in found if unit is not None))


class SplitForm(SeenForm):
    """Up to four new units beside or instead of the old one."""

    MOST = 4
    stays = forms.ChoiceField(
        label=gettext_lazy("原单位"),
        choices=[("yes", gettext_lazy("保留,分出新单位")), ("no", gettext_lazy("撤销,由新单位承接"))],
        widget=forms.RadioSelect,
        initial="yes",
    )
    heir = forms.ChoiceField(
        label=gettext_lazy("撤销时,下级、人员和授权划入"),
        choices=[(str(n), gettext_lazy("新单位") + f" {n + 1}") for n in range(MOST)],
    )
    day = DayField(label=gettext_lazy("从哪天起"))
    basis = forms.CharField(label=gettext_lazy("依据文件"), max_length=200, required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        for n in range(1, self.MOST + 1):
            label = {"n": n}
            self.fields[f"code_{n}"] = forms.CharField(
                label=_("新单位 %(n)d 编码") % label, max_length=40, required=n == 1
            )
            self.fields[f"name_{n}"] = forms.CharField(
                label=_("新单位 %(n)d 全称") % label, max_length=120, required=n == 1
            )

    def parts(self) -> list[tuple[str, str]]:
        found = (
            (self.cleaned_data.get(f"code_{n}", ""), self.cleaned_data.get(f"name_{n}", "")) for n in self._numbers()
        )
        return [(code, name) for code, name in found if code or name]

    def _numbers(self) -> range:
        return range(1, self.MOST + 1)


class AliasForm(forms.Form):
    text = forms.CharField(label=gettext_lazy("别名"), max_length=120)


class PlaceForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("名称"), max_length=120)
    level = forms.ChoiceField(label=gettext_lazy("级别"), choices=PlaceVersion.Level.choices)
    parent_id = PlaceField(
        label=gettext_lazy("上级区域"), required=False, help_text=gettext_lazy("填名称或区划代码,不填为最上级。")
    )
    boundary = forms.FileField(
        label=gettext_lazy("边界(GeoJSON 文件)"),
        required=False,
        help_text=gettext_lazy("Polygon 或 MultiPolygon,经纬度(CGCS2000 或 WGS 84)。不选文件则不变。"),
    )

    def clean_boundary(self) -> Any:
        """The geometry of the file: itself, or that of its only feature; None where no file came."""
        upload = self.cleaned_data.get("boundary")
        if upload is None:
            return None
        if upload.size > LARGEST_BOUNDARY:
            raise forms.ValidationError(_("边界文件不能超过 2 MB,请先简化。"))
        try:
            value = json.loads(upload.read().decode("utf-8-sig"))
        except (UnicodeDecodeError, ValueError, RecursionError) as error:
            raise forms.ValidationError(_("这不是 GeoJSON 文件,请检查。")) from error
        if isinstance(value, dict) and value.get("type") == "FeatureCollection":
            features = value.get("features")
            value = features[0] if isinstance(features, list) and len(features) == 1 else None
        if isinstance(value, dict) and value.get("type") == "Feature":
            value = value.get("geometry")
        if not isinstance(value, dict):
            raise forms.ValidationError(_("文件应只含一个区域的 Polygon 或 MultiPolygon。"))
        return {"type": value.get("type"), "coordinates": value.get("coordinates")}


class NewPlaceForm(PlaceForm):
    field_order = ("code",)
    code = forms.CharField(
        label=gettext_lazy("区划代码"), max_length=12, help_text=gettext_lazy("县级 6 位,乡镇和村 12 位。")
    )
    day = DayField(label=gettext_lazy("设立日期"))


class ChangePlaceForm(SeenForm, PlaceForm):
    day = DayField(label=gettext_lazy("从哪天起"), help_text=gettext_lazy("此前的名称、隶属和边界都不变。"))


class PersonForm(forms.Form):
    full_name = forms.CharField(label=gettext_lazy("姓名"), max_length=60)
    phone = forms.CharField(label=gettext_lazy("电话"), max_length=30, required=False)


class ChangePersonForm(SeenForm, PersonForm):
    pass


class PostForm(forms.Form):
    unit_id = UnitField(label=gettext_lazy("单位"))
    title = forms.CharField(label=gettext_lazy("职务"), max_length=60)
    day = DayField(label=gettext_lazy("任职日期"))


class EndPostForm(forms.Form):
    day = DayField(label=gettext_lazy("离任日期"))
