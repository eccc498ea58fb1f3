"""The forms of one's own account."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions.create_token import MOST_DAYS
from guatu.web.base.models import TOKEN_DAYS
from guatu.web.base.scopes import SCOPES


class AccountForm(forms.Form):
    display_name = forms.CharField(label=_("姓名"), max_length=60)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)
    language = forms.ChoiceField(label=_("语言"), choices=[("", _("跟随浏览器")), *settings.LANGUAGES], required=False)


class TokenForm(forms.Form):
    label = forms.CharField(label=_("用途"), max_length=80, help_text=_("写明哪个程序使用,便于以后停用。"))
    scopes = forms.MultipleChoiceField(
        label=_("可以做什么"),
        choices=list(SCOPES.items()),
        widget=forms.CheckboxSelectMultiple,
        initial=["read"],
        help_text=_("只选程序用得到的;令牌做的事不会超出您自己的权限。"),
    )
    days = forms.IntegerField(
        label=_("有效天数"), min_value=1, max_value=MOST_DAYS, initial=TOKEN_DAYS.days, help_text=_("最长一年。")
    )
