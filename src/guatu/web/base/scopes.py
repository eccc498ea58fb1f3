"""What a token may be made for. Every operation of the API names one of these scopes, once, when it is declared."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.models import ApiToken
from guatu.web.base.problems import Denied

EVERY = "every"
"""The scope of what every token may: to say whose it is."""

SCOPES: dict[str, str | Promise] = {
    "read": gettext_lazy("查看方案、任务、填报、督办、通报、机构、设置及附件"),
    "cases-read": gettext_lazy("查看案件,含反映人的姓名和电话"),
    "report": gettext_lazy("填报进展、上传佐证、提出申诉"),
    "review": gettext_lazy("审核填报,关闭或重开填报期"),
    "orders": gettext_lazy("办理督办单、通报和问题清单"),
    "publish": gettext_lazy("发布和撤回公示,答复意见箱"),
    "cases": gettext_lazy("登记和办理案件,含 Open311 报送"),
    "plans": gettext_lazy("上传和确认方案,更正任务和指标"),
    "directory": gettext_lazy("新设和变更机构"),
    "settings": gettext_lazy("修改系统设置"),
    "setup": gettext_lazy("录入县、乡镇、单位、人员和账号,得到初始密码"),
}


def check_scope(token: ApiToken, scope: str) -> None:
    """Raises `Denied` where the token was not made for this; for an operation that names no scope none was."""
    if scope != EVERY and scope not in token.scopes:
        words = SCOPES.get(scope, scope)
        said = _("这个令牌没有“%(scope)s”的权限,请在“我的账号 · 接口令牌”里另生成一个。")
        raise Denied(said % {"scope": words}, code="token.scope", data={"scope": scope})
