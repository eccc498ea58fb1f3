"""The forms of accounts."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy

from guatu.web.directory.fields import UnitField
from guatu.web.directory.models import RoleGrant
from guatu.web.kit.day_field import DayField


class UserForm(forms.Form):
    display_name = forms.CharField(label=gettext_lazy("姓名"), max_length=60)
    phone = forms.CharField(label=gettext_lazy("电话"), max_length=30, required=False)


class NewUserForm(UserForm):
    field_order = ("username",)
    username = forms.CharField(
        label=gettext_lazy("用户名"), max_length=150, help_text=gettext_lazy("登录时用,开通后不变。")
    )
    role = forms.ChoiceField(
        label=gettext_lazy("角色"), required=False, choices=[("", gettext_lazy("以后再定")), *RoleGrant.Role.choices]
    )
    unit_id = UnitField(
        label=gettext_lazy("代表单位"), required=False, help_text=gettext_lazy("含其下级。县级角色可不填。")
    )


class GrantForm(forms.Form):
    role = forms.ChoiceField(label=gettext_lazy("角色"), choices=RoleGrant.Role.choices)
    unit_id = UnitField(
        label=gettext_lazy("代表单位"), required=False, help_text=gettext_lazy("含其下级。县级角色可不填。")
    )
    day = DayField(label=gettext_lazy("生效日期"), required=False, help_text=gettext_lazy("不填为今天。"))
    until = DayField(label=gettext_lazy("失效日期"), required=False, help_text=gettext_lazy("不填为长期。"))
