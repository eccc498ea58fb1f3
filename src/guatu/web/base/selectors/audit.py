"""The audit trail: which lines somebody may see, and what one says."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actors import Actor
from guatu.web.base.audit_rights import not_for
from guatu.web.base.models import AuditEntry
from guatu.web.base.problems import Denied

LONGEST_VALUE = 120
LOGIN = {
    "account.log-in": gettext_lazy("登录"),
    "account.log-out": gettext_lazy("退出"),
    "account.log-in-failed": gettext_lazy("登录失败"),
    "account.change-password": gettext_lazy("修改密码"),
    "account.add-second-factor": gettext_lazy("启用两步验证"),
    "account.remove-second-factor": gettext_lazy("停用两步验证"),
    "account.renew-recovery-codes": gettext_lazy("重新生成备用码"),
    "account.connect-single-sign-on": gettext_lazy("关联统一身份认证"),
}
"""What the login pages write without an action of ours."""
WORDS = {
    "from": gettext_lazy("生效日期"),
    "user": gettext_lazy("用户"),
    "unit": gettext_lazy("单位"),
    "person": gettext_lazy("人员"),
    "alias": gettext_lazy("别名"),
    "address": gettext_lazy("网络地址"),
    "locked": gettext_lazy("登录锁定"),
    "kind": gettext_lazy("类型"),
    "day": gettext_lazy("日期"),
    "state": gettext_lazy("状态"),
    "number": gettext_lazy("编号"),
    "file": gettext_lazy("文件"),
    "plan": gettext_lazy("方案"),
    "text": gettext_lazy("写法"),
    "units": gettext_lazy("单位"),
    "tasks": gettext_lazy("任务"),
    "targets": gettext_lazy("指标"),
    "findings": gettext_lazy("问题"),
    "task_columns": gettext_lazy("任务列"),
    "version": gettext_lazy("版本"),
    "job": gettext_lazy("后台任务"),
}
"""Words for what lines of the audit trail say and no field of a table is called."""


@dataclass(frozen=True)
class Changed:
    """One field of a thing, before and after."""

    field: str
    before: str
    after: str


def audit_entries(actor: Actor) -> QuerySet[AuditEntry]:
    """Lines of the audit trail. Raises `Denied` without the right to see them."""
    if not actor.may("audit.view"):
        raise Denied(_("您没有查看操作记录的权限。"))
    return AuditEntry.objects.select_related("user").exclude(not_for(actor))


def changes_of(entry: AuditEntry) -> list[Changed]:
    """The fields that a line says something about, without those that stayed as they were."""
    before, after = entry.before or {}, entry.after or {}
    if not isinstance(before, dict) or not isinstance(after, dict):
        return [Changed("", _shown(before), _shown(after))]
    fields = dict.fromkeys((*before, *after))
    return [
        Changed(
            field_name(entry.object_type, field),
            _shown(_said(entry.object_type, field, before.get(field))),
            _shown(_said(entry.object_type, field, after.get(field))),
        )
        for field in fields
        if before.get(field) != after.get(field) or field not in before
    ]


def object_kinds() -> list[tuple[str, str]]:
    """Kinds of things that are written about, with what they are called."""
    ours = [model for model in apps.get_models() if model.__module__.startswith("guatu.")]
    return sorted((model._meta.label_lower, str(model._meta.verbose_name)) for model in ours)


def field_name(kind: str, field: str) -> str:
    """What a field of a thing is called; one that was given no name in Chinese has that of the word."""
    found = _field(kind, field)
    said = str(found.verbose_name) if found is not None else field
    return str(WORDS.get(field, said)) if said.isascii() else said


def _said(kind: str, field: str, value: Any) -> Any:
    """A value of a choice in its words."""
    found = _field(kind, field)
    choices = dict(found.flatchoices) if found is not None else {}
    return choices.get(value, value) if isinstance(value, str) else value


def _field(kind: str, field: str) -> Any:
    """The field of the table that a line speaks of; a thing with versions keeps most of its fields in them."""
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        return None
    versions = getattr(getattr(model, "versions", None), "rel", None)
    for place in (model, getattr(versions, "related_model", None)):
        for found in place._meta.concrete_fields if place is not None else ():
            if field in (found.name, found.attname):
                return found
    return None


def midnight(day: datetime.date, later: int = 0) -> datetime.datetime:
    """At which a day begins, or one so many days later."""
    return timezone.make_aware(datetime.datetime.combine(day + datetime.timedelta(days=later), datetime.time()))


def _shown(value: Any) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= LONGEST_VALUE else f"{text[:LONGEST_VALUE]}…"
