"""The columns of the list of objects, for the template, the export and the import."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from guatu.web.base.sheets import Choice, Column, Text
from guatu.web.inspection.models import Risk

COLUMNS: tuple[Column, ...] = (
    Text("code", _("对象编号"), True, 20, _("统一社会信用代码或自编号,不含竖线“|”"), "QH-0001", 40),
    Text("name", _("对象名称"), True, 30, "", "河湾加油站", 120),
    Text("category", _("对象类别"), False, 16, _("抽查可以只抽一类"), "加油站", 60),
    Choice("risk", _("风险等级"), True, 12, choices=dict(Risk.choices)),
    Text("unit", _("所属单位编码"), False, 16, _("本单位的人不检查本单位"), "", 40),
    Text("address", _("地址"), False, 30, "", "", 200),
    Choice("active", _("在用"), False, 8, _("不填为在用;“否”即移出名单"), choices={"yes": _("是"), "no": _("否")}),
)
