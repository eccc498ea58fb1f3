"""Words and icons of the plan room's cards, looked up once a page and not once a card."""

from __future__ import annotations

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from guatu.web.base.templatetags.guatu_tags import icon


def room_words() -> dict[str, SafeString | str]:
    icons = {name: icon(name) for name in ("pencil", "plus", "trash", "file-text", "alert-triangle", "arrow-back-up")}
    return {
        "edit": _("修改"),
        "edit_target": _("修改指标"),
        "restore_target": _("恢复指标"),
        "add_target": _("加指标"),
        "drop": _("撤销"),
        "restore": _("恢复"),
        "no_due": _("没有时限"),
        "untracked": _("不调度"),
        "struck": _("已取消"),
        "due": _("时限"),
        "corrected": _("已人工修改"),
        "units": _("单位"),
        "targets": _("指标"),
        "unlinked": _("未挂接"),
        "no_unit": _("没有责任单位"),
        "problems": _("方案自身的问题"),
        "line": _("原文行"),
        "error": _("错误"),
        "warning": _("提醒"),
        "note": pgettext("of reading a file", "说明"),
        **{name.replace("-", "_"): html for name, html in icons.items()},
    }
