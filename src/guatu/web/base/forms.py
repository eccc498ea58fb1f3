"""The forms of one's own account."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions.create_token import MOST_DAYS


class AccountForm(forms.Form):
    display_name = forms.CharField(label=_("姓名"), max_length=60)
    phone = forms.CharField(label=_("电话"), max_length=30, required=False)
    language = forms.ChoiceField(label=_("语言"), choices=[("", _("跟随浏览器")), *settings.LANGUAGES], required=False)


class TokenForm(forms.Form):
    label = forms.CharField(label=_("用途"), max_length=80, help_text=_("写明哪个程序使用,便于以后停用。"))
    days = forms.IntegerField(label=_("有效天数"), min_value=1, max_value=MOST_DAYS, initial=90)
